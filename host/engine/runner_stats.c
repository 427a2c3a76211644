/* What a runner is doing, in numbers. */
#include "engine/runner.h"

const char *tgr_runner_state_name(enum tgr_runner_state state) {
  switch (state) {
  case TGR_RUNNER_STOPPED:
    return "stopped";
  case TGR_RUNNER_INITIALISING:
    return "initialising";
  case TGR_RUNNER_POLLING:
    return "polling";
  case TGR_RUNNER_PAUSING:
    return "pausing";
  case TGR_RUNNER_BACKING_OFF:
    return "backing off";
  case TGR_RUNNER_SATURATED:
    return "saturated";
  case TGR_RUNNER_DRAINING:
    return "draining";
  case TGR_RUNNER_FAILED:
    return "failed";
  }
  return "unknown";
}

static uint64_t retry_at_us(const struct tgr_runner *runner) {
  const struct tgr_supplier *supplier = runner->source->supplier;
  while (supplier->behind != NULL)
    supplier = supplier->behind;
  return supplier->retry_at_us;
}

/* The state of a runner that has asked for a batch. */
static enum tgr_runner_state asking(const struct tgr_runner *runner,
                                    enum tgr_runner_state otherwise) {
  if (runner->source->state == TGR_SOURCE_PAUSING)
    return TGR_RUNNER_PAUSING;
  if (retry_at_us(runner) != 0)
    return TGR_RUNNER_BACKING_OFF;
  return otherwise;
}

enum tgr_runner_state tgr_runner_state(const struct tgr_runner *runner) {
  switch ((enum tgr_runner_phase)runner->phase) {
  case TGR_PHASE_STOPPED:
    return TGR_RUNNER_STOPPED;
  case TGR_PHASE_INITIALISING:
    return asking(runner, TGR_RUNNER_INITIALISING);
  case TGR_PHASE_POLLING:
    return asking(runner, TGR_RUNNER_POLLING);
  case TGR_PHASE_SATURATED:
    return TGR_RUNNER_SATURATED;
  case TGR_PHASE_DRAINING:
  case TGR_PHASE_CONFIRMING:
    return TGR_RUNNER_DRAINING;
  case TGR_PHASE_FAILED:
    return TGR_RUNNER_FAILED;
  }
  return TGR_RUNNER_STOPPED;
}

static void count_unfinished(const struct tgr_runner *runner,
                             struct tgr_runner_stats *stats) {
  uint64_t oldest_us = runner->timers->now_us;
  const struct tgr_link *end = &runner->unfinished.head;
  for (struct tgr_link *link = end->next; link != end; link = link->next) {
    const struct tgr_task *task =
        TGR_CONTAINER_OF(link, struct tgr_task, arrival);
    if (task->place != TGR_TASK_RUNNING) {
      stats->waiting++;
      continue;
    }
    stats->running++;
    if (task->started_us < oldest_us)
      oldest_us = task->started_us;
  }
  stats->oldest_age_us = runner->timers->now_us - oldest_us;
}

void tgr_runner_stats(const struct tgr_runner *runner,
                      struct tgr_runner_stats *stats) {
  const uint64_t *outcomes = runner->outcomes;
  const struct tgr_histogram *latency = &runner->latency;
  *stats = (struct tgr_runner_stats){
      .state = tgr_runner_state(runner),
      .fetched = runner->fetched,
      .done = outcomes[TGR_OUTCOME_DONE],
      .failed = outcomes[TGR_OUTCOME_FAILED],
      .timed_out = outcomes[TGR_OUTCOME_TIMED_OUT],
      .abandoned = outcomes[TGR_OUTCOME_ABANDONED],
      .polls = runner->polls,
      .last_poll_us = runner->last_poll_us,
      .latency_p50_us = tgr_histogram_percentile(latency, 50),
      .latency_p90_us = tgr_histogram_percentile(latency, 90),
      .latency_p99_us = tgr_histogram_percentile(latency, 99),
      .latency_max_us = latency->max_us};
  if (stats->state == TGR_RUNNER_FAILED)
    stats->error = runner->error.text;
  if (stats->state == TGR_RUNNER_BACKING_OFF)
    stats->retry_at_us = retry_at_us(runner);
  count_unfinished(runner, stats);
}
