/* How fibers are suspended and woken. */
#include "script/fiber.h"

#include "script/place.h"

#include <assert.h>

struct tgr_fiber *tgr_fiber_of(lua_State *L) {
  struct tgr_fiber **const slot = lua_getextraspace(L);
  return *slot;
}

struct tgr_fiber *tgr_fiber_check_wait(lua_State *L, const char *what) {
  struct tgr_fiber *fiber = tgr_fiber_of(L);
  if (fiber == NULL || fiber->fibers->current != fiber)
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

int tgr_fiber_wait(lua_State *L, struct tgr_wait *wait, lua_KContext ctx,
                   lua_KFunction k) {
  struct tgr_fiber *fiber = tgr_fiber_of(L);
  assert(fiber != NULL && fiber->running && fiber->wait == NULL);
  fiber->wait = wait;
  wait->fiber = fiber;
  return lua_yieldk(L, 0, ctx, k);
}

int tgr_fiber_pass(lua_State *L, struct tgr_wait *wait, lua_KContext ctx,
                   lua_KFunction k) {
  struct tgr_fiber *fiber = tgr_fiber_of(L);
  tgr_ready_put(fiber->fibers->ready, &fiber->job);
  return tgr_fiber_wait(L, wait, ctx, k);
}

void tgr_wait_wake(struct tgr_wait *wait) {
  struct tgr_fiber *fiber = wait->fiber;
  if (fiber == NULL)
    return;
  tgr_ready_put(fiber->fibers->ready, &fiber->job);
}
