/* One thread's turn over libuv.
 *
 * Fairness: a turn runs JOBS_A_TURN jobs at most and then polls again without
 * waiting, so that jobs which keep putting jobs starve neither sockets nor
 * timers. A poll costs about a microsecond.
 *
 * Sleep: the alarm, a libuv timer, stands at the first of our timers, rounded
 * up to libuv's milliseconds on libuv's own clock, so that no turn wakes up too
 * early. libuv 1.44 fires timers before it polls and would then sleep with none
 * left: the alarm therefore stops the poll from sleeping (uv_stop). */
#include "loop/loop.h"

#include "loop/refusal.h"
#include "loop/sigpipe.h"

#include <assert.h>
#include <limits.h>
#include <time.h>
#include <unistd.h>

enum { JOBS_A_TURN = 64 };

uint64_t tgr_loop_clock_us(void) {
  return uv_hrtime() / 1000;
}

/* A clock that is cheap, and stands still for a few ms at a time. */
static uint64_t coarse_clock_us(void) {
#ifdef CLOCK_MONOTONIC_COARSE
  struct timespec now;
  if (clock_gettime(CLOCK_MONOTONIC_COARSE, &now) == 0)
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
#endif
  return tgr_loop_clock_us();
}

void tgr_loop_catch_up(struct tgr_loop *loop) {
  const uint64_t coarse_us = coarse_clock_us();
  if (coarse_us == loop->coarse_us)
    return;
  loop->coarse_us = coarse_us;
  tgr_timers_catch_up(&loop->timers, tgr_loop_clock_us());
}

static void on_alarm(uv_timer_t *alarm) {
  struct tgr_loop *loop = TGR_CONTAINER_OF(alarm, struct tgr_loop, alarm);
  loop->alarm_ms = 0;
  uv_stop(&loop->uv);
}

/* libuv calls abort when it makes the first loop and finds no descriptors for a
 * pipe of its own: so we try whether there are some. 0 or libuv's error. */
static int try_descriptors(void) {
  uv_file first[2];
  uv_file second[2];
  int error = uv_pipe(first, 0, 0);
  if (error != 0)
    return error;
  error = uv_pipe(second, 0, 0);
  for (int i = 0; i < 2; i++) {
    close(first[i]);
    if (error == 0)
      close(second[i]);
  }
  return error;
}

enum tgr_status tgr_loop_init(struct tgr_loop *loop,
                              const struct tgr_mem *mem) {
  *loop = (struct tgr_loop){.mem = mem};
  int error = try_descriptors();
  if (error == 0)
    error = uv_loop_init(&loop->uv);
  if (error != 0)
    return tgr_refusal_status(error);
  tgr_ready_init(&loop->ready);
  tgr_ready_init(&loop->idle);
  tgr_timers_init(&loop->timers, tgr_loop_clock_us());
  const enum tgr_status status = tgr_inbox_init(
      &loop->inbox, &loop->uv, &loop->ready, TGR_LOOP_INBOX_LIMIT);
  if (status != TGR_OK) {
    uv_loop_close(&loop->uv);
    return status;
  }
  uv_timer_init(&loop->uv, &loop->alarm);
  return TGR_OK;
}

void tgr_loop_deinit(struct tgr_loop *loop) {
  assert(!loop->busy && loop->depth == 0);
  tgr_inbox_deinit(&loop->inbox);
  uv_close((uv_handle_t *)&loop->alarm, NULL);
  uv_run(&loop->uv, UV_RUN_DEFAULT);
  const int left_open = uv_loop_close(&loop->uv);
  assert(left_open == 0);
  (void)left_open;
}

static bool has_jobs(const struct tgr_loop *loop) {
  return !tgr_ready_empty(&loop->ready) || !tgr_ready_empty(&loop->idle);
}

/* Sets the alarm to the first timer; stops it when there is none. */
static void set_alarm(struct tgr_loop *loop) {
  uint64_t due_us = 0;
  uint64_t due_ms = 0;
  if (tgr_timers_next(&loop->timers, &due_us))
    due_ms = due_us / 1000 + (due_us % 1000 != 0);
  if (due_ms == loop->alarm_ms)
    return;
  loop->alarm_ms = due_ms;
  if (due_ms == 0) {
    uv_timer_stop(&loop->alarm);
    return;
  }
  const uint64_t now_ms = uv_now(&loop->uv);
  uv_timer_start(&loop->alarm, on_alarm, due_ms > now_ms ? due_ms - now_ms : 0,
                 0);
}

/* Polls, for as long as nothing happens if it `may_sleep`; then sets the clock
 * and fires the timers that are due. When all that gives nothing to do, the
 * idle jobs are due. */
static void poll_once(struct tgr_loop *loop, bool may_sleep) {
  assert(!loop->busy && "a turn within a callback");
  loop->busy = true;
  set_alarm(loop);
  const bool sleeps =
      may_sleep && !has_jobs(loop) && tgr_inbox_sleep(&loop->inbox);
  loop->turns++;
  if (sleeps) /* nobody else writes it */
    atomic_store_explicit(
        &loop->wakeups,
        atomic_load_explicit(&loop->wakeups, memory_order_relaxed) + 1,
        memory_order_relaxed);
  const uint64_t before_us = sleeps ? tgr_loop_clock_us() : 0;
  uv_run(&loop->uv, sleeps ? UV_RUN_ONCE : UV_RUN_NOWAIT);
  tgr_inbox_wake(&loop->inbox);
  const uint64_t now_us = tgr_loop_clock_us();
  if (sleeps)
    loop->slept_us += now_us - before_us;
  tgr_timers_advance(&loop->timers, now_us);
  loop->busy = false;
  if (tgr_ready_empty(&loop->ready))
    tgr_list_append_all(&loop->ready.jobs, &loop->idle.jobs);
}

bool tgr_loop_is_mine(const struct tgr_loop *loop) {
  const uv_thread_t self = uv_thread_self();
  return loop->depth == 0 || uv_thread_equal(&loop->owner, &self);
}

static void enter(struct tgr_loop *loop, struct tgr_sigpipe *saved) {
  assert(tgr_loop_is_mine(loop));
  loop->owner = uv_thread_self();
  loop->depth++;
  tgr_sigpipe_block(saved);
}

static void leave(struct tgr_loop *loop, const struct tgr_sigpipe *saved) {
  tgr_sigpipe_restore(saved);
  loop->depth--;
}

void tgr_loop_run(struct tgr_loop *loop) {
  struct tgr_sigpipe saved;
  enter(loop, &saved);
  while (!loop->quit) {
    poll_once(loop, true);
    for (int i = 0; i < JOBS_A_TURN && !loop->quit; i++)
      if (!tgr_ready_run_one(&loop->ready))
        break;
  }
  loop->quit = false;
  leave(loop, &saved);
}

void tgr_loop_quit(struct tgr_loop *loop) {
  loop->quit = true;
}

/* Runs one turn's jobs, one at least; false when the time is up. */
static bool run_jobs_until(struct tgr_loop *loop, uint64_t end_us) {
  for (int i = 0; i < JOBS_A_TURN; i++) {
    if (!tgr_ready_run_one(&loop->ready))
      return true;
    if (loop->quit || tgr_loop_clock_us() >= end_us)
      return false;
  }
  return true;
}

/* Unless jobs are left, it ends with a poll: libuv tells the system what to
 * watch when it polls, and before that the descriptor would be silent about
 * what the last jobs have begun. */
bool tgr_loop_step(struct tgr_loop *loop, uint64_t budget_us) {
  struct tgr_sigpipe saved;
  enter(loop, &saved);
  const uint64_t start_us = tgr_loop_clock_us();
  if (loop->depth == 1 && loop->left_us != 0)
    loop->slept_us += start_us - loop->left_us;
  const uint64_t end_us =
      budget_us > UINT64_MAX - start_us ? UINT64_MAX : start_us + budget_us;
  poll_once(loop, false);
  bool in_time = true;
  while (in_time && has_jobs(loop)) {
    in_time = run_jobs_until(loop, end_us);
    if (in_time || tgr_ready_empty(&loop->ready))
      poll_once(loop, false);
  }
  leave(loop, &saved);
  if (loop->depth == 0)
    loop->left_us = tgr_loop_clock_us();
  /* The caller may sleep now: a post must ring. */
  const bool no_mail = tgr_inbox_sleep(&loop->inbox);
  return !no_mail || has_jobs(loop);
}

void tgr_loop_drain(struct tgr_loop *loop) {
  struct tgr_sigpipe saved;
  enter(loop, &saved);
  poll_once(loop, false);
  tgr_inbox_open_all(&loop->inbox);
  leave(loop, &saved);
  tgr_inbox_sleep(&loop->inbox);
}

int tgr_loop_fd(const struct tgr_loop *loop) {
  return uv_backend_fd(&loop->uv);
}

int tgr_loop_timeout_ms(struct tgr_loop *loop) {
  if (has_jobs(loop) || !tgr_inbox_sleep(&loop->inbox))
    return 0;
  uint64_t due_us = 0;
  if (!tgr_timers_next(&loop->timers, &due_us))
    return -1;
  const uint64_t now_us = tgr_loop_clock_us();
  if (due_us <= now_us)
    return 0;
  const uint64_t wait_ms = (due_us - now_us + 999) / 1000;
  return wait_ms > INT_MAX ? INT_MAX : (int)wait_ms;
}
