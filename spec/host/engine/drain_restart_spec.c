/* How a runner that was stopped starts again. */
#include "host/engine/engine_drain.h"

static void stop_then_start_never_has_two_polls_open(void **state) {
  (void)state;
  engine_open(&engine, "a:30:d|b:0:d", 10);
  engine.well.confirm_ms = 5;
  start();
  engine_run_to(&engine, 15);
  engine_stop(&engine, &stop, 1000);
  start();
  start();
  engine_run_to(&engine, 30);
  assert_string_equal(engine_state(&engine), "draining");
  engine_run_to(&engine, 60); /* the well itself asserts: one at a time */
  assert_string_equal(stop.report.text, "1 0 0 0 []@45");
  assert_string_equal(engine.crew.ended.text, "a@40 b@55");
  assert_true(tgr_runner_is_running(&engine.runner));
  engine_close(&engine);
}

static void a_stop_takes_back_a_start_that_waits(void **state) {
  (void)state;
  engine_open(&engine, "a:30:d|b:0:d", 10);
  start();
  engine_run_to(&engine, 15);
  engine_stop(&engine, &stop, 1000);
  start();
  struct stop second;
  engine_stop(&engine, &second, 1000);
  engine_run_to(&engine, 100);
  assert_string_equal(engine_state(&engine), "stopped");
  engine_close(&engine);
}

static void a_second_start_needs_no_init(void **state) {
  (void)state;
  engine_open(&engine, "a:0:d|b:0:d", 10);
  start();
  engine_run_to(&engine, 12);
  engine_stop(&engine, &stop, 1000);
  engine_run_to(&engine, 12);
  start();
  engine_run_to(&engine, 25);
  assert_string_equal(engine.well.calls.text,
                      "init@0 supply 500@0 supply 499@10 abort@12 "
                      "confirm 2+@12 supply 500@12 supply 499@22");
  assert_string_equal(engine.crew.ended.text, "a@10 b@22");
  engine_close(&engine);
}

static void an_aborted_init_is_made_again(void **state) {
  (void)state;
  engine_open(&engine, "a:0:d", 10);
  engine.well.init_ms = 50;
  start();
  engine_run_to(&engine, 12);
  engine_stop(&engine, &stop, 1000);
  engine_run_to(&engine, 12);
  start();
  engine_run_to(&engine, 70);
  assert_string_equal(engine.well.calls.text,
                      "init@0 abort@12 init@12 supply 500@62");
  engine_close(&engine);
}

static void each_stop_tells_its_own_ids(void **state) {
  (void)state;
  engine_open(&engine, "a:hang:d|b:hang:d", 10);
  start();
  engine_run_to(&engine, 12);
  engine_stop(&engine, &stop, 0);
  start();
  engine_run_to(&engine, 30);
  engine_stop(&engine, &stop, 0);
  engine_run_to(&engine, 40);
  assert_string_equal(stop.report.text, "0 0 0 1 [2]@30");
  engine_close(&engine);
}

static int dropped;

static void note_dropped(struct tgr_stop *it) {
  (void)it;
  dropped++;
}

static void a_runner_that_is_gone_drops_its_stops(void **state) {
  (void)state;
  dropped = 0;
  engine_open(&engine, "a:hang:d", 10);
  start();
  engine_run_to(&engine, 15);
  engine_stop(&engine, &stop, 1000);
  stop.stop.dropped = note_dropped;
  engine_run_to(&engine, 20);
  assert_int_equal(dropped, 0);
  engine_close(&engine);
  assert_int_equal(dropped, 1);
  assert_string_equal(stop.report.text, "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(a_runner_that_is_gone_drops_its_stops, fresh),
      cmocka_unit_test_setup(stop_then_start_never_has_two_polls_open, fresh),
      cmocka_unit_test_setup(a_stop_takes_back_a_start_that_waits, fresh),
      cmocka_unit_test_setup(a_second_start_needs_no_init, fresh),
      cmocka_unit_test_setup(an_aborted_init_is_made_again, fresh),
      cmocka_unit_test_setup(each_stop_tells_its_own_ids, fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
