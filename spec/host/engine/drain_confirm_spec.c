/* What a runner that stops confirms to the server. */
#include "host/engine/engine_drain.h"

/* Stops at a time, and waits for the end of all. */
static void stop_at(uint64_t at_ms) {
  engine_run_to(&engine, at_ms);
  engine_stop(&engine, &stop, 100);
  engine_run_to(&engine, 1000);
}

static void what_a_poll_has_told_already_is_covered(void **state) {
  (void)state;
  engine_open(&engine, "a:0:d b:0:d", 10);
  start();
  engine_run_to(&engine, 15); /* the next poll is open */
  engine_stop(&engine, &stop, 100);
  engine_run_to(&engine, 20);
  assert_string_equal(
      engine.well.calls.text,
      "init@0 supply 500@0 supply 498@10 abort@15 confirm 3+@15");
  engine_close(&engine);
}

static void only_the_finished_prefix_is_confirmed(void **state) {
  (void)state;
  engine.sink_options.concurrency = 4;
  engine_open(&engine, "a:5:d b:5:f c:hang:d d:5:d", 10);
  start();
  engine.sink.options.concurrency = 4;
  stop_at(12);
  assert_string_equal(engine.well.calls.text,
                      "init@0 supply 4@0 confirm 3@112");
  assert_string_equal(stop.report.text, "2 1 0 1 [3]@112");
  engine_close(&engine);
}

static void with_the_first_unfinished_nothing_is_confirmed(void **state) {
  (void)state;
  engine.sink_options.concurrency = 2;
  engine_open(&engine, "a:hang:d b:5:d", 10);
  start();
  stop_at(12);
  assert_string_equal(engine.well.calls.text, "init@0 supply 2@0");
  engine_close(&engine);
}

static void the_prefix_follows_arrival_not_ids(void **state) {
  (void)state;
  engine.sink_options.concurrency = 2;
  engine_open(&engine, "a:5:d|b:5:d c:hang:d", 10);
  engine.world.next_id = 900;
  start();
  engine_run_to(&engine, 15);
  engine.world.next_id = 7;
  stop_at(21);
  assert_string_equal(engine.well.calls.text,
                      "init@0 supply 2@0 supply 1@10 confirm 8@121");
  engine_close(&engine);
}

static void the_prefix_may_end_far_from_the_next_id(void **state) {
  (void)state;
  engine_open(&engine, "a:5:d|b:hang:d", 10);
  engine.world.next_id = 900;
  start();
  engine_run_to(&engine, 15);
  engine.world.next_id = 7;
  stop_at(21);
  assert_non_null(strstr(engine.well.calls.text, " confirm 901+@121"));
  engine_close(&engine);
}

static void a_prefix_within_an_older_batch_is_covered(void **state) {
  (void)state;
  engine.sink_options.concurrency = 3;
  engine_open(&engine, "a:5:d b:hang:d|c:hang:d d:hang:d", 10);
  start();
  engine_run_to(&engine, 25);
  assert_string_equal(engine_state(&engine), "saturated");
  engine_stop(&engine, &stop, 100);
  engine_run_to(&engine, 1000);
  assert_string_equal(engine.well.calls.text,
                      "init@0 supply 3@0 supply 1@10 confirm 2+@125");
  engine_close(&engine);
}

static void nothing_fetched_means_nothing_to_confirm(void **state) {
  (void)state;
  engine_open(&engine, " ", 10);
  start();
  engine_run_to(&engine, 15);
  engine_stop(&engine, &stop, 100);
  engine_run_to(&engine, 20);
  assert_string_equal(engine.well.calls.text,
                      "init@0 supply 500@0 supply 500@10 abort@15");
  engine_close(&engine);
}

static void a_confirm_that_hangs_is_given_up(void **state) {
  (void)state;
  engine.sink_options.concurrency = 1;
  engine_open(&engine, "a:5:d", 10);
  engine.well.confirm_ms = -1;
  start();
  engine_run_to(&engine, 12);
  engine_stop(&engine, &stop, 100);
  engine_run_to(&engine, 100);
  assert_string_equal(engine_state(&engine), "draining");
  engine_run_to(&engine, 5000);
  assert_string_equal(stop.report.text, "1 0 0 0 []@2015");
  assert_string_equal(engine.well.calls.text,
                      "init@0 supply 1@0 confirm 2@15 abort@2015");
  engine_close(&engine);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(what_a_poll_has_told_already_is_covered, fresh),
      cmocka_unit_test_setup(only_the_finished_prefix_is_confirmed, fresh),
      cmocka_unit_test_setup(with_the_first_unfinished_nothing_is_confirmed,
                             fresh),
      cmocka_unit_test_setup(the_prefix_follows_arrival_not_ids, fresh),
      cmocka_unit_test_setup(the_prefix_may_end_far_from_the_next_id, fresh),
      cmocka_unit_test_setup(a_prefix_within_an_older_batch_is_covered, fresh),
      cmocka_unit_test_setup(nothing_fetched_means_nothing_to_confirm, fresh),
      cmocka_unit_test_setup(a_confirm_that_hangs_is_given_up, fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
