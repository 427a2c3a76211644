/* A bot's API calls. */
#include "script/client.h"

#include "script/class.h"
#include "script/payload.h"
#include "script/reply.h"
#include "script/state.h"

#include <string.h>

#define CLIENT_META "tgrunner.Client"

struct tgr_client *tgr_client_check(lua_State *L, int index) {
  return luaL_checkudata(L, index, CLIENT_META);
}

/* ---- one call ----------------------------------------------------------- */

struct client_call {
  struct client_call **box; /* the userdata that frees it (stack slot 4) */
  struct tgr_wait wait;
  struct tgr_call call;
  struct tgr_client *client;
  struct tgr_payload payload;
};

static void call_free(struct client_call *it) {
  const struct tgr_mem *mem = it->client->script->env.mem;
  *it->box = NULL;
  tgr_call_deinit(&it->call);
  tgr_payload_deinit(&it->payload);
  tgr_mem_free(mem, it);
}

static void on_answer(struct tgr_call *call) {
  tgr_wait_wake(&TGR_CONTAINER_OF(call, struct client_call, call)->wait);
}

static void abort_call(struct tgr_wait *wait) {
  struct client_call *it = TGR_CONTAINER_OF(wait, struct client_call, wait);
  tgr_call_cancel(&it->call);
  call_free(it);
}

/* Frees the call when an error leaves the function that holds the box. */
static int box_close(lua_State *L) {
  struct client_call **box = lua_touserdata(L, 1);
  if (*box != NULL)
    call_free(*box);
  return 0;
}

static int answer_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  (void)ctx;
  struct client_call **box = lua_touserdata(L, 4);
  tgr_reply_push(L, &(*box)->call.http);
  call_free(*box);
  return 2;
}

static struct client_call *new_call(lua_State *L, struct tgr_client *client) {
  struct client_call **box = lua_newuserdatauv(L, sizeof(void *), 0);
  *box = NULL;
  luaL_setmetatable(L, "tgrunner.CallBox");
  struct client_call *it = tgr_mem_new0(client->script->env.mem, sizeof *it);
  if (it == NULL) {
    luaL_error(L, "not enough memory for an API call");
    return NULL; /* not reached */
  }
  *box = it;
  it->box = box;
  it->client = client;
  it->wait.abort = abort_call;
  tgr_call_init(&it->call, &client->api, on_answer);
  tgr_payload_init(&it->payload, client->script->env.mem,
                   client->object_fields_ref);
  return it;
}

/* client:call(method, params?); slots: 1 client, 2 method, 3 params, 4 box, 5
 * anchors of file strings. */
static int client_call(lua_State *L) {
  struct tgr_client *client = tgr_client_check(L, 1);
  const char *method = luaL_checkstring(L, 2);
  if (!lua_isnoneornil(L, 3))
    luaL_checktype(L, 3, LUA_TTABLE);
  lua_settop(L, 3);
  tgr_fiber_check_wait(L, method);
  struct client_call *it = new_call(L, client);
  lua_newtable(L);
  struct tgr_error error;
  if (tgr_payload_encode(&it->payload, L, 3, 5, &error) != TGR_OK)
    return luaL_error(L, "%s: %s", method, error.text);
  const struct tgr_payload *payload = &it->payload;
  if (payload->parts != NULL)
    tgr_call_start_parts(&it->call, method, payload->parts,
                         payload->part_count);
  else
    tgr_call_start(&it->call, TGR_HTTP_CALL, method, payload->json.bytes,
                   payload->json.len, 0);
  return tgr_fiber_wait(L, &it->wait, 0, answer_k);
}

static int client_bot_id(lua_State *L) {
  lua_pushinteger(L, tgr_client_check(L, 1)->api.bot_id);
  return 1;
}

/* ---- making one --------------------------------------------------------- */

void tgr_client_note_auth(struct tgr_script *script, const char *text) {
  tgr_error_set(&script->auth_error, TGR_EAUTH, "%s", text);
}

static int client_note_auth(lua_State *L) {
  tgr_client_note_auth(tgr_script_of(L), luaL_checkstring(L, 1));
  return 0;
}

/* A string field of the config at index 1, borrowed from it; NULL for none. */
static const char *string_field(lua_State *L, const char *name) {
  lua_getfield(L, 1, name);
  const char *text = lua_tostring(L, -1);
  lua_pop(L, 1);
  return text;
}

/* A set of the names in the list `object_fields`. */
static int object_fields_set(lua_State *L) {
  if (lua_getfield(L, 1, "object_fields") != LUA_TTABLE) {
    lua_pop(L, 1);
    return LUA_NOREF;
  }
  lua_newtable(L);
  const lua_Integer count = (lua_Integer)lua_rawlen(L, -2);
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(L, -2, i);
    lua_pushboolean(L, 1);
    lua_rawset(L, -3);
  }
  const int ref = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_pop(L, 1);
  return ref;
}

static enum tgr_status init_client(struct tgr_client *it,
                                   const struct tgr_api_options *options,
                                   const char *proxy, struct tgr_error *error) {
  const struct tgr_script_env *env = &it->script->env;
  if (proxy != NULL) {
    struct tgr_http_options http;
    tgr_http_options_init(&http);
    http.proxy = proxy;
    if (tgr_http_new(env->mem, env->loop, &http, &it->own_http) != TGR_OK)
      return tgr_error_set(error, TGR_ENOMEM, "not enough memory for a client");
  }
  return tgr_api_init(&it->api, env->mem, env->loop,
                      it->own_http != NULL ? it->own_http : env->http, options,
                      error);
}

static int client_new(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  struct tgr_script *script = tgr_script_of(L);
  const char *token = string_field(L, "token");
  const char *environment = string_field(L, "environment");
  lua_getfield(L, 1, "timeout_s");
  const lua_Number timeout_s = luaL_optnumber(L, -1, 0);
  const struct tgr_api_options options = {
      .token = token != NULL ? token : "",
      .api_root = string_field(L, "api_root"),
      .test = environment != NULL && strcmp(environment, "test") == 0,
      .timeout_ms = (uint64_t)(timeout_s * 1000)};
  struct tgr_client *it = lua_newuserdatauv(L, sizeof *it, 0);
  memset(it, 0, sizeof *it);
  it->script = script;
  it->object_fields_ref = LUA_NOREF;
  luaL_setmetatable(L, CLIENT_META);
  it->object_fields_ref = object_fields_set(L);
  struct tgr_error error;
  const enum tgr_status status =
      init_client(it, &options, string_field(L, "proxy"), &error);
  it->ready = status == TGR_OK;
  if (status == TGR_EAUTH)
    tgr_client_note_auth(script, error.text);
  if (status != TGR_OK)
    return luaL_error(L, "%s", error.text);
  return 1;
}

static int client_gc(lua_State *L) {
  struct tgr_client *it = lua_touserdata(L, 1);
  if (it->ready)
    tgr_api_deinit(&it->api);
  it->ready = false;
  tgr_http_free(it->own_http);
  it->own_http = NULL;
  luaL_unref(L, LUA_REGISTRYINDEX, it->object_fields_ref);
  return 0;
}

void tgr_client_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {
      {"client", client_new}, {"note_auth", client_note_auth}, {NULL, NULL}};
  static const luaL_Reg methods[] = {
      {"call", client_call}, {"bot_id", client_bot_id}, {NULL, NULL}};
  static const luaL_Reg none[] = {{NULL, NULL}};
  tgr_class_functions(L, script, functions);
  tgr_class_new(L, script, CLIENT_META, methods, client_gc);
  tgr_class_new(L, script, "tgrunner.CallBox", none, box_close);
  luaL_newmetatable(L, TGR_INPUT_FILE_META);
  lua_setfield(L, -2, "input_file_meta");
}
