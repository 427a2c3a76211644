/* The table of all states, for scripts. */
#include "script/shared.h"

#include "loop/shared.h"
#include "script/class.h"
#include "script/place.h"
#include "script/state.h"

static struct tgr_shared *check_table(lua_State *L) {
  struct tgr_shared *shared = tgr_script_of(L)->env.shared;
  if (shared == NULL)
    tgr_place_raise(L,
                    "tg.shared is not possible here: only scripts that a host "
                    "runs have it");
  return shared;
}

static uint64_t opt_expiry(lua_State *L, int index) {
  const lua_Number ms = luaL_optnumber(L, index, 0);
  luaL_argcheck(L, ms >= 0, index, "expires_ms must be 0 or more");
  return ms >= 1e15 ? 0 : (uint64_t)ms + (ms > (lua_Number)(uint64_t)ms);
}

static int refuse(lua_State *L, enum tgr_status status, const char *key) {
  switch (status) {
  case TGR_EINVAL:
    return tgr_place_raise(
        L, "tg.shared: a key takes %d bytes, a string %d at most",
        (int)TGR_SHARED_KEY_MAX, (int)TGR_SHARED_VALUE_MAX);
  case TGR_ELIMIT:
    return tgr_place_raise(L, "tg.shared: no room for '%s'", key);
  case TGR_ESTATE:
    return tgr_place_raise(L, "tg.shared: '%s' holds no integer to add to",
                           key);
  default:
    return tgr_place_raise(L, "tg.shared: not enough memory");
  }
}

/* The string's copy is in a box while Lua copies it, which may raise. */
static int box_close(lua_State *L) {
  char **box = lua_touserdata(L, 1);
  tgr_mem_free(tgr_script_of(L)->env.shared->mem, *box);
  *box = NULL;
  return 0;
}

static void push_string(lua_State *L, char **box,
                        const struct tgr_shared *shared,
                        const struct tgr_shared_value *value) {
  *box = value->bytes;
  lua_pushlstring(L, value->bytes, value->len);
  *box = NULL;
  tgr_mem_free(shared->mem, value->bytes);
}

static int shared_get(lua_State *L) {
  struct tgr_shared *shared = check_table(L);
  size_t len = 0;
  const char *key = luaL_checklstring(L, 1, &len);
  char **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  luaL_setmetatable(L, "tgrunner.SharedBox");
  struct tgr_shared_value value;
  const enum tgr_status status = tgr_shared_get(shared, key, len, &value);
  if (status != TGR_OK)
    return refuse(L, status, key);
  switch (value.type) {
  case TGR_SHARED_STRING:
    push_string(L, box, shared, &value);
    return 1;
  case TGR_SHARED_INTEGER:
    lua_pushinteger(L, value.integer);
    return 1;
  case TGR_SHARED_NUMBER:
    lua_pushnumber(L, value.number);
    return 1;
  case TGR_SHARED_BOOLEAN:
    lua_pushboolean(L, value.boolean);
    return 1;
  default:
    lua_pushnil(L);
    return 1;
  }
}

static struct tgr_shared_value check_value(lua_State *L, int index) {
  struct tgr_shared_value value = {.type = TGR_SHARED_NONE};
  switch (lua_type(L, index)) {
  case LUA_TNIL:
    break;
  case LUA_TSTRING:
    value.type = TGR_SHARED_STRING;
    value.bytes = (char *)lua_tolstring(L, index, &value.len);
    break;
  case LUA_TBOOLEAN:
    value.type = TGR_SHARED_BOOLEAN;
    value.boolean = lua_toboolean(L, index);
    break;
  case LUA_TNUMBER:
    value.type =
        lua_isinteger(L, index) ? TGR_SHARED_INTEGER : TGR_SHARED_NUMBER;
    value.integer = lua_tointeger(L, index);
    value.number = lua_tonumber(L, index);
    break;
  default:
    tgr_place_raise(L,
                    "tg.shared holds strings, numbers and booleans (got a %s)",
                    luaL_typename(L, index));
  }
  return value;
}

static int shared_set(lua_State *L) {
  struct tgr_shared *shared = check_table(L);
  size_t len = 0;
  const char *key = luaL_checklstring(L, 1, &len);
  lua_settop(L, 3);
  const struct tgr_shared_value value = check_value(L, 2);
  const enum tgr_status status =
      tgr_shared_set(shared, key, len, &value, opt_expiry(L, 3));
  return status == TGR_OK ? 0 : refuse(L, status, key);
}

static int shared_incr(lua_State *L) {
  struct tgr_shared *shared = check_table(L);
  size_t len = 0;
  int64_t sum = 0;
  const char *key = luaL_checklstring(L, 1, &len);
  const enum tgr_status status = tgr_shared_incr(
      shared, key, len, luaL_optinteger(L, 2, 1), opt_expiry(L, 3), &sum);
  if (status == TGR_EINVAL && len <= TGR_SHARED_KEY_MAX)
    return tgr_place_raise(
        L, "tg.shared: the sum of '%s' does not fit into an integer", key);
  if (status != TGR_OK)
    return refuse(L, status, key);
  lua_pushinteger(L, sum);
  return 1;
}

void tgr_shared_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {{"shared_get", shared_get},
                                       {"shared_set", shared_set},
                                       {"shared_incr", shared_incr},
                                       {NULL, NULL}};
  static const luaL_Reg none[] = {{NULL, NULL}};
  tgr_class_functions(L, script, functions);
  tgr_class_new(L, script, "tgrunner.SharedBox", none, NULL);
  luaL_getmetatable(L, "tgrunner.SharedBox");
  lua_pushlightuserdata(L, script);
  lua_pushcclosure(L, box_close, 1);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
}
