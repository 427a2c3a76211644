/* Something fibers wait for; sleeping is waiting for an event that never
 * comes, with a timeout. */
#include "script/event.h"

#include "script/class.h"
#include "script/place.h"
#include "script/state.h"

#include <lauxlib.h>
#include <math.h>

#define EVENT_META "tgrunner.Event"

/* A day more than the longest sleep people mean; keeps µs from overflowing. */
static const lua_Integer timeout_max_ms = 1000LL * 60 * 60 * 24 * 365 * 100;

/* One fiber's wait; freed when the fiber goes on or is cancelled. */
struct waiter {
  struct tgr_wait wait;
  struct tgr_timer timer;
  struct tgr_link link; /* in the event's list until it is over */
  struct tgr_script *script;
  const struct tgr_event *event; /* NULL for a sleep */
  bool has_limit;
  struct tgr_timers *timers;
  lua_KFunction k;
  bool timed_out;
};

void tgr_event_init(struct tgr_event *event) {
  tgr_list_init(&event->waiters);
  event->set = false;
  event->task = NULL;
}

static void waiter_end(struct waiter *waiter) {
  tgr_timer_stop(waiter->timers, &waiter->timer);
  tgr_list_remove(&waiter->link);
}

void tgr_event_set(struct tgr_event *event) {
  event->set = true;
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&event->waiters)) != NULL) {
    struct waiter *waiter = TGR_CONTAINER_OF(link, struct waiter, link);
    waiter_end(waiter);
    tgr_wait_wake(&waiter->wait);
  }
}

static void on_timeout(struct tgr_timer *timer) {
  struct waiter *waiter = TGR_CONTAINER_OF(timer, struct waiter, timer);
  waiter->timed_out = true;
  tgr_list_remove(&waiter->link);
  tgr_wait_wake(&waiter->wait);
  waiter->script->fibers.wakes--;
}

static void waiter_free(struct waiter *waiter) {
  waiter_end(waiter);
  tgr_mem_free(waiter->script->env.mem, waiter);
}

static void abort_waiter(struct tgr_wait *wait) {
  waiter_free(TGR_CONTAINER_OF(wait, struct waiter, wait));
}

static int wait_k(lua_State *L, int status, lua_KContext ctx) {
  struct waiter *waiter = (struct waiter *)ctx;
  const bool timed_out = waiter->timed_out;
  const lua_KFunction k = waiter->k;
  waiter_free(waiter);
  return k(L, status, timed_out);
}

int tgr_event_wait(struct tgr_script *script, lua_State *L,
                   struct tgr_event *event, lua_Integer timeout_ms,
                   const char *what, lua_KFunction k) {
  tgr_fiber_check_wait(L, what);
  if (event != NULL && event->set)
    return k(L, LUA_OK, 0);
  struct waiter *waiter = tgr_mem_new0(script->env.mem, sizeof *waiter);
  if (waiter == NULL)
    return tgr_place_raise(L, "not enough memory");
  waiter->wait.abort = abort_waiter;
  waiter->wait.at_rest = timeout_ms < 0 || script->clock.is_virtual;
  waiter->script = script;
  waiter->event = event;
  waiter->has_limit = timeout_ms >= 0;
  waiter->timers = script->clock.timers;
  waiter->k = k;
  tgr_link_init(&waiter->link);
  tgr_timer_init(&waiter->timer, on_timeout);
  if (event != NULL)
    tgr_list_append(&event->waiters, &waiter->link);
  if (timeout_ms >= 0)
    tgr_clock_start_ms(
        &script->clock, &waiter->timer,
        (uint64_t)(timeout_ms < timeout_max_ms ? timeout_ms : timeout_max_ms));
  tgr_clock_note_wait(script, tgr_fiber_of(L));
  return tgr_fiber_wait(L, &waiter->wait, (lua_KContext)waiter, wait_k);
}

const struct tgr_event *tgr_event_awaited(const struct tgr_fiber *fiber) {
  if (fiber->wait == NULL || fiber->wait->abort != abort_waiter)
    return NULL;
  const struct waiter *waiter =
      TGR_CONTAINER_OF(fiber->wait, struct waiter, wait);
  return waiter->has_limit ? NULL : waiter->event;
}

/* ---- what scripts see --------------------------------------------------- */

static int sleep_k(lua_State *L, int status, lua_KContext timed_out) {
  (void)L;
  (void)status;
  (void)timed_out;
  return 0;
}

/* Milliseconds of argument `index`: a number of at least 0, fractions rounded
 * up. */
static lua_Integer check_ms(lua_State *L, int index) {
  const lua_Number ms = luaL_checknumber(L, index);
  luaL_argcheck(L, ms >= 0, index, "milliseconds must be 0 or more");
  return ms >= (lua_Number)timeout_max_ms ? timeout_max_ms
                                          : (lua_Integer)ceil(ms);
}

static int event_sleep(lua_State *L) {
  const lua_Integer ms = check_ms(L, 1);
  return tgr_event_wait(tgr_script_of(L), L, NULL, ms, "tg.sleep", sleep_k);
}

static int event_wait_k(lua_State *L, int status, lua_KContext timed_out) {
  (void)status;
  lua_pushboolean(L, !timed_out);
  return 1;
}

/* event:wait(timeout_ms?, name?) -> true, or false when the time passed. `name`
 * is the function that waits, for errors. */
static int event_wait(lua_State *L) {
  struct tgr_event *event = luaL_checkudata(L, 1, EVENT_META);
  const lua_Integer ms = lua_isnoneornil(L, 2) ? -1 : check_ms(L, 2);
  const char *name = luaL_optstring(L, 3, "wait");
  return tgr_event_wait(tgr_script_of(L), L, event, ms, name, event_wait_k);
}

static int event_set(lua_State *L) {
  tgr_event_set(luaL_checkudata(L, 1, EVENT_META));
  return 0;
}

static int event_clear(lua_State *L) {
  struct tgr_event *event = luaL_checkudata(L, 1, EVENT_META);
  event->set = false;
  return 0;
}

static int event_new(lua_State *L) {
  struct tgr_event *event = lua_newuserdatauv(L, sizeof *event, 0);
  tgr_event_init(event);
  luaL_setmetatable(L, EVENT_META);
  return 1;
}

void tgr_event_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {
      {"event", event_new}, {"sleep", event_sleep}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"wait", event_wait},
                                     {"set", event_set},
                                     {"clear", event_clear},
                                     {NULL, NULL}};
  tgr_class_functions(L, script, functions);
  tgr_class_new(L, script, EVENT_META, methods, NULL);
}
