/* How a runner ends, step by step from the ready list: so a batch that was
 * delivered before the stop is always counted before the drain looks. */
#include "engine/drain.h"

enum { FIRST_IDS = 16 };

void tgr_drain_note_abandoned(struct tgr_runner *runner, int64_t id) {
  if (runner->abandoned_count == runner->abandoned_cap) {
    const size_t cap =
        runner->abandoned_cap == 0 ? FIRST_IDS : runner->abandoned_cap * 2;
    int64_t *ids =
        tgr_mem_resize(runner->mem, runner->abandoned_ids, cap * sizeof *ids);
    if (ids == NULL)
      return;
    runner->abandoned_ids = ids;
    runner->abandoned_cap = cap;
  }
  runner->abandoned_ids[runner->abandoned_count++] = id;
}

void tgr_drain_begin(struct tgr_runner *runner, uint64_t deadline_ms) {
  if (runner->phase == TGR_PHASE_POLLING &&
      runner->source->state == TGR_SOURCE_POLLING)
    runner->polled = runner->fetched;
  runner->phase = TGR_PHASE_DRAINING;
  runner->overdue = runner->prefix_fixed = false;
  runner->abandoned_count = 0;
  for (int i = 0; i < TGR_OUTCOME_COUNT; i++)
    runner->at_stop[i] = runner->outcomes[i];
  tgr_sink_forget(&runner->waiter);
  tgr_source_close(runner->source);
  tgr_timer_start_ms(runner->timers, &runner->deadline, deadline_ms);
  tgr_ready_put(runner->ready, &runner->step);
}

void tgr_drain_shorten(struct tgr_runner *runner, uint64_t deadline_ms) {
  if (!tgr_timer_active(&runner->deadline))
    return;
  const uint64_t left_us =
      runner->deadline.due_us > runner->timers->now_us
          ? runner->deadline.due_us - runner->timers->now_us
          : 0;
  if (deadline_ms < left_us / 1000)
    tgr_timer_start_ms(runner->timers, &runner->deadline, deadline_ms);
}

static void abandon_all(struct tgr_runner *runner) {
  struct tgr_task *task = tgr_runner_first_unfinished(runner);
  if (task != NULL && !runner->prefix_fixed) {
    runner->prefix_fixed = true;
    runner->prefix_serial = task->serial - 1;
    runner->prefix_id = task->before_id;
  }
  while ((task = tgr_runner_first_unfinished(runner)) != NULL)
    tgr_sink_abandon(runner->sink, task);
}

static void answer_stops(struct tgr_runner *runner,
                         const struct tgr_stop_report *report) {
  struct tgr_list stops;
  tgr_list_init(&stops);
  tgr_list_append_all(&stops, &runner->stops);
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&stops)) != NULL) {
    struct tgr_stop *stop = TGR_CONTAINER_OF(link, struct tgr_stop, link);
    stop->done(stop, report);
  }
}

static uint64_t since_stop(const struct tgr_runner *runner,
                           enum tgr_outcome outcome) {
  return runner->outcomes[outcome] - runner->at_stop[outcome];
}

static void finish(struct tgr_runner *runner) {
  const bool failed = runner->error.status != TGR_OK;
  runner->phase = failed ? TGR_PHASE_FAILED : TGR_PHASE_STOPPED;
  const struct tgr_stop_report report = {
      .done = since_stop(runner, TGR_OUTCOME_DONE),
      .failed = since_stop(runner, TGR_OUTCOME_FAILED),
      .timed_out = since_stop(runner, TGR_OUTCOME_TIMED_OUT),
      .abandoned = since_stop(runner, TGR_OUTCOME_ABANDONED),
      .abandoned_ids = runner->abandoned_ids,
      .abandoned_id_count = runner->abandoned_count};
  if (runner->on_ended != NULL)
    runner->on_ended(runner, failed ? &runner->error : NULL);
  answer_stops(runner, &report);
  /* Read last: the callbacks may have started or stopped it. */
  if (runner->start_again && !tgr_runner_is_alive(runner))
    tgr_runner_start(runner);
}

static int64_t behind(int64_t id) {
  return id < INT64_MAX ? id + 1 : id;
}

/* Tells the server what is settled: the finished prefix. */
static void confirm(struct tgr_runner *runner) {
  if (!runner->prefix_fixed) {
    runner->prefix_serial = runner->fetched;
    runner->prefix_id = runner->last_id;
  }
  runner->phase = TGR_PHASE_CONFIRMING;
  if (!runner->source->supplier->keeps &&
      (runner->prefix_serial == 0 || runner->prefix_id == 0 || /* only fed */
       runner->prefix_id == INT64_MAX)) {
    finish(runner);
    return;
  }
  tgr_timer_start_ms(runner->timers, &runner->deadline,
                     runner->options.confirm_ms);
  const enum tgr_status status = tgr_source_confirm(
      runner->source, &runner->consumer, behind(runner->prefix_id),
      runner->prefix_serial <= runner->polled);
  if (status == TGR_OK)
    return;
  tgr_timer_stop(runner->timers, &runner->deadline);
  finish(runner); /* somebody else asks the source: their offset says more */
}

void tgr_drain_confirmed(struct tgr_runner *runner) {
  tgr_timer_stop(runner->timers, &runner->deadline);
  finish(runner);
}

void tgr_drain_deadline(struct tgr_timer *timer) {
  struct tgr_runner *runner =
      TGR_CONTAINER_OF(timer, struct tgr_runner, deadline);
  if (runner->phase == TGR_PHASE_CONFIRMING) {
    tgr_source_close(runner->source);
    finish(runner);
    return;
  }
  runner->overdue = true;
  tgr_sink_abandon_detached(runner->sink, &runner->watch);
  tgr_ready_put(runner->ready, &runner->step);
}

void tgr_drain_step(struct tgr_job *job) {
  struct tgr_runner *runner = TGR_CONTAINER_OF(job, struct tgr_runner, step);
  if (!tgr_runner_is_alive(runner)) {
    answer_stops(runner, &(struct tgr_stop_report){0});
    return;
  }
  if (runner->phase != TGR_PHASE_DRAINING)
    return;
  if (runner->overdue || tgr_sink_is_stuck(runner->sink))
    abandon_all(runner);
  if (!tgr_list_empty(&runner->unfinished))
    return;
  tgr_timer_stop(runner->timers, &runner->deadline);
  if (runner->may_confirm)
    confirm(runner);
  else
    finish(runner);
}
