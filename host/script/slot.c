/* Which fiber a state of the host's belongs to: in its extra space. */
#include "script/slot.h"

static struct tgr_fiber **slot_of(lua_State *L) {
  return lua_getextraspace(L);
}

struct tgr_fiber *tgr_slot_get(lua_State *L) {
  return *slot_of(L);
}

void tgr_slot_set(lua_State *L, struct tgr_fiber *fiber) {
  *slot_of(L) = fiber;
}

bool tgr_slot_is_foreign(lua_State *L) {
  (void)L;
  return false;
}

struct tgr_fibers *tgr_slot_blocking(lua_State *L) {
  (void)L;
  return NULL;
}
