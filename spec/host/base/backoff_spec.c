#include "base/backoff.h"

#include "support/spec.h"

static void check(enum tgr_backoff_kind kind, uint64_t fixed_ms,
                  const uint64_t *waits, int count) {
  struct tgr_backoff backoff;
  tgr_backoff_init(&backoff, kind, fixed_ms, 0);
  for (int round = 0; round < 2; round++) {
    for (int i = 0; i < count; i++)
      assert_int_equal(tgr_backoff_next_ms(&backoff), waits[i]);
    tgr_backoff_reset(&backoff);
  }
}

static void exponential_doubles_up_to_30_s(void **state) {
  (void)state;
  const uint64_t waits[] = {100,  200,   400,   800,   1600, 3200,
                            6400, 12800, 25600, 30000, 30000};
  check(TGR_BACKOFF_EXPONENTIAL, 0, waits, 11);
}

static void quadratic_adds_100_ms_each_time(void **state) {
  (void)state;
  const uint64_t waits[] = {100, 200, 300, 400, 500};
  check(TGR_BACKOFF_QUADRATIC, 0, waits, 5);
}

static void quadratic_ends_at_30_s(void **state) {
  (void)state;
  struct tgr_backoff backoff;
  tgr_backoff_init(&backoff, TGR_BACKOFF_QUADRATIC, 0, 0);
  for (int i = 1; i <= 300; i++)
    assert_int_equal(tgr_backoff_next_ms(&backoff), i * 100);
  assert_int_equal(tgr_backoff_next_ms(&backoff), 30000);
}

static void fixed_stays_and_is_capped_too(void **state) {
  (void)state;
  const uint64_t waits[] = {250, 250, 250};
  check(TGR_BACKOFF_FIXED, 250, waits, 3);
  const uint64_t capped[] = {30000, 30000};
  check(TGR_BACKOFF_FIXED, 60000, capped, 2);
}

static void it_never_overflows(void **state) {
  (void)state;
  struct tgr_backoff backoff;
  tgr_backoff_init(&backoff, TGR_BACKOFF_EXPONENTIAL, 0, 0);
  for (int i = 0; i < 1000; i++)
    assert_in_range(tgr_backoff_next_ms(&backoff), 100, 30000);
}

static void jitter_takes_off_at_most_a_tenth_and_varies(void **state) {
  (void)state;
  struct tgr_backoff backoff;
  tgr_backoff_init(&backoff, TGR_BACKOFF_FIXED, 1000, 7);
  uint64_t least = UINT64_MAX;
  uint64_t most = 0;
  for (int i = 0; i < 1000; i++) {
    const uint64_t wait = tgr_backoff_next_ms(&backoff);
    assert_in_range(wait, 900, 1000);
    least = wait < least ? wait : least;
    most = wait > most ? wait : most;
  }
  assert_in_range(least, 900, 905);
  assert_in_range(most, 995, 1000);
}

static void the_same_seed_gives_the_same_waits(void **state) {
  (void)state;
  struct tgr_backoff a, b;
  tgr_backoff_init(&a, TGR_BACKOFF_EXPONENTIAL, 0, 42);
  tgr_backoff_init(&b, TGR_BACKOFF_EXPONENTIAL, 0, 42);
  for (int i = 0; i < 50; i++)
    assert_int_equal(tgr_backoff_next_ms(&a), tgr_backoff_next_ms(&b));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(exponential_doubles_up_to_30_s),
      cmocka_unit_test(quadratic_adds_100_ms_each_time),
      cmocka_unit_test(quadratic_ends_at_30_s),
      cmocka_unit_test(fixed_stays_and_is_capped_too),
      cmocka_unit_test(it_never_overflows),
      cmocka_unit_test(jitter_takes_off_at_most_a_tenth_and_varies),
      cmocka_unit_test(the_same_seed_gives_the_same_waits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
