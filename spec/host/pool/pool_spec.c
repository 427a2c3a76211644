#include "pool_spec.h"

static void errands_are_run_and_answered(void **state) {
  (void)state;
  open_pool(WORKER "bot:use(function(ctx) assert(ctx.update.message.text == "
                   "'x') end)",
            3);
  for (int i = 0; i < MANY; i++)
    send_text(i, "x");
  run_until(MANY);
  for (int i = 0; i < MANY; i++)
    assert_int_equal(errands[i].end, TGR_ERRAND_DONE);
}

static void a_failure_tells_what_and_where(void **state) {
  (void)state;
  open_pool(WORKER "bot:use(function() error('boom') end)", 1);
  struct tgr_errand *errand = send_text(0, "x");
  run_until(1);
  assert_int_equal(errand->end, TGR_ERRAND_FAILED);
  assert_int_equal(errand->worker, 1);
  assert_non_null(strstr(errand->text, "worker.lua:1: boom"));
  const char *frames = errand->text + strlen(errand->text) + 1;
  assert_non_null(strstr(frames, "stack traceback:"));
  free_text(errand);
}

static void a_cancel_reaches_what_a_worker_runs(void **state) {
  (void)state;
  open_pool("local tg = require 'tgrunner' " WORKER
            "bot:use(function() tg.log.info 'begun' tg.sleep(600000) end)",
            1);
  struct tgr_errand *errand = send_text(0, "x");
  turn_until_begun(errand);
  assert_true(it.pools.distributor.cancel(it.pool, errand));
  assert_true(it.pools.distributor.cancel(it.pool, errand));
  run_until(1);
  assert_int_equal(errand->end, TGR_ERRAND_CANCELED);
}

static void a_cancel_of_what_nobody_took_needs_no_waiting(void **state) {
  (void)state;
  open_pool(WORKER, 1);
  struct tgr_errand *errand = send_text(0, "x");
  assert_false(it.pools.distributor.cancel(it.pool, errand));
  assert_int_equal(it.pool->load, 0);
  tgr_task_release(errand->task); /* it is the sender's again */
}

static void no_memory_for_a_ticket_is_a_status(void **state) {
  (void)state;
  open_pool(WORKER, 1);
  struct tgr_errand *errand = send_text(0, "x");
  struct tgr_errand other = {.answered = on_answered, .task = errand->task};
  tgr_link_init(&other.link);
  atomic_store(&it.mem.fail_at, atomic_load(&it.mem.requests) + 1);
  assert_int_equal(it.pools.distributor.send(it.pool, &other), TGR_ENOMEM);
  atomic_store(&it.mem.fail_at, 0);
  assert_int_equal(it.pool->load, 1);
  while (it.answered == 0) { /* the worker may have lacked memory, too */
    tgr_loop_step(&it.loop, 1000);
    uv_sleep(1);
  }
  free_text(errand);
}

static void a_death_loses_what_was_begun_and_keeps_what_was_not(void **state) {
  (void)state;
  open_pool(WORKER "bot:use(function(ctx) if ctx.update.message.text == 'die' "
                   "then os.exit() end end)",
            1);
  struct tgr_errand *first = send_text(0, "die");
  run_until(1);
  assert_int_equal(first->end, TGR_ERRAND_LOST);
  assert_non_null(strstr(first->text, "it called os.exit"));
  free_text(first);
  for (int i = 1; i < 10; i++) /* there is no worker now */
    send_text(i, "x");
  run_until(10);
  for (int i = 1; i < 10; i++)
    assert_int_equal(errands[i].end, TGR_ERRAND_DONE);
  assert_non_null(strstr(it.logged, "worker 1 died and is replaced"));
}

static void too_many_deaths_are_told_with_the_cause(void **state) {
  (void)state;
  open_pool("error('no way')", 1);
  tgr_loop_run(&it.loop);
  assert_non_null(strstr(it.end_text, "died 6 times"));
  assert_non_null(strstr(it.end_text, "no way"));
}

static void a_worker_that_spins_at_load_dies_of_its_cpu_budget(void **state) {
  (void)state;
  it.env.cpu_ms = 20;
  open_pool("while true do end", 1);
  tgr_loop_run(&it.loop);
  assert_non_null(strstr(it.end_text, "died 6 times"));
  assert_non_null(strstr(it.end_text, "of CPU without a pause"));
}

static void a_failed_pool_answers_what_it_gets(void **state) {
  (void)state;
  open_pool("error('no way')", 1);
  send_text(0, "before");
  tgr_loop_run(&it.loop);
  send_text(1, "behind");
  assert_true(it.answered < 2);
  run_until(2);
  for (int i = 0; i < 2; i++) {
    assert_int_equal(errands[i].end, TGR_ERRAND_LOST);
    assert_non_null(strstr(errands[i].text, "no worker is left"));
    assert_non_null(strstr(errands[i].text, "no way"));
    free_text(&errands[i]);
  }
}

static void a_failed_pool_that_retires_lets_go_of_the_script(void **state) {
  (void)state;
  open_pool("error('no way')", 1);
  send_text(0, "x");
  it.pools.distributor.retire(it.pool, 600000);
  assert_int_equal(it.script->guests, 1);
  tgr_loop_run(&it.loop); /* until it fails */
  run_until(1);
  free_text(&errands[0]);
  for (int i = 0; i < 1000 && it.script->guests > 0; i++) {
    tgr_loop_step(&it.loop, 1000);
    uv_sleep(1);
  }
  assert_int_equal(it.script->guests, 0);
}

static void turn_until_worker_is_gone(void) {
  while (it.pool->worker_count > 0) {
    tgr_loop_step(&it.loop, 1000);
    uv_sleep(1);
  }
}

static void
a_retired_worker_answers_first_and_ends_what_it_repeats(void **state) {
  (void)state;
  open_pool("local tg = require 'tgrunner' " WORKER
            "tg.every(1, function() end) "
            "bot:use(function() tg.sleep(50) end)",
            1);
  send_text(0, "x");
  it.pools.distributor.retire(it.pool, 600000);
  assert_int_equal(it.script->guests, 1);
  turn_until_worker_is_gone();
  assert_int_equal(it.answered, 1);
  assert_int_equal(errands[0].end, TGR_ERRAND_DONE);
  assert_int_equal(it.script->guests, 0);
  assert_string_equal(it.logged, "");
}

static void a_retired_workers_tasks_end_at_the_deadline(void **state) {
  (void)state;
  open_pool("local tg = require 'tgrunner' " WORKER
            "tg.spawn(function() tg.sleep(600000) end)",
            2);
  it.pools.distributor.retire(it.pool, 20);
  turn_until_worker_is_gone();
  assert_int_equal(it.script->guests, 0);
  assert_string_equal(it.logged, "");
}

static void a_retired_pool_that_is_let_go_still_answers(void **state) {
  (void)state;
  open_pool("local tg = require 'tgrunner' " WORKER "bot:use(function(ctx) "
            "if ctx.update.message.text == 'die' then os.exit() end "
            "tg.sleep(20) end)",
            1);
  send_text(0, "x");
  send_text(1, "die");
  send_text(2, "x");
  it.pools.distributor.retire(it.pool, 600000);
  it.pools.distributor.close(it.pool);
  it.pool = NULL;
  run_until(3);
  for (int i = 0; i < 3; i++)
    free_text(&errands[i]);
  while (!tgr_list_empty(&it.pools.pools)) {
    tgr_loop_step(&it.loop, 1000);
    uv_sleep(1);
  }
  assert_int_equal(it.script->guests, 0);
}

static void the_same_key_meets_the_same_worker(void **state) {
  (void)state;
  open_pool(WORKER, 4);
  for (int i = 0; i < 100; i++)
    send_keyed(i, "x", (uint64_t)(i % 10) * 12345);
  run_until(100);
  for (int i = 10; i < 100; i++)
    assert_int_equal(errands[i].worker, errands[i % 10].worker);
}

static void a_close_answers_everything(void **state) {
  (void)state;
  open_pool("local tg = require 'tgrunner' " WORKER
            "bot:use(function() tg.sleep(600000) end)",
            2);
  for (int i = 0; i < 20; i++)
    send_text(i, "x");
  for (int i = 0; i < 20; i++)
    tgr_loop_step(&it.loop, 1000);
  it.pools.distributor.close(it.pool);
  it.pool = NULL;
  assert_true(tgr_pools_end(&it.pools, PATIENCE_MS));
  assert_int_equal(it.answered, 20);
  for (int i = 0; i < 20; i++)
    free_text(&errands[i]);
}

static void no_memory_at_open_is_a_status(void **state) {
  (void)state;
  for (long n = 1;; n++) {
    const long before = atomic_load(&it.mem.requests);
    atomic_store(&it.mem.fail_at, before + n);
    const enum tgr_status status = try_open(WORKER, 1);
    atomic_store(&it.mem.fail_at, 0);
    if (status == TGR_OK)
      break;
    assert_int_equal(status, TGR_ENOMEM);
    it.pool = NULL;
    assert_in_range(n, 1, 100);
  }
}

static void no_memory_in_a_worker_ends_errands_with_an_error(void **state) {
  (void)state;
  open_pool(WORKER "bot:use(function(ctx) local _ = ctx.update end)", 1);
  send_text(0, "x");
  run_until(1);
  for (int i = 1; i < 40; i++) {
    send_text(i, "x");
    atomic_store(&it.mem.fail_at, atomic_load(&it.mem.requests) + i);
    run_until(i + 1);
    atomic_store(&it.mem.fail_at, 0);
    free_text(&errands[i]);
  }
  send_text(40, "x");
  run_until(41);
  free_text(&errands[40]);
}

int main(void) {
#define WITH_POOLS(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
  const struct CMUnitTest tests[] = {
      WITH_POOLS(errands_are_run_and_answered),
      WITH_POOLS(a_failure_tells_what_and_where),
      WITH_POOLS(a_cancel_reaches_what_a_worker_runs),
      WITH_POOLS(a_cancel_of_what_nobody_took_needs_no_waiting),
      WITH_POOLS(no_memory_for_a_ticket_is_a_status),
      WITH_POOLS(a_death_loses_what_was_begun_and_keeps_what_was_not),
      WITH_POOLS(too_many_deaths_are_told_with_the_cause),
      WITH_POOLS(a_worker_that_spins_at_load_dies_of_its_cpu_budget),
      WITH_POOLS(a_failed_pool_answers_what_it_gets),
      WITH_POOLS(a_failed_pool_that_retires_lets_go_of_the_script),
      WITH_POOLS(a_retired_worker_answers_first_and_ends_what_it_repeats),
      WITH_POOLS(a_retired_workers_tasks_end_at_the_deadline),
      WITH_POOLS(a_retired_pool_that_is_let_go_still_answers),
      WITH_POOLS(the_same_key_meets_the_same_worker),
      WITH_POOLS(a_close_answers_everything),
      WITH_POOLS(no_memory_at_open_is_a_status),
      WITH_POOLS(no_memory_in_a_worker_ends_errands_with_an_error)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
