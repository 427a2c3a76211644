/* Stop call: a fiber that waits for a runner's stop, and what it gets:
 * { done, failed, timed_out, abandoned = { id, … } }. */
#ifndef TGR_SCRIPT_STOP_CALL_H
#define TGR_SCRIPT_STOP_CALL_H

#include "base/mem.h"

#include <lua.h>

struct tgr_stop;
struct tgr_stop_call;

/* Raises when out of memory. */
struct tgr_stop_call *tgr_stop_call_new(lua_State *L,
                                        const struct tgr_mem *mem);

/* For tgr_runner_stop. */
struct tgr_stop *tgr_stop_call_stop(struct tgr_stop_call *call);

/* To be returned behind tgr_runner_stop; the call frees itself. */
int tgr_stop_call_wait(lua_State *L, struct tgr_stop_call *call);

#endif
