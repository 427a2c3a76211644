/* Event: something fibers wait for, once or again.
 *
 * Set wakes all who wait now; who waits on a set event goes on at once. Clear
 * makes it waitable again.
 *
 * Owner: the thread of the loop. */
#ifndef TGR_SCRIPT_EVENT_H
#define TGR_SCRIPT_EVENT_H

#include "base/list.h"

#include <lua.h>
#include <stdbool.h>

struct tgr_fiber;
struct tgr_script;
struct tgr_spawn;

struct tgr_event {
  struct tgr_list waiters;
  bool set;
  struct tgr_spawn *task; /* whose end it tells; NULL for none */
};

void tgr_event_init(struct tgr_event *event);

/* Wakes every waiter; the event stays set. */
void tgr_event_set(struct tgr_event *event);

/* To be returned from a C function: suspends the fiber until the event is set
 * or `timeout_ms` have passed (negative: no limit), then calls
 * `k(L, LUA_YIELD, timed_out)`. An event that is set already calls k at once
 * with status LUA_OK. `what` names the host function in errors. The event must
 * live as long as the wait (keep its userdata on the stack). */
int tgr_event_wait(struct tgr_script *script, lua_State *L,
                   struct tgr_event *event, lua_Integer timeout_ms,
                   const char *what, lua_KFunction k);

/* What a suspended fiber waits for without a time limit; NULL when that is
 * something else than an event. */
const struct tgr_event *tgr_event_awaited(const struct tgr_fiber *fiber);

/* Pushes the functions event() and sleep() into the table on L's top; upvalue
 * 1 of each is the script. */
void tgr_event_open(lua_State *L, struct tgr_script *script);

#endif
