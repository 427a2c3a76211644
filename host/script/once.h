/* Once: results that a kept update carries across its runs.
 *
 * raw:once_get(name) -> true, value, or nothing. raw:once_put(name, value)
 * keeps it (as JSON) and suspends the fiber until it is safe; false when the
 * update is not kept. host.delivered() -> the raw update of the handler that
 * runs, if it is kept; else nil.
 *
 * A worker's updates are kept by the journal of its main script: it reaches
 * that by the share which came with the errand. */
#ifndef TGR_SCRIPT_ONCE_H
#define TGR_SCRIPT_ONCE_H

#include <lua.h>

struct tgr_script;
struct tgr_script_worker;

/* Adds delivered() to the module. */
void tgr_once_open(lua_State *L, struct tgr_script *script);

/* Methods of a raw update. */
int tgr_once_get(lua_State *L);
int tgr_once_put(lua_State *L);

/* The worker's loop runs no more: frees what waits to be told. */
void tgr_once_drop(struct tgr_script_worker *worker);

#endif
