/* The ctx of a bot's handlers. */
#include "script/context.h"

#include "script/update.h"
#include "telegram/kinds.h"

/* With _text, _is_plain, text and one of the script's own it holds eight
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
  UV_END
};

void tgr_context_push_closure(lua_State *L, lua_CFunction function) {
  static const char *const names[] = {"_undecoded", "_bot", "kind", "chat_id"};
  tgr_update_push_meta(L);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    lua_pushstring(L, names[i]);
  lua_pushcclosure(L, function, UV_END - 1);
}

static void push_upvalue(lua_State *L, enum upvalue which) {
  lua_pushvalue(L, lua_upvalueindex((int)which));
}

void tgr_context_push(lua_State *L, struct tgr_task *task) {
  lua_createtable(L, 0, FIELDS);
  push_upvalue(L, UV_NAME_UNDECODED);
  tgr_update_push_with(L, task, lua_upvalueindex(UV_UPDATE_META));
  lua_rawset(L, -3);
  push_upvalue(L, UV_NAME_BOT);
  push_upvalue(L, UV_BOT);
  lua_rawset(L, -3);
  if (task->kind != TGR_KIND_UNKNOWN) {
    push_upvalue(L, UV_NAME_KIND);
    lua_pushstring(L, tgr_kind_name((enum tgr_kind)task->kind));
    lua_rawset(L, -3);
  }
  if (task->has_chat) {
    push_upvalue(L, UV_NAME_CHAT_ID);
    lua_pushinteger(L, task->chat_id);
    lua_rawset(L, -3);
  }
  push_upvalue(L, UV_META);
  lua_setmetatable(L, -2);
}
