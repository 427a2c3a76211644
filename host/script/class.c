/* Functions and userdata for Lua. */
#include "script/class.h"

#include <stdbool.h>

void tgr_class_functions(lua_State *L, struct tgr_script *script,
                         const luaL_Reg *functions) {
  lua_pushlightuserdata(L, script);
  luaL_setfuncs(L, functions, 1);
}

/* Methods have their metatable as upvalue 2. */
void *tgr_class_self(lua_State *L, const char *name) {
  if (lua_getmetatable(L, 1)) {
    const bool is_own = lua_rawequal(L, -1, lua_upvalueindex(2));
    lua_pop(L, 1);
    if (is_own)
      return lua_touserdata(L, 1);
  }
  return luaL_checkudata(L, 1, name); /* raises */
}

void tgr_class_new(lua_State *L, struct tgr_script *script, const char *name,
                   const luaL_Reg *methods, lua_CFunction gc) {
  luaL_newmetatable(L, name);
  if (gc != NULL) {
    lua_pushcfunction(L, gc);
    lua_setfield(L, -2, "__gc");
  }
  lua_pushboolean(L, 0); /* getmetatable gives this: __gc is not for scripts */
  lua_setfield(L, -2, "__metatable");
  lua_newtable(L);
  lua_pushlightuserdata(L, script);
  lua_pushvalue(L, -3);
  luaL_setfuncs(L, methods, 2);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}
