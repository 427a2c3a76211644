/* Calls over connections of ours: plain, over TLS, and the same through
 * libcurl's transfers, which is how they have to look. Where libcurl 7.88 is
 * less careful, a test says so and looks at ours alone. */
#include "net/http.h"

#include "net_spec.h"
#include "support/spec_tls.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>

static struct spec_tls *tls; /* NULL: plain */
static struct tgr_http_url *url;

static struct tgr_http_options options_now(void) {
  struct tgr_http_options options;
  tgr_http_options_init(&options);
  options.ca_file = tls != NULL ? spec_tls_path(tls) : NULL;
  return options;
}

static int setup(void **state) {
  (void)state;
  const struct tgr_http_options options = options_now();
  set_up_loop(&options);
  url = NULL;
  return 0;
}

static int teardown(void **state) {
  (void)state;
  tear_down_loop();
  tgr_http_url_free(url);
  return 0;
}

/* A server that does `serve`, and a request for it. */
static void begin(struct probe *probe, void (*serve)(struct spec_peer *peer)) {
  spec_server_start_tls(&server, tls, serve, NULL);
  tgr_http_url_free(url);
  url = url_of(server.url, "/bot1:secret/x");
  probe_init(probe, url);
}

static void ask(struct probe *probe) {
  const int done = probe->done;
  tgr_http_start(http, &probe->request);
  assert_int_equal(probe->done, done);
  run_until(&probe->done, done + 1);
  assert_null(strstr(probe->request.error, "secret"));
}

static void end(struct probe *probe) {
  tgr_http_request_deinit(&probe->request);
  spec_server_stop(&server);
}

/* ---- what goes out ------------------------------------------------------ */

static void serve_head(struct spec_peer *peer) {
  while (spec_peer_read(peer))
    spec_peer_answer(peer, 200, peer->head);
}

static bool has_line(const struct tgr_http_request *request, const char *line) {
  return memmem(request->response.bytes, request->response.len, line,
                strlen(line)) != NULL;
}

static void the_request_is_a_post_of_json(void **state) {
  (void)state;
  struct probe probe;
  char host[64];
  begin(&probe, serve_head);
  snprintf(host, sizeof host, "\r\nHost: 127.0.0.1:%u\r\n", server.port);
  ask(&probe);
  const struct tgr_http_request *request = &probe.request;
  assert_true(has_line(request, "POST /bot1:secret/x HTTP/1.1\r\n"));
  assert_true(has_line(request, host));
  assert_true(has_line(request, "\r\nContent-Type: application/json\r\n"));
  assert_true(has_line(request, "\r\nContent-Length: 2\r\n"));
  assert_false(has_line(request, "\r\nExpect"));
  probe.request.body = NULL;
  probe.request.body_len = 0;
  ask(&probe);
  assert_true(has_line(request, "\r\nContent-Length: 0\r\n"));
  end(&probe);
}

static void a_url_with_a_name_and_a_query_is_asked_for_as_it_is(void **state) {
  (void)state;
  struct probe probe;
  char root[96];
  begin(&probe, serve_head);
  snprintf(root, sizeof root, "%s://ann:pw@127.0.0.1:%u",
           tls != NULL ? "https" : "http", server.port);
  struct tgr_http_url *named = url_of(root, "/x?a=b");
  probe.request.url = named;
  ask(&probe);
  assert_true(has_line(&probe.request, "POST /x?a=b HTTP/1.1\r\n"));
  assert_true(
      has_line(&probe.request, "\r\nAuthorization: Basic YW5uOnB3\r\n"));
  tgr_http_url_free(named);
  end(&probe);
}

static void serve_echo(struct spec_peer *peer) {
  char head[64];
  while (spec_peer_read(peer)) {
    snprintf(head, sizeof head,
             "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n", peer->body_len);
    spec_peer_say(peer, head);
    spec_peer_send(peer, peer->body, peer->body_len);
  }
}

static void bodies_of_all_sizes_go_and_come_unchanged(void **state) {
  (void)state;
  static const size_t sizes[] = {1,     4095,   4096,    16000,   16384,
                                 16385, 100000, 1 << 20, 3 << 20, 7};
  char *body = malloc(3 << 20);
  for (size_t i = 0; i < 3 << 20; i++)
    body[i] = (char)(i * 7 + i / 251);
  struct probe probe;
  begin(&probe, serve_echo);
  probe.request.body = body;
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    probe.request.body_len = sizes[i];
    ask(&probe);
    assert_int_equal(probe.request.status, TGR_OK);
    assert_int_equal(probe.request.response.len, sizes[i]);
    assert_memory_equal(probe.request.response.bytes, body, sizes[i]);
  }
  assert_int_equal(server.connections, 1);
  end(&probe);
  free(body);
}

static void many_at_once_get_each_its_own_answer(void **state) {
  (void)state;
  enum { CALLS = 100 };
  static struct probe probes[CALLS];
  static char bodies[CALLS][32];
  struct probe probe;
  begin(&probe, serve_echo);
  for (int round = 1; round <= 3; round++) {
    for (int i = 0; i < CALLS; i++) {
      if (round == 1)
        probe_init(&probes[i], url);
      snprintf(bodies[i], sizeof bodies[i], "%d of %d", i, round);
      probes[i].request.body = bodies[i];
      probes[i].request.body_len = strlen(bodies[i]);
      tgr_http_start(http, &probes[i].request);
    }
    run_until(&done_count, round * CALLS);
    for (int i = 0; i < CALLS; i++)
      assert_response(&probes[i].request, bodies[i]);
  }
  assert_in_range(server.connections, 1, CALLS);
  for (int i = 0; i < CALLS; i++)
    tgr_http_request_deinit(&probes[i].request);
  end(&probe);
}

/* ---- answers ------------------------------------------------------------ */

/* What serve_said says for each request. */
static const char *said;

static void serve_said(struct spec_peer *peer) {
  while (spec_peer_read(peer))
    spec_peer_say(peer, said);
}

static void serve_said_once(struct spec_peer *peer) {
  spec_peer_read(peer);
  spec_peer_say(peer, said);
}

static void serve_said_in_drops(struct spec_peer *peer) {
  while (spec_peer_read(peer))
    for (const char *c = said; *c != '\0'; c++) {
      spec_peer_send(peer, c, 1);
      usleep(200);
    }
}

#define OK "HTTP/1.1 200 OK\r\n"
#define CHUNKED                                                                \
  OK "Transfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n1\r\n!\r\n"          \
     "0\r\nX-Sum: 1\r\n\r\n"

static void answers_come_in_all_forms(void **state) {
  (void)state;
  static const struct {
    const char *said;
    int status;
    const char *body;
  } forms[] = {
      {OK "Content-Length: 2\r\n\r\n{}", 200, "{}"},
      {OK "Content-Length: 0\r\n\r\n", 200, ""},
      {CHUNKED, 200, "hello!"},
      {"HTTP/1.1 100 Continue\r\n\r\n" OK "Content-Length: 1\r\n\r\nx", 200,
       "x"},
      {"HTTP/1.1 204 Nothing\r\n\r\n", 204, ""},
      {"HTTP/1.1 429 Too Many Requests\r\nContent-Length: 4\r\n\r\nwait", 429,
       "wait"},
      {"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4\r\n\r\noops", 502,
       "oops"},
      {"HTTP/1.1 302 Found\r\nLocation: /y\r\nContent-Length: 1\r\n\r\n1", 302,
       "1"},
  };
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    said = forms[i].said;
    struct probe probe;
    for (int drops = 0; drops < 2; drops++) {
      begin(&probe, drops ? serve_said_in_drops : serve_said);
      for (int n = 0; n < 3; n++) {
        ask(&probe);
        assert_response(&probe.request, forms[i].body);
        assert_int_equal(probe.request.http_status, forms[i].status);
        assert_int_equal(probe.request.reused, n > 0);
      }
      assert_int_equal(server.connections, 1);
      end(&probe);
    }
  }
}

static void connections_that_are_not_kept_are_replaced(void **state) {
  (void)state;
  static const char *const answers[] = {
      OK "Connection: close\r\nContent-Length: 2\r\n\r\n{}",
      "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}",
  };
  for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
    said = answers[i];
    struct probe probe;
    begin(&probe, serve_said);
    for (int n = 1; n <= 3; n++) {
      ask(&probe);
      assert_response(&probe.request, "{}");
      assert_false(probe.request.reused);
      run_until_atomic(&server.ended, n); /* by us: the server would go on */
    }
    end(&probe);
  }
}

static void an_answer_may_end_with_the_connection(void **state) {
  (void)state;
  struct probe probe;
  said = OK "\r\nall there is";
  begin(&probe, serve_said_once);
  for (int n = 1; n <= 2; n++) {
    ask(&probe);
    assert_response(&probe.request, "all there is");
    assert_int_equal(server.connections, n);
  }
  end(&probe);
}

static void what_nobody_asked_for_is_no_answer(void **state) {
  (void)state;
  struct probe probe;
  said = OK "Content-Length: 3\r\n\r\none" OK "Content-Length: 3\r\n\r\ntwo";
  begin(&probe, serve_said);
  for (int n = 1; n <= 3; n++) {
    ask(&probe);
    assert_response(&probe.request, "one");
    run_until_atomic(&server.ended, n);
  }
  end(&probe);
}

static void serve_and_say_more(struct spec_peer *peer) {
  spec_peer_read(peer);
  spec_peer_answer(peer, 200, "{}");
  usleep(20000);
  spec_peer_answer(peer, 408, "you are late");
  spec_peer_wait_end(peer);
}

static void a_word_on_an_idle_connection_closes_it(void **state) {
  (void)state;
  if (only_curl)
    return; /* it takes it for the answer to the next request */
  struct probe probe;
  begin(&probe, serve_and_say_more);
  for (int n = 1; n <= 2; n++) {
    ask(&probe);
    assert_response(&probe.request, "{}");
    run_until_atomic(&server.ended, n);
  }
  assert_int_equal(server.connections, 2);
  end(&probe);
}

static void serve_413(struct spec_peer *peer) {
  char byte[1];
  recv(peer->fd, byte, 1, MSG_PEEK);
  spec_peer_say(peer, "HTTP/1.1 413 Too Large\r\nConnection: close\r\n"
                      "Content-Length: 3\r\n\r\nbig");
  usleep(50000);
}

static void an_answer_may_come_before_the_request_is_sent(void **state) {
  (void)state;
  enum { LEN = 16 << 20 };
  char *body = calloc(1, LEN);
  struct probe probe;
  begin(&probe, serve_413);
  probe.request.body = body;
  probe.request.body_len = LEN;
  ask(&probe);
  assert_response(&probe.request, "big");
  assert_int_equal(probe.request.http_status, 413);
  assert_true(probe.request.sent);
  end(&probe);
  free(body);
}

static void an_answer_over_the_limit_is_refused(void **state) {
  (void)state;
  static const char *const answers[] = {OK "Content-Length: 6\r\n\r\n123456",
                                        CHUNKED, OK "\r\n123456"};
  for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
    said = answers[i];
    struct probe probe;
    begin(&probe, serve_said_once);
    probe.request.max_response = 5;
    ask(&probe);
    assert_int_equal(probe.request.status, TGR_ELIMIT);
    assert_int_equal(probe.request.http_status, 200);
    assert_non_null(strstr(probe.request.error, "larger than 5 bytes"));
    probe.request.max_response = 6;
    ask(&probe);
    assert_int_equal(probe.request.status, TGR_OK);
    assert_int_equal(probe.request.response.len, 6);
    end(&probe);
  }
}

/* ---- failures ----------------------------------------------------------- */

static bool breaks_by_reset;

static void serve_broken(struct spec_peer *peer) {
  serve_said_once(peer);
  if (breaks_by_reset) {
    usleep(20000);
    spec_peer_reset(peer);
  }
}

static void an_answer_that_breaks_off_is_a_network_error(void **state) {
  (void)state;
  static const struct {
    const char *said;
    int status;
    const char *words;
  } cases[] = {
      {OK "Content-Length: 100\r\n\r\nhalf", 200, "in mid-answer"},
      {OK "Transfer-Encoding: chunked\r\n\r\n5\r\nha", 200, "in mid-answer"},
      {"", 0, "without an answer"},
      {OK "Content-Ty", 200, "in mid-answer"}, /* all there is, to curl */
  };
  const size_t count = sizeof cases / sizeof *cases - (only_curl ? 1 : 0);
  for (size_t i = 0; i < count; i++)
    for (int reset = 0; reset < 2; reset++) {
      struct probe probe;
      breaks_by_reset = reset;
      said = cases[i].said;
      begin(&probe, serve_broken);
      ask(&probe);
      assert_int_equal(probe.request.status, TGR_ENET);
      assert_int_equal(probe.request.http_status, cases[i].status);
      assert_true(probe.request.sent);
      assert_non_null(strstr(probe.request.error, cases[i].words));
      if (reset && tls == NULL)
        assert_non_null(strstr(probe.request.error, "reset by peer"));
      assert_int_equal(server.requests, 1);
      end(&probe);
    }
}

static void what_is_no_http_is_a_protocol_error(void **state) {
  (void)state;
  static const char *const answers[] = {
      "SSH-2.0-OpenSSH_9.2\r\nwhat is this?\r\n\r\n",
      OK "Content-Length: many\r\n\r\n{}"};
  for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
    said = answers[i];
    struct probe probe;
    begin(&probe, serve_said);
    ask(&probe);
    assert_int_equal(probe.request.status, TGR_EPROTO);
    assert_non_null(strstr(probe.request.error, "does not answer in HTTP"));
    run_until_atomic(&server.ended, 1);
    end(&probe);
  }
}

/* Answers the first request of a connection, and breaks at the next. */
static void serve_one_and_read_another(struct spec_peer *peer) {
  spec_peer_read(peer);
  spec_peer_answer(peer, 200, "{}");
  spec_peer_read(peer);
}

static void what_may_have_been_processed_is_not_sent_again(void **state) {
  (void)state;
  struct probe probe;
  begin(&probe, serve_one_and_read_another);
  ask(&probe);
  ask(&probe);
  assert_int_equal(probe.request.status, TGR_ENET);
  assert_true(probe.request.sent);
  assert_int_equal(server.requests, 2);
  ask(&probe);
  assert_response(&probe.request, "{}");
  end(&probe);
}

static void serve_one(struct spec_peer *peer) {
  spec_peer_read(peer);
  spec_peer_answer(peer, 200, "{}");
}

static void a_connection_that_was_closed_meanwhile_is_replaced(void **state) {
  (void)state;
  if (only_curl && tls != NULL)
    return; /* it takes a goodbye for a sign of life */
  struct probe probe;
  begin(&probe, serve_one);
  for (int n = 1; n <= 5; n++) {
    ask(&probe);
    assert_response(&probe.request, "{}");
    while (atomic_load(&server.ended) < n) /* the loop does not look */
      usleep(1000);
  }
  assert_int_equal(server.requests, 5);
  end(&probe);
}

static void serve_briefly_kept(struct spec_peer *peer) {
  while (spec_peer_read(peer))
    spec_peer_say(peer, OK "Keep-Alive: timeout=1\r\nContent-Length: 2"
                           "\r\n\r\n{}");
}

static void an_idle_connection_goes_before_the_server_closes_it(void **state) {
  (void)state;
  if (only_curl)
    return; /* it does not look at Keep-Alive */
  struct probe probe;
  begin(&probe, serve_briefly_kept);
  ask(&probe);
  assert_response(&probe.request, "{}");
  run_until_atomic(&server.ended, 1);
  end(&probe);
}

/* ---- time --------------------------------------------------------------- */

static void serve_deaf(struct spec_peer *peer) {
  char byte[1];
  while (recv(peer->fd, byte, 1, MSG_PEEK) > 0 &&
         atomic_load(&peer->server->requests) == 0)
    usleep(1000);
}

static void a_request_that_is_not_taken_times_out(void **state) {
  (void)state;
  enum { LEN = 64 << 20 };
  char *body = calloc(1, LEN);
  struct probe probe;
  begin(&probe, serve_deaf);
  probe.request.body = body;
  probe.request.body_len = LEN;
  probe.request.timeout_ms = 300;
  ask(&probe);
  assert_int_equal(probe.request.status, TGR_ETIMEOUT);
  assert_true(probe.request.sent);
  assert_non_null(strstr(probe.request.error, "no answer from"));
  atomic_fetch_add(&server.requests, 1);
  end(&probe);
  free(body);
}

static void serve_part(struct spec_peer *peer) {
  serve_said_once(peer);
  spec_peer_wait_end(peer);
}

static void an_answer_that_does_not_end_times_out(void **state) {
  (void)state;
  static const char *const parts[] = {"", OK, OK "Content-Length: 9\r\n\r\nx"};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    struct probe probe;
    said = parts[i];
    begin(&probe, serve_part);
    probe.request.timeout_ms = 100;
    ask(&probe);
    assert_int_equal(probe.request.status, TGR_ETIMEOUT);
    assert_true(probe.request.sent);
    assert_non_null(strstr(probe.request.error, "no answer from 127.0.0.1:"));
    assert_non_null(strstr(probe.request.error, "within 100 ms"));
    run_until_atomic(&server.ended, 1);
    probe.request.timeout_ms = 20000;
    probe.request.stall_ms = 50;
    ask(&probe);
    assert_int_equal(probe.request.status, TGR_ETIMEOUT);
    assert_non_null(strstr(probe.request.error, "nothing moved"));
    end(&probe);
  }
}

/* ---- cancel ------------------------------------------------------------- */

static void cancel(struct probe *probe, bool sent) {
  tgr_http_cancel(&probe->request);
  assert_false(tgr_http_is_open(&probe->request));
  assert_int_equal(probe->request.sent, sent);
  run_until_atomic(&server.ended, atomic_load(&server.connections));
  assert_int_equal(probe->done, 0);
  assert_int_equal(tgr_http_load(http, TGR_HTTP_CALL).open, 0);
}

static void it_may_be_cancelled_while_it_is_sent(void **state) {
  (void)state;
  enum { LEN = 64 << 20 };
  char *body = calloc(1, LEN);
  struct probe probe;
  begin(&probe, serve_deaf);
  probe.request.body = body;
  probe.request.body_len = LEN;
  tgr_http_start(http, &probe.request);
  run_until_atomic(&server.connections, 1);
  run_for_ms(50);
  atomic_fetch_add(&server.requests, 1); /* serve_deaf ends */
  cancel(&probe, true);
  end(&probe);
  free(body);
}

static void it_may_be_cancelled_while_its_answer_comes(void **state) {
  (void)state;
  static const char *const parts[] = {"", OK, OK "Content-Length: 9\r\n\r\nx"};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    struct probe probe;
    said = parts[i];
    begin(&probe, serve_part);
    tgr_http_start(http, &probe.request);
    run_until_atomic(&server.requests, 1);
    run_for_ms(10);
    cancel(&probe, true);
    end(&probe);
  }
}

static void it_may_be_cancelled_at_once_on_a_kept_connection(void **state) {
  (void)state;
  if (only_curl)
    return; /* it sends in the next turn, and keeps the connection */
  struct probe probe;
  begin(&probe, serve_one_and_read_another);
  ask(&probe);
  probe.done = 0;
  tgr_http_start(http, &probe.request);
  cancel(&probe, true);
  end(&probe);
}

/* Listens and lets nobody in further than the system does. */
static int listen_only(uint16_t *port) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  assert_int_equal(bind(fd, (struct sockaddr *)&address, size), 0);
  assert_int_equal(listen(fd, 8), 0);
  getsockname(fd, (struct sockaddr *)&address, &size);
  *port = ntohs(address.sin_port);
  return fd;
}

static void it_may_be_cancelled_while_it_connects(void **state) {
  (void)state;
  uint16_t port = 0;
  const int fd = listen_only(&port);
  char root[64];
  snprintf(root, sizeof root, "%s://127.0.0.1:%u",
           tls != NULL ? "https" : "http", port);
  url = url_of(root, "/x");
  struct probe probe;
  probe_init(&probe, url);
  tgr_http_start(http, &probe.request);
  if (tls != NULL) /* the greeting is not answered */
    run_for_ms(20);
  tgr_http_cancel(&probe.request);
  assert_false(probe.request.sent);
  probe.request.connect_timeout_ms = 50;
  probe.request.timeout_ms = 2000;
  if (tls != NULL) {
    ask(&probe);
    assert_int_equal(probe.request.status, TGR_ETIMEOUT);
    assert_false(probe.request.sent);
    assert_non_null(strstr(probe.request.error, "could not connect to"));
  }
  tgr_http_request_deinit(&probe.request);
  close(fd);
}

/* ---- the caller's side -------------------------------------------------- */

static void a_paused_request_is_not_told(void **state) {
  (void)state;
  struct probe probe;
  begin(&probe, spec_serve_ok);
  tgr_http_start(http, &probe.request);
  tgr_http_pause(&probe.request);
  run_until_atomic(&server.requests, 1);
  run_for_ms(20);
  assert_int_equal(probe.done, 0);
  tgr_http_resume(&probe.request);
  run_until(&probe.done, 1);
  assert_response(&probe.request, "{\"ok\":true}");
  end(&probe);
}

static char streamed[64];

static void on_body(struct tgr_http_request *request, const char *bytes,
                    size_t len) {
  assert_int_equal(request->http_status, 200);
  strncat(streamed, bytes, len);
}

static void a_body_may_be_streamed(void **state) {
  (void)state;
  struct probe probe;
  streamed[0] = '\0';
  begin(&probe, spec_serve_ok);
  probe.request.on_body = on_body;
  ask(&probe);
  assert_string_equal(streamed, "{\"ok\":true}");
  end(&probe);
}

static void polls_and_calls_use_the_same_connections(void **state) {
  (void)state;
  struct probe probe;
  begin(&probe, spec_serve_ok);
  for (int i = 0; i < 4; i++) {
    probe.request.lane = i % 2 == 0 ? TGR_HTTP_CALL : TGR_HTTP_POLL;
    ask(&probe);
    assert_response(&probe.request, "{\"ok\":true}");
  }
  assert_int_equal(server.connections, 1);
  end(&probe);
}

static void servers_have_connections_of_their_own(void **state) {
  (void)state;
  static struct spec_server second;
  struct probe probe;
  begin(&probe, spec_serve_ok);
  spec_server_start_tls(&second, tls, serve_echo, NULL);
  struct tgr_http_url *other = url_of(second.url, "/y");
  for (int i = 0; i < 4; i++) {
    probe.request.url = i % 2 == 0 ? url : other;
    ask(&probe);
    assert_response(&probe.request, i % 2 == 0 ? "{\"ok\":true}" : "{}");
  }
  assert_int_equal(server.connections, 1);
  assert_int_equal(second.connections, 1);
  tgr_http_url_free(other);
  spec_server_stop(&second);
  end(&probe);
}

static void an_unknown_certificate_is_refused(void **state) {
  (void)state;
  if (tls == NULL)
    return;
  tear_down_loop();
  set_up_loop(NULL);
  struct probe probe;
  begin(&probe, spec_serve_ok);
  ask(&probe);
  assert_int_equal(probe.request.status, TGR_ENET);
  assert_false(probe.request.sent);
  assert_non_null(strstr(probe.request.error, "no secure connection to"));
  assert_int_equal(server.requests, 0);
  end(&probe);
}

/* Such a file is read once for all connections. */
static void certificates_may_come_from_a_large_file(void **state) {
  (void)state;
  if (tls == NULL)
    return;
  char path[] = "/tmp/lean_spec.XXXXXX";
  char bytes[4096];
  FILE *to = fdopen(mkstemp(path), "w");
  FILE *from = fopen(spec_tls_path(tls), "r");
  assert_non_null(to);
  assert_non_null(from);
  for (int i = 0; i < 8192; i++)
    fputs("# a comment\n", to);
  const size_t len = fread(bytes, 1, sizeof bytes, from);
  assert_int_equal(fwrite(bytes, 1, len, to), len);
  fclose(from);
  fclose(to);
  tear_down_loop();
  set_up_loop(
      &(struct tgr_http_options){.max_open = {2, 1, 1, 1}, .ca_file = path});
  struct probe probe;
  struct probe second;
  begin(&probe, spec_serve_ok);
  probe_init(&second, url);
  tgr_http_start(http, &second.request);
  ask(&probe);
  run_until(&second.done, 1);
  assert_response(&probe.request, "{\"ok\":true}");
  assert_response(&second.request, "{\"ok\":true}");
  assert_int_equal(server.connections, 2);
  tgr_http_request_deinit(&second.request);
  end(&probe);
  unlink(path);
}

/* ---- memory ------------------------------------------------------------- */

/* Two requests with an allocator that fails at its n-th; false when it went
 * through without a failure. */
static bool fails_at(long n) {
  struct spec_mem mem;
  spec_mem_init(&mem);
  const struct tgr_http_options options = options_now();
  const struct tgr_http_options copy = this_way(&options);
  assert_int_equal(tgr_loop_init(&loop, &mem.mem), TGR_OK);
  bool failed = true;
  mem.fail_at = mem.requests + n;
  if (tgr_http_new(&mem.mem, &loop, &copy, &http) == TGR_OK) {
    struct probe probe;
    probe_init(&probe, url);
    ask(&probe);
    enum tgr_status status = probe.request.status;
    if (status == TGR_OK) {
      ask(&probe);
      status = probe.request.status;
    }
    failed = status != TGR_OK;
    /* A socket without memory for it is a failed connection to curl. */
    assert_true(!failed || status == TGR_ENOMEM || status == TGR_ENET);
    if (status == TGR_ENOMEM)
      assert_non_null(strstr(probe.request.error, "memory"));
    tgr_http_request_deinit(&probe.request);
    tgr_http_free(http);
  }
  tgr_loop_deinit(&loop);
  assert_int_equal(mem.live, 0);
  return failed;
}

static void every_failing_allocation_is_survived(void **state) {
  (void)state;
  tear_down_loop();
  struct probe probe;
  said = CHUNKED;
  begin(&probe, serve_said_in_drops);
  long n = 1;
  while (fails_at(n))
    n++;
  assert_in_range(n, 6, 100);
  end(&probe);
  const struct tgr_http_options options = options_now();
  set_up_loop(&options);
}

static int run(const char *name, bool through_curl) {
#define TEST(test)                                                             \
  { #test, test, setup, teardown, NULL }
  const struct CMUnitTest tests[] = {
      TEST(the_request_is_a_post_of_json),
      TEST(a_url_with_a_name_and_a_query_is_asked_for_as_it_is),
      TEST(bodies_of_all_sizes_go_and_come_unchanged),
      TEST(many_at_once_get_each_its_own_answer),
      TEST(answers_come_in_all_forms),
      TEST(connections_that_are_not_kept_are_replaced),
      TEST(an_answer_may_end_with_the_connection),
      TEST(what_nobody_asked_for_is_no_answer),
      TEST(a_word_on_an_idle_connection_closes_it),
      TEST(an_answer_may_come_before_the_request_is_sent),
      TEST(an_answer_over_the_limit_is_refused),
      TEST(an_answer_that_breaks_off_is_a_network_error),
      TEST(what_is_no_http_is_a_protocol_error),
      TEST(what_may_have_been_processed_is_not_sent_again),
      TEST(a_connection_that_was_closed_meanwhile_is_replaced),
      TEST(an_idle_connection_goes_before_the_server_closes_it),
      TEST(a_request_that_is_not_taken_times_out),
      TEST(an_answer_that_does_not_end_times_out),
      TEST(it_may_be_cancelled_while_it_is_sent),
      TEST(it_may_be_cancelled_while_its_answer_comes),
      TEST(it_may_be_cancelled_at_once_on_a_kept_connection),
      TEST(it_may_be_cancelled_while_it_connects),
      TEST(a_paused_request_is_not_told),
      TEST(a_body_may_be_streamed),
      TEST(polls_and_calls_use_the_same_connections),
      TEST(servers_have_connections_of_their_own),
      TEST(an_unknown_certificate_is_refused),
      TEST(certificates_may_come_from_a_large_file),
      TEST(every_failing_allocation_is_survived),
  };
  only_curl = through_curl;
  return cmocka_run_group_tests_name(name, tests, NULL, NULL);
}

int main(void) {
  int failed = run("lean", false) + run("curl", true);
  tls = spec_tls_new();
  failed += run("lean, TLS", false) + run("curl, TLS", true);
  spec_tls_free(tls);
  return failed;
}
