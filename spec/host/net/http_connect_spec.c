/* How a connection comes to be, and what becomes of it when it is kept. */
#include "net_spec.h"

static void a_refused_connection_names_the_server_and_no_path(void **state) {
  (void)state;
  uint16_t port = 0;
  close(listen_on(&port, 1));
  char root[64];
  snprintf(root, sizeof root, "http://127.0.0.1:%u", port);
  struct tgr_http_url *url = url_of(root, "/bot1:secret/x");
  struct probe probe;
  probe_init(&probe, url);
  ask(&probe);
  assert_int_equal(probe.request.status, TGR_ENET);
  assert_false(probe.request.sent);
  char expected[128];
  snprintf(expected, sizeof expected,
           "could not connect to 127.0.0.1:%u: connection refused", port);
  assert_string_equal(probe.request.error, expected);
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
}

static void a_server_that_does_not_accept_times_out(void **state) {
  (void)state;
  enum { FILLERS = 4 };
  uint16_t port = 0;
  const int fd = listen_on(&port, 0);
  int fillers[FILLERS];
  const struct sockaddr_in address = {.sin_family = AF_INET,
                                      .sin_port = htons(port),
                                      .sin_addr.s_addr =
                                          htonl(INADDR_LOOPBACK)};
  for (int i = 0; i < FILLERS; i++) { /* until its queue is full */
    fillers[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    (void)connect(fillers[i], (const struct sockaddr *)&address,
                  sizeof address);
  }
  char root[64];
  snprintf(root, sizeof root, "http://127.0.0.1:%u", port);
  struct tgr_http_url *url = url_of(root, "/x");
  struct probe probe;
  probe_init(&probe, url);
  probe.request.connect_timeout_ms = 40;
  ask(&probe);
  assert_int_equal(probe.request.status, TGR_ETIMEOUT);
  assert_false(probe.request.sent);
  assert_non_null(strstr(probe.request.error, "could not connect to"));
  assert_non_null(strstr(probe.request.error, "within 40 ms"));
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  for (int i = 0; i < FILLERS; i++)
    close(fillers[i]);
  close(fd);
}

static void the_second_address_of_a_name_is_tried(void **state) {
  (void)state;
  spec_server_start(&server, spec_serve_ok, NULL); /* not on ::1 */
  char root[64];
  snprintf(root, sizeof root, "http://localhost:%u", server.port);
  struct tgr_http_url *url = url_of(root, "/x");
  struct probe probe;
  probe_init(&probe, url);
  for (int i = 1; i <= 3; i++) {
    ask(&probe);
    assert_response(&probe.request, "{\"ok\":true}");
  }
  assert_int_equal(server.connections, 1);
  tgr_http_request_deinit(&probe.request);
  stop_server(url);
}

static void serve_first_line(struct spec_peer *peer) {
  while (spec_peer_read(peer)) {
    *strchr(peer->head, '\r') = '\0';
    spec_peer_answer(peer, 200, peer->head);
  }
}

static void a_proxy_gets_the_whole_url(void **state) {
  (void)state;
  spec_server_start(&server, serve_first_line, NULL);
  tear_down_loop();
  set_up_loop(&(struct tgr_http_options){.proxy = server.url});
  struct tgr_http_url *url = url_of("http://far.test", "/x");
  struct probe probe;
  probe_init(&probe, url);
  ask(&probe);
  assert_response(&probe.request, "POST http://far.test/x HTTP/1.1");
  spec_server_stop(&server);
  ask(&probe);
  assert_int_equal(probe.request.status, TGR_ENET);
  assert_string_equal(probe.request.error,
                      "could not connect to the proxy: connection refused");
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
}

/* ---- kept --------------------------------------------------------------- */

static void a_kept_connection_that_the_server_closed_is_replaced(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_one);
  struct probe probe;
  probe_init(&probe, url);
  for (int i = 1; i <= 3; i++) {
    ask(&probe);
    assert_response(&probe.request, "{}");
    run_until_atomic(&server.ended, i);
  }
  assert_int_equal(server.connections, 3);
  tgr_http_request_deinit(&probe.request);
  stop_server(url);
}

static void a_closed_idle_connection_does_not_spin_the_loop(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_one);
  struct probe probe;
  probe_init(&probe, url);
  ask(&probe);
  run_until_atomic(&server.ended, 1);
  const uint64_t turns = loop.turns;
  run_for_ms(100);
  assert_in_range(loop.turns - turns, 1, 10);
  tgr_http_request_deinit(&probe.request);
  stop_server(url);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(a_refused_connection_names_the_server_and_no_path),
      TEST(a_server_that_does_not_accept_times_out),
      TEST(a_kept_connection_that_the_server_closed_is_replaced),
      TEST(a_closed_idle_connection_does_not_spin_the_loop),
      TEST(the_second_address_of_a_name_is_tried),
      TEST(a_proxy_gets_the_whole_url),
  };
  return RUN_BOTH_WAYS(tests);
}
