#include "loop/ready.h"

#include "support/spec.h"

#include <string.h>

struct step {
  struct tgr_job job;
  char name;
  int again;
  struct step *puts;
};

static struct tgr_ready ready;
static char ran[64];

static void note(struct tgr_job *job) {
  struct step *step = TGR_CONTAINER_OF(job, struct step, job);
  strncat(ran, &step->name, 1);
  if (step->again-- > 0)
    tgr_ready_put(&ready, job);
  if (step->puts != NULL)
    tgr_ready_put(&ready, &step->puts->job);
}

static struct step step(char name) {
  struct step it = {.name = name};
  return it;
}

static void begin(struct step *it) {
  tgr_job_init(&it->job, note);
}

static int fresh(void **state) {
  (void)state;
  tgr_ready_init(&ready);
  ran[0] = '\0';
  return 0;
}

static void jobs_run_in_order_of_putting(void **state) {
  (void)state;
  struct step a = step('a'), b = step('b');
  begin(&a);
  begin(&b);
  tgr_ready_put(&ready, &b.job);
  tgr_ready_put(&ready, &a.job);
  assert_int_equal(tgr_ready_run_all(&ready), 2);
  assert_string_equal(ran, "ba");
}

static void a_queued_job_is_not_queued_again(void **state) {
  (void)state;
  struct step a = step('a');
  begin(&a);
  tgr_ready_put(&ready, &a.job);
  tgr_ready_put(&ready, &a.job);
  assert_int_equal(tgr_ready_run_all(&ready), 1);
}

static void a_job_may_put_itself_and_others_while_it_runs(void **state) {
  (void)state;
  struct step a = step('a'), b = step('b');
  begin(&a);
  begin(&b);
  a.again = 2;
  a.puts = &b;
  tgr_ready_put(&ready, &a.job);
  assert_int_equal(tgr_ready_run_all(&ready), 5);
  assert_string_equal(ran, "aabab");
}

static void a_dropped_job_does_not_run(void **state) {
  (void)state;
  struct step a = step('a'), b = step('b');
  begin(&a);
  begin(&b);
  tgr_ready_drop(&a.job);
  tgr_ready_put(&ready, &a.job);
  tgr_ready_put(&ready, &b.job);
  tgr_ready_drop(&a.job);
  tgr_ready_run_all(&ready);
  assert_string_equal(ran, "b");
}

static void one_job_at_a_time_can_be_run(void **state) {
  (void)state;
  struct step a = step('a'), b = step('b');
  begin(&a);
  begin(&b);
  assert_false(tgr_ready_run_one(&ready));
  tgr_ready_put(&ready, &a.job);
  tgr_ready_put(&ready, &b.job);
  assert_true(tgr_ready_run_one(&ready));
  assert_string_equal(ran, "a");
  assert_false(tgr_ready_empty(&ready));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(jobs_run_in_order_of_putting, fresh),
      cmocka_unit_test_setup(a_queued_job_is_not_queued_again, fresh),
      cmocka_unit_test_setup(a_job_may_put_itself_and_others_while_it_runs,
                             fresh),
      cmocka_unit_test_setup(a_dropped_job_does_not_run, fresh),
      cmocka_unit_test_setup(one_job_at_a_time_can_be_run, fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
