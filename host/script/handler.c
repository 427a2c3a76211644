/* The port of a sink whose tasks are run by Lua functions. */
#include "script/handler.h"

#include "script/context.h"
#include "script/describe.h"
#include "script/overdue.h"
#include "script/place.h"
#include "script/router.h"
#include "script/spawn.h"
#include "script/state.h"
#include "script/update.h"
#include "json/decode.h"

#include <assert.h>
#include <lauxlib.h>
#include <stdio.h>

/* What the consumer sees is kept in a table under the fiber's number until the
 * task has ended: the error handler needs it when the fiber's own stack is
 * gone. The table holds nothing else, so it stays small: the registry would be
 * walked whole each time its hash part has to grow. */

static void push_kept(lua_State *L, const struct tgr_script *script,
                      const struct tgr_fiber *fiber) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, script->kept_ref);
  lua_rawgeti(L, -1, fiber->number);
  lua_remove(L, -2);
}

/* Keeps the value on the top, which stays. Raises only when out of memory, and
 * never for nil. */
static void set_kept(lua_State *L, const struct tgr_script *script,
                     const struct tgr_fiber *fiber) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, script->kept_ref);
  lua_pushvalue(L, -2);
  lua_rawseti(L, -2, fiber->number);
  lua_pop(L, 1);
}

enum tgr_status tgr_handler_try_update(lua_State *L, struct tgr_script *script,
                                       const struct tgr_task *task,
                                       struct tgr_error *error) {
  if (task->value != 0) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, task->value);
    return TGR_OK;
  }
  struct tgr_error why;
  script->decoded++;
  const enum tgr_status status =
      tgr_json_decode(L, task->raw, task->raw_len, NULL, &why);
  if (status != TGR_OK)
    tgr_error_set(error, status, "update %lld is broken: %s",
                  (long long)task->update_id, why.text);
  return status;
}

void tgr_handler_push_update(lua_State *L, struct tgr_script *script,
                             const struct tgr_task *task) {
  struct tgr_error error;
  if (tgr_handler_try_update(L, script, task, &error) != TGR_OK)
    tgr_place_raise(L, "%s", error.text);
}

void tgr_handler_push_object(lua_State *L, struct tgr_handler *handler,
                             struct tgr_task *task) {
  if (handler->prepare_ref == LUA_NOREF) {
    tgr_handler_push_update(L, handler->script, task);
    return;
  }
  lua_rawgeti(L, LUA_REGISTRYINDEX, handler->prepare_ref);
  if (task->value != 0)
    lua_rawgeti(L, LUA_REGISTRYINDEX, task->value);
  else
    tgr_update_push(L, task);
  lua_call(L, 1, 1);
}

bool tgr_handler_push_running(lua_State *L, const struct tgr_task *task) {
  const struct tgr_fiber *fiber = task->port_data;
  if (fiber == NULL)
    return false;
  const struct tgr_handler *handler = fiber->owner;
  push_kept(L, handler->script, fiber);
  if (!lua_isnil(L, -1))
    return true;
  lua_pop(L, 1);
  return false;
}

static int run_k(lua_State *L, int status, lua_KContext ctx) {
  (void)L;
  (void)status;
  (void)ctx;
  return 0;
}

/* Leaves the object on the top, and keeps it for the error handler. */
static void push_kept_object(lua_State *L, const struct tgr_fiber *fiber) {
  struct tgr_handler *handler = fiber->owner;
  tgr_handler_push_object(L, handler, fiber->item);
  set_kept(L, handler->script, fiber);
}

/* The fiber's function: (consumer) prepares, then consumes. */
static int run_consume(lua_State *L) {
  push_kept_object(L, tgr_fiber_of(L));
  lua_callk(L, 1, 0, 0, run_k);
  return 0;
}

int tgr_handler_run_bot(lua_State *L) {
  const struct tgr_fiber *fiber = tgr_fiber_of(L);
  const struct tgr_handler *handler = fiber->owner;
  tgr_context_push(L, fiber->item);
  set_kept(L, handler->script, fiber);
  lua_callk(L, 1, 0, 0, run_k);
  return 0;
}

/* The fiber's function after a failure: (error, traceback). */
static int run_failed(lua_State *L) {
  struct tgr_fiber *fiber = tgr_fiber_of(L);
  struct tgr_handler *handler = fiber->owner;
  lua_rawgeti(L, LUA_REGISTRYINDEX, handler->failed_ref);
  push_kept(L, handler->script, fiber);
  lua_rotate(L, 1, 2);
  lua_callk(L, 3, 0, 0, run_k);
  return 0;
}

/* ---- how a task's fiber ends -------------------------------------------- */

/* Writing nil to a key that is there allocates nothing. */
static void forget_object(const struct tgr_fiber *fiber) {
  const struct tgr_handler *handler = fiber->owner;
  lua_State *L = handler->script->L;
  lua_rawgeti(L, LUA_REGISTRYINDEX, handler->script->kept_ref);
  if (lua_rawgeti(L, -1, fiber->number) != LUA_TNIL) {
    lua_pushnil(L);
    lua_rawseti(L, -3, fiber->number);
  }
  lua_pop(L, 2);
}

static void report(struct tgr_handler *handler, struct tgr_task *task,
                   enum tgr_outcome outcome) {
  tgr_sink_done(handler->sink, task, outcome);
  if (handler->emptied != NULL && tgr_sink_is_empty(handler->sink))
    handler->emptied(handler);
}

static void end_task(struct tgr_fiber *fiber, enum tgr_outcome outcome) {
  struct tgr_task *task = fiber->item;
  forget_object(fiber);
  task->port_data = NULL;
  if (task->outcome != TGR_OUTCOME_NONE) /* a cancel was asked for */
    outcome = task->outcome;
  report(fiber->owner, task, outcome);
}

static void log_failure(struct tgr_fiber *fiber, const char *what) {
  struct tgr_handler *handler = fiber->owner;
  const struct tgr_task *task = fiber->item;
  char text[128];
  snprintf(text, sizeof text, "%s for update %lld", what,
           (long long)task->update_id);
  tgr_describe_log(&handler->script->fibers, fiber->co, text);
}

/* Of a cancel that neither a timeout nor a stop has asked for, nobody else
 * tells. */
static void log_cancel(const struct tgr_fiber *fiber) {
  const struct tgr_task *task = fiber->item;
  if (task->outcome == TGR_OUTCOME_NONE)
    tgr_log_write(fiber->fibers->log, TGR_LOG_WARN,
                  "the handler of update %lld was cancelled before its end",
                  (long long)task->update_id);
}

/* Tells the task's keeper why the run failed. */
static void note_error(struct tgr_fiber *fiber) {
  struct tgr_task *task = fiber->item;
  if (task->keeper == NULL)
    return;
  lua_State *L = fiber->fibers->L;
  size_t len = 0;
  tgr_describe_push(fiber->fibers, fiber->co);
  const char *text = lua_tolstring(L, -1, &len);
  task->keeper->note_error(task->keeper, task, text, len);
  lua_pop(L, 1);
}

static void failed_ended(struct tgr_fiber *fiber, enum tgr_fiber_end how) {
  struct tgr_task *task = fiber->item;
  tgr_overdue_end(fiber->owner, fiber, how);
  if (how == TGR_FIBER_RAISED) {
    log_failure(fiber, "error in the error handler");
    task->unhandled = true;
  }
  end_task(fiber, TGR_OUTCOME_FAILED);
}

static void consume_ended(struct tgr_fiber *fiber, enum tgr_fiber_end how) {
  struct tgr_handler *handler = fiber->owner;
  tgr_overdue_end(handler, fiber, how);
  if (how == TGR_FIBER_RAISED)
    note_error(fiber);
  if (how == TGR_FIBER_RAISED && handler->failed_ref != LUA_NOREF) {
    lua_pushcfunction(fiber->co, run_failed);
    lua_insert(fiber->co, 1);
    tgr_fiber_start(fiber, 2, failed_ended);
    return;
  }
  if (how == TGR_FIBER_RAISED)
    log_failure(fiber, "error in a handler");
  if (how == TGR_FIBER_CANCELED)
    log_cancel(fiber);
  end_task(fiber,
           how == TGR_FIBER_RETURNED ? TGR_OUTCOME_DONE : TGR_OUTCOME_FAILED);
}

/* ---- the port ----------------------------------------------------------- */

static struct tgr_fiber *new_fiber(struct tgr_handler *handler,
                                   struct tgr_task *task) {
  struct tgr_fiber *fiber = tgr_fiber_new(&handler->script->fibers);
  if (fiber == NULL) {
    tgr_log_write(handler->script->env.log, TGR_LOG_ERROR,
                  "update %lld is not handled: not enough memory for a "
                  "coroutine",
                  (long long)task->update_id);
    task->unhandled = true;
    tgr_sink_done(handler->sink, task, TGR_OUTCOME_FAILED);
    return NULL;
  }
  fiber->owner = handler;
  fiber->item = task;
  fiber->cpu_budget_ms = handler->cpu_budget_ms;
  fiber->origin = handler;
  fiber->watch = task->watch;
  fiber->part_of_it = true;
  task->port_data = fiber;
  return fiber;
}

/* Pushes what is to run: the consumer, or what its router says, `way`. */
static void push_consumer(lua_State *L, const struct tgr_handler *handler,
                          int way) {
  if (way == 0) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, handler->consume_ref);
    return;
  }
  lua_rawgeti(L, LUA_REGISTRYINDEX, handler->functions_ref);
  lua_rawgeti(L, -1, way);
  lua_remove(L, -2);
}

static void put(struct tgr_port *port, struct tgr_task *task) {
  struct tgr_handler *handler =
      TGR_CONTAINER_OF(port, struct tgr_handler, port);
  int way = 0;
  if (handler->router != NULL && task->value == 0) {
    way = tgr_router_choose(handler->router, handler->router_from, task);
    if (way == TGR_ROUTER_FALLBACK && handler->router_ends) {
      report(handler, task, TGR_OUTCOME_DONE); /* nobody is for it */
      return;
    }
  }
  struct tgr_fiber *fiber = new_fiber(handler, task);
  if (fiber == NULL)
    return;
  if (handler->run_ref != LUA_NOREF && task->value == 0)
    lua_rawgeti(fiber->co, LUA_REGISTRYINDEX, handler->run_ref);
  else
    lua_pushcfunction(fiber->co, run_consume);
  push_consumer(fiber->co, handler, way);
  tgr_fiber_start(fiber, 1, consume_ended);
}

/* ---- refusals: the constraint raised, only the error handler runs ------- */

/* The error waits in the same table, under the task's address. Pops it; raises
 * only when out of memory, and never for nil. */
static void set_refusal(lua_State *L, const struct tgr_script *script,
                        const struct tgr_task *task) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, script->kept_ref);
  lua_insert(L, -2);
  lua_rawsetp(L, -2, task);
  lua_pop(L, 1);
}

/* Protected: (error, script, task). */
static int keep_refusal(lua_State *L) {
  const struct tgr_script *script = lua_touserdata(L, 2);
  const struct tgr_task *task = lua_touserdata(L, 3);
  lua_settop(L, 1);
  set_refusal(L, script, task);
  return 0;
}

void tgr_handler_note_refusal(struct tgr_handler *handler,
                              struct tgr_task *task) {
  lua_State *L = handler->script->L;
  lua_pushcfunction(L, keep_refusal);
  lua_insert(L, -2);
  lua_pushlightuserdata(L, handler->script);
  lua_pushlightuserdata(L, task);
  if (lua_pcall(L, 3, 0, 0) == LUA_OK)
    return;
  lua_pop(L, 1);
  if (handler->script->heap.broken) /* it is about to end, and that is told */
    return;
  tgr_log_write(handler->script->env.log, TGR_LOG_ERROR,
                "not enough memory for the error of the constraint of update "
                "%lld",
                (long long)task->update_id);
}

/* What to raise when no error is kept. */
static const char *refusal_text(const struct tgr_task *task) {
  return task->refused == TGR_ENOMEM
             ? "not enough memory to put the update behind its keys"
             : "the sequentialize constraint failed without a message";
}

/* Raising inside the fiber takes the path of every other error. */
static int run_refused(lua_State *L) {
  struct tgr_fiber *fiber = tgr_fiber_of(L);
  const struct tgr_handler *handler = fiber->owner;
  push_kept_object(L, fiber);
  lua_rawgeti(L, LUA_REGISTRYINDEX, handler->script->kept_ref);
  lua_rawgetp(L, -1, fiber->item);
  lua_pushnil(L);
  set_refusal(L, handler->script, fiber->item);
  if (lua_isnil(L, -1))
    lua_pushstring(L, refusal_text(fiber->item));
  return lua_error(L);
}

static void refuse(struct tgr_port *port, struct tgr_task *task) {
  struct tgr_handler *handler =
      TGR_CONTAINER_OF(port, struct tgr_handler, port);
  struct tgr_fiber *fiber = new_fiber(handler, task);
  if (fiber == NULL)
    return;
  lua_pushcfunction(fiber->co, run_refused);
  tgr_fiber_start(fiber, 0, consume_ended);
}

static void cancel(struct tgr_port *port, struct tgr_task *task,
                   enum tgr_cancel why) {
  struct tgr_handler *handler =
      TGR_CONTAINER_OF(port, struct tgr_handler, port);
  struct tgr_fiber *fiber = task->port_data;
  if (why == TGR_CANCEL_ABANDON) { /* nobody waits any longer */
    tgr_fiber_abandon(fiber);
    return;
  }
  tgr_fiber_cancel(fiber);
  if (fiber->wait != NULL) /* what it waits for needs time to end */
    tgr_overdue_tell(handler, fiber);
}

static void expired(struct tgr_port *port, struct tgr_task *task) {
  struct tgr_handler *handler =
      TGR_CONTAINER_OF(port, struct tgr_handler, port);
  if (task->outcome == TGR_OUTCOME_TIMED_OUT)
    tgr_overdue_tell(handler, task->port_data);
}

void tgr_handler_init(struct tgr_handler *handler, struct tgr_script *script,
                      struct tgr_sink *sink) {
  *handler = (struct tgr_handler){.port = {.put = put,
                                           .refuse = refuse,
                                           .cancel = cancel,
                                           .expired = expired},
                                  .script = script,
                                  .sink = sink,
                                  .prepare_ref = LUA_NOREF,
                                  .consume_ref = LUA_NOREF,
                                  .failed_ref = LUA_NOREF,
                                  .timeout_ref = LUA_NOREF,
                                  .run_ref = LUA_NOREF,
                                  .router_ref = LUA_NOREF,
                                  .functions_ref = LUA_NOREF};
}

void tgr_handler_deinit(struct tgr_handler *handler) {
  lua_State *L = handler->script->L;
  luaL_unref(L, LUA_REGISTRYINDEX, handler->prepare_ref);
  luaL_unref(L, LUA_REGISTRYINDEX, handler->consume_ref);
  luaL_unref(L, LUA_REGISTRYINDEX, handler->failed_ref);
  luaL_unref(L, LUA_REGISTRYINDEX, handler->timeout_ref);
  luaL_unref(L, LUA_REGISTRYINDEX, handler->run_ref);
  luaL_unref(L, LUA_REGISTRYINDEX, handler->router_ref);
  luaL_unref(L, LUA_REGISTRYINDEX, handler->functions_ref);
}
