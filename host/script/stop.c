/* A script ends gracefully. */
#include "script/stop.h"

#include "script/runner.h"
#include "script/state.h"

static void cancel_fibers(struct tgr_script *script, bool only_background) {
  const struct tgr_list *live = &script->fibers.live;
  for (struct tgr_link *link = live->head.next; link != &live->head;
       link = link->next) {
    struct tgr_fiber *fiber = TGR_CONTAINER_OF(link, struct tgr_fiber, link);
    if (fiber->background || !only_background)
      tgr_fiber_cancel(fiber); /* ends from the ready list: the list stays */
  }
}

static void on_deadline(struct tgr_timer *timer) {
  struct tgr_script *script =
      TGR_CONTAINER_OF(timer, struct tgr_script, stop_timer);
  cancel_fibers(script, false);
  tgr_script_exit(script,
                  &(struct tgr_script_end){.exit_code = script->exit_code});
}

void tgr_script_stop_step(struct tgr_script *script) {
  if (script->stopping && tgr_list_empty(&script->runs))
    cancel_fibers(script, true);
}

void tgr_script_stop(struct tgr_script *script, uint64_t deadline_ms) {
  if (!script->stopping)
    tgr_timer_init(&script->stop_timer, on_deadline);
  script->stopping = true;
  if (deadline_ms != UINT64_MAX)
    tgr_timer_start_ms(&script->env.loop->timers, &script->stop_timer,
                       deadline_ms);
  tgr_runners_stop(script, deadline_ms);
  tgr_script_stop_step(script);
  tgr_script_check_idle(script);
}
