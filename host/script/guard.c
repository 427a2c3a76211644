/* The CPU budget of one resume. */
#include "script/guard.h"

#include "script/cpu_signal.h"
#include "script/fiber.h"

#include <lauxlib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { TICK_MS = 10, HOOK_INSTRUCTIONS = 1000 };

/* The guard whose script runs on this thread; read by the signal handler. */
static _Thread_local struct tgr_guard *volatile here;

static unsigned long long cpu_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (unsigned long long)now.tv_sec * 1000000000ULL +
         (unsigned long long)now.tv_nsec;
}

static void note_place(struct tgr_guard *guard, lua_State *L, lua_Debug *ar) {
  lua_getinfo(L, "Sl", ar);
  snprintf(guard->place, sizeof guard->place, "%s:%d", ar->short_src,
           ar->currentline);
}

/* Protected: (guard) -> text. */
static int make_error(lua_State *L) {
  const struct tgr_guard *guard = lua_touserdata(L, 1);
  if (guard->heap->broken)
    lua_pushfstring(L, "%s: stopped: the script holds more than its %d KiB",
                    guard->place, (int)(guard->heap->hard / 1024));
  else
    lua_pushfstring(L,
                    "%s: stopped after %d ms of CPU without a pause "
                    "(limit: max_cpu_milliseconds)",
                    guard->place, (int)guard->budget_ms);
  return 1;
}

void tgr_guard_push_error(const struct tgr_guard *guard, lua_State *L) {
  lua_pushcfunction(L, make_error);
  lua_pushlightuserdata(L, (void *)guard);
  lua_pcall(L, 1, 1, 0); /* without memory, Lua's own text for that */
}

bool tgr_guard_stopped(const struct tgr_guard *guard) {
  return guard->stopped;
}

bool tgr_guard_doomed(const struct tgr_guard *guard) {
  return guard->doomed;
}

static bool is_nudged(const struct tgr_guard *guard) {
  return guard->nudge != NULL && atomic_load(&guard->nudge->asked);
}

static void heed(struct tgr_guard *guard) {
  if (is_nudged(guard) && guard->nudge->heed(guard->nudge))
    guard->doomed = true;
}

static bool used_up(const struct tgr_guard *guard) {
  if (guard->heap->broken || guard->doomed)
    return true;
  if (guard->allowed == 0)
    return false;
  if (guard->mode == TGR_GUARD_SIGNAL)
    return guard->seen_run == guard->run && guard->ticks >= guard->allowed;
  return cpu_ns() - guard->started_ns >= guard->budget_ms * 1000000ULL;
}

static void on_count(lua_State *L, lua_Debug *ar);

static void arm(lua_State *L) {
  lua_sethook(L, on_count, LUA_MASKCOUNT, 1);
}

/* The hook as it is while there is budget left. */
static void disarm(const struct tgr_guard *guard, lua_State *L) {
  if (guard->mode == TGR_GUARD_HOOK && guard->allowed != 0)
    lua_sethook(L, on_count, LUA_MASKCOUNT, HOOK_INSTRUCTIONS);
  else
    lua_sethook(L, NULL, 0, 0);
}

/* Raises, and keeps raising from now on. */
static void refuse_memory(struct tgr_guard *guard, lua_State *L) {
  guard->stopped = true;
  arm(L);                  /* each instruction from now on, in HOOK mode too */
  guard->heap->refuse = 2; /* the first try, and the one after a collection */
  lua_newuserdatauv(L, sizeof(void *), 0);
}

void tgr_guard_poll(lua_State *L) {
  struct tgr_guard *guard = here;
  lua_Debug ar = {.currentline = -1};
  if (guard == NULL || guard->running == NULL)
    return;
  heed(guard);
  if (!used_up(guard))
    return;
  for (int level = 0; ar.currentline < 0 && lua_getstack(L, level, &ar) != 0;
       level++)
    lua_getinfo(L, "Sl", &ar);
  if (!guard->stopped && ar.currentline >= 0)
    note_place(guard, L, &ar);
  refuse_memory(guard, L);
}

/* The budget is used up, or somebody nudges, or (HOOK mode) it is time to
 * look. */
static void on_count(lua_State *L, lua_Debug *ar) {
  struct tgr_guard *guard = here;
  if (guard == NULL)
    return;
  heed(guard);
  if (!used_up(guard)) {
    disarm(guard, L);
    return;
  }
  if (!guard->stopped)
    note_place(guard, L, ar);
  guard->stopped = true;
  if (tgr_fiber_interrupt(L)) {
    lua_yield(L, 0);
    return;
  }
  refuse_memory(guard, L);
}

static void on_pressed(struct tgr_heap *heap) {
  const struct tgr_guard *guard = heap->pressed_user;
  if (guard->running != NULL && used_up(guard))
    arm(guard->running);
}

static void on_signal(int number) {
  (void)number;
  struct tgr_guard *guard = here;
  if (guard == NULL || guard->running == NULL)
    return;
  if (is_nudged(guard)) {
    arm(guard->running);
    return;
  }
  if (guard->allowed == 0)
    return;
  if (guard->seen_run != guard->run) {
    guard->seen_run = guard->run;
    guard->ticks = 0;
    return;
  }
  if (guard->ticks < guard->allowed)
    guard->ticks++;
  if (guard->ticks >= guard->allowed)
    arm(guard->running);
}

static enum tgr_status start_timer(struct tgr_guard *guard) {
  struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID,
                           .sigev_signo = guard->signal_number};
  event._sigev_un._tid = (pid_t)syscall(SYS_gettid);
  timer_t timer;
  if (timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &timer) != 0)
    return TGR_ESTATE;
  guard->timer = timer;
  const struct itimerspec each = {
      .it_interval = {.tv_nsec = TICK_MS * 1000000L},
      .it_value = {.tv_nsec = TICK_MS * 1000000L}};
  if (timer_settime(timer, 0, &each, NULL) != 0) {
    timer_delete(timer);
    return TGR_ESTATE;
  }
  return TGR_OK;
}

enum tgr_status tgr_guard_take_signal(int signal_number) {
  return tgr_cpu_signal_take(signal_number, on_signal);
}

void tgr_guard_drop_signal(int signal_number) {
  tgr_cpu_signal_drop(signal_number);
}

enum tgr_status tgr_guard_init(struct tgr_guard *guard, struct tgr_heap *heap,
                               int signal_number) {
  *guard = (struct tgr_guard){.heap = heap,
                              .mode = signal_number != 0 ? TGR_GUARD_SIGNAL
                                                         : TGR_GUARD_HOOK,
                              .signal_number = signal_number};
  heap->pressed = on_pressed;
  heap->pressed_user = guard;
  if (signal_number == 0)
    return TGR_OK;
  enum tgr_status status = tgr_guard_take_signal(signal_number);
  if (status != TGR_OK)
    return status;
  status = start_timer(guard);
  if (status != TGR_OK)
    tgr_cpu_signal_drop(signal_number);
  return status;
}

void tgr_guard_deinit(struct tgr_guard *guard) {
  if (here == guard)
    here = NULL;
  if (guard->mode != TGR_GUARD_SIGNAL)
    return;
  timer_delete((timer_t)guard->timer);
  tgr_cpu_signal_drop(guard->signal_number);
}

void tgr_guard_begin(struct tgr_guard *guard, unsigned budget_ms) {
  here = guard;
  guard->run++;
  guard->stopped = false;
  guard->doomed = false;
  tgr_heap_watch(guard->heap);
  guard->budget_ms = budget_ms;
  if (guard->mode == TGR_GUARD_SIGNAL) {
    guard->allowed = (budget_ms + TICK_MS - 1) / TICK_MS;
  } else {
    guard->allowed = budget_ms;
    if (budget_ms != 0)
      guard->started_ns = cpu_ns();
  }
}

void tgr_guard_running(struct tgr_guard *guard, lua_State *L) {
  guard->running = L;
  if (L == NULL)
    guard->heap->state = TGR_HEAP_IDLE;
  if (guard->mode == TGR_GUARD_HOOK && guard->allowed != 0 && L != NULL)
    lua_sethook(L, on_count, LUA_MASKCOUNT, HOOK_INSTRUCTIONS);
  if (L != NULL && is_nudged(guard)) /* its signal may have met nobody */
    arm(L);
}

void tgr_guard_left(struct tgr_guard *guard, lua_State *co, lua_State *next) {
  tgr_guard_running(guard, next);
  guard->heap->refuse = 0;
  if (lua_gethook(co) != on_count)
    return;
  lua_sethook(co, NULL, 0, 0);
  if (next != NULL && used_up(guard))
    arm(next);
}
