#include "engine/histogram.h"

#include "support/spec.h"

static struct tgr_histogram histogram;

static int fresh(void **state) {
  (void)state;
  tgr_histogram_init(&histogram);
  return 0;
}

static void an_empty_histogram_answers_0(void **state) {
  (void)state;
  assert_int_equal(tgr_histogram_percentile(&histogram, 99), 0);
}

static void percentiles_are_right_within_a_sixteenth(void **state) {
  (void)state;
  for (uint64_t i = 1; i <= 100000; i++)
    tgr_histogram_add(&histogram, i);
  const double wanted[] = {1, 10, 50, 90, 99, 99.9};
  for (int i = 0; i < 6; i++) {
    const uint64_t exact = (uint64_t)(wanted[i] * 1000);
    assert_in_range(tgr_histogram_percentile(&histogram, wanted[i]), exact,
                    exact + exact / 16 + 1);
  }
  assert_int_equal(tgr_histogram_percentile(&histogram, 100), 100000);
}

static void one_value_is_all_percentiles(void **state) {
  (void)state;
  tgr_histogram_add(&histogram, 123456);
  assert_int_equal(tgr_histogram_percentile(&histogram, 0), 123456);
  assert_int_equal(tgr_histogram_percentile(&histogram, 50), 123456);
}

static void small_values_are_exact(void **state) {
  (void)state;
  for (uint64_t i = 0; i < 32; i++) {
    tgr_histogram_init(&histogram);
    tgr_histogram_add(&histogram, i);
    tgr_histogram_add(&histogram, 1000);
    assert_int_equal(tgr_histogram_percentile(&histogram, 50), i);
  }
}

static void huge_values_go_to_the_last_bucket(void **state) {
  (void)state;
  tgr_histogram_add(&histogram, UINT64_MAX);
  tgr_histogram_add(&histogram, UINT64_MAX / 2);
  assert_int_equal(histogram.buckets[TGR_HISTOGRAM_BUCKETS - 1], 2);
  assert_int_equal(histogram.count, 2);
}

static void a_full_bucket_stays_full(void **state) {
  (void)state;
  histogram.buckets[5] = UINT32_MAX;
  histogram.count = UINT32_MAX;
  tgr_histogram_add(&histogram, 5);
  assert_int_equal(histogram.buckets[5], UINT32_MAX);
  assert_int_equal(histogram.count, UINT32_MAX);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(an_empty_histogram_answers_0, fresh),
      cmocka_unit_test_setup(percentiles_are_right_within_a_sixteenth, fresh),
      cmocka_unit_test_setup(one_value_is_all_percentiles, fresh),
      cmocka_unit_test_setup(small_values_are_exact, fresh),
      cmocka_unit_test_setup(huge_values_go_to_the_last_bucket, fresh),
      cmocka_unit_test_setup(a_full_bucket_stays_full, fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
