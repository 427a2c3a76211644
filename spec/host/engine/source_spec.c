#include "engine/source.h"

#include "host/engine/engine_well.h"

static struct world world;
static struct well well;
static struct tgr_source source;

/* A consumer that pulls again and again. */
static struct tgr_source_consumer consumer;
static struct trace got;
static bool pulls_again;

static void on_batch(struct tgr_source_consumer *it, struct tgr_list *tasks,
                     int count) {
  trace_add(&got, "%d@%lu", count, world_ms(&world));
  int counted = 0;
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(tasks)) != NULL) {
    tgr_task_release(TGR_CONTAINER_OF(link, struct tgr_task, link));
    counted++;
  }
  assert_int_equal(counted, count);
  if (pulls_again)
    assert_int_equal(tgr_source_pull(&source, it), TGR_OK);
}

static void on_error(struct tgr_source_consumer *it,
                     const struct tgr_error *error) {
  (void)it;
  trace_add(&got, "error(%s)@%lu", error->text, world_ms(&world));
}

static void on_ready(struct tgr_source_consumer *it) {
  (void)it;
  trace_add(&got, "ready@%lu", world_ms(&world));
}

static void on_confirmed(struct tgr_source_consumer *it) {
  (void)it;
  trace_add(&got, "confirmed@%lu", world_ms(&world));
}

static int fresh(void **state) {
  (void)state;
  world_init(&world);
  trace_clear(&got);
  pulls_again = true;
  consumer = (struct tgr_source_consumer){.on_batch = on_batch,
                                          .on_error = on_error,
                                          .on_ready = on_ready,
                                          .on_confirmed = on_confirmed};
  return 0;
}

static void open_source(const char *batches, unsigned long takes_ms,
                        double balance) {
  well_open(&well, &world, batches, takes_ms);
  const struct tgr_source_options options = {.speed_traffic_balance = balance,
                                             .max_delay_milliseconds = 500};
  tgr_source_init(&source, &world.timers, &world.ready, &well.supplier,
                  &options);
}

static void pull(void) {
  assert_int_equal(tgr_source_pull(&source, &consumer), TGR_OK);
}

static void close_source(void) {
  tgr_source_deinit(&source);
  world_end(&world);
}

static void batches_come_one_after_another_empty_ones_too(void **state) {
  (void)state;
  open_source("a:0:d b:0:d| |c:0:d", 10, 0);
  assert_false(tgr_source_is_active(&source));
  pull();
  assert_true(tgr_source_is_active(&source));
  world_run_to(&world, 35);
  assert_string_equal(got.text, "2@10 0@20 1@30");
  close_source();
}

static void a_supplier_may_answer_at_once(void **state) {
  (void)state;
  open_source("a:0:d|b:0:d|c:0:d", 0, 0);
  pull();
  assert_string_equal(got.text, ""); /* not on the caller's stack */
  world_turn(&world);
  assert_string_equal(got.text, "1@0 1@0 1@0");
  close_source();
}

static void only_one_request_is_open(void **state) {
  (void)state;
  open_source("a:0:d", 10, 0);
  pull();
  assert_int_equal(tgr_source_pull(&source, &consumer), TGR_ESTATE);
  world_run_to(&world, 10);
  close_source();
}

static void the_pace_takes_effect_at_the_next_request(void **state) {
  (void)state;
  open_source("a:0:d|b:0:d|c:0:d", 10, 0);
  pull();
  tgr_source_set_generator_pace(&source, 7);
  world_run_to(&world, 15);
  tgr_source_set_generator_pace(&source, -4);
  world_run_to(&world, 25);
  assert_string_equal(well.calls.text,
                      "supply 2147483647@0 supply 7@10 supply 1@20");
  close_source();
}

static void gaps_between_calls_follow_the_pace_exactly(void **state) {
  (void)state;
  const uint64_t gaps_us[] = {54330,  58131,  62507,  67601,  73602,
                              80776,  89499,  100324, 114102, 132198,
                              156934, 192540, 247307, 337873, 481641};
  open_source("a:0:d|a:0:d|a:0:d|a:0:d|a:0:d|a:0:d|a:0:d|a:0:d|a:0:d|a:0:d|"
              "a:0:d|a:0:d|a:0:d|a:0:d|a:0:d",
              50, 1);
  pull();
  uint64_t began_us = world.timers.now_us;
  for (int i = 0; i < 15; i++) {
    uint64_t due = 0;
    const uint64_t asked = source.asked_us;
    while (source.asked_us == asked) {
      assert_true(tgr_timers_next(&world.timers, &due));
      tgr_timers_advance(&world.timers, due);
      tgr_ready_run_all(&world.ready);
    }
    assert_int_equal(source.asked_us - began_us, gaps_us[i]);
    began_us = source.asked_us;
  }
  close_source();
}

static void a_pause_can_be_cut_short(void **state) {
  (void)state;
  open_source("a:0:d|b:0:d", 50, 1);
  pull();
  world_run_to(&world, 52);
  assert_int_equal(source.state, TGR_SOURCE_PAUSING);
  tgr_source_skip_pause(&source);
  tgr_source_skip_pause(&source);
  assert_string_equal(well.calls.text, "supply 2147483647@0 supply "
                                       "2147483647@52");
  close_source();
}

static void an_error_closes_the_source_and_reaches_the_consumer(void **state) {
  (void)state;
  open_source("a:0:d|!", 10, 0);
  tgr_source_set_generator_pace(&source, 3);
  pull();
  world_run_to(&world, 100);
  assert_string_equal(got.text, "1@10 error(the well is dry)@20");
  assert_false(tgr_source_is_active(&source));
  assert_int_equal(source.limit, INT_MAX);
  close_source();
}

static void after_an_error_the_source_can_be_pulled_again(void **state) {
  (void)state;
  open_source("!|a:0:d", 10, 0);
  pull();
  world_run_to(&world, 15);
  pull();
  world_run_to(&world, 30);
  assert_string_equal(got.text, "error(the well is dry)@10 1@25");
  close_source();
}

static void closing_aborts_the_open_request(void **state) {
  (void)state;
  open_source("a:0:d", 10, 0);
  tgr_source_set_generator_pace(&source, 3);
  pull();
  world_run_to(&world, 5);
  tgr_source_close(&source);
  tgr_source_close(&source);
  world_run_to(&world, 50);
  assert_string_equal(well.calls.text, "supply 3@0 abort@5");
  assert_string_equal(got.text, "");
  assert_false(tgr_source_is_active(&source));
  assert_int_equal(source.limit, INT_MAX);
  close_source();
}

static void closing_ends_a_pause_without_an_abort(void **state) {
  (void)state;
  open_source("a:0:d|b:0:d", 50, 1);
  pull();
  world_run_to(&world, 52);
  tgr_source_close(&source);
  world_run_to(&world, 1000);
  assert_string_equal(well.calls.text, "supply 2147483647@0");
  close_source();
}

static void a_closed_source_is_usable_again(void **state) {
  (void)state;
  open_source("a:0:d b:0:d", 10, 0);
  pull();
  world_run_to(&world, 5);
  tgr_source_close(&source);
  pull();
  world_run_to(&world, 20);
  assert_string_equal(got.text, "2@15");
  close_source();
}

static void closing_before_the_first_pull_does_nothing(void **state) {
  (void)state;
  open_source("a:0:d", 10, 0);
  tgr_source_close(&source);
  pull();
  world_run_to(&world, 10);
  assert_string_equal(got.text, "1@10");
  close_source();
}

static void a_batch_delivered_before_the_close_is_not_lost(void **state) {
  (void)state;
  pulls_again = false;
  open_source("a:0:d", 0, 0);
  pull();
  tgr_source_close(&source);
  world_turn(&world);
  assert_string_equal(got.text, "1@0");
  close_source();
}

static void an_error_before_the_close_is_no_news_after_it(void **state) {
  (void)state;
  pulls_again = false;
  open_source("!", 0, 0);
  pull();
  tgr_source_close(&source);
  world_turn(&world);
  assert_string_equal(got.text, "");
  close_source();
}

static void a_batch_that_nobody_took_is_let_go(void **state) {
  (void)state;
  open_source("a:0:d b:0:d", 0, 0);
  pull();
  close_source(); /* the task's memory is the sanitizer's to check */
}

static void a_batch_of_a_consumer_that_left_is_the_next_answer(void **state) {
  (void)state;
  pulls_again = false;
  open_source("a:0:d b:0:d|c:0:d", 0, 0);
  pull();
  tgr_source_leave(&source);
  assert_false(tgr_source_is_active(&source));
  world_turn(&world);
  assert_string_equal(got.text, "");
  pull();
  world_turn(&world);
  pull();
  world_turn(&world);
  assert_string_equal(got.text, "2@0 1@0");
  close_source();
}

static void who_leaves_aborts_the_open_request(void **state) {
  (void)state;
  open_source("a:0:d", 10, 0);
  pull();
  tgr_source_leave(&source);
  world_run_to(&world, 20);
  assert_string_equal(got.text, "");
  assert_string_equal(well.calls.text, "supply 2147483647@0 abort@0");
  close_source();
}

static void what_was_given_back_comes_in_front_of_the_rest(void **state) {
  (void)state;
  pulls_again = false;
  open_source("c:0:d", 0, 0);
  struct tgr_list tasks;
  world_tasks(&world, "b:0:d", &tasks);
  tgr_source_give_back(&source, &tasks);
  world_tasks(&world, "a:0:d", &tasks);
  tgr_source_give_back(&source, &tasks);
  assert_true(tgr_list_empty(&tasks));
  assert_string_equal(tgr_source_first_back(&source)->raw, "a:0:d");
  pull();
  assert_null(strstr(well.calls.text, "supply"));
  world_turn(&world);
  assert_null(tgr_source_first_back(&source));
  pull();
  world_turn(&world);
  assert_string_equal(got.text, "2@0 1@0");
  close_source();
}

static void preparing_and_confirming_answer_once(void **state) {
  (void)state;
  open_source("", 0, 0);
  well.init_ms = 4;
  well.confirm_ms = 6;
  assert_int_equal(tgr_source_prepare(&source, &consumer), TGR_OK);
  world_run_to(&world, 10);
  assert_int_equal(tgr_source_confirm(&source, &consumer, 12, true), TGR_OK);
  assert_int_equal(tgr_source_prepare(&source, &consumer), TGR_ESTATE);
  world_run_to(&world, 20);
  assert_string_equal(got.text, "ready@4 confirmed@16");
  assert_string_equal(well.calls.text, "init@0 confirm 12+@10");
  close_source();
}

static void a_supplier_without_these_steps_is_ready_at_once(void **state) {
  (void)state;
  open_source("", 0, 0);
  well.supplier.init = NULL;
  well.supplier.confirm = NULL;
  assert_int_equal(tgr_source_prepare(&source, &consumer), TGR_OK);
  world_turn(&world);
  assert_int_equal(tgr_source_confirm(&source, &consumer, 12, false), TGR_OK);
  world_turn(&world);
  assert_string_equal(got.text, "ready@0 confirmed@0");
  close_source();
}

static void a_closed_source_forgets_its_pause(void **state) {
  (void)state;
  pulls_again = false;
  open_source("a:0:d|b:0:d", 50, 1);
  pull();
  world_run_to(&world, 52);
  tgr_source_close(&source);
  pull();
  assert_int_equal(source.state, TGR_SOURCE_POLLING);
  close_source();
}

static void a_pause_is_not_made_twice(void **state) {
  (void)state;
  pulls_again = false;
  open_source("a:0:d|!|b:0:d", 50, 1);
  pull();
  world_run_to(&world, 52);
  pull();
  assert_int_equal(source.state, TGR_SOURCE_PAUSING);
  world_run_to(&world, 200);
  pull(); /* the failed request has left none */
  assert_int_equal(source.state, TGR_SOURCE_POLLING);
  close_source();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(batches_come_one_after_another_empty_ones_too,
                             fresh),
      cmocka_unit_test_setup(a_supplier_may_answer_at_once, fresh),
      cmocka_unit_test_setup(only_one_request_is_open, fresh),
      cmocka_unit_test_setup(the_pace_takes_effect_at_the_next_request, fresh),
      cmocka_unit_test_setup(gaps_between_calls_follow_the_pace_exactly, fresh),
      cmocka_unit_test_setup(a_pause_can_be_cut_short, fresh),
      cmocka_unit_test_setup(
          an_error_closes_the_source_and_reaches_the_consumer, fresh),
      cmocka_unit_test_setup(after_an_error_the_source_can_be_pulled_again,
                             fresh),
      cmocka_unit_test_setup(closing_aborts_the_open_request, fresh),
      cmocka_unit_test_setup(closing_ends_a_pause_without_an_abort, fresh),
      cmocka_unit_test_setup(a_closed_source_is_usable_again, fresh),
      cmocka_unit_test_setup(closing_before_the_first_pull_does_nothing, fresh),
      cmocka_unit_test_setup(a_batch_delivered_before_the_close_is_not_lost,
                             fresh),
      cmocka_unit_test_setup(an_error_before_the_close_is_no_news_after_it,
                             fresh),
      cmocka_unit_test_setup(a_batch_that_nobody_took_is_let_go, fresh),
      cmocka_unit_test_setup(a_batch_of_a_consumer_that_left_is_the_next_answer,
                             fresh),
      cmocka_unit_test_setup(who_leaves_aborts_the_open_request, fresh),
      cmocka_unit_test_setup(what_was_given_back_comes_in_front_of_the_rest,
                             fresh),
      cmocka_unit_test_setup(preparing_and_confirming_answer_once, fresh),
      cmocka_unit_test_setup(a_supplier_without_these_steps_is_ready_at_once,
                             fresh),
      cmocka_unit_test_setup(a_closed_source_forgets_its_pause, fresh),
      cmocka_unit_test_setup(a_pause_is_not_made_twice, fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
