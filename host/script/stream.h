/* Stream: a file of the Bot API server, piece by piece, as functions for Lua.
 *
 * client:chunks(file_path, size?) -> Stream, or nil and a failure (see
 * client.h). Fewer bytes than `size` over HTTP are a failure.
 * stream:next() suspends its fiber and returns the next bytes, nil at the end,
 * or false and a failure. Closing the Stream (to-be-closed, or collected) ends
 * the transfer. What is not taken slows the server down; memory stays flat. */
#ifndef TGR_SCRIPT_STREAM_H
#define TGR_SCRIPT_STREAM_H

#include <lua.h>

struct tgr_script;

void tgr_stream_open(lua_State *L, struct tgr_script *script);

/* client:chunks. */
int tgr_stream_chunks(lua_State *L);

#endif
