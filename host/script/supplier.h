/* Supplier: where a source's updates come from, as scripts give it: a Fetcher
 * (fetcher.h), or a table with supply(batch_size, signal) -> list of updates.
 *
 * supply is looked up at every call and runs in a fiber; signal.aborted tells
 * it that its answer is no longer wanted, and the fiber is cancelled. It may
 * take its time to end; what follows goes on beside it. */
#ifndef TGR_SCRIPT_SUPPLIER_H
#define TGR_SCRIPT_SUPPLIER_H

#include "engine/source.h"

#include <lua.h>

struct tgr_fiber;
struct tgr_script;
struct tgr_supply;

struct tgr_lua_supplier {
  struct tgr_supplier supplier;
  struct tgr_script *script;
  struct tgr_source *source; /* who asked; NULL: nobody */
  struct tgr_supply *open;   /* the call that is to answer; NULL for none */
  struct tgr_list calls;     /* that and those which take their time to end */
  int object_ref;
  int raised_ref; /* a table: [1] is what a failed call raised, or false */
};

/* For the table at `index`. May raise Lua's memory error. */
void tgr_lua_supplier_init(struct tgr_lua_supplier *it,
                           struct tgr_script *script, lua_State *L, int index);
void tgr_lua_supplier_deinit(struct tgr_lua_supplier *it);

/* Whether `fiber` runs the call that is to answer. */
bool tgr_lua_supplier_runs_in(const struct tgr_lua_supplier *it,
                              const struct tgr_fiber *fiber);

/* Pushes what the last call raised when that was no text (which is the source's
 * error as it is); false, nothing pushed, otherwise. */
bool tgr_lua_supplier_push_raised(const struct tgr_lua_supplier *it,
                                  lua_State *L);

#endif
