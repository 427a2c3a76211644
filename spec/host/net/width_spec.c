#include "net/width.h"

#include "support/spec.h"
#include "support/spec_mem.h"

static struct tgr_loop loop;
static struct tgr_width width;
static unsigned told;

static void on_widened(struct tgr_width *it) {
  assert_ptr_equal(it, &width);
  told++;
}

static int set_up(void **state) {
  (void)state;
  told = 0;
  assert_int_equal(tgr_loop_init(&loop, &tgr_mem_libc), TGR_OK);
  tgr_width_init(&width, &loop, 4, 20, on_widened);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  tgr_width_deinit(&width);
  tgr_loop_deinit(&loop);
  return 0;
}

/* Lets time pass, `slept_us` of it asleep. */
static void pass(uint64_t passed_us, uint64_t slept_us) {
  loop.slept_us += slept_us;
  tgr_timers_advance(&loop.timers, loop.timers.now_us + passed_us);
}

static void doubles_while_requests_wait_and_the_loop_sleeps(void **state) {
  (void)state;
  static const unsigned expected[] = {8, 16, 20, 20};
  assert_int_equal(width.now, 4);
  for (size_t i = 0; i < 4; i++) {
    tgr_width_note_waiting(&width);
    pass(2000, 1900);
    assert_int_equal(width.now, expected[i]);
  }
  assert_int_equal(told, 3);
}

static void stays_while_the_loop_has_no_time_to_spare(void **state) {
  (void)state;
  tgr_width_note_waiting(&width);
  for (int i = 0; i < 5; i++)
    pass(2000, 900);
  assert_int_equal(width.now, 4);
  assert_int_equal(told, 0);
  pass(2000, 1500);
  assert_int_equal(width.now, 8);
}

static void doubles_when_nothing_ends_however_busy_the_loop_is(void **state) {
  (void)state;
  static const unsigned expected[] = {8, 16, 20, 20};
  tgr_width_note_waiting(&width);
  pass(190000, 0);
  assert_int_equal(width.now, 4);
  for (size_t i = 0; i < 4; i++) {
    pass(10000, 0);
    assert_int_equal(width.now, expected[i]);
    tgr_width_note_waiting(&width); /* as the queue does behind each */
    pass(190000, 0);
    assert_int_equal(width.now, expected[i]); /* as long as it is so slow */
  }
  assert_int_equal(told, 3);
}

static void stays_when_each_place_has_an_end_in_time(void **state) {
  (void)state;
  tgr_width_note_waiting(&width);
  for (int i = 0; i < 50; i++) {
    tgr_width_note_end(&width, 4);
    pass(40000, 0);
  }
  assert_int_equal(width.now, 4);
  assert_int_equal(told, 0);
}

static void stays_when_nothing_waits_any_more(void **state) {
  (void)state;
  tgr_width_note_waiting(&width);
  tgr_width_note_none(&width);
  pass(10000, 10000);
  assert_int_equal(width.now, 4);
}

static void shrinks_while_requests_wait_and_the_loop_hardly_sleeps(void **s) {
  (void)s;
  static const unsigned expected[] = {18, 16, 14};
  width.now = 20;
  for (size_t i = 0; i < 3; i++) {
    tgr_width_note_waiting(&width);
    pass(2000, 200);
    assert_int_equal(width.now, expected[i]);
  }
  for (int i = 0; i < 20; i++)
    pass(2000, 0);
  assert_int_equal(width.now, 4);
  assert_int_equal(told, 0);
}

static void shrinks_to_its_least_with_each_end_when_little_is_open(void **s) {
  (void)s;
  tgr_width_note_waiting(&width);
  pass(2000, 2000);
  for (int i = 0; i < 10; i++)
    tgr_width_note_end(&width, 1);
  assert_int_equal(width.now, 4);
}

static void stays_while_half_of_it_is_open(void **state) {
  (void)state;
  width.now = 20;
  for (int i = 0; i < 10; i++)
    tgr_width_note_end(&width, 10);
  assert_int_equal(width.now, 20);
  tgr_width_note_end(&width, 9);
  assert_int_equal(width.now, 19);
}

static void is_never_more_than_its_most(void **state) {
  (void)state;
  tgr_width_deinit(&width);
  tgr_width_init(&width, &loop, 32, 3, on_widened);
  assert_int_equal(width.now, 3);
  tgr_width_note_waiting(&width);
  pass(2000, 2000);
  assert_int_equal(width.now, 3);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(
          doubles_while_requests_wait_and_the_loop_sleeps, set_up, tear_down),
      cmocka_unit_test_setup_teardown(stays_while_the_loop_has_no_time_to_spare,
                                      set_up, tear_down),
      cmocka_unit_test_setup_teardown(
          doubles_when_nothing_ends_however_busy_the_loop_is, set_up,
          tear_down),
      cmocka_unit_test_setup_teardown(stays_when_each_place_has_an_end_in_time,
                                      set_up, tear_down),
      cmocka_unit_test_setup_teardown(stays_when_nothing_waits_any_more, set_up,
                                      tear_down),
      cmocka_unit_test_setup_teardown(
          shrinks_while_requests_wait_and_the_loop_hardly_sleeps, set_up,
          tear_down),
      cmocka_unit_test_setup_teardown(
          shrinks_to_its_least_with_each_end_when_little_is_open, set_up,
          tear_down),
      cmocka_unit_test_setup_teardown(stays_while_half_of_it_is_open, set_up,
                                      tear_down),
      cmocka_unit_test_setup_teardown(is_never_more_than_its_most, set_up,
                                      tear_down)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
