#include "pool/thread.h"

#include "support/spec.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>

enum { PATIENCE_MS = 30000 };

struct fixture {
  struct tgr_thread thread;
  uv_sem_t go;
  atomic_int runs;
  uv_sem_t orphaned;
  bool takes_int;
  bool takes_own;
};

static struct fixture it;

static bool takes(int number) {
  sigset_t mask;
  pthread_sigmask(SIG_BLOCK, NULL, &mask);
  return !sigismember(&mask, number);
}

static void run(struct tgr_thread *thread) {
  (void)thread;
  it.takes_int = takes(SIGINT);
  it.takes_own = takes(SIGVTALRM);
  uv_sem_wait(&it.go);
  atomic_fetch_add(&it.runs, 1);
}

static void orphan(struct tgr_thread *thread) {
  tgr_thread_deinit(thread);
  uv_sem_post(&it.orphaned);
}

static int setup(void **state) {
  (void)state;
  memset(&it, 0, sizeof it);
  uv_sem_init(&it.go, 0);
  uv_sem_init(&it.orphaned, 0);
  return tgr_thread_start(&it.thread, run, orphan, SIGVTALRM) != TGR_OK;
}

static int teardown(void **state) {
  (void)state;
  uv_sem_destroy(&it.go);
  uv_sem_destroy(&it.orphaned);
  return 0;
}

static void a_thread_that_ended_is_joined(void **state) {
  (void)state;
  uv_sem_post(&it.go);
  assert_true(tgr_thread_wait(&it.thread, PATIENCE_MS));
  assert_true(tgr_thread_end(&it.thread));
  assert_int_equal(atomic_load(&it.runs), 1);
}

static void a_stuck_thread_is_left_behind_and_frees_itself(void **state) {
  (void)state;
  assert_false(tgr_thread_wait(&it.thread, 1));
  assert_false(tgr_thread_end(&it.thread));
  uv_sem_post(&it.go);
  uv_sem_wait(&it.orphaned);
  assert_int_equal(atomic_load(&it.runs), 1);
}

static void it_takes_no_signal_but_its_own(void **state) {
  (void)state;
  uv_sem_post(&it.go);
  assert_true(tgr_thread_wait(&it.thread, PATIENCE_MS));
  assert_true(tgr_thread_end(&it.thread));
  assert_false(it.takes_int);
  assert_true(it.takes_own);
  assert_true(takes(SIGINT));
}

int main(void) {
#define WITH_THREAD(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
  const struct CMUnitTest tests[] = {
      WITH_THREAD(a_thread_that_ended_is_joined),
      WITH_THREAD(a_stuck_thread_is_left_behind_and_frees_itself),
      WITH_THREAD(it_takes_no_signal_but_its_own)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
