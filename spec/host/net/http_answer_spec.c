/* What a server may answer, or not. */
#include "net_spec.h"

#include <stdlib.h>

/* One request against a server that does `serve`. */
static void ask_server(struct probe *probe,
                       void (*serve)(struct spec_peer *peer)) {
  spec_server_start(&server, serve, NULL);
  struct tgr_http_url *url = url_of(server.url, "/bot1:secret/x");
  probe_init(probe, url);
  ask(probe);
  stop_server(url);
}

static void serve_chunks(struct spec_peer *peer) {
  while (spec_peer_read(peer)) {
    spec_peer_say(peer, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "5\r\nhello\r\n");
    usleep(2000);
    spec_peer_say(peer, "1\r\n \r\n5\r\nworld\r\n0\r\n\r\n");
  }
}

static void a_chunked_answer_is_put_together(void **state) {
  (void)state;
  struct probe probe;
  ask_server(&probe, serve_chunks);
  assert_response(&probe.request, "hello world");
  tgr_http_request_deinit(&probe.request);
}

static void serve_until_close(struct spec_peer *peer) {
  spec_peer_read(peer);
  spec_peer_say(peer, "HTTP/1.0 200 OK\r\n\r\nall there is");
}

static void an_answer_may_end_with_the_connection(void **state) {
  (void)state;
  struct probe probe;
  ask_server(&probe, serve_until_close);
  assert_response(&probe.request, "all there is");
  tgr_http_request_deinit(&probe.request);
}

static void serve_500(struct spec_peer *peer) {
  while (spec_peer_read(peer))
    spec_peer_answer(peer, 500, "oops");
}

static void an_error_of_the_server_is_an_answer(void **state) {
  (void)state;
  struct probe probe;
  ask_server(&probe, serve_500);
  assert_response(&probe.request, "oops");
  assert_int_equal(probe.request.http_status, 500);
  tgr_http_request_deinit(&probe.request);
}

static void serve_large(struct spec_peer *peer) {
  char *body = calloc(1, 300001);
  memset(body, 'x', 300000);
  while (spec_peer_read(peer))
    spec_peer_answer(peer, 200, body);
  free(body);
}

static void an_answer_over_the_limit_is_refused(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_large);
  struct probe probe;
  probe_init(&probe, url);
  probe.request.max_response = 299999;
  ask(&probe);
  assert_int_equal(probe.request.status, TGR_ELIMIT);
  assert_non_null(strstr(probe.request.error, "larger than 299999 bytes"));
  probe.request.max_response = 300000;
  ask(&probe);
  assert_int_equal(probe.request.status, TGR_OK);
  assert_int_equal(probe.request.response.len, 300000);
  tgr_http_request_deinit(&probe.request);
  stop_server(url);
}

/* ---- failures ----------------------------------------------------------- */

static void serve_half(struct spec_peer *peer) {
  spec_peer_read(peer);
  spec_peer_say(peer, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
}

static void serve_half_and_reset(struct spec_peer *peer) {
  serve_half(peer);
  usleep(20000);
  spec_peer_reset(peer);
}

static void an_answer_that_breaks_off_is_a_network_error(void **state) {
  (void)state;
  struct probe probe;
  ask_server(&probe, serve_half);
  assert_int_equal(probe.request.status, TGR_ENET);
  assert_int_equal(probe.request.http_status, 200);
  assert_true(probe.request.sent);
  assert_non_null(strstr(probe.request.error, "in mid-answer"));
  tgr_http_request_deinit(&probe.request);
  ask_server(&probe, serve_half_and_reset);
  assert_int_equal(probe.request.status, TGR_ENET);
  assert_non_null(strstr(probe.request.error, "connection reset by peer"));
  tgr_http_request_deinit(&probe.request);
}

static void serve_nothing(struct spec_peer *peer) {
  spec_peer_read(peer);
}

static void a_connection_closed_without_an_answer_says_so(void **state) {
  (void)state;
  struct probe probe;
  ask_server(&probe, serve_nothing);
  assert_int_equal(probe.request.status, TGR_ENET);
  assert_int_equal(probe.request.http_status, 0);
  assert_true(probe.request.sent);
  assert_non_null(strstr(probe.request.error, "without an answer"));
  tgr_http_request_deinit(&probe.request);
}

static void serve_garbage(struct spec_peer *peer) {
  spec_peer_read(peer);
  spec_peer_say(peer, "SSH-2.0-OpenSSH_9.2\r\nwhat is this?\r\n\r\n");
}

static void what_is_no_http_is_a_protocol_error(void **state) {
  (void)state;
  struct probe probe;
  ask_server(&probe, serve_garbage);
  assert_int_equal(probe.request.status, TGR_EPROTO);
  assert_non_null(strstr(probe.request.error, "does not answer in HTTP"));
  tgr_http_request_deinit(&probe.request);
}

static void a_request_without_an_answer_times_out(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_never);
  struct probe probe;
  probe_init(&probe, url);
  probe.request.timeout_ms = 300;
  ask(&probe);
  assert_int_equal(probe.request.status, TGR_ETIMEOUT);
  assert_true(probe.request.sent);
  assert_true(probe.request.took_us > 0);
  assert_non_null(strstr(probe.request.error, "no answer from 127.0.0.1:"));
  assert_non_null(strstr(probe.request.error, "within 300 ms"));
  run_until_atomic(&server.ended, 1); /* the server has seen it */
  tgr_http_request_deinit(&probe.request);
  stop_server(url);
}

static void serve_slowly(struct spec_peer *peer) {
  spec_peer_read(peer);
  spec_peer_say(peer, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
  for (int i = 0; i < 8; i++) {
    usleep(10000);
    spec_peer_say(peer, "x");
  }
  spec_peer_wait_end(peer);
}

static void
a_transfer_that_stalls_is_ended_but_a_slow_one_is_not(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_slowly);
  struct probe probe;
  probe_init(&probe, url);
  probe.request.stall_ms = 400;
  ask(&probe);
  assert_int_equal(probe.request.status, TGR_ETIMEOUT);
  assert_int_equal(probe.request.response.len, 8);
  assert_non_null(strstr(probe.request.error, "nothing moved"));
  tgr_http_request_deinit(&probe.request);
  stop_server(url);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(a_chunked_answer_is_put_together),
      TEST(an_answer_may_end_with_the_connection),
      TEST(an_error_of_the_server_is_an_answer),
      TEST(an_answer_over_the_limit_is_refused),
      TEST(an_answer_that_breaks_off_is_a_network_error),
      TEST(a_connection_closed_without_an_answer_says_so),
      TEST(what_is_no_http_is_a_protocol_error),
      TEST(a_request_without_an_answer_times_out),
      TEST(a_transfer_that_stalls_is_ended_but_a_slow_one_is_not),
  };
  return RUN_BOTH_WAYS(tests);
}
