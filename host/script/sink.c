/* The script's face of engine/sink.c. */
#include "script/sink.h"

#include "script/class.h"
#include "script/context.h"
#include "script/place.h"
#include "script/router.h"
#include "script/sandbox.h"
#include "script/state.h"
#include "script/update.h"

#include <lauxlib.h>
#include <limits.h>
#include <math.h>
#include <string.h>

#define SINK_META "tgrunner.Sink"

struct tgr_lua_sink *tgr_lua_sink_check(lua_State *L, int index) {
  return luaL_checkudata(L, index, SINK_META);
}

void tgr_lua_sink_keep(lua_State *L, int index) {
  struct tgr_lua_sink *it = tgr_lua_sink_check(L, index);
  if (it->self_ref != LUA_NOREF)
    return;
  lua_pushvalue(L, index);
  it->self_ref = luaL_ref(L, LUA_REGISTRYINDEX);
}

static void emptied(struct tgr_handler *handler) {
  struct tgr_lua_sink *it =
      TGR_CONTAINER_OF(handler, struct tgr_lua_sink, handler);
  luaL_unref(it->script->L, LUA_REGISTRYINDEX, it->self_ref);
  it->self_ref = LUA_NOREF;
}

/* Makes a task of each value in the list at stack index 2. */
static void take_updates(lua_State *L, struct tgr_lua_sink *it) {
  tgr_task_release_all(&it->incoming);
  const lua_Integer count = (lua_Integer)lua_rawlen(L, 2);
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(L, 2, i);
    struct tgr_task *task = tgr_task_from_value(L, it->script);
    if (task == NULL)
      tgr_place_raise(L, "not enough memory for an update");
    else
      tgr_list_append(&it->incoming, &task->link);
  }
}

/* ---- options: the table at `index`, checked by the Lua side ------------- */

/* A reference to a function field; LUA_NOREF when absent. */
static int ref_field(lua_State *L, int index, const char *name) {
  if (lua_getfield(L, index, name) == LUA_TNIL) {
    lua_pop(L, 1);
    return LUA_NOREF;
  }
  return luaL_ref(L, LUA_REGISTRYINDEX);
}

static lua_Integer int_field(lua_State *L, int index, const char *name,
                             lua_Integer fallback) {
  lua_getfield(L, index, name);
  const lua_Integer value = luaL_optinteger(L, -1, fallback);
  lua_pop(L, 1);
  return value;
}

static int clamp_int(lua_Integer value) {
  return value > INT_MAX ? INT_MAX : value < 1 ? 1 : (int)value;
}

static void read_keyer(lua_State *L, int index, struct tgr_lua_sink *it,
                       struct tgr_sink_options *options) {
  const int type = lua_getfield(L, index, "sequentialize");
  if (type == LUA_TSTRING) {
    const char *by = lua_tostring(L, -1);
    tgr_id_keyer_init(&it->id_keyer, strcmp(by, "user") != 0,
                      strcmp(by, "chat") != 0);
    options->keyer = &it->id_keyer.keyer;
    lua_pop(L, 1);
  } else if (type == LUA_TFUNCTION) {
    tgr_lua_keyer_init(&it->lua_keyer, &it->handler,
                       luaL_ref(L, LUA_REGISTRYINDEX));
    options->keyer = &it->lua_keyer.keyer;
  } else {
    lua_pop(L, 1);
  }
}

/* A bot's consumer, with `context`, the metatable of the bot's contexts. */
static int ref_run(lua_State *L, int index) {
  if (lua_getfield(L, index, "context") != LUA_TTABLE) {
    lua_pop(L, 1);
    return LUA_NOREF;
  }
  lua_getfield(L, index, "bot");
  tgr_context_push_closure(L, tgr_handler_run_bot);
  return luaL_ref(L, LUA_REGISTRYINDEX);
}

/* { router, number, ends = … } */
static void read_router(lua_State *L, int index, struct tgr_handler *handler) {
  if (lua_getfield(L, index, "router") == LUA_TTABLE) {
    lua_getfield(L, -1, "ends");
    handler->router_ends = lua_toboolean(L, -1);
    lua_rawgeti(L, -2, 2);
    handler->router_from = (int)lua_tointeger(L, -1);
    lua_rawgeti(L, -3, 1);
    handler->router = tgr_router_check(L, -1);
    lua_getiuservalue(L, -1, 1);
    handler->functions_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    handler->router_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_pop(L, 2);
  }
  lua_pop(L, 1);
}

static void read_options(lua_State *L, int index, struct tgr_lua_sink *it,
                         struct tgr_sink_options *options) {
  static const char *const kinds[] = {"sequential", "batch", "concurrent",
                                      NULL};
  tgr_sink_options_init(options);
  options->kind = (enum tgr_sink_kind)luaL_checkoption(L, 1, NULL, kinds);
  options->concurrency =
      clamp_int(int_field(L, index, "concurrency", options->concurrency));
  options->timeout_ms = (uint64_t)int_field(L, index, "timeout_ms", 0);
  options->waiting = clamp_int(int_field(L, index, "waiting", 10000));
  lua_getfield(L, index, "cancel");
  options->cancel_on_timeout = lua_isnil(L, -1) || lua_toboolean(L, -1);
  lua_pop(L, 1);
  struct tgr_handler *handler = &it->handler;
  const struct tgr_script *script = it->script;
  handler->cpu_budget_ms =
      tgr_sandbox_cpu_ms(script, int_field(L, index, "max_cpu_ms",
                                           (lua_Integer)script->env.cpu_ms));
  handler->prepare_ref = ref_field(L, index, "prepare");
  handler->consume_ref = ref_field(L, index, "consume");
  handler->failed_ref = ref_field(L, index, "failed");
  handler->timeout_ref = ref_field(L, index, "timeout_handler");
  handler->run_ref = ref_run(L, index);
  read_router(L, index, handler);
  read_keyer(L, index, it, options);
}

static int sink_new(lua_State *L) {
  struct tgr_script *script = tgr_script_of(L);
  luaL_checktype(L, 2, LUA_TTABLE);
  struct tgr_lua_sink *it = lua_newuserdatauv(L, sizeof *it, 0);
  memset(it, 0, sizeof *it);
  it->script = script;
  it->self_ref = LUA_NOREF;
  tgr_list_init(&it->incoming);
  tgr_handler_init(&it->handler, script, &it->sink);
  it->handler.emptied = emptied;
  struct tgr_sink_options options;
  read_options(L, 2, it, &options);
  struct tgr_loop *loop = script->env.loop;
  tgr_sink_init(&it->sink, script->env.mem, script->clock.timers, &loop->ready,
                &it->handler.port, &options);
  luaL_setmetatable(L, SINK_META);
  return 1;
}

static int sink_gc(lua_State *L) {
  struct tgr_lua_sink *it = lua_touserdata(L, 1);
  tgr_task_release_all(&it->incoming);
  tgr_sink_deinit(&it->sink);
  if (it->sink.options.keyer == &it->lua_keyer.keyer)
    tgr_lua_keyer_deinit(&it->lua_keyer);
  tgr_handler_deinit(&it->handler);
  return 0;
}

/* ---- methods ------------------------------------------------------------ */

/* A caller of handle that waits for free capacity. */
struct capacity_wait {
  struct tgr_wait wait;
  struct tgr_sink_waiter waiter;
  struct tgr_script *script;
  int capacity;
};

static void capacity_answer(struct tgr_sink_waiter *waiter, int capacity) {
  struct capacity_wait *it =
      TGR_CONTAINER_OF(waiter, struct capacity_wait, waiter);
  it->capacity = capacity;
  tgr_wait_wake(&it->wait);
}

static void capacity_abort(struct tgr_wait *wait) {
  struct capacity_wait *it = TGR_CONTAINER_OF(wait, struct capacity_wait, wait);
  tgr_sink_forget(&it->waiter);
  tgr_mem_free(it->script->env.mem, it);
}

static void push_capacity(lua_State *L, int capacity) {
  if (capacity == INT_MAX)
    lua_pushnumber(L, HUGE_VAL);
  else
    lua_pushinteger(L, capacity);
}

static int handle_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  struct capacity_wait *it = (struct capacity_wait *)ctx;
  push_capacity(L, it->capacity);
  tgr_mem_free(it->script->env.mem, it);
  return 1;
}

/* sink:handle(updates) -> capacity, as soon as it is positive. */
static int sink_handle(lua_State *L) {
  struct tgr_lua_sink *it = tgr_lua_sink_check(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  tgr_fiber_check_wait(L, "sink:handle");
  take_updates(L, it);
  tgr_lua_sink_keep(L, 1);
  struct capacity_wait *wait = tgr_mem_new0(it->script->env.mem, sizeof *wait);
  if (wait == NULL)
    return tgr_place_raise(L, "not enough memory to wait for the sink");
  wait->wait.abort = capacity_abort;
  wait->wait.at_rest = true;
  wait->script = it->script;
  tgr_sink_waiter_init(&wait->waiter, capacity_answer);
  tgr_sink_handle(&it->sink, &it->incoming);
  wait->capacity = tgr_sink_when_free(&it->sink, &wait->waiter, 1, 0);
  if (wait->capacity > 0) /* they have started when this returns */
    return tgr_fiber_pass(L, &wait->wait, (lua_KContext)wait, handle_k);
  return tgr_fiber_wait(L, &wait->wait, (lua_KContext)wait, handle_k);
}

static int sink_size(lua_State *L) {
  lua_pushinteger(L, tgr_sink_size(&tgr_lua_sink_check(L, 1)->sink));
  return 1;
}

/* sink:snapshot() -> list of what the running consumers were given. */
static int sink_snapshot(lua_State *L) {
  struct tgr_lua_sink *it = tgr_lua_sink_check(L, 1);
  lua_newtable(L);
  lua_Integer count = 0;
  for (const struct tgr_task *task = tgr_sink_first(&it->sink); task != NULL;
       task = tgr_sink_next(&it->sink, task)) {
    if (!tgr_handler_push_running(L, task))
      tgr_handler_push_update(L, it->script, task);
    lua_rawseti(L, -2, ++count);
  }
  return 1;
}

void tgr_sink_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {{"sink", sink_new}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"handle", sink_handle},
                                     {"size", sink_size},
                                     {"snapshot", sink_snapshot},
                                     {NULL, NULL}};
  tgr_class_functions(L, script, functions);
  tgr_class_new(L, script, SINK_META, methods, sink_gc);
}
