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

static void set_up_api(void) {
  const struct tgr_api_options options = {
      .token = "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1",
      .api_root = server.url};
  assert_int_equal(
      tgr_api_init(&api, &tgr_mem_libc, &loop, http, &options, NULL), TGR_OK);
  tgr_poll_call_init(&poll, &api);
}

/* One place for calls. */
static int setup(void **state) {
  (void)state;
  atomic_store(&polls, 0);
  atomic_store(&calls, 0);
  atomic_store(&may_answer, 0);
  set_up_loop(&(struct tgr_http_options){.max_open = {1, 1, 1, 1}});
  spec_server_start(&server, serve, NULL);
  set_up_api();
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

enum { MANY = TGR_HTTP_FEW + 4 };

static struct tgr_call waiting[MANY];

static void start_calls(int count) {
  for (int i = 0; i < count; i++) {
    tgr_call_init(&waiting[i], &api, on_call);
    tgr_call_start(&waiting[i], TGR_HTTP_CALL, "getMe", "{}", 2, 0);
  }
}

static void end_calls(int count) {
  atomic_store(&may_answer, 1);
  run_until(&done_count, count);
  for (int i = 0; i < count; i++)
    tgr_call_deinit(&waiting[i]);
}

/* As if calls had ended since the last answer, and the loop was busy. */
static void pretend_to_be_busy(void) {
  poll.answered = (struct tgr_poll_mark){.ended = 4711};
}

static unsigned polls_open(void) {
  return tgr_http_load(http, TGR_HTTP_POLL).open;
}

static void calls_that_wait_delay_it_but_not_for_ever(void **state) {
  (void)state;
  start_calls(3);
  pretend_to_be_busy();
  ask_for_updates();
  tgr_ready_run_all(&loop.idle);
  assert_int_equal(polls_open(), 0);
  run_until_atomic(&polls, 1);
  assert_int_equal(tgr_http_load(http, TGR_HTTP_CALL).waiting, 2);
  end_calls(3);
}

/* Begins anew, with a place for each call. */
static void set_up_places(void) {
  tgr_poll_call_deinit(&poll);
  tgr_api_deinit(&api);
  tear_down_loop();
  set_up_loop(NULL);
  set_up_api();
}

static void cancel_calls(int count) {
  for (int i = 0; i < count; i++) {
    tgr_call_cancel(&waiting[i]);
    tgr_call_deinit(&waiting[i]);
  }
}

static void it_begins_at_once_when_no_call_ends(void **state) {
  (void)state;
  set_up_places();
  start_calls(MANY);
  ask_for_updates();
  tgr_ready_run_all(&loop.idle);
  assert_int_equal(polls_open(), 1);
  cancel_calls(MANY);
}

static void it_begins_at_once_when_calls_take_long(void **state) {
  (void)state;
  set_up_places();
  start_calls(1);
  run_for_ms(TGR_POLL_HELD_US / 1000 + 1);
  end_calls(1);
  start_calls(MANY);
  pretend_to_be_busy();
  ask_for_updates();
  tgr_ready_run_all(&loop.idle);
  assert_int_equal(polls_open(), 1);
  cancel_calls(MANY);
}

/* Nobody runs the loop: it is not idle, and no timer fires. */
static void it_begins_when_a_few_calls_are_left_of_many(void **state) {
  (void)state;
  set_up_places();
  start_calls(MANY);
  ask_for_updates();
  while (poll.hops > 0)
    assert_true(tgr_ready_run_one(&loop.ready));
  assert_int_equal(polls_open(), 0);
  for (int i = 0; !tgr_http_is_calm(http); i++)
    tgr_call_cancel(&waiting[i]);
  assert_true(tgr_ready_run_one(&loop.ready));
  assert_int_equal(polls_open(), 1);
  cancel_calls(MANY);
}

static void a_request_that_has_not_begun_is_taken_back(void **state) {
  (void)state;
  start_calls(2);
  pretend_to_be_busy();
  ask_for_updates();
  tgr_ready_run_all(&loop.idle); /* no timer */
  const bool sent = poll.seam.cancel(&poll.seam);
  assert_false(sent);
  atomic_store(&may_answer, 1);
  run_until(&done_count, 2);
  run_for_ms(30);
  assert_int_equal(atomic_load(&polls), 0);
  end_calls(2);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(a_request_begins_when_the_loop_is_idle),
      TEST(calls_that_wait_delay_it_but_not_for_ever),
      TEST(it_begins_at_once_when_no_call_ends),
      TEST(it_begins_at_once_when_calls_take_long),
      TEST(it_begins_when_a_few_calls_are_left_of_many),
      TEST(a_request_that_has_not_begun_is_taken_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
