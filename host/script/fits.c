/* A quick look at the parameters of an API call. */
#include "script/fits.h"

#include "script/class.h"

#include <stdbool.h>

enum { PAYLOAD = 1, KNOWN };

/* Whether index 1 is a table that shows what it holds. */
static bool is_bare_table(lua_State *L) {
  if (!lua_istable(L, PAYLOAD))
    return false;
  if (!lua_getmetatable(L, PAYLOAD))
    return true;
  lua_pop(L, 1);
  return false;
}

static bool is_plain_value(lua_State *L, int index) {
  const int type = lua_type(L, index);
  return type == LUA_TSTRING || type == LUA_TNUMBER || type == LUA_TBOOLEAN;
}

static int fits_is_plain(lua_State *L) {
  lua_settop(L, 1);
  bool plain = is_bare_table(L);
  lua_pushnil(L);
  while (plain && lua_next(L, PAYLOAD) != 0) {
    plain = is_plain_value(L, -1) && lua_type(L, -2) == LUA_TSTRING;
    lua_pop(L, 1);
  }
  lua_pushboolean(L, plain);
  return 1;
}

/* Whether the member on the top (key, value) is known and fits; if it is
 * required, it is counted. Leaves the key. */
static bool take_member(lua_State *L, lua_Integer *required) {
  if (!is_plain_value(L, -1) || lua_type(L, -2) != LUA_TSTRING)
    return false;
  const char *type = lua_typename(L, lua_type(L, -1));
  lua_pop(L, 1);
  lua_pushvalue(L, -1);
  if (lua_rawget(L, KNOWN) != LUA_TTABLE)
    return false;
  lua_pushstring(L, type);
  const bool fits = lua_rawget(L, -2) == LUA_TBOOLEAN && lua_toboolean(L, -1);
  lua_pushliteral(L, "required");
  lua_rawget(L, -3);
  *required += lua_tointeger(L, -1);
  lua_pop(L, 3);
  return fits;
}

static int fits_fits(lua_State *L) {
  lua_Integer required = 0;
  luaL_checktype(L, KNOWN, LUA_TTABLE);
  lua_settop(L, KNOWN);
  bool fits = is_bare_table(L);
  lua_pushnil(L);
  while (fits && lua_next(L, PAYLOAD) != 0)
    fits = take_member(L, &required);
  if (!fits)
    return 0;
  lua_pushinteger(L, required);
  return 1;
}

void tgr_fits_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {
      {"is_plain", fits_is_plain}, {"fits", fits_fits}, {NULL, NULL}};
  tgr_class_functions(L, script, functions);
}
