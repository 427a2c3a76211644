/* Thread: starts threads, and ends with them or without them.
 *
 * The one place that starts threads for scripts. A thread takes no signals of
 * the process; the one for scripts' CPU limits it does take, since that is sent
 * to it by name. */
#ifndef TGR_POOL_THREAD_H
#define TGR_POOL_THREAD_H

#include "base/status.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

struct tgr_thread {
  pthread_t id;
  uv_mutex_t mutex;
  uv_cond_t ended;
  bool over;     /* run has returned */
  bool detached; /* nobody waits for it any longer */
  void (*run)(struct tgr_thread *thread);
  /* On the thread itself, after run, when it was left detached: frees it. */
  void (*orphan)(struct tgr_thread *thread);
};

/* Runs run(thread). `own_signal` is not blocked there; 0 for none. TGR_ENOMEM
 * (or no more threads) with nothing started. */
TGR_MUST_CHECK enum tgr_status
tgr_thread_start(struct tgr_thread *thread,
                 void (*run)(struct tgr_thread *thread),
                 void (*orphan)(struct tgr_thread *thread), int own_signal);

/* Waits for the thread's end, up to `patience_ms`; true when it has ended. */
bool tgr_thread_wait(struct tgr_thread *thread, uint64_t patience_ms);

/* Sends it the signal that is its own; before tgr_thread_end. */
void tgr_thread_signal(const struct tgr_thread *thread, int own_signal);

/* Does not wait. True: it has ended, is joined and deinited. False: it is left
 * detached, and belongs to itself from now on. */
bool tgr_thread_end(struct tgr_thread *thread);

/* For orphan: undoes what start set up. */
void tgr_thread_deinit(struct tgr_thread *thread);

#endif
