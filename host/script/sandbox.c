/* What a script cannot reach.
 *
 * A few functions of Lua's run for ever within one call, where no hook can stop
 * them: string.rep of nothing, and functions on a table that only pretends to
 * be long. Scripts in a sandbox get them with bounds. */
#include "script/sandbox.h"

#include "script/modules.h"
#include "script/place.h"
#include "script/print.h"
#include "script/state.h"

#include <lauxlib.h>
#include <limits.h>
#include <lualib.h>
#include <string.h>

enum {
  LENGTH_MAX = 1 << 22,     /* of tables that are walked in one call */
  SORT_LENGTH_MAX = 1 << 19 /* without a comparator of the script's */
};

void tgr_sandbox_check(lua_State *L, const struct tgr_script *script,
                       enum tgr_sandbox level, const char *what) {
  if (script->env.sandbox >= level)
    tgr_place_raise(L, "%s is not possible in this sandbox", what);
}

unsigned tgr_sandbox_cpu_ms(const struct tgr_script *script,
                            lua_Integer wanted_ms) {
  const unsigned most = script->env.cpu_ms;
  const unsigned wanted =
      wanted_ms > INT_MAX ? (unsigned)INT_MAX : (unsigned)wanted_ms;
  if (script->foreign)
    return 0;
  if (script->env.sandbox == TGR_SANDBOX_FULL || most == 0)
    return wanted;
  return wanted == 0 || wanted > most ? most : wanted;
}

/* ---- functions with bounds; upvalue 1 is Lua's own ---------------------- */

static int call_original(lua_State *L) {
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  return lua_gettop(L);
}

/* Text only, whatever mode is asked for. */
static int bounded_load(lua_State *L) {
  if (lua_gettop(L) < 3)
    lua_settop(L, 3);
  lua_pushliteral(L, "t");
  lua_replace(L, 3);
  return call_original(L);
}

static int bounded_setmetatable(lua_State *L) {
  if (lua_istable(L, 2)) {
    lua_pushliteral(L, "__gc");
    if (lua_rawget(L, 2) != LUA_TNIL)
      return tgr_place_raise(L, "a metatable with __gc is not possible in this "
                                "sandbox");
    lua_pop(L, 1);
  }
  return call_original(L);
}

static int bounded_rep(lua_State *L) {
  size_t len = 0;
  size_t separator_len = 0;
  luaL_checklstring(L, 1, &len);
  luaL_checkinteger(L, 2);
  luaL_optlstring(L, 3, "", &separator_len);
  if (len + separator_len == 0) {
    lua_pushliteral(L, "");
    return 1;
  }
  return call_original(L);
}

static void check_range(lua_State *L, lua_Integer first, lua_Integer last,
                        lua_Integer most) {
  if (last > first &&
      (lua_Unsigned)last - (lua_Unsigned)first >= (lua_Unsigned)most)
    tgr_place_raise(L, "the table is too long for this sandbox");
}

static int bounded_length(lua_State *L) {
  if (lua_istable(L, 1))
    check_range(L, 0, luaL_len(L, 1), LENGTH_MAX);
  return call_original(L);
}

static int bounded_sort(lua_State *L) {
  if (lua_istable(L, 1))
    check_range(L, 0, luaL_len(L, 1),
                lua_isnoneornil(L, 2) ? SORT_LENGTH_MAX : LENGTH_MAX);
  return call_original(L);
}

static int bounded_concat(lua_State *L) {
  if (lua_istable(L, 1)) {
    const lua_Integer first = luaL_optinteger(L, 3, 1);
    check_range(L, first, luaL_opt(L, luaL_checkinteger, 4, luaL_len(L, 1)),
                LENGTH_MAX);
  }
  return call_original(L);
}

static int bounded_move(lua_State *L) {
  check_range(L, luaL_checkinteger(L, 2), luaL_checkinteger(L, 3), LENGTH_MAX);
  return call_original(L);
}

static int only_count(lua_State *L) {
  static const char *const options[] = {"count", NULL};
  luaL_checkoption(L, 1, "count", options);
  return call_original(L);
}

/* ---- replacements ------------------------------------------------------- */

/* print: a line of the log. */
static int log_line(lua_State *L) {
  const struct tgr_script *script = tgr_script_of(L);
  size_t len = 0;
  const char *text = tgr_print_join(L, "", &len);
  tgr_log_text(script->env.log, TGR_LOG_INFO, text, len);
  return 0;
}

/* require: what is loaded; upvalue 2 is the table of that. */
static int find_loaded(lua_State *L) {
  const char *name = luaL_checkstring(L, 1);
  lua_pushvalue(L, 1);
  if (lua_rawget(L, lua_upvalueindex(2)) == LUA_TNIL)
    return tgr_place_raise(L, "module '%s' is not there in this sandbox", name);
  return 1;
}

/* ---- cutting ------------------------------------------------------------ */

static void bound(lua_State *L, const char *library, const char *name,
                  lua_CFunction function) {
  lua_getglobal(L, library);
  lua_getfield(L, -1, name);
  lua_pushcclosure(L, function, 1);
  lua_setfield(L, -2, name);
  lua_pop(L, 1);
}

static void drop_global(lua_State *L, const char *name) {
  lua_pushnil(L);
  lua_setglobal(L, name);
}

/* Keeps only `names` of a library, in a new table; scripts' own references to
 * the old one do not exist yet. */
static void keep_only(lua_State *L, const char *library,
                      const char *const *names) {
  lua_getglobal(L, library);
  lua_newtable(L);
  for (; *names != NULL; names++) {
    lua_getfield(L, -2, *names);
    lua_setfield(L, -2, *names);
  }
  lua_setglobal(L, library);
  lua_pop(L, 1);
}

/* Whether the key below the top is the name of a part of the library: those see
 * more than scripts may. */
static bool is_own_part(lua_State *L) {
  static const char prefix[] = "tgrunner.";
  return lua_type(L, -2) == LUA_TSTRING &&
         strncmp(lua_tostring(L, -2), prefix, sizeof prefix - 1) == 0;
}

/* What `require` gives from now on: a copy of what is loaded, without what was
 * cut away. */
static void set_require(lua_State *L, struct tgr_script *script) {
  static const char *const hidden[] = {"io", "package", "debug",
                                       "os", "cjson",   NULL};
  lua_pushlightuserdata(L, script);
  lua_newtable(L);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  for (lua_pushnil(L); lua_next(L, -2) != 0;) {
    if (is_own_part(L)) {
      lua_pop(L, 1);
      continue;
    }
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, -5);
  }
  lua_pop(L, 1);
  for (const char *const *name = hidden; *name != NULL; name++) {
    lua_pushnil(L);
    lua_setfield(L, -2, *name);
  }
  lua_getglobal(L, LUA_OSLIBNAME);
  lua_setfield(L, -2, LUA_OSLIBNAME);
  lua_getglobal(L, LUA_DBLIBNAME);
  lua_setfield(L, -2, LUA_DBLIBNAME);
  lua_pushcclosure(L, find_loaded, 2);
  lua_setglobal(L, "require");
}

/* The host's Lua files keep what they took when they were loaded: all of them
 * are, before anything is cut. */
static void load_own_modules(lua_State *L) {
  tgr_modules_load_parts(L);
  lua_getglobal(L, "require");
  lua_pushliteral(L, "tgrunner");
  lua_call(L, 1, 0);
}

static void cut_libraries(lua_State *L, struct tgr_script *script) {
  static const char *const os_names[] = {"clock", "date", "difftime",
                                         "exit",  "time", NULL};
  static const char *const debug_names[] = {"traceback", NULL};
  static const char *const dropped[] = {LUA_IOLIBNAME, LUA_LOADLIBNAME,
                                        "dofile", "loadfile", NULL};
  keep_only(L, LUA_OSLIBNAME, os_names);
  keep_only(L, LUA_DBLIBNAME, debug_names);
  for (const char *const *name = dropped; *name != NULL; name++)
    drop_global(L, *name);
  lua_getglobal(L, LUA_STRLIBNAME);
  lua_pushnil(L);
  lua_setfield(L, -2, "dump");
  lua_pop(L, 1);
  lua_pushlightuserdata(L, script);
  lua_pushcclosure(L, log_line, 1);
  lua_setglobal(L, "print");
}

void tgr_sandbox_open(lua_State *L, struct tgr_script *script) {
  if (script->env.sandbox == TGR_SANDBOX_FULL)
    return;
  load_own_modules(L);
  cut_libraries(L, script);
  bound(L, LUA_GNAME, "load", bounded_load);
  bound(L, LUA_GNAME, "setmetatable", bounded_setmetatable);
  bound(L, LUA_STRLIBNAME, "rep", bounded_rep);
  bound(L, LUA_TABLIBNAME, "concat", bounded_concat);
  bound(L, LUA_TABLIBNAME, "insert", bounded_length);
  bound(L, LUA_TABLIBNAME, "move", bounded_move);
  bound(L, LUA_TABLIBNAME, "remove", bounded_length);
  bound(L, LUA_TABLIBNAME, "sort", bounded_sort);
  if (script->env.sandbox == TGR_SANDBOX_PURE)
    bound(L, LUA_GNAME, "collectgarbage", only_count);
  set_require(L, script);
}
