/* Storage for scripts. */
#include "journal/storage_script.h"

#include "journal/storage.h"
#include "script/class.h"
#include "script/sandbox.h"
#include "script/state.h"

#include <string.h>

#define STORAGE_META "tgrunner.Storage"
#define BOX_META "tgrunner.StorageBox"

enum { SLOT_STORAGE = 1, SLOT_KEY, SLOT_TEXT, SLOT_BOX };
enum { TEXT_MAX = 64 << 20 };

/* A fiber's operation. */
struct call {
  struct call **box; /* the userdata that frees it; NULL when it is gone */
  struct tgr_wait wait;
  const struct tgr_mem *mem;
  bool busy; /* with the storage */
  struct tgr_storage_op op;
  char key[];
};

static void call_free(struct call *call) {
  tgr_buf_deinit(&call->op.value);
  tgr_mem_free(call->mem, call);
}

/* Nobody waits for it any more: it frees itself when the storage is done. */
static void let_go(struct call *call) {
  *call->box = NULL;
  call->box = NULL;
  if (!call->busy)
    call_free(call);
}

static void on_done(struct tgr_storage_op *op) {
  struct call *call = TGR_CONTAINER_OF(op, struct call, op);
  call->busy = false;
  if (call->box == NULL)
    call_free(call);
  else
    tgr_wait_wake(&call->wait);
}

static void abort_call(struct tgr_wait *wait) {
  let_go(TGR_CONTAINER_OF(wait, struct call, wait));
}

/* Its successors must not overtake a write. */
static bool linger(struct tgr_wait *wait) {
  const struct call *call = TGR_CONTAINER_OF(wait, struct call, wait);
  return call->busy && call->op.verb != TGR_STORAGE_READ;
}

static int box_close(lua_State *L) {
  struct call **box = lua_touserdata(L, 1);
  if (*box != NULL)
    let_go(*box);
  return 0;
}

static struct call *call_new(lua_State *L, enum tgr_storage_verb verb) {
  size_t len = 0;
  const char *key = luaL_checklstring(L, SLOT_KEY, &len);
  const struct tgr_mem *mem = tgr_script_of(L)->env.mem;
  struct call **box = lua_newuserdatauv(L, sizeof(void *), 0);
  *box = NULL;
  luaL_setmetatable(L, BOX_META);
  struct call *call = tgr_mem_new0(mem, sizeof *call + len + 1);
  if (call == NULL) {
    luaL_error(L, "not enough memory for a storage");
    return NULL; /* not reached */
  }
  *box = call;
  call->box = box;
  call->mem = mem;
  call->wait.abort = abort_call;
  call->wait.linger = linger;
  memcpy(call->key, key, len);
  call->op.verb = verb;
  call->op.key = call->key;
  call->op.key_len = len;
  call->op.done = on_done;
  tgr_link_init(&call->op.link);
  tgr_buf_init(&call->op.value, mem, TEXT_MAX);
  return call;
}

static int done_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  (void)ctx;
  struct call *call = *(struct call **)lua_touserdata(L, SLOT_BOX);
  const struct tgr_storage_op *op = &call->op;
  if (op->status != TGR_OK) {
    lua_pushboolean(L, 0);
    lua_pushstring(L, op->error.text);
  } else if (op->verb != TGR_STORAGE_READ) {
    lua_pushboolean(L, 1);
  } else if (op->found) {
    lua_pushlstring(L, op->value.bytes, op->value.len);
  } else {
    lua_pushnil(L);
  }
  let_go(call);
  return lua_gettop(L) - SLOT_BOX;
}

static int start(lua_State *L, enum tgr_storage_verb verb) {
  struct tgr_storage **storage = luaL_checkudata(L, SLOT_STORAGE, STORAGE_META);
  lua_settop(L, SLOT_TEXT);
  size_t len = 0;
  const char *text =
      verb == TGR_STORAGE_WRITE ? luaL_checklstring(L, SLOT_TEXT, &len) : NULL;
  tgr_fiber_check_wait(L, "storage.sqlite");
  struct call *call = call_new(L, verb);
  if (len > 0 && tgr_buf_append(&call->op.value, text, len) != TGR_OK)
    return luaL_error(L, "a value of more than 64 MiB, or not enough memory");
  call->busy = true;
  tgr_storage_put(*storage, &call->op);
  return tgr_fiber_wait(L, &call->wait, 0, done_k);
}

static int storage_read(lua_State *L) {
  return start(L, TGR_STORAGE_READ);
}

static int storage_write(lua_State *L) {
  return start(L, TGR_STORAGE_WRITE);
}

static int storage_delete(lua_State *L) {
  return start(L, TGR_STORAGE_DELETE);
}

static int storage_gc(lua_State *L) {
  struct tgr_storage **storage = lua_touserdata(L, 1);
  tgr_storage_free(*storage);
  *storage = NULL;
  return 0;
}

static int storage_new(lua_State *L) {
  size_t len = 0;
  const char *path = luaL_checklstring(L, 1, &len);
  luaL_argcheck(L, strlen(path) == len, 1, "a path holds no zero byte");
  if (strcmp(path, ":memory:") != 0)
    tgr_sandbox_check(L, tgr_script_of(L), TGR_SANDBOX_NO_OS, "a database");
  struct tgr_storage **storage = lua_newuserdatauv(L, sizeof(void *), 0);
  *storage = NULL;
  luaL_setmetatable(L, STORAGE_META);
  if (tgr_storage_new(tgr_script_of(L)->env.loop, path, storage) != TGR_OK)
    return luaL_error(L, "not enough memory for a storage");
  return 1;
}

void tgr_storage_script_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {{"sqlite_storage", storage_new},
                                       {NULL, NULL}};
  static const luaL_Reg methods[] = {{"read", storage_read},
                                     {"write", storage_write},
                                     {"delete", storage_delete},
                                     {NULL, NULL}};
  static const luaL_Reg none[] = {{NULL, NULL}};
  tgr_class_functions(L, script, functions);
  tgr_class_new(L, script, STORAGE_META, methods, storage_gc);
  tgr_class_new(L, script, BOX_META, none, box_close);
}
