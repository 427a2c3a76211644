/* Nested: the coroutine library that scripts get.
 *
 * Lua's own, with these differences: a host wait inside a coroutine of the
 * script passes up through every resume to the fiber, so that an API call
 * works anywhere; a coroutine that waits for the host has the status "normal"
 * and cannot be resumed or closed by others; the host's own fibers are
 * refused, and count as the main coroutine for running, isyieldable and
 * yield. */
#ifndef TGR_SCRIPT_NESTED_H
#define TGR_SCRIPT_NESTED_H

#include <lua.h>

/* Pushes the library's table. */
int tgr_nested_open(lua_State *L);

#endif
