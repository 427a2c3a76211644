/* Open: `require "tgrunner"` in a Lua state that somebody else made, such as
 * the stock interpreter's.
 *
 * Neither its allocator, nor its hooks, nor its extra space, nor its coroutine
 * library are touched; limits do not apply. Handlers run while the program
 * calls tg.loop() (until nothing is left to do) or tg.step(budget_ms); a call
 * that has to wait outside of them runs the loop until its answer.
 *
 * Owner: the thread of the state. */
#ifndef TGR_MODULE_OPEN_H
#define TGR_MODULE_OPEN_H

struct lua_State;

/* A lua_CFunction. The one exported symbol of the module. */
__attribute__((visibility("default"))) int
luaopen_tgrunner(struct lua_State *L);

#endif
