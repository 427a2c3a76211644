/* A script ends gracefully. */
#include "script/stop.h"

#include "script/runner.h"
#include "script/state.h"

/* What is left behind the last update may go on while it does something, and
 * then for QUIET_MS; or for ALL_MS. */
enum { LOOK_MS = 500, QUIET_MS = 5000, ALL_MS = 60000 };

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

/* Whether nothing but time has ended a wait for QUIET_MS. */
static bool is_quiet(struct tgr_script *script, uint64_t now_us) {
  if (script->fibers.wakes != script->quiet_wakes) {
    script->quiet_wakes = script->fibers.wakes;
    script->quiet_since_us = now_us;
  }
  return now_us - script->quiet_since_us >= (uint64_t)QUIET_MS * 1000;
}

static void on_quiet(struct tgr_timer *timer) {
  struct tgr_script *script =
      TGR_CONTAINER_OF(timer, struct tgr_script, quiet_timer);
  const uint64_t now_us = tgr_loop_clock_us();
  const bool quiet = is_quiet(script, now_us);
  const bool is_over = quiet || now_us >= script->quiet_end_us;
  if (!is_over || script->fibers.live_count == 0) { /* guests have their own */
    look_later(script);
    return;
  }
  tgr_log_write(script->env.log, TGR_LOG_WARN,
                "stop: no update is left; ended %d task%s that %s",
                script->fibers.live_count,
                script->fibers.live_count == 1 ? "" : "s",
                quiet ? "only slept for 5 s" : "went on for 60 s");
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
  const uint64_t now_us = tgr_loop_clock_us();
  script->quiet_wakes = script->fibers.wakes;
  script->quiet_since_us = now_us;
  script->quiet_end_us = now_us + (uint64_t)ALL_MS * 1000;
  look_later(script);
}

/* ---- stopping ----------------------------------------------------------- */

void tgr_script_stop(struct tgr_script *script, uint64_t deadline_ms) {
  if (!script->stopping) {
    tgr_timer_init(&script->stop_timer, on_deadline);
    tgr_timer_init(&script->quiet_timer, on_quiet);
  }
  script->stopping = true;
  if (deadline_ms != UINT64_MAX)
    tgr_timer_start_ms(&script->env.loop->timers, &script->stop_timer,
                       deadline_ms);
  if (tgr_list_empty(&script->runs))
    cancel_fibers(script, true);
  else
    tgr_runners_stop(script, deadline_ms);
  tgr_script_check_idle(script);
}

void tgr_stop_deinit(struct tgr_script *script) {
  if (!script->stopping)
    return;
  tgr_timer_stop(&script->env.loop->timers, &script->stop_timer);
  tgr_timer_stop(&script->env.loop->timers, &script->quiet_timer);
}
