/* Connections that break, and requests that take too long. */
#include "lean_fixture.h"

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

static void a_request_that_is_not_taken_times_out(void **state) {
  (void)state;
  struct probe probe;
  char *body = begin_untaken(&probe);
  probe.request.timeout_ms = 1000;
  ask(&probe);
  assert_int_equal(probe.request.status, TGR_ETIMEOUT);
  assert_true(probe.request.sent);
  assert_non_null(strstr(probe.request.error, "no answer from"));
  atomic_fetch_add(&server.requests, 1);
  end(&probe);
  free(body);
}

static void an_answer_that_does_not_end_times_out(void **state) {
  (void)state;
  static const char *const parts[] = {"", OK, OK "Content-Length: 9\r\n\r\nx"};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    struct probe probe;
    said = parts[i];
    begin(&probe, serve_part);
    probe.request.timeout_ms = 400;
    ask(&probe);
    assert_int_equal(probe.request.status, TGR_ETIMEOUT);
    assert_true(probe.request.sent);
    assert_non_null(strstr(probe.request.error, "no answer from 127.0.0.1:"));
    assert_non_null(strstr(probe.request.error, "within 400 ms"));
    run_until_atomic(&server.ended, 1);
    probe.request.timeout_ms = 20000;
    probe.request.stall_ms = 300;
    ask(&probe);
    assert_int_equal(probe.request.status, TGR_ETIMEOUT);
    assert_non_null(strstr(probe.request.error, "nothing moved"));
    end(&probe);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(an_answer_that_breaks_off_is_a_network_error),
      TEST(what_is_no_http_is_a_protocol_error),
      TEST(what_may_have_been_processed_is_not_sent_again),
      TEST(a_connection_that_was_closed_meanwhile_is_replaced),
      TEST(an_idle_connection_goes_before_the_server_closes_it),
      TEST(a_request_that_is_not_taken_times_out),
      TEST(an_answer_that_does_not_end_times_out),
  };
  return RUN_ALL_WAYS(tests);
}
