/* What a script's constraint gives, as the engine's keys. */
#include "script/keys.h"

#include "script/place.h"

#include <lauxlib.h>

/* Raises "bot.lua:3: the sequentialize constraint <text>", with the line where
 * the constraint is defined. */
static int refuse(lua_State *L, int constraint, const char *text) {
  return tgr_place_raise_of(L, constraint, "the sequentialize constraint %s",
                            text);
}

/* The key at `index`, if it is one; false for nil, too. */
static bool to_key(lua_State *L, int index, struct tgr_key *key) {
  if (lua_type(L, index) == LUA_TNUMBER) {
    int is_integer = 0;
    *key = tgr_key_int(lua_tointegerx(L, index, &is_integer));
    return is_integer != 0;
  }
  if (lua_type(L, index) != LUA_TSTRING)
    return false;
  size_t len = 0;
  const char *bytes = lua_tolstring(L, index, &len);
  *key = tgr_key_bytes(bytes, len);
  return true;
}

static void check_key(lua_State *L, int constraint, int index) {
  struct tgr_key key;
  if (lua_isnil(L, index) || to_key(L, index, &key))
    return;
  const char *got = lua_type(L, index) == LUA_TNUMBER ? "a fraction"
                                                      : luaL_typename(L, index);
  refuse(L, constraint,
         lua_pushfstring(L,
                         "must give a string, an integer, a list of these, or "
                         "nil (got %s)",
                         got));
}

static bool is_empty(lua_State *L, int table) {
  lua_pushnil(L);
  if (lua_next(L, table) == 0)
    return true;
  lua_pop(L, 2);
  return false;
}

/* Replaces the list on the top by its items; returns how many. */
static int spread(lua_State *L, int constraint) {
  const int list = lua_gettop(L);
  const lua_Integer count = (lua_Integer)lua_rawlen(L, list);
  if (count == 0 && !is_empty(L, list))
    refuse(L, constraint,
           "must give a string, an integer, a list of these, or nil (got a "
           "table that is no list)");
  if (count > TGR_KEYS_MAX)
    refuse(L, constraint,
           lua_pushfstring(L, "gave %I keys; at most %d", (LUAI_UACINT)count,
                           (int)TGR_KEYS_MAX));
  luaL_checkstack(L, (int)count, "keys");
  for (lua_Integer i = 1; i <= count; i++)
    lua_rawgeti(L, list, i);
  lua_remove(L, list);
  return (int)count;
}

int tgr_keys_ask(lua_State *L, int constraint, int ctx) {
  lua_pushvalue(L, constraint);
  lua_pushvalue(L, ctx);
  lua_call(L, 1, 1);
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    return 0;
  }
  const int count = lua_istable(L, -1) ? spread(L, constraint) : 1;
  for (int i = lua_gettop(L) - count + 1; i <= lua_gettop(L); i++)
    check_key(L, constraint, i);
  return count;
}

size_t tgr_keys_from_stack(lua_State *L, int first,
                           struct tgr_key keys[TGR_KEYS_MAX]) {
  const int top = lua_gettop(L);
  size_t count = 0;
  luaL_argcheck(L, top - first < TGR_KEYS_MAX, first, "too many keys");
  for (int i = first; i <= top; i++)
    if (to_key(L, i, &keys[count]))
      count++;
  return count;
}
