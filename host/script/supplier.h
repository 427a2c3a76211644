/* Supplier: where a source's updates come from, as scripts give it: a Fetcher
 * (fetcher.h), or a table with supply(batch_size, signal) -> list of updates.
 *
 * supply is looked up at every call and runs in a fiber; signal.aborted tells
 * it that its answer is no longer wanted, and the fiber is cancelled. */
#ifndef TGR_SCRIPT_SUPPLIER_H
#define TGR_SCRIPT_SUPPLIER_H

#include "engine/source.h"

#include <lua.h>

struct tgr_script;

struct tgr_lua_supplier {
  struct tgr_supplier supplier;
  struct tgr_script *script;
  struct tgr_source *source; /* who asked; NULL: nobody */
  struct tgr_fiber *fiber;   /* runs supply; NULL when none is open */
  int object_ref;
  int signal_ref; /* of the open request */
  int limit;
};

/* For the table at `index`. May raise Lua's memory error. */
void tgr_lua_supplier_init(struct tgr_lua_supplier *it,
                           struct tgr_script *script, lua_State *L, int index);
void tgr_lua_supplier_deinit(struct tgr_lua_supplier *it);

#endif
