#include "script/cpu_signal.h"

#include "support/spec.h"

#include <pthread.h>
#include <signal.h>

static void ours(int number) {
  (void)number;
}

static void programs(int number) {
  (void)number;
}

static void set(void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler};
  sigemptyset(&action.sa_mask);
  assert_int_equal(sigaction(SIGUSR2, &action, NULL), 0);
}

static void (*now(void))(int) {
  struct sigaction action;
  assert_int_equal(sigaction(SIGUSR2, NULL, &action), 0);
  return action.sa_handler;
}

static void the_last_one_puts_the_programs_handler_back(void **state) {
  (void)state;
  set(programs);
  assert_int_equal(tgr_cpu_signal_take(SIGUSR2, ours), TGR_OK);
  assert_int_equal(tgr_cpu_signal_take(SIGUSR2, ours), TGR_OK);
  assert_true(now() == ours);
  tgr_cpu_signal_drop(SIGUSR2);
  assert_true(now() == ours);
  tgr_cpu_signal_drop(SIGUSR2);
  assert_true(now() == programs);
  /* And again. */
  set(SIG_IGN);
  assert_int_equal(tgr_cpu_signal_take(SIGUSR2, ours), TGR_OK);
  tgr_cpu_signal_drop(SIGUSR2);
  assert_true(now() == SIG_IGN);
}

static void a_handler_that_the_program_sets_meanwhile_stays(void **state) {
  (void)state;
  set(SIG_DFL);
  assert_int_equal(tgr_cpu_signal_take(SIGUSR2, ours), TGR_OK);
  set(programs);
  tgr_cpu_signal_drop(SIGUSR2);
  assert_true(now() == programs);
}

/* Its default action is the end of the process. */
static void a_signal_on_its_way_does_not_meet_what_was_before(void **state) {
  (void)state;
  sigset_t own;
  sigset_t saved;
  set(SIG_DFL);
  sigemptyset(&own);
  sigaddset(&own, SIGUSR2);
  assert_int_equal(tgr_cpu_signal_take(SIGUSR2, ours), TGR_OK);
  pthread_sigmask(SIG_BLOCK, &own, &saved);
  pthread_kill(pthread_self(), SIGUSR2);
  tgr_cpu_signal_drop(SIGUSR2);
  pthread_sigmask(SIG_SETMASK, &saved, NULL);
  assert_true(now() == SIG_DFL);
}

static void what_cannot_be_handled_is_refused(void **state) {
  (void)state;
  assert_int_equal(tgr_cpu_signal_take(SIGKILL, ours), TGR_ESTATE);
  assert_int_equal(tgr_cpu_signal_take(-1, ours), TGR_ESTATE);
  assert_int_equal(tgr_cpu_signal_take(1000, ours), TGR_ESTATE);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_last_one_puts_the_programs_handler_back),
      cmocka_unit_test(a_handler_that_the_program_sets_meanwhile_stays),
      cmocka_unit_test(a_signal_on_its_way_does_not_meet_what_was_before),
      cmocka_unit_test(what_cannot_be_handled_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
