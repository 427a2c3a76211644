/* The host in a foreign Lua state. */
#include "module/open.h"

#include "base/log.h"
#include "journal/storage_script.h"
#include "loop/loop.h"
#include "loop/shared.h"
#include "module/slot.h"
#include "net/http.h"
#include "script/modules.h"
#include "script/state.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>

#define BOX_META "tgrunner.Foreign"
#define SEAL_META "tgrunner.Seal"

enum { SHARED_MAX_BYTES = 64 << 20 };

/* What a host consists of. The box is made first, so its finaliser runs last,
 * when everything that refers to it is gone. */
struct box {
  struct tgr_log log;
  struct tgr_loop loop;
  bool has_loop;
  struct tgr_http *http;
  struct tgr_shared *shared;
  struct tgr_script *script;
  const void *seal; /* the newest one */
  bool ended;
  struct tgr_error end; /* of a fatal end */
};

static const char box_key;
static const char seal_key;

/* Lines go to io.stderr, the program's own. One that cannot be written has no
 * better place to go. */
static int write_line(lua_State *L) {
  lua_getglobal(L, "io");
  lua_getfield(L, -1, "stderr");
  lua_getfield(L, -1, "write");
  lua_insert(L, -2);
  lua_pushfstring(L, "%s: %s\n", lua_tostring(L, 1), lua_tostring(L, 2));
  lua_call(L, 2, 0);
  return 0;
}

static void on_log(void *user, enum tgr_log_level level, const char *text,
                   size_t len) {
  const struct box *box = user;
  lua_State *L = box->script != NULL ? box->script->L : NULL;
  if (L == NULL || !lua_checkstack(L, 4))
    return;
  lua_pushcfunction(L, write_line);
  lua_pushstring(L, tgr_log_level_name(level));
  lua_pushlstring(L, text, len);
  if (lua_pcall(L, 2, 0, 0) != LUA_OK)
    lua_pop(L, 1);
}

/* Nothing is left to do, or a runner failed for good. More may be begun later.
 */
static void on_end(void *user, const struct tgr_script_end *end) {
  struct box *box = user;
  struct tgr_script *script = box->script;
  box->ended = true;
  if (end->status != TGR_OK)
    tgr_error_set(&box->end, end->status, "%s",
                  end->text != NULL ? end->text : tgr_strerror(end->status));
  tgr_mem_free(&tgr_mem_libc, script->end_text);
  script->end_text = NULL;
  script->ended = false;
  tgr_loop_quit(&box->loop);
}

/* ---- the end of the state ----------------------------------------------- */

/* The newest seal is younger than all that lives when the program closes its
 * state, so it is finalised before that: it ends what runs. */
static int seal_gc(lua_State *L) {
  struct box **seal = lua_touserdata(L, 1);
  struct box *box = *seal;
  if (box->seal != seal || box->script == NULL)
    return 0;
  tgr_slot_close(L);
  tgr_script_close(box->script);
  return 0;
}

static void renew_seal(lua_State *L, struct box *box) {
  struct box **seal = lua_newuserdatauv(L, sizeof(struct box *), 0);
  *seal = box;
  box->seal = seal;
  luaL_setmetatable(L, SEAL_META);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &seal_key);
}

static int box_gc(lua_State *L) {
  struct box *box = lua_touserdata(L, 1);
  tgr_script_free(box->script);
  box->script = NULL;
  tgr_http_free(box->http);
  if (box->has_loop)
    tgr_loop_deinit(&box->loop);
  tgr_shared_free(box->shared);
  box->http = NULL;
  box->has_loop = false;
  box->shared = NULL;
  return 0;
}

/* ---- tg.loop, tg.step; upvalue 1 is the box ----------------------------- */

static struct box *check_idle_box(lua_State *L, const char *what) {
  struct box *box = lua_touserdata(L, lua_upvalueindex(1));
  if (box->script->fibers.current != NULL)
    luaL_error(L, "%s: a handler cannot run the loop that runs it", what);
  return box;
}

static bool is_alive(const struct box *box) {
  const struct tgr_script *script = box->script;
  return script->fibers.live_count > 0 || script->guests > 0 ||
         !tgr_list_empty(&script->runs);
}

/* Raises what a runner failed for good with. */
static void check_end(lua_State *L, struct box *box) {
  renew_seal(L, box);
  if (box->end.status == TGR_OK)
    return;
  box->end.status = TGR_OK;
  luaL_error(L, "%s", box->end.text);
}

/* loop(): until nothing is left to do. */
static int foreign_loop(lua_State *L) {
  struct box *box = check_idle_box(L, "tg.loop");
  box->ended = false;
  while (!box->ended && is_alive(box))
    tgr_loop_run(&box->loop);
  check_end(L, box);
  return 0;
}

/* step(budget_ms) -> whether work is left now, whether anything is left */
static int foreign_step(lua_State *L) {
  struct box *box = check_idle_box(L, "tg.step");
  const lua_Number budget_ms = luaL_optnumber(L, 1, 0);
  luaL_argcheck(L, budget_ms >= 0 && budget_ms <= 1e9, 1,
                "milliseconds, 0 or more");
  const bool left = tgr_loop_step(&box->loop, (uint64_t)(budget_ms * 1000));
  check_end(L, box);
  lua_pushboolean(L, left);
  lua_pushboolean(L, is_alive(box));
  return 2;
}

/* ---- opening ------------------------------------------------------------ */

/* Protected, on the script's own thread: (script). */
static int open_parts(lua_State *L) {
  struct tgr_script *script = lua_touserdata(L, 1);
  tgr_modules_preload(L);
  tgr_script_open_own(L, script);
  return 0;
}

static enum tgr_status make_parts(struct box *box, struct tgr_error *error) {
  enum tgr_status status = tgr_loop_init(&box->loop, &tgr_mem_libc);
  box->has_loop = status == TGR_OK;
  if (status == TGR_OK)
    status = tgr_shared_new(&tgr_mem_libc, SHARED_MAX_BYTES, &box->shared);
  if (status == TGR_OK)
    status = tgr_http_new(&tgr_mem_libc, &box->loop, NULL, &box->http);
  if (status != TGR_OK)
    return tgr_error_set(error, status, "%s for a host",
                         status == TGR_ELIMIT ? "no file descriptors are left"
                                              : "not enough memory");
  const struct tgr_script_env env = {.mem = &tgr_mem_libc,
                                     .log = &box->log,
                                     .loop = &box->loop,
                                     .http = box->http,
                                     .token = getenv("BOT_TOKEN"),
                                     .shared = box->shared,
                                     .open_more = tgr_storage_script_open};
  box->script = tgr_script_prepare(&env, error);
  return box->script != NULL ? TGR_OK : error->status;
}

/* Leaves the box on the top, kept by the registry. */
static struct box *make_box(lua_State *L) {
  struct box *box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = (struct box){.log = {.mem = &tgr_mem_libc,
                              .threshold = TGR_LOG_INFO,
                              .write = on_log,
                              .user = box}};
  if (luaL_newmetatable(L, SEAL_META)) {
    lua_pushcfunction(L, seal_gc);
    lua_setfield(L, -2, "__gc");
  }
  lua_pop(L, 1);
  if (luaL_newmetatable(L, BOX_META)) {
    lua_pushcfunction(L, box_gc);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &box_key);
  return box;
}

/* The script works on a thread of its own; the registry keeps it. */
static void open_script(lua_State *L, struct box *box) {
  struct tgr_error error = {.text = ""};
  if (make_parts(box, &error) != TGR_OK)
    luaL_error(L, "tgrunner: %s", error.text);
  struct tgr_script *script = box->script;
  script->foreign = true;
  script->on_end = on_end;
  script->user = box;
  lua_State *own = lua_newthread(L);
  luaL_ref(L, LUA_REGISTRYINDEX);
  tgr_slot_open(L, &script->fibers);
  if (tgr_script_open(script, own, open_parts, &error) != TGR_OK)
    luaL_error(L, "tgrunner: %s", error.text);
}

static void set_driver(lua_State *L, struct box *box, const char *name,
                       lua_CFunction function) {
  lua_pushlightuserdata(L, box);
  lua_pushcclosure(L, function, 1);
  lua_setfield(L, -2, name);
}

int luaopen_tgrunner(lua_State *L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &box_key) != LUA_TNIL)
    return luaL_error(L, "tgrunner is open in this state already");
  struct box *box = make_box(L);
  open_script(L, box);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  lua_getfield(L, -1, "tgrunner");
  lua_pushliteral(L, "tgrunner");
  lua_call(L, 1, 1);
  set_driver(L, box, "loop", foreign_loop);
  set_driver(L, box, "step", foreign_step);
  renew_seal(L, box);
  return 1;
}
