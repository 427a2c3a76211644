/* Functions that are called later. */
#include "script/alarm.h"

#include "script/class.h"
#include "script/describe.h"
#include "script/state.h"

#include <lauxlib.h>

#define ALARM_META "tgrunner.Timer"
#define AT_CLOSE "tgrunner.at_close"

enum { UV_FUNCTION = 1, UV_FIRST = 2, UV_SECOND = 3, UV_COUNT = 3 };

/* When there is no memory for a fiber, it is tried again. */
enum { RETRY_MS = 1000 };

/* The longest time, so that adding it to the clock does not overflow. */
static const lua_Integer ms_max = 1000LL * 60 * 60 * 24 * 365 * 100;

struct alarm {
  struct tgr_timer timer;
  struct tgr_timers *timers; /* what it is set on */
  struct tgr_script *script;
  int self_ref; /* keeps the userdata while it is set */
};

static void alarm_stop(struct alarm *alarm, lua_State *L) {
  tgr_timer_stop(alarm->timers, &alarm->timer);
  luaL_unref(L, LUA_REGISTRYINDEX, alarm->self_ref);
  alarm->self_ref = LUA_NOREF;
}

static void on_ended(struct tgr_fiber *fiber, enum tgr_fiber_end how) {
  if (how == TGR_FIBER_RAISED)
    tgr_describe_log(fiber->fibers, fiber->co, "error in a timer's function");
}

/* Allocates nothing on L but what the fiber needs. */
static void on_due(struct tgr_timer *timer) {
  struct alarm *alarm = TGR_CONTAINER_OF(timer, struct alarm, timer);
  struct tgr_script *script = alarm->script;
  lua_State *L = script->L;
  struct tgr_fiber *fiber = NULL;
  if (lua_checkstack(L, UV_COUNT + 2))
    fiber = tgr_fiber_new(&script->fibers);
  if (fiber == NULL) {
    tgr_timer_start_ms(alarm->timers, timer, RETRY_MS);
    return;
  }
  lua_rawgeti(L, LUA_REGISTRYINDEX, alarm->self_ref);
  for (int i = UV_FUNCTION; i <= UV_COUNT; i++)
    lua_getiuservalue(L, -i, i);
  lua_xmove(L, fiber->co, UV_COUNT);
  lua_pop(L, 1);
  alarm_stop(alarm, L);
  tgr_fiber_start(fiber, UV_COUNT - 1, on_ended);
}

static int alarm_new(lua_State *L) {
  struct tgr_script *script = tgr_script_of(L);
  lua_Integer ms = luaL_checkinteger(L, 1);
  luaL_argcheck(L, ms >= 0, 1, "milliseconds must be 0 or more");
  luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_settop(L, 1 + UV_COUNT);
  struct alarm *alarm = lua_newuserdatauv(L, sizeof *alarm, UV_COUNT);
  *alarm = (struct alarm){
      .timers = script->clock.timers, .script = script, .self_ref = LUA_NOREF};
  tgr_timer_init(&alarm->timer, on_due);
  luaL_setmetatable(L, ALARM_META);
  for (int i = UV_FUNCTION; i <= UV_COUNT; i++) {
    lua_pushvalue(L, 1 + i);
    lua_setiuservalue(L, -2, i);
  }
  lua_pushvalue(L, -1);
  alarm->self_ref = luaL_ref(L, LUA_REGISTRYINDEX);
  if (ms > ms_max)
    ms = ms_max;
  tgr_clock_start_ms(&script->clock, &alarm->timer, (uint64_t)ms);
  return 1;
}

/* Also the finaliser: a state that closes collects alarms that are set. */
static int alarm_end(lua_State *L) {
  alarm_stop(luaL_checkudata(L, 1, ALARM_META), L);
  return 0;
}

/* ---- the end of the script ---------------------------------------------- */

static int at_close(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, AT_CLOSE);
  lua_pushvalue(L, 1);
  lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
  return 0;
}

/* Protected: the last function that is left, taken off the list; or nil. */
static int take_last(lua_State *L) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, AT_CLOSE);
  const lua_Integer last = (lua_Integer)lua_rawlen(L, -1);
  lua_rawgeti(L, -1, last);
  lua_pushnil(L);
  lua_rawseti(L, -3, last);
  return 1;
}

static bool push_last(lua_State *L) {
  lua_pushcfunction(L, take_last);
  if (lua_pcall(L, 0, 1, 0) == LUA_OK && lua_isfunction(L, -1))
    return true;
  lua_pop(L, 1);
  return false;
}

void tgr_alarm_close(struct tgr_script *script, bool died) {
  lua_State *L = script->L;
  while (push_last(L)) {
    lua_pushboolean(L, died);
    if (tgr_describe_pcall(&script->fibers, 1, 0) == LUA_OK)
      continue;
    const char *text = lua_tostring(L, -1);
    tgr_log_write(script->env.log, TGR_LOG_ERROR,
                  "error at the end of a script: %s",
                  text == NULL ? "(no text)" : text);
    lua_pop(L, 1);
  }
}

void tgr_alarm_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {
      {"timer", alarm_new}, {"at_close", at_close}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"stop", alarm_end}, {NULL, NULL}};
  tgr_class_functions(L, script, functions);
  tgr_class_new(L, script, ALARM_META, methods, alarm_end);
}
