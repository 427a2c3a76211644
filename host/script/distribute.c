/* A script's updates that are run by scripts on other threads. */
#include "script/distribute.h"

#include "engine/task.h"
#include "script/class.h"
#include "script/place.h"
#include "script/state.h"
#include "script/update.h"

#include <limits.h>
#include <string.h>

#define POOL_META "tgrunner.Pool"

/* One fiber that waits for its worker. */
struct call {
  struct tgr_wait wait;
  struct tgr_errand errand;
  struct tgr_script *script;
  const struct tgr_mem *mem;
  const struct tgr_distributor *distributor;
  struct tgr_pool *pool;
  bool answered;
  bool orphaned; /* its fiber is gone */
};

static void call_free(struct call *call) {
  tgr_task_release(call->errand.task);
  tgr_mem_free(call->mem, call->errand.text);
  tgr_mem_free(call->mem, call);
}

static void on_answered(struct tgr_errand *errand) {
  struct call *call = TGR_CONTAINER_OF(errand, struct call, errand);
  call->answered = true;
  if (call->orphaned)
    call_free(call);
  else
    tgr_wait_wake(&call->wait);
}

/* The fiber shall end: its keys stay its own until the worker has answered. */
static bool call_linger(struct tgr_wait *wait) {
  struct call *call = TGR_CONTAINER_OF(wait, struct call, wait);
  return !call->answered &&
         call->distributor->cancel(call->pool, &call->errand);
}

static void call_abort(struct tgr_wait *wait) {
  struct call *call = TGR_CONTAINER_OF(wait, struct call, wait);
  if (call->answered) {
    call_free(call);
    return;
  }
  call->distributor->cancel(call->pool, &call->errand);
  call->orphaned = true;
}

/* Protected by the box in stack slot 1, whose __gc frees the call. */
static int call_box_gc(lua_State *L) {
  struct call **box = lua_touserdata(L, 1);
  if (*box != NULL)
    call_free(*box);
  *box = NULL;
  return 0;
}

static void push_failure(lua_State *L, const struct tgr_errand *errand) {
  const char *text =
      errand->text != NULL ? errand->text : "not enough memory\0";
  lua_pushstring(L, text);
  lua_pushstring(L, text + strlen(text) + 1);
  lua_pushinteger(L, errand->worker);
}

static int run_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  struct call *call = (struct call *)ctx;
  struct call **box = lua_touserdata(L, 1);
  *box = call;
  const bool done = call->errand.end == TGR_ERRAND_DONE;
  lua_pushboolean(L, done);
  if (!done)
    push_failure(L, &call->errand);
  call_free(call);
  *box = NULL;
  return done ? 1 : 4;
}

/* ---- the key: the same value, the same hash ----------------------------- */

static uint64_t mix(uint64_t x) {
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

static uint64_t hash_string(const char *bytes, size_t len) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (size_t i = 0; i < len; i++)
    hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3u;
  return mix(hash);
}

static void read_key(lua_State *L, int index, struct tgr_errand *errand) {
  size_t len = 0;
  if (lua_isnoneornil(L, index))
    return;
  errand->has_key = true;
  if (lua_isinteger(L, index)) {
    errand->key = mix((uint64_t)lua_tointeger(L, index));
  } else {
    const char *bytes = luaL_checklstring(L, index, &len);
    errand->key = hash_string(bytes, len);
  }
}

/* ---- what Lua sees ------------------------------------------------------ */

struct pool_box {
  const struct tgr_distributor *distributor;
  struct tgr_pool *pool; /* NULL when it could not be made */
};

static struct call *call_new(lua_State *L, const struct pool_box *box,
                             struct tgr_task *task) {
  struct tgr_script *script = tgr_script_of(L);
  struct call *call = tgr_mem_new0(script->env.mem, sizeof *call);
  if (call == NULL) {
    tgr_place_raise(L, "not enough memory to hand an update to a worker");
    return NULL; /* not reached */
  }
  call->wait.abort = call_abort;
  call->wait.linger = call_linger;
  call->script = script;
  call->mem = script->env.mem;
  call->distributor = box->distributor;
  call->pool = box->pool;
  tgr_link_init(&call->errand.link);
  tgr_link_init(&call->errand.flight);
  call->errand.task = tgr_task_hold(task);
  call->errand.cpu_budget_ms = tgr_fiber_of(L)->cpu_budget_ms;
  call->errand.answered = on_answered;
  return call;
}

/* pool:run(raw, key?) -> true, or false, message, traceback, number */
static int pool_run(lua_State *L) {
  const struct pool_box *pool = luaL_checkudata(L, 1, POOL_META);
  struct tgr_task *task = tgr_update_at(L, 2);
  luaL_argcheck(L, task != NULL, 2, "a raw update is expected");
  tgr_fiber_check_wait(L, "distribute");
  struct tgr_errand key = {.has_key = false};
  read_key(L, 3, &key);
  lua_settop(L, 2);
  struct call **box = lua_newuserdatauv(L, sizeof(void *), 0);
  *box = NULL;
  luaL_setmetatable(L, "tgrunner.PoolCallBox");
  lua_replace(L, 1);
  struct call *call = call_new(L, pool, task);
  call->errand.has_key = key.has_key;
  call->errand.key = key.key;
  pool->distributor->send(pool->pool, &call->errand);
  return tgr_fiber_wait(L, &call->wait, (lua_KContext)call, run_k);
}

static const char *text_field(lua_State *L, const char *name, size_t *len) {
  lua_getfield(L, 1, name);
  const char *text = luaL_checklstring(L, -1, len);
  lua_pop(L, 1);
  return text;
}

static lua_Integer integer_field(lua_State *L, const char *name) {
  lua_getfield(L, 1, name);
  const lua_Integer value = luaL_optinteger(L, -1, 0);
  lua_pop(L, 1);
  return value;
}

static int pool_new(lua_State *L) {
  struct tgr_script *script = tgr_script_of(L);
  luaL_checktype(L, 1, LUA_TTABLE);
  const lua_Integer count = integer_field(L, "count");
  const lua_Integer limit = integer_field(L, "memory_limit");
  luaL_argcheck(L, count >= 1 && count <= INT_MAX && limit >= 0, 1,
                "count or memory_limit out of range");
  struct tgr_pool_config config = {.file = text_field(L, "file", NULL),
                                   .settings = text_field(L, "settings", NULL),
                                   .count = (int)count,
                                   .memory_limit = (size_t)limit};
  lua_getfield(L, 1, "gives_up");
  config.gives_up = lua_toboolean(L, -1);
  lua_pop(L, 1);
  config.text = text_field(L, "text", &config.text_len);
  struct tgr_distributor *distributor = script->env.distributor;
  if (distributor == NULL)
    return tgr_place_raise(
        L, "distribute is not possible here: only a script that "
           "a host runs has workers");
  struct pool_box *box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = (struct pool_box){.distributor = distributor};
  luaL_setmetatable(L, POOL_META);
  struct tgr_error error;
  if (distributor->open(distributor, script, &config, &box->pool, &error) !=
      TGR_OK)
    return tgr_place_raise(L, "%s", error.text);
  return 1;
}

static int pool_gc(lua_State *L) {
  struct pool_box *box = lua_touserdata(L, 1);
  if (box->pool != NULL)
    box->distributor->close(box->pool);
  box->pool = NULL;
  return 0;
}

void tgr_distribute_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {{"pool", pool_new}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"run", pool_run}, {NULL, NULL}};
  static const luaL_Reg none[] = {{NULL, NULL}};
  tgr_class_functions(L, script, functions);
  tgr_class_new(L, script, POOL_META, methods, pool_gc);
  tgr_class_new(L, script, "tgrunner.PoolCallBox", none, call_box_gc);
}
