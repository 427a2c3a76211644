/* A clock that a test moves. */
#include "script/clock.h"

#include "script/class.h"
#include "script/state.h"

#include <lauxlib.h>

enum {
  SPIN_US = 2000, /* work is looked at every turn, then every millisecond */
  GIVE_UP_S = 10, /* of real time until a bot counts as restless */
  AGAIN_US = 1000
};

void tgr_clock_start_ms(const struct tgr_clock *clock, struct tgr_timer *timer,
                        uint64_t ms) {
  const uint64_t turn_us = clock->timers->now_us;
  const uint64_t now_us = clock->is_virtual ? turn_us : tgr_loop_clock_us();
  const uint64_t late_us = ms > 0 && now_us > turn_us ? now_us - turn_us : 0;
  tgr_timer_start_us(clock->timers, timer, ms * 1000 + late_us);
}

/* Whether any fiber waits for something real, such as a file. */
static bool is_busy(const struct tgr_script *script) {
  const struct tgr_list *live = &script->fibers.live;
  for (struct tgr_link *link = live->head.next; link != &live->head;
       link = link->next) {
    const struct tgr_fiber *fiber =
        TGR_CONTAINER_OF(link, struct tgr_fiber, link);
    if (fiber->wait == NULL || !fiber->wait->at_rest)
      return true;
  }
  return false;
}

static void look_again(struct tgr_clock *clock, struct tgr_loop *loop) {
  const uint64_t now_us = tgr_loop_clock_us();
  if (clock->busy_us == 0)
    clock->busy_us = now_us;
  if (now_us - clock->busy_us < SPIN_US)
    tgr_ready_put(&loop->ready, &clock->look);
  else
    tgr_timer_start_us(&loop->timers, &clock->again, AGAIN_US);
}

static void on_again(struct tgr_timer *timer) {
  struct tgr_clock *clock = TGR_CONTAINER_OF(timer, struct tgr_clock, again);
  struct tgr_script *script = TGR_CONTAINER_OF(clock, struct tgr_script, clock);
  tgr_ready_put(&script->env.loop->ready, &clock->look);
}

static void end_settle(struct tgr_clock *clock) {
  tgr_event_set(&clock->rest);
  clock->rest.set = false;
}

static void fail(struct tgr_script *script, const char *text) {
  tgr_script_exit(script, &(struct tgr_script_end){.status = TGR_ESCRIPT,
                                                   .exit_code = 1,
                                                   .text = text});
}

static bool took_too_long(const struct tgr_clock *clock) {
  return tgr_loop_clock_us() - clock->since_us > GIVE_UP_S * 1000000ULL;
}

/* All are at rest and the test itself waits: time passes by itself. */
static void pass_time(struct tgr_script *script) {
  struct tgr_clock *clock = &script->clock;
  uint64_t due_us = 0;
  if (!tgr_timers_next(&clock->own, &due_us)) {
    fail(script, "the test waits for something that cannot happen any more: "
                 "nothing runs, and nothing is due");
  } else if (took_too_long(clock)) {
    fail(script, "the test waits for something that does not happen, however "
                 "much time passes");
  } else {
    tgr_timers_advance(&clock->own, due_us);
    tgr_ready_put(&script->env.loop->ready, &clock->look);
  }
}

static void on_look(struct tgr_job *job) {
  struct tgr_clock *clock = TGR_CONTAINER_OF(job, struct tgr_clock, look);
  struct tgr_script *script = TGR_CONTAINER_OF(clock, struct tgr_script, clock);
  struct tgr_ready *ready = &script->env.loop->ready;
  const bool is_settling = !tgr_list_empty(&clock->rest.waiters);
  if (script->ended)
    return;
  if (is_settling && took_too_long(clock)) {
    end_settle(clock);
  } else if (!tgr_ready_empty(ready) ||
             tgr_timers_advance(&clock->own, clock->own.now_us) > 0) {
    tgr_ready_put(ready, job);
  } else if (is_busy(script)) {
    look_again(clock, script->env.loop);
  } else {
    clock->busy_us = 0;
    if (is_settling)
      end_settle(clock);
    else
      pass_time(script);
  }
}

void tgr_clock_init(struct tgr_script *script) {
  struct tgr_clock *clock = &script->clock;
  clock->timers = &script->env.loop->timers;
  tgr_event_init(&clock->rest);
  tgr_job_init(&clock->look, on_look);
  tgr_timer_init(&clock->again, on_again);
}

void tgr_clock_deinit(struct tgr_script *script) {
  tgr_ready_drop(&script->clock.look);
  tgr_timer_stop(&script->env.loop->timers, &script->clock.again);
}

void tgr_clock_note_wait(struct tgr_script *script,
                         const struct tgr_fiber *fiber) {
  struct tgr_clock *clock = &script->clock;
  if (!clock->is_virtual)
    return;
  if (fiber == clock->home)
    clock->since_us = tgr_loop_clock_us();
  tgr_ready_put(&script->env.loop->ready, &clock->look);
}

/* ---- what the test kit calls -------------------------------------------- */

/* The test itself may take as long as it likes from here on. */
static int clock_virtual(lua_State *L) {
  struct tgr_script *script = tgr_script_of(L);
  struct tgr_clock *clock = &script->clock;
  struct tgr_fiber *fiber = tgr_fiber_of(L);
  clock->home = fiber;
  if (fiber != NULL)
    fiber->cpu_budget_ms = 0;
  if (clock->is_virtual)
    return 0;
  lua_newtable(L);
  script->fibers.unseen_ref = luaL_ref(L, LUA_REGISTRYINDEX);
  clock->is_virtual = true;
  tgr_timers_init(&clock->own, script->env.loop->timers.now_us);
  clock->timers = &clock->own;
  return 0;
}

static int settle_k(lua_State *L, int status, lua_KContext timed_out) {
  (void)status;
  (void)timed_out;
  lua_pushboolean(L, !took_too_long(&tgr_script_of(L)->clock));
  return 1;
}

static int clock_settle(lua_State *L) {
  struct tgr_script *script = tgr_script_of(L);
  script->clock.since_us = tgr_loop_clock_us();
  script->clock.busy_us = 0;
  return tgr_event_wait(script, L, &script->clock.rest, -1, "settle", settle_k);
}

static int clock_next(lua_State *L) {
  const struct tgr_clock *clock = &tgr_script_of(L)->clock;
  uint64_t due_us = 0;
  if (!tgr_timers_next(clock->timers, &due_us))
    return 0;
  const uint64_t now_us = clock->timers->now_us;
  lua_pushinteger(L, due_us > now_us ? (lua_Integer)(due_us - now_us) : 0);
  return 1;
}

static int clock_move(lua_State *L) {
  struct tgr_clock *clock = &tgr_script_of(L)->clock;
  const lua_Integer us = luaL_checkinteger(L, 1);
  luaL_argcheck(L, us >= 0 && clock->is_virtual, 1, "the clock goes forward");
  tgr_timers_advance(&clock->own, clock->own.now_us + (uint64_t)us);
  return 0;
}

static int clock_unseen(lua_State *L) {
  const int ref = tgr_script_of(L)->fibers.unseen_ref;
  lua_rawgeti(L, LUA_REGISTRYINDEX, ref);
  lua_newtable(L);
  lua_rawseti(L, LUA_REGISTRYINDEX, ref);
  return 1;
}

static int fiber_mark(lua_State *L) {
  const struct tgr_script *script = tgr_script_of(L);
  lua_pushinteger(L, (lua_Integer)script->fibers.serial);
  return 1;
}

/* cancel_since(mark, till?): fibers begun behind one mark, and up to another.
 */
static int cancel_since(lua_State *L) {
  const struct tgr_script *script = tgr_script_of(L);
  const lua_Integer mark = luaL_checkinteger(L, 1);
  const lua_Integer till = luaL_optinteger(L, 2, LUA_MAXINTEGER);
  const struct tgr_list *live = &script->fibers.live;
  lua_Integer count = 0;
  for (struct tgr_link *link = live->head.next; link != &live->head;
       link = link->next) {
    struct tgr_fiber *fiber = TGR_CONTAINER_OF(link, struct tgr_fiber, link);
    if (fiber->serial <= (uint64_t)mark || fiber->serial > (uint64_t)till ||
        fiber == script->fibers.current)
      continue;
    tgr_fiber_cancel(fiber); /* ends from the ready list: the list stays */
    count++;
  }
  lua_pushinteger(L, count);
  return 1;
}

/* Whether an update's fiber calls, or a task that one has started. */
static int in_update(lua_State *L) {
  const struct tgr_fiber *fiber = tgr_fiber_of(L);
  lua_pushboolean(L, fiber != NULL && fiber->origin != NULL);
  return 1;
}

void tgr_clock_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {{"clock_virtual", clock_virtual},
                                       {"settle", clock_settle},
                                       {"clock_next", clock_next},
                                       {"clock_move", clock_move},
                                       {"unseen", clock_unseen},
                                       {"fiber_mark", fiber_mark},
                                       {"cancel_since", cancel_since},
                                       {"in_update", in_update},
                                       {NULL, NULL}};
  tgr_class_functions(L, script, functions);
}
