/* What the specs of net share: a loop with an http object, and a way to wait
 * until something has happened. Included once a program. */
#ifndef NET_SPEC_H
#define NET_SPEC_H

#include "net/http.h"

#include "support/spec.h"
#include "support/spec_mem.h"
#include "support/spec_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct tgr_loop loop;
static struct tgr_http *http;
static struct spec_server server;

/* Calls go through libcurl's transfers; see RUN_BOTH_WAYS. */
static bool only_curl;

/* A request that counts its ends. */
struct probe {
  struct tgr_http_request request;
  int done;
};

static int done_count;

static inline void on_done(struct tgr_http_request *request) {
  TGR_CONTAINER_OF(request, struct probe, request)->done++;
  done_count++;
}

/* `options` NULL for the defaults. */
static inline struct tgr_http_options
this_way(const struct tgr_http_options *options) {
  struct tgr_http_options copy;
  tgr_http_options_init(&copy);
  if (options != NULL)
    copy = *options;
  copy.only_curl = only_curl;
  return copy;
}

static inline void set_up_loop(const struct tgr_http_options *options) {
  const struct tgr_http_options copy = this_way(options);
  done_count = 0;
  assert_int_equal(tgr_loop_init(&loop, &tgr_mem_libc), TGR_OK);
  assert_int_equal(tgr_http_new(&tgr_mem_libc, &loop, &copy, &http), TGR_OK);
}

/* Runs the tests over connections of ours, then through libcurl's transfers. */
static inline int run_both_ways(const struct CMUnitTest *tests, size_t count) {
  only_curl = false;
  const int failed = _cmocka_run_group_tests("lean", tests, count, NULL, NULL);
  only_curl = true;
  return failed + _cmocka_run_group_tests("curl", tests, count, NULL, NULL);
}

#define RUN_BOTH_WAYS(tests)                                                   \
  run_both_ways(tests, sizeof(tests) / sizeof *(tests))

static inline void tear_down_loop(void) {
  tgr_http_free(http);
  tgr_loop_deinit(&loop);
}

static inline int set_up(void **state) {
  (void)state;
  set_up_loop(NULL);
  return 0;
}

static inline int tear_down(void **state) {
  (void)state;
  tear_down_loop();
  return 0;
}

static inline struct tgr_http_url *url_of(const char *root, const char *path) {
  char text[256];
  snprintf(text, sizeof text, "%s%s", root, path);
  struct tgr_http_url *url = NULL;
  assert_int_equal(tgr_http_url_new(&tgr_mem_libc, text, &url, NULL), TGR_OK);
  return url;
}

static inline void probe_init(struct probe *probe,
                              const struct tgr_http_url *url) {
  tgr_http_request_init(&probe->request);
  probe->request.url = url;
  probe->request.body = "{}";
  probe->request.body_len = 2;
  probe->request.done = on_done;
  probe->request.timeout_ms = 20000;
  probe->done = 0;
}

static inline void time_is_up(struct tgr_timer *timer) {
  (void)timer;
  tgr_loop_quit(&loop);
}

/* Runs the loop until `*what` is at least `count`, for 60 s at most: longer
 * than a request may take. */
static inline void run_until(const int *what, int count) {
  const uint64_t end_us = tgr_loop_clock_us() + 60 * 1000 * 1000;
  while (*what < count) {
    assert_true(tgr_loop_clock_us() < end_us);
    struct tgr_timer timer;
    tgr_timer_init(&timer, time_is_up);
    tgr_timer_start_ms(&loop.timers, &timer, 1);
    tgr_loop_run(&loop);
    tgr_timer_stop(&loop.timers, &timer);
  }
}

static inline void run_for_ms(uint64_t ms) {
  struct tgr_timer timer;
  tgr_timer_init(&timer, time_is_up);
  tgr_timer_start_ms(&loop.timers, &timer, ms);
  tgr_loop_run(&loop);
}

static inline void run_until_atomic(atomic_int *what, int count) {
  const uint64_t end_us = tgr_loop_clock_us() + 60 * 1000 * 1000;
  while (atomic_load(what) < count) {
    assert_true(tgr_loop_clock_us() < end_us);
    run_for_ms(1);
  }
}

/* Starts a server that does `serve`. Returns the URL of its /x, for
 * stop_server. */
static inline struct tgr_http_url *
start_server(void (*serve)(struct spec_peer *peer)) {
  spec_server_start(&server, serve, NULL);
  return url_of(server.url, "/x");
}

static inline void stop_server(struct tgr_http_url *url) {
  tgr_http_url_free(url);
  spec_server_stop(&server);
}

/* Sends the request, once more if it has ended, and waits for its end. */
static inline void ask(struct probe *probe) {
  const int done = probe->done;
  tgr_http_start(http, &probe->request);
  assert_int_equal(probe->done, done);
  run_until(&probe->done, done + 1);
  assert_null(strstr(probe->request.error, "secret"));
}

/* A socket that listens on *port. */
static inline int listen_on(uint16_t *port, int backlog) {
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

/* Reads a request, and does not answer. */
static inline void serve_never(struct spec_peer *peer) {
  spec_peer_read(peer);
  spec_peer_wait_end(peer);
}

/* Answers one request of a connection, and closes it. */
static inline void serve_one(struct spec_peer *peer) {
  spec_peer_read(peer);
  spec_peer_answer(peer, 200, "{}");
}

static inline void assert_response(const struct tgr_http_request *request,
                                   const char *text) {
  assert_int_equal(request->status, TGR_OK);
  assert_int_equal(request->response.len, strlen(text));
  assert_memory_equal(request->response.bytes, text, strlen(text));
}

#endif
