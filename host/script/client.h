/* Client: a bot's API calls, for the Lua side's api.lua.
 *
 * host.client{ token, api_root?, environment?, timeout_s?, proxy?, ip?,
 * object_fields? } -> Client; raises one line for people when the token or URL
 * is malformed. client:call(method, params?) suspends its fiber and returns
 * true, result, or false and a failure: { kind = "api" | "network" | "timeout"
 * | "protocol" | "file", error_code?, description, parameters?, sent,
 * consumed? }; "file": a file of this machine could not be read or written;
 * consumed: iterators of its files were used, so that it cannot be repeated.
 * client:download(file_path, path) puts a file on disk: true, or false and a
 * failure; client:chunks(file_path) gives it piece by piece (stream.h).
 * client:bot_id() is the bot's id. */
#ifndef TGR_SCRIPT_CLIENT_H
#define TGR_SCRIPT_CLIENT_H

#include "telegram/call.h"

#include <lua.h>

struct tgr_script;

struct tgr_client {
  struct tgr_script *script;
  struct tgr_api api;
  struct tgr_http *own_http; /* with a proxy or ip of its own; else NULL */
  bool ready;                /* api is set up */
  int object_fields_ref;
};

void tgr_client_open(lua_State *L, struct tgr_script *script);

/* The Client at `index`; raises when it is something else. */
struct tgr_client *tgr_client_check(lua_State *L, int index);
/* The client whose method runs; raises when argument 1 is none. */
struct tgr_client *tgr_client_self(lua_State *L);

/* Remembers that a token was refused or missing: a script that ends with this
 * text as its error ends with TGR_EAUTH. */
void tgr_client_note_auth(struct tgr_script *script, const char *text);

#endif
