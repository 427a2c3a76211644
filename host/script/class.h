/* Class: how the files of script/ make functions and userdata for Lua: every
 * C function has its script as upvalue 1 (tgr_script_of). */
#ifndef TGR_SCRIPT_CLASS_H
#define TGR_SCRIPT_CLASS_H

#include <lauxlib.h>

struct tgr_script;

/* Adds functions to the module's table on L's top. */
void tgr_class_functions(lua_State *L, struct tgr_script *script,
                         const luaL_Reg *functions);

/* In a method of the class `name`: argument 1, which must be of the class. It
 * is told by the metatable, at half the cost of a search for its name. */
void *tgr_class_self(lua_State *L, const char *name);

/* Makes the metatable `name`: methods under __index, `gc` (may be NULL). */
void tgr_class_new(lua_State *L, struct tgr_script *script, const char *name,
                   const luaL_Reg *methods, lua_CFunction gc);

#endif
