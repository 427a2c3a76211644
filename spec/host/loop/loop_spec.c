#include "loop/loop.h"

#include "support/spec.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

struct fixture {
  struct tgr_loop loop;
  struct tgr_timer timer;
  struct tgr_job job;
  int fired;
  int ran;
  int ran_at_fire;
  int limit;
  uv_poll_t poll;
  int pipe[2];
  int polled;
};

static struct fixture it;

static int setup(void **state) {
  (void)state;
  memset(&it, 0, sizeof it);
  assert_int_equal(tgr_loop_init(&it.loop, &tgr_mem_libc), TGR_OK);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  tgr_loop_deinit(&it.loop);
  return 0;
}

static void quit_on_fire(struct tgr_timer *timer) {
  (void)timer;
  it.fired++;
  it.ran_at_fire = it.ran;
  tgr_loop_quit(&it.loop);
}

static void run_again(struct tgr_job *job) {
  if (++it.ran < it.limit)
    tgr_ready_put(&it.loop.ready, job);
}

static void a_timer_fires_and_the_run_ends(void **state) {
  (void)state;
  tgr_timer_init(&it.timer, quit_on_fire);
  tgr_timer_start_ms(&it.loop.timers, &it.timer, 5);
  const uint64_t start_us = it.loop.timers.now_us;
  tgr_loop_run(&it.loop);
  assert_int_equal(it.fired, 1);
  assert_true(it.loop.timers.now_us >= start_us + 5000);
}

static void sleeping_for_a_timer_is_one_wakeup(void **state) {
  (void)state;
  tgr_timer_init(&it.timer, quit_on_fire);
  tgr_timer_start_us(&it.loop.timers, &it.timer, 30500);
  tgr_loop_run(&it.loop);
  assert_int_equal(it.loop.wakeups, 1);
}

static void a_timer_of_the_past_does_not_let_the_loop_sleep(void **state) {
  (void)state;
  usleep(3000);
  tgr_timer_init(&it.timer, quit_on_fire);
  tgr_timer_start_us(&it.loop.timers, &it.timer, 1000);
  tgr_loop_run(&it.loop);
  assert_int_equal(it.fired, 1);
}

static void quit_before_run_ends_the_run_at_once(void **state) {
  (void)state;
  tgr_loop_quit(&it.loop);
  tgr_loop_run(&it.loop);
  assert_int_equal(it.loop.turns, 0);
}

static void jobs_that_refill_the_list_do_not_starve_timers(void **state) {
  (void)state;
  it.limit = INT32_MAX;
  tgr_job_init(&it.job, run_again);
  tgr_ready_put(&it.loop.ready, &it.job);
  tgr_timer_init(&it.timer, quit_on_fire);
  tgr_timer_start_ms(&it.loop.timers, &it.timer, 2);
  tgr_loop_run(&it.loop);
  assert_int_equal(it.fired, 1);
  assert_true(it.ran_at_fire > 0);
  tgr_ready_drop(&it.job);
}

static void on_poll(uv_poll_t *poll, int status, int events) {
  (void)status;
  (void)events;
  it.polled++;
  uv_poll_stop(poll);
  tgr_loop_quit(&it.loop);
}

static void jobs_that_refill_the_list_do_not_starve_sockets(void **state) {
  (void)state;
  assert_int_equal(pipe(it.pipe), 0);
  uv_poll_init(&it.loop.uv, &it.poll, it.pipe[0]);
  uv_poll_start(&it.poll, UV_READABLE, on_poll);
  assert_int_equal(write(it.pipe[1], "x", 1), 1);
  it.limit = INT32_MAX;
  tgr_job_init(&it.job, run_again);
  tgr_ready_put(&it.loop.ready, &it.job);
  tgr_loop_run(&it.loop);
  assert_int_equal(it.polled, 1);
  tgr_ready_drop(&it.job);
  uv_close((uv_handle_t *)&it.poll, NULL);
  close(it.pipe[0]);
  close(it.pipe[1]);
}

static void a_step_without_budget_runs_one_job(void **state) {
  (void)state;
  it.limit = 3;
  tgr_job_init(&it.job, run_again);
  tgr_ready_put(&it.loop.ready, &it.job);
  assert_true(tgr_loop_step(&it.loop, 0));
  assert_int_equal(it.ran, 1);
  assert_int_equal(tgr_loop_timeout_ms(&it.loop), 0);
  assert_true(tgr_loop_step(&it.loop, 0));
  assert_false(tgr_loop_step(&it.loop, 0));
  assert_int_equal(it.ran, 3);
}

static void a_step_with_budget_runs_all_jobs(void **state) {
  (void)state;
  it.limit = 1000;
  tgr_job_init(&it.job, run_again);
  tgr_ready_put(&it.loop.ready, &it.job);
  assert_false(tgr_loop_step(&it.loop, UINT64_MAX));
  assert_int_equal(it.ran, 1000);
}

static void sleep_2_ms(struct tgr_job *job) {
  usleep(2000);
  run_again(job);
}

static void a_step_exceeds_its_budget_by_one_job(void **state) {
  (void)state;
  it.limit = 10;
  tgr_job_init(&it.job, sleep_2_ms);
  tgr_ready_put(&it.loop.ready, &it.job);
  assert_true(tgr_loop_step(&it.loop, 1000));
  assert_int_equal(it.ran, 1);
  tgr_ready_drop(&it.job);
}

static void the_timeout_is_that_of_the_first_timer(void **state) {
  (void)state;
  assert_int_equal(tgr_loop_timeout_ms(&it.loop), -1);
  tgr_timer_init(&it.timer, quit_on_fire);
  tgr_timer_start_ms(&it.loop.timers, &it.timer, 50000);
  assert_in_range(tgr_loop_timeout_ms(&it.loop), 1, 50001);
  tgr_timer_start_us(&it.loop.timers, &it.timer, 0);
  assert_int_equal(tgr_loop_timeout_ms(&it.loop), 0);
  tgr_timer_start_us(&it.loop.timers, &it.timer, UINT64_MAX);
  assert_int_equal(tgr_loop_timeout_ms(&it.loop), INT32_MAX);
  tgr_timer_stop(&it.loop.timers, &it.timer);
}

static void open_mail(struct tgr_mail *mail) {
  (void)mail;
  it.ran++;
}

static void *post_later(void *mail) {
  usleep(5000);
  tgr_inbox_post(&it.loop.inbox, mail);
  return NULL;
}

static void a_post_makes_the_descriptor_readable(void **state) {
  (void)state;
  assert_false(tgr_loop_step(&it.loop, 0));
  struct tgr_mail mail = {.open = open_mail};
  pthread_t thread;
  assert_int_equal(pthread_create(&thread, NULL, post_later, &mail), 0);
  struct pollfd fd = {.fd = tgr_loop_fd(&it.loop), .events = POLLIN};
  assert_int_equal(poll(&fd, 1, 20000), 1);
  tgr_loop_step(&it.loop, 1000);
  assert_int_equal(it.ran, 1);
  pthread_join(thread, NULL);
}

static void write_to_closed_pipe(struct tgr_job *job) {
  run_again(job);
  assert_int_equal(write(it.pipe[1], "x", 1), -1);
}

static void a_broken_pipe_within_a_step_does_not_end_the_process(void **state) {
  (void)state;
  assert_int_equal(pipe(it.pipe), 0);
  close(it.pipe[0]);
  it.limit = 1;
  tgr_job_init(&it.job, write_to_closed_pipe);
  tgr_ready_put(&it.loop.ready, &it.job);
  assert_false(tgr_loop_step(&it.loop, 0));
  sigset_t mask;
  pthread_sigmask(SIG_BLOCK, NULL, &mask);
  assert_int_equal(sigismember(&mask, SIGPIPE), 0);
  close(it.pipe[1]);
}

static void without_descriptors_there_is_no_loop(void **state) {
  (void)state;
  struct rlimit before;
  assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
  const struct rlimit none = {.rlim_cur = 0, .rlim_max = before.rlim_max};
  struct tgr_loop other;
  assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
  const enum tgr_status status = tgr_loop_init(&other, &tgr_mem_libc);
  assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
  assert_int_equal(status, TGR_ELIMIT);
}

static void mask_is_seen(struct tgr_job *job) {
  run_again(job);
  sigset_t mask;
  pthread_sigmask(SIG_BLOCK, NULL, &mask);
  it.polled = sigismember(&mask, SIGPIPE);
}

static void a_program_that_handles_sigpipe_keeps_its_mask(void **state) {
  (void)state;
  it.limit = 2;
  it.polled = -1;
  tgr_job_init(&it.job, mask_is_seen);
  tgr_ready_put(&it.loop.ready, &it.job);
  tgr_loop_step(&it.loop, 0);
  assert_int_equal(it.polled, 1);
  struct sigaction before;
  const struct sigaction ignored = {.sa_handler = SIG_IGN};
  sigaction(SIGPIPE, &ignored, &before);
  tgr_loop_step(&it.loop, 0);
  sigaction(SIGPIPE, &before, NULL);
  assert_int_equal(it.polled, 0);
}

static void run_inside(struct tgr_job *job) {
  (void)job;
  tgr_timer_init(&it.timer, quit_on_fire);
  tgr_timer_start_ms(&it.loop.timers, &it.timer, 1);
  tgr_loop_run(&it.loop);
  it.ran = 100 + it.fired;
  tgr_loop_quit(&it.loop);
}

static void a_job_may_run_the_loop_until_something_happened(void **state) {
  (void)state;
  tgr_job_init(&it.job, run_inside);
  tgr_ready_put(&it.loop.ready, &it.job);
  tgr_loop_run(&it.loop);
  assert_int_equal(it.ran, 101);
}

static void quit_when_idle(struct tgr_job *job) {
  (void)job;
  it.ran_at_fire = it.ran;
  tgr_loop_quit(&it.loop);
}

static void an_idle_job_runs_when_all_others_have(void **state) {
  (void)state;
  struct tgr_job idle;
  tgr_job_init(&idle, quit_when_idle);
  tgr_ready_put(&it.loop.idle, &idle);
  it.limit = 500;
  tgr_job_init(&it.job, run_again);
  tgr_ready_put(&it.loop.ready, &it.job);
  tgr_loop_run(&it.loop);
  assert_int_equal(it.ran_at_fire, 500);
  assert_int_equal(it.loop.wakeups, 0);
}

static void a_step_runs_idle_jobs_too(void **state) {
  (void)state;
  struct tgr_job idle;
  tgr_job_init(&idle, quit_when_idle);
  tgr_ready_put(&it.loop.idle, &idle);
  it.limit = 3;
  tgr_job_init(&it.job, run_again);
  tgr_ready_put(&it.loop.ready, &it.job);
  assert_int_equal(tgr_loop_timeout_ms(&it.loop), 0);
  assert_true(tgr_loop_step(&it.loop, 0));
  assert_false(tgr_loop_step(&it.loop, 1000000));
  assert_int_equal(it.ran_at_fire, 3);
}

static void the_time_that_the_loop_sleeps_is_known(void **state) {
  (void)state;
  tgr_timer_init(&it.timer, quit_on_fire);
  tgr_timer_start_ms(&it.loop.timers, &it.timer, 20);
  tgr_loop_run(&it.loop);
  assert_true(it.loop.slept_us >= 15000);
  const uint64_t before_us = it.loop.slept_us;
  tgr_loop_step(&it.loop, 0);
  usleep(3000);
  tgr_loop_step(&it.loop, 0);
  assert_true(it.loop.slept_us >= before_us + 3000);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(a_timer_fires_and_the_run_ends),
      TEST(sleeping_for_a_timer_is_one_wakeup),
      TEST(a_timer_of_the_past_does_not_let_the_loop_sleep),
      TEST(quit_before_run_ends_the_run_at_once),
      TEST(jobs_that_refill_the_list_do_not_starve_timers),
      TEST(jobs_that_refill_the_list_do_not_starve_sockets),
      TEST(a_step_without_budget_runs_one_job),
      TEST(a_step_with_budget_runs_all_jobs),
      TEST(a_step_exceeds_its_budget_by_one_job),
      TEST(the_timeout_is_that_of_the_first_timer),
      TEST(a_post_makes_the_descriptor_readable),
      TEST(a_broken_pipe_within_a_step_does_not_end_the_process),
      TEST(without_descriptors_there_is_no_loop),
      TEST(a_program_that_handles_sigpipe_keeps_its_mask),
      TEST(a_job_may_run_the_loop_until_something_happened),
      TEST(an_idle_job_runs_when_all_others_have),
      TEST(a_step_runs_idle_jobs_too),
      TEST(the_time_that_the_loop_sleeps_is_known),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
