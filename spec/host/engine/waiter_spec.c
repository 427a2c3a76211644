/* Waiting for free capacity. */
#include "host/engine/engine_sink.h"

static struct trace answers;

static void answered(struct tgr_sink_waiter *waiter, int capacity) {
  trace_add(&answers, "%c=%d@%lu", waiter->want > 1 ? 'W' : 'w', capacity,
            world_ms(&world));
}

static struct tgr_sink_waiter waiter;

static int ask(int want, unsigned long patience_ms) {
  trace_clear(&answers);
  tgr_sink_waiter_init(&waiter, answered);
  return tgr_sink_when_free(&sink, &waiter, want, patience_ms * 1000);
}

static void enough_is_a_quarter_at_most_25_and_at_least_1(void **state) {
  (void)state;
  const int cases[][2] = {{1, 1},   {3, 1},   {4, 1},    {7, 1},   {8, 2},
                          {40, 10}, {99, 24}, {100, 25}, {500, 25}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    options.concurrency = cases[i][0];
    open_sink();
    assert_int_equal(tgr_sink_enough(&sink), cases[i][1]);
    close_sink();
  }
}

static void what_is_free_already_is_answered_at_once(void **state) {
  (void)state;
  options.concurrency = 40;
  open_sink();
  assert_int_equal(ask(10, 50), 40);
  assert_null(waiter.sink);
  close_sink();
}

static void it_waits_until_that_much_is_free(void **state) {
  (void)state;
  options.concurrency = 4;
  open_sink();
  handle("a:10:d b:20:d c:30:d d:40:d");
  assert_int_equal(ask(3, 50), 0);
  world_run_to(&world, 29);
  assert_string_equal(answers.text, "");
  world_run_to(&world, 40);
  assert_string_equal(answers.text, "W=3@30");
  close_sink();
}

static void after_its_patience_it_takes_what_is_free(void **state) {
  (void)state;
  options.concurrency = 4;
  open_sink();
  handle("a:10:d b:90:d c:90:d d:90:d");
  assert_int_equal(ask(3, 50), 0);
  world_run_to(&world, 49);
  assert_string_equal(answers.text, "");
  world_run_to(&world, 90);
  assert_string_equal(answers.text, "w=1@50");
  close_sink();
}

static void after_its_patience_it_takes_the_first_free_slot(void **state) {
  (void)state;
  options.concurrency = 2;
  open_sink();
  handle("a:70:d b:90:d");
  assert_int_equal(ask(2, 50), 0);
  world_run_to(&world, 90);
  assert_string_equal(answers.text, "w=1@70");
  close_sink();
}

static void it_never_asks_for_more_than_there_can_be(void **state) {
  (void)state;
  options.concurrency = 2;
  open_sink();
  handle("a:70:d b:70:d");
  assert_int_equal(ask(25, 1000), 0);
  world_run_to(&world, 70);
  assert_string_equal(answers.text, "W=2@70");
  close_sink();
}

static void a_forgotten_waiter_is_not_answered(void **state) {
  (void)state;
  options.concurrency = 1;
  open_sink();
  handle("a:70:d");
  assert_int_equal(ask(1, 50), 0);
  tgr_sink_forget(&waiter);
  tgr_sink_forget(&waiter);
  world_run_to(&world, 100);
  assert_string_equal(answers.text, "");
  close_sink();
}

static void a_waiter_can_be_forgotten_after_its_grant(void **state) {
  (void)state;
  options.concurrency = 1;
  open_sink();
  handle("a:hang:d");
  assert_int_equal(ask(1, 50), 0);
  world_turn(&world);
  crew_end(tgr_sink_first(&sink), TGR_OUTCOME_DONE);
  tgr_sink_forget(&waiter);
  world_turn(&world);
  assert_string_equal(answers.text, "");
  close_sink();
}

static void a_closed_sink_forgets_its_waiters(void **state) {
  (void)state;
  options.concurrency = 8;
  open_sink();
  handle("a:hang:d b:hang:d c:hang:d d:hang:d e:hang:d f:hang:d g:hang:d "
         "h:hang:d");
  assert_int_equal(ask(2, 50), 0);
  world_turn(&world);
  crew_leave(&crew);
  tgr_sink_deinit(&sink);
  world_run_to(&world, 100);
  assert_string_equal(answers.text, "");
  world_end(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(enough_is_a_quarter_at_most_25_and_at_least_1,
                             fresh),
      cmocka_unit_test_setup(what_is_free_already_is_answered_at_once, fresh),
      cmocka_unit_test_setup(it_waits_until_that_much_is_free, fresh),
      cmocka_unit_test_setup(after_its_patience_it_takes_what_is_free, fresh),
      cmocka_unit_test_setup(after_its_patience_it_takes_the_first_free_slot,
                             fresh),
      cmocka_unit_test_setup(it_never_asks_for_more_than_there_can_be, fresh),
      cmocka_unit_test_setup(a_forgotten_waiter_is_not_answered, fresh),
      cmocka_unit_test_setup(a_waiter_can_be_forgotten_after_its_grant, fresh),
      cmocka_unit_test_setup(a_closed_sink_forgets_its_waiters, fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
