/* How the fetcher is closed, what it says meanwhile, and what it does without
 * memory. */
#include "host/telegram/updates_server.h"

static void closing_cancels_the_open_request(void **state) {
  (void)state;
  server.brief = true;
  SCRIPT("hang", ONE("5"));
  pull();
  world_run_to(&world, 100);
  tgr_source_close(&source);
  world_run_to(&world, 60000);
  assert_string_equal(server.requests.text, "@0 cancel@100");
  pull();
  world_run_to(&world, 60010);
  assert_string_equal(got.text, "5 @60010");
  close_updates();
}

static void closing_ends_a_wait_between_tries(void **state) {
  (void)state;
  server.brief = true;
  SCRIPT(FLOOD("30"), ONE("5"));
  pull();
  world_run_to(&world, 100);
  tgr_source_close(&source);
  assert_int_equal(updates.supplier.retry_at_us, 0);
  world_run_to(&world, 50000);
  assert_string_equal(server.requests.text, "@0");
  close_updates();
}

static void an_outage_ends_with_the_source(void **state) {
  (void)state;
  server.brief = true;
  SCRIPT(NET, NET, NET, NET, ONE("5"));
  pull();
  world_run_to(&world, 130); /* waits 200 ms from 120 on */
  tgr_source_close(&source);
  pull();
  world_run_to(&world, 140);
  assert_int_equal(updates.supplier.retry_at_us, WORLD_START_US + 240000);
  assert_string_equal(
      said.text, "warn: cannot fetch updates (connection refused); retrying@10;"
                 " warn: cannot fetch updates (connection refused); "
                 "retrying@140;");
  close_updates();
}

static void a_fatal_error_leaves_the_clock_at_its_start(void **state) {
  (void)state;
  pulls_again = false;
  options.max_retry_ms = 50;
  SCRIPT(NET, NET, NET, ONE("5"));
  pull();
  world_run_to(&world, 100);
  assert_non_null(strstr(got.text, "error -5@70: "));
  pull();
  world_run_to(&world, 200);
  assert_non_null(strstr(got.text, "5 @170"));
  close_updates();
}

static void an_outage_is_told_in_two_lines(void **state) {
  (void)state;
  server.takes_ms = 1;
  SCRIPT(NET, NET, "502 <html>", NET, NET, NET, NET, EMPTY);
  pull();
  world_run_to(&world, 30000);
  assert_string_equal(
      said.text, "warn: cannot fetch updates (connection refused); retrying@1; "
                 "info: connected again after 13 s, 7 tries@12708;");
  close_updates();
}

static void tries_between_are_told_at_debug_level(void **state) {
  (void)state;
  logger.threshold = TGR_LOG_DEBUG;
  SCRIPT(NET, NET, EMPTY);
  pull();
  world_run_to(&world, 1000);
  assert_string_equal(
      said.text,
      "warn: cannot fetch updates (connection refused); retrying@10; "
      "debug: try 2 failed (connection refused); the next in 0.2 "
      "s@120; info: connected again after 0.3 s, 2 tries@330;");
  close_updates();
}

static void silent_says_nothing_of_outages(void **state) {
  (void)state;
  options.silent = true;
  SCRIPT(NET, EMPTY, OTHER, EMPTY, FLOOD("1"), EMPTY);
  pull();
  world_run_to(&world, 5000);
  assert_string_equal(said.text, "");
  close_updates();
}

static void a_flood_and_a_conflict_have_lines_of_their_own(void **state) {
  (void)state;
  SCRIPT(FLOOD("2"), EMPTY, OTHER, EMPTY);
  pull();
  world_run_to(&world, 5000);
  assert_string_equal(
      said.text,
      "info: flood limit (429 Too Many Requests): polling again in 2.0 s@10; "
      "warn: another program polls this bot (409 Conflict: terminated by other "
      "getUpdates request; make sure that only one bot instance is running); "
      "trying for up to 30 s@2030; info: this bot polls again after 0.1 s: the "
      "other program stopped@2140;");
  close_updates();
}

static void a_lost_update_is_told_with_its_id(void **state) {
  (void)state;
  SCRIPT("200 {\"ok\":true,\"result\":[{\"update_id\":7,\"message\":},{"
         "\"update_id\":8}]}");
  pull();
  world_run_to(&world, 15);
  assert_non_null(strstr(said.text, "error: update 7 is lost: "));
  assert_string_equal(got.text, "8 @10");
  close_updates();
}

static void without_memory_nothing_is_lost_but_time(void **state) {
  (void)state;
  options.allowed_updates = "[]";
  for (long fail_at = 1; fail_at < 8; fail_at++) {
    fresh(NULL);
    options.allowed_updates = "[]";
    static const char *const script[] = {TWO("7", "8"), TWO("7", "8"), NULL};
    server.lines = script;
    world.mem.fail_at = fail_at;
    const enum tgr_status status =
        tgr_updates_init(&updates, &world.mem.mem, &world.timers, &logger,
                         &server.call, &options);
    if (status != TGR_OK) {
      assert_int_equal(status, TGR_ENOMEM);
      assert_int_equal(world.mem.live, 0);
      continue;
    }
    tgr_source_init(&source, &world.timers, &world.ready, &updates.supplier,
                    NULL);
    pull();
    world_run_to(&world, 15);
    world.mem.fail_at = 0;
    world_run_to(&world, 200);
    assert_int_equal(updates.offset, 9);
    assert_non_null(strstr(got.text, "7 8 @"));
    close_updates();
  }
}

static void a_new_list_of_kinds_needs_memory(void **state) {
  (void)state;
  options.allowed_updates = "[\"poll\"]";
  SCRIPT(EMPTY);
  world.mem.fail_at = world.mem.requests + 1;
  assert_int_equal(tgr_updates_set_allowed(&updates, "[\"message\"]"),
                   TGR_ENOMEM);
  world.mem.fail_at = 0;
  pull();
  assert_non_null(strstr(server.requests.text, "[\"poll\"]"));
  close_updates();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(closing_cancels_the_open_request, fresh),
      cmocka_unit_test_setup(closing_ends_a_wait_between_tries, fresh),
      cmocka_unit_test_setup(an_outage_ends_with_the_source, fresh),
      cmocka_unit_test_setup(a_fatal_error_leaves_the_clock_at_its_start,
                             fresh),
      cmocka_unit_test_setup(an_outage_is_told_in_two_lines, fresh),
      cmocka_unit_test_setup(tries_between_are_told_at_debug_level, fresh),
      cmocka_unit_test_setup(silent_says_nothing_of_outages, fresh),
      cmocka_unit_test_setup(a_flood_and_a_conflict_have_lines_of_their_own,
                             fresh),
      cmocka_unit_test_setup(a_lost_update_is_told_with_its_id, fresh),
      cmocka_unit_test_setup(without_memory_nothing_is_lost_but_time, fresh),
      cmocka_unit_test_setup(a_new_list_of_kinds_needs_memory, fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
