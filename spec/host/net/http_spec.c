#include "net/http.h"

#include "net_spec.h"

#include <stdlib.h>

static void a_call_posts_its_body_and_gets_the_answer(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(spec_serve_ok);
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
  stop_server(url);
}

static void
an_upload_of_a_body_larger_than_socket_buffers_arrives(void **state) {
  (void)state;
  enum { LEN = 8 << 20 };
  char *body = malloc(LEN);
  memset(body, 'b', LEN);
  struct tgr_http_url *url = start_server(spec_serve_ok);
  struct probe probe;
  probe_init(&probe, url);
  probe.request.body = body;
  probe.request.body_len = LEN;
  ask(&probe);
  assert_response(&probe.request, "{\"ok\":true}");
  tgr_http_request_deinit(&probe.request);
  stop_server(url);
  free(body);
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
  struct tgr_http_url *url = start_server(spec_serve_ok);
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
  stop_server(url);
}

enum { CALLS_AT_ONCE = 300 };

static atomic_int arrived;

/* Answers when all have come. */
static void serve_together(struct spec_peer *peer) {
  while (spec_peer_read(peer)) {
    atomic_fetch_add(&arrived, 1);
    for (int i = 0; i < 10000 && atomic_load(&arrived) < CALLS_AT_ONCE; i++)
      usleep(1000);
    spec_peer_answer(peer, 200, "{\"ok\":true}");
  }
}

static void
three_hundred_calls_run_at_once_when_answers_are_slow(void **state) {
  (void)state;
  static struct probe probes[CALLS_AT_ONCE];
  atomic_store(&arrived, 0);
  struct tgr_http_url *url = start_server(serve_together);
  for (int i = 0; i < CALLS_AT_ONCE; i++) {
    probe_init(&probes[i], url);
    tgr_http_start(http, &probes[i].request);
  }
  assert_true(tgr_http_load(http, TGR_HTTP_CALL).open < CALLS_AT_ONCE);
  run_until(&done_count, CALLS_AT_ONCE);
  assert_int_equal(tgr_http_load(http, TGR_HTTP_CALL).handles, CALLS_AT_ONCE);
  for (int i = 0; i < CALLS_AT_ONCE; i++) {
    assert_response(&probes[i].request, "{\"ok\":true}");
    tgr_http_request_deinit(&probes[i].request);
  }
  assert_int_equal(tgr_http_load(http, TGR_HTTP_CALL).open, 0);
  stop_server(url);
}

/* ---- lanes -------------------------------------------------------------- */

static atomic_int present;
static atomic_int most_present;

static void serve_counted(struct spec_peer *peer) {
  while (spec_peer_read(peer)) {
    const int now = atomic_fetch_add(&present, 1) + 1;
    if (now > atomic_load(&most_present))
      atomic_store(&most_present, now);
    usleep(2000);
    atomic_fetch_sub(&present, 1);
    spec_peer_answer(peer, 200, peer->body);
  }
}

static char order[16];

static void note_order(struct tgr_http_request *request) {
  on_done(request);
  strncat(order, request->response.bytes, request->response.len);
}

static void beyond_the_limit_requests_wait_in_order(void **state) {
  (void)state;
  enum { CALLS = 6 };
  tear_down_loop();
  set_up_loop(&(struct tgr_http_options){.max_open = {1, 1, 1}});
  atomic_store(&most_present, 0);
  order[0] = '\0';
  struct tgr_http_url *url = start_server(serve_counted);
  struct probe probes[CALLS];
  for (int i = 0; i < CALLS; i++) {
    probe_init(&probes[i], url);
    probes[i].request.body = &"012345"[i];
    probes[i].request.body_len = 1;
    probes[i].request.done = note_order;
    tgr_http_start(http, &probes[i].request);
  }
  assert_int_equal(tgr_http_load(http, TGR_HTTP_CALL).open, 1);
  assert_int_equal(tgr_http_load(http, TGR_HTTP_CALL).waiting, CALLS - 1);
  tgr_http_cancel(&probes[3].request);
  run_until(&done_count, CALLS - 1);
  assert_string_equal(order, "01245");
  assert_int_equal(most_present, 1);
  assert_int_equal(server.connections, 1);
  assert_true(probes[5].request.wait_us > 0);
  for (int i = 0; i < CALLS; i++)
    tgr_http_request_deinit(&probes[i].request);
  stop_server(url);
}

/* Answers "/wait" when somebody has asked for "/now". */
static atomic_int now_asked;

static void serve_late(struct spec_peer *peer) {
  while (spec_peer_read(peer)) {
    if (strstr(peer->head, "/now") != NULL)
      atomic_store(&now_asked, 1);
    while (atomic_load(&now_asked) == 0)
      usleep(500);
    spec_peer_answer(peer, 200, "{}");
  }
}

static void a_poll_does_not_take_the_place_of_a_call(void **state) {
  (void)state;
  tear_down_loop();
  set_up_loop(&(struct tgr_http_options){.max_open = {1, 1, 1}});
  atomic_store(&now_asked, 0);
  spec_server_start(&server, serve_late, NULL);
  struct tgr_http_url *wait_url = url_of(server.url, "/wait");
  struct tgr_http_url *now_url = url_of(server.url, "/now");
  struct probe poll;
  struct probe call;
  probe_init(&poll, wait_url);
  poll.request.lane = TGR_HTTP_POLL;
  probe_init(&call, now_url);
  tgr_http_start(http, &poll.request);
  tgr_http_start(http, &call.request);
  run_until(&done_count, 2);
  assert_response(&poll.request, "{}");
  assert_response(&call.request, "{}");
  tgr_http_request_deinit(&poll.request);
  tgr_http_request_deinit(&call.request);
  tgr_http_url_free(wait_url);
  tgr_http_url_free(now_url);
  spec_server_stop(&server);
}

/* ---- cancel ------------------------------------------------------------- */

static void cancel_closes_the_connection(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_never);
  struct probe probe;
  probe_init(&probe, url);
  tgr_http_start(http, &probe.request);
  run_until_atomic(&server.requests, 1);
  tgr_http_cancel(&probe.request);
  assert_false(tgr_http_is_open(&probe.request));
  tgr_http_cancel(&probe.request);
  memset(&probe, 0xee, sizeof probe); /* nobody touches it any more */
  run_until_atomic(&server.ended, 1);
  assert_int_equal(tgr_http_load(http, TGR_HTTP_CALL).open, 0);
  stop_server(url);
}

static void cancel_at_once_leaves_nothing(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(spec_serve_ok);
  struct probe probe;
  probe_init(&probe, url);
  tgr_http_start(http, &probe.request);
  tgr_http_cancel(&probe.request);
  run_for_ms(5);
  assert_int_equal(probe.done, 0);
  assert_int_equal(server.requests, 0);
  tgr_http_request_deinit(&probe.request);
  stop_server(url);
}

static struct probe other;

static void cancel_other(struct tgr_http_request *request) {
  on_done(request);
  assert_int_equal(other.done, 0);
  assert_true(tgr_http_is_open(&other.request));
  tgr_http_cancel(&other.request);
}

static void cancel_of_what_has_ended_but_was_not_told_holds(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(spec_serve_ok);
  struct probe probe;
  probe_init(&probe, url);
  probe_init(&other, url);
  tgr_http_start(http, &probe.request);
  tgr_http_start(http, &other.request);
  tgr_http_pause(&other.request); /* it ends, and is not told */
  probe.request.done = cancel_other;
  run_until(&probe.done, 1);
  run_for_ms(5);
  assert_int_equal(other.done, 0);
  tgr_http_request_deinit(&probe.request);
  tgr_http_request_deinit(&other.request);
  stop_server(url);
}

static void freeing_the_object_ends_all_requests_silently(void **state) {
  (void)state;
  enum { CALLS = 8 };
  static struct probe probes[CALLS];
  tear_down_loop();
  set_up_loop(&(struct tgr_http_options){.max_open = {3, 1, 1}});
  struct tgr_http_url *url = start_server(serve_never);
  for (int i = 0; i < CALLS; i++) {
    probe_init(&probes[i], url);
    tgr_http_start(http, &probes[i].request);
  }
  run_until_atomic(&server.requests, 3);
  tgr_http_free(http);
  http = NULL;
  run_for_ms(5);
  assert_int_equal(done_count, 0);
  for (int i = 0; i < CALLS; i++) {
    assert_false(tgr_http_is_open(&probes[i].request));
    tgr_http_request_deinit(&probes[i].request);
  }
  assert_int_equal(server.requests, 3);
  stop_server(url);
}

/* ---- memory ------------------------------------------------------------- */

/* One request with a failing allocator; false when it went through without a
 * failure. */
static bool fails_at(long n, const char *root) {
  struct spec_mem mem;
  spec_mem_init(&mem);
  mem.fail_at = n;
  struct tgr_http_url *url = NULL;
  bool failed = true;
  assert_int_equal(tgr_loop_init(&loop, &mem.mem), TGR_OK);
  const struct tgr_http_options options = this_way(NULL);
  if (tgr_http_new(&mem.mem, &loop, &options, &http) != TGR_OK)
    goto end;
  enum tgr_status status = tgr_http_url_new(&mem.mem, root, &url, NULL);
  if (status == TGR_OK) {
    struct probe probe;
    probe_init(&probe, url);
    tgr_http_start(http, &probe.request);
    run_until(&probe.done, 1);
    status = probe.request.status;
    failed = status != TGR_OK;
    if (status == TGR_ENOMEM)
      assert_non_null(strstr(probe.request.error, "memory"));
    tgr_http_request_deinit(&probe.request);
  }
  /* A socket without memory for it is a failed connection to curl. */
  assert_true(!failed || status == TGR_ENOMEM || status == TGR_ENET);
  tgr_http_url_free(url);
  tgr_http_free(http);
end:
  tgr_loop_deinit(&loop);
  assert_int_equal(mem.live, 0);
  return failed;
}

static void every_failing_allocation_is_survived(void **state) {
  (void)state;
  tear_down_loop();
  spec_server_start(&server, spec_serve_ok, NULL);
  long n = 1;
  while (fails_at(n, server.url))
    n++;
  assert_in_range(n, 6, 100);
  spec_server_stop(&server);
  set_up_loop(NULL);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(a_call_posts_its_body_and_gets_the_answer),
      TEST(sequential_calls_share_one_connection),
      TEST(three_hundred_calls_run_at_once_when_answers_are_slow),
      TEST(beyond_the_limit_requests_wait_in_order),
      TEST(a_poll_does_not_take_the_place_of_a_call),
      TEST(an_upload_of_a_body_larger_than_socket_buffers_arrives),
      TEST(cancel_closes_the_connection),
      TEST(cancel_at_once_leaves_nothing),
      TEST(cancel_of_what_has_ended_but_was_not_told_holds),
      TEST(freeing_the_object_ends_all_requests_silently),
      TEST(every_failing_allocation_is_survived),
  };
  return RUN_BOTH_WAYS(tests);
}
