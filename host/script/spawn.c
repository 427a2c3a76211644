/* Tasks that a script starts beside its handlers. */
#include "script/spawn.h"

#include "script/class.h"
#include "script/describe.h"
#include "script/event.h"
#include "script/place.h"
#include "script/sandbox.h"
#include "script/state.h"

#include <lauxlib.h>
#include <math.h>

#define SPAWN_META "tgrunner.Task"

enum { UV_RESULT = 1, UV_OBSERVER = 2, UV_COUNT = 2 };

enum spawn_state { SPAWN_RUNNING, SPAWN_DONE, SPAWN_FAILED, SPAWN_CANCELED };

struct tgr_spawn {
  struct tgr_script *script;
  struct tgr_fiber *fiber; /* NULL when it has ended */
  struct tgr_event done;
  enum spawn_state state;
  bool observed; /* an observer takes its error */
  int self_ref;  /* keeps the userdata while the fiber lives */
};

static struct tgr_spawn *check_spawn(lua_State *L) {
  return luaL_checkudata(L, 1, SPAWN_META);
}

/* Protected, on the main thread: (spawn) with the results or the error moved
 * behind it. Stores them in the userdata and sets the observer's event. */
static int keep_result(lua_State *L) {
  struct tgr_spawn *spawn = lua_touserdata(L, 1);
  const int count = lua_gettop(L) - 1;
  lua_createtable(L, count, 1);
  lua_insert(L, 2);
  for (int i = count; i >= 1; i--)
    lua_rawseti(L, 2, i);
  const bool failed = spawn->state == SPAWN_FAILED;
  lua_pushinteger(L, failed ? 1 : count); /* behind an error: its traceback */
  lua_setfield(L, 2, "n");
  lua_rawgeti(L, LUA_REGISTRYINDEX, spawn->self_ref);
  lua_insert(L, 2);
  lua_setiuservalue(L, 2, UV_RESULT);
  return 0;
}

static void set_observer(struct tgr_spawn *spawn, lua_State *L) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, spawn->self_ref);
  if (lua_getiuservalue(L, -1, UV_OBSERVER) == LUA_TUSERDATA)
    tgr_event_set(lua_touserdata(L, -1));
  lua_pop(L, 2);
}

static void log_unseen(struct tgr_spawn *spawn, lua_State *co) {
  if (!spawn->observed && tgr_list_empty(&spawn->done.waiters))
    tgr_describe_log(&spawn->script->fibers, co,
                     "error in a spawned task that nobody waits for");
}

/* Moves what is on the fiber's stack (a copy of it) behind the spawn, for the
 * protected function on L's top. */
static bool copy_stack(lua_State *L, struct tgr_fiber *fiber, int count) {
  lua_State *co = fiber->co;
  if (!lua_checkstack(L, count + 4) || !lua_checkstack(co, count))
    return false;
  for (int i = 1; i <= count; i++)
    lua_pushvalue(co, i);
  lua_xmove(co, L, count);
  return true;
}

void tgr_spawn_settle(struct tgr_spawn *spawn, struct tgr_fiber *fiber,
                      enum tgr_fiber_end how) {
  lua_State *L = spawn->script->L;
  static const enum spawn_state states[] = {[TGR_FIBER_RETURNED] = SPAWN_DONE,
                                            [TGR_FIBER_RAISED] = SPAWN_FAILED,
                                            [TGR_FIBER_CANCELED] =
                                                SPAWN_CANCELED};
  spawn->state = states[how];
  spawn->fiber = NULL;
  if (how == TGR_FIBER_RAISED)
    log_unseen(spawn, fiber->co);
  const int count = lua_gettop(fiber->co);
  lua_pushcfunction(L, keep_result);
  lua_pushlightuserdata(L, spawn);
  const bool copied = copy_stack(L, fiber, count);
  if (lua_pcall(L, 1 + (copied ? count : 0), 0, 0) != LUA_OK) {
    spawn->state = SPAWN_FAILED;
    lua_pop(L, 1);
  }
  set_observer(spawn, L);
  tgr_event_set(&spawn->done);
  luaL_unref(L, LUA_REGISTRYINDEX, spawn->self_ref);
  spawn->self_ref = LUA_NOREF;
}

static void on_ended(struct tgr_fiber *fiber, enum tgr_fiber_end how) {
  tgr_spawn_settle(fiber->owner, fiber, how);
}

/* The fiber with `count` values (function and arguments) from L's top. */
static void start(lua_State *L, struct tgr_spawn *spawn, int count) {
  struct tgr_fiber *fiber = tgr_fiber_new(&spawn->script->fibers);
  if (fiber == NULL || !lua_checkstack(fiber->co, count)) {
    if (fiber != NULL)
      tgr_fiber_drop(fiber);
    luaL_unref(L, LUA_REGISTRYINDEX, spawn->self_ref);
    tgr_place_raise(L, "not enough memory to spawn a task");
    return;
  }
  lua_xmove(L, fiber->co, count);
  const struct tgr_fiber *parent = tgr_fiber_of(L);
  spawn->fiber = fiber;
  spawn->state = SPAWN_RUNNING;
  fiber->owner = spawn;
  if (parent != NULL) {
    fiber->origin = parent->origin;
    fiber->watch = parent->watch;
    fiber->part_of_it = parent->part_of_it && spawn->observed;
    if (fiber->part_of_it)
      fiber->cpu_budget_ms = parent->cpu_budget_ms;
  }
  tgr_fiber_start(fiber, count - 1, on_ended);
}

/* Pushes a Task that is kept alive until it is settled. */
static struct tgr_spawn *push_new(lua_State *L, struct tgr_script *script,
                                  bool observed) {
  struct tgr_spawn *spawn = lua_newuserdatauv(L, sizeof *spawn, UV_COUNT);
  *spawn = (struct tgr_spawn){.script = script,
                              .state = SPAWN_FAILED,
                              .observed = observed,
                              .self_ref = LUA_NOREF};
  tgr_event_init(&spawn->done);
  spawn->done.task = spawn;
  luaL_setmetatable(L, SPAWN_META);
  lua_pushvalue(L, -1);
  spawn->self_ref = luaL_ref(L, LUA_REGISTRYINDEX);
  return spawn;
}

struct tgr_spawn *tgr_spawn_adopt(lua_State *L, struct tgr_script *script,
                                  struct tgr_fiber *fiber) {
  struct tgr_spawn *spawn = push_new(L, script, true);
  spawn->fiber = fiber;
  spawn->state = SPAWN_RUNNING;
  return spawn;
}

/* function, … from stack index `first` on; leaves the Task. `observer` is the
 * stack index of an event, or 0. */
static int spawn_from(lua_State *L, int first, int observer) {
  luaL_checktype(L, first, LUA_TFUNCTION);
  const int count = lua_gettop(L) - first + 1;
  struct tgr_spawn *spawn = push_new(L, tgr_script_of(L), observer != 0);
  if (observer != 0) {
    lua_pushvalue(L, observer);
    lua_setiuservalue(L, -2, UV_OBSERVER);
  }
  lua_insert(L, first);
  start(L, spawn, count);
  return 1;
}

static int spawn_new(lua_State *L) {
  return spawn_from(L, 1, 0);
}

/* spawn_background(fn, …): ends with the last runner of a script that stops. */
static int spawn_background(lua_State *L) {
  spawn_from(L, 1, 0);
  check_spawn(L)->fiber->background = true;
  return 1;
}

static int spawn_child(lua_State *L) {
  luaL_checkudata(L, 1, "tgrunner.Event");
  return spawn_from(L, 2, 1);
}

/* limit_cpu(task, ms): what each resume of a task that has not begun may use,
 * as a sink's max_cpu_milliseconds. */
static int limit_cpu(lua_State *L) {
  const struct tgr_spawn *spawn = check_spawn(L);
  const lua_Integer ms = luaL_checkinteger(L, 2);
  luaL_argcheck(L, ms >= 0, 2, "milliseconds out of range");
  if (spawn->fiber != NULL)
    spawn->fiber->cpu_budget_ms = tgr_sandbox_cpu_ms(spawn->script, ms);
  return 0;
}

/* ---- Task methods ------------------------------------------------------- */

static int push_result(lua_State *L) {
  lua_getiuservalue(L, 1, UV_RESULT);
  lua_getfield(L, -1, "n");
  const int count = (int)lua_tointeger(L, -1);
  lua_pop(L, 1);
  const int table = lua_gettop(L);
  luaL_checkstack(L, count, "results of a task");
  for (int i = 1; i <= count; i++)
    lua_rawgeti(L, table, i);
  return count;
}

static int wait_k(lua_State *L, int status, lua_KContext timed_out) {
  (void)status;
  struct tgr_spawn *spawn = check_spawn(L);
  if (timed_out) {
    lua_pushnil(L);
    lua_pushliteral(L, "timeout");
    return 2;
  }
  if (spawn->state == SPAWN_CANCELED)
    return tgr_place_raise(L, "the task was cancelled");
  const int count = push_result(L);
  return spawn->state == SPAWN_FAILED ? lua_error(L) : count;
}

/* The event that `fiber`'s parent waits for in tg.all; NULL for none. */
static const struct tgr_event *observer_of(lua_State *L,
                                           const struct tgr_fiber *fiber) {
  if (fiber->ended != on_ended)
    return NULL;
  const struct tgr_spawn *spawn = fiber->owner;
  lua_rawgeti(L, LUA_REGISTRYINDEX, spawn->self_ref);
  const struct tgr_event *event = NULL;
  if (lua_getiuservalue(L, -1, UV_OBSERVER) == LUA_TUSERDATA)
    event = lua_touserdata(L, -1);
  lua_pop(L, 2);
  return event;
}

/* Raises when the task, directly or through others, waits for the caller. Each
 * fiber waits for one thing, and no wait that closes a ring is let in: the walk
 * ends. */
static void check_no_ring(lua_State *L, const struct tgr_spawn *spawn) {
  const struct tgr_fiber *self = tgr_fiber_of(L);
  if (self == NULL)
    return;
  if (spawn->fiber == self)
    tgr_place_raise(L, "a task cannot wait for itself");
  const struct tgr_event *observer = observer_of(L, self);
  while (spawn != NULL && spawn->fiber != NULL) {
    const struct tgr_event *event = tgr_event_awaited(spawn->fiber);
    if (event == NULL)
      return;
    if (event == observer ||
        (event->task != NULL && event->task->fiber == self))
      tgr_place_raise(L, "task:wait: this task waits for the one that calls, "
                         "so both would wait for ever; give one of them a "
                         "time limit");
    spawn = event->task;
  }
}

static int spawn_wait(lua_State *L) {
  struct tgr_spawn *spawn = check_spawn(L);
  lua_Integer ms = -1;
  if (!lua_isnoneornil(L, 2)) {
    const lua_Number given = lua_tonumber(L, 2);
    if (lua_type(L, 2) != LUA_TNUMBER || !(given >= 0))
      return tgr_place_raise(L,
                             "task:wait: ms must be a number of milliseconds, "
                             "0 or more (got %s)",
                             luaL_tolstring(L, 2, NULL));
    ms = given < 1e15 ? (lua_Integer)ceil(given) : (lua_Integer)1e15;
  }
  lua_settop(L, 1);
  if (ms < 0 || spawn->fiber == tgr_fiber_of(L))
    check_no_ring(L, spawn);
  return tgr_event_wait(spawn->script, L, &spawn->done, ms, "task:wait",
                        wait_k);
}

bool tgr_spawn_push_traceback(lua_State *L, lua_State *thread, lua_Debug *ar) {
  if (!lua_checkstack(thread, 4))
    return false;
  lua_getinfo(thread, "f", ar);
  const bool waits = lua_tocfunction(thread, -1) == spawn_wait;
  lua_pop(thread, 1);
  if (!waits || lua_getlocal(thread, ar, 1) == NULL)
    return false;
  const struct tgr_spawn *spawn = luaL_testudata(thread, -1, SPAWN_META);
  bool pushed = false;
  if (spawn != NULL && spawn->state == SPAWN_FAILED &&
      lua_getiuservalue(thread, -1, UV_RESULT) == LUA_TTABLE) {
    lua_xmove(thread, L, 1);
    pushed = lua_rawgeti(L, -1, 2) == LUA_TSTRING;
    lua_remove(L, -2);
    if (!pushed)
      lua_pop(L, 1);
  } else if (spawn != NULL && spawn->state == SPAWN_FAILED) {
    lua_pop(thread, 1);
  }
  lua_pop(thread, 1);
  return pushed;
}

static int spawn_cancel(lua_State *L) {
  struct tgr_spawn *spawn = check_spawn(L);
  if (spawn->fiber != NULL)
    tgr_fiber_cancel(spawn->fiber);
  return 0;
}

static int spawn_status(lua_State *L) {
  static const char *const names[] = {"running", "done", "failed", "cancelled"};
  lua_pushstring(L, names[check_spawn(L)->state]);
  return 1;
}

void tgr_spawn_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {{"spawn", spawn_new},
                                       {"spawn_child", spawn_child},
                                       {"spawn_background", spawn_background},
                                       {"limit_cpu", limit_cpu},
                                       {NULL, NULL}};
  static const luaL_Reg methods[] = {{"wait", spawn_wait},
                                     {"cancel", spawn_cancel},
                                     {"status", spawn_status},
                                     {NULL, NULL}};
  tgr_class_functions(L, script, functions);
  tgr_class_new(L, script, SPAWN_META, methods, NULL);
}
