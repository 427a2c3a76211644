/* Starts threads, and ends with them or without them. */
#include "pool/thread.h"

#include <signal.h>

/* Under the mutex it is settled who comes last: the thread or its owner. */
static void *body(void *user) {
  struct tgr_thread *thread = user;
  thread->run(thread);
  uv_mutex_lock(&thread->mutex);
  thread->over = true;
  const bool detached = thread->detached;
  uv_cond_signal(&thread->ended);
  uv_mutex_unlock(&thread->mutex);
  if (detached)
    thread->orphan(thread);
  return NULL;
}

/* The new thread inherits the mask. */
static int start_masked(struct tgr_thread *thread, int own_signal) {
  sigset_t all;
  sigset_t saved;
  sigfillset(&all);
  if (own_signal != 0)
    sigdelset(&all, own_signal);
  pthread_sigmask(SIG_BLOCK, &all, &saved);
  const int result = pthread_create(&thread->id, NULL, body, thread);
  pthread_sigmask(SIG_SETMASK, &saved, NULL);
  return result;
}

enum tgr_status tgr_thread_start(struct tgr_thread *thread,
                                 void (*run)(struct tgr_thread *),
                                 void (*orphan)(struct tgr_thread *),
                                 int own_signal) {
  *thread = (struct tgr_thread){.run = run, .orphan = orphan};
  if (uv_mutex_init(&thread->mutex) != 0)
    return TGR_ENOMEM;
  if (uv_cond_init(&thread->ended) != 0) {
    uv_mutex_destroy(&thread->mutex);
    return TGR_ENOMEM;
  }
  if (start_masked(thread, own_signal) == 0)
    return TGR_OK;
  tgr_thread_deinit(thread);
  return TGR_ENOMEM;
}

bool tgr_thread_wait(struct tgr_thread *thread, uint64_t patience_ms) {
  const uint64_t end_ns = uv_hrtime() + patience_ms * 1000000;
  uv_mutex_lock(&thread->mutex);
  while (!thread->over) {
    const uint64_t now_ns = uv_hrtime();
    if (now_ns >= end_ns)
      break;
    uv_cond_timedwait(&thread->ended, &thread->mutex, end_ns - now_ns);
  }
  const bool over = thread->over;
  uv_mutex_unlock(&thread->mutex);
  return over;
}

void tgr_thread_signal(const struct tgr_thread *thread, int own_signal) {
  (void)pthread_kill(thread->id, own_signal); /* it may have returned */
}

bool tgr_thread_end(struct tgr_thread *thread) {
  uv_mutex_lock(&thread->mutex);
  const bool over = thread->over;
  thread->detached = !over;
  const pthread_t id = thread->id;
  uv_mutex_unlock(&thread->mutex);
  if (!over) {
    pthread_detach(id);
    return false;
  }
  pthread_join(id, NULL);
  tgr_thread_deinit(thread);
  return true;
}

void tgr_thread_deinit(struct tgr_thread *thread) {
  uv_cond_destroy(&thread->ended);
  uv_mutex_destroy(&thread->mutex);
}
