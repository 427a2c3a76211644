/* A script that is fed updates by another thread. */
#include "script/worker.h"

#include "engine/task.h"
#include "script/class.h"
#include "script/describe.h"
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

/* The errand was begun: the ticket's stage says so. */
static void finish(struct tgr_script_worker *worker, struct tgr_ticket *ticket,
                   enum tgr_errand_end end) {
  ticket->errand->end = end;
  worker->finished(worker, ticket);
}

static struct tgr_ticket *leave_running(struct tgr_fiber *fiber) {
  struct tgr_ticket *ticket = fiber->item;
  forget_ctx(fiber);
  tgr_list_remove(&ticket->link);
  return ticket;
}

static void finish_fiber(struct tgr_fiber *fiber, enum tgr_errand_end end) {
  finish(fiber->owner, leave_running(fiber), end);
}

/* The errand may be anybody's by now. */
static void finish_revoked(struct tgr_fiber *fiber) {
  struct tgr_script_worker *worker = fiber->owner;
  worker->finished(worker, leave_running(fiber));
}

/* Counts a ticket, once. */
static void meet(struct tgr_script_worker *worker, struct tgr_ticket *ticket) {
  if (ticket->is_met)
    return;
  ticket->is_met = true;
  const uint64_t begun = /* nobody else writes it */
      atomic_load_explicit(&worker->begun, memory_order_relaxed);
  atomic_store_explicit(&worker->begun, begun + 1, memory_order_relaxed);
}

/* True when the errand is the worker's from here on. */
static bool claim(struct tgr_script_worker *worker, struct tgr_ticket *ticket) {
  unsigned stage = TGR_TICKET_SENT;
  meet(worker, ticket);
  return atomic_compare_exchange_strong(&ticket->stage, &stage,
                                        TGR_TICKET_BEGUN);
}

/* A fiber may end before it comes to claim: it was out of memory at once. */
static bool owns(struct tgr_script_worker *worker, struct tgr_ticket *ticket) {
  const unsigned stage = atomic_load(&ticket->stage);
  meet(worker, ticket);
  return stage == TGR_TICKET_SENT ? claim(worker, ticket)
                                  : stage != TGR_TICKET_REVOKED;
}

/* A message, a NUL, and what is told of it: its traceback, and the text of the
 * error that was being handled, if there is one. NULL without memory. */
static char *error_text(const struct tgr_mem *mem, const char *message,
                        const char *frames, const char *first) {
  static const char during[] = "\nwhile it handled the error: ";
  const char *first_frames = first == NULL ? NULL : first + strlen(first) + 1;
  const char *parts[] = {frames == NULL ? "" : frames,
                         first == NULL ? "" : during,
                         first == NULL ? "" : first,
                         first == NULL || *first_frames == '\0' ? "" : "\n",
                         first == NULL ? "" : first_frames};
  enum { PARTS = sizeof parts / sizeof *parts };
  const size_t message_size = strlen(message) + 1;
  size_t size = message_size + 1;
  for (int i = 0; i < PARTS; i++)
    size += strlen(parts[i]);
  char *text = tgr_mem_new(mem, size);
  if (text == NULL)
    return NULL;
  memcpy(text, message, message_size);
  char *end = text + message_size;
  *end = '\0';
  for (int i = 0; i < PARTS; i++) {
    const size_t len = strlen(parts[i]);
    memcpy(end, parts[i], len + 1);
    end += len;
  }
  return text;
}

/* What the fiber raised becomes the errand's text; `first`, as error_text. */
static void note_raised(struct tgr_fiber *fiber, const char *first) {
  const struct tgr_script_worker *worker = fiber->owner;
  const struct tgr_ticket *ticket = fiber->item;
  lua_State *L = fiber->fibers->L;
  tgr_describe_push(fiber->fibers, fiber->co);
  ticket->errand->text =
      error_text(worker->script->env.mem, lua_tostring(L, -1),
                 lua_tostring(fiber->co, 2), first);
  lua_pop(L, 1);
}

/* The text that was noted is of no use any more; the caller frees it. */
static char *take_text(const struct tgr_fiber *fiber) {
  const struct tgr_ticket *ticket = fiber->item;
  char *text = ticket->errand->text;
  ticket->errand->text = NULL;
  return text;
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

/* ---- nudges ------------------------------------------------------------- */

static bool is_asked(const struct tgr_script_worker *worker,
                     const struct tgr_fiber *fiber) {
  const struct tgr_ticket *ticket = fiber->item;
  return fiber->owner == worker &&
         atomic_load(&ticket->stage) == TGR_TICKET_ASKED;
}

/* Code that never waits does not come to read what it was told; what it leaves
 * to its <close> variables is left to them. */
static bool heed(struct tgr_nudge *nudge) {
  struct tgr_script_worker *worker =
      TGR_CONTAINER_OF(nudge, struct tgr_script_worker, nudge);
  struct tgr_fiber *fiber = worker->script->fibers.current;
  const bool is_hurried = atomic_load(&worker->hurried);
  if (!is_hurried)
    atomic_store(&nudge->asked, false);
  if (fiber == NULL || fiber->closing ||
      !(is_hurried || is_asked(worker, fiber)))
    return false;
  tgr_fiber_cancel(fiber);
  return true;
}

void tgr_worker_init(struct tgr_script_worker *worker,
                     struct tgr_script *script) {
  worker->nudge.heed = heed;
  worker->script = script;
  script->heap.exhausted = on_exhausted;
  tgr_list_init(&worker->running);
  tgr_list_init(&worker->keeping);
}

void tgr_worker_deinit(struct tgr_script_worker *worker) {
  tgr_once_drop(worker);
}

/* What is not begun may be taken back, and its errand be gone, at any time. */
static bool is_begun(const struct tgr_ticket *ticket) {
  const unsigned stage = atomic_load(&ticket->stage);
  return stage == TGR_TICKET_BEGUN || stage == TGR_TICKET_ASKED;
}

struct tgr_share *tgr_worker_share(struct tgr_script_worker *worker,
                                   const struct tgr_task *task) {
  const struct tgr_list *running = &worker->running;
  for (struct tgr_link *link = running->head.next; link != &running->head;
       link = link->next) {
    const struct tgr_ticket *ticket =
        TGR_CONTAINER_OF(link, struct tgr_ticket, link);
    if (is_begun(ticket) && ticket->errand->task == task)
      return ticket->errand->share;
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
  struct tgr_script_worker *worker = fiber->owner;
  struct tgr_ticket *ticket = fiber->item;
  if (!claim(worker, ticket))
    return 0; /* it was revoked: consume_ended sees that */
  lua_rawgeti(L, LUA_REGISTRYINDEX, worker->consume_ref);
  lua_rawgeti(L, LUA_REGISTRYINDEX, worker->prepare_ref);
  tgr_update_push_run(L, ticket->errand->task, ticket->attempt,
                      ticket->redelivered);
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
  const struct tgr_script_worker *worker = fiber->owner;
  const struct tgr_mem *mem = worker->script->env.mem;
  const struct tgr_ticket *ticket = fiber->item;
  char *first = take_text(fiber);
  enum tgr_errand_end end = TGR_ERRAND_FAILED;
  if (how == TGR_FIBER_CANCELED) {
    end = TGR_ERRAND_CANCELED;
  } else if (how == TGR_FIBER_RAISED) {
    (void)tgr_worker_is_out_of_memory(fiber->owner);
    note_raised(fiber, first);
  } else if (lua_toboolean(fiber->co, 1)) {
    end = TGR_ERRAND_DONE;
  } else {
    ticket->errand->text = error_text(mem, lua_tostring(fiber->co, 2),
                                      lua_tostring(fiber->co, 3), NULL);
  }
  tgr_mem_free(mem, first);
  finish_fiber(fiber, end);
}

static void consume_ended(struct tgr_fiber *fiber, enum tgr_fiber_end how) {
  if (!owns(fiber->owner, fiber->item)) {
    finish_revoked(fiber);
  } else if (how == TGR_FIBER_CANCELED) {
    finish_fiber(fiber, TGR_ERRAND_CANCELED);
  } else if (how == TGR_FIBER_RETURNED) {
    finish_fiber(fiber, TGR_ERRAND_DONE);
  } else if (tgr_worker_is_out_of_memory(fiber->owner)) {
    note_raised(fiber, NULL);
    finish_fiber(fiber, TGR_ERRAND_FAILED);
  } else {
    note_raised(fiber, NULL); /* in case that the error handler fails, too */
    lua_pushcfunction(fiber->co, run_failed);
    lua_insert(fiber->co, 1);
    tgr_fiber_start(fiber, 2, failed_ended);
  }
}

/* ---- taking ------------------------------------------------------------- */

static void fail_at_once(struct tgr_script_worker *worker,
                         struct tgr_ticket *ticket) {
  static const char message[] = "not enough memory";
  (void)tgr_worker_is_out_of_memory(worker);
  if (!claim(worker, ticket)) {
    worker->finished(worker, ticket);
    return;
  }
  ticket->errand->text =
      tgr_mem_dup(worker->script->env.mem, message, sizeof message);
  finish(worker, ticket, TGR_ERRAND_FAILED);
}

void tgr_worker_take(struct tgr_script_worker *worker,
                     struct tgr_ticket *ticket) {
  ticket->is_met = false;
  struct tgr_fiber *fiber = tgr_fiber_new(&worker->script->fibers);
  if (fiber == NULL) {
    fail_at_once(worker, ticket);
    return;
  }
  fiber->owner = worker;
  fiber->item = ticket;
  fiber->cpu_budget_ms = ticket->cpu_budget_ms;
  ticket->fiber = fiber;
  tgr_list_append(&worker->running, &ticket->link);
  lua_pushcfunction(fiber->co, run_consume);
  tgr_fiber_start(fiber, 0, consume_ended);
}

/* A cancel ends a fiber from the ready list: the list stays as it is. */
void tgr_worker_heed_cancels(struct tgr_script_worker *worker) {
  const struct tgr_list *running = &worker->running;
  for (struct tgr_link *link = running->head.next; link != &running->head;
       link = link->next) {
    struct tgr_ticket *ticket = TGR_CONTAINER_OF(link, struct tgr_ticket, link);
    if (atomic_load(&ticket->stage) == TGR_TICKET_ASKED)
      tgr_fiber_cancel(ticket->fiber);
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
