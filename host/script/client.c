/* A bot's API calls. */
#include "script/client.h"

#include "script/class.h"
#include "script/file.h"
#include "script/method.h"
#include "script/payload.h"
#include "script/place.h"
#include "script/sandbox.h"
#include "script/state.h"
#include "script/stream.h"

#include <math.h>
#include <string.h>

#define CLIENT_META "tgrunner.Client"

#define TIMEOUT_MAX_S 1e12

struct tgr_client *tgr_client_check(lua_State *L, int index) {
  return luaL_checkudata(L, index, CLIENT_META);
}

struct tgr_client *tgr_client_self(lua_State *L) {
  return tgr_class_self(L, CLIENT_META);
}

static int client_bot_id(lua_State *L) {
  lua_pushinteger(L, tgr_client_check(L, 1)->api.bot_id);
  return 1;
}

void tgr_client_note_auth(struct tgr_script *script, const char *text) {
  tgr_error_set(&script->end_error, TGR_EAUTH, "%s", text);
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

/* Which addresses are used: the field `ip`, 4 or 6. */
static enum tgr_http_ip ip_field(lua_State *L) {
  lua_getfield(L, 1, "ip");
  const lua_Integer ip = lua_tointeger(L, -1);
  lua_pop(L, 1);
  return ip == 4 ? TGR_HTTP_IP_4 : ip == 6 ? TGR_HTTP_IP_6 : TGR_HTTP_IP_ANY;
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
                                   const char *proxy, enum tgr_http_ip ip,
                                   struct tgr_error *error) {
  const struct tgr_script_env *env = &it->script->env;
  if (proxy != NULL || ip != TGR_HTTP_IP_ANY) {
    struct tgr_http_options http;
    tgr_http_options_init(&http);
    http.proxy = proxy;
    http.ip = ip;
    if (tgr_http_new(env->mem, env->loop, &http, &it->own_http) != TGR_OK)
      return tgr_error_set(error, TGR_ENOMEM, "not enough memory for a client");
  }
  return tgr_api_init(&it->api, env->mem, env->loop,
                      it->own_http != NULL ? it->own_http : env->http, options,
                      error);
}

/* Whether the client would speak to another server than the host's. */
static bool is_elsewhere(lua_State *L, const struct tgr_script *script,
                         const char *api_root) {
  const char *own = script->env.api_root;
  return string_field(L, "proxy") != NULL ||
         (own == NULL) != (api_root == NULL) ||
         (own != NULL && strcmp(own, api_root) != 0);
}

/* The token has the wrong shape. One that the script has given is told with the
 * script's line; the host's own is in no line of it. */
static void refuse_token(lua_State *L, const struct tgr_api_options *options,
                         const struct tgr_error *error) {
  struct tgr_script *script = tgr_script_of(L);
  const char *own = script->env.token;
  if (own != NULL && strcmp(own, options->token) == 0)
    lua_pushliteral(L, "");
  else
    tgr_place_push_where(L);
  lua_pushstring(L, error->text);
  lua_concat(L, 2);
  tgr_client_note_auth(script, lua_tostring(L, -1));
  lua_pop(L, 1);
}

/* Rounded up, for 0 is the default; what is beyond 30,000 years is that. */
static uint64_t whole_ms(lua_Number seconds) {
  if (!(seconds > 0))
    return 0;
  return seconds >= TIMEOUT_MAX_S ? (uint64_t)TIMEOUT_MAX_S * 1000
                                  : (uint64_t)ceil(seconds * 1000);
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
      .timeout_ms = whole_ms(timeout_s)};
  if (is_elsewhere(L, script, options.api_root))
    tgr_sandbox_check(L, script, TGR_SANDBOX_PURE, "another server");
  struct tgr_client *it = lua_newuserdatauv(L, sizeof *it, 0);
  memset(it, 0, sizeof *it);
  it->script = script;
  it->object_fields_ref = LUA_NOREF;
  luaL_setmetatable(L, CLIENT_META);
  it->object_fields_ref = object_fields_set(L);
  struct tgr_error error;
  const enum tgr_status status =
      init_client(it, &options, string_field(L, "proxy"), ip_field(L), &error);
  it->ready = status == TGR_OK;
  if (status == TGR_EAUTH)
    refuse_token(L, &options, &error);
  if (status != TGR_OK)
    return tgr_place_raise(L, "%s", error.text);
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
  static const luaL_Reg methods[] = {{"call", tgr_method_call},
                                     {"download", tgr_file_download},
                                     {"chunks", tgr_stream_chunks},
                                     {"bot_id", client_bot_id},
                                     {NULL, NULL}};
  tgr_class_functions(L, script, functions);
  tgr_class_new(L, script, CLIENT_META, methods, client_gc);
  tgr_method_open(L, script);
  tgr_file_open(L, script);
  tgr_stream_open(L, script);
  luaL_newmetatable(L, TGR_INPUT_FILE_META);
  lua_setfield(L, -2, "input_file_meta");
}
