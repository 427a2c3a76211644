/* A file of the Bot API server, piece by piece: over HTTP, or read from disk
 * when the server is on this machine and says where the file lies.
 *
 * It is not in the lane of uploads: a file that is sent on while it comes needs
 * a place in both, and all places taken by files that wait for an upload would
 * be a deadlock. */
#include "script/stream.h"

#include "net/reader.h"
#include "script/class.h"
#include "script/client.h"
#include "script/place.h"
#include "script/reply.h"
#include "script/sandbox.h"
#include "script/state.h"
#include "telegram/filepath.h"

#include <stdio.h>
#include <string.h>

#define STREAM_META "tgrunner.Stream"

enum {
  AHEAD_MAX = 256 * 1024,
  REFUSAL_MAX = 16 * 1024,
  PIECE = 64 * 1024,
  STALL_MS = 60000
};

struct stream {
  struct tgr_client *client; /* the user value keeps it */
  struct tgr_wait wait;
  struct tgr_filepath from;
  struct tgr_http_request request; /* either this */
  struct tgr_reader *reader;       /* or this */
  struct tgr_buf ahead;            /* received, and not taken */
  bool received;                   /* all of it, or it failed */
  bool closed;
};

static bool is_refused(const struct stream *it) {
  return it->request.http_status / 100 != 2;
}

static void on_body(struct tgr_http_request *request, const char *bytes,
                    size_t len) {
  struct stream *it = TGR_CONTAINER_OF(request, struct stream, request);
  if (is_refused(it) && it->ahead.len + len > REFUSAL_MAX)
    return; /* the first bytes are enough for an error */
  if (tgr_buf_append(&it->ahead, bytes, len) != TGR_OK) {
    tgr_http_cancel(request);
    request->status = TGR_ENOMEM;
    snprintf(request->error, sizeof request->error,
             "not enough memory for a file");
    it->received = true;
  } else if (it->ahead.len >= AHEAD_MAX) {
    tgr_http_pause(request);
  }
  tgr_wait_wake(&it->wait);
}

static void on_done(struct tgr_http_request *request) {
  struct stream *it = TGR_CONTAINER_OF(request, struct stream, request);
  it->received = true;
  tgr_wait_wake(&it->wait);
}

static void on_changed(void *user) {
  tgr_wait_wake(&((struct stream *)user)->wait);
}

/* Its fiber was cancelled; the transfer ends with the Stream. */
static void abort_next(struct tgr_wait *wait) {
  (void)wait;
}

static void stream_end(struct stream *it) {
  if (it->closed)
    return;
  it->closed = true;
  tgr_http_cancel(&it->request);
  tgr_http_request_deinit(&it->request);
  tgr_reader_free(it->reader);
  tgr_buf_deinit(&it->ahead);
  tgr_filepath_deinit(&it->from);
}

static int stream_close(lua_State *L) {
  stream_end(lua_touserdata(L, 1));
  return 0;
}

/* ---- next --------------------------------------------------------------- */

/* Pushes what next returns; 0 when there is nothing yet. */
static int take_received(lua_State *L, struct stream *it) {
  if (it->ahead.len > 0 && !is_refused(it)) {
    lua_pushlstring(L, it->ahead.bytes, it->ahead.len);
    tgr_buf_clear(&it->ahead);
    tgr_http_resume(&it->request);
    return 1;
  }
  if (!it->received) {
    tgr_http_resume(&it->request);
    return 0;
  }
  if (it->request.status != TGR_OK || is_refused(it)) {
    tgr_reply_push_failure(L, &it->request, it->ahead.bytes, it->ahead.len);
    return 2;
  }
  lua_pushnil(L);
  return 1;
}

static int take_read(lua_State *L, struct stream *it) {
  size_t got = 0;
  if (tgr_reader_state(it->reader) == TGR_READER_OPEN) {
    luaL_Buffer out;
    char *piece = luaL_buffinitsize(L, &out, PIECE);
    if (tgr_reader_read(it->reader, piece, PIECE, &got)) {
      luaL_pushresultsize(&out, got);
      if (got == 0)
        lua_pushnil(L); /* the end */
      return 1;
    }
    luaL_pushresultsize(&out, 0);
    lua_pop(L, 1);
  }
  if (tgr_reader_state(it->reader) != TGR_READER_FAILED)
    return 0;
  struct tgr_error error = *tgr_reader_error(it->reader);
  error.text[tgr_log_redact(error.text, strlen(error.text))] = '\0';
  tgr_reply_push_error(L, &error);
  return 2;
}

static int next_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  (void)ctx;
  struct stream *it = lua_touserdata(L, 1);
  if (it->closed)
    return tgr_place_raise(L, "file:chunks: the file was closed");
  const int count =
      it->reader != NULL ? take_read(L, it) : take_received(L, it);
  return count > 0 ? count : tgr_fiber_wait(L, &it->wait, 0, next_k);
}

static int stream_next(lua_State *L) {
  struct stream *it = luaL_checkudata(L, 1, STREAM_META);
  lua_settop(L, 1);
  tgr_fiber_check_wait(L, "file:chunks");
  if (it->wait.fiber != NULL)
    return tgr_place_raise(L,
                           "file:chunks: another coroutine waits for the next "
                           "piece already");
  return next_k(L, LUA_OK, 0);
}

/* ---- making one --------------------------------------------------------- */

static struct stream *push_new(lua_State *L, struct tgr_client *client) {
  const struct tgr_mem *mem = client->script->env.mem;
  struct stream *it = lua_newuserdatauv(L, sizeof *it, 1);
  *it = (struct stream){.client = client, .wait.abort = abort_next};
  it->from.mem = mem;
  tgr_buf_init(&it->ahead, mem, SIZE_MAX);
  tgr_http_request_init(&it->request);
  luaL_setmetatable(L, STREAM_META);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  return it;
}

static void start_request(struct stream *it) {
  const struct tgr_api *api = &it->client->api;
  struct tgr_http_request *request = &it->request;
  request->url = it->from.url;
  request->lane = TGR_HTTP_FETCH;
  request->on_body = on_body;
  request->done = on_done;
  request->max_redirects = 5;
  request->max_response = SIZE_MAX;
  request->stall_ms =
      api->timeout_ms < STALL_MS ? api->timeout_ms : (uint64_t)STALL_MS;
  tgr_http_start(api->http, request);
}

int tgr_stream_chunks(lua_State *L) {
  struct tgr_client *client = tgr_client_check(L, 1);
  const char *file_path = luaL_checkstring(L, 2);
  const lua_Integer size = luaL_optinteger(L, 3, 0);
  if (*file_path == '/') /* of a Bot API server on this machine */
    tgr_sandbox_check(L, client->script, TGR_SANDBOX_NO_OS, "a file");
  struct stream *it = push_new(L, client);
  struct tgr_error error;
  if (size > 0)
    it->request.expected = (uint64_t)size;
  enum tgr_status status =
      tgr_filepath_init(&it->from, &client->api, file_path, &error);
  if (status == TGR_OK && it->from.local == NULL)
    start_request(it);
  else if (status == TGR_OK &&
           tgr_reader_new(client->api.loop, it->from.local, on_changed, it,
                          &it->reader) != TGR_OK)
    status = tgr_error_set(&error, TGR_ENOMEM, "not enough memory for a file");
  if (status == TGR_OK)
    return 1;
  tgr_reply_push_error(L, &error);
  lua_pushnil(L);
  lua_replace(L, -3);
  return 2;
}

void tgr_stream_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg methods[] = {{"next", stream_next}, {NULL, NULL}};
  tgr_class_new(L, script, STREAM_META, methods, stream_close);
  luaL_getmetatable(L, STREAM_META);
  lua_pushcfunction(L, stream_close);
  lua_setfield(L, -2, "__close");
  lua_pop(L, 1);
}
