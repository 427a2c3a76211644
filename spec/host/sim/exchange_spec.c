#include "sim_fixture.h"

static void a_client_that_leaves_its_poll_is_noticed(void **state) {
  struct sim_fixture *it = *state;
  struct spec_http poll;
  sim_open(it, &poll);
  assert_true(spec_http_request(
      &poll, "GET", sim_path(it, "getUpdates?timeout=50"), NULL, NULL, 0));
  sim_await_stat(it, "polls", 1);
  spec_http_close(&poll);
  sim_await_stat(it, "polls", 0);
  sim_await_stat(it, "aborted", 1);
  sim_get(it, "/sim/calls?method=getUpdates");
  const json_t *call = json_array_get(sim_result(it), 0);
  assert_true(json_is_true(json_object_get(call, "aborted")));
  assert_int_equal(sim_call(it, "getUpdates", "{}"), 200);
}

static void a_connection_is_used_again_after_a_poll_waited(void **state) {
  struct sim_fixture *it = *state;
  struct spec_http poll;
  sim_open(it, &poll);
  for (int i = 1; i <= 3; i++) {
    char path[100];
    snprintf(path, sizeof path, "getUpdates?timeout=50&offset=%d", i);
    assert_true(
        spec_http_request(&poll, "GET", sim_path(it, path), NULL, NULL, 0));
    sim_await_stat(it, "polls", 1);
    sim_feed(it, 1);
    assert_true(spec_http_read(&poll));
    assert_int_equal(poll.status, 200);
  }
  spec_http_close(&poll);
  sim_get(it, "/sim/calls?method=getUpdates");
  assert_int_equal(sim_int(json_array_get(sim_result(it), 0), "connection"),
                   sim_int(json_array_get(sim_result(it), 2), "connection"));
}

static void a_request_may_come_in_pieces(void **state) {
  struct sim_fixture *it = *state;
  char request[400];
  const int len =
      snprintf(request, sizeof request,
               "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: " SIM_JSON
               "\r\nContent-Length: 24\r\n\r\n{\"chat_id\":5,\"text\":\"x\"}\n",
               sim_path(it, "sendMessage"));
  for (int i = 0; i < len; i++)
    assert_true(spec_http_send(&it->http, request + i, 1));
  assert_int_equal(sim_read(it), 200);
}

static void requests_may_be_pipelined(void **state) {
  struct sim_fixture *it = *state;
  for (int i = 0; i < 20; i++)
    assert_true(spec_http_request(&it->http, "GET", sim_path(it, "getMe"), NULL,
                                  NULL, 0));
  for (int i = 0; i < 20; i++)
    assert_int_equal(sim_read(it), 200);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sim_test(a_client_that_leaves_its_poll_is_noticed),
      sim_test(a_connection_is_used_again_after_a_poll_waited),
      sim_test(a_request_may_come_in_pieces),
      sim_test(requests_may_be_pipelined),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
