/* What the fetcher does when the network or the server fails. */
#include "host/telegram/updates_server.h"

static void exponential_retries_double_up_to_30_s(void **state) {
  (void)state;
  server.takes_ms = 1;
  SCRIPT(NET8, NET8);
  check_tries("@0 @101 @302 @703 @1504 @3105 @6306 @12707 @25508 @51109 "
              "@81110");
}

static void quadratic_retries_add_100_ms(void **state) {
  (void)state;
  server.takes_ms = 1;
  options.retry_kind = TGR_BACKOFF_QUADRATIC;
  SCRIPT(NET8);
  check_tries("@0 @101 @302 @603 @1004 @1505 @2106 @2807");
}

static void fixed_retries_stay(void **state) {
  (void)state;
  server.takes_ms = 1;
  options.retry_kind = TGR_BACKOFF_FIXED;
  options.retry_fixed_ms = 250;
  SCRIPT(NET8);
  check_tries("@0 @251 @502 @753 @1004");
}

static void jitter_comes_from_the_seed(void **state) {
  (void)state;
  struct tgr_backoff twin;
  tgr_backoff_init(&twin, TGR_BACKOFF_EXPONENTIAL, 0, 77);
  char expected[256] = "@0";
  unsigned long at = 0;
  for (int i = 0; i < 7; i++) {
    at += 1 + tgr_backoff_next_ms(&twin);
    snprintf(expected + strlen(expected), 32, " @%lu", at);
  }
  server.takes_ms = 1;
  options.seed = 77;
  SCRIPT(NET8);
  check_tries(expected);
}

static void a_success_starts_the_backoff_anew(void **state) {
  (void)state;
  server.takes_ms = 1;
  SCRIPT(NET, NET, EMPTY, NET, NET, EMPTY);
  check_tries("@0 @101 @302 @303 @404 @605 @606");
}

static void an_answer_that_is_not_json_is_retried(void **state) {
  (void)state;
  SCRIPT("502 <html>Bad Gateway</html>", "200 {\"ok\":true,\"resu", "200 ",
         "200 [1]", ONE("5"));
  pull();
  world_run_to(&world, 3000);
  assert_string_equal(got.text, "5 @1550");
  assert_non_null(strstr(
      said.text, "warn: cannot fetch updates (HTTP 502, and the answer is not "
                 "JSON); retrying@10;"));
  close_updates();
}

static void polls_are_short_until_one_succeeds(void **state) {
  (void)state;
  SCRIPT(EMPTY, NET, "502 <html>", EMPTY, EMPTY);
  pull();
  world_run_to(&world, 375);
  assert_string_equal(
      server.requests.text,
      "getUpdates{\"timeout\":30,\"offset\":0,\"limit\":100}@0 "
      "getUpdates{\"timeout\":30,\"offset\":0,\"limit\":100}@10 "
      "getUpdates{\"timeout\":0,\"offset\":0,\"limit\":100}@120 "
      "getUpdates{\"timeout\":0,\"offset\":0,\"limit\":100}@330 "
      "getUpdates{\"timeout\":30,\"offset\":0,\"limit\":100}@340 "
      "getUpdates{\"timeout\":30,\"offset\":0,\"limit\":100}@350");
  assert_non_null(
      strstr(said.text, "connected again after 0.3 s, 2 tries@340"));
  close_updates();
}

static void
after_a_conflict_a_poll_waits_long_enough_to_meet_another(void **state) {
  (void)state;
  SCRIPT(OTHER, EMPTY);
  pull();
  world_run_to(&world, 115);
  assert_string_equal(
      server.requests.text,
      "getUpdates{\"timeout\":30,\"offset\":0,\"limit\":100}@0 "
      "getUpdates{\"timeout\":10,\"offset\":0,\"limit\":100}@110");
  close_updates();
}

#define ENDLESS "9223372036854775807"

static void
an_update_that_no_offset_passes_by_is_lost_and_told_once(void **state) {
  (void)state;
  server.brief = true;
  SCRIPT(TWO("7", ENDLESS), ONE(ENDLESS), ONE(ENDLESS), ONE("8"));
  pull();
  world_run_to(&world, 1000);
  assert_string_equal(server.requests.text, "@0 @10 @120 @330 @340");
  assert_string_equal(got.text, "7 @10 8 @340");
  assert_string_equal(
      said.text,
      "error: update " ENDLESS " is lost: no offset is behind its "
      "update_id@10; "
      "error: update " ENDLESS " is lost: no offset is behind its "
      "update_id@20; "
      "warn: cannot fetch updates (no update of the answer has an update_id to "
      "go on from); retrying@20; "
      "info: connected again after 0.3 s, 2 tries@340;");
  close_updates();
}

static void a_batch_without_any_id_at_the_start_is_told_once(void **state) {
  (void)state;
  SCRIPT("200 {\"ok\":true,\"result\":[{},{}]}",
         "200 {\"ok\":true,\"result\":[{},{}]}", ONE("5"));
  pull();
  world_run_to(&world, 1000);
  assert_string_equal(got.text, "5 @330");
  assert_string_equal(
      said.text,
      "error: an update (1. of its batch) is lost: it has no update_id@10; "
      "error: an update (2. of its batch) is lost: it has no update_id@10; "
      "warn: cannot fetch updates (no update of the answer has an update_id to "
      "go on from); retrying@10; "
      "info: connected again after 0.3 s, 2 tries@330;");
  close_updates();
}

static void a_supplier_may_fail_within_the_call(void **state) {
  (void)state;
  SCRIPT("now net down", "now net down", "now " ONE("5"));
  pull();
  world_run_to(&world, 1000);
  assert_string_equal(got.text, "5 @300");
  close_updates();
}

static void with_no_interval_retries_come_turn_by_turn(void **state) {
  (void)state;
  options.retry_kind = TGR_BACKOFF_FIXED;
  options.retry_fixed_ms = 0;
  SCRIPT("now net down", "now net down", "now " ONE("5"));
  pull();
  assert_string_equal(got.text, "");
  world_run_to(&world, 0);
  assert_string_equal(got.text, "5 @0");
  close_updates();
}

static void after_max_retry_time_the_error_is_fatal(void **state) {
  (void)state;
  server.takes_ms = 1;
  options.max_retry_ms = 1000;
  SCRIPT(EMPTY, NET8, NET8);
  server.brief = true;
  pull();
  world_run_to(&world, 10000);
  /* The outage began at 2; its last try is made at 1002. */
  assert_string_equal(server.requests.text, "@0 @1 @102 @303 @704 @1002");
  assert_string_equal(got.text,
                      "@1 error -5@1003: the Bot API has given no updates for "
                      "1.0 s, in 5 tries (connection refused)");
  close_updates();
}

static void an_api_that_never_came_up_is_told_apart(void **state) {
  (void)state;
  options.max_retry_ms = 0;
  SCRIPT("net no route");
  pull();
  world_run_to(&world, 10000);
  assert_string_equal(got.text,
                      "error -5@10: the Bot API never came up, in 0.0 s and 1 "
                      "tries (no route); check the network and api_root");
  close_updates();
}

static void the_state_tells_when_the_next_try_is(void **state) {
  (void)state;
  SCRIPT(NET, EMPTY);
  pull();
  world_run_to(&world, 50);
  assert_int_equal(updates.supplier.retry_at_us, WORLD_START_US + 110000);
  world_run_to(&world, 115);
  assert_int_equal(updates.supplier.retry_at_us, 0);
  close_updates();
}

static void a_429_waits_exactly_as_told(void **state) {
  (void)state;
  server.brief = true;
  SCRIPT(FLOOD("7"), FLOOD("3"), NET, ONE("5"));
  pull();
  world_run_to(&world, 20000);
  server.requests.text[strlen("@0 @7010 @10020 @10130")] = '\0';
  assert_string_equal(server.requests.text, "@0 @7010 @10020 @10130");
  close_updates();
}

static void an_unusable_retry_after_counts_as_absent(void **state) {
  (void)state;
  server.brief = true;
  SCRIPT(FLOOD("-1"), FLOOD("\"soon\""), FLOOD("1e300"), ONE("5"));
  pull();
  world_run_to(&world, 750);
  assert_string_equal(server.requests.text, "@0 @110 @320 @730 @740");
  close_updates();
}

static void a_429_is_bounded_by_max_retry_time(void **state) {
  (void)state;
  server.brief = true;
  options.max_retry_ms = 2000;
  SCRIPT(FLOOD("9000"), NET);
  pull();
  world_run_to(&world, 10000);
  assert_string_equal(server.requests.text, "@0 @2010");
  close_updates();
}

static void a_wrong_token_is_fatal_at_once(void **state) {
  (void)state;
  SCRIPT(REFUSED("401", "Unauthorized"));
  pull();
  world_run_to(&world, 1000);
  assert_string_equal(got.text, "error -12@10: the Bot API refused the token "
                                "(401 Unauthorized); check it with @BotFather");
  close_updates();
}

static void an_unknown_bot_is_fatal_at_once(void **state) {
  (void)state;
  SCRIPT(NET, REFUSED("404", "Not Found"));
  pull();
  world_run_to(&world, 1000);
  assert_non_null(strstr(got.text, "error -12@120: "));
  close_updates();
}

static void a_webhook_is_fatal_and_says_how_to_remove_it(void **state) {
  (void)state;
  SCRIPT(REFUSED("409", "Conflict: can't use getUpdates method while webhook "
                        "is active"));
  pull();
  world_run_to(&world, 1000);
  assert_non_null(strstr(got.text, "error -13@10: "));
  assert_non_null(strstr(got.text, "deleteWebhook"));
  close_updates();
}

static void another_poller_is_waited_for_then_fatal(void **state) {
  (void)state;
  server.brief = true;
  server.takes_ms = 1;
  options.conflict_wait_ms = 1000;
  SCRIPT(OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER);
  pull();
  world_run_to(&world, 10000);
  assert_string_equal(server.requests.text, "@0 @101 @302 @703 @1001");
  assert_non_null(strstr(got.text, "error -13@1002: another program polls "));
  close_updates();
}

static void by_default_another_poller_has_30_s(void **state) {
  (void)state;
  server.takes_ms = 1;
  SCRIPT(OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER,
         OTHER, OTHER);
  pull();
  world_run_to(&world, 30001);
  assert_string_equal(got.text, "");
  world_run_to(&world, 30002);
  assert_non_null(strstr(got.text, "error -13@30002: "));
  close_updates();
}

static void another_poller_that_stops_is_no_error(void **state) {
  (void)state;
  SCRIPT(OTHER, OTHER, ONE("5"), OTHER, ONE("6"));
  pull();
  world_run_to(&world, 500);
  assert_string_equal(got.text, "5 @330 6 @450");
  close_updates();
}

static void other_refusals_are_retried(void **state) {
  (void)state;
  SCRIPT(REFUSED("500", "Internal Server Error"), REFUSED("400", "Bad Request"),
         ONE("5"));
  pull();
  world_run_to(&world, 500);
  assert_string_equal(got.text, "5 @330");
  close_updates();
}

/* The watchdog. */

static void a_request_that_outlasts_the_poll_by_10_s_is_retried(void **state) {
  (void)state;
  server.brief = true;
  SCRIPT("hang", ONE("5"));
  pull();
  world_run_to(&world, 40111);
  assert_string_equal(server.requests.text, "@0 cancel@40000 @40100 @40110");
  assert_string_equal(got.text, "5 @40110");
  close_updates();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(exponential_retries_double_up_to_30_s, fresh),
      cmocka_unit_test_setup(quadratic_retries_add_100_ms, fresh),
      cmocka_unit_test_setup(fixed_retries_stay, fresh),
      cmocka_unit_test_setup(jitter_comes_from_the_seed, fresh),
      cmocka_unit_test_setup(a_success_starts_the_backoff_anew, fresh),
      cmocka_unit_test_setup(an_answer_that_is_not_json_is_retried, fresh),
      cmocka_unit_test_setup(polls_are_short_until_one_succeeds, fresh),
      cmocka_unit_test_setup(
          after_a_conflict_a_poll_waits_long_enough_to_meet_another, fresh),
      cmocka_unit_test_setup(
          an_update_that_no_offset_passes_by_is_lost_and_told_once, fresh),
      cmocka_unit_test_setup(a_batch_without_any_id_at_the_start_is_told_once,
                             fresh),
      cmocka_unit_test_setup(a_supplier_may_fail_within_the_call, fresh),
      cmocka_unit_test_setup(with_no_interval_retries_come_turn_by_turn, fresh),
      cmocka_unit_test_setup(after_max_retry_time_the_error_is_fatal, fresh),
      cmocka_unit_test_setup(an_api_that_never_came_up_is_told_apart, fresh),
      cmocka_unit_test_setup(the_state_tells_when_the_next_try_is, fresh),
      cmocka_unit_test_setup(a_429_waits_exactly_as_told, fresh),
      cmocka_unit_test_setup(an_unusable_retry_after_counts_as_absent, fresh),
      cmocka_unit_test_setup(a_429_is_bounded_by_max_retry_time, fresh),
      cmocka_unit_test_setup(a_wrong_token_is_fatal_at_once, fresh),
      cmocka_unit_test_setup(an_unknown_bot_is_fatal_at_once, fresh),
      cmocka_unit_test_setup(a_webhook_is_fatal_and_says_how_to_remove_it,
                             fresh),
      cmocka_unit_test_setup(another_poller_is_waited_for_then_fatal, fresh),
      cmocka_unit_test_setup(by_default_another_poller_has_30_s, fresh),
      cmocka_unit_test_setup(another_poller_that_stops_is_no_error, fresh),
      cmocka_unit_test_setup(other_refusals_are_retried, fresh),
      cmocka_unit_test_setup(
          a_request_that_outlasts_the_poll_by_10_s_is_retried, fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
