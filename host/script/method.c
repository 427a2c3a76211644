/* One call of a Bot API method. */
#include "script/method.h"

#include "script/class.h"
#include "script/client.h"
#include "script/payload.h"
#include "script/place.h"
#include "script/reply.h"
#include "script/state.h"

#define BOX_META "tgrunner.CallBox"

enum {
  SLOT_CLIENT = 1,
  SLOT_METHOD,
  SLOT_PARAMS,
  SLOT_BOX,     /* the userdata that frees the call */
  SLOT_ANCHORS, /* keeps strings and iterators of files */
  SLOT_PIECE    /* what an iterator gave last */
};

struct method_call {
  struct method_call **box;
  struct tgr_wait wait;
  struct tgr_call call;
  struct tgr_client *client;
  struct tgr_payload payload;
  bool answered;
};

static void call_free(struct method_call *it) {
  const struct tgr_mem *mem = it->client->script->env.mem;
  *it->box = NULL;
  tgr_call_cancel(&it->call);
  tgr_call_deinit(&it->call);
  tgr_payload_deinit(&it->payload);
  tgr_mem_free(mem, it);
}

static void on_answer(struct tgr_call *call) {
  struct method_call *it = TGR_CONTAINER_OF(call, struct method_call, call);
  it->answered = true;
  tgr_wait_wake(&it->wait);
}

static void on_want(struct tgr_payload *payload) {
  tgr_wait_wake(&TGR_CONTAINER_OF(payload, struct method_call, payload)->wait);
}

static void abort_call(struct tgr_wait *wait) {
  call_free(TGR_CONTAINER_OF(wait, struct method_call, wait));
}

/* Ends the call when an error (of an iterator, of memory) or a cancel leaves
 * the function that holds the box. */
static int box_close(lua_State *L) {
  struct method_call **box = lua_touserdata(L, 1);
  if (*box != NULL)
    call_free(*box);
  return 0;
}

static struct method_call *call_of(lua_State *L) {
  return *(struct method_call **)lua_touserdata(L, SLOT_BOX);
}

static int answer(lua_State *L, struct method_call *it) {
  tgr_reply_push(L, lua_tostring(L, SLOT_METHOD), &it->call.http);
  if (it->payload.fed && !lua_toboolean(L, -2)) {
    lua_pushboolean(L, 1);
    lua_setfield(L, -2, "consumed");
  }
  if (it->payload.feeds == NULL) { /* nothing is left to finalise */
    lua_pushnil(L);
    lua_setmetatable(L, SLOT_BOX);
  }
  call_free(it);
  return 2;
}

/* ---- iterators ---------------------------------------------------------- */

static int step_k(lua_State *L, int status, lua_KContext ctx);
static int piece_k(lua_State *L, int status, lua_KContext ctx);

/* Hands on what the iterator has returned (the top). False for an empty string:
 * it is to be asked again. */
static bool take_piece(lua_State *L, struct method_call *it) {
  size_t len = 0;
  const char *piece = NULL;
  if (lua_type(L, -1) == LUA_TSTRING)
    piece = lua_tolstring(L, -1, &len);
  else if (!lua_isnil(L, -1))
    tgr_place_raise(
        L,
        "%s: the iterator of an InputFile must return a string, or nil "
        "at the end (got a %s)",
        lua_tostring(L, SLOT_METHOD), luaL_typename(L, -1));
  if (piece != NULL && len == 0) {
    lua_pop(L, 1);
    return false;
  }
  lua_replace(L, SLOT_PIECE);
  tgr_payload_feed(&it->payload, piece, len);
  return true;
}

static int go_on(lua_State *L, struct method_call *it) {
  return it->answered ? answer(L, it) : tgr_fiber_wait(L, &it->wait, 0, step_k);
}

static int feed(lua_State *L, struct method_call *it) {
  do {
    tgr_payload_push_iterator(&it->payload, L, SLOT_ANCHORS);
    lua_callk(L, 0, 1, 0, piece_k);
  } while (!take_piece(L, it));
  return go_on(L, it);
}

static int piece_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  (void)ctx;
  struct method_call *it = call_of(L);
  return take_piece(L, it) ? go_on(L, it) : feed(L, it);
}

/* The fiber was woken: by the answer, or because a piece is due. */
static int step_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  (void)ctx;
  struct method_call *it = call_of(L);
  return it->answered ? answer(L, it) : feed(L, it);
}

/* ---- the call ----------------------------------------------------------- */

static struct method_call *new_call(lua_State *L, struct tgr_client *client) {
  struct method_call **box = lua_newuserdatauv(L, sizeof(void *), 0);
  *box = NULL;
  luaL_setmetatable(L, BOX_META);
  struct method_call *it = tgr_mem_new0(client->script->env.mem, sizeof *it);
  if (it == NULL) {
    tgr_place_raise(L, "not enough memory for an API call");
    return NULL; /* not reached */
  }
  *box = it;
  it->box = box;
  it->client = client;
  it->wait.abort = abort_call;
  tgr_call_init(&it->call, &client->api, on_answer);
  tgr_payload_init(&it->payload, client->script->env.mem,
                   client->object_fields_ref);
  it->payload.want = on_want;
  it->payload.no_paths = client->script->env.sandbox != TGR_SANDBOX_FULL;
  return it;
}

static void start(struct method_call *it, const char *method) {
  const struct tgr_payload *payload = &it->payload;
  if (payload->parts != NULL)
    tgr_call_start_parts(&it->call, method, payload->parts,
                         payload->part_count);
  else
    tgr_call_start(&it->call, TGR_HTTP_CALL, method, payload->json.bytes,
                   payload->json.len, 0);
}

int tgr_method_call(lua_State *L) {
  struct tgr_client *client = tgr_client_self(L);
  const char *method = luaL_checkstring(L, SLOT_METHOD);
  if (!lua_isnoneornil(L, SLOT_PARAMS))
    luaL_checktype(L, SLOT_PARAMS, LUA_TTABLE);
  lua_settop(L, SLOT_PARAMS);
  tgr_fiber_check_wait(L, method);
  struct method_call *it = new_call(L, client);
  lua_pushnil(L); /* most calls have no files to anchor */
  lua_pushnil(L);
  struct tgr_error error;
  if (tgr_payload_encode(&it->payload, L, SLOT_PARAMS, SLOT_ANCHORS, &error) !=
      TGR_OK)
    return tgr_place_raise(L, "%s: %s", method, error.text);
  if (it->payload.feeds != NULL)
    lua_toclose(L, SLOT_BOX);
  start(it, method);
  return tgr_fiber_wait(L, &it->wait, 0, step_k);
}

void tgr_method_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg none[] = {{NULL, NULL}};
  tgr_class_new(L, script, BOX_META, none, box_close);
  luaL_getmetatable(L, BOX_META);
  lua_pushcfunction(L, box_close);
  lua_setfield(L, -2, "__close");
  lua_pop(L, 1);
}
