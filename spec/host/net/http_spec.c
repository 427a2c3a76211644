#include "net/http.h"

#include "net_spec.h"

#include <sys/socket.h>

static int setup(void **state) {
  (void)state;
  set_up_loop(NULL);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  tear_down_loop();
  return 0;
}

static void a_call_posts_its_body_and_gets_the_answer(void **state) {
  (void)state;
  spec_server_start(&server, spec_serve_ok, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  struct probe probe;
  probe_init(&probe, url);
  tgr_http_start(http, &probe.request);
  assert_int_equal(probe.done, 0);
  run_until(&probe.done, 1);
  assert_response(&probe.request, "{\"ok\":true}");
  assert_int_equal(probe.request.http_status, 200);
  assert_true(probe.request.sent);
  assert_false(probe.request.reused);
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
}

static int left;

static void start_next(struct tgr_http_request *request) {
  on_done(request);
  assert_int_equal(request->status, TGR_OK);
  if (--left > 0)
    tgr_http_start(http, request);
}

static void sequential_calls_share_one_connection(void **state) {
  (void)state;
  spec_server_start(&server, spec_serve_ok, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  struct probe probe;
  probe_init(&probe, url);
  probe.request.done = start_next;
  left = 100;
  tgr_http_start(http, &probe.request);
  run_until(&probe.done, 100);
  assert_true(probe.request.reused);
  assert_int_equal(server.connections, 1);
  assert_int_equal(tgr_http_load(http, TGR_HTTP_CALL).handles, 1);
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
}

static void three_hundred_calls_run_at_once(void **state) {
  (void)state;
  enum { CALLS = 300 };
  static struct probe probes[CALLS];
  spec_server_start(&server, spec_serve_ok, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  for (int i = 0; i < CALLS; i++) {
    probe_init(&probes[i], url);
    tgr_http_start(http, &probes[i].request);
  }
  assert_int_equal(tgr_http_load(http, TGR_HTTP_CALL).open, CALLS);
  run_until(&done_count, CALLS);
  for (int i = 0; i < CALLS; i++) {
    assert_response(&probes[i].request, "{\"ok\":true}");
    tgr_http_request_deinit(&probes[i].request);
  }
  assert_int_equal(tgr_http_load(http, TGR_HTTP_CALL).open, 0);
  tgr_http_url_free(url);
  spec_server_stop(&server);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(a_call_posts_its_body_and_gets_the_answer),
      TEST(sequential_calls_share_one_connection),
      TEST(three_hundred_calls_run_at_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
