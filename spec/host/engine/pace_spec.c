#include "engine/pace.h"

#include "support/spec.h"

#include <math.h>
#include <stdlib.h>

/* M * tanh(K * T / C) in µs, worked out apart from this code, for one update
 * per call of 50 ms: T = 65, 114, … 800 and C = 1501, 1402, … 16. */
static const uint64_t PAUSES_US[16] = {
    4330,  8131,  12507,  17601,  23602,  30776,  39499,  50324,
    64102, 82198, 106934, 142540, 197307, 287873, 431641, 500000};

static void the_first_pauses_follow_the_formula_exactly(void **state) {
  (void)state;
  struct tgr_pace pace;
  tgr_pace_init(&pace, 1, 500);
  for (int i = 0; i < 16; i++)
    assert_int_equal(tgr_pace_record(&pace, 1, 50000), PAUSES_US[i]);
}

static void the_reference_was_measured_with_the_same_gaps(void **state) {
  (void)state;
  const int measured_ms[] = {55,  58,  63,  68,  73,  81,  90, 100,
                             115, 133, 157, 194, 248, 340, 483};
  struct tgr_pace pace;
  tgr_pace_init(&pace, 1, 500);
  for (int i = 0; i < 15; i++) {
    const uint64_t gap_us = 50000 + tgr_pace_record(&pace, 1, 50000);
    const long off_us = labs((long)gap_us - measured_ms[i] * 1000);
    assert_in_range(off_us, 0, 2500); /* its timers work in whole ms */
  }
}

static void a_balance_of_0_never_waits(void **state) {
  (void)state;
  struct tgr_pace pace;
  tgr_pace_init(&pace, 0, 500);
  for (int i = 0; i < 40; i++)
    assert_int_equal(tgr_pace_record(&pace, 0, 5000000), 0);
}

static void the_balance_is_clamped(void **state) {
  (void)state;
  struct tgr_pace one, more, less;
  tgr_pace_init(&one, 1, 500);
  tgr_pace_init(&more, 7, 500);
  tgr_pace_init(&less, -3, 500);
  assert_int_equal(tgr_pace_record(&more, 1, 50000),
                   tgr_pace_record(&one, 1, 50000));
  assert_int_equal(tgr_pace_record(&less, 1, 50000), 0);
}

static void a_full_batch_never_waits_but_is_recorded(void **state) {
  (void)state;
  struct tgr_pace pace;
  tgr_pace_init(&pace, 1, 500);
  assert_int_equal(tgr_pace_record(&pace, 100, 50000), 0);
  assert_int_equal(pace.duration_us, 65000);
}

static void only_the_last_16_requests_count(void **state) {
  (void)state;
  struct tgr_pace pace;
  tgr_pace_init(&pace, 1, 500);
  for (int i = 0; i < 100; i++)
    (void)tgr_pace_record(&pace, 7, 9000);
  assert_int_equal(pace.count_sum, 16 * 7);
  assert_int_equal(pace.duration_us, 16 * 9000);
}

static void without_any_update_the_pause_is_the_longest(void **state) {
  (void)state;
  struct tgr_pace pace;
  tgr_pace_init(&pace, 1, 500);
  uint64_t pause = 0;
  for (int i = 0; i < 16; i++)
    pause = tgr_pace_record(&pace, 0, 50000);
  assert_int_equal(pace.count_sum, 0);
  assert_int_equal(pause, 500000);
}

static void a_longest_pause_of_0_or_nonsense_never_waits(void **state) {
  (void)state;
  const double delays[] = {0, -5, NAN};
  for (int i = 0; i < 3; i++) {
    struct tgr_pace pace;
    tgr_pace_init(&pace, 1, delays[i]);
    assert_int_equal(tgr_pace_record(&pace, 1, 50000), 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_first_pauses_follow_the_formula_exactly),
      cmocka_unit_test(the_reference_was_measured_with_the_same_gaps),
      cmocka_unit_test(a_balance_of_0_never_waits),
      cmocka_unit_test(the_balance_is_clamped),
      cmocka_unit_test(a_full_batch_never_waits_but_is_recorded),
      cmocka_unit_test(only_the_last_16_requests_count),
      cmocka_unit_test(without_any_update_the_pause_is_the_longest),
      cmocka_unit_test(a_longest_pause_of_0_or_nonsense_never_waits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
