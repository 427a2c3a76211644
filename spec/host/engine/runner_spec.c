/* The loop: when the next batch is asked for, and how large. */
#include "base/rng.h"
#include "host/engine/engine_run.h"

static struct engine engine;

static int fresh(void **state) {
  (void)state;
  engine_init(&engine);
  return 0;
}

static void it_gets_ready_then_polls(void **state) {
  (void)state;
  engine_open(&engine, "a:0:d|b:0:d", 10);
  engine.well.init_ms = 5;
  assert_string_equal(engine_state(&engine), "stopped");
  assert_false(tgr_runner_is_running(&engine.runner));
  tgr_runner_start(&engine.runner);
  assert_string_equal(engine_state(&engine), "initialising");
  assert_true(tgr_runner_is_running(&engine.runner));
  engine_run_to(&engine, 8);
  assert_string_equal(engine_state(&engine), "polling");
  engine_run_to(&engine, 30);
  assert_string_equal(engine.crew.started.text, "a@15 b@25");
  assert_string_equal(engine.well.calls.text,
                      "init@0 supply 500@5 supply 499@15 supply 499@25");
  engine_close(&engine);
}

static void starting_twice_is_harmless(void **state) {
  (void)state;
  engine_open(&engine, "a:0:d", 10);
  tgr_runner_start(&engine.runner);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 5);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 9);
  assert_string_equal(engine.well.calls.text, "init@0 supply 500@0");
  engine_close(&engine);
}

static void the_first_request_asks_for_no_more_than_may_run(void **state) {
  (void)state;
  engine.sink_options.concurrency = 5;
  engine_open(&engine, "a:50:d b:50:d c:50:d d:50:d e:50:d", 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 20);
  assert_string_equal(engine.well.calls.text, "init@0 supply 5@0");
  assert_string_equal(engine_state(&engine), "saturated");
  engine_close(&engine);
}

static void a_batch_beyond_the_limit_is_parked(void **state) {
  (void)state;
  engine.sink_options.concurrency = 2;
  engine_open(&engine, "a:50:d b:50:d c:50:d d:50:d e:50:d", 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 200);
  assert_int_equal(engine.crew.most, 2);
  assert_string_equal(engine.crew.started.text, "a@10 b@10 c@60 d@60 e@110");
  engine_close(&engine);
}

/* 100 slots, all busy: a quarter is 25. They end one a millisecond. */
static void a_saturated_sink_is_asked_again_with_a_quarter_free(void **state) {
  (void)state;
  char batch[2048];
  size_t len = 0;
  for (int i = 0; i < 100; i++)
    len += (size_t)snprintf(batch + len, sizeof batch - len, "a:%d:d ", i + 10);
  engine.sink_options.concurrency = 100;
  engine_open(&engine, batch, 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 43);
  assert_string_equal(engine.well.calls.text, "init@0 supply 100@0");
  engine_run_to(&engine, 300);
  assert_string_equal(engine.well.calls.text,
                      "init@0 supply 100@0 supply 25@44");
  engine_close(&engine);
}

static void after_50_ms_it_asks_with_what_is_free(void **state) {
  (void)state;
  engine.sink_options.concurrency = 8; /* a quarter is 2 */
  engine_open(&engine,
              "a:10:d b:90:d c:90:d d:90:d e:90:d f:90:d g:90:d h:90:d", 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 59);
  assert_string_equal(engine_state(&engine), "saturated");
  engine_run_to(&engine, 80);
  assert_string_equal(engine.well.calls.text, "init@0 supply 8@0 supply 1@60");
  engine_close(&engine);
}

static void with_nothing_free_after_50_ms_the_first_slot_counts(void **state) {
  (void)state;
  engine.sink_options.concurrency = 8;
  engine_open(&engine,
              "a:70:d b:90:d c:90:d d:90:d e:90:d f:90:d g:90:d h:90:d", 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 85);
  assert_string_equal(engine.well.calls.text, "init@0 supply 8@0 supply 1@80");
  engine_close(&engine);
}

static void small_limits_are_asked_again_with_one_free(void **state) {
  (void)state;
  engine.sink_options.concurrency = 4;
  engine_open(&engine, "a:10:d b:90:d c:90:d d:90:d", 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 30);
  assert_string_equal(engine.well.calls.text, "init@0 supply 4@0 supply 1@20");
  engine_close(&engine);
}

static void
the_sequential_sink_is_asked_again_when_all_have_ended(void **state) {
  (void)state;
  engine.sink_options.kind = TGR_SINK_SEQUENTIAL;
  engine_open(&engine, "a:5:d b:5:d|c:5:d", 10);
  engine.crew.limit = 1;
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 50);
  assert_string_equal(engine.crew.started.text, "a@10 b@15 c@30");
  assert_string_equal(
      engine.well.calls.text,
      "init@0 supply 2147483647@0 supply 2147483647@20 supply 2147483647@35");
  engine_close(&engine);
}

static void waiting_updates_count_for_backpressure(void **state) {
  (void)state;
  engine.sink_options.keyer = &engine.keyer.keyer;
  engine.sink_options.waiting = 3;
  engine_open(&engine, "a:30:d:1 b:30:d:1 c:30:d:1 d:30:d:1|e:30:d:1", 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 200);
  /* Full at 10; a place is free at 40, another at 100: all 3 never are. */
  assert_string_equal(engine.well.calls.text,
                      "init@0 supply 3@0 supply 1@60 supply 2@120");
  engine_close(&engine);
}

static void empty_batches_go_on_at_once(void **state) {
  (void)state;
  engine_open(&engine, " | |a:0:d", 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 30);
  assert_string_equal(engine.crew.started.text, "a@30");
  engine_close(&engine);
}

static void a_supplier_that_answers_at_once_needs_no_stack(void **state) {
  (void)state;
  static char batches[40001];
  for (size_t i = 0; i + 1 < sizeof batches; i += 2)
    memcpy(batches + i, " |", 2);
  engine_open(&engine, batches, 0);
  engine.well.supplier.init = NULL;
  tgr_runner_start(&engine.runner);
  while (tgr_ready_run_one(&engine.world.ready))
    trace_clear(&engine.well.calls);
  assert_int_equal(engine.runner.polls, sizeof batches / 2);
  engine_close(&engine);
}

static void a_fatal_error_drains_and_is_reported(void **state) {
  (void)state;
  engine_open(&engine, "a:30:d|!", 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 25);
  assert_string_equal(engine_state(&engine), "draining");
  assert_false(tgr_runner_is_running(&engine.runner));
  engine_run_to(&engine, 100);
  assert_string_equal(engine_state(&engine), "failed");
  assert_string_equal(engine.ended.text, "the well is dry@40");
  struct tgr_runner_stats stats;
  tgr_runner_stats(&engine.runner, &stats);
  assert_string_equal(stats.error, "the well is dry");
  engine_close(&engine);
}

static void a_fatal_error_does_not_wait_for_ever(void **state) {
  (void)state;
  engine_open(&engine, "a:hang:d|!", 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 20000);
  assert_string_equal(engine.ended.text, "the well is dry@10020");
  assert_string_equal(engine.crew.ended.text, "a@10020?");
  engine_close(&engine);
}

static void an_error_at_init_is_fatal_too(void **state) {
  (void)state;
  engine_open(&engine, "", 10);
  engine.well.init_ms = 3;
  engine.well.init_fails = true;
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 10);
  assert_string_equal(engine.ended.text, "no init@3");
  engine_close(&engine);
}

static void a_failure_beside_the_source_drains_and_confirms(void **state) {
  (void)state;
  engine_open(&engine, "a:30:d|b:0:d", 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 15);
  struct tgr_error error;
  tgr_error_set(&error, TGR_ESCRIPT, "no workers");
  tgr_runner_fail(&engine.runner, &error);
  tgr_error_set(&error, TGR_ESCRIPT, "a later one");
  tgr_runner_fail(&engine.runner, &error);
  assert_string_equal(engine_state(&engine), "draining");
  engine_run_to(&engine, 100);
  assert_string_equal(engine_state(&engine), "failed");
  assert_string_equal(engine.crew.ended.text, "a@40");
  assert_string_equal(engine.ended.text, "no workers@40");
  assert_non_null(strstr(engine.well.calls.text, "confirm"));
  tgr_runner_fail(&engine.runner, &error); /* it has ended */
  engine_run_to(&engine, 200);
  assert_string_equal(engine.ended.text, "no workers@40");
  engine_close(&engine);
}

static void a_failed_runner_can_be_started_again(void **state) {
  (void)state;
  engine_open(&engine, "!|a:0:d", 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 20);
  assert_string_equal(engine.crew.ended.text, "a@20");
  assert_string_equal(engine_state(&engine), "polling");
  engine_close(&engine);
}

static void ids_that_start_over_lower_are_handled_all_the_same(void **state) {
  (void)state;
  engine_open(&engine, "a:0:d|b:0:d|c:0:d", 10);
  engine.world.next_id = 900;
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 15);
  engine.world.next_id = 3;
  engine_run_to(&engine, 35);
  assert_string_equal(engine.crew.ended.text, "a@10 b@20 c@30");
  engine_close(&engine);
}

static void two_runners_may_share_a_sink(void **state) {
  (void)state;
  static struct well other_well;
  static struct tgr_source other_source;
  static struct tgr_runner other;
  struct world *world = &engine.world;
  engine.sink_options.concurrency = 1;
  engine_open(&engine, "a:30:d", 10);
  well_open(&other_well, world, "b:30:d", 20);
  tgr_source_init(&other_source, &world->timers, &world->ready,
                  &other_well.supplier, NULL);
  tgr_runner_init(&other, &world->mem.mem, &world->timers, &world->ready,
                  &other_source, &engine.sink, NULL);
  tgr_runner_start(&engine.runner);
  tgr_runner_start(&other);
  engine_run_to(&engine, 45);
  struct tgr_runner_stats stats;
  tgr_runner_stats(&other, &stats);
  assert_int_equal(stats.fetched, 1);
  assert_int_equal(stats.running, 1);
  tgr_runner_stats(&engine.runner, &stats);
  assert_int_equal(stats.done, 1);
  assert_int_equal(engine.crew.most, 1);
  tgr_runner_deinit(&other);
  tgr_source_deinit(&other_source);
  engine_close(&engine);
}

static void
random_loads_never_exceed_the_limit_and_always_balance(void **state) {
  (void)state;
  struct tgr_rng rng;
  tgr_rng_init(&rng, 99);
  static char batches[60000];
  for (int round = 0; round < 20; round++) {
    size_t len = 0;
    for (int i = 0; i < 200; i++) {
      const unsigned r = (unsigned)tgr_rng_below(&rng, 1 << 20);
      const char *const times[] = {"now", "0", "1", "7", "hang"};
      len += (size_t)snprintf(
          batches + len, sizeof batches - len, "a:%s:%c:%u%c", times[r % 5],
          r % 7 == 0 ? 'f' : 'd', r / 64 % 9, r % 3 == 0 ? '|' : ' ');
    }
    engine_init(&engine);
    engine.sink_options.concurrency = 1 + round % 7;
    engine.sink_options.timeout_ms = 10;
    engine.sink_options.cancel_on_timeout = round % 2 == 0;
    engine.sink_options.keyer = &engine.keyer.keyer;
    engine.sink_options.waiting = 1 + round;
    engine_open(&engine, batches, 3);
    engine.crew.quiet = true;
    engine.crew.on_cancel = round % 3 == 0 ? CANCEL_LATER : CANCEL_AT_ONCE;
    engine.crew.cancel_ms = 2;
    tgr_runner_start(&engine.runner);
    for (unsigned long ms = 10; engine.runner.fetched < 200 && ms < 20000;
         ms += 10) {
      trace_clear(&engine.well.calls);
      trace_clear(&engine.crew.told);
      engine_run_to(&engine, ms);
      if (!engine.sink_options.cancel_on_timeout)
        tgr_sink_abandon_detached(&engine.sink, NULL);
    }
    assert_int_equal(engine.runner.fetched, 200);
    engine_close(&engine);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(it_gets_ready_then_polls, fresh),
      cmocka_unit_test_setup(starting_twice_is_harmless, fresh),
      cmocka_unit_test_setup(the_first_request_asks_for_no_more_than_may_run,
                             fresh),
      cmocka_unit_test_setup(a_batch_beyond_the_limit_is_parked, fresh),
      cmocka_unit_test_setup(
          a_saturated_sink_is_asked_again_with_a_quarter_free, fresh),
      cmocka_unit_test_setup(after_50_ms_it_asks_with_what_is_free, fresh),
      cmocka_unit_test_setup(
          with_nothing_free_after_50_ms_the_first_slot_counts, fresh),
      cmocka_unit_test_setup(small_limits_are_asked_again_with_one_free, fresh),
      cmocka_unit_test_setup(
          the_sequential_sink_is_asked_again_when_all_have_ended, fresh),
      cmocka_unit_test_setup(waiting_updates_count_for_backpressure, fresh),
      cmocka_unit_test_setup(empty_batches_go_on_at_once, fresh),
      cmocka_unit_test_setup(a_supplier_that_answers_at_once_needs_no_stack,
                             fresh),
      cmocka_unit_test_setup(a_fatal_error_drains_and_is_reported, fresh),
      cmocka_unit_test_setup(a_fatal_error_does_not_wait_for_ever, fresh),
      cmocka_unit_test_setup(an_error_at_init_is_fatal_too, fresh),
      cmocka_unit_test_setup(a_failure_beside_the_source_drains_and_confirms,
                             fresh),
      cmocka_unit_test_setup(a_failed_runner_can_be_started_again, fresh),
      cmocka_unit_test_setup(ids_that_start_over_lower_are_handled_all_the_same,
                             fresh),
      cmocka_unit_test_setup(two_runners_may_share_a_sink, fresh),
      cmocka_unit_test_setup(
          random_loads_never_exceed_the_limit_and_always_balance, fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
