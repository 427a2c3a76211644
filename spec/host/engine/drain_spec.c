/* How a runner stops, in each of its states. */
#include "host/engine/engine_drain.h"

static void stopping_while_polling_aborts_at_once(void **state) {
  (void)state;
  engine_open(&engine, "a:0:d", 1000);
  start();
  engine_run_to(&engine, 300);
  engine_stop(&engine, &stop, 10000);
  assert_string_equal(engine_state(&engine), "draining");
  engine_run_to(&engine, 300);
  assert_string_equal(engine.well.calls.text, "init@0 supply 500@0 abort@300");
  assert_string_equal(stop.report.text, "0 0 0 0 []@300");
  assert_string_equal(engine.ended.text, "stopped@300");
  assert_string_equal(engine_state(&engine), "stopped");
  engine_close(&engine);
}

static void stopping_while_pausing_sends_nothing_more(void **state) {
  (void)state;
  engine.source_options.speed_traffic_balance = 1;
  engine_open(&engine, "a:0:d|b:0:d", 50);
  start();
  engine_run_to(&engine, 52);
  assert_string_equal(engine_state(&engine), "pausing");
  engine_stop(&engine, &stop, 10000);
  engine_run_to(&engine, 100);
  /* No request has told the server of a: it is confirmed. */
  assert_string_equal(engine.well.calls.text,
                      "init@0 supply 500@0 confirm 2@52");
  assert_string_equal(stop.report.text, "0 0 0 0 []@52");
  engine_close(&engine);
}

static void stopping_while_initialising_aborts_at_once(void **state) {
  (void)state;
  engine_open(&engine, "a:0:d", 10);
  engine.well.init_ms = 500;
  start();
  engine_run_to(&engine, 100);
  engine_stop(&engine, &stop, 10000);
  engine_run_to(&engine, 1000);
  assert_string_equal(engine.well.calls.text, "init@0 abort@100");
  assert_string_equal(stop.report.text, "0 0 0 0 []@100");
  engine_close(&engine);
}

static void stopping_while_saturated_drains(void **state) {
  (void)state;
  engine.sink_options.concurrency = 1;
  engine_open(&engine, "a:100:d b:100:f c:20:d", 10);
  start();
  engine_run_to(&engine, 50);
  assert_string_equal(engine_state(&engine), "saturated");
  engine_stop(&engine, &stop, 10000);
  engine_run_to(&engine, 1000);
  assert_string_equal(engine.crew.ended.text, "a@110 b@210! c@230");
  assert_string_equal(stop.report.text, "2 1 0 0 []@230");
  assert_string_equal(engine.well.calls.text,
                      "init@0 supply 1@0 confirm 4@230");
  engine_close(&engine);
}

static void stopping_while_backing_off_aborts_at_once(void **state) {
  (void)state;
  engine_open(&engine, "", 10);
  start();
  engine_run_to(&engine, 5);
  engine.well.supplier.retry_at_us = engine.world.timers.now_us + 30000000;
  assert_string_equal(engine_state(&engine), "backing off");
  engine_stop(&engine, &stop, 10000);
  engine.well.supplier.retry_at_us = 0;
  engine_run_to(&engine, 5);
  assert_string_equal(engine.ended.text, "stopped@5");
  engine_close(&engine);
}

static void a_stop_right_after_an_answer_loses_no_update(void **state) {
  (void)state;
  engine_open(&engine, "a:5:d", 10);
  start();
  engine_run_to(&engine, 9);
  tgr_timers_advance(&engine.world.timers, WORLD_START_US + 10000);
  assert_int_equal(engine.source.state, TGR_SOURCE_ANSWERED);
  engine_stop(&engine, &stop, 10000);
  engine_run_to(&engine, 100);
  assert_string_equal(engine.crew.ended.text, "a@15");
  assert_string_equal(stop.report.text, "1 0 0 0 []@15");
  engine_close(&engine);
}

static void even_with_no_time_left_it_is_counted(void **state) {
  (void)state;
  engine_open(&engine, "a:5:d", 10);
  start();
  engine_run_to(&engine, 9);
  tgr_timers_advance(&engine.world.timers, WORLD_START_US + 10000);
  engine_stop(&engine, &stop, 0);
  tgr_timers_advance(&engine.world.timers, WORLD_START_US + 10000);
  engine_run_to(&engine, 100);
  assert_string_equal(stop.report.text, "0 0 0 1 [1]@10");
  engine_close(&engine);
}

static void stopping_a_stopped_runner_is_answered(void **state) {
  (void)state;
  engine_open(&engine, "", 10);
  engine_stop(&engine, &stop, 10000);
  assert_string_equal(stop.report.text, "");
  engine_run_to(&engine, 1);
  assert_string_equal(stop.report.text, "0 0 0 0 []@0");
  assert_string_equal(engine.ended.text, "");
  engine_close(&engine);
}

static void two_stops_are_answered_together(void **state) {
  (void)state;
  struct stop second;
  engine_open(&engine, "a:100:d", 10);
  start();
  engine_run_to(&engine, 50);
  engine_stop(&engine, &stop, 10000);
  engine_run_to(&engine, 70);
  engine_stop(&engine, &second, 10000);
  engine_run_to(&engine, 200);
  assert_string_equal(stop.report.text, "1 0 0 0 []@110");
  assert_string_equal(second.report.text, "1 0 0 0 []@110");
  engine_close(&engine);
}

static void a_second_stop_can_only_bring_the_deadline_forward(void **state) {
  (void)state;
  struct stop longer, shorter;
  engine_open(&engine, "a:hang:d", 10);
  start();
  engine_run_to(&engine, 50);
  engine_stop(&engine, &stop, 1000);
  engine_run_to(&engine, 60);
  engine_stop(&engine, &longer, 5000);
  engine_run_to(&engine, 70);
  engine_stop(&engine, &shorter, 30);
  engine_run_to(&engine, 99);
  assert_string_equal(stop.report.text, "");
  engine_run_to(&engine, 2000);
  assert_string_equal(stop.report.text, "0 0 0 1 [1]@100");
  assert_string_equal(longer.report.text, "0 0 0 1 [1]@100");
  engine_close(&engine);
}

static void a_later_deadline_changes_nothing(void **state) {
  (void)state;
  struct stop longer;
  engine_open(&engine, "a:hang:d", 10);
  start();
  engine_run_to(&engine, 50);
  engine_stop(&engine, &stop, 100);
  engine_stop(&engine, &longer, 5000);
  engine_run_to(&engine, 6000);
  assert_string_equal(stop.report.text, "0 0 0 1 [1]@150");
  engine_close(&engine);
}

static void at_the_deadline_what_is_left_is_abandoned_in_order(void **state) {
  (void)state;
  engine.sink_options.concurrency = 2;
  engine.sink_options.keyer = &engine.keyer.keyer;
  engine_open(&engine, "a:20:d b:hang:d:1 c:9:d:1 d:hang:d e:9:d", 10);
  start();
  engine_run_to(&engine, 15);
  engine_stop(&engine, &stop, 100);
  engine_run_to(&engine, 1000);
  assert_string_equal(stop.report.text, "1 0 0 4 [2,3,4,5]@115");
  assert_string_equal(engine.crew.told.text, "abandon b@115 abandon d@115");
  engine_close(&engine);
}

static void a_port_that_never_answers_does_not_hang_the_stop(void **state) {
  (void)state;
  engine_open(&engine, "a:hang:d", 10);
  engine.crew.on_cancel = CANCEL_NEVER;
  start();
  engine_run_to(&engine, 15);
  engine_stop(&engine, &stop, 100);
  engine_run_to(&engine, 1000);
  assert_string_equal(stop.report.text, "0 0 0 1 [1]@115");
  assert_int_equal(engine.sink.detached_count, 1);
  engine_close(&engine);
}

static void a_cancel_that_is_answered_later_counts_as_abandoned(void **state) {
  (void)state;
  engine_open(&engine, "a:hang:d", 10);
  engine.crew.on_cancel = CANCEL_LATER;
  engine.crew.cancel_ms = 40;
  start();
  engine_run_to(&engine, 15);
  engine_stop(&engine, &stop, 100);
  engine_run_to(&engine, 1000);
  assert_string_equal(stop.report.text, "0 0 0 1 [1]@115");
  assert_string_equal(engine.crew.ended.text, "a@155?");
  assert_int_equal(engine.sink.detached_count, 0);
  engine_close(&engine);
}

static void detached_tasks_are_ended_at_the_deadline(void **state) {
  (void)state;
  engine.sink_options.timeout_ms = 20;
  engine.sink_options.cancel_on_timeout = false;
  engine_open(&engine, "a:hang:d b:hang:d:1 c:hang:d", 10);
  start();
  engine_run_to(&engine, 25);
  engine_stop(&engine, &stop, 2);
  engine_run_to(&engine, 27);
  assert_string_equal(stop.report.text, "0 0 0 3 [1,2,3]@27");
  engine_close(&engine);

  engine_init(&engine);
  engine.sink_options.timeout_ms = 20;
  engine.sink_options.cancel_on_timeout = false;
  engine.sink_options.keyer = &engine.keyer.keyer;
  engine_open(&engine, "a:hang:d:1 b:hang:d:1", 10);
  start();
  engine_run_to(&engine, 35);
  engine_stop(&engine, &stop, 10);
  engine_run_to(&engine, 100);
  assert_string_equal(engine.crew.ended.text, "a@45? b@45?");
  assert_string_equal(stop.report.text, "0 0 0 1 [2]@45");
  engine_close(&engine);
}

static void without_memory_the_ids_are_fewer_but_counted(void **state) {
  (void)state;
  engine_open(&engine, "a:hang:d b:hang:d", 10);
  start();
  engine_run_to(&engine, 12);
  engine.world.mem.fail_at = engine.world.mem.requests + 1;
  engine_stop(&engine, &stop, 10);
  engine_run_to(&engine, 100);
  assert_string_equal(stop.report.text, "0 0 0 2 []@22");
  engine_close(&engine);
}

static void many_ids_are_all_told(void **state) {
  (void)state;
  static char batch[4096];
  size_t len = 0;
  for (int i = 0; i < 40; i++)
    len += (size_t)snprintf(batch + len, sizeof batch - len, "a:hang:d ");
  engine_open(&engine, batch, 10);
  engine.crew.quiet = true;
  start();
  engine_run_to(&engine, 12);
  engine_stop(&engine, &stop, 10);
  engine_run_to(&engine, 100);
  assert_int_equal(engine.runner.abandoned_count, 40);
  for (int i = 0; i < 40; i++)
    assert_int_equal(engine.runner.abandoned_ids[i], i + 1);
  engine_close(&engine);
}

static void a_runner_that_abandoned_may_be_ended_twice(void **state) {
  (void)state;
  engine_open(&engine, "a:hang:d b:hang:d", 10);
  start();
  engine_run_to(&engine, 12);
  engine_stop(&engine, &stop, 10);
  engine_run_to(&engine, 100);
  assert_int_equal(engine.runner.abandoned_count, 2);
  tgr_runner_deinit(&engine.runner);
  assert_null(engine.runner.abandoned_ids);
  assert_int_equal(engine.runner.abandoned_count, 0);
  engine_close(&engine); /* ends it again */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(stopping_while_polling_aborts_at_once, fresh),
      cmocka_unit_test_setup(a_runner_that_abandoned_may_be_ended_twice, fresh),
      cmocka_unit_test_setup(stopping_while_pausing_sends_nothing_more, fresh),
      cmocka_unit_test_setup(stopping_while_initialising_aborts_at_once, fresh),
      cmocka_unit_test_setup(stopping_while_saturated_drains, fresh),
      cmocka_unit_test_setup(stopping_while_backing_off_aborts_at_once, fresh),
      cmocka_unit_test_setup(a_stop_right_after_an_answer_loses_no_update,
                             fresh),
      cmocka_unit_test_setup(even_with_no_time_left_it_is_counted, fresh),
      cmocka_unit_test_setup(stopping_a_stopped_runner_is_answered, fresh),
      cmocka_unit_test_setup(two_stops_are_answered_together, fresh),
      cmocka_unit_test_setup(a_second_stop_can_only_bring_the_deadline_forward,
                             fresh),
      cmocka_unit_test_setup(a_later_deadline_changes_nothing, fresh),
      cmocka_unit_test_setup(at_the_deadline_what_is_left_is_abandoned_in_order,
                             fresh),
      cmocka_unit_test_setup(a_port_that_never_answers_does_not_hang_the_stop,
                             fresh),
      cmocka_unit_test_setup(
          a_cancel_that_is_answered_later_counts_as_abandoned, fresh),
      cmocka_unit_test_setup(detached_tasks_are_ended_at_the_deadline, fresh),
      cmocka_unit_test_setup(without_memory_the_ids_are_fewer_but_counted,
                             fresh),
      cmocka_unit_test_setup(many_ids_are_all_told, fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
