/* Method: one call of a Bot API method, as a function for Lua:
 * client:call(method, params?), see client.h.
 *
 * While a form with iterators is sent, the calling fiber is woken for each
 * piece and runs the iterator itself: it may wait, its errors are the caller's,
 * and a cancel ends both. */
#ifndef TGR_SCRIPT_METHOD_H
#define TGR_SCRIPT_METHOD_H

#include <lua.h>

struct tgr_script;

void tgr_method_open(lua_State *L, struct tgr_script *script);

/* client:call. */
int tgr_method_call(lua_State *L);

#endif
