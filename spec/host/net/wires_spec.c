/* Which connections are kept, and for how long. */
#include "net/core.h"

#include "net_spec.h"

#include <stdlib.h>
#include <sys/socket.h>

enum { CALLS = 5 };

static struct probe probes[CALLS];
static struct tgr_http_url *url;
static atomic_int together; /* requests that are to come before any answer */

/* Answers with the connection's number. */
static void serve_number(struct spec_peer *peer) {
  char number[16];
  snprintf(number, sizeof number, "%d", peer->number);
  while (spec_peer_read(peer)) {
    while (atomic_load(&peer->server->requests) < atomic_load(&together))
      usleep(500);
    spec_peer_answer(peer, 200, number);
  }
}

/* Has as many connections as there are probes, all idle. */
static int setup(void **state) {
  (void)state;
  atomic_store(&together, 0);
  set_up_loop(NULL);
  url = start_server(serve_number);
  for (int i = 0; i < CALLS; i++)
    probe_init(&probes[i], url);
  return 0;
}

static void connect_all(void) {
  atomic_store(&together, CALLS);
  for (int i = 0; i < CALLS; i++)
    tgr_http_start(http, &probes[i].request);
  run_until(&done_count, CALLS);
  for (int i = 0; i < CALLS; i++)
    assert_int_equal(probes[i].request.status, TGR_OK);
  assert_int_equal(server.connections, CALLS);
}

static int teardown(void **state) {
  (void)state;
  for (int i = 0; i < CALLS; i++)
    tgr_http_request_deinit(&probes[i].request);
  tear_down_loop();
  stop_server(url);
  return 0;
}

static void the_last_used_is_used_first(void **state) {
  (void)state;
  connect_all();
  assert_int_equal(http->wires.idle, CALLS);
  struct tgr_http_request *request = &probes[0].request;
  tgr_http_start(http, request);
  run_until(&done_count, CALLS + 1);
  const char warmest = request->response.bytes[0];
  for (int i = 2; i <= 10; i++) {
    tgr_http_start(http, request);
    run_until(&done_count, CALLS + i);
    assert_int_equal(request->response.bytes[0], warmest);
    assert_true(request->reused);
  }
  assert_int_equal(http->wires.idle, CALLS);
  assert_int_equal(server.connections, CALLS);
}

static void at_most_so_many_are_kept(void **state) {
  (void)state;
  http->wires.most_idle = 2;
  connect_all();
  assert_int_equal(http->wires.idle, 2);
  run_until_atomic(&server.ended, CALLS - 2);
  run_for_ms(10);
  assert_int_equal(server.ended, CALLS - 2);
}

static void pass_s(uint64_t seconds) {
  tgr_timers_advance(&loop.timers, loop.timers.now_us + seconds * 1000 * 1000);
}

static void what_nobody_needs_is_closed_after_118_seconds(void **state) {
  (void)state;
  connect_all();
  pass_s(100);
  assert_int_equal(http->wires.idle, CALLS);
  tgr_http_start(http, &probes[0].request);
  while (probes[0].done < 2) /* on the clock that was put forward */
    tgr_loop_step(&loop, 1000);
  assert_int_equal(probes[0].request.status, TGR_OK);
  pass_s(20);
  assert_int_equal(http->wires.idle, 1); /* it was needed meanwhile */
  pass_s(100);
  assert_int_equal(http->wires.idle, 0);
  assert_true(tgr_list_empty(&http->wires.sites));
  while (atomic_load(&server.ended) < CALLS)
    tgr_loop_step(&loop, 1000);
}

static void what_the_server_closes_is_closed_at_once(void **state) {
  (void)state;
  connect_all();
  for (int i = 0; i < CALLS; i++)
    shutdown(atomic_load(&server.peers[i]), SHUT_RDWR);
  while (http->wires.idle > 0)
    run_for_ms(1);
  assert_true(tgr_list_empty(&http->wires.sites));
}

static void only_a_proxy_that_is_named_is_a_proxy(void **state) {
  (void)state;
  static const struct {
    const char *value;
    bool is_ours;
  } cases[] = {{"", true}, {"http://127.0.0.1:9", false}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct tgr_http *other = NULL;
    setenv("https_proxy", cases[i].value, 1);
    assert_int_equal(tgr_http_new(&tgr_mem_libc, &loop, NULL, &other), TGR_OK);
    unsetenv("https_proxy");
    assert_int_equal(other->lean, cases[i].is_ours);
    tgr_http_free(other);
  }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(the_last_used_is_used_first),
      TEST(at_most_so_many_are_kept),
      TEST(what_nobody_needs_is_closed_after_118_seconds),
      TEST(what_the_server_closes_is_closed_at_once),
      TEST(only_a_proxy_that_is_named_is_a_proxy),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
