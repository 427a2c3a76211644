#include "host/engine/engine_run.h"

static struct engine engine;

static int fresh(void **state) {
  (void)state;
  engine_init(&engine);
  return 0;
}

static struct tgr_runner_stats stats(void) {
  struct tgr_runner_stats it;
  tgr_runner_stats(&engine.runner, &it);
  return it;
}

static void a_new_runner_has_nothing_to_tell(void **state) {
  (void)state;
  engine_open(&engine, "", 10);
  const struct tgr_runner_stats it = stats();
  assert_int_equal(it.state, TGR_RUNNER_STOPPED);
  assert_null(it.error);
  assert_int_equal(it.fetched, 0);
  assert_int_equal(it.last_poll_us, 0);
  assert_int_equal(it.oldest_age_us, 0);
  assert_int_equal(it.latency_p99_us, 0);
  engine_close(&engine);
}

static void every_update_is_counted_in_one_place(void **state) {
  (void)state;
  engine.sink_options.concurrency = 3;
  engine.sink_options.timeout_ms = 50;
  engine.sink_options.keyer = &engine.keyer.keyer;
  engine_open(&engine,
              "a:5:d b:5:f c:hang:d d:hang:d:1 e:hang:d:1 f:hang:d g:9:d", 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 61);
  const struct tgr_runner_stats it = stats();
  assert_int_equal(it.fetched, 7);
  assert_int_equal(it.done, 1);
  assert_int_equal(it.failed, 1);
  assert_int_equal(it.timed_out, 1); /* c; the others took their slots at 15 */
  assert_int_equal(it.running, 3);   /* d, f and g */
  assert_int_equal(it.waiting, 1);   /* e, behind d */
  assert_int_equal(it.abandoned, 0);
  engine_close(&engine);
}

static void the_oldest_running_update_has_an_age(void **state) {
  (void)state;
  engine_open(&engine, "a:5:d b:90:d|c:90:d", 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 62);
  assert_int_equal(stats().oldest_age_us, 52000);
  assert_int_equal(stats().last_poll_us, WORLD_START_US + 20000);
  assert_int_equal(stats().polls, 2);
  engine_run_to(&engine, 105);
  assert_int_equal(stats().oldest_age_us, 85000);
  engine_close(&engine);
}

static void latency_counts_from_arrival(void **state) {
  (void)state;
  engine.sink_options.concurrency = 1;
  engine_open(&engine, "a:10:d b:10:d c:10:d d:70:d", 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 200);
  assert_in_range(stats().latency_p50_us, 20000, 20000 * 17 / 16);
  assert_int_equal(stats().latency_max_us, 100000);
  assert_int_equal(stats().latency_p99_us, 100000);
  engine_close(&engine);
}

static void backing_off_tells_until_when(void **state) {
  (void)state;
  engine_open(&engine, "", 10);
  tgr_runner_start(&engine.runner);
  engine_run_to(&engine, 5);
  engine.well.supplier.retry_at_us = 123456789;
  assert_int_equal(stats().state, TGR_RUNNER_BACKING_OFF);
  assert_int_equal(stats().retry_at_us, 123456789);
  engine.well.supplier.retry_at_us = 0;
  assert_int_equal(stats().state, TGR_RUNNER_POLLING);
  assert_int_equal(stats().retry_at_us, 0);
  engine_close(&engine);
}

static void every_state_has_a_name(void **state) {
  (void)state;
  const char *const names[] = {"stopped",  "initialising", "polling",
                               "pausing",  "backing off",  "saturated",
                               "draining", "failed"};
  for (int i = 0; i < 8; i++)
    assert_string_equal(tgr_runner_state_name((enum tgr_runner_state)i),
                        names[i]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(a_new_runner_has_nothing_to_tell, fresh),
      cmocka_unit_test_setup(every_update_is_counted_in_one_place, fresh),
      cmocka_unit_test_setup(the_oldest_running_update_has_an_age, fresh),
      cmocka_unit_test_setup(latency_counts_from_arrival, fresh),
      cmocka_unit_test_setup(backing_off_tells_until_when, fresh),
      cmocka_unit_test_setup(every_state_has_a_name, fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
