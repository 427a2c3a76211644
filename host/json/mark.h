/* Mark: the Lua values that stand for JSON that Lua has no value for: null, and
 * empty tables that are known to be an array or an object.
 *
 * The thread of the Lua state. Functions that push may raise Lua's memory
 * error. */
#ifndef TGR_JSON_MARK_H
#define TGR_JSON_MARK_H

#include <lua.h>

#include <stdbool.h>

/* Its address, as light userdata, is null. */
extern const char tgr_json_null;

void tgr_json_push_null(lua_State *L);
bool tgr_json_is_null(lua_State *L, int index);

/* Push the metatable that marks a table as an array, or as an object. The same
 * table at every call of one state. They hold a __name and nothing else. */
void tgr_json_push_array_meta(lua_State *L);
void tgr_json_push_object_meta(lua_State *L);

/* What a table is marked as. */
enum tgr_json_mark {
  TGR_JSON_UNMARKED, /* it has no metatable */
  TGR_JSON_ARRAY,
  TGR_JSON_OBJECT,
  TGR_JSON_FOREIGN /* it has another metatable */
};
enum tgr_json_mark tgr_json_mark_of(lua_State *L, int index);

#endif
