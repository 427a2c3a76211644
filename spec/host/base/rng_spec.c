#include "base/rng.h"

#include "support/spec.h"

static void numbers_are_the_same_on_every_machine(void **state) {
  (void)state;
  struct tgr_rng rng;
  tgr_rng_init(&rng, 0);
  /* The published first values of splitmix64 for seed 0. */
  assert_true(tgr_rng_next(&rng) == UINT64_C(0xe220a8397b1dcdaf));
  assert_true(tgr_rng_next(&rng) == UINT64_C(0x6e789e6aa1b965f4));
}

static void below_stays_below_and_reaches_everything(void **state) {
  (void)state;
  struct tgr_rng rng;
  tgr_rng_init(&rng, 1);
  int seen[6] = {0};
  for (int i = 0; i < 600; i++)
    seen[tgr_rng_below(&rng, 6)]++;
  for (int i = 0; i < 6; i++)
    assert_in_range(seen[i], 50, 200);
  assert_int_equal(tgr_rng_below(&rng, 0), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers_are_the_same_on_every_machine),
      cmocka_unit_test(below_stays_below_and_reaches_everything),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
