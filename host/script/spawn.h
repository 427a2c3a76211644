/* Spawn: tasks that a script starts beside its handlers.
 *
 * host.spawn(fn, …) runs fn in a fiber of its own and returns a Task:
 * task:wait(timeout_ms?) returns fn's results, raises its error, or returns
 * nil, "timeout"; task:cancel() ends it; task:status() tells. An error that
 * nobody waits for is logged. host.spawn_child(event, fn, …) is for structured
 * waits: its end sets `event`, and its error is left to whoever made it. */
#ifndef TGR_SCRIPT_SPAWN_H
#define TGR_SCRIPT_SPAWN_H

#include "script/fiber.h"

#include <lua.h>

struct tgr_script;
struct tgr_spawn;

/* Adds spawn and spawn_child to the table on L's top. */
void tgr_spawn_open(lua_State *L, struct tgr_script *script);

/* Pushes a Task for a fiber that somebody else runs, and who tells its end by
 * tgr_spawn_settle. May raise Lua's memory error. */
struct tgr_spawn *tgr_spawn_adopt(lua_State *L, struct tgr_script *script,
                                  struct tgr_fiber *fiber);

/* In the fiber's `ended`: keeps its results or its error, wakes who waits. What
 * is on the fiber's stack is left there. */
void tgr_spawn_settle(struct tgr_spawn *spawn, struct tgr_fiber *fiber,
                      enum tgr_fiber_end how);

/* Whether the frame `ar` of `thread` raises the error of the task that it waits
 * for; then pushes on `L` the traceback of where that was raised. */
bool tgr_spawn_push_traceback(lua_State *L, lua_State *thread, lua_Debug *ar);

#endif
