/* What a script's constraint gives, as the engine's keys. */
#include "script/keys.h"

#include <lauxlib.h>

/* The key at `index`; raises when it is none. Returns false for nil. */
static bool to_key(lua_State *L, int index, struct tgr_key *key) {
  size_t len = 0;
  const char *bytes = NULL;
  int is_integer = 0;
  lua_Integer integer = 0;
  switch (lua_type(L, index)) {
  case LUA_TNIL:
    return false;
  case LUA_TSTRING:
    bytes = lua_tolstring(L, index, &len);
    *key = tgr_key_bytes(bytes, len);
    return true;
  case LUA_TNUMBER:
    integer = lua_tointegerx(L, index, &is_integer);
    if (is_integer) {
      *key = tgr_key_int(integer);
      return true;
    }
    break;
  default:
    break;
  }
  luaL_error(L,
             "a sequentialize constraint must give a string, an integer, a "
             "list of these, or nil (got %s)",
             lua_type(L, index) == LUA_TNUMBER ? "a fraction"
                                               : luaL_typename(L, index));
  return false;
}

int tgr_keys_spread(lua_State *L, int index) {
  index = lua_absindex(L, index);
  if (lua_isnil(L, index))
    return 0;
  if (!lua_istable(L, index)) {
    lua_pushvalue(L, index);
    return 1;
  }
  const lua_Integer count = (lua_Integer)lua_rawlen(L, index);
  if (count > TGR_KEYS_MAX)
    return luaL_error(L, "a sequentialize constraint gave %d keys; at most %d",
                      (int)count, (int)TGR_KEYS_MAX);
  luaL_checkstack(L, (int)count, "keys");
  for (lua_Integer i = 1; i <= count; i++)
    lua_rawgeti(L, index, i);
  return (int)count;
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
