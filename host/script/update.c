/* A raw update as scripts hold it. */
#include "script/update.h"

#include "script/class.h"
#include "script/look.h"
#include "script/once.h"
#include "script/place.h"
#include "script/state.h"
#include "script/values.h"
#include "telegram/kinds.h"
#include "telegram/split.h"
#include "json/decode.h"

#include <lauxlib.h>

#define UPDATE_META "tgrunner.Update"

void tgr_update_push_meta(lua_State *L) {
  luaL_getmetatable(L, UPDATE_META);
}

void tgr_update_push_with(lua_State *L, struct tgr_task *task, int meta) {
  struct tgr_task **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  lua_pushvalue(L, meta);
  lua_setmetatable(L, -2);
  *box = tgr_task_hold(task);
}

void tgr_update_push(lua_State *L, struct tgr_task *task) {
  struct tgr_task **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  luaL_setmetatable(L, UPDATE_META);
  *box = tgr_task_hold(task);
}

/* Begins like the others' boxes, and is told apart by its size. */
struct run_box {
  struct tgr_task *task;
  uint32_t attempt;
  bool redelivered;
};

void tgr_update_push_run(lua_State *L, struct tgr_task *task, uint32_t attempt,
                         bool redelivered) {
  struct run_box *box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = (struct run_box){.attempt = attempt, .redelivered = redelivered};
  luaL_setmetatable(L, UPDATE_META);
  box->task = tgr_task_hold(task);
}

/* Of the update at 1. */
static struct run_box run_of(lua_State *L) {
  const struct tgr_task *task = tgr_update_self(L);
  const struct run_box *box = lua_touserdata(L, 1);
  if (lua_rawlen(L, 1) == sizeof *box)
    return *box;
  return (struct run_box){.attempt = task->attempt,
                          .redelivered = task->redelivered};
}

struct tgr_task *tgr_update_at(lua_State *L, int index) {
  struct tgr_task **box = luaL_testudata(L, index, UPDATE_META);
  return box == NULL ? NULL : *box;
}

struct tgr_task *tgr_update_self(lua_State *L) {
  struct tgr_task **box = tgr_class_self(L, UPDATE_META);
  return *box;
}

static int update_gc(lua_State *L) {
  struct tgr_task **box = lua_touserdata(L, 1);
  tgr_task_release(*box);
  *box = NULL;
  return 0;
}

static int update_id(lua_State *L) {
  lua_pushinteger(L, tgr_update_self(L)->update_id);
  return 1;
}

static int update_kind(lua_State *L) {
  const enum tgr_kind kind = tgr_update_self(L)->kind;
  if (kind == TGR_KIND_UNKNOWN)
    lua_pushnil(L);
  else
    lua_pushstring(L, tgr_kind_name(kind));
  return 1;
}

static int push_id(lua_State *L, bool has, int64_t id) {
  if (has)
    lua_pushinteger(L, id);
  else
    lua_pushnil(L);
  return 1;
}

static int update_chat_id(lua_State *L) {
  const struct tgr_task *task = tgr_update_self(L);
  return push_id(L, task->has_chat, task->chat_id);
}

static int update_user_id(lua_State *L) {
  const struct tgr_task *task = tgr_update_self(L);
  return push_id(L, task->has_user, task->user_id);
}

static int update_json(lua_State *L) {
  const struct tgr_task *task = tgr_update_self(L);
  lua_pushlstring(L, task->raw, task->raw_len);
  return 1;
}

/* Of an update that nobody counts the runs of, this is the first. */
static int update_attempt(lua_State *L) {
  const uint32_t attempt = run_of(L).attempt;
  lua_pushinteger(L, attempt == 0 ? 1 : attempt);
  return 1;
}

static int update_redelivered(lua_State *L) {
  lua_pushboolean(L, run_of(L).redelivered);
  return 1;
}

static int update_decode(lua_State *L) {
  const struct tgr_task *task = tgr_update_self(L);
  struct tgr_error error;
  tgr_script_of(L)->decoded++;
  if (tgr_json_decode(L, task->raw, task->raw_len, NULL, &error) != TGR_OK)
    return tgr_place_raise(L, "update %I is broken: %s",
                           (LUAI_UACINT)task->update_id, error.text);
  return 1;
}

/* raw(text | table): an update given by the script. */
static int update_new(lua_State *L) {
  struct tgr_script *script = tgr_script_of(L);
  struct tgr_error error;
  size_t len = 0;
  const char *json = NULL;
  if (lua_istable(L, 1)) {
    struct tgr_buf *buf = &script->scratch;
    tgr_buf_clear(buf);
    if (tgr_json_encode(L, 1, &tgr_values_encoding, buf, &error) != TGR_OK)
      return tgr_place_raise(L, "cannot take this update: %s", error.text);
    json = buf->bytes;
    len = buf->len;
  } else {
    json = luaL_checklstring(L, 1, &len);
  }
  struct tgr_task **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  luaL_setmetatable(L, UPDATE_META);
  if (tgr_split_one(script->env.mem, json, len, box, &error) != TGR_OK)
    return tgr_place_raise(L, "cannot take this update: %s", error.text);
  return 1;
}

static void drop_value(void *owner, int value) {
  const struct tgr_script *script = owner;
  luaL_unref(script->L, LUA_REGISTRYINDEX, value);
}

/* Whether no stage has had it. */
static bool is_fresh(const struct tgr_task *task) {
  return task->place == TGR_TASK_LOOSE && task->outcome == TGR_OUTCOME_NONE &&
         task->port_data == NULL && !tgr_link_in_list(&task->link);
}

struct tgr_task *tgr_task_from_value(lua_State *L, struct tgr_script *script) {
  struct tgr_task *raw = tgr_update_at(L, -1);
  if (raw != NULL && is_fresh(raw)) {
    tgr_task_hold(raw);
    lua_pop(L, 1);
    return raw;
  }
  int has_id = 0;
  lua_Integer id = 0;
  if (lua_istable(L, -1)) {
    lua_pushliteral(L, "update_id");
    lua_rawget(L, -2);
    id = lua_tointegerx(L, -1, &has_id);
    lua_pop(L, 1);
  }
  const int value = luaL_ref(L, LUA_REGISTRYINDEX);
  struct tgr_task *task = tgr_task_new(script->env.mem, "", 0);
  if (task == NULL) {
    luaL_unref(L, LUA_REGISTRYINDEX, value);
    return NULL;
  }
  task->update_id = has_id ? id : 0;
  task->value = value;
  task->drop_value = drop_value;
  task->value_owner = script;
  return task;
}

/* kinds() -> { name = whether the server sends it by default, … } */
static int update_kinds(lua_State *L) {
  lua_createtable(L, 0, TGR_KIND_COUNT);
  for (int kind = TGR_KIND_UNKNOWN + 1; kind < TGR_KIND_COUNT; kind++) {
    lua_pushboolean(L, tgr_kind_is_default((enum tgr_kind)kind));
    lua_setfield(L, -2, tgr_kind_name((enum tgr_kind)kind));
  }
  return 1;
}

void tgr_update_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {
      {"raw", update_new}, {"kinds", update_kinds}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"id", update_id},
                                     {"kind", update_kind},
                                     {"chat_id", update_chat_id},
                                     {"user_id", update_user_id},
                                     {"has", tgr_look_has},
                                     {"glance", tgr_look_glance},
                                     {"command", tgr_look_command},
                                     {"json", update_json},
                                     {"decode", update_decode},
                                     {"attempt", update_attempt},
                                     {"once_get", tgr_once_get},
                                     {"once_put", tgr_once_put},
                                     {"redelivered", update_redelivered},
                                     {NULL, NULL}};
  tgr_class_functions(L, script, functions);
  tgr_class_new(L, script, UPDATE_META, methods, update_gc);
}
