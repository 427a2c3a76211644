/* A script's table as a source's supplier. */
#include "script/supplier.h"

#include "engine/task.h"
#include "script/describe.h"
#include "script/place.h"
#include "script/state.h"
#include "script/update.h"

#include <lauxlib.h>
#include <limits.h>
#include <math.h>
#include <string.h>

/* One call of supply: the owner of its fiber. */
struct tgr_supply {
  struct tgr_link link; /* in supplier->calls */
  struct tgr_lua_supplier *supplier;
  struct tgr_fiber *fiber;
  int signal_ref;
  int limit;
};

/* Whether the table on the top holds anything but the `n` of table.pack. */
static bool has_fields(lua_State *L) {
  lua_pushnil(L);
  while (lua_next(L, -2) != 0) {
    lua_pop(L, 1);
    if (lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), "n") == 0)
      continue;
    lua_pop(L, 1);
    return true;
  }
  return false;
}

/* Stack of a supply's fiber. */
enum { SLOT_OBJECT = 1, SLOT_SUPPLY, SLOT_RESULT };

/* The fiber's function: supply(batch_size, signal) -> list. */
static int run_supply_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  (void)ctx;
  if (!lua_istable(L, SLOT_RESULT))
    return tgr_place_raise_of(L, SLOT_SUPPLY,
                              "supply must return a list of updates (got %s)",
                              luaL_typename(L, SLOT_RESULT));
  if (lua_rawlen(L, SLOT_RESULT) == 0 && has_fields(L))
    return tgr_place_raise_of(L, SLOT_SUPPLY,
                              "supply must return a list of updates (got a "
                              "table with fields; { update } is a list of "
                              "one)");
  return 1;
}

/* It may be another than the one that create_source has seen. */
static void check_supply(lua_State *L) {
  if (lua_isfunction(L, SLOT_SUPPLY))
    return;
  if (luaL_getmetafield(L, SLOT_SUPPLY, "__call") == LUA_TNIL)
    luaL_error(L, "supply is no function any more (got %s)",
               luaL_typename(L, SLOT_SUPPLY));
  lua_settop(L, SLOT_SUPPLY);
}

static int run_supply(lua_State *L) {
  const struct tgr_fiber *fiber = tgr_fiber_of(L);
  struct tgr_supply *call = fiber->owner;
  lua_rawgeti(L, LUA_REGISTRYINDEX, call->supplier->object_ref);
  lua_getfield(L, SLOT_OBJECT, "supply");
  check_supply(L);
  lua_pushvalue(L, SLOT_SUPPLY);
  if (call->limit == INT_MAX)
    lua_pushnumber(L, HUGE_VAL);
  else
    lua_pushinteger(L, call->limit);
  lua_createtable(L, 0, 1);
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "aborted");
  lua_pushvalue(L, -1);
  call->signal_ref = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_callk(L, 2, 1, 0, run_supply_k);
  return run_supply_k(L, LUA_OK, 0);
}

/* What a supplier gave, as tasks. */
struct taken {
  struct tgr_script *script;
  struct tgr_list tasks;
  int count;
};

/* Protected: (list, taken). */
static int take_list(lua_State *L) {
  struct taken *taken = lua_touserdata(L, 2);
  const lua_Integer count = (lua_Integer)lua_rawlen(L, 1);
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(L, 1, i);
    struct tgr_task *task = tgr_task_from_value(L, taken->script);
    if (task == NULL)
      return tgr_place_raise(L, "not enough memory for an update");
    tgr_list_append(&taken->tasks, &task->link);
    taken->count++;
  }
  return 0;
}

static void fail(struct tgr_source *source, const char *text) {
  struct tgr_error error;
  tgr_error_set(&error, TGR_ESCRIPT, "the supplier failed: %s", text);
  tgr_source_fail(source, &error);
}

static void fail_with_top(struct tgr_source *source, lua_State *L) {
  const char *text = lua_tostring(L, -1);
  fail(source, text != NULL ? text : "an error that is no text");
  lua_pop(L, 1);
}

static void call_free(struct tgr_supply *call) {
  struct tgr_lua_supplier *it = call->supplier;
  if (it->open == call)
    it->open = NULL;
  luaL_unref(it->script->L, LUA_REGISTRYINDEX, call->signal_ref);
  tgr_list_remove(&call->link);
  tgr_mem_free(it->script->env.mem, call);
}

/* The answer is on the fiber's stack. */
static void answer(struct tgr_lua_supplier *it, struct tgr_source *source,
                   struct tgr_fiber *fiber) {
  lua_State *L = it->script->L;
  struct taken taken = {.script = it->script};
  tgr_list_init(&taken.tasks);
  lua_pushcfunction(L, take_list);
  lua_xmove(fiber->co, L, 1);
  lua_pushlightuserdata(L, &taken);
  if (lua_pcall(L, 2, 0, 0) == LUA_OK) {
    tgr_source_deliver(source, &taken.tasks, taken.count);
  } else {
    tgr_task_release_all(&taken.tasks);
    fail_with_top(source, L);
  }
}

/* Writes to a key that is there: allocates nothing. */
static void keep_raised(const struct tgr_lua_supplier *it, lua_State *co) {
  lua_State *L = it->script->L;
  lua_rawgeti(L, LUA_REGISTRYINDEX, it->raised_ref);
  if (co == NULL || lua_isstring(co, 1) || lua_isnil(co, 1)) {
    lua_pushboolean(L, 0);
  } else {
    lua_pushvalue(co, 1);
    lua_xmove(co, L, 1);
  }
  lua_rawseti(L, -2, 1);
  lua_pop(L, 1);
}

bool tgr_lua_supplier_push_raised(const struct tgr_lua_supplier *it,
                                  lua_State *L) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, it->raised_ref);
  lua_rawgeti(L, -1, 1);
  lua_remove(L, -2);
  if (lua_toboolean(L, -1))
    return true;
  lua_pop(L, 1);
  return false;
}

static void log_traceback(const struct tgr_lua_supplier *it, lua_State *co) {
  if (lua_gettop(co) >= 2 && lua_isstring(co, 2))
    tgr_log_write(it->script->env.log, TGR_LOG_DEBUG,
                  "the supplier has failed in:\n%s", lua_tostring(co, 2));
}

static void supply_ended(struct tgr_fiber *fiber, enum tgr_fiber_end how) {
  struct tgr_supply *call = fiber->owner;
  if (call == NULL)
    return; /* its source was collected meanwhile */
  struct tgr_lua_supplier *it = call->supplier;
  const bool is_wanted = it->open == call;
  call_free(call);
  if (!is_wanted)
    return;
  if (how == TGR_FIBER_CANCELED) {
    fail(it->source, "it was cancelled");
  } else if (how == TGR_FIBER_RAISED) {
    keep_raised(it, fiber->co);
    log_traceback(it, fiber->co);
    tgr_describe_push(&it->script->fibers, fiber->co);
    fail_with_top(it->source, it->script->L);
  } else {
    answer(it, it->source, fiber);
  }
}

/* NULL when out of memory. */
static struct tgr_supply *call_new(struct tgr_lua_supplier *it, int limit) {
  struct tgr_fiber *fiber = tgr_fiber_new(&it->script->fibers);
  if (fiber == NULL)
    return NULL;
  struct tgr_supply *call = tgr_mem_new0(it->script->env.mem, sizeof *call);
  if (call == NULL) {
    tgr_fiber_drop(fiber);
    return NULL;
  }
  *call = (struct tgr_supply){
      .supplier = it, .fiber = fiber, .signal_ref = LUA_NOREF, .limit = limit};
  fiber->owner = call;
  tgr_link_init(&call->link);
  tgr_list_append(&it->calls, &call->link);
  return call;
}

static void supply(struct tgr_supplier *supplier, struct tgr_source *source,
                   int limit) {
  struct tgr_lua_supplier *it =
      TGR_CONTAINER_OF(supplier, struct tgr_lua_supplier, supplier);
  keep_raised(it, NULL);
  it->source = source;
  it->open = call_new(it, limit);
  if (it->open == NULL) {
    struct tgr_error error;
    tgr_error_set(&error, TGR_ENOMEM, "not enough memory to call the supplier");
    tgr_source_fail(source, &error);
    return;
  }
  lua_pushcfunction(it->open->fiber->co, run_supply);
  tgr_fiber_start(it->open->fiber, 0, supply_ended);
}

/* Protected: signal.aborted = true, without metamethods. */
static int set_aborted(lua_State *L) {
  lua_pushliteral(L, "aborted");
  lua_pushboolean(L, 1);
  lua_rawset(L, 1);
  return 0;
}

static void abort_supply(struct tgr_supplier *supplier) {
  struct tgr_lua_supplier *it =
      TGR_CONTAINER_OF(supplier, struct tgr_lua_supplier, supplier);
  lua_State *L = it->script->L;
  const struct tgr_supply *call = it->open;
  it->open = NULL;
  if (call->signal_ref != LUA_NOREF) {
    lua_pushcfunction(L, set_aborted);
    lua_rawgeti(L, LUA_REGISTRYINDEX, call->signal_ref);
    if (lua_pcall(L, 1, 0, 0) != LUA_OK)
      lua_pop(L, 1); /* out of memory: the cancel below still ends it */
  }
  if (!it->script->closed)
    tgr_fiber_cancel(call->fiber);
}

bool tgr_lua_supplier_runs_in(const struct tgr_lua_supplier *it,
                              const struct tgr_fiber *fiber) {
  return it->open != NULL && it->open->fiber == fiber;
}

void tgr_lua_supplier_init(struct tgr_lua_supplier *it,
                           struct tgr_script *script, lua_State *L, int index) {
  *it = (struct tgr_lua_supplier){
      .supplier = {.supply = supply, .abort = abort_supply}, .script = script};
  tgr_list_init(&it->calls);
  lua_pushvalue(L, index);
  it->object_ref = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_createtable(L, 1, 0);
  lua_pushboolean(L, 0);
  lua_rawseti(L, -2, 1);
  it->raised_ref = luaL_ref(L, LUA_REGISTRYINDEX);
}

/* Calls that take their time end without it. */
void tgr_lua_supplier_deinit(struct tgr_lua_supplier *it) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_first(&it->calls)) != NULL) {
    struct tgr_supply *call = TGR_CONTAINER_OF(link, struct tgr_supply, link);
    if (!it->script->closed) {
      call->fiber->owner = NULL;
      tgr_fiber_cancel(call->fiber);
    }
    call_free(call);
  }
  luaL_unref(it->script->L, LUA_REGISTRYINDEX, it->object_ref);
  luaL_unref(it->script->L, LUA_REGISTRYINDEX, it->raised_ref);
}
