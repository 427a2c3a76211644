/* Jobs that wait until no call waits for a place, and few are open. */
#include "net_spec.h"

static struct tgr_http_url *url;
static struct probe probes[3];
static struct tgr_job job;
static int runs;
static unsigned waiting_then;

static void run_job(struct tgr_job *it) {
  (void)it;
  runs++;
  waiting_then = tgr_http_load(http, TGR_HTTP_CALL).waiting;
}

/* One place, and three calls for it. */
static int setup(void **state) {
  (void)state;
  set_up_loop(&(struct tgr_http_options){.max_open = {1, 1, 1, 1}});
  url = start_server(spec_serve_ok);
  runs = 0;
  tgr_job_init(&job, run_job);
  for (int i = 0; i < 3; i++)
    probe_init(&probes[i], url);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  tgr_ready_drop(&job);
  for (int i = 0; i < 3; i++) {
    tgr_http_cancel(&probes[i].request);
    tgr_http_request_deinit(&probes[i].request);
  }
  tear_down_loop();
  stop_server(url);
  return 0;
}

static void start_all(void) {
  for (int i = 0; i < 3; i++)
    tgr_http_start(http, &probes[i].request);
  assert_int_equal(tgr_http_load(http, TGR_HTTP_CALL).waiting, 2);
}

static void a_job_runs_at_once_when_no_call_waits(void **state) {
  (void)state;
  tgr_http_start(http, &probes[0].request);
  tgr_http_put_calm(http, &job);
  tgr_ready_run_all(&loop.ready);
  assert_int_equal(runs, 1);
  run_until(&done_count, 1);
}

static void a_job_runs_when_the_last_waiting_call_has_a_place(void **state) {
  (void)state;
  start_all();
  tgr_http_put_calm(http, &job);
  tgr_ready_run_all(&loop.ready);
  assert_int_equal(runs, 0);
  run_until(&runs, 1);
  assert_int_equal(waiting_then, 0);
  assert_in_range(done_count, 1, 3);
  run_until(&done_count, 3);
  assert_int_equal(runs, 1);
}

static void a_job_runs_when_what_waits_is_cancelled(void **state) {
  (void)state;
  start_all();
  tgr_http_put_calm(http, &job);
  tgr_http_cancel(&probes[1].request);
  tgr_ready_run_all(&loop.ready);
  assert_int_equal(runs, 0);
  tgr_http_cancel(&probes[2].request);
  tgr_ready_run_all(&loop.ready);
  assert_int_equal(runs, 1);
}

static void a_job_may_be_taken_back(void **state) {
  (void)state;
  start_all();
  tgr_http_put_calm(http, &job);
  tgr_ready_drop(&job);
  run_until(&done_count, 3);
  assert_int_equal(runs, 0);
}

static void a_job_outlives_the_http_object(void **state) {
  (void)state;
  start_all();
  tgr_http_put_calm(http, &job);
  tgr_http_free(http);
  http = NULL;
  tgr_ready_drop(&job);
  assert_int_equal(runs, 0);
}

/* Many places, and more than a few calls; nobody runs the loop. */
static void a_job_runs_when_only_a_few_calls_are_open(void **state) {
  (void)state;
  enum { MANY = TGR_HTTP_FEW + 2 };
  static struct probe calls[MANY];
  tear_down_loop();
  set_up_loop(NULL);
  for (int i = 0; i < MANY; i++) {
    probe_init(&calls[i], url);
    tgr_http_start(http, &calls[i].request);
  }
  assert_int_equal(tgr_http_load(http, TGR_HTTP_CALL).open, MANY);
  tgr_http_put_calm(http, &job);
  tgr_http_cancel(&calls[0].request);
  tgr_ready_run_all(&loop.ready);
  assert_int_equal(runs, 0);
  tgr_http_cancel(&calls[1].request);
  assert_true(tgr_http_is_calm(http));
  assert_true(tgr_ready_run_one(&loop.ready));
  assert_int_equal(runs, 1);
  for (int i = 0; i < MANY; i++) {
    tgr_http_cancel(&calls[i].request);
    tgr_http_request_deinit(&calls[i].request);
  }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(a_job_runs_at_once_when_no_call_waits),
      TEST(a_job_runs_when_the_last_waiting_call_has_a_place),
      TEST(a_job_runs_when_what_waits_is_cancelled),
      TEST(a_job_runs_when_only_a_few_calls_are_open),
      TEST(a_job_may_be_taken_back),
      TEST(a_job_outlives_the_http_object),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
