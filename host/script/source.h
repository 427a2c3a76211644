/* Source: the script's face of engine/source.c.
 *
 * host.source(supplier, { speed_traffic_balance, max_delay_milliseconds }) ->
 * Source. Methods: pull() (waits; the next batch as a list, or nil once
 * closed), set_generator_pace(n), is_active(), close(). */
#ifndef TGR_SCRIPT_SOURCE_H
#define TGR_SCRIPT_SOURCE_H

#include "engine/source.h"
#include "script/supplier.h"

#include <lua.h>

struct tgr_script;
struct tgr_lua_fetcher;

struct tgr_lua_source {
  struct tgr_script *script;
  struct tgr_source source;
  struct tgr_lua_supplier supplier;    /* used when `fetcher` is NULL */
  struct tgr_lua_fetcher *fetcher;     /* its userdata is the user value */
  struct tgr_source_consumer consumer; /* of pull */
  struct tgr_lua_pull *pull;           /* the open one; NULL for none */
};

void tgr_source_open(lua_State *L, struct tgr_script *script);

/* The Source at `index`; raises when it is something else. */
struct tgr_lua_source *tgr_lua_source_check(lua_State *L, int index);

/* Pushes what its supplier raised, when `error` is of that and it is no text;
 * false, nothing pushed, otherwise. */
bool tgr_lua_source_push_raised(lua_State *L, const struct tgr_lua_source *it,
                                const struct tgr_error *error);

#endif
