/* Functions of the embedding program, and values on their way. */
#include "script/native.h"

#include "script/place.h"
#include "script/state.h"
#include "script/values.h"
#include "json/decode.h"
#include "json/encode.h"

#include <lauxlib.h>
#include <string.h>

static size_t identifier_len(const char *text) {
  static const char letters[] =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
  return *text >= '0' && *text <= '9' ? 0 : strspn(text, letters);
}

bool tgr_native_is_name(const char *name) {
  if (strlen(name) > TGR_NATIVE_NAME_MAX)
    return false;
  for (;;) {
    const size_t len = identifier_len(name);
    if (len == 0)
      return false;
    name += len;
    if (*name == '\0')
      return true;
    if (*name++ != '.')
      return false;
  }
}

/* Whether two paths are the same, or one leads through the other. */
static bool clash(const char *a, const char *b) {
  for (; *a != '\0' && *a == *b; a++)
    b++;
  return (*a == '\0' || *a == '.') && (*b == '\0' || *b == '.');
}

enum tgr_status tgr_native_add(struct tgr_native **list,
                               const struct tgr_mem *mem, const char *name,
                               tgr_function function, void *user) {
  if (name == NULL || function == NULL || !tgr_native_is_name(name))
    return TGR_EINVAL;
  for (; *list != NULL; list = &(*list)->next)
    if (clash((*list)->name, name))
      return TGR_EINVAL;
  const size_t size = strlen(name) + 1;
  struct tgr_native *native = tgr_mem_new(mem, sizeof *native + size);
  if (native == NULL)
    return TGR_ENOMEM;
  *native = (struct tgr_native){.function = function, .user = user};
  memcpy(native->name, name, size);
  *list = native;
  return TGR_OK;
}

void tgr_native_free_all(struct tgr_native *list, const struct tgr_mem *mem) {
  while (list != NULL) {
    struct tgr_native *native = list;
    list = native->next;
    tgr_mem_free(mem, native);
  }
}

/* ---- values ------------------------------------------------------------- */

void tgr_native_push(lua_State *L, const struct tgr_value *value) {
  struct tgr_error error;
  switch (value->type) {
  case TGR_NIL:
    lua_pushnil(L);
    break;
  case TGR_BOOLEAN:
    lua_pushboolean(L, value->boolean);
    break;
  case TGR_INTEGER:
    lua_pushinteger(L, value->integer);
    break;
  case TGR_NUMBER:
    lua_pushnumber(L, value->number);
    break;
  case TGR_STRING:
    lua_pushlstring(L, value->len > 0 ? value->text : "", value->len);
    break;
  case TGR_JSON:
    if (tgr_json_decode(L, value->text, value->len, NULL, &error) != TGR_OK)
      luaL_error(L, "the program gave JSON that is none: %s", error.text);
    break;
  default:
    luaL_error(L, "the program gave a value of no known type");
  }
}

static void read_table(lua_State *L, struct tgr_script *script, int index) {
  struct tgr_buf *buf = &script->scratch;
  struct tgr_error error;
  tgr_buf_clear(buf);
  if (tgr_json_encode(L, index, &tgr_values_encoding, buf, &error) != TGR_OK)
    luaL_error(L, "cannot hand this table to the program: %s", error.text);
  lua_pushlstring(L, buf->bytes, buf->len);
  lua_replace(L, index);
}

void tgr_native_read(lua_State *L, struct tgr_script *script, int index,
                     struct tgr_value *value) {
  *value = (struct tgr_value){.type = TGR_NIL};
  switch (lua_type(L, index)) {
  case LUA_TNIL:
    return;
  case LUA_TBOOLEAN:
    value->type = TGR_BOOLEAN;
    value->boolean = lua_toboolean(L, index);
    return;
  case LUA_TNUMBER:
    value->type = lua_isinteger(L, index) ? TGR_INTEGER : TGR_NUMBER;
    value->number = lua_tonumber(L, index);
    value->integer = lua_tointeger(L, index);
    return;
  case LUA_TSTRING:
    value->type = TGR_STRING;
    break;
  case LUA_TTABLE:
    read_table(L, script, index);
    value->type = TGR_JSON;
    break;
  default:
    luaL_error(L, "cannot hand a %s to the program", luaL_typename(L, index));
  }
  value->text = lua_tolstring(L, index, &value->len);
}

/* ---- calls -------------------------------------------------------------- */

/* Upvalues: the script, the function. */
static int call_native(lua_State *L) {
  struct tgr_script *script = tgr_script_of(L);
  const struct tgr_native *native = lua_touserdata(L, lua_upvalueindex(2));
  const int count = lua_gettop(L);
  if (count > TGR_NATIVE_ARGS_MAX)
    return luaL_error(L, "%s takes at most %d arguments", native->name,
                      TGR_NATIVE_ARGS_MAX);
  struct tgr_value args[TGR_NATIVE_ARGS_MAX];
  for (int i = 0; i < count; i++)
    tgr_native_read(L, script, i + 1, &args[i]);
  struct tgr_value result = {.type = TGR_NIL};
  const enum tgr_status status =
      native->function(native->user, args, (size_t)count, &result);
  if (status == TGR_OK) {
    tgr_native_push(L, &result);
    return 1;
  }
  tgr_place_push_where(L);
  if (result.type == TGR_STRING)
    tgr_native_push(L, &result);
  else
    lua_pushfstring(L, "%s: %s", native->name, tgr_strerror(status));
  lua_concat(L, 2);
  return lua_error(L);
}

/* Leaves the table that holds the last name of the path, and returns that
 * name. Tables on the way are made when `make`; nil is left when one is not
 * there. */
static const char *walk(lua_State *L, const char *path, bool make) {
  lua_pushglobaltable(L);
  for (;;) {
    const char *dot = strchr(path, '.');
    if (dot == NULL)
      return path;
    lua_pushlstring(L, path, (size_t)(dot - path));
    if (make) {
      luaL_getsubtable(L, -2, lua_tostring(L, -1));
      lua_remove(L, -2);
    } else {
      lua_gettable(L, -2);
    }
    lua_remove(L, -2);
    path = dot + 1;
    if (!lua_istable(L, -1)) {
      lua_pop(L, 1);
      lua_pushnil(L);
      return path;
    }
  }
}

void tgr_native_push_global(lua_State *L, const char *name) {
  const char *last = walk(L, name, false);
  if (!lua_isnil(L, -1))
    lua_getfield(L, -1, last);
  else
    lua_pushnil(L);
  lua_remove(L, -2);
}

void tgr_native_open(lua_State *L, struct tgr_script *script,
                     const struct tgr_native *list) {
  for (const struct tgr_native *it = list; it != NULL; it = it->next) {
    const char *last = walk(L, it->name, true);
    lua_pushlightuserdata(L, script);
    lua_pushlightuserdata(L, (void *)it);
    lua_pushcclosure(L, call_native, 2);
    lua_setfield(L, -2, last);
    lua_pop(L, 1);
  }
}
