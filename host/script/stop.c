/* A script ends gracefully. */
#include "script/stop.h"

#include "script/class.h"
#include "script/runner.h"
#include "script/state.h"

/* What is left behind the last update may go on while it does something, and
 * then for QUIET_LOOKS; or for ALL_LOOKS. A script that had no runner may go on
 * for as long as it does something, and then for ALL_LOOKS. Looks are counted,
 * not milliseconds: code that does not pause for long does something, too. */
enum { LOOK_MS = 500, QUIET_LOOKS = 10, ALL_LOOKS = 120 };

/* Behind the deadline: what runners take to end, and what those who waited for
 * that may do then. */
enum { RUNNERS_MS = 5000, LAST_MS = 500 };

static void cancel_fibers(struct tgr_script *script, bool only_background) {
  const struct tgr_list *live = &script->fibers.live;
  for (struct tgr_link *link = live->head.next; link != &live->head;
       link = link->next) {
    struct tgr_fiber *fiber = TGR_CONTAINER_OF(link, struct tgr_fiber, link);
    if (fiber->background || !only_background)
      tgr_fiber_cancel(fiber); /* ends from the ready list: the list stays */
  }
}

static void end_fibers(struct tgr_script *script) {
  cancel_fibers(script, false);
  tgr_script_exit(script,
                  &(struct tgr_script_end){.exit_code = script->exit_code});
}

/* Later calls can only bring the end forward. */
static void end_at_last(struct tgr_script *script, uint64_t last_ms) {
  struct tgr_timers *timers = &script->env.loop->timers;
  struct tgr_timer *timer = &script->stop_timer;
  script->overdue = true;
  if (!tgr_timer_active(timer) ||
      timer->due_us > timers->now_us + last_ms * 1000)
    tgr_timer_start_ms(timers, timer, last_ms);
}

/* Runners have the same deadline: first they end, with all they tell. */
static void on_deadline(struct tgr_timer *timer) {
  struct tgr_script *script =
      TGR_CONTAINER_OF(timer, struct tgr_script, stop_timer);
  if (script->overdue || tgr_list_empty(&script->runs))
    end_fibers(script);
  else
    end_at_last(script, RUNNERS_MS);
}

/* ---- a stop without a deadline ------------------------------------------ */

static void look_later(struct tgr_script *script) {
  tgr_timer_start_ms(&script->env.loop->timers, &script->quiet_timer, LOOK_MS);
}

static void begin_looks(struct tgr_script *script) {
  script->quiet_wakes = script->fibers.wakes;
  script->quiet_looks = 0;
  script->all_looks = 0;
  look_later(script);
}

/* For how many looks nothing but time has ended a wait. */
static unsigned look(struct tgr_script *script) {
  script->all_looks++;
  script->quiet_looks++;
  if (script->fibers.wakes != script->quiet_wakes)
    script->quiet_looks = 0;
  script->quiet_wakes = script->fibers.wakes;
  return script->quiet_looks;
}

static void on_quiet(struct tgr_timer *timer) {
  struct tgr_script *script =
      TGR_CONTAINER_OF(timer, struct tgr_script, quiet_timer);
  const bool had_runner = script->had_runner;
  const unsigned most = had_runner ? QUIET_LOOKS : ALL_LOOKS;
  const bool is_quiet = look(script) >= most;
  const bool is_over =
      is_quiet || (had_runner && script->all_looks >= ALL_LOOKS);
  if (!is_over || script->fibers.live_count == 0) { /* guests have their own */
    look_later(script);
    return;
  }
  const int count = script->fibers.live_count;
  tgr_log_write(script->env.log, TGR_LOG_WARN,
                "stop: no update is left; ended %d task%s that %s for %d s",
                count, count == 1 ? "" : "s",
                is_quiet ? "only slept" : "went on",
                (int)(is_quiet ? most : ALL_LOOKS) * LOOK_MS / 1000);
  end_fibers(script);
}

void tgr_script_stop_step(struct tgr_script *script) {
  if (!script->stopping || !tgr_list_empty(&script->runs))
    return;
  cancel_fibers(script, true);
  if (script->overdue) {
    end_at_last(script, LAST_MS);
    return;
  }
  if (tgr_timer_active(&script->stop_timer) ||
      tgr_timer_active(&script->quiet_timer))
    return;
  begin_looks(script);
}

/* ---- stopping ----------------------------------------------------------- */

void tgr_script_stop(struct tgr_script *script, uint64_t deadline_ms) {
  if (!script->stopping) {
    tgr_timer_init(&script->stop_timer, on_deadline);
    tgr_timer_init(&script->quiet_timer, on_quiet);
    script->had_runner = !tgr_list_empty(&script->runs);
  }
  script->stopping = true;
  if (deadline_ms != UINT64_MAX)
    tgr_timer_start_ms(&script->env.loop->timers, &script->stop_timer,
                       deadline_ms);
  if (tgr_list_empty(&script->runs))
    tgr_script_stop_step(script);
  else
    tgr_runners_stop(script, deadline_ms);
  tgr_script_check_idle(script);
}

/* ---- what would begin meanwhile ----------------------------------------- */

static void abort_end(struct tgr_wait *wait) {
  (void)wait;
}

static int never_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  (void)ctx;
  return lua_gettop(L); /* not reached: the fiber is cancelled */
}

static bool can_end_here(lua_State *L) {
  const struct tgr_fiber *fiber = tgr_fiber_of(L);
  return fiber != NULL && fiber->origin == NULL && !fiber->closing &&
         lua_isyieldable(L);
}

static int stops_here(lua_State *L) {
  struct tgr_script *script = tgr_script_of(L);
  if (!script->stopping || !can_end_here(L)) {
    lua_pushboolean(L, script->stopping);
    return 1;
  }
  struct tgr_fiber *fiber = tgr_fiber_check_wait(L, "start");
  struct tgr_wait *wait = lua_newuserdatauv(L, sizeof *wait, 0);
  *wait = (struct tgr_wait){.abort = abort_end};
  tgr_log_write(script->env.log, TGR_LOG_DEBUG,
                "stop: what would have started a runner ends");
  tgr_fiber_cancel(fiber);
  return tgr_fiber_wait(L, wait, 0, never_k);
}

void tgr_stop_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {{"stops_here", stops_here},
                                       {NULL, NULL}};
  tgr_class_functions(L, script, functions);
}

void tgr_stop_deinit(struct tgr_script *script) {
  if (!script->stopping)
    return;
  tgr_timer_stop(&script->env.loop->timers, &script->stop_timer);
  tgr_timer_stop(&script->env.loop->timers, &script->quiet_timer);
}
