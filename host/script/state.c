/* One Lua state with everything a bot's script sees. */
#include "script/state.h"

#include "script/alarm.h"
#include "script/describe.h"
#include "script/invoke.h"
#include "script/module.h"
#include "script/modules.h"
#include "script/native.h"
#include "script/nested.h"
#include "script/place.h"
#include "script/print.h"
#include "script/runner.h"
#include "script/sandbox.h"
#include "script/values.h"
#include "script/worker.h"
#include "json/lazy.h"

#include <assert.h>
#include <lauxlib.h>
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

/* os.exit ends this script, never the process: its fiber does not go on. */
static int script_os_exit(lua_State *L) {
  struct tgr_script *script = tgr_script_of(L);
  int code = 0;
  if (lua_isboolean(L, 1))
    code = lua_toboolean(L, 1) ? 0 : 1;
  else
    code = (int)luaL_optinteger(L, 1, 0);
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

/* Protected: Lua's libraries, ours, the module paths. */
static int open_all(lua_State *L) {
  struct tgr_script *script = lua_touserdata(L, 1);
  luaL_openlibs(L);
  tgr_json_lazy_install(L);
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
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  lua_pushlightuserdata(L, script);
  lua_pushcclosure(L, open_host, 1);
  lua_setfield(L, -2, "tgrunner.host");
  lua_pushboolean(L, script->env.all_frames);
  lua_setfield(L, LUA_REGISTRYINDEX, "tgrunner.all_frames");
  lua_newtable(L);
  script->kept_ref = luaL_ref(L, LUA_REGISTRYINDEX);
  tgr_modules_open(L, script->env.script_dir);
  tgr_native_open(L, script, script->env.natives);
  if (script->env.open_libs != NULL)
    script->env.open_libs(L, script->env.open_libs_user);
  tgr_sandbox_open(L, script);
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

static enum tgr_status tell_limit(const struct tgr_script *script,
                                  struct tgr_error *error) {
  return tgr_error_set(error, TGR_ENOMEM,
                       "it exceeded its memory limit of %zu KiB",
                       script->heap.limit / 1024);
}

enum tgr_status tgr_script_new(const struct tgr_script_env *env,
                               struct tgr_script **out,
                               struct tgr_error *error) {
  struct tgr_script *script = tgr_mem_new0(env->mem, sizeof *script);
  if (script == NULL)
    return tgr_error_set(error, TGR_ENOMEM, "not enough memory for a script");
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
  if (tgr_guard_init(&script->guard, &script->heap, env->guard_signal) !=
      TGR_OK) {
    tgr_mem_free(env->mem, script);
    return tgr_error_set(error, TGR_ESTATE,
                         "cannot set a CPU timer for scripts");
  }
  lua_State *L = lua_newstate(tgr_heap_resize, &script->heap);
  if (L == NULL)
    goto fail;
  script->L = L;
  tgr_fibers_init(&script->fibers, env->mem, env->log, &env->loop->ready,
                  &script->guard, L);
  script->fibers.cpu_budget_ms = env->cpu_ms;
  script->fibers.idle = on_idle;
  script->fibers.user = script;
  lua_pushcfunction(L, open_all);
  lua_pushlightuserdata(L, script);
  if (lua_pcall(L, 1, 0, 0) != LUA_OK) {
    const char *text = lua_tostring(L, -1);
    const bool no_memory =
        text == NULL || strstr(text, "not enough memory") != NULL;
    enum tgr_status status = no_memory ? TGR_ENOMEM : TGR_ESCRIPT;
    tgr_error_set(error, status, "cannot open the Lua state: %s",
                  text != NULL ? text : "an error that is no text");
    if (tgr_heap_exceeded(&script->heap))
      status = tell_limit(script, error);
    tgr_script_free(script);
    return status;
  }
  set_limits(script);
  *out = script;
  return TGR_OK;

fail:
  tgr_guard_deinit(&script->guard);
  tgr_heap_deinit(&script->heap);
  tgr_mem_free(env->mem, script);
  return tgr_error_set(error, TGR_ENOMEM, "not enough memory for a Lua state");
}

void tgr_script_free(struct tgr_script *script) {
  if (script == NULL)
    return;
  const bool died =
      script->ended && !script->stopping && script->env.worker != NULL;
  script->ended = true;
  tgr_ready_drop(&script->end_job);
  tgr_clock_deinit(script);
  tgr_ready_drop(&script->broken_job);
  tgr_ready_drop(&script->collect.job);
  if (script->stopping)
    tgr_timer_stop(&script->env.loop->timers, &script->stop_timer);
  tgr_feed_close(script);
  tgr_runners_close(script);
  tgr_fibers_deinit(&script->fibers);
  tgr_alarm_close(script, died);
  tgr_fibers_deinit(&script->fibers); /* what that may have begun */
  tgr_invokes_cancel(script);
  script->closed = true;
  lua_close(script->L);
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

/* ---- the main chunk ----------------------------------------------------- */

static void main_ended(struct tgr_fiber *fiber, enum tgr_fiber_end how) {
  struct tgr_script *script = fiber->owner;
  lua_State *co = fiber->co;
  if (how == TGR_FIBER_RETURNED) {
    if (lua_isinteger(co, 1))
      script->exit_code = (int)lua_tointeger(co, 1);
    if (script->env.worker != NULL)
      tgr_worker_loaded(script->env.worker);
    if (script->clock.is_virtual) /* no time passes for what is left */
      tgr_script_exit(script,
                      &(struct tgr_script_end){.exit_code = script->exit_code});
    return;
  }
  if (how == TGR_FIBER_CANCELED ||
      (script->env.worker != NULL &&
       tgr_worker_is_out_of_memory(script->env.worker)))
    return;
  lua_State *L = script->L;
  tgr_describe_push(&script->fibers, co);
  if (lua_isstring(co, 2) && lua_checkstack(L, 4)) {
    lua_pushliteral(L, "\n");
    lua_pushvalue(co, 2);
    lua_xmove(co, L, 1);
    lua_concat(L, 3);
  }
  const char *text = lua_tostring(L, -1);
  enum tgr_status status = TGR_ESCRIPT;
  const char *known = script->end_error.text;
  if (*known != '\0' && strstr(text, known) != NULL) {
    status = script->end_error.status; /* one line says it, without a place */
    text = known;
  }
  tgr_script_exit(script, &(struct tgr_script_end){
                              .status = status, .exit_code = 1, .text = text});
  lua_pop(L, 1);
}

/* What tgr_script_start hands to its protected part. */
struct main_chunk {
  const char *name;
  const char *text;
  size_t len;
  int argc;
  char *const *argv;
  lua_State *co;
};

/* Protected: compiles the chunk and puts it with its arguments on `co`. */
static int load_main(lua_State *L) {
  const struct main_chunk *chunk = lua_touserdata(L, 1);
  const char *name = chunk->name;
  if (strcmp(name, "-") == 0)
    lua_pushliteral(L, "=stdin");
  else if (strcmp(name, "-e") == 0)
    lua_pushliteral(L, "=(command line)");
  else
    lua_pushfstring(L, "@%s", name);
  if (luaL_loadbufferx(L, chunk->text, chunk->len, lua_tostring(L, -1), "t") !=
      LUA_OK)
    return lua_error(L);
  lua_createtable(L, chunk->argc, 1);
  lua_pushstring(L, name);
  lua_rawseti(L, -2, 0);
  luaL_checkstack(L, chunk->argc + 1, "script arguments");
  for (int i = 1; i <= chunk->argc; i++) {
    lua_pushstring(L, chunk->argv[i - 1]);
    lua_rawseti(L, -2, i);
  }
  lua_setglobal(L, "arg");
  for (int i = 0; i < chunk->argc; i++)
    lua_pushstring(L, chunk->argv[i]);
  if (!lua_checkstack(chunk->co, chunk->argc + 1))
    return tgr_place_raise(L, "not enough memory");
  lua_xmove(L, chunk->co, chunk->argc + 1);
  return 0;
}

/* Adds the source line that a message "chunk:LINE: …" speaks of. */
static void add_source_line(struct tgr_error *error, const char *name,
                            const char *text, size_t len) {
  const size_t name_len = strlen(name); /* it may hold colons itself */
  const bool is_path = strncmp(error->text, name, name_len) == 0;
  const char *colon = strchr(error->text + (is_path ? name_len : 0), ':');
  int line = 0;
  if (colon == NULL || sscanf(colon, ":%d:", &line) != 1 || line < 1)
    return;
  const char *end = text + len;
  for (; line > 1 && text < end; line--) {
    const char *newline = memchr(text, '\n', (size_t)(end - text));
    if (newline == NULL)
      return;
    text = newline + 1;
  }
  const char *newline = memchr(text, '\n', (size_t)(end - text));
  const int width = (int)((newline == NULL ? end : newline) - text);
  const size_t used = strlen(error->text);
  snprintf(error->text + used, sizeof error->text - used, "\n  %.*s",
           width < 160 ? width : 160, text);
}

/* A first line that begins with # (as in "#!/usr/bin/env tgrunner-lua") is
 * skipped; its newline stays, so that line numbers hold. */
static void skip_shebang(const char **text, size_t *len) {
  if (*len == 0 || **text != '#')
    return;
  const char *newline = memchr(*text, '\n', *len);
  const size_t skipped = newline == NULL ? *len : (size_t)(newline - *text);
  *text += skipped;
  *len -= skipped;
}

enum tgr_status tgr_script_start(struct tgr_script *script, const char *name,
                                 const char *text, size_t len, int argc,
                                 char *const argv[], struct tgr_error *error) {
  lua_State *L = script->L;
  const char *const whole = text;
  const size_t whole_len = len;
  skip_shebang(&text, &len);
  struct tgr_fiber *fiber = tgr_fiber_new(&script->fibers);
  if (fiber == NULL)
    return tgr_error_set(error, TGR_ENOMEM, "not enough memory for %s", name);
  struct main_chunk chunk = {.name = name,
                             .text = text,
                             .len = len,
                             .argc = argc,
                             .argv = argv,
                             .co = fiber->co};
  lua_pushcfunction(L, load_main);
  lua_pushlightuserdata(L, &chunk);
  if (lua_pcall(L, 1, 0, 0) != LUA_OK) {
    tgr_error_set(error, TGR_ESYNTAX, "%s", lua_tostring(L, -1));
    lua_pop(L, 1);
    add_source_line(error, name, whole, whole_len);
    script->fibers.idle = NULL;
    tgr_fiber_drop(fiber);
    script->fibers.idle = on_idle;
    return tgr_heap_exceeded(&script->heap) ? tell_limit(script, error)
                                            : TGR_ESYNTAX;
  }
  fiber->owner = script;
  tgr_fiber_start(fiber, argc, main_ended);
  return TGR_OK;
}
