/* Where fibers come from, and where they go. */
#include "script/fiber.h"

#include "script/slot.h"

#include <assert.h>
#include <lauxlib.h>

/* Fibers that are kept for reuse; one costs about 1.3 KiB. */
enum { POOL_MAX = 1024 };

/* Protected: makes the thread and its reference. */
static int new_thread(lua_State *L) {
  struct tgr_fiber *fiber = lua_touserdata(L, 1);
  lua_State *co = lua_newthread(L);
  const int co_ref = luaL_ref(L, LUA_REGISTRYINDEX);
  fiber->co = co;
  fiber->co_ref = co_ref;
  tgr_slot_set(co, fiber);
  return 0;
}

/* Of a thread that ended badly Lua 5.4.4 keeps what another run must not meet.
 * Reset while it was suspended, it remembers the message handler of an xpcall
 * that it was inside of, and would call it for each later error. Reset behind
 * an error that a hook raised (the guard's, or the script's own), it has its
 * hooks off for good: nothing could stop an endless loop in it. It is not used
 * again. */
void tgr_fiber_renew(struct tgr_fiber *fiber) {
  lua_State *L = fiber->fibers->L;
  lua_State *const old = fiber->co;
  const int old_ref = fiber->co_ref;
  lua_pushcfunction(L, new_thread);
  lua_pushlightuserdata(L, fiber);
  fiber->spoiled = lua_pcall(L, 1, 0, 0) != LUA_OK;
  if (fiber->spoiled) { /* out of memory: at least it is not pooled */
    lua_pop(L, 1);
    return;
  }
  tgr_slot_set(old, NULL);
  luaL_unref(L, LUA_REGISTRYINDEX, old_ref);
}

static struct tgr_fiber *make(struct tgr_fibers *fibers) {
  struct tgr_fiber *fiber = tgr_mem_new0(fibers->mem, sizeof *fiber);
  if (fiber == NULL)
    return NULL;
  fiber->fibers = fibers;
  fiber->number = ++fibers->made;
  fiber->chain = fiber->chain_inline;
  fiber->chain_cap = TGR_FIBER_CHAIN_INLINE;
  tgr_link_init(&fiber->link);
  tgr_job_init(&fiber->job, tgr_fiber_run);
  lua_State *L = fibers->L;
  lua_pushcfunction(L, new_thread); /* a light function: cannot fail */
  lua_pushlightuserdata(L, fiber);
  if (lua_pcall(L, 1, 0, 0) != LUA_OK) {
    lua_pop(L, 1);
    tgr_mem_free(fibers->mem, fiber);
    return NULL;
  }
  return fiber;
}

struct tgr_fiber *tgr_fiber_new(struct tgr_fibers *fibers) {
  struct tgr_fiber *fiber = NULL;
  struct tgr_link *pooled = tgr_list_take(&fibers->pool);
  if (pooled != NULL) {
    fiber = TGR_CONTAINER_OF(pooled, struct tgr_fiber, link);
    fibers->pool_count--;
  } else {
    fiber = make(fibers);
    if (fiber == NULL)
      return NULL;
  }
  fiber->cpu_budget_ms = fibers->cpu_budget_ms;
  fiber->serial = ++fibers->serial;
  tgr_list_append(&fibers->live, &fiber->link);
  fibers->live_count++;
  return fiber;
}

void tgr_fiber_destroy(struct tgr_fiber *fiber) {
  tgr_ready_drop(&fiber->job);
  tgr_fiber_chain_free(fiber);
  tgr_slot_set(fiber->co, NULL);
  luaL_unref(fiber->fibers->L, LUA_REGISTRYINDEX, fiber->co_ref);
  tgr_mem_free(fiber->fibers->mem, fiber);
}

/* With an empty stack and no trace of its last run. */
void tgr_fiber_drop(struct tgr_fiber *fiber) {
  struct tgr_fibers *fibers = fiber->fibers;
  assert(lua_status(fiber->co) == LUA_OK && fiber->chain_len == 0);
  lua_settop(fiber->co, 0);
  if (lua_gethook(fiber->co) != lua_gethook(fibers->L)) /* debug.sethook */
    lua_sethook(fiber->co, lua_gethook(fibers->L), lua_gethookmask(fibers->L),
                lua_gethookcount(fibers->L));
  fiber->cancel = false;
  fiber->background = false;
  fiber->ended = NULL;
  fiber->owner = fiber->item = NULL;
  assert(fiber->face == NULL);
  fiber->overdue_told = false;
  fiber->origin = fiber->watch = NULL;
  fiber->part_of_it = false;
  tgr_list_remove(&fiber->link);
  fibers->live_count--;
  if (fiber->spoiled || fibers->pool_count >= POOL_MAX) {
    tgr_fiber_destroy(fiber);
  } else {
    tgr_list_append(&fibers->pool, &fiber->link);
    fibers->pool_count++;
  }
  if (fibers->live_count == 0 && fibers->idle != NULL)
    fibers->idle(fibers);
}
