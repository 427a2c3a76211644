/* Answers in all forms. */
#include "lean_fixture.h"

#include <stdlib.h>

/* ---- answers ------------------------------------------------------------ */

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

static void a_length_over_the_limit_is_refused_at_once(void **state) {
  (void)state;
  if (only_curl)
    return; /* it waits for a byte of the body */
  struct probe probe;
  said = OK "Content-Length: 6\r\n\r\n";
  begin(&probe, serve_part);
  probe.request.max_response = 5;
  ask(&probe);
  assert_int_equal(probe.request.status, TGR_ELIMIT);
  assert_int_equal(probe.request.http_status, 200);
  end(&probe);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(answers_come_in_all_forms),
      TEST(connections_that_are_not_kept_are_replaced),
      TEST(an_answer_may_end_with_the_connection),
      TEST(what_nobody_asked_for_is_no_answer),
      TEST(a_word_on_an_idle_connection_closes_it),
      TEST(an_answer_may_come_before_the_request_is_sent),
      TEST(an_answer_over_the_limit_is_refused),
      TEST(a_length_over_the_limit_is_refused_at_once),
  };
  return RUN_ALL_WAYS(tests);
}
