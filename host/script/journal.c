/* A runner's journal, between its source and what supplies that. */
#include "script/journal.h"

#include "engine/intake.h"
#include "engine/task.h"
#include "script/sandbox.h"
#include "script/source.h"
#include "script/state.h"
#include "script/update.h"
#include "telegram/split.h"
#include "json/decode.h"
#include "json/encode.h"

#include <lauxlib.h>
#include <string.h>

struct tgr_lua_journal {
  struct tgr_script *script;
  struct tgr_source *source;
  struct tgr_keeper *keeper;
  struct tgr_intake intake;
};

/* ---- values of a script's own supplier ---------------------------------- */

/* What a protected call is about. */
struct value_call {
  struct tgr_script *script;
  const struct tgr_task *task;
  struct tgr_buf *bytes;
  struct tgr_buf *key;
  const char *text;
  size_t len;
  struct tgr_task *made;
  enum tgr_status status;
  struct tgr_error *error;
};

/* The update's `id`, else its update_id: with its type, so that 1 and "1"
 * differ. */
static enum tgr_status append_key(lua_State *L, struct tgr_buf *key) {
  static const char *const names[] = {"id", "update_id"};
  if (!lua_istable(L, -1))
    return TGR_OK;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    lua_pushstring(L, names[i]);
    lua_rawget(L, -2);
    size_t len = 0;
    const bool is_string = lua_type(L, -1) == LUA_TSTRING;
    const bool is_key = is_string || lua_isinteger(L, -1);
    enum tgr_status status = TGR_OK;
    if (is_key) {
      const char *bytes = luaL_tolstring(L, -1, &len);
      status = tgr_buf_append_str(key, is_string ? "s" : "i");
      if (status == TGR_OK)
        status = tgr_buf_append(key, bytes, len);
      lua_pop(L, 1);
    }
    lua_pop(L, 1);
    if (is_key)
      return status;
  }
  return TGR_OK;
}

/* Protected: (value_call). */
static int encode_value(lua_State *L) {
  struct value_call *call = lua_touserdata(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, call->task->value);
  call->status = append_key(L, call->key);
  if (call->status == TGR_OK)
    call->status = tgr_json_encode(L, -1, NULL, call->bytes, call->error);
  return 0;
}

static int make_value(lua_State *L) {
  struct value_call *call = lua_touserdata(L, 1);
  call->status = tgr_json_decode(L, call->text, call->len, NULL, call->error);
  if (call->status != TGR_OK)
    return 0;
  call->made = tgr_task_from_value(L, call->script);
  if (call->made == NULL)
    call->status = TGR_ENOMEM;
  return 0;
}

static enum tgr_status call_protected(struct value_call *call,
                                      lua_CFunction function) {
  lua_State *L = call->script->L;
  lua_pushcfunction(L, function);
  lua_pushlightuserdata(L, call);
  const int code = lua_pcall(L, 1, 0, 0);
  if (code == LUA_OK)
    return call->status;
  const char *text = lua_tostring(L, -1);
  const enum tgr_status status =
      tgr_error_set(call->error, code == LUA_ERRMEM ? TGR_ENOMEM : TGR_ESCRIPT,
                    "%s", text != NULL ? text : "an error that is no text");
  lua_pop(L, 1);
  return status;
}

static enum tgr_status encode(void *user, const struct tgr_task *task,
                              struct tgr_buf *bytes, struct tgr_buf *key,
                              struct tgr_error *error) {
  const struct tgr_lua_journal *it = user;
  struct tgr_error found = {.text = ""};
  struct value_call call = {.script = it->script,
                            .task = task,
                            .bytes = bytes,
                            .key = key,
                            .error = &found};
  const enum tgr_status status = call_protected(&call, encode_value);
  if (status == TGR_OK || status == TGR_ENOMEM)
    return status;
  const bool has_key = key->len > 1; /* its first byte is the type */
  return tgr_error_set(error, TGR_ESCRIPT,
                       "an update of the supplier%s%.*s cannot be kept in the "
                       "journal: %s",
                       has_key ? ", id " : "",
                       has_key ? (int)(key->len < 65 ? key->len - 1 : 64) : 0,
                       has_key ? key->bytes + 1 : "", found.text);
}

static enum tgr_status make(void *user, const char *bytes, size_t len,
                            struct tgr_task **task, struct tgr_error *error) {
  const struct tgr_lua_journal *it = user;
  if (it->intake.behind->seek != NULL)
    return tgr_split_one(it->script->env.mem, bytes, len, task, error);
  struct value_call call = {
      .script = it->script, .text = bytes, .len = len, .error = error};
  const enum tgr_status status = call_protected(&call, make_value);
  if (status == TGR_OK)
    *task = call.made;
  return status;
}

/* ---- opening ------------------------------------------------------------ */

static void read_config(lua_State *L, int index,
                        struct tgr_journal_config *config) {
  static const char *const durabilities[] = {"power", "process", "none", NULL};
  lua_getfield(L, index, "path"); /* stays on the stack: it is borrowed */
  size_t len = 0;
  config->path = luaL_checklstring(L, -1, &len);
  if (strlen(config->path) != len || strcmp(config->path, ":memory:") == 0)
    luaL_error(L, "a journal needs the path of a file, without zero bytes");
  lua_getfield(L, index, "durability");
  config->durability =
      (enum tgr_durability)luaL_checkoption(L, -1, "power", durabilities);
  lua_getfield(L, index, "retries");
  config->retries = lua_toboolean(L, -1);
  lua_getfield(L, index, "owner");
  config->owner = luaL_optinteger(L, -1, 0);
  lua_pop(L, 3);
}

struct tgr_lua_journal *tgr_lua_journal_open(lua_State *L, int index,
                                             struct tgr_script *script,
                                             struct tgr_lua_source *source) {
  struct tgr_keepers *keepers = script->env.keepers;
  if (keepers == NULL) {
    luaL_error(L, "this program has no journals");
    return NULL; /* not reached */
  }
  tgr_sandbox_check(L, script, TGR_SANDBOX_NO_OS, "a journal");
  const int top = lua_gettop(L);
  struct tgr_journal_config config = {.encode = encode, .make = make};
  read_config(L, index, &config);
  struct tgr_lua_journal *it = tgr_mem_new0(script->env.mem, sizeof *it);
  struct tgr_error error = {.text = "not enough memory for a journal"};
  config.user = it;
  if (it == NULL || keepers->open(keepers, &script->env, &config, &it->keeper,
                                  &error) != TGR_OK) {
    tgr_mem_free(script->env.mem, it);
    if (error.status == TGR_ECONFLICT)
      script->end_error = error;
    luaL_error(L, "%s", error.text);
    return NULL; /* not reached */
  }
  it->script = script;
  it->source = &source->source;
  struct tgr_loop *loop = script->env.loop;
  tgr_intake_init(&it->intake, &loop->timers, &loop->ready, script->env.log,
                  it->source->supplier, it->keeper);
  it->source->supplier = &it->intake.supplier;
  lua_settop(L, top);
  return it;
}

void tgr_lua_journal_close(struct tgr_lua_journal *journal) {
  if (journal == NULL)
    return;
  journal->source->supplier = journal->intake.behind;
  tgr_intake_deinit(&journal->intake);
  struct tgr_keepers *keepers = journal->script->env.keepers;
  keepers->close(keepers, journal->keeper);
  tgr_mem_free(journal->script->env.mem, journal);
}
