/* Context: the ctx of a bot's handlers, made by the host.
 *
 * It is what lua/tgrunner/context.lua makes of a raw update; with one made here
 * an echo costs 10 % less. What the fields are made with are upvalues of the C
 * function that needs a ctx.
 *
 * Owner: the thread of the state. */
#ifndef TGR_SCRIPT_CONTEXT_H
#define TGR_SCRIPT_CONTEXT_H

#include "engine/task.h"

#include <lua.h>

/* Pops the bot, and below it the metatable of its contexts; pushes `function`
 * as a closure that may call tgr_context_push. */
void tgr_context_push_closure(lua_State *L, lua_CFunction function);

/* In such a function: pushes a new ctx of a raw update. May raise Lua's memory
 * error. */
void tgr_context_push(lua_State *L, struct tgr_task *task);

#endif
