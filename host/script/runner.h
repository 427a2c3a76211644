/* Runner: the script's face of engine/runner.c.
 *
 * host.runner(source, sink, ended?, journal?) -> Runner. Methods: start(),
 * stop(deadline_ms) (waits; returns the report), wait(timeout_ms?) (until it
 * has ended, drain included; raises its fatal error), fail(text), size(),
 * is_running(), is_alive() (draining, too), stats(). ended(left_ms) is called
 * when it has ended, with what is left of the stop's deadline; it must not
 * wait. A fatal error nobody waits for is logged, and ends the script once no
 * other runner works. A runner keeps its script alive from start to end. */
#ifndef TGR_SCRIPT_RUNNER_H
#define TGR_SCRIPT_RUNNER_H

#include <lua.h>
#include <stdint.h>

struct tgr_runner;
struct tgr_script;

void tgr_runner_open(lua_State *L, struct tgr_script *script);

/* The first that runs and is not stopping; NULL for none. */
struct tgr_runner *tgr_runners_first_running(const struct tgr_script *script);

/* Stops every runner of the script; tgr_script_check_idle follows. */
void tgr_runners_stop(struct tgr_script *script, uint64_t deadline_ms);

/* The script is about to be closed: its runners end without a word. */
void tgr_runners_close(struct tgr_script *script);

#endif
