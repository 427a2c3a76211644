/* Loop: one thread's turn over libuv.
 *
 * A turn polls once, reads the clock once, fires the timers that are due and
 * runs jobs of the ready list. libuv's callbacks only note what happened and
 * put jobs, so a job is never run within another, nor within a callback.
 *
 * Drive it in one of two ways: tgr_loop_run blocks; tgr_loop_step does what is
 * to be done now, for programs with a loop of their own, which sleep on
 * tgr_loop_fd for tgr_loop_timeout_ms.
 *
 * Owner: one thread at a time; other threads reach it through its inbox.
 * Not here: what the jobs do; sockets (net/), signals (cli/). */
#ifndef TGR_LOOP_LOOP_H
#define TGR_LOOP_LOOP_H

#include "base/mem.h"
#include "loop/inbox.h"
#include "loop/timers.h"

enum { TGR_LOOP_INBOX_LIMIT = 1024 };

struct tgr_loop {
  uv_loop_t uv; /* for handles of other layers; they only put jobs */
  const struct tgr_mem *mem;
  struct tgr_timers timers; /* the clock is set once a turn, and when work has
                               taken long */
  struct tgr_ready ready;
  struct tgr_ready idle; /* jobs for when there is nothing else to do */
  struct tgr_inbox inbox;
  uint64_t turns;           /* polls so far */
  _Atomic uint64_t wakeups; /* turns that could sleep; any thread may look */
  uint64_t slept_us;        /* in these, and between two steps */
  uint64_t left_us;         /* when the last step ended; 0: there was none */
  uv_timer_t alarm;         /* set to the first of `timers` */
  uint64_t coarse_us; /* of the coarse clock, when it was last looked at */
  uint64_t alarm_ms;  /* when it rings, on libuv's clock; 0: it is stopped */
  bool quit;
  bool busy;         /* polls or fires timers: no turn may start within */
  unsigned depth;    /* runs and steps under way, one within the other's job */
  uv_thread_t owner; /* who runs it; counts with depth > 0 */
};

/* A loop at rest. Not to be moved afterwards. TGR_ENOMEM, TGR_ELIMIT (no
 * descriptors are left), with nothing to deinit. */
TGR_MUST_CHECK enum tgr_status tgr_loop_init(struct tgr_loop *loop,
                                             const struct tgr_mem *mem);

/* Ends the loop: handles of others are closed by now, or closing; waits for
 * their last callbacks and for file requests under way. Jobs and mails that are
 * left are forgotten. */
void tgr_loop_deinit(struct tgr_loop *loop);

/* Microseconds of a clock that only goes forward; the one of `timers`. */
uint64_t tgr_loop_clock_us(void);

/* Behind work that may have taken long, or before a deadline is set: brings the
 * clock of `timers` forward. It may lag by a few ms then, so that looking costs
 * a few ns (a quarter of the exact clock). */
void tgr_loop_catch_up(struct tgr_loop *loop);

/* Runs turns until tgr_loop_quit; at once when that was called before. SIGPIPE
 * is blocked meanwhile. A job may call it (and step) to wait for something. */
void tgr_loop_run(struct tgr_loop *loop);

/* Ends the innermost run behind the job that is running. */
void tgr_loop_quit(struct tgr_loop *loop);

/* Does what is to be done now without waiting: polls, then runs jobs until none
 * is left or `budget_us` are used up. One job is always run; the last one may
 * exceed the budget. True when work is left. SIGPIPE is blocked meanwhile. */
bool tgr_loop_step(struct tgr_loop *loop, uint64_t budget_us);

/* Polls without waiting and opens the mail, so that the descriptor falls
 * silent; runs no other job. */
void tgr_loop_drain(struct tgr_loop *loop);

/* For asserts: whether the calling thread may touch what belongs to the loop:
 * nobody runs it, or this thread does. */
bool tgr_loop_is_mine(const struct tgr_loop *loop);

/* A descriptor that is readable when a step has something to do; -1 where the
 * system has none. */
int tgr_loop_fd(const struct tgr_loop *loop);

/* How long to sleep at most until the next step: 0 while there is work, -1 for
 * as long as the descriptor is silent. */
int tgr_loop_timeout_ms(struct tgr_loop *loop);

#endif
