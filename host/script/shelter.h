/* Shelter: what the host's own Lua files use of Lua's libraries is out of the
 * reach of scripts, which may set `pairs` to nil and string.format to a
 * function of their own.
 *
 * Those files have an environment of their own, with copies of the globals and
 * libraries as they were before the script ran. Methods of strings cannot be
 * copied, for a state has one metatable for all strings: what scripts get of it
 * is a face (getmetatable("")). Whatever they set there counts, __mod and
 * __index too, but not for the names that Lua's string library has.
 *
 * Not for states of others. */
#ifndef TGR_SCRIPT_SHELTER_H
#define TGR_SCRIPT_SHELTER_H

#include <lua.h>

/* Protected. Before the first of the files is loaded. */
void tgr_shelter_open(lua_State *L);

/* The function on top is one of the files'. */
void tgr_shelter_adopt(lua_State *L);

/* Protected. The value on top is the global `name` for the files; pops it. */
void tgr_shelter_give(lua_State *L, const char *name);

/* Protected. All is as scripts find it: from now on they change it for
 * themselves. */
void tgr_shelter_close(lua_State *L);

#endif
