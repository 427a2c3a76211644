/* Alarm: a function that is called later.
 *
 * host.timer(ms, fn, a?, b?) calls fn(a, b) in a fiber of its own after `ms`;
 * timer:stop() prevents that. An alarm that is set keeps nothing alive but
 * itself and its arguments: a script ends when only alarms are left. An error
 * of fn is logged.
 *
 * host.at_close(fn) calls fn(died) when the script has ended and nothing of it
 * runs any more, the last one first: it cannot wait. `died`: it is a worker's,
 * which ended by itself. Errors are logged.
 *
 * Owner: the thread of the loop. */
#ifndef TGR_SCRIPT_ALARM_H
#define TGR_SCRIPT_ALARM_H

#include <lua.h>
#include <stdbool.h>

struct tgr_script;

/* Adds timer and at_close to the table on L's top. */
void tgr_alarm_open(lua_State *L, struct tgr_script *script);

/* Calls what at_close was given; the fibers are gone. */
void tgr_alarm_close(struct tgr_script *script, bool died);

#endif
