/* Requests to any HTTP server. */
#include "script/fetch.h"

#include "script/class.h"
#include "script/place.h"
#include "script/reply.h"
#include "script/sandbox.h"
#include "script/state.h"

#define BOX_META "tgrunner.FetchBox"

enum { SLOT_OPTIONS = 1, SLOT_BOX };

struct fetch {
  struct fetch **box; /* the userdata that frees it */
  struct tgr_wait wait;
  struct tgr_script *script;
  struct tgr_http_url *url;
  const char **headers; /* strings of the options */
  struct tgr_http_request request;
};

static void fetch_free(struct fetch *it) {
  const struct tgr_mem *mem = it->script->env.mem;
  *it->box = NULL;
  tgr_http_cancel(&it->request);
  tgr_http_request_deinit(&it->request);
  tgr_http_url_free(it->url);
  tgr_mem_free(mem, it->headers);
  tgr_mem_free(mem, it);
}

static void on_answer(struct tgr_http_request *request) {
  tgr_wait_wake(&TGR_CONTAINER_OF(request, struct fetch, request)->wait);
}

static void abort_fetch(struct tgr_wait *wait) {
  fetch_free(TGR_CONTAINER_OF(wait, struct fetch, wait));
}

static int box_close(lua_State *L) {
  struct fetch **box = lua_touserdata(L, 1);
  if (*box != NULL)
    fetch_free(*box);
  return 0;
}

static struct fetch *new_fetch(lua_State *L, struct tgr_script *script) {
  struct fetch **box = lua_newuserdatauv(L, sizeof(void *), 0);
  *box = NULL;
  luaL_setmetatable(L, BOX_META);
  struct fetch *it = tgr_mem_new0(script->env.mem, sizeof *it);
  if (it == NULL) {
    tgr_place_raise(L, "not enough memory for a request");
    return NULL; /* not reached */
  }
  *box = it;
  it->box = box;
  it->script = script;
  it->wait.abort = abort_fetch;
  tgr_http_request_init(&it->request);
  it->request.lane = TGR_HTTP_FETCH;
  it->request.keep_head = true;
  it->request.done = on_answer;
  return it;
}

static int answer_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  (void)ctx;
  struct fetch *it = *(struct fetch **)lua_touserdata(L, SLOT_BOX);
  const struct tgr_http_request *request = &it->request;
  if (request->status != TGR_OK) {
    tgr_reply_push_failure(L, request, NULL, 0);
    fetch_free(it);
    return 2;
  }
  lua_pushboolean(L, 1);
  lua_pushinteger(L, request->http_status);
  lua_pushlstring(L, request->head.bytes, request->head.len);
  lua_pushlstring(L, request->response.bytes, request->response.len);
  fetch_free(it);
  return 4;
}

/* ---- options ------------------------------------------------------------ */

/* A string of the options, which keep it; NULL for none. */
static const char *string_option(lua_State *L, const char *name, size_t *len) {
  lua_getfield(L, SLOT_OPTIONS, name);
  const char *text =
      lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, len) : NULL;
  lua_pop(L, 1);
  return text;
}

static lua_Integer integer_option(lua_State *L, const char *name) {
  lua_getfield(L, SLOT_OPTIONS, name);
  const lua_Integer value = luaL_checkinteger(L, -1);
  lua_pop(L, 1);
  return value > 0 ? value : 0;
}

static void set_headers(lua_State *L, struct fetch *it) {
  lua_getfield(L, SLOT_OPTIONS, "headers");
  const size_t count = lua_rawlen(L, -1);
  it->headers =
      tgr_mem_new(it->script->env.mem, sizeof *it->headers * (count + 1));
  if (it->headers == NULL) {
    tgr_place_raise(L, "not enough memory for a request");
    return; /* not reached */
  }
  for (size_t i = 0; i < count; i++) {
    lua_rawgeti(L, -1, (lua_Integer)i + 1);
    it->headers[i] = lua_tostring(L, -1);
    lua_pop(L, 1);
  }
  it->request.headers = it->headers;
  it->request.header_count = count;
  lua_pop(L, 1);
}

static void set_options(lua_State *L, struct fetch *it) {
  struct tgr_http_request *request = &it->request;
  size_t len = 0;
  const char *url = string_option(L, "url", &len);
  struct tgr_error error;
  if (tgr_http_url_new(it->script->env.mem, url != NULL ? url : "", &it->url,
                       &error) != TGR_OK)
    tgr_place_raise(L, "tg.fetch: %s", error.text);
  request->url = it->url;
  request->method = string_option(L, "method", &len);
  request->body = string_option(L, "body", &request->body_len);
  request->timeout_ms = (uint64_t)integer_option(L, "timeout_ms");
  request->max_response = (size_t)integer_option(L, "max_bytes");
  request->max_redirects = (unsigned)integer_option(L, "max_redirects");
  set_headers(L, it);
}

static int fetch_start(lua_State *L) {
  luaL_checktype(L, SLOT_OPTIONS, LUA_TTABLE);
  lua_settop(L, SLOT_OPTIONS);
  tgr_fiber_check_wait(L, "tg.fetch");
  struct tgr_script *script = tgr_script_of(L);
  tgr_sandbox_check(L, script, TGR_SANDBOX_PURE, "tg.fetch");
  struct fetch *it = new_fetch(L, script);
  set_options(L, it);
  tgr_http_start(script->env.http, &it->request);
  return tgr_fiber_wait(L, &it->wait, 0, answer_k);
}

void tgr_fetch_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {{"fetch", fetch_start}, {NULL, NULL}};
  static const luaL_Reg none[] = {{NULL, NULL}};
  tgr_class_functions(L, script, functions);
  tgr_class_new(L, script, BOX_META, none, box_close);
}
