/* Sink: the script's face of engine/sink.c.
 *
 * host.sink(kind, options) -> Sink; kind is "sequential", "batch" or
 * "concurrent"; options are checked by lua/tgrunner/run.lua. Methods:
 * handle(updates) (waits, returns free capacity), size(), snapshot().
 *
 * Ownership: a task's fiber points into the Sink's userdata, so a Sink keeps
 * itself alive (self_ref) from handle until it holds no task any more; a Runner
 * keeps its Sink while it runs, and hands it over to itself when it ends with
 * tasks still detached. */
#ifndef TGR_SCRIPT_SINK_H
#define TGR_SCRIPT_SINK_H

#include "engine/sink.h"
#include "script/handler.h"
#include "script/keyer.h"

#include <lua.h>

struct tgr_script;

struct tgr_lua_sink {
  struct tgr_script *script;
  struct tgr_handler handler;
  struct tgr_sink sink;
  struct tgr_id_keyer id_keyer; /* one of both is used, or none */
  struct tgr_lua_keyer lua_keyer;
  int self_ref;             /* while it holds tasks; else LUA_NOREF */
  struct tgr_list incoming; /* of handle: survives an error raised meanwhile */
};

void tgr_sink_open(lua_State *L, struct tgr_script *script);

/* Keeps the Sink at `index` alive while it holds tasks. May raise Lua's memory
 * error. */
void tgr_lua_sink_keep(lua_State *L, int index);

/* The Sink at `index`; raises when it is something else. */
struct tgr_lua_sink *tgr_lua_sink_check(lua_State *L, int index);

#endif
