/* The loop: ask, hand over, wait for room.
 *
 *   stopped → initialising → (saturated ⇄ polling) → draining → confirming
 *
 * The second half is drain.c's. */
#include "engine/runner.h"

#include "engine/drain.h"

#include <assert.h>
#include <limits.h>

enum { DRAIN_MS = 10000, PATIENCE_MS = 50, CONFIRM_MS = 2000 };

static void on_batch(struct tgr_source_consumer *consumer,
                     struct tgr_list *tasks, int count);
static void on_error(struct tgr_source_consumer *consumer,
                     const struct tgr_error *error);
static void on_ready(struct tgr_source_consumer *consumer);
static void on_confirmed(struct tgr_source_consumer *consumer);
static void on_free(struct tgr_sink_waiter *waiter, int capacity);
static void on_task_ended(struct tgr_task_watch *watch, struct tgr_task *task);
static void on_task_rests(struct tgr_task_watch *watch, struct tgr_task *task);

void tgr_runner_options_init(struct tgr_runner_options *options) {
  *options = (struct tgr_runner_options){.drain_ms = DRAIN_MS,
                                         .patience_ms = PATIENCE_MS,
                                         .confirm_ms = CONFIRM_MS};
}

void tgr_runner_init(struct tgr_runner *runner, const struct tgr_mem *mem,
                     struct tgr_timers *timers, struct tgr_ready *ready,
                     struct tgr_source *source, struct tgr_sink *sink,
                     const struct tgr_runner_options *options) {
  *runner = (struct tgr_runner){.mem = mem,
                                .timers = timers,
                                .ready = ready,
                                .source = source,
                                .sink = sink};
  if (options == NULL)
    tgr_runner_options_init(&runner->options);
  else
    runner->options = *options;
  runner->consumer = (struct tgr_source_consumer){.on_batch = on_batch,
                                                  .on_error = on_error,
                                                  .on_ready = on_ready,
                                                  .on_confirmed = on_confirmed};
  runner->watch.ended = on_task_ended;
  runner->watch.rests = on_task_rests;
  tgr_sink_waiter_init(&runner->waiter, on_free);
  tgr_job_init(&runner->step, tgr_drain_step);
  tgr_timer_init(&runner->deadline, tgr_drain_deadline);
  tgr_list_init(&runner->stops);
  tgr_list_init(&runner->unfinished);
  tgr_histogram_init(&runner->latency);
}

struct tgr_task *tgr_runner_first_unfinished(const struct tgr_runner *runner) {
  struct tgr_link *link = tgr_list_first(&runner->unfinished);
  return link == NULL ? NULL : TGR_CONTAINER_OF(link, struct tgr_task, arrival);
}

void tgr_runner_deinit(struct tgr_runner *runner) {
  tgr_source_close(runner->source);
  tgr_sink_forget(&runner->waiter);
  tgr_ready_drop(&runner->step);
  tgr_timer_stop(runner->timers, &runner->deadline);
  struct tgr_task *task = NULL;
  while ((task = tgr_runner_first_unfinished(runner)) != NULL) {
    task->watch = NULL;
    tgr_list_remove(&task->arrival);
  }
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&runner->stops)) != NULL) {
    struct tgr_stop *stop = TGR_CONTAINER_OF(link, struct tgr_stop, link);
    if (stop->dropped != NULL)
      stop->dropped(stop);
  }
  tgr_mem_free(runner->mem, runner->abandoned_ids);
  runner->abandoned_ids = NULL;
  runner->abandoned_count = 0;
  runner->abandoned_cap = 0;
}

bool tgr_runner_is_running(const struct tgr_runner *runner) {
  return runner->phase == TGR_PHASE_INITIALISING ||
         runner->phase == TGR_PHASE_POLLING ||
         runner->phase == TGR_PHASE_SATURATED;
}

bool tgr_runner_is_alive(const struct tgr_runner *runner) {
  return runner->phase != TGR_PHASE_STOPPED &&
         runner->phase != TGR_PHASE_FAILED;
}

static void pull(struct tgr_runner *runner, int capacity) {
  runner->phase = TGR_PHASE_POLLING;
  tgr_source_set_generator_pace(runner->source, capacity);
  const enum tgr_status status =
      tgr_source_pull(runner->source, &runner->consumer);
  assert(status == TGR_OK && "the source is not the runner's alone");
  (void)status;
}

/* Asks for the next batch as soon as the sink has room enough. */
static void go_on(struct tgr_runner *runner) {
  const int capacity = tgr_sink_when_free(runner->sink, &runner->waiter,
                                          tgr_sink_enough(runner->sink),
                                          runner->options.patience_ms * 1000);
  if (capacity == 0)
    runner->phase = TGR_PHASE_SATURATED;
  else
    pull(runner, capacity);
}

static void on_free(struct tgr_sink_waiter *waiter, int granted) {
  struct tgr_runner *runner =
      TGR_CONTAINER_OF(waiter, struct tgr_runner, waiter);
  (void)granted; /* others may have filled the sink since */
  const int capacity = tgr_sink_capacity(runner->sink);
  if (capacity == 0)
    go_on(runner);
  else
    pull(runner, capacity);
}

static void begin(struct tgr_runner *runner) {
  runner->error.status = TGR_OK;
  runner->may_confirm = true;
  runner->start_again = false;
  if (runner->prepared) {
    go_on(runner);
    return;
  }
  runner->phase = TGR_PHASE_INITIALISING;
  const enum tgr_status status =
      tgr_source_prepare(runner->source, &runner->consumer);
  assert(status == TGR_OK && "the source is not the runner's alone");
  (void)status;
}

void tgr_runner_start(struct tgr_runner *runner) {
  if (tgr_runner_is_running(runner))
    return;
  if (tgr_runner_is_alive(runner))
    runner->start_again = true;
  else
    begin(runner);
}

static struct tgr_runner *runner_of(struct tgr_source_consumer *consumer) {
  return TGR_CONTAINER_OF(consumer, struct tgr_runner, consumer);
}

static void on_ready(struct tgr_source_consumer *consumer) {
  struct tgr_runner *runner = runner_of(consumer);
  runner->prepared = true;
  go_on(runner);
}

static void enlist(struct tgr_runner *runner, struct tgr_task *task) {
  task->watch = &runner->watch;
  task->arrived_us = runner->timers->now_us;
  task->serial = ++runner->fetched;
  task->before_id = runner->last_id;
  tgr_list_append(&runner->unfinished, &task->arrival);
}

static void on_batch(struct tgr_source_consumer *consumer,
                     struct tgr_list *tasks, int count) {
  struct tgr_runner *runner = runner_of(consumer);
  (void)count;
  runner->polls++;
  runner->last_poll_us = runner->timers->now_us;
  runner->polled = runner->fetched;
  for (struct tgr_link *link = tasks->head.next; link != &tasks->head;
       link = link->next) {
    struct tgr_task *task = TGR_CONTAINER_OF(link, struct tgr_task, link);
    enlist(runner, task);
    runner->last_id = task->update_id;
  }
  tgr_sink_handle(runner->sink, tasks);
  if (runner->phase == TGR_PHASE_POLLING)
    go_on(runner);
}

void tgr_runner_feed(struct tgr_runner *runner, struct tgr_list *tasks) {
  assert(tgr_runner_is_running(runner));
  for (struct tgr_link *link = tasks->head.next; link != &tasks->head;
       link = link->next)
    enlist(runner, TGR_CONTAINER_OF(link, struct tgr_task, link));
  tgr_sink_handle(runner->sink, tasks);
}

static void on_task_ended(struct tgr_task_watch *watch, struct tgr_task *task) {
  struct tgr_runner *runner = TGR_CONTAINER_OF(watch, struct tgr_runner, watch);
  tgr_list_remove(&task->arrival);
  runner->outcomes[task->outcome]++;
  tgr_histogram_add(&runner->latency,
                    runner->timers->now_us - task->arrived_us);
  if (task->outcome == TGR_OUTCOME_ABANDONED)
    tgr_drain_note_abandoned(runner, task->update_id);
  if (runner->phase == TGR_PHASE_DRAINING &&
      (tgr_list_empty(&runner->unfinished) || tgr_sink_size(runner->sink) == 0))
    tgr_ready_put(runner->ready, &runner->step);
}

/* A drain does not wait for what nobody runs before its time. */
static void on_task_rests(struct tgr_task_watch *watch, struct tgr_task *task) {
  struct tgr_runner *runner = TGR_CONTAINER_OF(watch, struct tgr_runner, watch);
  (void)task;
  if (runner->phase == TGR_PHASE_DRAINING)
    tgr_ready_put(runner->ready, &runner->step);
}

static void on_error(struct tgr_source_consumer *consumer,
                     const struct tgr_error *error) {
  struct tgr_runner *runner = runner_of(consumer);
  runner->error = *error;
  runner->may_confirm = false;
  tgr_drain_begin(runner, runner->options.drain_ms);
}

void tgr_runner_fail(struct tgr_runner *runner, const struct tgr_error *error) {
  if (!tgr_runner_is_alive(runner))
    return;
  runner->start_again = false;
  if (runner->error.status == TGR_OK)
    runner->error = *error;
  if (tgr_runner_is_running(runner))
    tgr_drain_begin(runner, runner->options.drain_ms);
}

void tgr_runner_stop(struct tgr_runner *runner, uint64_t deadline_ms,
                     struct tgr_stop *stop) {
  runner->start_again = false;
  if (stop != NULL) {
    tgr_link_init(&stop->link);
    tgr_list_append(&runner->stops, &stop->link);
  }
  if (tgr_runner_is_running(runner))
    tgr_drain_begin(runner, deadline_ms);
  else if (runner->phase == TGR_PHASE_DRAINING)
    tgr_drain_shorten(runner, deadline_ms);
  else if (!tgr_runner_is_alive(runner) && stop != NULL)
    tgr_ready_put(runner->ready, &runner->step);
}

static void on_confirmed(struct tgr_source_consumer *consumer) {
  tgr_drain_confirmed(runner_of(consumer));
}
