/* An object that is decoded when it is first looked at. Until then its table
 * holds the text under the address of `text_key`. */
#include "json/lazy.h"

#include "json/decode.h"

#include <lauxlib.h>

static const char meta_key = 0; /* of the metatable, in the registry */
static const char text_key = 0;

static bool is_lazy(lua_State *L, int index) {
  if (lua_type(L, index) != LUA_TTABLE || lua_getmetatable(L, index) == 0)
    return false;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &meta_key);
  const bool same = lua_rawequal(L, -1, -2) != 0;
  lua_pop(L, 2);
  return same;
}

/* Moves the members of the table on top into the one at `index`; pops it. */
static void take_members(lua_State *L, int index) {
  const int from = lua_gettop(L);
  lua_pushnil(L);
  while (lua_next(L, from) != 0) {
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, index);
  }
  lua_pop(L, 1);
}

void tgr_json_lazy_open(lua_State *L, int index) {
  if (!is_lazy(L, index))
    return;
  struct tgr_error error;
  size_t len = 0;
  luaL_checkstack(L, 8, "a lazy object");
  index = lua_absindex(L, index);
  lua_rawgetp(L, index, &text_key);
  const char *text = lua_tolstring(L, -1, &len);
  if (tgr_json_decode(L, text, len, NULL, &error) != TGR_OK)
    luaL_error(L, "the server's answer is broken: %s", error.text);
  take_members(L, index);
  lua_pushnil(L);
  lua_rawsetp(L, index, &text_key);
  lua_pushnil(L);
  lua_setmetatable(L, index);
  lua_pop(L, 1);
}

void tgr_json_lazy_push(lua_State *L, const char *text, size_t len) {
  lua_createtable(L, 0, 1);
  lua_pushlstring(L, text, len);
  lua_rawsetp(L, -2, &text_key);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &meta_key);
  lua_setmetatable(L, -2);
}

bool tgr_json_lazy_is_installed(lua_State *L) {
  const bool is = lua_rawgetp(L, LUA_REGISTRYINDEX, &meta_key) == LUA_TTABLE;
  lua_pop(L, 1);
  return is;
}

/* ---- metamethods -------------------------------------------------------- */

static int on_index(lua_State *L) {
  tgr_json_lazy_open(L, 1);
  lua_rawget(L, 1);
  return 1;
}

static int on_newindex(lua_State *L) {
  tgr_json_lazy_open(L, 1);
  lua_rawset(L, 1);
  return 0;
}

static int on_len(lua_State *L) {
  tgr_json_lazy_open(L, 1);
  lua_pushinteger(L, (lua_Integer)lua_rawlen(L, 1));
  return 1;
}

/* Its upvalue is next. */
static int on_pairs(lua_State *L) {
  tgr_json_lazy_open(L, 1);
  lua_settop(L, 1);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_pushnil(L);
  return 3;
}

/* ---- the base library --------------------------------------------------- */

/* Its upvalue is the function it stands for, none of which calls back. */
static int open_and_call(lua_State *L) {
  tgr_json_lazy_open(L, 1);
  lua_CFunction plain = lua_tocfunction(L, lua_upvalueindex(1));
  return plain(L);
}

static void wrap(lua_State *L, const char *name) {
  lua_getglobal(L, name);
  lua_pushcclosure(L, open_and_call, 1);
  lua_setglobal(L, name);
}

void tgr_json_lazy_install(lua_State *L) {
  static const luaL_Reg metamethods[] = {{"__index", on_index},
                                         {"__newindex", on_newindex},
                                         {"__len", on_len},
                                         {NULL, NULL}};
  static const char *const wrapped[] = {"next", "rawget", "rawlen", "rawset",
                                        "setmetatable"};
  luaL_newlib(L, metamethods);
  lua_getglobal(L, "next");
  lua_pushcclosure(L, on_pairs, 1);
  lua_setfield(L, -2, "__pairs");
  lua_pushboolean(L, 0); /* as good as none: getmetatable says false */
  lua_setfield(L, -2, "__metatable");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &meta_key);
  for (size_t n = 0; n < sizeof wrapped / sizeof *wrapped; n++)
    wrap(L, wrapped[n]);
}
