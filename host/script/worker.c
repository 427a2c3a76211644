/* A script that is fed updates by another thread. */
#include "script/worker.h"

#include "engine/task.h"
#include "script/class.h"
#include "script/once.h"
#include "script/place.h"
#include "script/state.h"
#include "script/update.h"
#include "json/decode.h"

#include <stdio.h>
#include <string.h>

/* ---- how an errand ends ------------------------------------------------- */

/* Protected: drops the ctx that was kept for the error handler. */
static void forget_ctx(struct tgr_fiber *fiber) {
  lua_State *L = fiber->fibers->L;
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, fiber) != LUA_TNIL) {
    lua_pushnil(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, fiber);
  }
  lua_pop(L, 1);
}

static void finish(struct tgr_script_worker *worker, struct tgr_errand *errand,
                   enum tgr_errand_end end) {
  errand->end = end;
  worker->finished(worker, errand);
}

static void finish_fiber(struct tgr_fiber *fiber, enum tgr_errand_end end) {
  struct tgr_errand *errand = fiber->item;
  forget_ctx(fiber);
  tgr_list_remove(&errand->link);
  finish(fiber->owner, errand, end);
}

/* Message and traceback, at `index` and behind it on `co`, as one text. */
static char *join_texts(const struct tgr_mem *mem, lua_State *co, int index) {
  const char *message = lua_tostring(co, index);
  const char *frames = lua_tostring(co, index + 1);
  if (message == NULL)
    message = luaL_typename(co, index);
  if (frames == NULL)
    frames = "";
  const size_t message_size = strlen(message) + 1;
  const size_t frames_size = strlen(frames) + 1;
  char *text = tgr_mem_new(mem, message_size + frames_size);
  if (text != NULL) {
    memcpy(text, message, message_size);
    memcpy(text + message_size, frames, frames_size);
  }
  return text;
}

static void finish_failed(struct tgr_fiber *fiber, int index) {
  const struct tgr_script_worker *worker = fiber->owner;
  struct tgr_errand *errand = fiber->item;
  errand->text = join_texts(worker->script->env.mem, fiber->co, index);
  finish_fiber(fiber, TGR_ERRAND_FAILED);
}

/* ---- the memory limit --------------------------------------------------- */

/* A state is given up when an update fails for want of memory, and when its
 * limit was reached and it stays full, whoever has seen to the error: what else
 * runs in it would fail at its next allocation. */
static void end_out_of_memory(struct tgr_script *script) {
  char text[96];
  snprintf(text, sizeof text, "it exceeded its memory limit of %zu KiB",
           script->heap.limit / 1024);
  tgr_script_exit(script, &(struct tgr_script_end){.status = TGR_ENOMEM,
                                                   .exit_code = 1,
                                                   .text = text});
}

static void on_exhausted(struct tgr_heap *heap) {
  end_out_of_memory(TGR_CONTAINER_OF(heap, struct tgr_script, heap));
}

bool tgr_worker_is_out_of_memory(struct tgr_script_worker *worker) {
  if (!tgr_heap_exceeded(&worker->script->heap))
    return false;
  end_out_of_memory(worker->script);
  return true;
}

void tgr_worker_init(struct tgr_script_worker *worker,
                     struct tgr_script *script) {
  worker->script = script;
  script->heap.exhausted = on_exhausted;
  tgr_list_init(&worker->running);
  tgr_list_init(&worker->keeping);
}

void tgr_worker_deinit(struct tgr_script_worker *worker) {
  tgr_once_drop(worker);
}

struct tgr_share *tgr_worker_share(struct tgr_script_worker *worker,
                                   const struct tgr_task *task) {
  const struct tgr_list *running = &worker->running;
  for (struct tgr_link *link = running->head.next; link != &running->head;
       link = link->next) {
    const struct tgr_errand *errand =
        TGR_CONTAINER_OF(link, struct tgr_errand, link);
    if (errand->task == task)
      return errand->share;
  }
  return NULL;
}

/* ---- the fiber's functions ---------------------------------------------- */

static int run_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  return lua_gettop(L) - (int)ctx;
}

static int run_consume(lua_State *L) {
  struct tgr_fiber *fiber = tgr_fiber_of(L);
  const struct tgr_script_worker *worker = fiber->owner;
  struct tgr_errand *errand = fiber->item;
  unsigned stage = TGR_ERRAND_SENT;
  if (!atomic_compare_exchange_strong(&errand->stage, &stage, TGR_ERRAND_BEGUN))
    return 0; /* it was revoked: consume_ended sees that */
  lua_rawgeti(L, LUA_REGISTRYINDEX, worker->consume_ref);
  lua_rawgeti(L, LUA_REGISTRYINDEX, worker->prepare_ref);
  tgr_update_push(L, errand->task);
  lua_call(L, 1, 1);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, fiber);
  lua_callk(L, 1, 0, 0, run_k);
  return 0;
}

/* (error, traceback) -> true, or false, message, traceback */
static int run_failed(lua_State *L) {
  struct tgr_fiber *fiber = tgr_fiber_of(L);
  const struct tgr_script_worker *worker = fiber->owner;
  lua_rawgeti(L, LUA_REGISTRYINDEX, worker->failed_ref);
  lua_rawgetp(L, LUA_REGISTRYINDEX, fiber);
  lua_rotate(L, 1, 2);
  lua_callk(L, 3, 3, 0, run_k);
  return 3;
}

static void failed_ended(struct tgr_fiber *fiber, enum tgr_fiber_end how) {
  if (how == TGR_FIBER_CANCELED) {
    finish_fiber(fiber, TGR_ERRAND_CANCELED);
  } else if (how == TGR_FIBER_RAISED) {
    (void)tgr_worker_is_out_of_memory(fiber->owner);
    finish_failed(fiber, 1);
  } else if (lua_toboolean(fiber->co, 1)) {
    finish_fiber(fiber, TGR_ERRAND_DONE);
  } else {
    finish_failed(fiber, 2);
  }
}

static void consume_ended(struct tgr_fiber *fiber, enum tgr_fiber_end how) {
  if (how == TGR_FIBER_CANCELED) {
    finish_fiber(fiber, TGR_ERRAND_CANCELED);
  } else if (how == TGR_FIBER_RETURNED) {
    const struct tgr_errand *errand = fiber->item;
    finish_fiber(fiber, atomic_load(&errand->stage) == TGR_ERRAND_REVOKED
                            ? TGR_ERRAND_CANCELED
                            : TGR_ERRAND_DONE);
  } else if (tgr_worker_is_out_of_memory(fiber->owner)) {
    finish_failed(fiber, 1);
  } else {
    lua_pushcfunction(fiber->co, run_failed);
    lua_insert(fiber->co, 1);
    tgr_fiber_start(fiber, 2, failed_ended);
  }
}

/* ---- taking ------------------------------------------------------------- */

static void fail_at_once(struct tgr_script_worker *worker,
                         struct tgr_errand *errand) {
  static const char message[] = "not enough memory";
  (void)tgr_worker_is_out_of_memory(worker);
  errand->text = tgr_mem_dup(worker->script->env.mem, message, sizeof message);
  finish(worker, errand, TGR_ERRAND_FAILED);
}

void tgr_worker_take(struct tgr_script_worker *worker,
                     struct tgr_errand *errand) {
  struct tgr_fiber *fiber = tgr_fiber_new(&worker->script->fibers);
  if (fiber == NULL) {
    fail_at_once(worker, errand);
    return;
  }
  fiber->owner = worker;
  fiber->item = errand;
  fiber->cpu_budget_ms = errand->cpu_budget_ms;
  errand->fiber = fiber;
  tgr_list_append(&worker->running, &errand->link);
  lua_pushcfunction(fiber->co, run_consume);
  tgr_fiber_start(fiber, 0, consume_ended);
}

/* A cancel ends a fiber from the ready list: the list stays as it is. */
void tgr_worker_heed_cancels(struct tgr_script_worker *worker) {
  const struct tgr_list *running = &worker->running;
  for (struct tgr_link *link = running->head.next; link != &running->head;
       link = link->next) {
    struct tgr_errand *errand = TGR_CONTAINER_OF(link, struct tgr_errand, link);
    if (atomic_load(&errand->stage) == TGR_ERRAND_ASKED)
      tgr_fiber_cancel(errand->fiber);
  }
}

void tgr_worker_loaded(struct tgr_script_worker *worker) {
  if (worker->has_bot) {
    worker->ready(worker);
    return;
  }
  tgr_script_exit(worker->script,
                  &(struct tgr_script_end){
                      .status = TGR_ESCRIPT,
                      .exit_code = 1,
                      .text = "it has made no bot: a worker file calls "
                              "tg.BotWorker() once"});
}

/* ---- what Lua sees ------------------------------------------------------ */

static int worker_info(lua_State *L) {
  const struct tgr_script_worker *worker = tgr_script_of(L)->env.worker;
  if (worker == NULL) {
    lua_pushnil(L);
    return 1;
  }
  struct tgr_error error;
  lua_createtable(L, 0, 2);
  lua_pushinteger(L, worker->number);
  lua_setfield(L, -2, "number");
  if (tgr_json_decode(L, worker->settings, strlen(worker->settings), NULL,
                      &error) != TGR_OK)
    return tgr_place_raise(L, "cannot read the worker's settings: %s",
                           error.text);
  lua_setfield(L, -2, "settings");
  return 1;
}

/* worker_bot(prepare, consume, failed) -> true, or false when there is one. */
static int worker_bot(lua_State *L) {
  struct tgr_script_worker *worker = tgr_script_of(L)->env.worker;
  for (int i = 1; i <= 3; i++)
    luaL_checktype(L, i, LUA_TFUNCTION);
  lua_settop(L, 3);
  const bool is_first = worker != NULL && !worker->has_bot;
  if (is_first) {
    worker->failed_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    worker->consume_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    worker->prepare_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    worker->has_bot = true;
  }
  lua_pushboolean(L, is_first);
  return 1;
}

void tgr_worker_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {
      {"worker", worker_info}, {"worker_bot", worker_bot}, {NULL, NULL}};
  tgr_class_functions(L, script, functions);
}
