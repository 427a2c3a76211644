/* Fetch: requests to any HTTP server, for the Lua side's fetch.lua.
 *
 * host.fetch{ url, method?, headers = { "Name: value", … }, body?, timeout_ms,
 * max_bytes, max_redirects } suspends its fiber and returns true, status, the
 * answer's head (its lines as they came) and body, or false and a failure:
 * { kind = "network" | "timeout" | "protocol", description, sent }. Raises one
 * line when the URL is none. */
#ifndef TGR_SCRIPT_FETCH_H
#define TGR_SCRIPT_FETCH_H

#include <lua.h>

struct tgr_script;

void tgr_fetch_open(lua_State *L, struct tgr_script *script);

#endif
