#include "sim/poll.h"

#include "sim_fixture.h"

#define OTHER_POLL                                                             \
  "Conflict: terminated by other getUpdates request; make sure that only one " \
  "bot instance is running"

static void no_repeat_rule(struct sim_fixture *it) {
  assert_int_equal(sim_post(it, "/sim/settings", "{\"repeat_rule\":false}"),
                   200);
}

/* Starts a poll on a client of its own and waits until it waits. */
static void start_poll(struct sim_fixture *it, struct spec_http *http,
                       const char *body, long long polls) {
  sim_open(it, http);
  assert_true(spec_http_request(http, "POST", sim_path(it, "getUpdates"),
                                SIM_JSON, body, strlen(body)));
  sim_await_stat(it, "polls", polls);
}

static void an_empty_queue_answers_an_empty_list(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(sim_call(it, "getUpdates", "{}"), 200);
  assert_string_equal(it->http.body, "{\"ok\":true,\"result\":[]}");
}

static void an_offset_confirms_everything_below_it(void **state) {
  struct sim_fixture *it = *state;
  no_repeat_rule(it);
  sim_feed(it, 5);
  sim_call(it, "getUpdates", "{\"offset\":3}");
  assert_string_equal(sim_ids(it), "3 4 5");
  assert_int_equal(tgr_sim_unconfirmed(it->sim), 3);
  sim_call(it, "getUpdates", "{\"offset\":1}");
  assert_string_equal(sim_ids(it), "3 4 5");
  sim_call(it, "getUpdates", "{\"offset\":6}");
  assert_string_equal(sim_ids(it), "");
  assert_int_equal(tgr_sim_unconfirmed(it->sim), 0);
}

static void without_an_offset_nothing_is_confirmed(void **state) {
  struct sim_fixture *it = *state;
  no_repeat_rule(it);
  sim_feed(it, 2);
  sim_call(it, "getUpdates", "{}");
  sim_call(it, "getUpdates", "{\"offset\":0}");
  assert_string_equal(sim_ids(it), "1 2");
}

static void a_negative_offset_counts_from_the_end(void **state) {
  struct sim_fixture *it = *state;
  sim_feed(it, 5);
  sim_call(it, "getUpdates", "{\"offset\":-2}");
  assert_string_equal(sim_ids(it), "4 5");
  sim_call(it, "getUpdates", "{\"offset\":-100}");
  assert_string_equal(sim_ids(it), "4 5");
}

static void an_offset_far_above_the_newest_id_is_ignored(void **state) {
  struct sim_fixture *it = *state;
  sim_feed(it, 2);
  sim_call(it, "getUpdates", "{\"offset\":1000}");
  assert_string_equal(sim_ids(it), "1 2");
}

static void the_limit_is_clamped_to_1_and_100(void **state) {
  struct sim_fixture *it = *state;
  no_repeat_rule(it);
  sim_post(it, "/sim/load", "{\"count\":150}");
  sim_call(it, "getUpdates", "{\"limit\":0}");
  assert_int_equal(json_array_size(sim_result(it)), 1);
  sim_call(it, "getUpdates", "{\"limit\":101}");
  assert_int_equal(json_array_size(sim_result(it)), 100);
  sim_call(it, "getUpdates", "{\"limit\":7}");
  assert_int_equal(json_array_size(sim_result(it)), 7);
}

static void a_long_poll_ends_when_an_update_comes(void **state) {
  struct sim_fixture *it = *state;
  struct spec_http poll;
  start_poll(it, &poll, "{\"timeout\":50}", 1);
  sim_feed(it, 1);
  assert_true(spec_http_read(&poll));
  assert_non_null(strstr(poll.body, "\"update_id\":1"));
  assert_int_equal(sim_stat(it, "polls"), 0);
  spec_http_close(&poll);
}

static void a_long_poll_gathers_a_small_burst(void **state) {
  struct sim_fixture *it = *state;
  struct spec_http poll;
  sim_post(it, "/sim/settings", "{\"gather_ms\":300}");
  start_poll(it, &poll, "{\"timeout\":50}", 1);
  sim_feed(it, 3);
  assert_true(spec_http_read(&poll));
  assert_non_null(strstr(poll.body, "\"update_id\":3"));
  spec_http_close(&poll);
}

static void
without_gathering_a_poll_ends_within_the_feeding_call(void **state) {
  struct sim_fixture *it = *state;
  struct spec_http poll;
  sim_post(it, "/sim/settings", "{\"gather_ms\":0}");
  start_poll(it, &poll, "{\"timeout\":50}", 1);
  sim_post(it, "/sim/updates", "[{\"message\":{}},{\"message\":{}}]");
  assert_true(spec_http_read(&poll));
  assert_null(strstr(poll.body, "\"update_id\":2"));
  spec_http_close(&poll);
}

static void a_long_poll_ends_empty_at_its_timeout(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(sim_call(it, "getUpdates", "{\"timeout\":1}"), 200);
  assert_string_equal(it->http.body, "{\"ok\":true,\"result\":[]}");
}

/* How long a poll with this timeout would wait, in seconds. */
static uint64_t wait_of(int64_t timeout) {
  struct tgr_sim_world world;
  assert_int_equal(tgr_sim_world_init(&world, &tgr_mem_libc, "1:a", false),
                   TGR_OK);
  struct tgr_sim_call call = {.world = &world, .bot = world.home};
  call.params = json_pack("{s:I}", "timeout", (json_int_t)timeout);
  tgr_buf_init(&call.answer.body, &tgr_mem_libc, SIZE_MAX);
  const uint64_t now_us = tgr_sim_now_us();
  tgr_sim_poll_run(&call);
  const uint64_t wait_us =
      call.timer.place == 0 ? 0 : call.timer.at_us - now_us;
  tgr_sim_timers_disarm(&world.timers, &call.timer);
  json_decref(call.params);
  tgr_buf_deinit(&call.answer.body);
  tgr_sim_world_deinit(&world);
  return wait_us / 1000000;
}

static void the_timeout_is_clamped_to_0_and_50(void **state) {
  (void)state;
  assert_int_equal(wait_of(-5), 0);
  assert_int_equal(wait_of(0), 0);
  assert_int_equal(wait_of(30), 30);
  assert_int_equal(wait_of(5000), 50);
}

static void the_older_of_two_polls_gets_a_conflict(void **state) {
  struct sim_fixture *it = *state;
  struct spec_http older;
  struct spec_http newer;
  start_poll(it, &older, "{\"timeout\":50}", 1);
  sim_open(it, &newer);
  assert_true(spec_http_request(&newer, "POST", sim_path(it, "getUpdates"),
                                SIM_JSON, "{\"timeout\":40}", 14));
  assert_true(spec_http_read(&older));
  assert_int_equal(older.status, 409);
  assert_non_null(strstr(older.body, OTHER_POLL));
  sim_feed(it, 1);
  assert_true(spec_http_read(&newer));
  assert_int_equal(newer.status, 200);
  spec_http_close(&older);
  spec_http_close(&newer);
}

static void a_poll_without_timeout_evicts_nobody(void **state) {
  struct sim_fixture *it = *state;
  struct spec_http poll;
  start_poll(it, &poll, "{\"timeout\":50}", 1);
  assert_int_equal(sim_call(it, "getUpdates", "{}"), 200);
  assert_int_equal(sim_stat(it, "polls"), 1);
  sim_feed(it, 1);
  assert_true(spec_http_read(&poll));
  assert_int_equal(poll.status, 200);
  spec_http_close(&poll);
}

static void a_webhook_excludes_polling_until_it_is_deleted(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "setWebhook", "{\"url\":\"https://example.org/\"}");
  assert_int_equal(sim_call(it, "getUpdates", "{\"timeout\":9}"), 409);
  assert_string_equal(sim_description(it),
                      "Conflict: can't use getUpdates method while webhook is "
                      "active; use deleteWebhook to delete the webhook first");
  sim_call(it, "deleteWebhook", "{}");
  assert_int_equal(sim_call(it, "getUpdates", "{}"), 200);
}

static void setting_a_webhook_ends_the_waiting_poll(void **state) {
  struct sim_fixture *it = *state;
  struct spec_http poll;
  start_poll(it, &poll, "{\"timeout\":50}", 1);
  sim_call(it, "setWebhook", "{\"url\":\"https://example.org/\"}");
  assert_true(spec_http_read(&poll));
  assert_int_equal(poll.status, 409);
  assert_non_null(strstr(poll.body, "terminated by setWebhook request"));
  spec_http_close(&poll);
}

static void the_same_offset_at_once_gets_one_update(void **state) {
  struct sim_fixture *it = *state;
  sim_feed(it, 5);
  sim_call(it, "getUpdates", "{\"offset\":2}");
  assert_string_equal(sim_ids(it), "2 3 4 5");
  sim_call(it, "getUpdates", "{\"offset\":2}");
  assert_string_equal(sim_ids(it), "2");
  sim_call(it, "getUpdates", "{\"offset\":3}");
  assert_string_equal(sim_ids(it), "3 4 5");
}

static void
the_same_offset_within_3_s_waits_even_without_timeout(void **state) {
  struct sim_fixture *it = *state;
  struct spec_http poll;
  sim_feed(it, 1);
  sim_call(it, "getUpdates", "{\"offset\":2}");
  start_poll(it, &poll, "{\"offset\":2}", 1);
  sim_feed(it, 1);
  assert_true(spec_http_read(&poll));
  assert_non_null(strstr(poll.body, "\"update_id\":2"));
  spec_http_close(&poll);
}

static void the_repeat_rule_can_be_switched_off(void **state) {
  struct sim_fixture *it = *state;
  no_repeat_rule(it);
  sim_call(it, "getUpdates", "{\"offset\":1}");
  sim_call(it, "getUpdates", "{\"offset\":1}");
  assert_string_equal(sim_ids(it), "");
  sim_feed(it, 2);
  sim_call(it, "getUpdates", "{\"offset\":1}");
  assert_string_equal(sim_ids(it), "1 2");
}

static void by_default_three_kinds_are_not_queued(void **state) {
  struct sim_fixture *it = *state;
  sim_post(it, "/sim/updates",
           "[{\"chat_member\":{}},{\"message_reaction\":{}},"
           "{\"message_reaction_count\":{}},{\"my_chat_member\":{}}]");
  assert_int_equal(sim_stat(it, "queued"), 1);
}

static void allowed_updates_are_remembered_between_calls(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "getUpdates", "{\"allowed_updates\":[\"chat_member\"]}");
  sim_call(it, "getUpdates", "{\"offset\":-1}");
  sim_post(it, "/sim/updates", "[{\"chat_member\":{}},{\"message\":{}}]");
  assert_int_equal(sim_stat(it, "queued"), 1);
}

static void an_empty_list_of_kinds_means_the_default(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "getUpdates", "{\"allowed_updates\":[\"chat_member\"]}");
  sim_request(it, "GET", sim_path(it, "getUpdates?allowed_updates=%5B%5D"),
              NULL, NULL);
  sim_post(it, "/sim/updates", "[{\"chat_member\":{}},{\"message\":{}}]");
  assert_int_equal(sim_stat(it, "queued"), 1);
}

static void allowed_updates_that_are_no_list_are_refused(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(
      sim_call(it, "getUpdates", "{\"allowed_updates\":\"message\"}"), 400);
}

static void ids_may_start_lower_again(void **state) {
  struct sim_fixture *it = *state;
  no_repeat_rule(it);
  sim_post(it, "/sim/updates", "{\"update_id\":900,\"message\":{}}");
  sim_call(it, "getUpdates", "{\"offset\":901}");
  sim_post(it, "/sim/updates", "{\"update_id\":5,\"message\":{}}");
  sim_call(it, "getUpdates", "{\"offset\":901}");
  assert_string_equal(sim_ids(it), "5");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sim_test(an_empty_queue_answers_an_empty_list),
      sim_test(an_offset_confirms_everything_below_it),
      sim_test(without_an_offset_nothing_is_confirmed),
      sim_test(a_negative_offset_counts_from_the_end),
      sim_test(an_offset_far_above_the_newest_id_is_ignored),
      sim_test(the_limit_is_clamped_to_1_and_100),
      sim_test(a_long_poll_ends_when_an_update_comes),
      sim_test(a_long_poll_gathers_a_small_burst),
      sim_test(without_gathering_a_poll_ends_within_the_feeding_call),
      sim_test(a_long_poll_ends_empty_at_its_timeout),
      cmocka_unit_test(the_timeout_is_clamped_to_0_and_50),
      sim_test(the_older_of_two_polls_gets_a_conflict),
      sim_test(a_poll_without_timeout_evicts_nobody),
      sim_test(a_webhook_excludes_polling_until_it_is_deleted),
      sim_test(setting_a_webhook_ends_the_waiting_poll),
      sim_test(the_same_offset_at_once_gets_one_update),
      sim_test(the_same_offset_within_3_s_waits_even_without_timeout),
      sim_test(the_repeat_rule_can_be_switched_off),
      sim_test(by_default_three_kinds_are_not_queued),
      sim_test(allowed_updates_are_remembered_between_calls),
      sim_test(an_empty_list_of_kinds_means_the_default),
      sim_test(allowed_updates_that_are_no_list_are_refused),
      sim_test(ids_may_start_lower_again),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
