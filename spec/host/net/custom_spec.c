#include "net/custom.h"

#include "net_spec.h"

#include <stdlib.h>

static char got_head[4096];

static void serve_head(struct spec_peer *peer) {
  while (spec_peer_read(peer)) {
    strcpy(got_head, peer->head);
    if (strstr(peer->head, " /old ") != NULL)
      spec_peer_say(peer, "HTTP/1.1 302 Found\r\nLocation: /new\r\n"
                          "Content-Length: 0\r\n\r\n");
    else
      spec_peer_answer(peer, 200, strncmp(peer->head, "HEAD", 4) ? "{}" : "");
  }
}

static struct probe probe;

static struct tgr_http_request *prepare(const struct tgr_http_url *url) {
  probe_init(&probe, url);
  probe.request.lane = TGR_HTTP_FILE;
  probe.request.body = NULL;
  return &probe.request;
}

static void run(struct tgr_http_request *request) {
  tgr_http_start(http, request);
  run_until(&probe.done, 1);
  assert_int_equal(request->status, TGR_OK);
}

static void method_and_headers_are_the_callers(void **state) {
  (void)state;
  spec_server_start(&server, serve_head, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x?y=1");
  struct tgr_http_request *request = prepare(url);
  const char *const headers[] = {"X-Own: 1", "content-type: text/plain"};
  request->method = "PUT";
  request->headers = headers;
  request->header_count = 2;
  request->body = "abc";
  request->body_len = 3;
  run(request);
  assert_non_null(strstr(got_head, "PUT /x?y=1 HTTP/1.1\r\n"));
  assert_non_null(strstr(got_head, "\r\nX-Own: 1\r\n"));
  assert_non_null(strstr(got_head, "\r\ncontent-type: text/plain\r\n"));
  assert_null(strstr(got_head, "application/json"));
  assert_non_null(strstr(got_head, "\r\nUser-Agent: tgrunner-lua/"));
  tgr_http_request_deinit(request);
  stop_server(url);
}

static void nothing_of_one_request_is_left_in_the_next(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_head);
  struct tgr_http_request *request = prepare(url);
  const char *const headers[] = {"X-Own: 1"};
  request->method = "DELETE";
  request->headers = headers;
  request->header_count = 1;
  run(request);
  assert_non_null(strstr(got_head, "DELETE /x HTTP/1.1\r\n"));
  tgr_http_request_deinit(request);
  request = prepare(url);
  run(request);
  assert_non_null(strstr(got_head, "GET /x HTTP/1.1\r\n"));
  assert_null(strstr(got_head, "X-Own"));
  assert_true(request->reused);
  assert_int_equal(tgr_http_load(http, TGR_HTTP_FILE).handles, 1);
  tgr_http_request_deinit(request);
  stop_server(url);
}

static void the_fetch_lane_takes_the_same_in_places_of_its_own(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_head);
  struct tgr_http_request *request = prepare(url);
  request->lane = TGR_HTTP_FETCH;
  request->method = "PATCH";
  run(request);
  assert_non_null(strstr(got_head, "PATCH /x HTTP/1.1\r\n"));
  assert_int_equal(tgr_http_load(http, TGR_HTTP_FETCH).started, 1);
  assert_int_equal(tgr_http_load(http, TGR_HTTP_FILE).started, 0);
  tgr_http_request_deinit(request);
  stop_server(url);
}

static void the_head_is_kept_when_asked_for(void **state) {
  (void)state;
  spec_server_start(&server, serve_head, NULL);
  struct tgr_http_url *url = url_of(server.url, "/old");
  struct tgr_http_request *request = prepare(url);
  request->keep_head = true;
  request->max_redirects = 1;
  run(request);
  assert_int_equal(request->http_status, 200);
  assert_non_null(strstr(got_head, "GET /new "));
  const char *head = tgr_buf_cstr(&request->head);
  assert_memory_equal(head, "HTTP/1.1 200 Answer\r\n", 21);
  assert_null(strstr(head, "302"));
  tgr_http_request_deinit(request);
  stop_server(url);
}

static void a_redirect_is_an_answer_unless_it_is_to_be_followed(void **state) {
  (void)state;
  spec_server_start(&server, serve_head, NULL);
  struct tgr_http_url *url = url_of(server.url, "/old");
  struct tgr_http_request *request = prepare(url);
  run(request);
  assert_int_equal(request->http_status, 302);
  tgr_http_request_deinit(request);
  stop_server(url);
}

static void head_has_no_body(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_head);
  struct tgr_http_request *request = prepare(url);
  request->method = "HEAD";
  run(request);
  assert_non_null(strstr(got_head, "HEAD /x "));
  assert_int_equal(request->response.len, 0);
  tgr_http_request_deinit(request);
  stop_server(url);
}

/* ---- streams ------------------------------------------------------------ */

enum { LEN = 4 << 20 };

static void serve_stream(struct spec_peer *peer) {
  char *bytes = calloc(1, LEN);
  char head[128];
  snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n",
           LEN);
  while (spec_peer_read(peer)) {
    spec_peer_say(peer, head);
    spec_peer_send(peer, bytes, LEN);
  }
  free(bytes);
}

static size_t streamed;
static int pieces;
static bool pauses;

static void on_body(struct tgr_http_request *request, const char *bytes,
                    size_t len) {
  assert_int_equal(bytes[0], 0);
  assert_int_equal(request->http_status, 200);
  streamed += len;
  pieces++;
  if (pauses)
    tgr_http_pause(request);
}

static struct tgr_http_request *prepare_stream(const struct tgr_http_url *url) {
  streamed = 0;
  pieces = 0;
  pauses = false;
  struct tgr_http_request *request = prepare(url);
  request->on_body = on_body;
  return request;
}

static void a_stream_arrives_in_pieces_and_keeps_nothing(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_stream);
  struct tgr_http_request *request = prepare_stream(url);
  run(request);
  assert_int_equal(streamed, LEN);
  assert_int_equal(request->received, LEN);
  assert_true(pieces > 4);
  assert_true(request->response.cap < LEN / 4);
  tgr_http_request_deinit(request);
  stop_server(url);
}

static void a_paused_stream_rests_until_it_is_resumed(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_stream);
  struct tgr_http_request *request = prepare_stream(url);
  pauses = true;
  tgr_http_start(http, request);
  run_until(&pieces, 1);
  run_for_ms(20);
  assert_int_equal(pieces, 1);
  const uint64_t turns = loop.turns;
  run_for_ms(50);
  assert_in_range(loop.turns - turns, 1, 10);
  tgr_http_resume(request);
  run_until(&pieces, 2);
  assert_int_equal(probe.done, 0);
  pauses = false;
  tgr_http_resume(request);
  run_until(&probe.done, 1);
  assert_int_equal(streamed, LEN);
  tgr_http_request_deinit(request);
  stop_server(url);
}

static void cancel_stream(struct tgr_http_request *request, const char *bytes,
                          size_t len) {
  (void)bytes;
  (void)len;
  pieces++;
  tgr_http_cancel(request);
}

static void a_stream_may_be_cancelled_by_its_own_callback(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_stream);
  struct tgr_http_request *request = prepare_stream(url);
  request->on_body = cancel_stream;
  tgr_http_start(http, request);
  run_until(&pieces, 1);
  run_until_atomic(&server.ended, 1);
  assert_int_equal(pieces, 1);
  assert_int_equal(probe.done, 0);
  tgr_http_request_deinit(request);
  stop_server(url);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(method_and_headers_are_the_callers),
      TEST(nothing_of_one_request_is_left_in_the_next),
      TEST(the_fetch_lane_takes_the_same_in_places_of_its_own),
      TEST(the_head_is_kept_when_asked_for),
      TEST(a_redirect_is_an_answer_unless_it_is_to_be_followed),
      TEST(head_has_no_body),
      TEST(a_stream_arrives_in_pieces_and_keeps_nothing),
      TEST(a_paused_stream_rests_until_it_is_resumed),
      TEST(a_stream_may_be_cancelled_by_its_own_callback),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
