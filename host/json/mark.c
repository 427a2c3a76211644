/* Lua values that stand for null, empty arrays and empty objects. */
#include "json/mark.h"

#include <lauxlib.h>

static const char array_name[] = "tgr.json.array";
static const char object_name[] = "tgr.json.object";

const char tgr_json_null = 0;

void tgr_json_push_null(lua_State *L) {
  /* Lua never writes through a light userdata. */
  lua_pushlightuserdata(L, (void *)&tgr_json_null);
}

bool tgr_json_is_null(lua_State *L, int index) {
  return lua_islightuserdata(L, index) &&
         lua_touserdata(L, index) == (const void *)&tgr_json_null;
}

void tgr_json_push_array_meta(lua_State *L) {
  luaL_newmetatable(L, array_name);
}

void tgr_json_push_object_meta(lua_State *L) {
  luaL_newmetatable(L, object_name);
}

/* Whether the metatable on top is the registry's `name`. */
static bool is_meta(lua_State *L, const char *name) {
  luaL_getmetatable(L, name);
  const bool same = lua_rawequal(L, -1, -2) != 0;
  lua_pop(L, 1);
  return same;
}

enum tgr_json_mark tgr_json_mark_of(lua_State *L, int index) {
  if (lua_getmetatable(L, index) == 0)
    return TGR_JSON_UNMARKED;
  const enum tgr_json_mark mark = is_meta(L, array_name)    ? TGR_JSON_ARRAY
                                  : is_meta(L, object_name) ? TGR_JSON_OBJECT
                                                            : TGR_JSON_FOREIGN;
  lua_pop(L, 1);
  return mark;
}
