/* How a script's require finds things, and the host's own Lua files each other.
 */
#include "script/modules.h"

#include "script/place.h"
#include "script/shelter.h"
#include "json/lazy.h"

#include <lauxlib.h>
#include <lua-cjson.h>
#include <string.h>

/* lua-cjson exports it, but its header does not declare it. */
extern int luaopen_cjson_safe(lua_State *L);

/* In the registry: the parts that are loaded, by name. */
#define PARTS "tgrunner.Parts"

#define HOST "tgrunner.host"

enum { CJSON_LEVELS = 1000 }; /* more it does not take */

static const struct tgr_module_file *find_file(const char *module) {
  for (const struct tgr_module_file *file = tgr_module_files; file->module;
       file++)
    if (strcmp(file->module, module) == 0)
      return file;
  return NULL;
}

/* Leaves the file's function. Code saves a third of the time to the first poll;
 * another Lua's (of another release, or of other numbers) is refused, and the
 * text is compiled. */
static void load_file(lua_State *L, const struct tgr_module_file *file) {
  if (file->code != NULL) {
    if (luaL_loadbufferx(L, file->code, file->code_len, file->chunk, "b") ==
        LUA_OK)
      return;
    lua_pop(L, 1);
  }
  if (luaL_loadbufferx(L, file->text, file->len, file->chunk, "t") != LUA_OK)
    lua_error(L);
}

/* ---- parts --------------------------------------------------------------- */

/* part(name) -> the part: what its file returned when it was first asked for.
 * Nothing of it waits, so nobody sees one that is half loaded. */
static int find_part(lua_State *L) {
  const char *module = luaL_checkstring(L, 1);
  lua_settop(L, 1);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, PARTS);
  lua_pushvalue(L, 1);
  if (lua_rawget(L, 2) != LUA_TNIL)
    return 1;
  const struct tgr_module_file *file = find_file(module);
  if (file == NULL)
    return tgr_place_raise(L, "there is no part '%s'", module);
  load_file(L, file);
  tgr_shelter_adopt(L);
  lua_pushvalue(L, 1);
  lua_call(L, 1, 1);
  lua_pushvalue(L, 1);
  lua_pushvalue(L, -2);
  lua_rawset(L, 2);
  return 1;
}

/* The functions the host offers them are a part like any other; scripts that
 * ask for it get the same. */
static void open_parts(lua_State *L) {
  lua_getglobal(L, "require");
  lua_pushliteral(L, HOST);
  lua_call(L, 1, 1);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, PARTS);
  lua_pushvalue(L, -1);
  lua_setfield(L, -3, "parts");
  lua_insert(L, -2);
  lua_setfield(L, -2, HOST);
  lua_pop(L, 1);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  lua_pushnil(L);
  lua_setfield(L, -2, HOST);
  lua_pop(L, 1);
  lua_pushcfunction(L, find_part);
  tgr_shelter_give(L, "require");
}

/* The testing kit and the tools are scripts: they change what scripts see. */
static bool is_part(const char *module) {
  return strncmp(module, "tgrunner.testing", 16) != 0 &&
         strncmp(module, "tgrunner.tool", 13) != 0;
}

void tgr_modules_load_parts(lua_State *L) {
  for (const struct tgr_module_file *file = tgr_module_files; file->module;
       file++) {
    if (!is_part(file->module))
      continue;
    lua_pushcfunction(L, find_part);
    lua_pushstring(L, file->module);
    lua_call(L, 1, 0);
  }
}

/* ---- finding them -------------------------------------------------------- */

/* A searcher of package.searchers: the embedded files. */
static int search_embedded(lua_State *L) {
  const char *module = luaL_checkstring(L, 1);
  const struct tgr_module_file *file = find_file(module);
  if (file == NULL && strcmp(module, HOST) != 0) {
    lua_pushfstring(L, "no embedded module '%s'", module);
    return 1;
  }
  if (file == NULL || is_part(module))
    lua_pushcfunction(L, find_part);
  else
    load_file(L, file);
  lua_pushstring(L, file != NULL ? file->chunk : "=[C]");
  return 2;
}

static int load_embedded(lua_State *L) {
  load_file(L, lua_touserdata(L, lua_upvalueindex(1)));
  lua_pushvalue(L, 1);
  lua_call(L, 1, 1);
  return 1;
}

void tgr_modules_preload(lua_State *L) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  for (const struct tgr_module_file *file = tgr_module_files; file->module;
       file++) {
    lua_pushlightuserdata(L, (void *)file);
    lua_pushcclosure(L, load_embedded, 1);
    lua_setfield(L, -2, file->module);
  }
  lua_pop(L, 1);
}

/* ---- opening --------------------------------------------------------------
 */

/* Puts the searcher second, behind package.preload. */
static void add_searcher(lua_State *L) {
  lua_getglobal(L, "package");
  lua_getfield(L, -1, "searchers");
  for (lua_Integer i = luaL_len(L, -1); i >= 2; i--) {
    lua_geti(L, -1, i);
    lua_seti(L, -2, i + 1);
  }
  lua_pushcfunction(L, search_embedded);
  lua_seti(L, -2, 2);
  lua_pop(L, 2);
}

/* SCRIPT_DIR, then a project's own tree, then what LUA_PATH or Lua's default
 * say. */
static void set_path(lua_State *L, const char *script_dir) {
  lua_getglobal(L, "package");
  if (script_dir != NULL) {
    lua_getfield(L, -1, "path");
    lua_pushfstring(L,
                    "%s/?.lua;%s/?/init.lua;%s/lua_modules/share/lua/5.4/?.lua;"
                    "%s/lua_modules/share/lua/5.4/?/init.lua;%s",
                    script_dir, script_dir, script_dir, script_dir,
                    lua_tostring(L, -1));
    lua_setfield(L, -3, "path");
    lua_pop(L, 1);
    lua_getfield(L, -1, "cpath");
    lua_pushfstring(L, "%s/lua_modules/lib/lua/5.4/?.so;%s", script_dir,
                    lua_tostring(L, -1));
    lua_setfield(L, -3, "cpath");
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

/* Fills in the lazy objects within the table at `index`, which is absolute. */
static void open_lazy(lua_State *L, int index, int depth) {
  if (lua_type(L, index) != LUA_TTABLE || depth == 0)
    return;
  luaL_checkstack(L, 4, "a table of many levels");
  tgr_json_lazy_open(L, index);
  for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1))
    open_lazy(L, lua_gettop(L), depth - 1);
}

/* cjson reads tables raw, and so refuses lazy objects: when it refuses
 * something these are filled in, and it tries again. */
static int encode_cjson(lua_State *L) {
  lua_settop(L, 1);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushvalue(L, 1);
  if (lua_pcall(L, 1, 1, 0) == LUA_OK && !lua_isnil(L, -1))
    return 1;
  open_lazy(L, 1, CJSON_LEVELS);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushvalue(L, 1);
  lua_call(L, 1, LUA_MULTRET);
  return lua_gettop(L) - 2;
}

static void wrap_encode(lua_State *L) {
  lua_getfield(L, -1, "encode");
  lua_pushcclosure(L, encode_cjson, 1);
  lua_setfield(L, -2, "encode");
}

/* cjson with its encoder at the highest precision it knows. */
static int open_cjson(lua_State *L) {
  luaopen_cjson(L);
  lua_getfield(L, -1, "encode_number_precision");
  lua_pushinteger(L, 14);
  lua_call(L, 1, 0);
  wrap_encode(L);
  return 1;
}

static int open_cjson_safe(lua_State *L) {
  luaopen_cjson_safe(L);
  wrap_encode(L);
  return 1;
}

static void add_preload(lua_State *L, const char *module, lua_CFunction open) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  lua_pushcfunction(L, open);
  lua_setfield(L, -2, module);
  lua_pop(L, 1);
}

static void replace_require(lua_State *L) {
  lua_getglobal(L, "require");
  lua_pushliteral(L, "tgrunner.require");
  lua_call(L, 1, 1);
  lua_setglobal(L, "require");
}

void tgr_modules_open(lua_State *L, const char *script_dir) {
  set_path(L, script_dir);
  add_searcher(L);
  add_preload(L, "cjson", open_cjson);
  add_preload(L, "cjson.safe", open_cjson_safe);
  open_parts(L);
  replace_require(L);
}
