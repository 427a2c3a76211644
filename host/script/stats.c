/* A runner's figures as a Lua table. */
#include "script/stats.h"

#include "engine/runner.h"
#include "script/state.h"

static void set_count(lua_State *L, const char *name, uint64_t value) {
  lua_pushinteger(L, (lua_Integer)value);
  lua_setfield(L, -2, name);
}

static void set_ms(lua_State *L, const char *name, uint64_t us) {
  lua_pushnumber(L, (lua_Number)us / 1000);
  lua_setfield(L, -2, name);
}

void tgr_stats_push(lua_State *L, const struct tgr_script *script,
                    const struct tgr_runner *runner) {
  struct tgr_runner_stats stats;
  tgr_loop_catch_up(script->env.loop);
  tgr_runner_stats(runner, &stats);
  const uint64_t now_us = script->env.loop->timers.now_us;
  lua_createtable(L, 0, 20);
  lua_pushstring(L, tgr_runner_state_name(stats.state));
  lua_setfield(L, -2, "state");
  lua_pushstring(L, stats.error);
  lua_setfield(L, -2, "error");
  set_count(L, "running", stats.running);
  set_count(L, "waiting", stats.waiting);
  set_count(L, "fetched", stats.fetched);
  set_count(L, "done", stats.done);
  set_count(L, "failed", stats.failed);
  set_count(L, "timed_out", stats.timed_out);
  set_count(L, "abandoned", stats.abandoned);
  set_count(L, "polls", stats.polls);
  set_count(L, "decoded", script->decoded);
  set_count(L, "wakeups", script->env.loop->wakeups);
  if (stats.retry_at_us != 0)
    set_ms(L, "retry_in_ms",
           stats.retry_at_us > now_us ? stats.retry_at_us - now_us : 0);
  if (stats.last_poll_us != 0)
    set_ms(L, "since_last_poll_ms", now_us - stats.last_poll_us);
  set_ms(L, "oldest_age_ms", stats.oldest_age_us);
  set_ms(L, "latency_p50_ms", stats.latency_p50_us);
  set_ms(L, "latency_p90_ms", stats.latency_p90_us);
  set_ms(L, "latency_p99_ms", stats.latency_p99_us);
  set_ms(L, "latency_max_ms", stats.latency_max_us);
}
