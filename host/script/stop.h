/* Stop: a script ends gracefully.
 *
 * Its runners stop polling and drain; when the last has ended, repeated calls
 * (tg.every) end; other tasks and the main chunk may run on to the deadline,
 * then they are cancelled. Runners that have updates left then cut them off and
 * end; who waited for that has a moment to go on. Without a deadline they may
 * run on for as long as they do something: tasks that only sleep for 5 s are
 * cancelled, and all are after 60 s. A script that had no runner then may run
 * on for as long as it does something; when it only sleeps for 60 s it ends.
 * The script ends (on_end) as soon as nothing is left. */
#ifndef TGR_SCRIPT_STOP_H
#define TGR_SCRIPT_STOP_H

#include <stdint.h>

#include <lua.h>

struct tgr_script;

/* `deadline_ms` UINT64_MAX: as long as it takes. Again, with a shorter
 * deadline: hurries. */
void tgr_script_stop(struct tgr_script *script, uint64_t deadline_ms);

/* stops_here(): for what would begin something that runs for long. Nothing of
 * the kind begins while the script stops: then the coroutine that asks ends, as
 * it would at the deadline; where it cannot (an update's handler, which goes
 * on, or a place without waits), the function returns true. */
void tgr_stop_open(lua_State *L, struct tgr_script *script);

/* For tgr_script_free. */
void tgr_stop_deinit(struct tgr_script *script);

/* A runner has ended. */
void tgr_script_stop_step(struct tgr_script *script);

#endif
