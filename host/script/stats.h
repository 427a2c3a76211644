/* Stats: a runner's figures as a Lua table; tgrunner.Stats (runner.lua) says
 * what they mean. */
#ifndef TGR_SCRIPT_STATS_H
#define TGR_SCRIPT_STATS_H

#include <lua.h>

struct tgr_runner;
struct tgr_script;

/* Pushes the table. */
void tgr_stats_push(lua_State *L, const struct tgr_script *script,
                    const struct tgr_runner *runner);

#endif
