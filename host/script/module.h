/* Module: `require "tgrunner.host"`, the functions that the host's Lua files
 * are built on. Not a public surface: scripts use `require "tgrunner"`. */
#ifndef TGR_SCRIPT_MODULE_H
#define TGR_SCRIPT_MODULE_H

#include <lua.h>

struct tgr_script;

/* Pushes the module's table, all parts of it. */
void tgr_module_open(lua_State *L, struct tgr_script *script);

#endif
