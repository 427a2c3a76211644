/* How fibers are suspended and woken; and how the program waits, in a foreign
 * state. */
#include "loop/loop.h"
#include "script/fiber.h"
#include "script/place.h"
#include "script/slot.h"

#include <assert.h>

struct tgr_fiber *tgr_fiber_of(lua_State *L) {
  return tgr_slot_get(L);
}

struct tgr_fiber *tgr_fiber_check_wait(lua_State *L, const char *what) {
  struct tgr_fiber *fiber = tgr_fiber_of(L);
  if (fiber == NULL && tgr_slot_blocking(L) != NULL)
    return NULL;
  if (fiber == NULL && tgr_slot_is_foreign(L))
    tgr_place_raise_no_wait(
        L, what,
        "inside a coroutine that Lua's own library made (tg.spawn makes those "
        "that can wait), or a function that must return at once");
  else if (fiber == NULL || fiber->fibers->current != fiber)
    tgr_place_raise_no_wait(
        L, what, "this function is called by the host and must return at once");
  else if (fiber->closing)
    tgr_place_raise_no_wait(L, what,
                            "inside a <close> variable of a coroutine that was "
                            "cancelled or has failed");
  else if (!lua_isyieldable(L) ||
           (fiber->chain_len > 0 &&
            !fiber->chain[fiber->chain_len - 1].can_wait))
    tgr_place_raise_no_yield(L, what);
  return fiber;
}

bool tgr_fiber_interrupt(lua_State *L) {
  struct tgr_fiber *fiber = tgr_fiber_of(L);
  const int len = fiber == NULL ? 0 : fiber->chain_len;
  if (fiber == NULL || fiber->closing || !lua_isyieldable(L) ||
      (len > 0 && !fiber->chain[len - 1].can_wait))
    return false;
  fiber->interrupted = true;
  return true;
}

/* The program itself waits, without a fiber: what wakes it finds this one. */
struct blocking_wait {
  struct tgr_fiber fiber; /* never resumed */
  struct tgr_loop *loop;
  bool is_over;
};

static void on_over(struct tgr_job *job) {
  struct tgr_fiber *fiber = TGR_CONTAINER_OF(job, struct tgr_fiber, job);
  struct blocking_wait *blocking =
      TGR_CONTAINER_OF(fiber, struct blocking_wait, fiber);
  blocking->is_over = true;
  tgr_loop_quit(blocking->loop);
}

/* In a foreign state, where nothing can be suspended: runs the loop until the
 * operation is over. */
static int wait_blocking(lua_State *L, struct tgr_wait *wait, bool is_over,
                         lua_KContext ctx, lua_KFunction k) {
  struct tgr_fibers *fibers = tgr_slot_blocking(L);
  assert(fibers != NULL);
  struct blocking_wait blocking = {
      .loop = TGR_CONTAINER_OF(fibers->ready, struct tgr_loop, ready)};
  blocking.fiber.fibers = fibers;
  blocking.fiber.wait = wait;
  tgr_job_init(&blocking.fiber.job, on_over);
  wait->fiber = &blocking.fiber;
  if (is_over)
    tgr_ready_put(fibers->ready, &blocking.fiber.job);
  while (!blocking.is_over) /* the loop may be told to quit by others */
    tgr_loop_run(blocking.loop);
  wait->fiber = NULL;
  return k(L, LUA_YIELD, ctx);
}

int tgr_fiber_wait(lua_State *L, struct tgr_wait *wait, lua_KContext ctx,
                   lua_KFunction k) {
  struct tgr_fiber *fiber = tgr_fiber_of(L);
  if (fiber == NULL)
    return wait_blocking(L, wait, false, ctx, k);
  assert(fiber->running && fiber->wait == NULL);
  fiber->wait = wait;
  wait->fiber = fiber;
  return lua_yieldk(L, 0, ctx, k);
}

int tgr_fiber_pass(lua_State *L, struct tgr_wait *wait, lua_KContext ctx,
                   lua_KFunction k) {
  struct tgr_fiber *fiber = tgr_fiber_of(L);
  if (fiber == NULL)
    return wait_blocking(L, wait, true, ctx, k);
  tgr_ready_put(fiber->fibers->ready, &fiber->job);
  return tgr_fiber_wait(L, wait, ctx, k);
}

void tgr_wait_wake(struct tgr_wait *wait) {
  struct tgr_fiber *fiber = wait->fiber;
  if (fiber == NULL)
    return;
  fiber->fibers->wakes++;
  tgr_ready_put(fiber->fibers->ready, &fiber->job);
}
