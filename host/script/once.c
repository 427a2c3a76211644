/* Results that a kept update carries across its runs. */
#include "script/once.h"

#include "engine/task.h"
#include "script/class.h"
#include "script/fiber.h"
#include "script/state.h"
#include "script/update.h"
#include "script/values.h"
#include "script/worker.h"
#include "json/decode.h"
#include "json/encode.h"

struct call {
  struct tgr_keeper_call kept;
  struct tgr_wait wait;
  const struct tgr_mem *mem;
  struct tgr_keeper *keeper;
};

static int raise_no_memory(lua_State *L) {
  return luaL_error(L, "not enough memory to keep a result");
}

static void on_done(struct tgr_keeper_call *kept) {
  tgr_wait_wake(&TGR_CONTAINER_OF(kept, struct call, kept)->wait);
}

static void on_abort(struct tgr_wait *wait) {
  struct call *call = TGR_CONTAINER_OF(wait, struct call, wait);
  if (call->kept.waiter != NULL)
    call->keeper->once_forget(&call->kept);
  tgr_mem_free(call->mem, call);
}

static int put_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  struct call *call = (struct call *)ctx;
  tgr_mem_free(call->mem, call);
  lua_pushboolean(L, 1);
  return 1;
}

static int put(lua_State *L, struct tgr_task *task, const char *name,
               size_t name_len, const struct tgr_buf *json) {
  const struct tgr_mem *mem = json->mem;
  struct call *call = tgr_mem_new0(mem, sizeof *call);
  if (call == NULL)
    return raise_no_memory(L);
  call->kept.done = on_done;
  call->wait.abort = on_abort;
  call->mem = mem;
  call->keeper = task->keeper;
  if (task->keeper->once_put(task->keeper, task, name, name_len, json->bytes,
                             json->len, &call->kept) != TGR_OK) {
    tgr_mem_free(mem, call);
    return raise_no_memory(L);
  }
  return tgr_fiber_wait(L, &call->wait, (lua_KContext)call, put_k);
}

/* ---- in a worker -------------------------------------------------------- */

struct worker_call {
  struct tgr_share_call kept;
  struct tgr_wait wait;
  struct tgr_link link; /* in worker->keeping */
  const struct tgr_mem *mem;
  struct tgr_share *share; /* one hold */
  bool told;               /* its mail was opened */
  bool orphaned;           /* its fiber is gone */
};

static void worker_call_free(struct worker_call *call) {
  tgr_list_remove(&call->link);
  call->share->release(call->share);
  tgr_mem_free(call->mem, call);
}

static void on_told(struct tgr_mail *mail) {
  struct worker_call *call =
      TGR_CONTAINER_OF(mail, struct worker_call, kept.mail);
  call->told = true;
  if (call->orphaned)
    worker_call_free(call);
  else
    tgr_wait_wake(&call->wait);
}

/* Its mail may be open already, and the fiber not yet run. */
static void on_worker_abort(struct tgr_wait *wait) {
  struct worker_call *call = TGR_CONTAINER_OF(wait, struct worker_call, wait);
  if (call->told || call->share->forget(call->share, &call->kept))
    worker_call_free(call);
  else
    call->orphaned = true;
}

static int worker_put_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  struct worker_call *call = (struct worker_call *)ctx;
  const bool is_safe = call->kept.is_safe;
  worker_call_free(call);
  if (!is_safe)
    return luaL_error(L, "the result is not kept: the journal is closed");
  lua_pushboolean(L, 1);
  return 1;
}

static int worker_put(lua_State *L, struct tgr_share *share, const char *name,
                      size_t name_len, const struct tgr_buf *json) {
  struct tgr_script *script = tgr_script_of(L);
  struct worker_call *call = tgr_mem_new0(json->mem, sizeof *call);
  if (call == NULL)
    return raise_no_memory(L);
  call->kept.mail.open = on_told;
  call->kept.inbox = &script->env.loop->inbox;
  call->wait.abort = on_worker_abort;
  call->mem = json->mem;
  call->share = share;
  share->hold(share);
  tgr_link_init(&call->link);
  tgr_list_append(&script->env.worker->keeping, &call->link);
  const enum tgr_status status = share->once_put(
      share, name, name_len, json->bytes, json->len, &call->kept);
  if (status == TGR_OK)
    return tgr_fiber_wait(L, &call->wait, (lua_KContext)call, worker_put_k);
  worker_call_free(call);
  if (status == TGR_ENOMEM)
    return raise_no_memory(L);
  lua_pushboolean(L, 0); /* the update has ended meanwhile */
  return 1;
}

void tgr_once_drop(struct tgr_script_worker *worker) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_first(&worker->keeping)) != NULL)
    worker_call_free(TGR_CONTAINER_OF(link, struct worker_call, link));
}

/* ---- what Lua sees ------------------------------------------------------ */

static struct tgr_task *check_task(lua_State *L) {
  struct tgr_task *task = tgr_update_at(L, 1);
  luaL_argcheck(L, task != NULL, 1, "a raw update is expected");
  return task;
}

/* What a worker has of an update that is kept; NULL also in a main script. */
static struct tgr_share *share_of(lua_State *L, const struct tgr_task *task) {
  struct tgr_script_worker *worker = tgr_script_of(L)->env.worker;
  return worker == NULL ? NULL : tgr_worker_share(worker, task);
}

/* A worker's task is its main script's: its keeper is not to be looked at. */
static struct tgr_keeper *keeper_of(lua_State *L, const struct tgr_task *task) {
  return tgr_script_of(L)->env.worker == NULL ? task->keeper : NULL;
}

static int push_value(lua_State *L, const char *name, const char *value,
                      size_t len) {
  struct tgr_error error;
  lua_pushboolean(L, 1);
  if (tgr_json_decode(L, value, len, NULL, &error) != TGR_OK)
    return luaL_error(L, "cannot read what was kept as '%s': %s", name,
                      error.text);
  return 2;
}

static int get_shared(lua_State *L, struct tgr_share *share, const char *name,
                      size_t name_len) {
  struct tgr_buf *value = &tgr_script_of(L)->scratch;
  bool found = false;
  tgr_buf_clear(value);
  if (share->once_get(share, name, name_len, value, &found) != TGR_OK)
    return raise_no_memory(L);
  return found ? push_value(L, name, value->bytes, value->len) : 0;
}

int tgr_once_get(lua_State *L) {
  const struct tgr_task *task = check_task(L);
  size_t name_len = 0;
  size_t len = 0;
  const char *name = luaL_checklstring(L, 2, &name_len);
  struct tgr_share *share = share_of(L, task);
  if (share != NULL)
    return get_shared(L, share, name, name_len);
  struct tgr_keeper *keeper = keeper_of(L, task);
  if (keeper == NULL)
    return 0;
  const char *value = keeper->once_get(keeper, task, name, name_len, &len);
  return value == NULL ? 0 : push_value(L, name, value, len);
}

int tgr_once_put(lua_State *L) {
  struct tgr_task *task = check_task(L);
  size_t name_len = 0;
  const char *name = luaL_checklstring(L, 2, &name_len);
  luaL_checkany(L, 3);
  struct tgr_share *share = share_of(L, task);
  if (share == NULL && keeper_of(L, task) == NULL) {
    lua_pushboolean(L, 0);
    return 1;
  }
  tgr_fiber_check_wait(L, "ctx:once");
  struct tgr_error error;
  struct tgr_buf *json = &tgr_script_of(L)->scratch;
  tgr_buf_clear(json);
  if (tgr_json_encode(L, 3, &tgr_values_encoding, json, &error) != TGR_OK)
    return luaL_error(L, "the result cannot be kept: %s", error.text);
  return share != NULL ? worker_put(L, share, name, name_len, json)
                       : put(L, task, name, name_len, json);
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
