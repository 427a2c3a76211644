#include "net/http.h"

#include "net_spec.h"

enum { BOTS = 24 };

/* A poll that waits for a place here is a bot that hears nothing. */
static void every_long_poll_is_sent_however_many_there_are(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_never);
  struct probe probes[BOTS];
  for (int i = 0; i < BOTS; i++) {
    probe_init(&probes[i], url);
    probes[i].request.lane = TGR_HTTP_POLL;
    tgr_http_start(http, &probes[i].request);
  }
  assert_int_equal(tgr_http_load(http, TGR_HTTP_POLL).waiting, 0);
  run_until_atomic(&server.requests, BOTS);
  for (int i = 0; i < BOTS; i++) {
    tgr_http_cancel(&probes[i].request);
    tgr_http_request_deinit(&probes[i].request);
  }
  stop_server(url);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(
          every_long_poll_is_sent_however_many_there_are, set_up, tear_down),
  };
  return RUN_BOTH_WAYS(tests);
}
