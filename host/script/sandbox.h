/* Sandbox: what a script cannot reach (enum tgr_sandbox).
 *
 * The libraries are cut down when a state is opened; functions of the host's
 * that reach for files, threads or servers ask tgr_sandbox_check first.
 *
 * Not here: memory (heap.c), CPU (guard.c). */
#ifndef TGR_SCRIPT_SANDBOX_H
#define TGR_SCRIPT_SANDBOX_H

#include "include/tgrunner.h"

#include <lua.h>

struct tgr_script;

/* Protected, behind all other libraries: cuts them down. */
void tgr_sandbox_open(lua_State *L, struct tgr_script *script);

/* Raises "<what> is not possible in this sandbox" in sandboxes of `level` or
 * stricter. */
void tgr_sandbox_check(lua_State *L, const struct tgr_script *script,
                       enum tgr_sandbox level, const char *what);

/* The CPU budget that a script may have when it asks for `wanted_ms` (0: none),
 * INT_MAX at most. */
unsigned tgr_sandbox_cpu_ms(const struct tgr_script *script,
                            lua_Integer wanted_ms);

#endif
