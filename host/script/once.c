/* Results that a kept update carries across its runs. */
#include "script/once.h"

#include "engine/task.h"
#include "script/class.h"
#include "script/fiber.h"
#include "script/state.h"
#include "script/update.h"
#include "json/decode.h"
#include "json/encode.h"

struct call {
  struct tgr_keeper_call kept;
  struct tgr_wait wait;
  const struct tgr_mem *mem;
  struct tgr_keeper *keeper;
};

static void on_done(struct tgr_keeper_call *kept) {
  tgr_wait_wake(&TGR_CONTAINER_OF(kept, struct call, kept)->wait);
}

static void on_abort(struct tgr_wait *wait) {
  struct call *call = TGR_CONTAINER_OF(wait, struct call, wait);
  if (call->kept.waiter != NULL)
    call->keeper->once_forget(&call->kept);
  tgr_mem_free(call->mem, call);
}

/* The task of the update at index 1, if it is kept by this state's journal; a
 * worker's is its main script's. */
static struct tgr_task *kept_task(lua_State *L) {
  struct tgr_task *task = tgr_update_at(L, 1);
  luaL_argcheck(L, task != NULL, 1, "a raw update is expected");
  if (tgr_script_of(L)->env.worker != NULL)
    luaL_error(L, "ctx:once works in the main script only: call it before "
                  "tg.distribute");
  return task->keeper == NULL ? NULL : task;
}

int tgr_once_get(lua_State *L) {
  const struct tgr_task *task = kept_task(L);
  size_t name_len = 0;
  size_t len = 0;
  const char *name = luaL_checklstring(L, 2, &name_len);
  if (task == NULL)
    return 0;
  const char *value =
      task->keeper->once_get(task->keeper, task, name, name_len, &len);
  if (value == NULL)
    return 0;
  struct tgr_error error;
  lua_pushboolean(L, 1);
  if (tgr_json_decode(L, value, len, NULL, &error) != TGR_OK)
    return luaL_error(L, "cannot read what was kept as '%s': %s", name,
                      error.text);
  return 2;
}

static int put_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  struct call *call = (struct call *)ctx;
  tgr_mem_free(call->mem, call);
  lua_pushboolean(L, 1);
  return 1;
}

int tgr_once_put(lua_State *L) {
  struct tgr_script *script = tgr_script_of(L);
  struct tgr_task *task = kept_task(L);
  size_t name_len = 0;
  const char *name = luaL_checklstring(L, 2, &name_len);
  luaL_checkany(L, 3);
  if (task == NULL) {
    lua_pushboolean(L, 0);
    return 1;
  }
  tgr_fiber_check_wait(L, "ctx:once");
  struct tgr_error error;
  struct tgr_buf *json = &script->scratch;
  tgr_buf_clear(json);
  if (tgr_json_encode(L, 3, NULL, json, &error) != TGR_OK)
    return luaL_error(L, "the result cannot be kept: %s", error.text);
  struct call *call = tgr_mem_new0(script->env.mem, sizeof *call);
  if (call == NULL)
    return luaL_error(L, "not enough memory to keep a result");
  call->kept.done = on_done;
  call->wait.abort = on_abort;
  call->mem = script->env.mem;
  call->keeper = task->keeper;
  if (task->keeper->once_put(task->keeper, task, name, name_len, json->bytes,
                             json->len, &call->kept) != TGR_OK) {
    tgr_mem_free(script->env.mem, call);
    return luaL_error(L, "not enough memory to keep a result");
  }
  return tgr_fiber_wait(L, &call->wait, (lua_KContext)call, put_k);
}

static int once_delivered(lua_State *L) {
  const struct tgr_fiber *fiber = tgr_fiber_of(L);
  if (fiber == NULL || fiber->owner == NULL || fiber->origin != fiber->owner ||
      !fiber->part_of_it)
    return 0;
  struct tgr_task *task = fiber->item;
  if (task->keeper == NULL)
    return 0;
  tgr_update_push(L, task);
  return 1;
}

void tgr_once_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {{"delivered", once_delivered},
                                       {NULL, NULL}};
  tgr_class_functions(L, script, functions);
}
