/* Redirects that lead nowhere. */
#include "net/http.h"

#include "net_spec.h"

static const char *target;

static void serve_redirect(struct spec_peer *peer) {
  while (spec_peer_read(peer)) {
    char answer[256];
    if (strstr(peer->head, "/mail") != NULL) {
      spec_peer_say(peer, "220 mail.example ESMTP\r\n");
      return;
    }
    snprintf(answer, sizeof answer,
             "HTTP/1.1 302 Found\r\nLocation: %s\r\n"
             "Content-Length: 0\r\n\r\n",
             target);
    spec_peer_say(peer, answer);
  }
}

static struct probe probe;

/* What a request that is led to `location` fails with. */
static const char *led_to(const char *location) {
  target = location;
  struct tgr_http_url *url = start_server(serve_redirect);
  probe_init(&probe, url);
  probe.request.lane = TGR_HTTP_FETCH;
  probe.request.body = NULL;
  probe.request.max_redirects = 3;
  tgr_http_start(http, &probe.request);
  run_until(&probe.done, 1);
  assert_int_equal(probe.request.status, TGR_EPROTO);
  tgr_http_request_deinit(&probe.request);
  stop_server(url);
  return probe.request.error;
}

static void one_to_another_scheme_is_told_as_such(void **state) {
  (void)state;
  const char *const word = "redirects to what is neither http nor https";
  assert_non_null(strstr(led_to("file:///etc/passwd"), word));
  assert_non_null(strstr(led_to("gopher://127.0.0.1/"), word));
}

static void one_to_a_server_without_http_is_told_as_such(void **state) {
  (void)state;
  assert_non_null(strstr(led_to("/mail"), "does not answer in HTTP"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(one_to_another_scheme_is_told_as_such,
                                      set_up, tear_down),
      cmocka_unit_test_setup_teardown(
          one_to_a_server_without_http_is_told_as_such, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
