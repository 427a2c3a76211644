/* Router: which of a bot's handlers an update goes to, told from its raw bytes.
 *
 * Filters by kind, contents and command that follow one another are the rules
 * of one router. Each has two ways on: `yes`, behind its filter, and `ask`,
 * which evaluates the filter in Lua where the raw bytes do not tell. The first
 * rule that does not say no gives the way; behind the last one it is the
 * fallback. So an update that nobody handles needs no context, no coroutine and
 * no Lua at all, and others begin at their handler: mixed updates through four
 * filters cost a third less (spec/bench/instructions.lua, route).
 *
 *   host.router(fallback)          a router without rules
 *   router:add(rule, yes, ask)     the number of the new rule, tried first
 *   router:count()                 how many there are
 *   router:choose(number, update)  the function to go on with, from that rule
 * on
 *
 * A rule is a list of { kind = …, sure = boolean, names = { … }?, commands =
 * { … }? }: see rules.h.
 *
 * Owner: the thread of the state. */
#ifndef TGR_SCRIPT_ROUTER_H
#define TGR_SCRIPT_ROUTER_H

#include "engine/task.h"

#include <lua.h>

struct tgr_script;
struct tgr_router;

/* Adds router() to the module and makes the metatable. */
void tgr_router_open(lua_State *L, struct tgr_script *script);

/* The router at `index`; raises for anything else. Its user value is the list
 * of its functions. */
const struct tgr_router *tgr_router_check(lua_State *L, int index);

enum { TGR_ROUTER_FALLBACK = 1 };

/* Which function of the list takes a raw update that comes to rule `from`. */
int tgr_router_choose(const struct tgr_router *router, int from,
                      const struct tgr_task *task);

#endif
