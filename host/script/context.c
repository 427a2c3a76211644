/* The ctx of a bot's handlers. */
#include "script/context.h"

#include "script/update.h"
#include "telegram/kinds.h"

/* With text, _text and _is_plain, which most handlers ask for, it holds eight
 * fields, for which a table has room exactly. */
enum { FIELDS = 8 };

enum upvalue {
  UV_META = 1,
  UV_BOT,
  UV_UPDATE_META,
  UV_NAME_UNDECODED,
  UV_NAME_BOT,
  UV_NAME_KIND,
  UV_NAME_CHAT_ID,
  UV_NAME_USER_ID,
  UV_END
};

void tgr_context_push_closure(lua_State *L, lua_CFunction function) {
  static const char *const names[] = {"_undecoded", "_bot", "kind", "chat_id",
                                      "user_id"};
  tgr_update_push_meta(L);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    lua_pushstring(L, names[i]);
  lua_pushcclosure(L, function, UV_END - 1);
}

/* Sets the field to the value on the top, which is popped. */
static void set(lua_State *L, enum upvalue name) {
  lua_pushvalue(L, lua_upvalueindex((int)name));
  lua_insert(L, -2);
  lua_rawset(L, -3);
}

void tgr_context_push(lua_State *L, struct tgr_task *task) {
  lua_createtable(L, 0, FIELDS);
  lua_pushvalue(L, lua_upvalueindex(UV_UPDATE_META));
  tgr_update_push_with(L, task);
  set(L, UV_NAME_UNDECODED);
  lua_pushvalue(L, lua_upvalueindex(UV_BOT));
  set(L, UV_NAME_BOT);
  if (task->kind != TGR_KIND_UNKNOWN) {
    lua_pushstring(L, tgr_kind_name((enum tgr_kind)task->kind));
    set(L, UV_NAME_KIND);
  }
  if (task->has_chat) {
    lua_pushinteger(L, task->chat_id);
    set(L, UV_NAME_CHAT_ID);
  }
  if (task->has_user) {
    lua_pushinteger(L, task->user_id);
    set(L, UV_NAME_USER_ID);
  }
  lua_pushvalue(L, lua_upvalueindex(UV_META));
  lua_setmetatable(L, -2);
}
