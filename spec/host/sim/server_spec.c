#include "sim_fixture.h"

#include <sys/resource.h>

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

static void a_thousand_connections_are_served(void **state) {
  struct sim_fixture *it = *state;
  enum { COUNT = 1100 };
  static struct spec_http clients[COUNT];
  struct rlimit limit;
  assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
  limit.rlim_cur = limit.rlim_max;
  assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
  for (int i = 0; i < COUNT; i++)
    sim_open(it, &clients[i]);
  for (int round = 0; round < 3; round++) {
    for (int i = 0; i < COUNT; i++)
      assert_true(spec_http_request(&clients[i], "GET", sim_path(it, "getMe"),
                                    NULL, NULL, 0));
    for (int i = 0; i < COUNT; i++) {
      assert_true(spec_http_read(&clients[i]));
      assert_int_equal(clients[i].status, 200);
    }
  }
  assert_int_equal(sim_stat(it, "connections"), COUNT + 1);
  for (int i = 0; i < COUNT; i++)
    spec_http_close(&clients[i]);
  sim_await_stat(it, "connections", 1);
}

static void a_stop_closes_waiting_polls(void **state) {
  struct sim_fixture *it = *state;
  struct tgr_sim_options options;
  struct tgr_sim *sim;
  struct spec_http poll;
  char path[300];
  tgr_sim_options_init(&options);
  assert_int_equal(tgr_sim_start(&options, &sim, NULL, 0), TGR_OK);
  assert_true(spec_http_open(&poll, spec_http_port(tgr_sim_url(sim))));
  snprintf(path, sizeof path, "/bot%s/getUpdates?timeout=50",
           tgr_sim_token(sim));
  assert_true(spec_http_request(&poll, "GET", path, NULL, NULL, 0));
  assert_false(spec_http_readable(&poll, 20));
  tgr_sim_stop(sim);
  assert_false(spec_http_read(&poll));
  spec_http_close(&poll);
  assert_int_equal(sim_call(it, "getMe", "{}"), 200);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sim_test(a_client_that_leaves_its_poll_is_noticed),
      sim_test(a_connection_is_used_again_after_a_poll_waited),
      sim_test(a_request_may_come_in_pieces),
      sim_test(requests_may_be_pipelined),
      sim_test(a_thousand_connections_are_served),
      sim_test(a_stop_closes_waiting_polls),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
