#include "telegram/poll_mark.h"

#include "support/spec.h"

/* Two milliseconds of which one tenth was slept; four calls began, three ended,
 * the last of them soon. */
static const struct tgr_poll_mark from = {
    .at_us = 1000, .slept_us = 500, .started = 10, .ended = 7};
static struct tgr_poll_mark to;

static int set_up(void **state) {
  (void)state;
  to = (struct tgr_poll_mark){.at_us = 3000,
                              .slept_us = 700,
                              .started = 14,
                              .ended = 10,
                              .took_us = TGR_POLL_HELD_US - 1};
  return 0;
}

static void a_busy_loop_whose_calls_end_awaits_no_server(void **state) {
  (void)state;
  assert_false(tgr_poll_mark_awaits_server(&from, &to));
}

static void a_loop_that_sleeps_half_of_the_time_awaits_the_server(void **s) {
  (void)s;
  to.slept_us = 1499;
  assert_false(tgr_poll_mark_awaits_server(&from, &to));
  to.slept_us = 1500;
  assert_true(tgr_poll_mark_awaits_server(&from, &to));
}

static void when_no_call_ends_the_server_is_awaited(void **state) {
  (void)state;
  to.ended = from.ended;
  assert_true(tgr_poll_mark_awaits_server(&from, &to));
}

static void when_calls_take_long_the_server_is_awaited(void **state) {
  (void)state;
  to.took_us = TGR_POLL_HELD_US;
  assert_true(tgr_poll_mark_awaits_server(&from, &to));
}

static void calls_that_wait_for_a_place_need_a_loop_that_sleeps(void **state) {
  (void)state;
  to.ended = from.ended;
  to.took_us = TGR_POLL_HELD_US;
  to.waiting = 1;
  assert_false(tgr_poll_mark_awaits_server(&from, &to));
  to.slept_us = 1500;
  assert_true(tgr_poll_mark_awaits_server(&from, &to));
}

static void fewer_are_wanted_at_once_while_calls_keep_the_loop_busy(void **s) {
  (void)s;
  assert_int_equal(tgr_poll_mark_most(&from, &to), TGR_POLL_BUSY_MOST);
}

static void as_many_as_there_are_when_the_loop_has_slept(void **state) {
  (void)state;
  to.slept_us = 1500;
  assert_int_equal(tgr_poll_mark_most(&from, &to), 0);
}

static void as_many_as_there_are_when_there_were_no_calls(void **state) {
  (void)state;
  to.started = from.started;
  assert_int_equal(tgr_poll_mark_most(&from, &to), 0);
}

static void as_many_as_there_are_behind_the_first_answer(void **state) {
  (void)state;
  const struct tgr_poll_mark none = {.at_us = 0};
  assert_int_equal(tgr_poll_mark_most(&none, &to), 0);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup(name, set_up)
  const struct CMUnitTest tests[] = {
      TEST(a_busy_loop_whose_calls_end_awaits_no_server),
      TEST(a_loop_that_sleeps_half_of_the_time_awaits_the_server),
      TEST(when_no_call_ends_the_server_is_awaited),
      TEST(when_calls_take_long_the_server_is_awaited),
      TEST(calls_that_wait_for_a_place_need_a_loop_that_sleeps),
      TEST(fewer_are_wanted_at_once_while_calls_keep_the_loop_busy),
      TEST(as_many_as_there_are_when_the_loop_has_slept),
      TEST(as_many_as_there_are_when_there_were_no_calls),
      TEST(as_many_as_there_are_behind_the_first_answer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
