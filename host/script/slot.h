/* Slot: which fiber a lua_State belongs to.
 *
 * In a state of the host's it is kept in the state's extra space (slot.c). In a
 * foreign one that space is not ours: there a table of the registry says it
 * (module/slot.c, which takes the place of slot.c in the Lua module). */
#ifndef TGR_SCRIPT_SLOT_H
#define TGR_SCRIPT_SLOT_H

#include "script/fiber.h"

/* NULL: none. */
struct tgr_fiber *tgr_slot_get(lua_State *L);

/* Setting anything but NULL may raise Lua's memory error in a foreign state. */
void tgr_slot_set(lua_State *L, struct tgr_fiber *fiber);

/* Whether the state is a foreign one. */
bool tgr_slot_is_foreign(lua_State *L);

/* In a foreign state, outside of all fibers: whose loop the program can run to
 * wait for something. Else NULL. */
struct tgr_fibers *tgr_slot_blocking(lua_State *L);

#endif
