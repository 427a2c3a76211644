/* Small files, off the loop's thread. */
#include "script/disk.h"

#include "loop/work.h"
#include "net/disk.h"
#include "net/leftovers.h"
#include "script/class.h"
#include "script/sandbox.h"
#include "script/state.h"

#include <string.h>

#define BOX_META "tgrunner.DiskBox"

enum { SLOT_PATH = 1, SLOT_BYTES, SLOT_BOX };
enum { FILE_MAX = 64 << 20 };
enum { LEFTOVER_AGE_S = 600 }; /* writing one takes milliseconds */

/* One file's reading, replacement or removal. */
struct disk {
  struct disk **box; /* the userdata that frees it; NULL when it is gone */
  struct tgr_wait wait;
  struct tgr_work work;
  const struct tgr_mem *mem;
  bool busy;           /* with the other thread */
  struct tgr_buf text; /* read, or to be written */
  enum tgr_status status;
  struct tgr_error error;
  char path[];
};

static void disk_free(struct disk *it) {
  tgr_buf_deinit(&it->text);
  tgr_mem_free(it->mem, it);
}

/* Nobody waits for it any more: it frees itself when the disk is done. */
static void let_go(struct disk *it) {
  *it->box = NULL;
  it->box = NULL;
  if (!it->busy)
    disk_free(it);
}

static void on_done(struct tgr_work *work) {
  struct disk *it = TGR_CONTAINER_OF(work, struct disk, work);
  it->busy = false;
  if (it->box == NULL)
    disk_free(it);
  else
    tgr_wait_wake(&it->wait);
}

static void abort_disk(struct tgr_wait *wait) {
  let_go(TGR_CONTAINER_OF(wait, struct disk, wait));
}

/* What is being written is the newest: who comes next must not be first. */
static bool linger(struct tgr_wait *wait) {
  return TGR_CONTAINER_OF(wait, struct disk, wait)->busy;
}

static int box_close(lua_State *L) {
  struct disk **box = lua_touserdata(L, 1);
  if (*box != NULL)
    let_go(*box);
  return 0;
}

/* ---- on the other thread ------------------------------------------------ */

static void run_read(struct tgr_work *work) {
  struct disk *it = TGR_CONTAINER_OF(work, struct disk, work);
  it->status = tgr_disk_read(it->path, &it->text, &it->error);
}

static void run_replace(struct tgr_work *work) {
  struct disk *it = TGR_CONTAINER_OF(work, struct disk, work);
  const struct tgr_buf *text = &it->text;
  it->status =
      tgr_disk_replace(it->mem, it->path, text->bytes, text->len, &it->error);
}

static void run_remove(struct tgr_work *work) {
  struct disk *it = TGR_CONTAINER_OF(work, struct disk, work);
  it->status = tgr_disk_remove(it->path, &it->error);
}

static void run_sweep(struct tgr_work *work) {
  const struct disk *it = TGR_CONTAINER_OF(work, struct disk, work);
  (void)tgr_leftovers_remove(it->path, ".json", LEFTOVER_AGE_S);
}

/* ---- for Lua ------------------------------------------------------------ */

static struct disk *disk_new(lua_State *L, const char *path, size_t len) {
  const struct tgr_mem *mem = tgr_script_of(L)->env.mem;
  tgr_sandbox_check(L, tgr_script_of(L), TGR_SANDBOX_NO_OS, "a file");
  struct disk **box = lua_newuserdatauv(L, sizeof(void *), 0);
  *box = NULL;
  luaL_setmetatable(L, BOX_META);
  struct disk *it = tgr_mem_new0(mem, sizeof *it + len + 1);
  if (it == NULL) {
    luaL_error(L, "not enough memory for a file");
    return NULL; /* not reached */
  }
  *box = it;
  it->box = box;
  it->mem = mem;
  it->wait.abort = abort_disk;
  it->work.done = on_done;
  tgr_buf_init(&it->text, mem, FILE_MAX);
  memcpy(it->path, path, len + 1);
  return it;
}

static int done_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  struct disk *it = *(struct disk **)lua_touserdata(L, SLOT_BOX);
  const bool reads = ctx == 1;
  if (reads && it->status == TGR_ENOENT) {
    lua_pushnil(L);
  } else if (it->status != TGR_OK) {
    lua_pushboolean(L, 0);
    lua_pushstring(L, it->error.text);
  } else if (reads) {
    lua_pushlstring(L, it->text.bytes, it->text.len);
  } else {
    lua_pushboolean(L, 1);
  }
  let_go(it);
  return lua_gettop(L) - SLOT_BOX;
}

/* Checks the arguments and leaves path, bytes and box on the stack. */
static struct disk *check_call(lua_State *L) {
  size_t len = 0;
  const char *path = luaL_checklstring(L, SLOT_PATH, &len);
  luaL_argcheck(L, strlen(path) == len, SLOT_PATH, "a path holds no zero byte");
  lua_settop(L, SLOT_BYTES);
  tgr_fiber_check_wait(L, "storage.file");
  return disk_new(L, path, len);
}

static int start(lua_State *L, struct disk *it,
                 void (*run)(struct tgr_work *work)) {
  it->work.run = run;
  it->busy = true;
  tgr_work_start(tgr_script_of(L)->env.loop, &it->work);
  return tgr_fiber_wait(L, &it->wait, run == run_read, done_k);
}

static int disk_read(lua_State *L) {
  return start(L, check_call(L), run_read);
}

static int disk_replace(lua_State *L) {
  size_t len = 0;
  const char *bytes = luaL_checklstring(L, SLOT_BYTES, &len);
  struct disk *it = check_call(L);
  if (tgr_buf_append(&it->text, bytes, len) != TGR_OK)
    return luaL_error(L,
                      "cannot write %s: more than 64 MiB, or not enough "
                      "memory",
                      it->path);
  it->wait.linger = linger;
  return start(L, it, run_replace);
}

static int disk_remove(lua_State *L) {
  struct disk *it = check_call(L);
  it->wait.linger = linger;
  return start(L, it, run_remove);
}

/* disk_sweep(folder): removes what killed programs have left in it. Nobody
 * waits for that. */
static int disk_sweep(lua_State *L) {
  size_t len = 0;
  const char *path = luaL_checklstring(L, SLOT_PATH, &len);
  luaL_argcheck(L, strlen(path) == len, SLOT_PATH, "a path holds no zero byte");
  struct disk *it = disk_new(L, path, len);
  it->work.run = run_sweep;
  it->busy = true;
  tgr_work_start(tgr_script_of(L)->env.loop, &it->work);
  let_go(it);
  return 0;
}

void tgr_disk_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {{"disk_read", disk_read},
                                       {"disk_replace", disk_replace},
                                       {"disk_remove", disk_remove},
                                       {"disk_sweep", disk_sweep},
                                       {NULL, NULL}};
  static const luaL_Reg none[] = {{NULL, NULL}};
  tgr_class_functions(L, script, functions);
  tgr_class_new(L, script, BOX_META, none, box_close);
}
