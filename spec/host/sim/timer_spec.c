#include "sim/timer.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <stdlib.h>

static void timers_come_due_in_order_of_time(void **state) {
  (void)state;
  struct tgr_sim_timers timers;
  struct tgr_sim_timer all[200] = {0};
  tgr_sim_timers_init(&timers, &tgr_mem_libc);
  for (size_t i = 0; i < 200; i++)
    assert_int_equal(
        tgr_sim_timers_arm(&timers, &all[i], 1000 + i * 7919 % 1009), TGR_OK);
  uint64_t previous = 0;
  for (size_t i = 0; i < 200; i++) {
    const struct tgr_sim_timer *timer = tgr_sim_timers_due(&timers, 5000);
    assert_non_null(timer);
    assert_true(timer->at_us >= previous);
    previous = timer->at_us;
  }
  assert_null(tgr_sim_timers_due(&timers, 5000));
  tgr_sim_timers_deinit(&timers);
}

static void a_timer_is_not_due_before_its_time(void **state) {
  (void)state;
  struct tgr_sim_timers timers;
  struct tgr_sim_timer timer = {0};
  tgr_sim_timers_init(&timers, &tgr_mem_libc);
  assert_int_equal(tgr_sim_timers_wait_ms(&timers, 0), -1);
  assert_int_equal(tgr_sim_timers_arm(&timers, &timer, 2001), TGR_OK);
  assert_null(tgr_sim_timers_due(&timers, 2000));
  assert_int_equal(tgr_sim_timers_wait_ms(&timers, 1), 2);
  assert_int_equal(tgr_sim_timers_wait_ms(&timers, 2000), 1);
  assert_int_equal(tgr_sim_timers_wait_ms(&timers, 2001), 0);
  assert_ptr_equal(tgr_sim_timers_due(&timers, 2001), &timer);
  tgr_sim_timers_deinit(&timers);
}

static void arming_again_moves_and_disarming_removes(void **state) {
  (void)state;
  struct tgr_sim_timers timers;
  struct tgr_sim_timer a = {0};
  struct tgr_sim_timer b = {0};
  struct tgr_sim_timer c = {0};
  tgr_sim_timers_init(&timers, &tgr_mem_libc);
  assert_int_equal(tgr_sim_timers_arm(&timers, &a, 10), TGR_OK);
  assert_int_equal(tgr_sim_timers_arm(&timers, &b, 20), TGR_OK);
  assert_int_equal(tgr_sim_timers_arm(&timers, &c, 30), TGR_OK);
  assert_int_equal(tgr_sim_timers_arm(&timers, &a, 40), TGR_OK);
  tgr_sim_timers_disarm(&timers, &b);
  tgr_sim_timers_disarm(&timers, &b);
  assert_ptr_equal(tgr_sim_timers_due(&timers, 100), &c);
  assert_ptr_equal(tgr_sim_timers_due(&timers, 100), &a);
  assert_null(tgr_sim_timers_due(&timers, 100));
  tgr_sim_timers_deinit(&timers);
}

static void without_memory_a_timer_stays_unarmed(void **state) {
  (void)state;
  struct spec_mem mem;
  struct tgr_sim_timers timers;
  struct tgr_sim_timer timer = {0};
  spec_mem_init(&mem);
  mem.fail_at = 1;
  tgr_sim_timers_init(&timers, &mem.mem);
  assert_int_equal(tgr_sim_timers_arm(&timers, &timer, 10), TGR_ENOMEM);
  assert_null(tgr_sim_timers_due(&timers, 100));
  tgr_sim_timers_deinit(&timers);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(timers_come_due_in_order_of_time),
      cmocka_unit_test(a_timer_is_not_due_before_its_time),
      cmocka_unit_test(arming_again_moves_and_disarming_removes),
      cmocka_unit_test(without_memory_a_timer_stays_unarmed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
