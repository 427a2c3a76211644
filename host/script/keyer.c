/* A script's constraint function as the sink's keyer. */
#include "script/keyer.h"

#include "script/describe.h"
#include "script/handler.h"
#include "script/state.h"

#include <lauxlib.h>

/* What one call hands to its protected part. */
struct keyer_call {
  struct tgr_lua_keyer *keyer;
  struct tgr_task *task;
};

/* Protected: constraint(ctx), its keys; leaves a table that holds them. */
static int call_constraint(lua_State *L) {
  const struct keyer_call *call = lua_touserdata(L, 1);
  struct tgr_lua_keyer *keyer = call->keyer;
  lua_settop(L, 0);
  lua_rawgeti(L, LUA_REGISTRYINDEX, keyer->constraint_ref);
  tgr_handler_push_object(L, keyer->handler, call->task);
  const int count = tgr_keys_ask(L, 1, 2);
  keyer->count = tgr_keys_from_stack(L, 3, keyer->found);
  lua_createtable(L, count, 0);
  lua_insert(L, 3);
  for (int i = count; i >= 1; i--)
    lua_rawseti(L, 3, i);
  return 1;
}

static enum tgr_status lua_keys(struct tgr_keyer *base, struct tgr_task *task,
                                const struct tgr_key **keys, size_t *count) {
  struct tgr_lua_keyer *it =
      TGR_CONTAINER_OF(base, struct tgr_lua_keyer, keyer);
  lua_State *L = it->handler->script->L;
  if (it->handler->script->heap.broken) /* the script is about to end */
    return TGR_ENOMEM;
  struct keyer_call call = {.keyer = it, .task = task};
  lua_pushcfunction(L, call_constraint);
  lua_pushlightuserdata(L, &call);
  if (tgr_describe_pcall_within(&it->handler->script->fibers,
                                it->handler->cpu_budget_ms, 1, 1) != LUA_OK) {
    tgr_handler_note_refusal(it->handler, task); /* takes the error */
    return TGR_ESCRIPT;
  }
  lua_rawseti(L, LUA_REGISTRYINDEX, it->result_ref);
  *keys = it->found;
  *count = it->count;
  return TGR_OK;
}

void tgr_lua_keyer_init(struct tgr_lua_keyer *keyer,
                        struct tgr_handler *handler, int constraint_ref) {
  lua_State *L = handler->script->L;
  *keyer = (struct tgr_lua_keyer){.keyer = {.keys = lua_keys},
                                  .handler = handler,
                                  .constraint_ref = constraint_ref};
  lua_newtable(L);
  keyer->result_ref = luaL_ref(L, LUA_REGISTRYINDEX);
}

void tgr_lua_keyer_deinit(struct tgr_lua_keyer *keyer) {
  lua_State *L = keyer->handler->script->L;
  luaL_unref(L, LUA_REGISTRYINDEX, keyer->constraint_ref);
  luaL_unref(L, LUA_REGISTRYINDEX, keyer->result_ref);
}
