/* The runs of fibers, and the one call of lua_resume. */
#include "script/fiber.h"

#include "loop/loop.h"
#include "script/describe.h"
#include "script/guard.h"
#include "script/place.h"
#include "script/slot.h"

#include <assert.h>
#include <lauxlib.h>

enum { LAST_MS = 1000 };

void tgr_fibers_init(struct tgr_fibers *fibers, const struct tgr_mem *mem,
                     const struct tgr_log *log, struct tgr_ready *ready,
                     struct tgr_guard *guard, lua_State *L) {
  *fibers = (struct tgr_fibers){
      .mem = mem, .log = log, .ready = ready, .guard = guard, .L = L};
  fibers->unseen_ref = LUA_NOREF;
  tgr_list_init(&fibers->live);
  tgr_list_init(&fibers->pool);
  tgr_slot_set(L, NULL);
}

/* ---- running ------------------------------------------------------------ */

int tgr_fiber_enter(struct tgr_fiber *fiber, lua_State *co, lua_State *from,
                    int nargs, int *nres) {
  struct tgr_guard *guard = fiber->fibers->guard;
  tgr_guard_running(guard, co);
  const int status = lua_resume(co, from, nargs, nres);
  tgr_guard_left(guard, co, from);
  return status;
}

/* The script may have worked for long: what begins from here on has its time
 * from now. */
static void catch_up(const struct tgr_fibers *fibers) {
  tgr_loop_catch_up(TGR_CONTAINER_OF(fibers->ready, struct tgr_loop, ready));
}

/* An error in a <close> variable cannot reach anybody: it is logged. */
static void log_close_error(struct tgr_fiber *fiber, lua_State *co) {
  struct tgr_fibers *fibers = fiber->fibers;
  if (tgr_guard_stopped(fibers->guard)) {
    lua_settop(co, 0);
    tgr_guard_push_error(fibers->guard, co);
  }
  if (lua_gettop(co) > 1) /* the error alone, for describe */
    lua_replace(co, 1);
  lua_settop(co, 1);
  tgr_describe_log(fibers, co,
                   "error in a <close> variable while a handler ended");
}

/* Resets one thread: its <close> variables run, an error in them is logged
 * unless it is the error the thread died of. `error_ref` is that error. */
static void reset_thread(struct tgr_fiber *fiber, lua_State *co) {
  const bool died = lua_status(co) > LUA_YIELD;
  const void *was = died ? lua_topointer(co, -1) : NULL;
  tgr_guard_running(fiber->fibers->guard, co);
  const int status = lua_resetthread(co);
  tgr_guard_left(fiber->fibers->guard, co, NULL);
  if (status != LUA_OK && !(died && was == lua_topointer(co, -1)))
    log_close_error(fiber, co);
  lua_settop(co, 0);
}

/* Ends the run: innermost coroutines first, then the fiber's own thread. */
static void close_threads(struct tgr_fiber *fiber) {
  struct tgr_fibers *fibers = fiber->fibers;
  struct tgr_fiber *const outer = fibers->current;
  fibers->current = fiber;
  fiber->closing = true;
  tgr_guard_begin(fibers->guard, fiber->cpu_budget_ms);
  while (fiber->chain_len > 0) {
    reset_thread(fiber, fiber->chain[fiber->chain_len - 1].co);
    tgr_fiber_chain_pop(fiber);
  }
  reset_thread(fiber, fiber->co);
  catch_up(fibers);
  fiber->closing = false;
  fibers->current = outer;
}

/* The fiber waits no longer; returns what it waited for. */
static struct tgr_wait *take_wait(struct tgr_fiber *fiber) {
  struct tgr_wait *wait = fiber->wait;
  fiber->wait = NULL;
  if (wait != NULL)
    wait->fiber = NULL;
  return wait;
}

static void abort_wait(struct tgr_fiber *fiber) {
  struct tgr_wait *wait = take_wait(fiber);
  if (wait != NULL)
    wait->abort(wait);
}

/* Whether what a cancelled fiber waits for needs time to end. */
static bool wait_lingers(const struct tgr_fiber *fiber) {
  struct tgr_wait *wait = fiber->wait;
  return wait != NULL && wait->linger != NULL && wait->linger(wait);
}

/* Reports the end, and pools the fiber unless it was given new work. */
static void end_run(struct tgr_fiber *fiber, enum tgr_fiber_end how) {
  fiber->ended(fiber, how);
  if (!tgr_link_in_list(&fiber->job.link))
    tgr_fiber_drop(fiber);
}

static void end_canceled(struct tgr_fiber *fiber) {
  tgr_ready_drop(&fiber->job); /* it may be queued by what it waited for */
  abort_wait(fiber);
  const bool was_under_way = lua_status(fiber->co) != LUA_OK;
  close_threads(fiber);
  if (was_under_way)
    tgr_fiber_renew(fiber);
  fiber->cancel = fiber->interrupted = false;
  end_run(fiber, TGR_FIBER_CANCELED);
}

/* Protected, on the main thread: leaves error and traceback of a failed or
 * interrupted fiber. */
static int take_error(lua_State *L) {
  struct tgr_fiber *fiber = lua_touserdata(L, 1);
  const int len = fiber->chain_len;
  lua_State *inner = len > 0 ? fiber->chain[len - 1].co : fiber->co;
  if (tgr_guard_stopped(fiber->fibers->guard)) {
    tgr_guard_push_error(fiber->fibers->guard, L);
  } else {
    lua_pushvalue(fiber->co, -1); /* a copy: the reset looks at the original */
    lua_xmove(fiber->co, L, 1);
  }
  tgr_place_push_traceback(L, inner);
  for (int i = len - 1; i >= 0; i--) {
    lua_pushliteral(L, "\n");
    tgr_place_push_traceback(L, i > 0 ? fiber->chain[i - 1].co : fiber->co);
    lua_concat(L, 3);
  }
  return 2;
}

/* Takes error and traceback while the frames are there, then resets. */
static void end_raised(struct tgr_fiber *fiber) {
  lua_State *L = fiber->fibers->L;
  lua_pushcfunction(L, take_error);
  lua_pushlightuserdata(L, fiber);
  if (lua_pcall(L, 1, 2, 0) != LUA_OK)
    lua_pushnil(L); /* out of memory: that is the error; no traceback */
  close_threads(fiber);
  tgr_fiber_renew(fiber);
  fiber->cancel = false;
  fiber->interrupted = false;
  lua_xmove(L, fiber->co, 2);
  end_run(fiber, TGR_FIBER_RAISED);
}

static void after_resume(struct tgr_fiber *fiber, int status) {
  if (status == LUA_OK) {
    fiber->cancel = false;
    end_run(fiber, TGR_FIBER_RETURNED);
  } else if (status == LUA_YIELD && !fiber->interrupted) {
    assert(fiber->wait != NULL);
    if (fiber->cancel && !wait_lingers(fiber))
      end_canceled(fiber);
  } else if (fiber->cancel && tgr_guard_doomed(fiber->fibers->guard)) {
    end_canceled(fiber);
  } else {
    end_raised(fiber);
  }
}

/* A script reached a limit: what it leaves is collected at once, and tells
 * whether the next one has room. */
static void collect(const struct tgr_fibers *fibers) {
  struct tgr_heap *heap = fibers->guard->heap;
  lua_gc(fibers->L, LUA_GCCOLLECT, 0);
  const int pause = tgr_heap_pause(heap);
  if (pause < TGR_HEAP_PAUSE) { /* it counts from the next collection on */
    lua_gc(fibers->L, LUA_GCSETPAUSE, pause);
    lua_gc(fibers->L, LUA_GCCOLLECT, 0);
  }
  tgr_heap_collected(heap);
}

void tgr_fiber_run(struct tgr_job *job) {
  struct tgr_fiber *fiber = TGR_CONTAINER_OF(job, struct tgr_fiber, job);
  struct tgr_fibers *fibers = fiber->fibers;
  assert(fibers->current == NULL);
  if (fiber->cancel) {
    end_canceled(fiber);
    return;
  }
  const int nargs = fiber->nargs;
  fiber->nargs = 0;
  take_wait(fiber);
  fiber->running = true;
  fibers->current = fiber;
  tgr_guard_begin(fibers->guard, fiber->cpu_budget_ms);
  int nres = 0;
  const int status = tgr_fiber_enter(fiber, fiber->co, NULL, nargs, &nres);
  catch_up(fibers);
  fibers->current = NULL;
  fiber->running = false;
  after_resume(fiber, status);
  struct tgr_heap *heap = fibers->guard->heap;
  if (tgr_heap_wants_collection(heap))
    collect(fibers);
  if (heap->notice_at != 0 && heap->used >= heap->notice_at)
    heap->noticed(heap);
}

void tgr_fiber_start(struct tgr_fiber *fiber, int nargs,
                     void (*ended)(struct tgr_fiber *, enum tgr_fiber_end)) {
  fiber->nargs = nargs;
  fiber->ended = ended;
  fiber->interrupted = false;
  tgr_ready_put(fiber->fibers->ready, &fiber->job);
}

void tgr_fiber_cancel(struct tgr_fiber *fiber) {
  if (fiber->cancel || fiber->closing)
    return;
  fiber->cancel = true;
  if (fiber->running || wait_lingers(fiber))
    return;
  abort_wait(fiber);
  tgr_ready_put(fiber->fibers->ready, &fiber->job);
}

void tgr_fiber_abandon(struct tgr_fiber *fiber) {
  if (fiber->closing)
    return;
  fiber->cancel = true;
  if (fiber->running)
    return;
  abort_wait(fiber);
  tgr_ready_put(fiber->fibers->ready, &fiber->job);
}

/* ---- the end of all ------------------------------------------------------ */

/* In three rounds, because what one fiber's end sets off may reach another.
 * <close> variables of all fibers together get the budget of one and a second:
 * those that are left then do not run. */
void tgr_fibers_deinit(struct tgr_fibers *fibers) {
  fibers->idle = NULL;
  const struct tgr_link *head = &fibers->live.head;
  for (struct tgr_link *at = head->next; at != head; at = at->next)
    abort_wait(TGR_CONTAINER_OF(at, struct tgr_fiber, link));
  const uint64_t begin_us = tgr_loop_clock_us();
  const uint64_t most_us =
      fibers->cpu_budget_ms == 0
          ? UINT64_MAX
          : (fibers->cpu_budget_ms + LAST_MS) * UINT64_C(1000);
  for (struct tgr_link *at = head->next; at != head; at = at->next)
    if (tgr_loop_clock_us() - begin_us <= most_us)
      close_threads(TGR_CONTAINER_OF(at, struct tgr_fiber, link));
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&fibers->live)) != NULL)
    tgr_fiber_destroy(TGR_CONTAINER_OF(link, struct tgr_fiber, link));
  while ((link = tgr_list_take(&fibers->pool)) != NULL)
    tgr_fiber_destroy(TGR_CONTAINER_OF(link, struct tgr_fiber, link));
}
