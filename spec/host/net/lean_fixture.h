/* What the specs of lean.c share: calls over connections of ours, plain and
 * over TLS, and the same through libcurl's transfers, which is how they have to
 * look. Where libcurl 7.88 is less careful, a test says so and looks at ours
 * alone. Included once a program. */
#ifndef LEAN_FIXTURE_H
#define LEAN_FIXTURE_H

#include "net_spec.h"
#include "support/spec_tls.h"

#include <stdlib.h>

static struct spec_tls *tls; /* NULL: plain */
static struct tgr_http_url *url;

static inline struct tgr_http_options options_now(void) {
  struct tgr_http_options options;
  tgr_http_options_init(&options);
  options.ca_file = tls != NULL ? spec_tls_path(tls) : NULL;
  return options;
}

static inline int setup(void **state) {
  (void)state;
  const struct tgr_http_options options = options_now();
  set_up_loop(&options);
  url = NULL;
  return 0;
}

static inline int teardown(void **state) {
  (void)state;
  tear_down_loop();
  tgr_http_url_free(url);
  return 0;
}

/* A server that does `serve`, and a request for it. */
static inline void begin(struct probe *probe,
                         void (*serve)(struct spec_peer *peer)) {
  spec_server_start_tls(&server, tls, serve, NULL);
  tgr_http_url_free(url);
  url = url_of(server.url, "/bot1:secret/x");
  probe_init(probe, url);
}

static inline void end(struct probe *probe) {
  tgr_http_request_deinit(&probe->request);
  spec_server_stop(&server);
}

static inline void serve_echo(struct spec_peer *peer) {
  char head[64];
  while (spec_peer_read(peer)) {
    snprintf(head, sizeof head,
             "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n", peer->body_len);
    spec_peer_say(peer, head);
    spec_peer_send(peer, peer->body, peer->body_len);
  }
}

/* What serve_said says for each request. */
static const char *said;

static inline void serve_said(struct spec_peer *peer) {
  while (spec_peer_read(peer))
    spec_peer_say(peer, said);
}

static inline void serve_said_once(struct spec_peer *peer) {
  spec_peer_read(peer);
  spec_peer_say(peer, said);
}

static inline void serve_said_in_drops(struct spec_peer *peer) {
  while (spec_peer_read(peer))
    for (const char *c = said; *c != '\0'; c++) {
      spec_peer_send(peer, c, 1);
      usleep(200);
    }
}

/* Answers the first request of a connection, and breaks at the next. */
static inline void serve_one_and_read_another(struct spec_peer *peer) {
  spec_peer_read(peer);
  spec_peer_answer(peer, 200, "{}");
  spec_peer_read(peer);
}

static inline void serve_deaf(struct spec_peer *peer) {
  char byte[1];
  while (recv(peer->fd, byte, 1, MSG_PEEK) > 0 &&
         atomic_load(&peer->server->requests) == 0)
    usleep(1000);
}

/* A server that takes no request, and one that is larger than all buffers. Its
 * body is freed by the caller; a request that is counted ends the server. */
static inline char *begin_untaken(struct probe *probe) {
  enum { LEN = 64 << 20 };
  begin(probe, serve_deaf);
  char *body = calloc(1, LEN);
  probe->request.body = body;
  probe->request.body_len = LEN;
  return body;
}

static inline void serve_part(struct spec_peer *peer) {
  serve_said_once(peer);
  spec_peer_wait_end(peer);
}

#define OK "HTTP/1.1 200 OK\r\n"
#define CHUNKED                                                                \
  OK "Transfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n1\r\n!\r\n"          \
     "0\r\nX-Sum: 1\r\n\r\n"

#define TEST(test)                                                             \
  { #test, test, setup, teardown, NULL }

static inline int run_all_ways(const struct CMUnitTest *tests, size_t count) {
  tls = NULL;
  const int failed = run_both_ways(tests, count);
  tls = spec_tls_new();
  const int failed_tls = run_both_ways(tests, count);
  spec_tls_free(tls);
  return failed + failed_tls;
}

#define RUN_ALL_WAYS(tests) run_all_ways(tests, sizeof(tests) / sizeof *(tests))

#endif
