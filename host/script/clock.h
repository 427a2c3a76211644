/* Clock: the time that a script waits by.
 *
 * It is the loop's, until a test of a bot makes it virtual: then it stands
 * still while anything can go on, and is moved by hand. Real work (files,
 * databases, threads) goes on by itself. A script is at rest when each of its
 * fibers waits for time, or for another fiber.
 *
 *   host.clock_virtual()    from now on; there is no way back
 *   host.settle()           waits until all are at rest; false when they are
 *                           not after a while
 *   host.clock_next()       microseconds until the next thing is due, or nil
 *   host.clock_move(us)     moves the clock, what is due happens
 *   host.unseen()           the errors since the last call that were only
 *                           logged: nobody waited for their tasks
 *   host.fiber_mark()       a number for host.cancel_since
 *   host.cancel_since(mark) cancels all fibers that were started after it, but
 *                           for the calling one; how many that were
 *
 * When all are at rest and nobody waits in settle, the test itself waits for
 * time: then time passes by itself. With nothing left that is due, no fiber
 * would ever go on: the script ends with an error that says so.
 *
 * Owner: the thread of the loop.
 * Not here: timers (loop/timers.c), a kit for tests
 * (lua/tgrunner/testing.lua). */
#ifndef TGR_SCRIPT_CLOCK_H
#define TGR_SCRIPT_CLOCK_H

#include "loop/ready.h"
#include "loop/timers.h"
#include "script/event.h"

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

struct tgr_script;
struct tgr_fiber;

struct tgr_clock {
  struct tgr_timers *timers; /* what waits are started with */
  struct tgr_timers own;     /* the virtual ones */
  bool is_virtual;
  struct tgr_event rest;  /* whoever waits in settle */
  struct tgr_job look;    /* looks whether all are at rest */
  struct tgr_timer again; /* on the loop's clock: looks again later */
  uint64_t since_us;      /* real: when the wait began that is to be over */
  uint64_t busy_us;       /* real: since when there is work under way; 0 */
  const struct tgr_fiber *home; /* who made it virtual; never followed */
};

void tgr_clock_init(struct tgr_script *script);
void tgr_clock_deinit(struct tgr_script *script);

/* `fiber` begins a wait that ends by time or by another fiber. */
void tgr_clock_note_wait(struct tgr_script *script,
                         const struct tgr_fiber *fiber);

/* Starts a timer of clock.timers that is due in `ms` from now: a script may
 * have worked for long since its loop looked at the clock. */
void tgr_clock_start_ms(const struct tgr_clock *clock, struct tgr_timer *timer,
                        uint64_t ms);

/* Adds the functions above to the table on L's top. */
void tgr_clock_open(lua_State *L, struct tgr_script *script);

#endif
