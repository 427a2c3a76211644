/* Reply: what an API call came to, as Lua values. */
#ifndef TGR_SCRIPT_REPLY_H
#define TGR_SCRIPT_REPLY_H

#include "net/http.h"

#include <lua.h>

/* Pushes true and the `result` of a call of `method`, or false and a failure
 * table (see client.h). May raise Lua's memory error. */
void tgr_reply_push(lua_State *L, const char *method,
                    const struct tgr_http_request *http);

/* Pushes false and a failure table for an answer with an error's status whose
 * body is `bytes`, or for none at all. May raise Lua's memory error. */
void tgr_reply_push_failure(lua_State *L, const struct tgr_http_request *http,
                            const char *bytes, size_t len);

/* Pushes false and a failure table of an operation without HTTP. */
void tgr_reply_push_error(lua_State *L, const struct tgr_error *error);

#endif
