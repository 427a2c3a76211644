/* The script's face of engine/runner.c. */
#include "script/runner.h"

#include "engine/runner.h"
#include "script/class.h"
#include "script/cut_off.h"
#include "script/event.h"
#include "script/feed.h"
#include "script/journal.h"
#include "script/place.h"
#include "script/sink.h"
#include "script/source.h"
#include "script/spawned.h"
#include "script/state.h"
#include "script/stats.h"
#include "script/stop.h"
#include "script/stop_call.h"

#include <string.h>

#define RUNNER_META "tgrunner.Runner"

enum {
  STOP_DEADLINE_MS = 10000,
  UV_SOURCE = 1,
  UV_SINK = 2,
  UV_ENDED = 3,
  UV_JOURNAL = 4
};

struct lua_runner {
  struct tgr_link link; /* in script->runs from start to end */
  struct tgr_script *script;
  struct tgr_lua_sink *sink;     /* kept alive by the user values */
  struct tgr_lua_source *source; /* the same */
  struct tgr_lua_journal
      *journal;          /* open from its birth or a start to its end */
  struct tgr_job let_go; /* of the journal, once it has ended */
  struct tgr_runner runner;
  struct tgr_event over; /* set while it does not run */
  bool failed;
  struct tgr_error error;
  int self_ref;         /* from start to end, and while tasks linger */
  uint64_t deadline_us; /* of the stop; what its handlers spawned ends then */
  struct tgr_timer lingering;
};

static struct lua_runner *check_runner(lua_State *L) {
  return luaL_checkudata(L, 1, RUNNER_META);
}

/* ---- the journal -------------------------------------------------------- */

/* It is another runner's, or process's, as soon as this one has ended; what
 * still runs on without a slot keeps it. */
static void let_go(struct tgr_job *job) {
  struct lua_runner *it = TGR_CONTAINER_OF(job, struct lua_runner, let_go);
  if (tgr_runner_is_alive(&it->runner) || !tgr_sink_is_empty(&it->sink->sink))
    return;
  tgr_lua_journal_close(it->journal);
  it->journal = NULL;
}

/* Stack 1: the Runner. Raises when it cannot have its journal again. */
static void open_journal(lua_State *L, struct lua_runner *it) {
  if (it->journal != NULL)
    return;
  if (lua_getiuservalue(L, 1, UV_JOURNAL) == LUA_TTABLE)
    it->journal =
        tgr_lua_journal_open(L, lua_gettop(L), it->script, it->source);
  lua_pop(L, 1);
}

/* ---- start and end ------------------------------------------------------ */

static void report_fatal(struct lua_runner *it) {
  struct tgr_script *script = it->script;
  if (!tgr_list_empty(&it->over.waiters))
    return;
  if (!tgr_list_empty(&script->runs)) {
    tgr_log_write(script->env.log, TGR_LOG_ERROR, "%s", it->error.text);
    return;
  }
  tgr_script_exit(script, &(struct tgr_script_end){.status = it->error.status,
                                                   .exit_code = 1,
                                                   .text = it->error.text});
}

/* Protected: (Runner): its Sink keeps itself while it holds detached tasks. */
static int keep_sink(lua_State *L) {
  lua_getiuservalue(L, 1, UV_SINK);
  tgr_lua_sink_keep(L, 2);
  return 0;
}

/* False when out of memory: then the Runner has to live on for its Sink. */
static bool hand_over_sink(struct lua_runner *it) {
  lua_State *L = it->script->L;
  if (tgr_sink_is_empty(&it->sink->sink))
    return true;
  lua_pushcfunction(L, keep_sink);
  lua_rawgeti(L, LUA_REGISTRYINDEX, it->self_ref);
  if (lua_pcall(L, 1, 0, 0) == LUA_OK)
    return true;
  lua_pop(L, 1);
  return false;
}

static bool cancel_spawned(struct lua_runner *it, bool only_background) {
  return tgr_spawned_cancel(&it->script->fibers, &it->sink->handler,
                            &it->runner.watch, only_background);
}

static void on_linger_end(struct tgr_timer *timer) {
  struct lua_runner *it = TGR_CONTAINER_OF(timer, struct lua_runner, lingering);
  cancel_spawned(it, false);
  luaL_unref(it->script->L, LUA_REGISTRYINDEX, it->self_ref);
  it->self_ref = LUA_NOREF;
}

/* The runner has ended: what its handlers spawned may run on to the deadline.
 * True when the Runner has to live until then. */
static bool linger(struct lua_runner *it) {
  struct tgr_timers *timers = &it->script->env.loop->timers;
  if (!cancel_spawned(it, true) || it->deadline_us == UINT64_MAX)
    return false;
  const uint64_t now_us = timers->now_us;
  tgr_timer_start_us(timers, &it->lingering,
                     it->deadline_us > now_us ? it->deadline_us - now_us : 0);
  return true;
}

static void stop(struct lua_runner *it, uint64_t deadline_ms,
                 struct tgr_stop *call) {
  tgr_loop_catch_up(it->script->env.loop);
  const uint64_t now_us = it->script->env.loop->timers.now_us;
  if (deadline_ms <= (UINT64_MAX - now_us) / 1000) {
    const uint64_t deadline_us = now_us + deadline_ms * 1000;
    if (deadline_us < it->deadline_us)
      it->deadline_us = deadline_us;
  }
  tgr_runner_stop(&it->runner, deadline_ms, call);
}

/* Protected: (Runner, left_ms): calls what the script gave for this. */
static int tell_ended(lua_State *L) {
  lua_getiuservalue(L, 1, UV_ENDED);
  lua_insert(L, 2);
  if (!lua_isnil(L, 2))
    lua_call(L, 1, 0);
  return 0;
}

static void call_ended(struct lua_runner *it) {
  lua_State *L = it->script->L;
  const uint64_t now_us = it->script->env.loop->timers.now_us;
  lua_Integer left_ms = STOP_DEADLINE_MS;
  if (it->deadline_us != UINT64_MAX)
    left_ms = it->deadline_us > now_us
                  ? (lua_Integer)((it->deadline_us - now_us) / 1000)
                  : 0;
  lua_pushcfunction(L, tell_ended);
  lua_rawgeti(L, LUA_REGISTRYINDEX, it->self_ref);
  lua_pushinteger(L, left_ms);
  if (lua_pcall(L, 2, 0, 0) == LUA_OK)
    return;
  tgr_log_write(it->script->env.log, TGR_LOG_ERROR, "%s", lua_tostring(L, -1));
  lua_pop(L, 1);
}

static void on_ended(struct tgr_runner *runner, const struct tgr_error *error) {
  struct lua_runner *it = TGR_CONTAINER_OF(runner, struct lua_runner, runner);
  struct tgr_script *script = it->script;
  tgr_cut_off_tell(script->env.log, runner);
  if (error == NULL && runner->start_again)
    return; /* started anew while it drained: it goes on */
  tgr_ready_put(&script->env.loop->ready, &it->let_go);
  const bool may_go = hand_over_sink(it);
  it->failed = error != NULL;
  if (it->failed)
    it->error = *error;
  tgr_list_remove(&it->link);
  call_ended(it);
  if (it->failed)
    report_fatal(it);
  tgr_event_set(&it->over);
  if (!linger(it)) {
    if (may_go)
      luaL_unref(script->L, LUA_REGISTRYINDEX, it->self_ref);
    it->self_ref = LUA_NOREF;
  }
  tgr_script_stop_step(script);
  tgr_script_check_idle(script);
}

static int runner_start(lua_State *L) {
  struct lua_runner *it = check_runner(L);
  tgr_loop_catch_up(it->script->env.loop);
  open_journal(L, it);
  it->deadline_us = UINT64_MAX;
  if (tgr_timer_active(&it->lingering)) { /* alive by that reference still */
    tgr_timer_stop(&it->script->env.loop->timers, &it->lingering);
    luaL_unref(L, LUA_REGISTRYINDEX, it->self_ref);
    it->self_ref = LUA_NOREF;
  }
  if (it->self_ref == LUA_NOREF) {
    lua_pushvalue(L, 1);
    it->self_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    tgr_list_append(&it->script->runs, &it->link);
    it->over.set = false;
    it->failed = false;
  }
  tgr_runner_start(&it->runner);
  tgr_feed_pump(it->script);
  lua_settop(L, 1);
  return 1;
}

/* ---- stop --------------------------------------------------------------- */

/* A handler that waited for its own runner's end would wait for itself. */
static bool is_own_handler(lua_State *L, const struct lua_runner *it) {
  const struct tgr_fiber *fiber = tgr_fiber_of(L);
  return fiber != NULL && fiber->part_of_it &&
         tgr_spawned_is_of(fiber, &it->sink->handler, &it->runner.watch);
}

static int runner_stop(lua_State *L) {
  struct lua_runner *it = check_runner(L);
  const lua_Integer deadline_ms = luaL_optinteger(L, 2, STOP_DEADLINE_MS);
  luaL_argcheck(L, deadline_ms >= 0, 2, "deadline_ms must be 0 or more");
  if (is_own_handler(L, it)) {
    stop(it, (uint64_t)deadline_ms, NULL);
    return 0;
  }
  tgr_fiber_check_wait(L, "stop");
  struct tgr_stop_call *call = tgr_stop_call_new(L, it->script->env.mem);
  stop(it, (uint64_t)deadline_ms, tgr_stop_call_stop(call));
  return tgr_stop_call_wait(L, call);
}

/* halt(): asks for a stop, without waiting for its end. */
static int runner_halt(lua_State *L) {
  struct lua_runner *it = check_runner(L);
  if (tgr_runner_is_alive(&it->runner))
    stop(it, STOP_DEADLINE_MS, NULL);
  return 0;
}

/* fail(text): ends as by a fatal error. */
static int runner_fail(lua_State *L) {
  struct lua_runner *it = check_runner(L);
  struct tgr_error error;
  tgr_error_set(&error, TGR_ESCRIPT, "%s", luaL_checkstring(L, 2));
  tgr_runner_fail(&it->runner, &error);
  return 0;
}

/* ---- wait, size, stats -------------------------------------------------- */

static int wait_k(lua_State *L, int status, lua_KContext timed_out) {
  (void)status;
  const struct lua_runner *it = check_runner(L);
  if (timed_out) {
    lua_pushnil(L);
    lua_pushliteral(L, "timeout");
    return 2;
  }
  if (it->failed) {
    if (!tgr_lua_source_push_raised(L, it->source, &it->error))
      lua_pushstring(L, it->error.text);
    return lua_error(L);
  }
  lua_pushboolean(L, 1);
  return 1;
}

static int runner_wait(lua_State *L) {
  struct lua_runner *it = check_runner(L);
  if (is_own_handler(L, it) && !it->over.set)
    return tgr_place_raise(L, "a handler cannot wait for the end of its own "
                              "runner, which waits for the handler");
  if (tgr_lua_supplier_runs_in(&it->source->supplier, tgr_fiber_of(L)))
    return tgr_place_raise(L, "a supplier cannot wait for the end of its own "
                              "runner, which waits for the supplier");
  const lua_Integer ms = luaL_optinteger(L, 2, -1);
  return tgr_event_wait(it->script, L, &it->over, ms, "task:wait", wait_k);
}

static int runner_size(lua_State *L) {
  lua_pushinteger(L, tgr_sink_size(&check_runner(L)->sink->sink));
  return 1;
}

static int runner_is_running(lua_State *L) {
  lua_pushboolean(L, tgr_runner_is_running(&check_runner(L)->runner));
  return 1;
}

/* Draining counts, too. */
static int runner_is_alive(lua_State *L) {
  lua_pushboolean(L, tgr_runner_is_alive(&check_runner(L)->runner));
  return 1;
}

static int runner_stats(lua_State *L) {
  const struct lua_runner *it = check_runner(L);
  tgr_stats_push(L, it->script, &it->runner);
  return 1;
}

/* ---- birth and death ---------------------------------------------------- */

static int runner_new(lua_State *L) {
  struct tgr_script *script = tgr_script_of(L);
  struct tgr_lua_source *source = tgr_lua_source_check(L, 1);
  struct tgr_lua_sink *sink = tgr_lua_sink_check(L, 2);
  lua_settop(L, 4);
  struct lua_runner *it = lua_newuserdatauv(L, sizeof *it, 4);
  memset(it, 0, sizeof *it);
  it->script = script;
  it->sink = sink;
  it->source = source;
  it->self_ref = LUA_NOREF;
  it->deadline_us = UINT64_MAX;
  tgr_timer_init(&it->lingering, on_linger_end);
  tgr_job_init(&it->let_go, let_go);
  tgr_link_init(&it->link);
  tgr_event_init(&it->over);
  it->over.set = true;
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, UV_SOURCE);
  lua_pushvalue(L, 2);
  lua_setiuservalue(L, -2, UV_SINK);
  lua_pushvalue(L, 3);
  lua_setiuservalue(L, -2, UV_ENDED);
  lua_pushvalue(L, 4);
  lua_setiuservalue(L, -2, UV_JOURNAL);
  if (!lua_isnoneornil(L, 4)) /* raises before the runner needs a finaliser */
    it->journal = tgr_lua_journal_open(L, 4, script, source);
  struct tgr_loop *loop = script->env.loop;
  tgr_runner_init(&it->runner, script->env.mem, &loop->timers, &loop->ready,
                  &source->source, &sink->sink, NULL);
  it->runner.on_ended = on_ended;
  luaL_setmetatable(L, RUNNER_META);
  return 1;
}

static int runner_gc(lua_State *L) {
  struct lua_runner *it = lua_touserdata(L, 1);
  tgr_list_remove(&it->link);
  tgr_timer_stop(&it->script->env.loop->timers, &it->lingering);
  tgr_ready_drop(&it->let_go);
  tgr_runner_deinit(&it->runner);
  tgr_lua_journal_close(it->journal);
  it->journal = NULL;
  return 0;
}

void tgr_runner_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {{"runner", runner_new}, {NULL, NULL}};
  static const luaL_Reg methods[] = {
      {"start", runner_start},       {"stop", runner_stop},
      {"halt", runner_halt},         {"fail", runner_fail},
      {"wait", runner_wait},         {"size", runner_size},
      {"stats", runner_stats},       {"is_running", runner_is_running},
      {"is_alive", runner_is_alive}, {NULL, NULL}};
  tgr_class_functions(L, script, functions);
  tgr_class_new(L, script, RUNNER_META, methods, runner_gc);
}

struct tgr_runner *tgr_runners_first_running(const struct tgr_script *script) {
  const struct tgr_link *head = &script->runs.head;
  for (struct tgr_link *link = head->next; link != head; link = link->next) {
    struct lua_runner *it = TGR_CONTAINER_OF(link, struct lua_runner, link);
    if (tgr_runner_is_running(&it->runner))
      return &it->runner;
  }
  return NULL;
}

void tgr_runners_stop(struct tgr_script *script, uint64_t deadline_ms) {
  for (struct tgr_link *link = script->runs.head.next;
       link != &script->runs.head; link = link->next)
    stop(TGR_CONTAINER_OF(link, struct lua_runner, link), deadline_ms, NULL);
}

void tgr_runners_close(struct tgr_script *script) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&script->runs)) != NULL) {
    struct lua_runner *it = TGR_CONTAINER_OF(link, struct lua_runner, link);
    tgr_runner_deinit(&it->runner);
  }
}
