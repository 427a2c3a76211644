#include "net/http.h"

#include "net_spec.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>

/* One request against a server that does `serve`. */
static void ask(struct probe *probe, void (*serve)(struct spec_peer *peer)) {
  spec_server_start(&server, serve, NULL);
  struct tgr_http_url *url = url_of(server.url, "/bot1:secret/x");
  probe_init(probe, url);
  tgr_http_start(http, &probe->request);
  run_until(&probe->done, 1);
  assert_null(strstr(probe->request.error, "secret"));
  tgr_http_url_free(url);
  spec_server_stop(&server);
}

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
  spec_server_start(&server, serve_together, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
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
  tgr_http_url_free(url);
  spec_server_stop(&server);
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
  spec_server_start(&server, serve_counted, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
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
  tgr_http_url_free(url);
  spec_server_stop(&server);
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

/* ---- answers ------------------------------------------------------------ */

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
  ask(&probe, serve_chunks);
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
  ask(&probe, serve_until_close);
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
  ask(&probe, serve_500);
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
  spec_server_start(&server, serve_large, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  struct probe probe;
  probe_init(&probe, url);
  probe.request.max_response = 299999;
  tgr_http_start(http, &probe.request);
  run_until(&probe.done, 1);
  assert_int_equal(probe.request.status, TGR_ELIMIT);
  assert_non_null(strstr(probe.request.error, "larger than 299999 bytes"));
  probe.request.max_response = 300000;
  tgr_http_start(http, &probe.request);
  run_until(&probe.done, 2);
  assert_int_equal(probe.request.status, TGR_OK);
  assert_int_equal(probe.request.response.len, 300000);
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
}

static void
an_upload_of_a_body_larger_than_socket_buffers_arrives(void **state) {
  (void)state;
  enum { LEN = 8 << 20 };
  char *body = malloc(LEN);
  memset(body, 'b', LEN);
  spec_server_start(&server, spec_serve_ok, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  struct probe probe;
  probe_init(&probe, url);
  probe.request.body = body;
  probe.request.body_len = LEN;
  tgr_http_start(http, &probe.request);
  run_until(&probe.done, 1);
  assert_response(&probe.request, "{\"ok\":true}");
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
  free(body);
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
  ask(&probe, serve_half);
  assert_int_equal(probe.request.status, TGR_ENET);
  assert_int_equal(probe.request.http_status, 200);
  assert_true(probe.request.sent);
  assert_non_null(strstr(probe.request.error, "in mid-answer"));
  tgr_http_request_deinit(&probe.request);
  ask(&probe, serve_half_and_reset);
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
  ask(&probe, serve_nothing);
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
  ask(&probe, serve_garbage);
  assert_int_equal(probe.request.status, TGR_EPROTO);
  assert_non_null(strstr(probe.request.error, "does not answer in HTTP"));
  tgr_http_request_deinit(&probe.request);
}

/* A socket that listens on *port. */
static int listen_on(uint16_t *port, int backlog) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  assert_int_equal(bind(fd, (struct sockaddr *)&address, size), 0);
  assert_int_equal(listen(fd, backlog), 0);
  getsockname(fd, (struct sockaddr *)&address, &size);
  *port = ntohs(address.sin_port);
  return fd;
}

static void a_refused_connection_names_the_server_and_no_path(void **state) {
  (void)state;
  uint16_t port = 0;
  close(listen_on(&port, 1));
  char root[64];
  snprintf(root, sizeof root, "http://127.0.0.1:%u", port);
  struct tgr_http_url *url = url_of(root, "/bot1:secret/x");
  struct probe probe;
  probe_init(&probe, url);
  tgr_http_start(http, &probe.request);
  run_until(&probe.done, 1);
  assert_int_equal(probe.request.status, TGR_ENET);
  assert_false(probe.request.sent);
  char expected[128];
  snprintf(expected, sizeof expected,
           "could not connect to 127.0.0.1:%u: connection refused", port);
  assert_string_equal(probe.request.error, expected);
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
}

static void serve_never(struct spec_peer *peer) {
  spec_peer_read(peer);
  spec_peer_wait_end(peer);
}

static void a_request_without_an_answer_times_out(void **state) {
  (void)state;
  spec_server_start(&server, serve_never, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  struct probe probe;
  probe_init(&probe, url);
  probe.request.timeout_ms = 300;
  tgr_http_start(http, &probe.request);
  run_until(&probe.done, 1);
  assert_int_equal(probe.request.status, TGR_ETIMEOUT);
  assert_true(probe.request.sent);
  assert_true(probe.request.took_us > 0);
  assert_non_null(strstr(probe.request.error, "no answer from 127.0.0.1:"));
  assert_non_null(strstr(probe.request.error, "within 300 ms"));
  run_until_atomic(&server.ended, 1); /* the server has seen it */
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
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
  spec_server_start(&server, serve_slowly, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  struct probe probe;
  probe_init(&probe, url);
  probe.request.stall_ms = 400;
  tgr_http_start(http, &probe.request);
  run_until(&probe.done, 1);
  assert_int_equal(probe.request.status, TGR_ETIMEOUT);
  assert_int_equal(probe.request.response.len, 8);
  assert_non_null(strstr(probe.request.error, "nothing moved"));
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
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
  tgr_http_start(http, &probe.request);
  run_until(&probe.done, 1);
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

static void serve_first_line(struct spec_peer *peer) {
  while (spec_peer_read(peer)) {
    *strchr(peer->head, '\r') = '\0';
    spec_peer_answer(peer, 200, peer->head);
  }
}

/* ---- kept connections --------------------------------------------------- */

static void serve_one(struct spec_peer *peer) {
  spec_peer_read(peer);
  spec_peer_answer(peer, 200, "{}");
}

static void a_kept_connection_that_the_server_closed_is_replaced(void **state) {
  (void)state;
  spec_server_start(&server, serve_one, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  struct probe probe;
  probe_init(&probe, url);
  for (int i = 1; i <= 3; i++) {
    tgr_http_start(http, &probe.request);
    run_until(&probe.done, i);
    assert_response(&probe.request, "{}");
    run_until_atomic(&server.ended, i);
  }
  assert_int_equal(server.connections, 3);
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
}

static void a_closed_idle_connection_does_not_spin_the_loop(void **state) {
  (void)state;
  spec_server_start(&server, serve_one, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  struct probe probe;
  probe_init(&probe, url);
  tgr_http_start(http, &probe.request);
  run_until(&probe.done, 1);
  run_until_atomic(&server.ended, 1);
  const uint64_t turns = loop.turns;
  run_for_ms(100);
  assert_in_range(loop.turns - turns, 1, 10);
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
}

/* ---- addresses ---------------------------------------------------------- */

static void the_second_address_of_a_name_is_tried(void **state) {
  (void)state;
  spec_server_start(&server, spec_serve_ok, NULL); /* not on ::1 */
  char root[64];
  snprintf(root, sizeof root, "http://localhost:%u", server.port);
  struct tgr_http_url *url = url_of(root, "/x");
  struct probe probe;
  probe_init(&probe, url);
  for (int i = 1; i <= 3; i++) {
    tgr_http_start(http, &probe.request);
    run_until(&probe.done, i);
    assert_response(&probe.request, "{\"ok\":true}");
  }
  assert_int_equal(server.connections, 1);
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
}

static void a_proxy_gets_the_whole_url(void **state) {
  (void)state;
  spec_server_start(&server, serve_first_line, NULL);
  tear_down_loop();
  set_up_loop(&(struct tgr_http_options){.proxy = server.url});
  struct tgr_http_url *url = url_of("http://far.test", "/x");
  struct probe probe;
  probe_init(&probe, url);
  tgr_http_start(http, &probe.request);
  run_until(&probe.done, 1);
  assert_response(&probe.request, "POST http://far.test/x HTTP/1.1");
  spec_server_stop(&server);
  tgr_http_start(http, &probe.request);
  run_until(&probe.done, 2);
  assert_int_equal(probe.request.status, TGR_ENET);
  assert_string_equal(probe.request.error,
                      "could not connect to the proxy: connection refused");
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
}

/* ---- cancel ------------------------------------------------------------- */

static void cancel_closes_the_connection(void **state) {
  (void)state;
  spec_server_start(&server, serve_never, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
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
  tgr_http_url_free(url);
  spec_server_stop(&server);
}

static void cancel_at_once_leaves_nothing(void **state) {
  (void)state;
  spec_server_start(&server, spec_serve_ok, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  struct probe probe;
  probe_init(&probe, url);
  tgr_http_start(http, &probe.request);
  tgr_http_cancel(&probe.request);
  run_for_ms(5);
  assert_int_equal(probe.done, 0);
  assert_int_equal(server.requests, 0);
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
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
  spec_server_start(&server, spec_serve_ok, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
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
  tgr_http_url_free(url);
  spec_server_stop(&server);
}

static void freeing_the_object_ends_all_requests_silently(void **state) {
  (void)state;
  enum { CALLS = 8 };
  static struct probe probes[CALLS];
  tear_down_loop();
  set_up_loop(&(struct tgr_http_options){.max_open = {3, 1, 1}});
  spec_server_start(&server, serve_never, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
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
  tgr_http_url_free(url);
  spec_server_stop(&server);
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
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(a_call_posts_its_body_and_gets_the_answer),
      TEST(sequential_calls_share_one_connection),
      TEST(three_hundred_calls_run_at_once_when_answers_are_slow),
      TEST(beyond_the_limit_requests_wait_in_order),
      TEST(a_poll_does_not_take_the_place_of_a_call),
      TEST(a_chunked_answer_is_put_together),
      TEST(an_answer_may_end_with_the_connection),
      TEST(an_error_of_the_server_is_an_answer),
      TEST(an_answer_over_the_limit_is_refused),
      TEST(an_upload_of_a_body_larger_than_socket_buffers_arrives),
      TEST(an_answer_that_breaks_off_is_a_network_error),
      TEST(a_connection_closed_without_an_answer_says_so),
      TEST(what_is_no_http_is_a_protocol_error),
      TEST(a_refused_connection_names_the_server_and_no_path),
      TEST(a_request_without_an_answer_times_out),
      TEST(a_transfer_that_stalls_is_ended_but_a_slow_one_is_not),
      TEST(a_server_that_does_not_accept_times_out),
      TEST(a_kept_connection_that_the_server_closed_is_replaced),
      TEST(a_closed_idle_connection_does_not_spin_the_loop),
      TEST(the_second_address_of_a_name_is_tried),
      TEST(a_proxy_gets_the_whole_url),
      TEST(cancel_closes_the_connection),
      TEST(cancel_at_once_leaves_nothing),
      TEST(cancel_of_what_has_ended_but_was_not_told_holds),
      TEST(freeing_the_object_ends_all_requests_silently),
      TEST(every_failing_allocation_is_survived),
  };
  return RUN_BOTH_WAYS(tests);
}
