/* The script's face of telegram/updates.c. */
#include "script/fetcher.h"

#include "script/class.h"
#include "script/client.h"
#include "script/place.h"
#include "script/state.h"
#include "telegram/poll_call.h"
#include "telegram/updates.h"
#include "json/decode.h"

#include <string.h>

#define FETCHER_META "tgrunner.Fetcher"

/* A server in trouble is not hammered, whatever a script asks for. */
enum { RETRY_MIN_MS = 100 };

struct tgr_lua_fetcher {
  struct tgr_script *script;
  struct tgr_poll_call poll; /* over the client, which is the user value */
  struct tgr_updates updates;
  struct tgr_supplier silent; /* instead, when no bot may poll */
  int on_me_ref;
};

struct tgr_lua_fetcher *tgr_lua_fetcher_at(lua_State *L, int index) {
  return luaL_testudata(L, index, FETCHER_META);
}

struct tgr_supplier *tgr_lua_fetcher_supplier(struct tgr_lua_fetcher *fetcher) {
  return fetcher->script->env.no_polling ? &fetcher->silent
                                         : &fetcher->updates.supplier;
}

/* ---- for programs that feed updates: nothing is ever fetched ------------ */

static void tell_contact(const struct tgr_script *script, bool ok) {
  if (script->env.on_contact != NULL)
    script->env.on_contact(script->env.contact_user, ok);
}

static void supply_nothing(struct tgr_supplier *supplier,
                           struct tgr_source *source, int limit) {
  const struct tgr_lua_fetcher *it =
      TGR_CONTAINER_OF(supplier, struct tgr_lua_fetcher, silent);
  (void)source;
  (void)limit;
  tell_contact(it->script, true);
}

static void abort_nothing(struct tgr_supplier *supplier) {
  (void)supplier; /* nothing was begun */
}

/* ---- who the bot is ----------------------------------------------------- */

/* Protected: (fetcher, json, len): on_me(user). */
static int call_on_me(lua_State *L) {
  const struct tgr_lua_fetcher *it = lua_touserdata(L, 1);
  const char *json = lua_touserdata(L, 2);
  const size_t len = (size_t)lua_tointeger(L, 3);
  struct tgr_error error;
  lua_rawgeti(L, LUA_REGISTRYINDEX, it->on_me_ref);
  if (tgr_json_decode(L, json, len, NULL, &error) != TGR_OK)
    return tgr_place_raise(L, "%s", error.text);
  if (!lua_istable(L, -1))
    return tgr_place_raise(L, "it is no user");
  lua_call(L, 1, 0);
  return 0;
}

static void on_me(struct tgr_updates *updates, const char *json, size_t len) {
  struct tgr_lua_fetcher *it =
      TGR_CONTAINER_OF(updates, struct tgr_lua_fetcher, updates);
  lua_State *L = it->script->L;
  lua_pushcfunction(L, call_on_me);
  lua_pushlightuserdata(L, it);
  lua_pushlightuserdata(L, (void *)json);
  lua_pushinteger(L, (lua_Integer)len);
  if (lua_pcall(L, 3, 0, 0) != LUA_OK) {
    tgr_log_write(it->script->env.log, TGR_LOG_WARN,
                  "cannot read the answer of getMe: %s", lua_tostring(L, -1));
    lua_pop(L, 1);
  }
}

static void on_contact(struct tgr_updates *updates, bool ok) {
  const struct tgr_lua_fetcher *it =
      TGR_CONTAINER_OF(updates, struct tgr_lua_fetcher, updates);
  tell_contact(it->script, ok);
}

/* ---- making one --------------------------------------------------------- */

static bool bool_field(lua_State *L, const char *name) {
  lua_getfield(L, 1, name);
  const bool value = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return value;
}

static uint64_t count_field(lua_State *L, const char *name, uint64_t fallback) {
  lua_getfield(L, 1, name);
  const lua_Number value = luaL_optnumber(L, -1, (lua_Number)fallback);
  lua_pop(L, 1);
  return value >= 1e15 ? 1000000000000000ULL : (uint64_t)value;
}

static void read_interval(lua_State *L, struct tgr_updates_options *options) {
  if (lua_getfield(L, 1, "retry_interval") == LUA_TNUMBER) {
    options->retry_kind = TGR_BACKOFF_FIXED;
    const lua_Number ms = lua_tonumber(L, -1);
    options->retry_fixed_ms = ms < RETRY_MIN_MS ? RETRY_MIN_MS : (uint64_t)ms;
  } else if (lua_isstring(L, -1) && *lua_tostring(L, -1) == 'q') {
    options->retry_kind = TGR_BACKOFF_QUADRATIC;
  }
  lua_pop(L, 1);
}

static void read_options(lua_State *L, struct tgr_updates_options *options) {
  tgr_updates_options_init(options);
  options->timeout_s = count_field(L, "timeout_s", options->timeout_s);
  options->max_retry_ms = count_field(L, "max_retry_ms", options->max_retry_ms);
  options->conflict_wait_ms =
      count_field(L, "conflict_wait_ms", options->conflict_wait_ms);
  read_interval(L, options);
  options->silent = bool_field(L, "silent");
  options->drop_pending_updates = bool_field(L, "drop_pending_updates");
  options->skip_me = bool_field(L, "knows_me");
  options->seed = tgr_loop_clock_us() | 1;
}

static int fetcher_new(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  struct tgr_script *script = tgr_script_of(L);
  lua_settop(L, 1);
  struct tgr_lua_fetcher *it = lua_newuserdatauv(L, sizeof *it, 1);
  memset(it, 0, sizeof *it);
  it->script = script;
  lua_getfield(L, 1, "client");
  struct tgr_client *client = tgr_client_check(L, -1);
  lua_setiuservalue(L, 2, 1);
  lua_getfield(L, 1, "on_me");
  it->on_me_ref = luaL_ref(L, LUA_REGISTRYINDEX);
  struct tgr_updates_options options;
  read_options(L, &options);
  lua_getfield(L, 1, "fetch"); /* stays on the stack: options borrow it */
  options.fetch = lua_tostring(L, -1);
  tgr_poll_call_init(&it->poll, &client->api);
  if (tgr_updates_init(&it->updates, script->env.mem, &script->env.loop->timers,
                       script->env.log, &it->poll.seam, &options) != TGR_OK) {
    tgr_poll_call_deinit(&it->poll);
    return tgr_place_raise(L, "not enough memory to fetch updates");
  }
  it->updates.on_me = on_me;
  it->updates.on_contact = on_contact;
  it->silent =
      (struct tgr_supplier){.supply = supply_nothing, .abort = abort_nothing};
  lua_settop(L, 2);
  luaL_setmetatable(L, FETCHER_META);
  return 1;
}

/* fetcher:set_allowed(json): from the next request on. */
static int fetcher_set_allowed(lua_State *L) {
  struct tgr_lua_fetcher *it = luaL_checkudata(L, 1, FETCHER_META);
  if (tgr_updates_set_allowed(&it->updates, luaL_checkstring(L, 2)) != TGR_OK)
    return tgr_place_raise(L, "not enough memory for allowed_updates");
  return 0;
}

static int fetcher_gc(lua_State *L) {
  struct tgr_lua_fetcher *it = lua_touserdata(L, 1);
  tgr_updates_deinit(&it->updates);
  tgr_poll_call_deinit(&it->poll);
  luaL_unref(L, LUA_REGISTRYINDEX, it->on_me_ref);
  return 0;
}

void tgr_fetcher_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {{"fetcher", fetcher_new}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"set_allowed", fetcher_set_allowed},
                                     {NULL, NULL}};
  tgr_class_functions(L, script, functions);
  tgr_class_new(L, script, FETCHER_META, methods, fetcher_gc);
}
