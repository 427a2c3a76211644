/* Answers that end before they are complete, by libcurl's transfers: 7.88 takes
 * an end within the head for the end of an answer without a body. */
#include "net/http.h"

#include "net_spec.h"

#include <stdlib.h>

static const char answer[] = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
                             "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"
                             "X-Check: abc\r\n\r\nhello";

static const char unbounded[] =
    "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello";

/* "/12": the first 12 bytes of the answer, then the end; "/to/12" leads there.
 */
static void serve_cut(struct spec_peer *peer) {
  while (spec_peer_read(peer)) {
    char head[128];
    const char *to = strstr(peer->head, "/to/");
    if (to == NULL)
      break;
    snprintf(head, sizeof head,
             "HTTP/1.1 302 Found\r\nLocation: /%lu\r\n"
             "Content-Length: 0\r\n\r\n",
             strtoul(to + 4, NULL, 10));
    spec_peer_say(peer, head);
  }
  if (peer->head[0] != '\0')
    spec_peer_send(peer, answer,
                   strtoul(strchr(peer->head, '/') + 1, NULL, 10));
}

static void serve_unbounded(struct spec_peer *peer) {
  if (spec_peer_read(peer))
    spec_peer_say(peer, unbounded);
}

static struct probe probe;

static struct tgr_http_request *get(const struct tgr_http_url *url,
                                    enum tgr_http_lane lane,
                                    uint64_t expected) {
  probe_init(&probe, url);
  struct tgr_http_request *request = &probe.request;
  request->lane = lane;
  request->body = NULL;
  request->expected = expected;
  request->max_redirects = 1;
  tgr_http_start(http, request);
  run_until(&probe.done, 1);
  return request;
}

/* What the paths of this form give, for each length. */
TGR_PRINTF(1, 0)
static void check_lengths(const char *form) {
  spec_server_start(&server, serve_cut, NULL);
  for (size_t len = 0; len < sizeof answer; len++) {
    char path[16];
    snprintf(path, sizeof path, form, len);
    struct tgr_http_url *url = url_of(server.url, path);
    for (int lane = TGR_HTTP_FILE; lane <= TGR_HTTP_FETCH; lane++) {
      struct tgr_http_request *request = get(url, (enum tgr_http_lane)lane, 0);
      const bool complete = len == sizeof answer - 1;
      assert_int_equal(request->status == TGR_OK, complete);
      assert_int_equal(request->error[0] == '\0', complete);
      tgr_http_request_deinit(request);
    }
    tgr_http_url_free(url);
  }
  spec_server_stop(&server);
}

static void only_a_complete_head_is_an_answer(void **state) {
  (void)state;
  check_lengths("/%zu");
}

static void the_head_of_a_redirect_is_not_that_of_its_target(void **state) {
  (void)state;
  check_lengths("/to/%zu");
}

static void a_cut_head_is_told_as_a_connection_that_was_closed(void **state) {
  (void)state;
  spec_server_start(&server, serve_cut, NULL);
  struct tgr_http_url *url = url_of(server.url, "/70");
  struct tgr_http_request *request = get(url, TGR_HTTP_FETCH, 0);
  assert_int_equal(request->status, TGR_ENET);
  assert_non_null(
      strstr(request->error, "closed the connection in mid-answer"));
  tgr_http_request_deinit(request);
  stop_server(url);
}

static void a_body_shorter_than_expected_was_cut(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_unbounded);
  for (uint64_t expected = 0; expected < 8; expected++) {
    struct tgr_http_request *request = get(url, TGR_HTTP_FILE, expected);
    assert_int_equal(request->status, expected <= 5 ? TGR_OK : TGR_ENET);
    tgr_http_request_deinit(request);
  }
  stop_server(url);
}

static void serve_missing(struct spec_peer *peer) {
  while (spec_peer_read(peer))
    spec_peer_answer(peer, 404, "{}");
}

static void nothing_is_expected_of_a_refusal(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_missing);
  struct tgr_http_request *request = get(url, TGR_HTTP_FILE, 100);
  assert_int_equal(request->status, TGR_OK);
  assert_int_equal(request->http_status, 404);
  tgr_http_request_deinit(request);
  stop_server(url);
}

enum { FAR_TOO_MANY = 300 * 1024 };

static void serve_large_head(struct spec_peer *peer) {
  char line[1024];
  memset(line, 'x', sizeof line);
  memcpy(line, "X-A: ", 5);
  memcpy(line + sizeof line - 3, "\r\n", 3);
  if (!spec_peer_read(peer) || !spec_peer_say(peer, "HTTP/1.1 200 OK\r\n"))
    return;
  for (size_t sent = 0; sent < FAR_TOO_MANY; sent += sizeof line)
    if (!spec_peer_say(peer, line))
      return;
  spec_peer_say(peer, "Content-Length: 0\r\n\r\n");
}

static void a_head_that_is_too_large_is_told_as_one(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_large_head);
  probe_init(&probe, url);
  probe.request.lane = TGR_HTTP_FETCH;
  probe.request.keep_head = true;
  tgr_http_start(http, &probe.request);
  run_until(&probe.done, 1);
  assert_int_equal(probe.request.status, TGR_ELIMIT);
  assert_non_null(strstr(probe.request.error, "the head of the answer of "));
  assert_non_null(strstr(probe.request.error, " is larger than 262144 bytes"));
  tgr_http_request_deinit(&probe.request);
  stop_server(url);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(only_a_complete_head_is_an_answer),
      TEST(the_head_of_a_redirect_is_not_that_of_its_target),
      TEST(a_cut_head_is_told_as_a_connection_that_was_closed),
      TEST(a_body_shorter_than_expected_was_cut),
      TEST(nothing_is_expected_of_a_refusal),
      TEST(a_head_that_is_too_large_is_told_as_one),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
