/* What the fetcher asks for: offsets, limits, its first request, and the one
 * that confirms. */
#include "host/telegram/updates_server.h"

static void the_offset_follows_the_last_update_of_each_batch(void **state) {
  (void)state;
  SCRIPT(EMPTY, TWO("7", "9"), EMPTY, ONE("3"));
  pull();
  world_run_to(&world, 45);
  assert_string_equal(
      server.requests.text,
      "getUpdates{\"timeout\":30,\"offset\":0,\"limit\":100}@0 "
      "getUpdates{\"timeout\":30,\"offset\":0,\"limit\":100}@10 "
      "getUpdates{\"timeout\":30,\"offset\":10,\"limit\":100}@20 "
      "getUpdates{\"timeout\":30,\"offset\":10,\"limit\":100}@30 "
      "getUpdates{\"timeout\":30,\"offset\":4,\"limit\":100}@40");
  assert_string_equal(got.text, "@10 7 9 @20 @30 3 @40");
  close_updates();
}

static void the_limit_is_clamped_to_1_and_100(void **state) {
  (void)state;
  SCRIPT(EMPTY, EMPTY);
  pulls_again = false;
  tgr_source_set_generator_pace(&source, 3);
  pull();
  world_run_to(&world, 10);
  tgr_source_set_generator_pace(&source, 4711);
  pull();
  assert_string_equal(
      server.requests.text,
      "getUpdates{\"timeout\":30,\"offset\":0,\"limit\":3}@0 "
      "getUpdates{\"timeout\":30,\"offset\":0,\"limit\":100}@10");
  close_updates();
}

static void no_more_than_the_seam_wants_is_asked_for(void **state) {
  (void)state;
  SCRIPT(EMPTY, EMPTY, EMPTY);
  pulls_again = false;
  server.call.most = 50;
  pull();
  world_run_to(&world, 10);
  tgr_source_set_generator_pace(&source, 20);
  pull();
  world_run_to(&world, 20);
  tgr_source_set_generator_pace(&source, 4711);
  server.call.most = 0;
  pull();
  assert_string_equal(
      server.requests.text,
      "getUpdates{\"timeout\":30,\"offset\":0,\"limit\":50}@0 "
      "getUpdates{\"timeout\":30,\"offset\":0,\"limit\":20}@10 "
      "getUpdates{\"timeout\":30,\"offset\":0,\"limit\":100}@20");
  close_updates();
}

static void options_are_sent_before_offset_and_limit(void **state) {
  (void)state;
  options.timeout_s = 5;
  options.allowed_updates = "[]";
  options.fetch = "\"x\":[1]";
  SCRIPT(EMPTY);
  pulls_again = false;
  pull();
  world_run_to(&world, 10);
  assert_int_equal(tgr_updates_set_allowed(&updates, "[\"message\"]"), TGR_OK);
  pull();
  assert_string_equal(
      server.requests.text,
      "getUpdates{\"timeout\":5,\"x\":[1],\"allowed_updates\":[],\"offset\":0,"
      "\"limit\":100}@0 "
      "getUpdates{\"timeout\":5,\"x\":[1],\"allowed_updates\":[\"message\"],"
      "\"offset\":0,\"limit\":100}@10");
  close_updates();
}

static void pending_updates_can_be_dropped_once(void **state) {
  (void)state;
  options.drop_pending_updates = true;
  SCRIPT(ONE("41"), ONE("42"));
  pull();
  world_run_to(&world, 25);
  assert_string_equal(
      server.requests.text,
      "getUpdates{\"timeout\":0,\"offset\":-1,\"limit\":1}@0 "
      "getUpdates{\"timeout\":30,\"offset\":42,\"limit\":100}@10 "
      "getUpdates{\"timeout\":30,\"offset\":43,\"limit\":100}@20");
  assert_string_equal(got.text, "42 @20");
  close_updates();
}

static void a_broken_update_at_the_end_is_passed_by_its_id(void **state) {
  (void)state;
  SCRIPT("200 {\"ok\":true,\"result\":[{\"update_id\":7},{\"update_id\":8,"
         "\"message\":}]}",
         EMPTY);
  pulls_again = true;
  pull();
  world_run_to(&world, 10);
  assert_int_equal(updates.offset, 9);
  close_updates();
}

static void
a_nameless_broken_update_at_the_end_is_passed_by_its_distance(void **state) {
  (void)state;
  SCRIPT("200 {\"ok\":true,\"result\":[{\"update_id\":7},{\"message\":1},5]}");
  pull();
  world_run_to(&world, 10);
  assert_int_equal(updates.offset, 10);
  assert_string_equal(got.text, "7 @10");
  close_updates();
}

static void
nameless_updates_alone_are_passed_from_the_known_offset(void **state) {
  (void)state;
  SCRIPT(ONE("7"), "200 {\"ok\":true,\"result\":[{\"message\":1},5]}");
  pull();
  world_run_to(&world, 20);
  assert_int_equal(updates.offset, 10);
  close_updates();
}

static void without_any_known_id_it_is_tried_again_later(void **state) {
  (void)state;
  SCRIPT("200 {\"ok\":true,\"result\":[{\"message\":1}]}", ONE("5"));
  pull();
  world_run_to(&world, 200);
  assert_string_equal(got.text, "5 @120");
  close_updates();
}

/* Init and confirm. */

static struct trace me;

static void on_me(struct tgr_updates *it, const char *json, size_t len) {
  (void)it;
  trace_add(&me, "%.*s", (int)len, json);
}

static void a_negative_id_is_no_id_to_go_on_from(void **state) {
  (void)state;
  server.brief = true;
  SCRIPT(ONE("-5"), ONE("7"), EMPTY);
  pull();
  world_run_to(&world, 200);
  assert_string_equal(got.text, "7 @120 @130");
  assert_int_equal(updates.offset, 8);
  assert_non_null(
      strstr(said.text, "no update of the answer has an update_id"));
  close_updates();
}

static void init_hands_over_me(void **state) {
  (void)state;
  trace_clear(&me);
  SCRIPT(NET, "200 {\"ok\":true,\"result\":{\"id\":42,\"is_bot\":true}}");
  updates.on_me = on_me;
  assert_int_equal(tgr_source_prepare(&source, &consumer), TGR_OK);
  world_run_to(&world, 200);
  assert_string_equal(server.requests.text, "getMe{}@0 getMe{}@110");
  assert_string_equal(me.text, "{\"id\":42,\"is_bot\":true}");
  assert_string_equal(got.text, "ready@120");
  close_updates();
}

static void init_with_a_wrong_token_is_fatal(void **state) {
  (void)state;
  SCRIPT(REFUSED("401", "Unauthorized"));
  assert_int_equal(tgr_source_prepare(&source, &consumer), TGR_OK);
  world_run_to(&world, 200);
  assert_non_null(strstr(got.text, "error -12@10: "));
  close_updates();
}

static void known_me_needs_no_request(void **state) {
  (void)state;
  options.skip_me = true;
  SCRIPT(EMPTY);
  assert_int_equal(tgr_source_prepare(&source, &consumer), TGR_OK);
  world_run_to(&world, 200);
  assert_string_equal(server.requests.text, "");
  assert_string_equal(got.text, "ready@0");
  close_updates();
}

static void confirm_again(int64_t offset, bool covered) {
  assert_int_equal(tgr_source_confirm(&source, &consumer, offset, covered),
                   TGR_OK);
}

static void confirming_asks_for_one_update_without_waiting(void **state) {
  (void)state;
  pulls_again = false;
  SCRIPT(TWO("7", "8"), ONE("9"));
  pull();
  world_run_to(&world, 15);
  trace_clear(&server.requests);
  confirm_again(9, false);
  world_run_to(&world, 30);
  assert_string_equal(server.requests.text,
                      "getUpdates{\"timeout\":0,\"offset\":9,\"limit\":1}@15");
  assert_string_equal(got.text, "7 8 @10 confirmed@25");
  assert_int_equal(updates.offset, 9); /* what came with it comes again */
  confirm_again(9, false);
  world_run_to(&world, 30);
  assert_string_equal(got.text, "7 8 @10 confirmed@25 confirmed@30");
  close_updates();
}

static void what_was_sent_already_is_not_sent_again(void **state) {
  (void)state;
  server.brief = true;
  SCRIPT(ONE("7"), "hang");
  pull();
  world_run_to(&world, 15);
  tgr_source_close(&source);
  confirm_again(8, true);
  world_run_to(&world, 20);
  assert_string_equal(server.requests.text, "@0 @10 cancel@15");
  assert_string_equal(got.text, "7 @10 confirmed@15");
  close_updates();
}

static void what_was_sent_in_vain_is_sent_again(void **state) {
  (void)state;
  server.brief = true;
  SCRIPT(ONE("7"), NET, EMPTY);
  pull();
  world_run_to(&world, 50);
  tgr_source_close(&source);
  confirm_again(8, true);
  world_run_to(&world, 70);
  assert_string_equal(server.requests.text, "@0 @10 @50");
  assert_string_equal(got.text, "7 @10 confirmed@60");
  close_updates();
}

static void a_poll_that_never_left_does_not_cover_a_confirm(void **state) {
  (void)state;
  server.brief = true;
  server.unreached = true;
  SCRIPT(ONE("7"), EMPTY, EMPTY);
  pull();
  world_run_to(&world, 15);
  tgr_source_close(&source);
  confirm_again(8, true);
  world_run_to(&world, 70);
  assert_string_equal(server.requests.text, "@0 @10 cancel@15 @15");
  assert_string_equal(got.text, "7 @10 confirmed@25");
  close_updates();
}

static void
a_poll_that_never_left_takes_back_nothing_that_was_sent(void **state) {
  (void)state;
  server.brief = true;
  SCRIPT(ONE("7"), "hang");
  pull();
  world_run_to(&world, 15);
  tgr_source_close(&source); /* the poll with offset 8 has arrived */
  server.unreached = true;
  for (int i = 0; i < 3; i++) {
    confirm_again(8, i != 1);
    world_run_to(&world, 20 + 10 * (unsigned long)i);
    pull();
    tgr_source_close(&source);
  }
  assert_string_equal(server.requests.text,
                      "@0 @10 cancel@15 @20 cancel@20 @30 cancel@30 @40 "
                      "cancel@40");
  close_updates();
}

static void
a_getme_that_never_left_takes_back_nothing_that_was_sent(void **state) {
  (void)state;
  server.brief = true;
  SCRIPT(ONE("7"), "hang", "hang");
  pull();
  world_run_to(&world, 15);
  tgr_source_close(&source);
  server.unreached = true;
  assert_int_equal(tgr_source_prepare(&source, &consumer), TGR_OK);
  tgr_source_close(&source);
  confirm_again(8, true);
  assert_string_equal(server.requests.text, "@0 @10 cancel@15 @15 cancel@15");
  close_updates();
}

static void a_failed_confirm_is_told_and_not_repeated(void **state) {
  (void)state;
  server.brief = true;
  pulls_again = false;
  SCRIPT(ONE("7"), REFUSED("401", "Unauthorized"));
  pull();
  world_run_to(&world, 20);
  confirm_again(8, false);
  world_run_to(&world, 60000);
  assert_string_equal(server.requests.text, "@0 @20");
  assert_string_equal(got.text, "7 @10 confirmed@30");
  assert_string_equal(said.text,
                      "warn: the last updates could not be confirmed (401 "
                      "Unauthorized); they may come again@30;");
  close_updates();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(the_offset_follows_the_last_update_of_each_batch,
                             fresh),
      cmocka_unit_test_setup(the_limit_is_clamped_to_1_and_100, fresh),
      cmocka_unit_test_setup(no_more_than_the_seam_wants_is_asked_for, fresh),
      cmocka_unit_test_setup(options_are_sent_before_offset_and_limit, fresh),
      cmocka_unit_test_setup(pending_updates_can_be_dropped_once, fresh),
      cmocka_unit_test_setup(a_broken_update_at_the_end_is_passed_by_its_id,
                             fresh),
      cmocka_unit_test_setup(
          a_nameless_broken_update_at_the_end_is_passed_by_its_distance, fresh),
      cmocka_unit_test_setup(
          nameless_updates_alone_are_passed_from_the_known_offset, fresh),
      cmocka_unit_test_setup(without_any_known_id_it_is_tried_again_later,
                             fresh),
      cmocka_unit_test_setup(a_negative_id_is_no_id_to_go_on_from, fresh),
      cmocka_unit_test_setup(init_hands_over_me, fresh),
      cmocka_unit_test_setup(init_with_a_wrong_token_is_fatal, fresh),
      cmocka_unit_test_setup(known_me_needs_no_request, fresh),
      cmocka_unit_test_setup(confirming_asks_for_one_update_without_waiting,
                             fresh),
      cmocka_unit_test_setup(what_was_sent_already_is_not_sent_again, fresh),
      cmocka_unit_test_setup(what_was_sent_in_vain_is_sent_again, fresh),
      cmocka_unit_test_setup(a_poll_that_never_left_does_not_cover_a_confirm,
                             fresh),
      cmocka_unit_test_setup(
          a_poll_that_never_left_takes_back_nothing_that_was_sent, fresh),
      cmocka_unit_test_setup(
          a_getme_that_never_left_takes_back_nothing_that_was_sent, fresh),
      cmocka_unit_test_setup(a_failed_confirm_is_told_and_not_repeated, fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
