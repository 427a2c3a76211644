/* Functions and userdata for Lua. */
#include "script/class.h"

void tgr_class_functions(lua_State *L, struct tgr_script *script,
                         const luaL_Reg *functions) {
  lua_pushlightuserdata(L, script);
  luaL_setfuncs(L, functions, 1);
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
  tgr_class_functions(L, script, methods);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}
