/* The intake, and what a keeper does to sink and drain. */
#include "engine/intake.h"
#include "host/engine/engine_run.h"

#include <limits.h>

/* A keeper that writes down what it is told. A batch is safe after `safe_ms`;
 * a task that fails rests for `rest_ms` (0: it has ended). */
struct box {
  struct tgr_keeper keeper;
  struct engine *engine;
  struct tgr_intake *intake;
  struct trace told;
  long safe_ms; /* -1: never */
  unsigned long rest_ms;
  bool holds;
  enum tgr_status refuses;
  int64_t place;
  struct tgr_list left; /* from earlier */
  struct tgr_timer safe;
  struct tgr_timer rested;
  struct tgr_task *resting;
  struct tgr_sink *sink;
};

static struct engine engine;
static struct box box;
static struct tgr_intake intake;
static struct stop stop;
static const struct tgr_log quiet = {.threshold = TGR_LOG_NONE};

static struct box *box_of(const struct tgr_keeper *keeper) {
  return TGR_CONTAINER_OF(keeper, struct box, keeper);
}

static void on_safe(struct tgr_timer *timer) {
  struct box *it = TGR_CONTAINER_OF(timer, struct box, safe);
  trace_add(&it->told, "safe@%lu", world_ms(&it->engine->world));
  tgr_intake_kept(it->intake);
}

static enum tgr_status keep(struct tgr_keeper *keeper, struct tgr_intake *from,
                            const struct tgr_batch *batch, bool *hold,
                            struct tgr_error *error) {
  struct box *it = box_of(keeper);
  int count = 0;
  if (it->refuses != TGR_OK)
    return tgr_error_set(error, it->refuses, "no room");
  for (struct tgr_link *link = batch->tasks->head.next;
       link != &batch->tasks->head; link = link->next, count++)
    TGR_CONTAINER_OF(link, struct tgr_task, link)->keeper = keeper;
  it->intake = from;
  *hold = it->holds;
  trace_add(&it->told, "keep %d@%lu", count, world_ms(&it->engine->world));
  if (it->safe_ms >= 0)
    tgr_timer_start_ms(&it->engine->world.timers, &it->safe,
                       (uint64_t)it->safe_ms);
  return TGR_OK;
}

static int take(struct tgr_keeper *keeper, struct tgr_list *tasks, int limit) {
  struct box *it = box_of(keeper);
  struct tgr_link *link = NULL;
  int count = 0;
  while (count < limit && (link = tgr_list_take(&it->left)) != NULL) {
    tgr_list_append(tasks, link);
    count++;
  }
  return count;
}

static void flush(struct tgr_keeper *keeper, struct tgr_intake *from) {
  struct box *it = box_of(keeper);
  trace_add(&it->told, "flush@%lu", world_ms(&it->engine->world));
  tgr_intake_flushed(from);
}

static int64_t position(const struct tgr_keeper *keeper) {
  return box_of(keeper)->place;
}

static void forget(struct tgr_keeper *keeper, struct tgr_intake *from) {
  (void)keeper;
  (void)from;
}

static void started(struct tgr_keeper *keeper, struct tgr_task *task) {
  (void)keeper;
  (void)task;
}

static void on_rested(struct tgr_timer *timer) {
  struct box *it = TGR_CONTAINER_OF(timer, struct box, rested);
  tgr_sink_again(it->sink, it->resting);
}

static enum tgr_verdict ended(struct tgr_keeper *keeper, struct tgr_sink *sink,
                              struct tgr_task *task, int outcome) {
  struct box *it = box_of(keeper);
  if (outcome == TGR_OUTCOME_FAILED && it->rest_ms > 0) {
    it->resting = task;
    it->sink = sink;
    tgr_timer_start_ms(&it->engine->world.timers, &it->rested, it->rest_ms);
    return TGR_VERDICT_RESTS;
  }
  if (outcome == TGR_OUTCOME_ABANDONED)
    tgr_timer_stop(&it->engine->world.timers, &it->rested);
  task->keeper = NULL;
  return TGR_VERDICT_ENDED;
}

static void dropped(struct tgr_keeper *keeper, struct tgr_task *task) {
  (void)keeper;
  task->keeper = NULL;
}

static void seek(struct tgr_supplier *supplier, int64_t offset) {
  struct well *well = TGR_CONTAINER_OF(supplier, struct well, supplier);
  trace_add(&well->calls, "seek %ld", (long)offset);
}

static int fresh(void **state) {
  (void)state;
  engine_init(&engine);
  memset(&box, 0, sizeof box);
  box.keeper = (struct tgr_keeper){.keep = keep,
                                   .take = take,
                                   .flush = flush,
                                   .position = position,
                                   .forget = forget,
                                   .started = started,
                                   .ended = ended,
                                   .dropped = dropped};
  box.engine = &engine;
  tgr_list_init(&box.left);
  tgr_timer_init(&box.safe, on_safe);
  tgr_timer_init(&box.rested, on_rested);
  return 0;
}

static void open_all(const char *batches, unsigned long takes_ms) {
  engine_open(&engine, batches, takes_ms);
  engine.well.supplier.seek = seek;
  tgr_intake_init(&intake, &engine.world.timers, &engine.world.ready, &quiet,
                  &engine.well.supplier, &box.keeper);
  engine.source.supplier = &intake.supplier;
}

static void close_all(void) {
  crew_leave(&engine.crew);
  tgr_runner_deinit(&engine.runner);
  tgr_timer_stop(&engine.world.timers, &box.safe);
  tgr_timer_stop(&engine.world.timers, &box.rested);
  tgr_intake_deinit(&intake);
  tgr_source_deinit(&engine.source);
  tgr_sink_deinit(&engine.sink);
  world_end(&engine.world);
}

static void the_next_request_waits_until_the_batch_is_safe(void **state) {
  (void)state;
  box.safe_ms = 30;
  open_all("a:5:d b:5:d|c:5:d", 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 100);
  /* They run meanwhile. */
  assert_string_equal(engine.crew.started.text, "a@10 b@10 c@50");
  assert_string_equal(box.told.text, "keep 2@10 safe@40 keep 1@50 safe@80");
  assert_string_equal(engine.well.calls.text,
                      "init@0 supply 500@0 supply 498@40 supply 499@80");
  close_all();
}

static void nothing_more_is_asked_for_while_it_is_not_safe(void **state) {
  (void)state;
  box.safe_ms = -1;
  open_all("a:5:d|b:5:d", 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 10000);
  assert_string_equal(engine.crew.ended.text, "a@15");
  assert_string_equal(engine.well.calls.text, "init@0 supply 500@0");
  close_all();
}

static void
what_is_left_comes_first_and_fetching_goes_on_behind_it(void **state) {
  (void)state;
  engine.sink_options.concurrency = 1;
  box.place = 70;
  open_all("c:5:d", 10);
  world_tasks(&engine.world, "a:20:d b:20:d", &box.left);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 100);
  assert_string_equal(engine.crew.started.text, "a@0 b@20 c@50");
  assert_string_equal(engine.well.calls.text,
                      "init@0 seek 70 supply 1@40 supply 1@55");
  close_all();
}

static void tasks_may_be_held_until_they_are_looked_up(void **state) {
  (void)state;
  box.safe_ms = 30;
  box.holds = true;
  open_all("a:5:d b:5:d c:5:d", 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 20);
  assert_int_equal(intake.held_count, 3);
  struct tgr_link *second = intake.held.head.next->next; /* b is known */
  tgr_list_remove(second);
  tgr_task_release(TGR_CONTAINER_OF(second, struct tgr_task, link));
  engine_run_to(&engine, 100);
  assert_string_equal(engine.crew.started.text, "a@40 c@40");
  close_all();
}

static void
a_batch_that_comes_with_the_stop_is_kept_for_the_next_start(void **state) {
  (void)state;
  open_all("a:5:d|b:5:d", 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 9);
  tgr_timers_advance(&engine.world.timers, WORLD_START_US + 10000);
  engine_stop(&engine, &stop, 1000); /* the answer is on the ready list */
  engine_run_to(&engine, 50);
  assert_string_equal(stop.report.text, "0 0 0 0 []@10");
  assert_int_equal(intake.held_count, 1);
  world_tasks(&engine.world, "older:5:d", &box.left);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 70);
  assert_string_equal(engine.crew.started.text, "older@50 a@50 b@60");
  close_all();
}

static void
a_stop_confirms_what_the_keeper_has_when_that_is_written(void **state) {
  (void)state;
  box.place = 12;
  open_all("a:5:d", 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 50);
  engine_stop(&engine, &stop, 1000);
  engine_run_to(&engine, 60);
  assert_string_equal(box.told.text, "keep 1@10 safe@10 flush@50");
  assert_string_equal(engine.well.calls.text,
                      "init@0 seek 12 supply 500@0 supply 499@10 abort@50 "
                      "confirm 12@50");
  close_all();
}

static void without_memory_a_batch_is_asked_for_again(void **state) {
  (void)state;
  open_all("a:5:d|b:5:d", 10);
  box.refuses = TGR_ENOMEM;
  engine.well.supplier.asked = 4;
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 500);
  box.refuses = TGR_OK;
  engine_run_to(&engine, 2000);
  assert_string_equal(engine.crew.started.text, "b@1020");
  assert_string_equal(engine.well.calls.text,
                      "init@0 supply 500@0 seek 4 supply 500@1010 "
                      "supply 499@1020");
  close_all();
}

static void
without_memory_a_batch_without_numbers_is_tried_again(void **state) {
  (void)state;
  open_all("a:5:d b:5:d", 10);
  engine.well.supplier.seek = NULL;
  box.refuses = TGR_ENOMEM;
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 500);
  assert_string_equal(engine.crew.started.text, "");
  box.refuses = TGR_OK;
  engine_run_to(&engine, 2000);
  assert_string_equal(engine.crew.started.text, "a@1010 b@1010");
  close_all();
}

static void what_cannot_be_kept_is_an_error_of_the_supplier(void **state) {
  (void)state;
  open_all("a:5:d", 10);
  box.refuses = TGR_EINVAL;
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 50);
  assert_string_equal(engine.ended.text, "no room@10");
  close_all();
}

static void a_task_that_rests_holds_its_keys_and_no_slot(void **state) {
  (void)state;
  engine.sink_options.concurrency = 1;
  engine.sink_options.keyer = &engine.keyer.keyer;
  box.rest_ms = 100;
  open_all("a:10:f:1 b:10:d:1 c:10:d:2", 0);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 60);
  /* a rests, b waits behind it, c has had the slot. */
  assert_string_equal(engine.crew.ended.text, "a@10! c@20");
  assert_int_equal(tgr_sink_size(&engine.sink), 0);
  assert_int_equal(tgr_sink_waiting(&engine.sink), 2);
  engine_run_to(&engine, 115);
  assert_string_equal(engine.crew.started.text, "a@0 c@10 a@110");
  box.rest_ms = 0;
  engine_run_to(&engine, 200);
  assert_string_equal(engine.crew.ended.text, "a@10! c@20 a@120! b@130");
  close_all();
}

/* With a sink that takes one after another, or one batch after another. */
static void ask_no_more_than_may_rest(enum tgr_sink_kind kind) {
  engine.sink_options.kind = kind;
  engine.sink_options.waiting = 2;
  box.rest_ms = 100;
  open_all("a:10:f|b:10:d c:10:d|d:10:d", 0);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 15);
  assert_int_equal(engine.sink.resting_count, 1);
  assert_non_null(strstr(engine.well.calls.text, " supply 1@10"));
  box.rest_ms = 0;
  engine_run_to(&engine, 300);
  assert_int_equal(tgr_sink_capacity(&engine.sink), INT_MAX);
  close_all();
}

static void sequential_and_batch_sinks_count_what_rests_too(void **state) {
  ask_no_more_than_may_rest(TGR_SINK_SEQUENTIAL);
  assert_int_equal(fresh(state), 0);
  ask_no_more_than_may_rest(TGR_SINK_BATCH);
}

static void
a_stop_does_not_wait_for_what_rests_nor_lets_others_pass_it(void **state) {
  (void)state;
  engine.sink_options.keyer = &engine.keyer.keyer;
  box.rest_ms = 60000;
  open_all("a:10:f:1 b:10:d:1 c:50:d:2", 0);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 20);
  engine_stop(&engine, &stop, 10000);
  engine_run_to(&engine, 100);
  assert_string_equal(engine.crew.ended.text, "a@10! c@50");
  assert_string_equal(stop.report.text, "1 0 0 2 [1,2]@50");
  close_all();
}

#define FRESH(test) cmocka_unit_test_setup(test, fresh)

int main(void) {
  const struct CMUnitTest tests[] = {
      FRESH(the_next_request_waits_until_the_batch_is_safe),
      FRESH(nothing_more_is_asked_for_while_it_is_not_safe),
      FRESH(what_is_left_comes_first_and_fetching_goes_on_behind_it),
      FRESH(tasks_may_be_held_until_they_are_looked_up),
      FRESH(a_batch_that_comes_with_the_stop_is_kept_for_the_next_start),
      FRESH(a_stop_confirms_what_the_keeper_has_when_that_is_written),
      FRESH(without_memory_a_batch_is_asked_for_again),
      FRESH(without_memory_a_batch_without_numbers_is_tried_again),
      FRESH(what_cannot_be_kept_is_an_error_of_the_supplier),
      FRESH(a_task_that_rests_holds_its_keys_and_no_slot),
      FRESH(sequential_and_batch_sinks_count_what_rests_too),
      FRESH(a_stop_does_not_wait_for_what_rests_nor_lets_others_pass_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
