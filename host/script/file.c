/* A file of the Bot API server, brought to disk: over HTTP, or copied when the
 * server is on this machine and says where the file lies. */
#include "script/file.h"

#include "net/copy.h"
#include "net/download.h"
#include "script/class.h"
#include "script/client.h"
#include "script/place.h"
#include "script/reply.h"
#include "script/sandbox.h"
#include "script/state.h"
#include "telegram/filepath.h"

#define BOX_META "tgrunner.FileBox"

enum { SLOT_CLIENT = 1, SLOT_FILE_PATH, SLOT_PATH, SLOT_SIZE, SLOT_BOX };

struct file {
  struct file **box; /* the userdata that frees it */
  struct tgr_wait wait;
  struct tgr_client *client;
  struct tgr_filepath from;
  struct tgr_download download; /* one of these is at work */
  struct tgr_copy copy;
};

static void file_free(struct file *it) {
  const struct tgr_mem *mem = it->client->script->env.mem;
  *it->box = NULL;
  tgr_download_cancel(&it->download);
  tgr_copy_cancel(&it->copy);
  tgr_download_deinit(&it->download);
  tgr_filepath_deinit(&it->from);
  tgr_mem_free(mem, it);
}

static void on_downloaded(struct tgr_download *download) {
  tgr_wait_wake(&TGR_CONTAINER_OF(download, struct file, download)->wait);
}

static void on_copied(struct tgr_copy *copy) {
  tgr_wait_wake(&TGR_CONTAINER_OF(copy, struct file, copy)->wait);
}

static void abort_file(struct tgr_wait *wait) {
  file_free(TGR_CONTAINER_OF(wait, struct file, wait));
}

static int box_close(lua_State *L) {
  struct file **box = lua_touserdata(L, 1);
  if (*box != NULL)
    file_free(*box);
  return 0;
}

static struct file *new_file(lua_State *L, struct tgr_client *client) {
  struct file **box = lua_newuserdatauv(L, sizeof(void *), 0);
  *box = NULL;
  luaL_setmetatable(L, BOX_META);
  const struct tgr_mem *mem = client->script->env.mem;
  struct file *it = tgr_mem_new0(mem, sizeof *it);
  if (it == NULL) {
    tgr_place_raise(L, "not enough memory for a download");
    return NULL; /* not reached */
  }
  *box = it;
  it->box = box;
  it->client = client;
  it->wait.abort = abort_file;
  it->from.mem = mem;
  tgr_download_init(&it->download, on_downloaded);
  tgr_copy_init(&it->copy, on_copied);
  return it;
}

static bool is_success(const struct tgr_http_request *request) {
  return request->status == TGR_OK && request->http_status / 100 == 2;
}

static int done_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  (void)ctx;
  struct file *it = *(struct file **)lua_touserdata(L, SLOT_BOX);
  const struct tgr_download *download = &it->download;
  const bool copied = it->from.local != NULL;
  if (copied ? it->copy.error.status == TGR_OK
             : is_success(&download->request)) {
    lua_pushboolean(L, 1);
    file_free(it);
    return 1;
  }
  if (copied)
    tgr_reply_push_error(L, &it->copy.error);
  else
    tgr_reply_push_failure(L, &download->request, download->refusal.bytes,
                           download->refusal.len);
  file_free(it);
  return 2;
}

static void start(struct file *it, const char *path) {
  const struct tgr_api *api = &it->client->api;
  if (it->from.local != NULL) {
    tgr_copy_start(api->loop, &it->copy, it->from.local, path);
    return;
  }
  if (api->timeout_ms < it->download.request.stall_ms)
    it->download.request.stall_ms = api->timeout_ms;
  tgr_download_start(api->http, &it->download, it->from.url, path);
}

int tgr_file_download(lua_State *L) {
  struct tgr_client *client = tgr_client_check(L, SLOT_CLIENT);
  const char *file_path = luaL_checkstring(L, SLOT_FILE_PATH);
  const char *path = luaL_checkstring(L, SLOT_PATH);
  const lua_Integer size = luaL_optinteger(L, SLOT_SIZE, 0);
  lua_settop(L, SLOT_SIZE);
  tgr_fiber_check_wait(L, "file:download");
  tgr_sandbox_check(L, client->script, TGR_SANDBOX_NO_OS, "file:download");
  struct file *it = new_file(L, client);
  struct tgr_error error;
  if (tgr_filepath_init(&it->from, &client->api, file_path, &error) != TGR_OK) {
    file_free(it);
    tgr_reply_push_error(L, &error);
    return 2;
  }
  if (size > 0)
    it->download.request.expected = (uint64_t)size;
  start(it, path);
  return tgr_fiber_wait(L, &it->wait, 0, done_k);
}

void tgr_file_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg none[] = {{NULL, NULL}};
  tgr_class_new(L, script, BOX_META, none, box_close);
}
