/* One request at a time.
 *
 * Answers never reach the consumer from within the supplier's call: they are
 * noted, and handed over by `job` from the ready list. */
#include "engine/source.h"

#include "engine/task.h"

#include <assert.h>
#include <limits.h>

enum answer {
  ANSWER_NONE,
  ANSWER_BATCH,
  ANSWER_ERROR,
  ANSWER_READY,
  ANSWER_CONFIRMED
};

static void pause_over(struct tgr_timer *timer);
static void hand_over(struct tgr_job *job);

void tgr_source_options_init(struct tgr_source_options *options) {
  *options = (struct tgr_source_options){.speed_traffic_balance = 0,
                                         .max_delay_milliseconds = 500};
}

void tgr_source_init(struct tgr_source *source, struct tgr_timers *timers,
                     struct tgr_ready *ready, struct tgr_supplier *supplier,
                     const struct tgr_source_options *options) {
  struct tgr_source_options defaults;
  tgr_source_options_init(&defaults);
  const struct tgr_source_options *o = options == NULL ? &defaults : options;
  *source = (struct tgr_source){
      .timers = timers, .ready = ready, .supplier = supplier, .limit = INT_MAX};
  tgr_pace_init(&source->pace, o->speed_traffic_balance,
                o->max_delay_milliseconds);
  tgr_timer_init(&source->pause, pause_over);
  tgr_job_init(&source->job, hand_over);
  tgr_list_init(&source->batch);
}

void tgr_source_deinit(struct tgr_source *source) {
  tgr_source_close(source);
  tgr_ready_drop(&source->job);
  tgr_task_release_all(&source->batch);
}

/* True while the supplier owes an answer. */
static bool is_open(const struct tgr_source *source) {
  return source->state == TGR_SOURCE_PREPARING ||
         source->state == TGR_SOURCE_POLLING ||
         source->state == TGR_SOURCE_CONFIRMING;
}

static void request(struct tgr_source *source) {
  source->pause_us = 0;
  source->asked_us = source->timers->now_us;
  source->state = TGR_SOURCE_POLLING;
  source->supplier->supply(source->supplier, source, source->limit);
}

static void pause_over(struct tgr_timer *timer) {
  request(TGR_CONTAINER_OF(timer, struct tgr_source, pause));
}

static void answer(struct tgr_source *source, enum answer what) {
  source->state = TGR_SOURCE_ANSWERED;
  source->answer = what;
  tgr_ready_put(source->ready, &source->job);
}

enum tgr_status tgr_source_pull(struct tgr_source *source,
                                struct tgr_source_consumer *consumer) {
  if (source->state != TGR_SOURCE_IDLE)
    return TGR_ESTATE;
  source->consumer = consumer;
  source->active = true;
  if (!tgr_list_empty(&source->batch)) {
    answer(source, ANSWER_BATCH);
    return TGR_OK;
  }
  if (source->pause_us == 0) {
    request(source);
    return TGR_OK;
  }
  source->state = TGR_SOURCE_PAUSING;
  tgr_timer_start_us(source->timers, &source->pause, source->pause_us);
  return TGR_OK;
}

void tgr_source_set_generator_pace(struct tgr_source *source, int limit) {
  source->limit = limit < 1 ? 1 : limit;
}

bool tgr_source_is_active(const struct tgr_source *source) {
  return source->active;
}

void tgr_source_skip_pause(struct tgr_source *source) {
  if (source->state != TGR_SOURCE_PAUSING)
    return;
  tgr_timer_stop(source->timers, &source->pause);
  request(source);
}

void tgr_source_close(struct tgr_source *source) {
  tgr_timer_stop(source->timers, &source->pause);
  source->active = false;
  source->limit = INT_MAX;
  source->pause_us = 0;
  const bool open = is_open(source);
  if (source->state != TGR_SOURCE_ANSWERED)
    source->state = TGR_SOURCE_IDLE;
  else if (source->answer != ANSWER_BATCH) {
    /* Closed on purpose: an error, or being ready, is no news any more. */
    source->answer = ANSWER_NONE;
    source->state = TGR_SOURCE_IDLE;
    tgr_ready_drop(&source->job);
  }
  if (open)
    source->supplier->abort(source->supplier);
}

void tgr_source_leave(struct tgr_source *source) {
  tgr_source_close(source);
  tgr_ready_drop(&source->job);
  source->state = TGR_SOURCE_IDLE;
  source->answer = ANSWER_NONE;
}

void tgr_source_give_back(struct tgr_source *source, struct tgr_list *tasks) {
  tgr_list_append_all(tasks, &source->batch);
  tgr_list_append_all(&source->batch, tasks);
}

struct tgr_task *tgr_source_first_back(const struct tgr_source *source) {
  struct tgr_link *link = tgr_list_first(&source->batch);
  return link == NULL ? NULL : TGR_CONTAINER_OF(link, struct tgr_task, link);
}

enum tgr_status tgr_source_prepare(struct tgr_source *source,
                                   struct tgr_source_consumer *consumer) {
  if (source->state != TGR_SOURCE_IDLE)
    return TGR_ESTATE;
  source->consumer = consumer;
  if (source->supplier->init == NULL) {
    answer(source, ANSWER_READY);
    return TGR_OK;
  }
  source->state = TGR_SOURCE_PREPARING;
  source->supplier->init(source->supplier, source);
  return TGR_OK;
}

enum tgr_status tgr_source_confirm(struct tgr_source *source,
                                   struct tgr_source_consumer *consumer,
                                   int64_t offset, bool covered) {
  if (source->state != TGR_SOURCE_IDLE)
    return TGR_ESTATE;
  source->consumer = consumer;
  if (source->supplier->confirm == NULL) {
    answer(source, ANSWER_CONFIRMED);
    return TGR_OK;
  }
  source->state = TGR_SOURCE_CONFIRMING;
  source->supplier->confirm(source->supplier, source, offset, covered);
  return TGR_OK;
}

void tgr_source_deliver(struct tgr_source *source, struct tgr_list *tasks,
                        int count) {
  assert(source->state == TGR_SOURCE_POLLING && "nobody asked");
  tgr_list_append_all(&source->batch, tasks);
  source->pause_us = tgr_pace_record(&source->pace, count,
                                     source->timers->now_us - source->asked_us);
  answer(source, ANSWER_BATCH);
}

void tgr_source_fail(struct tgr_source *source, const struct tgr_error *error) {
  assert(is_open(source) && "nobody asked");
  source->error = *error;
  source->active = false;
  source->limit = INT_MAX;
  answer(source, ANSWER_ERROR);
}

void tgr_source_ready(struct tgr_source *source) {
  assert(source->state == TGR_SOURCE_PREPARING && "nobody asked");
  answer(source, ANSWER_READY);
}

void tgr_source_confirmed(struct tgr_source *source) {
  assert(source->state == TGR_SOURCE_CONFIRMING && "nobody asked");
  answer(source, ANSWER_CONFIRMED);
}

static void hand_over(struct tgr_job *job) {
  struct tgr_source *source = TGR_CONTAINER_OF(job, struct tgr_source, job);
  struct tgr_source_consumer *consumer = source->consumer;
  const enum answer what = (enum answer)source->answer;
  source->state = TGR_SOURCE_IDLE;
  source->answer = ANSWER_NONE;
  switch (what) {
  case ANSWER_NONE:
    break;
  case ANSWER_BATCH: {
    struct tgr_list tasks;
    tgr_list_init(&tasks);
    tgr_list_append_all(&tasks, &source->batch);
    const int count = tgr_list_count(&tasks);
    consumer->on_batch(consumer, &tasks, count);
    break;
  }
  case ANSWER_ERROR:
    consumer->on_error(consumer, &source->error);
    break;
  case ANSWER_READY:
    consumer->on_ready(consumer);
    break;
  case ANSWER_CONFIRMED:
    consumer->on_confirmed(consumer);
    break;
  }
}
