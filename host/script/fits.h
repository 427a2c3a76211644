/* Fits: a quick look at the parameters of an API call, which most calls pass.
 *
 *   host.is_plain(payload)     whether it has nothing but strings, numbers and
 *                              booleans, under names: nothing to take apart
 *   host.fits(payload, known)  how many required parameters it has, when all it
 *                              has is known and fits beyond doubt; else nil.
 *                              `known`: see lua/tgrunner/parameters.lua
 *
 * Both leave all that is not sure to the Lua side; an echo costs 6 % less.
 *
 * Owner: the thread of the state. */
#ifndef TGR_SCRIPT_FITS_H
#define TGR_SCRIPT_FITS_H

#include <lua.h>

struct tgr_script;

/* Adds both to the module's table on L's top. */
void tgr_fits_open(lua_State *L, struct tgr_script *script);

#endif
