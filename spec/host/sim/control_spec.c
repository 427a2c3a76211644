#include "sim_fixture.h"

static void updates_get_ids_in_order(void **state) {
  struct sim_fixture *it = *state;
  sim_post(it, "/sim/settings", "{\"next_update_id\":50}");
  sim_post(
      it, "/sim/updates",
      "[{\"message\":{}},{\"update_id\":70,\"message\":{}},{\"poll\":{}}]");
  assert_int_equal(sim_int(sim_result(it), "next_update_id"), 72);
  sim_call(it, "getUpdates", "{}");
  assert_string_equal(sim_ids(it), "50 70 71");
}

static void raw_bytes_are_served_as_one_element(void **state) {
  struct sim_fixture *it = *state;
  sim_post(it, "/sim/updates",
           "[{\"raw\":\"{\\\"update_id\\\":1,\\\"mess\"},"
           "{\"raw_hex\":\"7bff00\",\"update_id\":9}]");
  sim_call(it, "getUpdates", "{}");
  static const char expected[] =
      "{\"ok\":true,\"result\":[{\"update_id\":1,\"mess,{\xFF\0]}";
  assert_int_equal(it->http.len, sizeof expected - 1);
  assert_memory_equal(it->http.body, expected, sizeof expected - 1);
  sim_call(it, "getUpdates", "{\"offset\":10}");
  assert_int_equal(sim_stat(it, "queued"), 0);
}

static void a_raw_body_is_one_whole_answer(void **state) {
  struct sim_fixture *it = *state;
  struct spec_http poll;
  sim_open(it, &poll);
  assert_true(spec_http_request(
      &poll, "GET", sim_path(it, "getUpdates?timeout=50"), NULL, NULL, 0));
  sim_await_stat(it, "polls", 1);
  sim_post(it, "/sim/updates", "{\"raw_body\":\"<html>\",\"status\":502}");
  assert_true(spec_http_read(&poll));
  assert_int_equal(poll.status, 502);
  assert_string_equal(poll.body, "<html>");
  spec_http_close(&poll);
  sim_call(it, "getUpdates", "{}");
  assert_string_equal(it->http.body, "{\"ok\":true,\"result\":[]}");
}

static void bodies_that_are_no_updates_are_refused(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(sim_post(it, "/sim/updates", "{"), 400);
  assert_int_equal(sim_post(it, "/sim/updates", "[5]"), 400);
  assert_int_equal(sim_post(it, "/sim/updates", ""), 400);
  assert_int_equal(sim_post(it, "/sim/answers", "[{\"times\":\"x\"}]"), 400);
  assert_int_equal(sim_post(it, "/sim/updates", "{\"raw_hex\":\"7\"}"), 400);
  assert_int_equal(sim_post(it, "/sim/updates", "{\"raw_hex\":\"7x\"}"), 400);
  assert_int_equal(sim_post(it, "/sim/load", "{\"count\":0}"), 400);
  assert_int_equal(sim_post(it, "/sim/updates?token=nonsense", "{}"), 400);
}

static void ids_without_a_next_one_are_refused(void **state) {
  struct sim_fixture *it = *state;
  static const char *const updates[] = {
      "{\"update_id\":9223372036854775807,\"message\":{}}",
      "{\"update_id\":9223372036854775807,\"raw\":\"{}\"}",
      "{\"update_id\":\"5\",\"message\":{}}"};
  for (size_t i = 0; i < sizeof updates / sizeof *updates; i++)
    assert_int_equal(sim_post(it, "/sim/updates", updates[i]), 400);
  static const char *const loads[] = {
      "{\"count\":2,\"start_id\":9223372036854775806}",
      "{\"count\":9223372036854775807}",
      "{\"count\":5,\"chats\":5,\"start_chat\":9223372036854775807}"};
  for (size_t i = 0; i < sizeof loads / sizeof *loads; i++)
    assert_int_equal(sim_post(it, "/sim/load", loads[i]), 400);
  assert_int_equal(sim_stat(it, "queued"), 0);
  sim_post(it, "/sim/updates",
           "{\"update_id\":-9223372036854775808,\"message\":{}}");
  sim_call(it, "getUpdates", "{\"offset\":9223372036854775807}");
  assert_int_equal(sim_stat(it, "queued"), 1);
}

static void unknown_and_wrong_fields_are_named(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(sim_post(it, "/sim/answers", "{\"methd\":\"x\"}"), 400);
  assert_non_null(strstr(it->http.body, "unknown field 'methd'"));
  assert_int_equal(sim_post(it, "/sim/answers", "[{\"close\":1}]"), 400);
  assert_non_null(strstr(it->http.body, "'close' is to be true or false"));
  assert_int_equal(sim_post(it, "/sim/load", "{\"count\":1,\"chat\":2}"), 400);
  assert_non_null(strstr(it->http.body, "unknown field 'chat'"));
  sim_call(it, "getMe", "{}");
  assert_int_equal(it->http.status, 200);
}

static void a_load_spreads_over_chats(void **state) {
  struct sim_fixture *it = *state;
  sim_post(it, "/sim/load",
           "{\"count\":1000000,\"chats\":2,\"start_id\":11,\"text\":\"a\\\"b\","
           "\"start_chat\":70}");
  assert_int_equal(sim_int(sim_result(it), "next_update_id"), 1000011);
  sim_call(it, "getUpdates", "{\"limit\":3}");
  assert_string_equal(sim_ids(it), "11 12 13");
  const json_t *third =
      json_object_get(json_array_get(sim_result(it), 2), "message");
  assert_string_equal(sim_text(third, "text"), "a\"b");
  assert_int_equal(sim_int(json_object_get(third, "chat"), "id"), 70);
  assert_int_equal(tgr_sim_unconfirmed(it->sim), 1000000);
}

static void calls_are_listed_from_a_number_on(void **state) {
  struct sim_fixture *it = *state;
  for (int i = 0; i < 4; i++)
    sim_call(it, "getMe", "{}");
  sim_get(it, "/sim/calls?since=1&limit=2");
  assert_int_equal(json_array_size(sim_result(it)), 2);
  assert_int_equal(sim_int(json_array_get(sim_result(it), 0), "seq"), 2);
  sim_request(it, "DELETE", "/sim/calls", NULL, NULL);
  sim_get(it, "/sim/calls");
  assert_int_equal(json_array_size(sim_result(it)), 0);
}

static void rules_are_counted_and_forgotten(void **state) {
  struct sim_fixture *it = *state;
  sim_post(it, "/sim/answers", "[{\"status\":500},{\"status\":501}]");
  sim_get(it, "/sim/answers");
  assert_int_equal(sim_int(sim_result(it), "count"), 2);
  sim_request(it, "DELETE", "/sim/answers", NULL, NULL);
  assert_int_equal(sim_call(it, "getMe", "{}"), 200);
}

static void a_file_can_be_put_in_for_bots_to_fetch(void **state) {
  struct sim_fixture *it = *state;
  char path[300];
  sim_request(it, "POST", "/sim/files?name=p.png&type=image%2Fpng", "image/png",
              "PNG!");
  snprintf(path, sizeof path, "getFile?file_id=%s",
           sim_text(sim_result(it), "file_id"));
  sim_get(it, sim_path(it, path));
  snprintf(path, sizeof path, "/file/bot%s/%s", tgr_sim_token(it->sim),
           sim_text(sim_result(it), "file_path"));
  sim_get(it, path);
  assert_string_equal(it->http.body, "PNG!");
  assert_non_null(strstr(it->http.head, "image/png"));
}

static void a_reset_starts_afresh(void **state) {
  struct sim_fixture *it = *state;
  struct spec_http poll;
  sim_post(it, "/sim/settings", "{\"delay_ms\":1,\"gather_ms\":9}");
  sim_post(it, "/sim/answers", "{\"method\":\"getMe\",\"status\":500}");
  sim_call(it, "sendMessage", "{\"chat_id\":5,\"text\":\"x\"}");
  sim_feed(it, 1);
  sim_open(it, &poll);
  assert_true(spec_http_request(&poll, "GET", "/bot7:x/getUpdates?timeout=50",
                                NULL, NULL, 0));
  sim_await_stat(it, "polls", 1);
  assert_int_equal(sim_post(it, "/sim/reset", ""), 200);
  assert_true(spec_http_read(&poll));
  assert_int_equal(poll.status, 409);
  spec_http_close(&poll);
  assert_int_equal(tgr_sim_unconfirmed(it->sim), 0);
  sim_get(it, "/sim/calls");
  assert_int_equal(json_array_size(sim_result(it)), 0);
  assert_int_equal(sim_call(it, "getMe", "{}"), 200);
  sim_feed(it, 1);
  sim_call(it, "getUpdates", "{}");
  assert_string_equal(sim_ids(it), "2");
}

static void unknown_endpoints_say_where_to_look(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(sim_get(it, "/sim/nothing"), 404);
  assert_non_null(strstr(sim_description(it), "README"));
  assert_int_equal(sim_get(it, "/sim/reset"), 405);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sim_test(updates_get_ids_in_order),
      sim_test(raw_bytes_are_served_as_one_element),
      sim_test(a_raw_body_is_one_whole_answer),
      sim_test(bodies_that_are_no_updates_are_refused),
      sim_test(ids_without_a_next_one_are_refused),
      sim_test(unknown_and_wrong_fields_are_named),
      sim_test(a_load_spreads_over_chats),
      sim_test(calls_are_listed_from_a_number_on),
      sim_test(rules_are_counted_and_forgotten),
      sim_test(a_file_can_be_put_in_for_bots_to_fetch),
      sim_test(a_reset_starts_afresh),
      sim_test(unknown_endpoints_say_where_to_look),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
