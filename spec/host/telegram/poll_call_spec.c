/* When the fetcher's requests begin. */
#include "telegram/poll_call.h"

#include "host/net/net_spec.h"

static struct tgr_api api;
static struct tgr_poll_call poll;
static atomic_int polls;
static atomic_int calls;
static atomic_int may_answer;

/* Answers calls when it may, and polls never. */
static void serve(struct spec_peer *peer) {
  while (spec_peer_read(peer)) {
    if (strstr(peer->head, "/getUpdates") != NULL) {
      atomic_fetch_add(&polls, 1);
      spec_peer_wait_end(peer);
      return;
    }
    atomic_fetch_add(&calls, 1);
    while (atomic_load(&may_answer) == 0)
      usleep(500);
    spec_peer_answer(peer, 200, "{}");
  }
}

/* One place for calls. */
static int setup(void **state) {
  (void)state;
  atomic_store(&polls, 0);
  atomic_store(&calls, 0);
  atomic_store(&may_answer, 0);
  set_up_loop(&(struct tgr_http_options){.max_open = {1, 1, 1, 1}});
  spec_server_start(&server, serve, NULL);
  const struct tgr_api_options options = {
      .token = "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1",
      .api_root = server.url};
  assert_int_equal(
      tgr_api_init(&api, &tgr_mem_libc, &loop, http, &options, NULL), TGR_OK);
  tgr_poll_call_init(&poll, &api);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  tgr_poll_call_deinit(&poll);
  tgr_api_deinit(&api);
  tear_down_loop();
  atomic_store(&may_answer, 1);
  spec_server_stop(&server);
  return 0;
}

static void ask_for_updates(void) {
  poll.seam.start(&poll.seam, NULL, "getUpdates", "{}", 2, 20000);
}

static void a_request_begins_when_the_loop_is_idle(void **state) {
  (void)state;
  ask_for_updates();
  assert_int_equal(tgr_http_load(http, TGR_HTTP_POLL).open, 0);
  run_until_atomic(&polls, 1);
}

static void on_call(struct tgr_call *call) {
  assert_int_equal(call->http.status, TGR_OK);
  done_count++;
}

static void calls_that_wait_delay_it_but_not_for_ever(void **state) {
  (void)state;
  struct tgr_call waiting[3];
  for (int i = 0; i < 3; i++) {
    tgr_call_init(&waiting[i], &api, on_call);
    tgr_call_start(&waiting[i], TGR_HTTP_CALL, "getMe", "{}", 2, 0);
  }
  ask_for_updates();
  tgr_ready_run_all(&loop.idle);
  assert_int_equal(tgr_http_load(http, TGR_HTTP_POLL).open, 0);
  run_until_atomic(&polls, 1);
  assert_int_equal(tgr_http_load(http, TGR_HTTP_CALL).waiting, 2);
  atomic_store(&may_answer, 1);
  run_until(&done_count, 3);
  for (int i = 0; i < 3; i++)
    tgr_call_deinit(&waiting[i]);
}

static void a_request_that_has_not_begun_is_taken_back(void **state) {
  (void)state;
  struct tgr_call waiting[2];
  for (int i = 0; i < 2; i++) {
    tgr_call_init(&waiting[i], &api, on_call);
    tgr_call_start(&waiting[i], TGR_HTTP_CALL, "getMe", "{}", 2, 0);
  }
  ask_for_updates();
  tgr_ready_run_all(&loop.idle); /* no timer */
  const bool sent = poll.seam.cancel(&poll.seam);
  assert_false(sent);
  atomic_store(&may_answer, 1);
  run_until(&done_count, 2);
  run_for_ms(30);
  assert_int_equal(atomic_load(&polls), 0);
  for (int i = 0; i < 2; i++)
    tgr_call_deinit(&waiting[i]);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(a_request_begins_when_the_loop_is_idle),
      TEST(calls_that_wait_delay_it_but_not_for_ever),
      TEST(a_request_that_has_not_begun_is_taken_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
