/* Spawn: tasks that a script starts beside its handlers.
 *
 * host.spawn(fn, …) runs fn in a fiber of its own and returns a Task:
 * task:wait(timeout_ms?) returns fn's results, raises its error, or returns
 * nil, "timeout"; task:cancel() ends it; task:status() tells. An error that
 * nobody waits for is logged. host.spawn_child(event, fn, …) is for structured
 * waits: its end sets `event`, and its error is left to whoever made it. */
#ifndef TGR_SCRIPT_SPAWN_H
#define TGR_SCRIPT_SPAWN_H

#include <lua.h>

struct tgr_script;

/* Adds spawn and spawn_child to the table on L's top. */
void tgr_spawn_open(lua_State *L, struct tgr_script *script);

#endif
