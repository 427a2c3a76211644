#include "loop/timers.h"

#include "base/list.h"
#include "base/rng.h"
#include "support/spec.h"

#include <stdlib.h>
#include <string.h>

struct probe {
  struct tgr_timer timer;
  char name;
  void (*then)(struct probe *probe);
};

static struct tgr_timers timers;
static char fired[64];

static void note(struct tgr_timer *timer) {
  struct probe *probe = TGR_CONTAINER_OF(timer, struct probe, timer);
  const size_t len = strlen(fired);
  fired[len] = probe->name;
  fired[len + 1] = '\0';
  if (probe->then != NULL)
    probe->then(probe);
}

static struct probe probe(char name) {
  struct probe it = {.name = name};
  tgr_timer_init(&it.timer, note);
  return it;
}

static int fresh(void **state) {
  (void)state;
  tgr_timers_init(&timers, 5000);
  fired[0] = '\0';
  return 0;
}

static void timers_fire_in_order_of_due_time(void **state) {
  (void)state;
  struct probe a = probe('a'), b = probe('b'), c = probe('c');
  tgr_timer_start_us(&timers, &b.timer, 20);
  tgr_timer_start_us(&timers, &c.timer, 30);
  tgr_timer_start_us(&timers, &a.timer, 10);
  assert_int_equal(tgr_timers_advance(&timers, 5100), 3);
  assert_string_equal(fired, "abc");
}

static void timers_due_together_fire_in_order_of_start(void **state) {
  (void)state;
  struct probe all[6];
  for (int i = 0; i < 6; i++) {
    all[i] = probe((char)('a' + i));
    tgr_timer_start_us(&timers, &all[i].timer, 10);
  }
  tgr_timer_start_us(&timers, &all[0].timer, 10); /* started anew: the last */
  tgr_timers_advance(&timers, 5010);
  assert_string_equal(fired, "bcdefa");
}

static void nothing_fires_before_its_time(void **state) {
  (void)state;
  struct probe a = probe('a');
  tgr_timer_start_ms(&timers, &a.timer, 3);
  assert_int_equal(tgr_timers_advance(&timers, 7999), 0);
  assert_true(tgr_timer_active(&a.timer));
  assert_int_equal(tgr_timers_advance(&timers, 8000), 1);
  assert_false(tgr_timer_active(&a.timer));
}

static void the_next_due_time_is_told(void **state) {
  (void)state;
  uint64_t due = 0;
  assert_false(tgr_timers_next(&timers, &due));
  struct probe a = probe('a'), b = probe('b');
  tgr_timer_start_us(&timers, &a.timer, 70);
  tgr_timer_start_us(&timers, &b.timer, 50);
  assert_true(tgr_timers_next(&timers, &due));
  assert_int_equal(due, 5050);
  tgr_timer_stop(&timers, &b.timer);
  assert_true(tgr_timers_next(&timers, &due));
  assert_int_equal(due, 5070);
}

static void stopping_twice_is_harmless(void **state) {
  (void)state;
  struct probe a = probe('a');
  tgr_timer_stop(&timers, &a.timer);
  tgr_timer_start_us(&timers, &a.timer, 1);
  tgr_timer_stop(&timers, &a.timer);
  tgr_timer_stop(&timers, &a.timer);
  assert_int_equal(tgr_timers_advance(&timers, 9000), 0);
}

static struct probe *victim;

static void stop_victim(struct probe *it) {
  (void)it;
  tgr_timer_stop(&timers, &victim->timer);
}

static void a_callback_can_stop_a_timer_that_is_due_as_well(void **state) {
  (void)state;
  struct probe a = probe('a'), b = probe('b'), c = probe('c');
  a.then = stop_victim;
  victim = &b;
  tgr_timer_start_us(&timers, &a.timer, 1);
  tgr_timer_start_us(&timers, &b.timer, 1);
  tgr_timer_start_us(&timers, &c.timer, 1);
  tgr_timers_advance(&timers, 6000);
  assert_string_equal(fired, "ac");
}

static void start_again_at_once(struct probe *it) {
  tgr_timer_start_us(&timers, &it->timer, 0);
}

static void a_zero_delay_waits_for_the_next_advance(void **state) {
  (void)state;
  struct probe a = probe('a');
  a.then = start_again_at_once;
  tgr_timer_start_us(&timers, &a.timer, 0);
  assert_int_equal(tgr_timers_advance(&timers, 5000), 1);
  assert_int_equal(tgr_timers_advance(&timers, 5000), 1);
  assert_string_equal(fired, "aa");
}

static void an_old_timer_is_not_held_up_by_a_new_one(void **state) {
  (void)state;
  struct probe a = probe('a'), b = probe('b');
  a.then = start_again_at_once;
  tgr_timer_start_us(&timers, &a.timer, 10);
  tgr_timer_start_us(&timers, &b.timer, 20);
  tgr_timers_advance(&timers, 5020);
  assert_string_equal(fired, "ab");
}

static void the_clock_never_goes_back(void **state) {
  (void)state;
  tgr_timers_advance(&timers, 4000);
  assert_int_equal(timers.now_us, 5000);
}

static void a_delay_past_the_end_of_time_never_comes(void **state) {
  (void)state;
  struct probe a = probe('a');
  tgr_timer_start_ms(&timers, &a.timer, UINT64_MAX);
  uint64_t due = 0;
  assert_true(tgr_timers_next(&timers, &due));
  assert_true(due == UINT64_MAX);
  tgr_timer_stop(&timers, &a.timer);
}

/* Random starts, restarts and stops against a plain array that is searched. */

enum { CROWD = 200 };
static struct probe crowd[CROWD];
static uint64_t expected_due[CROWD]; /* 0: stopped */
static uint64_t expected_serial[CROWD];
static int last_fired;

static void note_index(struct tgr_timer *timer) {
  last_fired = (int)(TGR_CONTAINER_OF(timer, struct probe, timer) - crowd);
}

static int expected_next(void) {
  int best = -1;
  for (int i = 0; i < CROWD; i++)
    if (expected_due[i] != 0 &&
        (best < 0 || expected_due[i] < expected_due[best] ||
         (expected_due[i] == expected_due[best] &&
          expected_serial[i] < expected_serial[best])))
      best = i;
  return best;
}

static void check_next_fires(void) {
  const int next = expected_next();
  uint64_t due = 0;
  assert_int_equal(tgr_timers_next(&timers, &due), next >= 0);
  if (next < 0)
    return;
  assert_int_equal(due, expected_due[next]);
  for (int i = 0; i < CROWD; i++)
    if (i != next && expected_due[i] == due)
      return; /* ties have a spec of their own */
  tgr_timers_advance(&timers, due);
  assert_int_equal(last_fired, next);
  expected_due[next] = 0;
}

static void random_timers_fire_like_a_sorted_list(void **state) {
  (void)state;
  struct tgr_rng rng;
  tgr_rng_init(&rng, 11);
  uint64_t serial = 0;
  memset(expected_due, 0, sizeof expected_due);
  for (int i = 0; i < CROWD; i++)
    tgr_timer_init(&crowd[i].timer, note_index);
  for (int round = 0; round < 20000; round++) {
    const int i = (int)tgr_rng_below(&rng, CROWD);
    switch (tgr_rng_below(&rng, 3)) {
    case 0: {
      const uint64_t delay = 1 + tgr_rng_below(&rng, 100000);
      tgr_timer_start_us(&timers, &crowd[i].timer, delay);
      expected_due[i] = timers.now_us + delay;
      expected_serial[i] = serial++;
      break;
    }
    case 1:
      tgr_timer_stop(&timers, &crowd[i].timer);
      expected_due[i] = 0;
      break;
    default:
      check_next_fires();
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(timers_fire_in_order_of_due_time, fresh),
      cmocka_unit_test_setup(timers_due_together_fire_in_order_of_start, fresh),
      cmocka_unit_test_setup(nothing_fires_before_its_time, fresh),
      cmocka_unit_test_setup(the_next_due_time_is_told, fresh),
      cmocka_unit_test_setup(stopping_twice_is_harmless, fresh),
      cmocka_unit_test_setup(a_callback_can_stop_a_timer_that_is_due_as_well,
                             fresh),
      cmocka_unit_test_setup(a_zero_delay_waits_for_the_next_advance, fresh),
      cmocka_unit_test_setup(an_old_timer_is_not_held_up_by_a_new_one, fresh),
      cmocka_unit_test_setup(the_clock_never_goes_back, fresh),
      cmocka_unit_test_setup(a_delay_past_the_end_of_time_never_comes, fresh),
      cmocka_unit_test_setup(random_timers_fire_like_a_sorted_list, fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
