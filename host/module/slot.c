/* Which fiber a foreign state belongs to: thread → fiber in a table of the
 * registry, both as light userdata. Only addresses are used of the statics. */
#include "module/slot.h"

#include <lauxlib.h>

enum { SLOTS = 4 }; /* of a stack that may be nearly full */

static const char table_key;
static const char fibers_key;

void tgr_slot_open(lua_State *L, struct tgr_fibers *fibers) {
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &table_key);
  lua_pushlightuserdata(L, fibers);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &fibers_key);
}

/* Writing nil to a key that is there allocates nothing. */
void tgr_slot_close(lua_State *L) {
  lua_pushnil(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &fibers_key);
}

static void *touch(lua_State *L, const void *key) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, key);
  void *value = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return value;
}

struct tgr_fiber *tgr_slot_get(lua_State *L) {
  if (!lua_checkstack(L, SLOTS) ||
      lua_rawgetp(L, LUA_REGISTRYINDEX, &table_key) != LUA_TTABLE) {
    lua_pop(L, 1);
    return NULL;
  }
  lua_rawgetp(L, -1, L);
  struct tgr_fiber *fiber = lua_touserdata(L, -1);
  lua_pop(L, 2);
  return fiber;
}

void tgr_slot_set(lua_State *L, struct tgr_fiber *fiber) {
  if (fiber == NULL && tgr_slot_get(L) == NULL)
    return;
  luaL_checkstack(L, SLOTS, "a fiber");
  lua_rawgetp(L, LUA_REGISTRYINDEX, &table_key);
  if (fiber != NULL)
    lua_pushlightuserdata(L, fiber);
  else
    lua_pushnil(L);
  lua_rawsetp(L, -2, L);
  lua_pop(L, 1);
}

bool tgr_slot_is_foreign(lua_State *L) {
  (void)L;
  return true;
}

struct tgr_fibers *tgr_slot_blocking(lua_State *L) {
  if (!lua_checkstack(L, SLOTS))
    return NULL;
  struct tgr_fibers *fibers = touch(L, &fibers_key);
  return fibers != NULL && fibers->current == NULL ? fibers : NULL;
}
