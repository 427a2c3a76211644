/* Cancelling a call in each of its phases. */
#include "lean_fixture.h"

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
  struct probe probe;
  char *body = begin_untaken(&probe);
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

static void it_may_be_cancelled_while_it_connects(void **state) {
  (void)state;
  uint16_t port = 0;
  const int fd = listen_on(&port, 8); /* and takes nobody in */
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

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(it_may_be_cancelled_while_it_is_sent),
      TEST(it_may_be_cancelled_while_its_answer_comes),
      TEST(it_may_be_cancelled_at_once_on_a_kept_connection),
      TEST(it_may_be_cancelled_while_it_connects),
  };
  return RUN_ALL_WAYS(tests);
}
