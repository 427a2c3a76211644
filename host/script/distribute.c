/* A script's updates that are run by scripts on other threads. */
#include "script/distribute.h"

#include "engine/task.h"
#include "script/class.h"
#include "script/place.h"
#include "script/sandbox.h"
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
  if (call->errand.share != NULL)
    call->errand.share->release(call->errand.share);
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

/* Takes the errand back, if no worker has begun with it. */
static bool is_under_way(struct call *call) {
  if (!call->answered && !call->distributor->cancel(call->pool, &call->errand))
    call->answered = true;
  return !call->answered;
}

/* The fiber shall end: its keys stay its own until the worker has answered. */
static bool call_linger(struct tgr_wait *wait) {
  return is_under_way(TGR_CONTAINER_OF(wait, struct call, wait));
}

static void call_abort(struct tgr_wait *wait) {
  struct call *call = TGR_CONTAINER_OF(wait, struct call, wait);
  if (is_under_way(call))
    call->orphaned = true;
  else
    call_free(call);
}

/* Protected: (errand) -> false, message, traceback, number */
static int push_failure(lua_State *L) {
  const struct tgr_errand *errand = lua_touserdata(L, 1);
  const char *text =
      errand->text != NULL ? errand->text : "not enough memory\0";
  lua_pushboolean(L, 0);
  lua_pushstring(L, text);
  lua_pushstring(L, text + strlen(text) + 1);
  lua_pushinteger(L, errand->worker);
  return 4;
}

static int run_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  struct call *call = (struct call *)ctx;
  if (call->errand.end == TGR_ERRAND_LOST)
    call->errand.task->unhandled = true;
  if (call->errand.end == TGR_ERRAND_DONE) {
    call_free(call);
    lua_pushboolean(L, 1);
    return 1;
  }
  lua_pushcfunction(L, push_failure);
  lua_pushlightuserdata(L, &call->errand);
  const int result = lua_pcall(L, 1, 4, 0); /* so that the call is freed */
  call_free(call);
  return result == LUA_OK ? 4 : lua_error(L);
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

/* In the registry: box → its userdata, weakly. */
#define BOXES "tgrunner.PoolBoxes"

struct pool_box {
  struct tgr_pool_owner owner;
  struct tgr_script *script;
  const struct tgr_distributor *distributor;
  struct tgr_pool *pool; /* NULL when it could not be made */
  int count;
  bool retired;
};

/* Protected: (box, text: both light) -> whether the pool's `failed` has told
 * somebody. */
static int tell_failed(lua_State *L) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, BOXES);
  if (lua_rawgetp(L, -1, lua_touserdata(L, 1)) != LUA_TUSERDATA)
    return 0;
  lua_getiuservalue(L, -1, 1);
  lua_pushstring(L, lua_touserdata(L, 2));
  lua_call(L, 1, 1);
  return 1;
}

static void on_failed(struct tgr_pool_owner *owner, const char *text) {
  struct pool_box *box = TGR_CONTAINER_OF(owner, struct pool_box, owner);
  struct tgr_script *script = box->script;
  lua_State *L = script->L;
  lua_pushcfunction(L, tell_failed);
  lua_pushlightuserdata(L, box);
  lua_pushlightuserdata(L, (void *)text);
  const bool is_told = lua_pcall(L, 2, 1, 0) == LUA_OK && lua_toboolean(L, -1);
  lua_pop(L, 1);
  if (is_told)
    return;
  tgr_script_exit(script, &(struct tgr_script_end){.status = TGR_ESCRIPT,
                                                   .exit_code = 1,
                                                   .text = text});
}

/* Leaves the userdata; its uservalue is the field `failed` of the table at
 * 1. */
static struct pool_box *push_box(lua_State *L, struct tgr_script *script) {
  struct pool_box *box = lua_newuserdatauv(L, sizeof *box, 1);
  *box = (struct pool_box){.owner = {.failed = on_failed},
                           .script = script,
                           .distributor = script->env.distributor};
  luaL_setmetatable(L, POOL_META);
  lua_getfield(L, 1, "failed");
  lua_setiuservalue(L, -2, 1);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, BOXES);
  lua_pushvalue(L, -2);
  lua_rawsetp(L, -2, box);
  lua_pop(L, 1);
  return box;
}

static int raise_no_memory(lua_State *L) {
  return tgr_place_raise(L, "not enough memory to hand an update to a worker");
}

/* `kept` is the task that a keeper may have: `task`, or what that was made
 * from. NULL when out of memory. */
static struct call *call_new(lua_State *L, const struct pool_box *box,
                             struct tgr_task *task, struct tgr_task *kept) {
  struct tgr_script *script = tgr_script_of(L);
  struct tgr_share *share = NULL;
  struct call *call = tgr_mem_new0(script->env.mem, sizeof *call);
  if (call == NULL)
    return NULL;
  if (kept->keeper != NULL) {
    share = kept->keeper->share(kept->keeper, kept);
    if (share == NULL) {
      tgr_mem_free(script->env.mem, call);
      return NULL;
    }
  }
  call->wait.abort = call_abort;
  call->wait.linger = call_linger;
  call->script = script;
  call->mem = script->env.mem;
  call->distributor = box->distributor;
  call->pool = box->pool;
  tgr_link_init(&call->errand.link);
  call->errand.task = tgr_task_hold(task);
  call->errand.share = share;
  call->errand.cpu_budget_ms = tgr_fiber_of(L)->cpu_budget_ms;
  call->errand.answered = on_answered;
  return call;
}

/* The update that a value of a script's own supplier was handed over as; the
 * raw update made from it is told of its runs. */
static struct tgr_task *kept_task(lua_State *L, int index,
                                  struct tgr_task *raw) {
  struct tgr_task *kept = tgr_update_at(L, index);
  if (kept == NULL || kept == raw)
    return raw;
  raw->attempt = kept->attempt;
  raw->redelivered = kept->redelivered;
  return kept;
}

/* pool:run(raw, key?, delivery?) -> true, or false, message, traceback, number
 */
static int pool_run(lua_State *L) {
  const struct pool_box *pool = luaL_checkudata(L, 1, POOL_META);
  struct tgr_task *task = tgr_update_at(L, 2);
  luaL_argcheck(L, task != NULL, 2, "a raw update is expected");
  if (pool->retired)
    return 0;
  tgr_fiber_check_wait(L, "distribute");
  struct tgr_errand key = {.has_key = false};
  read_key(L, 3, &key);
  struct call *call = call_new(L, pool, task, kept_task(L, 4, task));
  if (call == NULL)
    return raise_no_memory(L);
  call->errand.has_key = key.has_key;
  call->errand.key = key.key;
  if (pool->distributor->send(pool->pool, &call->errand) != TGR_OK) {
    call_free(call);
    return raise_no_memory(L);
  }
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
  tgr_sandbox_check(L, script, TGR_SANDBOX_NO_OS, "tg.distribute");
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
  if (script->env.distributor == NULL)
    return tgr_place_raise(L, "distribute is not possible here: only a script "
                              "that a host runs has workers");
  struct pool_box *box = push_box(L, script);
  struct tgr_error error;
  if (script->env.distributor->open(script->env.distributor, script, &config,
                                    &box->owner, &box->pool, &error) != TGR_OK)
    return tgr_place_raise(L, "%s", error.text);
  box->count = config.count;
  return 1;
}

static int pool_retire(lua_State *L) {
  struct pool_box *box = luaL_checkudata(L, 1, POOL_META);
  const lua_Integer deadline_ms = luaL_checkinteger(L, 2);
  luaL_argcheck(L, deadline_ms >= 0, 2, "deadline_ms must be 0 or more");
  if (box->pool != NULL)
    box->distributor->retire(box->pool, (uint64_t)deadline_ms);
  box->retired = true;
  return 0;
}

static int pool_is_retired(lua_State *L) {
  const struct pool_box *box = luaL_checkudata(L, 1, POOL_META);
  lua_pushboolean(L, box->retired);
  return 1;
}

static void set_count(lua_State *L, const char *name, uint64_t value) {
  lua_pushinteger(L, (lua_Integer)value);
  lua_setfield(L, -2, name);
}

static int pool_stats(lua_State *L) {
  const struct pool_box *box = luaL_checkudata(L, 1, POOL_META);
  lua_createtable(L, box->count, 0);
  for (int i = 1; i <= box->count && box->pool != NULL; i++) {
    struct tgr_worker_stats stats;
    box->distributor->stats(box->pool, i, &stats);
    lua_createtable(L, 0, 9);
    set_count(L, "number", (uint64_t)i);
    set_count(L, "running", stats.running);
    set_count(L, "waiting", stats.waiting);
    lua_pushboolean(L, stats.stuck);
    lua_setfield(L, -2, "stuck");
    set_count(L, "handled", stats.handled);
    set_count(L, "deaths", stats.deaths);
    set_count(L, "memory_bytes", stats.memory_bytes);
    set_count(L, "wakeups", stats.wakeups);
    lua_rawseti(L, -2, i);
  }
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
  static const luaL_Reg methods[] = {{"run", pool_run},
                                     {"retire", pool_retire},
                                     {"is_retired", pool_is_retired},
                                     {"stats", pool_stats},
                                     {NULL, NULL}};
  tgr_class_functions(L, script, functions);
  tgr_class_new(L, script, POOL_META, methods, pool_gc);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, BOXES);
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "v");
  lua_setfield(L, -2, "__mode");
  lua_setmetatable(L, -2);
  lua_pop(L, 1);
}
