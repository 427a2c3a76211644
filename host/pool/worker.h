/* Worker: one thread with a loop, an http and a Lua state of its own.
 *
 * Made and freed by the thread of its pool (the pool's thread below), which
 * also owns its loop while nobody runs it. What is said to it from there comes
 * as mail: quit, cancels; errands come and go, as tickets, through two pipes.
 * It says when its bot is ready. When its script ends, for whatever reason, its
 * thread ends, and says so by one last mail.
 *
 * Not here: which worker gets what, what follows from its end (pool.c). */
#ifndef TGR_POOL_WORKER_H
#define TGR_POOL_WORKER_H

#include "pool/door.h"
#include "pool/pipe.h"
#include "pool/thread.h"
#include "script/state.h"
#include "script/worker.h"

enum { TGR_WORKER_CAUSE_MAX = 2048 };

/* What all workers of a pool have in common; borrowed, and there until the last
 * of them is freed. */
struct tgr_worker_env {
  const struct tgr_script_env *host; /* of the main script */
  const char *file;
  const char *script_dir;
  const char *text;
  size_t text_len;
  const char *settings;
  size_t memory_limit; /* 0: the main script's */
};

struct tgr_worker;

/* What a worker says; on the pool's thread. */
struct tgr_worker_calls {
  /* Its bot is ready: it takes tickets. */
  void (*up)(struct tgr_worker *worker);
  /* It has taken what was pushed to it (tgr_pipe_ask_room). */
  void (*room)(struct tgr_pipe *errands);
  /* A ticket comes back. */
  void (*take)(struct tgr_pipe *answers, struct tgr_ticket *ticket);
  /* Its script has ended and goes now: it begins and answers nothing more, and
   * what it had is in `left` and its pipes, for this thread. Its state's end
   * may take for ever: a finalizer cannot be stopped. Once. */
  void (*dying)(struct tgr_worker *worker);
  /* Its thread is about to return. Once, the last call. */
  void (*ended)(struct tgr_worker *worker);
};

struct tgr_worker {
  struct tgr_thread thread;
  const struct tgr_worker_env *env;
  const struct tgr_worker_calls *calls;
  struct tgr_door door; /* to the host */
  struct tgr_loop loop;
  struct tgr_pipe errands; /* to the worker */
  struct tgr_pipe answers; /* from it */
  struct tgr_mail quit;
  struct tgr_mail retire;
  uint64_t retire_ms;
  struct tgr_mail cancels;
  atomic_bool cancels_posted;
  struct tgr_mail up;    /* to the pool's thread */
  struct tgr_mail dying; /* to the pool's thread */
  struct tgr_mail ended; /* to the pool's thread, the last one */
  bool is_up;            /* the pool's thread has been told */
  struct tgr_link link;  /* the pool's: among those that were given up */
  struct tgr_list left;  /* tickets it had begun when it came to dying */
  void *user;            /* the pool's */
  /* What CPU an errand costs it, as it last found; 0: not known yet; UINT_MAX:
   * errands block its thread. */
  _Atomic unsigned cost_ns;
  _Atomic uint64_t ended_count; /* errands it has ended */
  /* What its state held when its last errand ended. */
  _Atomic uint64_t memory_bytes;
  /* The worker thread's own. */
  unsigned finished_count; /* since it looked at the clock */
  uint64_t clock_ns;       /* its CPU time when it did */
  uint64_t slept;          /* how often its loop had slept then */
  uint64_t stood;          /* how often its thread had waited for anything */
  struct tgr_script_worker face;
  struct tgr_log log;
  struct tgr_http *http;
  struct tgr_script *script;
  char cause[TGR_WORKER_CAUSE_MAX]; /* why it ended; read when dying */
};

/* Starts worker `number`. `calls` stay there as long as it. TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status
tgr_worker_new(const struct tgr_worker_env *env, int number,
               const struct tgr_worker_calls *calls, void *user,
               struct tgr_worker **out);

/* Tells it to end: at once, as soon as it looks. Once. */
void tgr_worker_quit(struct tgr_worker *worker);

/* Tells it to stop as a script is stopped: what it repeats ends, what else it
 * does may go on for `deadline_ms`. Once; it has no errands any more. */
void tgr_worker_retire(struct tgr_worker *worker, uint64_t deadline_ms);

/* Tells it to look for errands that shall be cancelled. */
void tgr_worker_tell_cancels(struct tgr_worker *worker);

/* It has not read that for a while: Lua code that runs on and on is made to
 * look. Needs the host's guard_signal. */
void tgr_worker_nudge(struct tgr_worker *worker);

/* Its time is over: what runs there ends as soon as it can. */
void tgr_worker_hurry(struct tgr_worker *worker);

/* Whether it has cancels to look for and has not begun to. */
bool tgr_worker_is_deaf(const struct tgr_worker *worker);

/* Waits for its end, up to `patience_ms`. True: its thread is gone; what is in
 * its pipes is the caller's, who frees it then. False: it is stuck, was left
 * detached and must not be touched any more. */
bool tgr_worker_join(struct tgr_worker *worker, uint64_t patience_ms);

/* After join. */
void tgr_worker_free(struct tgr_worker *worker);

#endif
