/* Reply: what an API call came to, as Lua values. */
#ifndef TGR_SCRIPT_REPLY_H
#define TGR_SCRIPT_REPLY_H

#include "net/http.h"

#include <lua.h>

/* Pushes true and the decoded `result`, or false and a failure table (see
 * client.h). May raise Lua's memory error. */
void tgr_reply_push(lua_State *L, const struct tgr_http_request *http);

#endif
