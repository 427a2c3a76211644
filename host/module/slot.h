/* Slot: which fiber a state belongs to, in a foreign Lua state: a table of the
 * registry. See script/slot.h. */
#ifndef TGR_MODULE_SLOT_H
#define TGR_MODULE_SLOT_H

#include "script/slot.h"

/* Makes the table; `fibers` are those of the state, for blocking waits. May
 * raise Lua's memory error. */
void tgr_slot_open(lua_State *L, struct tgr_fibers *fibers);

/* Nothing blocks any more: the state is closed. */
void tgr_slot_close(lua_State *L);

#endif
