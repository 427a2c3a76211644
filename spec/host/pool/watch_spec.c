/* What becomes of workers that stand still for long. */
#include "pool/watch.h"

#include "stuck_pool.h"

/* Worker 1 is stuck with an update of the key 2, and lags. */
static const struct tgr_errand *open_lagging_pool(void) {
  open_stuck_pool(2);
  it.pool->lag_ms = 30;
  const struct tgr_errand *stuck = send_keyed(0, "stuck", 2);
  turn_until_begun(stuck);
  for (int i = 0; i < PATIENCE_MS && !tgr_watch_lags(&it.pool->slots[0]); i++)
    turn_for_ms(1);
  assert_true(tgr_watch_lags(&it.pool->slots[0]));
  return stuck;
}

static void end(void) {
  let_go();
  run_until(it.answered + (int)it.pool->load);
  spec_folder_remove(&folder);
}

static void what_was_bound_to_it_goes_to_others(void **state) {
  (void)state;
  open_stuck_pool(2);
  it.pool->lag_ms = 30;
  const struct tgr_errand *stuck = send_keyed(0, "stuck", 2);
  turn_until_begun(stuck);
  for (int i = 1; i < 200; i++) /* more than it takes ahead */
    send_keyed(i, "x", (uint64_t)(2 + 2 * i));
  run_until(199);
  for (int i = 1; i < 200; i++)
    assert_int_equal(errands[i].worker, 2);
  assert_int_equal(stuck->worker, 1);
  end();
}

static void what_comes_later_goes_to_others_at_once(void **state) {
  (void)state;
  (void)open_lagging_pool();
  it.pool->lag_ms = 600000; /* from here on it counts as if it did not lag */
  const struct tgr_errand *waits = send_keyed(1, "x", 4);
  assert_true(waits->bound);
  it.pool->lag_ms = 30;
  const struct tgr_errand *moves = send_keyed(2, "x", 6);
  assert_false(moves->bound);
  run_until(2);
  assert_int_equal(moves->worker, 2);
  end();
}

static void one_that_goes_on_has_its_keys_back(void **state) {
  (void)state;
  (void)open_lagging_pool();
  let_go();
  run_until(1);
  for (int i = 1; i < 10; i++)
    send_keyed(i, "x", 2);
  run_until(10);
  for (int i = 1; i < 10; i++)
    assert_int_equal(errands[i].worker, 1);
  spec_folder_remove(&folder);
}

static void a_line_names_it_and_its_update_once(void **state) {
  (void)state;
  (void)open_lagging_pool();
  turn_for_ms(400); /* it is looked at again meanwhile */
  static const char what[] = "worker 1 of /worker.lua has not moved";
  const char *line = strstr(it.logged, what);
  assert_non_null(line);
  assert_non_null(strstr(line, "on update 0;"));
  assert_null(strstr(line + sizeof what, "has not moved"));
  end();
}

static void stats_tell_who_is_stuck(void **state) {
  (void)state;
  (void)open_lagging_pool();
  struct tgr_worker_stats stats;
  it.pools.distributor.stats(it.pool, 1, &stats);
  assert_true(stats.stuck);
  assert_int_equal(stats.running, 1);
  it.pools.distributor.stats(it.pool, 2, &stats);
  assert_false(stats.stuck);
  end();
}

static void alone_it_keeps_what_waits_for_it(void **state) {
  (void)state;
  open_stuck_pool(1);
  it.pool->lag_ms = 30;
  turn_until_begun(send_keyed(0, "stuck", 0));
  for (int i = 1; i < 200; i++)
    send_keyed(i, "x", (uint64_t)i);
  for (int i = 0; i < PATIENCE_MS && !tgr_watch_stands(&it.pool->slots[0]); i++)
    turn_for_ms(1);
  turn_for_ms(50);
  struct tgr_worker_stats stats;
  it.pools.distributor.stats(it.pool, 1, &stats);
  assert_true(stats.stuck);
  assert_int_equal(stats.running + stats.waiting, 200);
  assert_true(stats.waiting > 0);
  end();
}

int main(void) {
#define WITH_POOLS(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
  const struct CMUnitTest tests[] = {
      WITH_POOLS(what_was_bound_to_it_goes_to_others),
      WITH_POOLS(what_comes_later_goes_to_others_at_once),
      WITH_POOLS(one_that_goes_on_has_its_keys_back),
      WITH_POOLS(a_line_names_it_and_its_update_once),
      WITH_POOLS(stats_tell_who_is_stuck),
      WITH_POOLS(alone_it_keeps_what_waits_for_it)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
