/* One Lua state with everything a bot's script sees. */
#include "script/state.h"

#include "script/alarm.h"
#include "script/invoke.h"
#include "script/module.h"
#include "script/modules.h"
#include "script/native.h"
#include "script/nested.h"
#include "script/place.h"
#include "script/print.h"
#include "script/runner.h"
#include "script/sandbox.h"
#include "script/shelter.h"
#include "script/stop.h"
#include "script/values.h"
#include "script/worker.h"
#include "json/lazy.h"

#include <lauxlib.h>
#include <limits.h>
#include <lualib.h>
#include <stdio.h>
#include <string.h>

enum { BLOCK_MAX = 1 << 20 };

struct tgr_script *tgr_script_of(lua_State *L) {
  return lua_touserdata(L, lua_upvalueindex(1));
}

const char *tgr_script_lua_version(void) {
  return LUA_RELEASE;
}

/* ---- opening ------------------------------------------------------------ */

static int exit_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  (void)ctx;
  return tgr_place_raise(L, "os.exit was called");
}

static void exit_abort(struct tgr_wait *wait) {
  (void)wait; /* the script ends: its fiber is closed, nothing to undo */
}

int tgr_script_exit_code(lua_Integer code) {
  return code < INT_MIN || code > INT_MAX ? INT_MAX : (int)code;
}

/* os.exit ends this script, never the process: its fiber does not go on. */
static int script_os_exit(lua_State *L) {
  struct tgr_script *script = tgr_script_of(L);
  int code = 0;
  if (lua_isboolean(L, 1))
    code = lua_toboolean(L, 1) ? 0 : 1;
  else
    code = tgr_script_exit_code(luaL_optinteger(L, 1, 0));
  tgr_script_exit(script, &(struct tgr_script_end){.exit_code = code});
  struct tgr_fiber *fiber = tgr_fiber_of(L);
  if (fiber != NULL && lua_isyieldable(L) && !fiber->closing)
    return tgr_fiber_wait(L, &script->exit_wait, 0, exit_k);
  return tgr_place_raise(L, "os.exit was called");
}

static int open_host(lua_State *L) {
  tgr_module_open(L, lua_touserdata(L, lua_upvalueindex(1)));
  return 1;
}

void tgr_script_open_own(lua_State *L, struct tgr_script *script) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  lua_pushlightuserdata(L, script);
  lua_pushcclosure(L, open_host, 1);
  lua_setfield(L, -2, "tgrunner.host");
  lua_pop(L, 1);
  lua_pushboolean(L, script->env.all_frames);
  lua_setfield(L, LUA_REGISTRYINDEX, "tgrunner.all_frames");
  lua_newtable(L);
  script->kept_ref = luaL_ref(L, LUA_REGISTRYINDEX);
}

/* Protected: Lua's libraries, ours, the module paths. */
static int open_all(lua_State *L) {
  struct tgr_script *script = lua_touserdata(L, 1);
  lua_gc(L, LUA_GCINC, TGR_HEAP_PAUSE, 0, 0);
  luaL_openlibs(L);
  tgr_json_lazy_install(L);
  tgr_shelter_open(L);
  tgr_print_open(L);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  tgr_nested_open(L);
  lua_pushvalue(L, -1);
  lua_setfield(L, -3, LUA_COLIBNAME);
  lua_setglobal(L, LUA_COLIBNAME);
  lua_getglobal(L, LUA_OSLIBNAME);
  lua_pushlightuserdata(L, script);
  lua_pushcclosure(L, script_os_exit, 1);
  lua_setfield(L, -2, "exit");
  tgr_script_open_own(L, script);
  tgr_modules_open(L, script->env.script_dir);
  if (script->env.open_libs != NULL)
    script->env.open_libs(L, script->env.open_libs_user);
  tgr_sandbox_open(L, script);
  tgr_shelter_close(L);
  tgr_native_open(L, script, script->env.natives);
  return 0;
}

static void on_idle(struct tgr_fibers *fibers) {
  tgr_script_check_idle(fibers->user);
}

static void on_end_job(struct tgr_job *job);

/* Within an allocation: only notes. */
static void on_broke(struct tgr_heap *heap) {
  struct tgr_script *script = TGR_CONTAINER_OF(heap, struct tgr_script, heap);
  tgr_ready_put_first(&script->env.loop->ready, &script->broken_job);
}

static void on_broken_job(struct tgr_job *job) {
  struct tgr_script *script =
      TGR_CONTAINER_OF(job, struct tgr_script, broken_job);
  char text[96];
  snprintf(text, sizeof text, "the script holds more than its %zu KiB",
           script->heap.hard / 1024);
  tgr_script_exit(script, &(struct tgr_script_end){.status = TGR_ENOMEM,
                                                   .exit_code = 1,
                                                   .text = text});
  tgr_ready_put_first(&script->env.loop->ready, &script->end_job);
}

/* From now on the script's own work is counted. */
static void set_limits(struct tgr_script *script) {
  script->heap.soft = script->env.memory_soft;
  script->heap.hard = script->env.memory_hard;
  if (script->env.sandbox == TGR_SANDBOX_PURE)
    script->heap.block_max =
        script->env.block_max != 0 ? script->env.block_max : BLOCK_MAX;
}

enum tgr_status tgr_script_tell_limit(const struct tgr_script *script,
                                      struct tgr_error *error) {
  return tgr_error_set(error, TGR_ENOMEM,
                       "it exceeded its memory limit of %zu KiB",
                       script->heap.limit / 1024);
}

struct tgr_script *tgr_script_prepare(const struct tgr_script_env *env,
                                      struct tgr_error *error) {
  struct tgr_script *script = tgr_mem_new0(env->mem, sizeof *script);
  if (script == NULL) {
    tgr_error_set(error, TGR_ENOMEM, "not enough memory for a script");
    return NULL;
  }
  script->env = *env;
  tgr_list_init(&script->runs);
  tgr_list_init(&script->calls);
  tgr_feed_init(&script->feed);
  tgr_collect_init(&script->collect);
  tgr_clock_init(script);
  tgr_job_init(&script->end_job, on_end_job);
  script->exit_wait.abort = exit_abort;
  tgr_buf_init(&script->scratch, env->mem, TGR_VALUES_JSON_MAX);
  tgr_heap_init(&script->heap, env->mem);
  script->heap.limit = env->memory_limit;
  script->heap.broke = on_broke;
  if (env->worker != NULL)
    tgr_worker_init(env->worker, script);
  tgr_job_init(&script->broken_job, on_broken_job);
  if (tgr_guard_init(&script->guard, &script->heap, env->guard_signal) ==
      TGR_OK) {
    if (env->worker != NULL)
      script->guard.nudge = &env->worker->nudge;
    return script;
  }
  tgr_mem_free(env->mem, script);
  tgr_error_set(error, TGR_ESTATE, "cannot set a CPU timer for scripts");
  return NULL;
}

enum tgr_status tgr_script_open(struct tgr_script *script, lua_State *L,
                                lua_CFunction open, struct tgr_error *error) {
  const struct tgr_script_env *env = &script->env;
  script->L = L;
  tgr_fibers_init(&script->fibers, env->mem, env->log, &env->loop->ready,
                  &script->guard, L);
  script->fibers.cpu_budget_ms = env->cpu_ms;
  script->fibers.idle = on_idle;
  script->fibers.user = script;
  lua_pushcfunction(L, open);
  lua_pushlightuserdata(L, script);
  if (lua_pcall(L, 1, 0, 0) == LUA_OK)
    return TGR_OK;
  const char *text = lua_tostring(L, -1);
  const bool no_memory =
      text == NULL || strstr(text, "not enough memory") != NULL;
  const enum tgr_status status = no_memory ? TGR_ENOMEM : TGR_ESCRIPT;
  tgr_error_set(error, status, "cannot open the Lua state: %s",
                text != NULL ? text : "an error that is no text");
  return tgr_heap_exceeded(&script->heap) ? tgr_script_tell_limit(script, error)
                                          : status;
}

enum tgr_status tgr_script_new(const struct tgr_script_env *env,
                               struct tgr_script **out,
                               struct tgr_error *error) {
  struct tgr_script *script = tgr_script_prepare(env, error);
  if (script == NULL)
    return error->status;
  lua_State *L = lua_newstate(tgr_heap_resize, &script->heap);
  if (L == NULL) {
    tgr_guard_deinit(&script->guard);
    tgr_heap_deinit(&script->heap);
    tgr_mem_free(env->mem, script);
    return tgr_error_set(error, TGR_ENOMEM,
                         "not enough memory for a Lua state");
  }
  const enum tgr_status status = tgr_script_open(script, L, open_all, error);
  if (status != TGR_OK) {
    tgr_script_free(script);
    return status;
  }
  set_limits(script);
  *out = script;
  return TGR_OK;
}

void tgr_script_close(struct tgr_script *script) {
  if (script->closed)
    return;
  const bool died =
      script->ended && !script->stopping && script->env.worker != NULL;
  script->ended = true;
  tgr_ready_drop(&script->end_job);
  tgr_clock_deinit(script);
  tgr_ready_drop(&script->broken_job);
  tgr_ready_drop(&script->collect.job);
  tgr_stop_deinit(script);
  if (script->env.http != NULL) /* its last calls are cancelled, not sent */
    tgr_http_hold(script->env.http);
  tgr_feed_close(script);
  tgr_runners_close(script);
  tgr_heap_close(&script->heap);
  tgr_fibers_deinit(&script->fibers);
  tgr_alarm_close(script, died);
  tgr_fibers_deinit(&script->fibers); /* what that may have begun */
  tgr_invokes_cancel(script);
  if (script->env.http != NULL)
    tgr_http_go_on(script->env.http);
  script->closed = true;
}

void tgr_script_free(struct tgr_script *script) {
  if (script == NULL)
    return;
  tgr_script_close(script);
  if (!script->foreign)
    lua_close(script->L);
  if (script->env.worker != NULL)
    tgr_worker_deinit(script->env.worker);
  tgr_guard_deinit(&script->guard);
  tgr_heap_deinit(&script->heap);
  tgr_buf_deinit(&script->scratch);
  tgr_mem_free(script->env.mem, script->end_text);
  tgr_mem_free(script->env.mem, script);
}

/* ---- ending ------------------------------------------------------------- */

static void on_end_job(struct tgr_job *job) {
  struct tgr_script *script = TGR_CONTAINER_OF(job, struct tgr_script, end_job);
  script->on_end(script->user, &script->end);
}

void tgr_script_exit(struct tgr_script *script,
                     const struct tgr_script_end *end) {
  if (script->ended)
    return;
  script->ended = true;
  script->end = *end;
  if (script->heap.broken) /* whatever it says of its own end */
    script->end.status = TGR_ENOMEM;
  if (end->text != NULL) {
    script->end_text =
        tgr_mem_dup(script->env.mem, end->text, strlen(end->text));
    script->end.text = script->end_text;
  }
  tgr_ready_put(&script->env.loop->ready, &script->end_job);
}

void tgr_script_check_idle(struct tgr_script *script) {
  const bool stays = script->env.worker != NULL || script->env.stays;
  if (!script->ended && (!stays || script->stopping) && script->guests == 0 &&
      script->fibers.live_count == 0 && tgr_list_empty(&script->runs))
    tgr_script_exit(script,
                    &(struct tgr_script_end){.exit_code = script->exit_code});
}
