/* The module tgrunner.host, put together from its parts. */
#include "script/module.h"

#include "script/alarm.h"
#include "script/class.h"
#include "script/client.h"
#include "script/clock.h"
#include "script/disk.h"
#include "script/distribute.h"
#include "script/event.h"
#include "script/fetch.h"
#include "script/fetcher.h"
#include "script/fits.h"
#include "script/gate.h"
#include "script/once.h"
#include "script/router.h"
#include "script/runner.h"
#include "script/shared.h"
#include "script/sink.h"
#include "script/source.h"
#include "script/spawn.h"
#include "script/state.h"
#include "script/stop.h"
#include "script/update.h"
#include "script/values.h"
#include "script/worker.h"

#include <lauxlib.h>
#include <string.h>
#include <time.h>

static int module_log(lua_State *L) {
  static const char *const names[] = {"debug", "info", "warn", "error", NULL};
  struct tgr_script *script = tgr_script_of(L);
  const int level = luaL_checkoption(L, 1, NULL, names);
  size_t len = 0;
  const char *text = luaL_tolstring(L, 2, &len);
  tgr_log_text(script->env.log, (enum tgr_log_level)level, text, len);
  return 0;
}

/* A text without what looks like a token. */
static int module_redact(lua_State *L) {
  size_t len = 0;
  const char *text = luaL_checklstring(L, 1, &len);
  luaL_Buffer buffer;
  char *copy = luaL_buffinitsize(L, &buffer, len);
  memcpy(copy, text, len);
  luaL_pushresultsize(&buffer, tgr_log_redact(copy, len));
  return 1;
}

static int module_now_ms(lua_State *L) {
  struct tgr_script *script = tgr_script_of(L);
  lua_pushinteger(L, (lua_Integer)(script->clock.timers->now_us / 1000));
  return 1;
}

/* Milliseconds since 1970, by the system's clock, which people set. */
static int module_wall_ms(lua_State *L) {
  struct timespec now = {0};
  if (timespec_get(&now, TIME_UTC) != TIME_UTC)
    return luaL_error(L, "the system has no clock");
  lua_pushinteger(L, (lua_Integer)now.tv_sec * 1000 + now.tv_nsec / 1000000);
  return 1;
}

/* The exit status of a script that ends by itself. */
static int module_set_exit_code(lua_State *L) {
  tgr_script_of(L)->exit_code = (int)luaL_checkinteger(L, 1);
  return 0;
}

/* The fiber that runs now: an opaque value, equal while it is the same. */
static int module_current(lua_State *L) {
  lua_pushlightuserdata(L, tgr_fiber_of(L));
  return 1;
}

/* field(value, name) -> that field, raw, of what may be no table, or a lazy
 * one: a table of the library's own. */
static int module_field(lua_State *L) {
  lua_settop(L, 2);
  if (lua_istable(L, 1))
    lua_rawget(L, 1);
  else
    lua_pushnil(L);
  return 1;
}

static void set_string(lua_State *L, const char *name, const char *text) {
  lua_pushstring(L, text);
  lua_setfield(L, -2, name);
}

static int module_settings(lua_State *L) {
  const struct tgr_script *script = tgr_script_of(L);
  lua_createtable(L, 0, 5);
  set_string(L, "token", script->env.token);
  set_string(L, "api_root", script->env.api_root);
  set_string(L, "script_dir", script->env.script_dir);
  set_string(L, "journal", script->env.journal);
  lua_pushboolean(L, script->env.sim);
  lua_setfield(L, -2, "sim");
  return 1;
}

void tgr_module_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {{"log", module_log},
                                       {"redact", module_redact},
                                       {"now_ms", module_now_ms},
                                       {"wall_ms", module_wall_ms},
                                       {"current", module_current},
                                       {"settings", module_settings},
                                       {"field", module_field},
                                       {"set_exit_code", module_set_exit_code},
                                       {NULL, NULL}};
  lua_newtable(L);
  set_string(L, "version", tgr_version());
  tgr_class_functions(L, script, functions);
  tgr_values_open(L, script);
  tgr_fits_open(L, script);
  tgr_event_open(L, script);
  tgr_clock_open(L, script);
  tgr_spawn_open(L, script);
  tgr_update_open(L, script);
  tgr_router_open(L, script);
  tgr_client_open(L, script);
  tgr_alarm_open(L, script);
  tgr_gate_open(L, script);
  tgr_fetcher_open(L, script);
  tgr_fetch_open(L, script);
  tgr_source_open(L, script);
  tgr_sink_open(L, script);
  tgr_runner_open(L, script);
  tgr_stop_open(L, script);
  tgr_once_open(L, script);
  tgr_distribute_open(L, script);
  tgr_worker_open(L, script);
  tgr_shared_open(L, script);
  tgr_disk_open(L, script);
  if (script->env.open_more != NULL)
    script->env.open_more(L, script);
}
