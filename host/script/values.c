/* JSON for scripts. */
#include "script/values.h"

#include "script/class.h"
#include "script/guard.h"
#include "script/place.h"
#include "script/state.h"
#include "json/decode.h"
#include "json/mark.h"

#include <lauxlib.h>

const struct tgr_json_encode_options tgr_values_encoding = {.poll =
                                                                tgr_guard_poll};

/* The buffer is the script's: it survives an error that Lua raises meanwhile,
 * and its memory serves the next call. */
static int values_encode(lua_State *L) {
  struct tgr_buf *buf = &tgr_script_of(L)->scratch;
  luaL_checkany(L, 1);
  tgr_buf_clear(buf);
  struct tgr_error error;
  if (tgr_json_encode(L, 1, &tgr_values_encoding, buf, &error) != TGR_OK)
    return tgr_place_raise(L, "cannot encode JSON: %s", error.text);
  lua_pushlstring(L, buf->bytes, buf->len);
  return 1;
}

static int values_decode(lua_State *L) {
  static const struct tgr_json_decode_options options = {
      .keep_null = true, .mark_empty = true, .poll = tgr_guard_poll};
  size_t len = 0;
  const char *text = luaL_checklstring(L, 1, &len);
  struct tgr_error error;
  if (tgr_json_decode(L, text, len, &options, &error) != TGR_OK)
    return tgr_place_raise(L, "cannot decode JSON: %s", error.text);
  return 1;
}

/* The JSON of a value; nil and what is wrong where. */
static int values_try_encode(lua_State *L) {
  struct tgr_buf *buf = &tgr_script_of(L)->scratch;
  luaL_checkany(L, 1);
  tgr_buf_clear(buf);
  struct tgr_error error;
  if (tgr_json_encode(L, 1, &tgr_values_encoding, buf, &error) != TGR_OK) {
    lua_pushnil(L);
    lua_pushstring(L, error.text);
    return 2;
  }
  lua_pushlstring(L, buf->bytes, buf->len);
  return 1;
}

/* true and the value of a JSON text whose tables carry no marks, so that a
 * script may put into an empty one whatever it likes; false and what is
 * wrong. */
static int values_try_decode(lua_State *L) {
  static const struct tgr_json_decode_options options = {
      .keep_null = true, .poll = tgr_guard_poll};
  size_t len = 0;
  const char *text = luaL_checklstring(L, 1, &len);
  struct tgr_error error;
  const bool good = tgr_json_decode(L, text, len, &options, &error) == TGR_OK;
  if (!good)
    lua_pushstring(L, error.text);
  lua_pushboolean(L, good);
  lua_insert(L, -2);
  return 2;
}

void tgr_values_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {{"encode", values_encode},
                                       {"decode", values_decode},
                                       {"try_encode", values_try_encode},
                                       {"try_decode", values_try_decode},
                                       {NULL, NULL}};
  tgr_class_functions(L, script, functions);
  tgr_json_push_null(L);
  lua_setfield(L, -2, "null");
  tgr_json_push_array_meta(L);
  lua_setfield(L, -2, "array_meta");
  tgr_json_push_object_meta(L);
  lua_setfield(L, -2, "object_meta");
}
