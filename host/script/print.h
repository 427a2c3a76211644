/* Print: Lua's print, io.write and file:write, each in one go.
 *
 * Lua's own write piece by piece; when states on several threads print, the
 * pieces of their lines mix. Ours hand over a line (all arguments) at once, and
 * are otherwise the same, but for this: an argument that cannot be written is
 * refused before anything is written.
 *
 * Any thread, as stdio's streams are. */
#ifndef TGR_SCRIPT_PRINT_H
#define TGR_SCRIPT_PRINT_H

#include <lua.h>
#include <stddef.h>

/* Protected. The function's arguments as print writes them, with tabs between
 * and `end` behind them; pushes the text. */
const char *tgr_print_join(lua_State *L, const char *end, size_t *len);

/* Protected, behind luaL_openlibs: replaces Lua's. */
void tgr_print_open(lua_State *L);

#endif
