/* Fetcher: the script's face of telegram/updates.c, over a Client.
 *
 * host.fetcher{ client, knows_me, on_me, timeout_s, fetch, max_retry_ms,
 * retry_interval, silent, conflict_wait_ms, drop_pending_updates } -> Fetcher;
 * fetcher:set_allowed(json). It is a supplier for host.source. */
#ifndef TGR_SCRIPT_FETCHER_H
#define TGR_SCRIPT_FETCHER_H

#include "engine/source.h"

#include <lua.h>

struct tgr_script;
struct tgr_lua_fetcher;

void tgr_fetcher_open(lua_State *L, struct tgr_script *script);

/* The Fetcher at `index`; NULL when it is something else. */
struct tgr_lua_fetcher *tgr_lua_fetcher_at(lua_State *L, int index);

struct tgr_supplier *tgr_lua_fetcher_supplier(struct tgr_lua_fetcher *fetcher);

#endif
