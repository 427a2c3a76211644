#include "sim_fixture.h"

static void a_token_without_the_right_shape_is_not_found(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(sim_get(it, "/botabc/getMe"), 404);
  assert_string_equal(sim_description(it), "Not Found");
  assert_int_equal(sim_get(it, "/elsewhere"), 404);
  assert_int_equal(sim_get(it, "/bot1:a"), 404);
}

static void an_unknown_token_is_unauthorized(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(sim_get(it, "/bot7:other/getMe"), 200);
  sim_post(it, "/sim/settings", "{\"tokens\":[\"8:known\"]}");
  assert_int_equal(sim_get(it, "/bot7:other/getMe"), 401);
  assert_string_equal(sim_description(it), "Unauthorized");
  assert_int_equal(sim_get(it, "/bot8:known/getMe"), 200);
  assert_int_equal(sim_get(it, "/file/bot7:other/unknown/x"), 401);
}

static void an_unknown_method_is_not_found(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(sim_call(it, "fooBar", "{}"), 404);
  assert_string_equal(sim_description(it), "Not Found: method not found");
}

static void method_names_know_no_case_and_test_is_the_same(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(sim_get(it, sim_path(it, "GETME")), 200);
  assert_int_equal(sim_get(it, sim_path(it, "test/getMe")), 200);
  sim_get(it, "/sim/calls?method=getMe");
  assert_int_equal(json_array_size(sim_result(it)), 2);
  assert_string_equal(sim_text(json_array_get(sim_result(it), 0), "method"),
                      "getMe");
}

static void each_token_has_its_own_queue(void **state) {
  struct sim_fixture *it = *state;
  sim_post(it, "/sim/updates?token=7:x", "{\"message\":{}}");
  sim_get(it, sim_path(it, "getUpdates"));
  assert_int_equal(json_array_size(sim_result(it)), 0);
  sim_get(it, "/bot7:x/getUpdates");
  assert_int_equal(json_array_size(sim_result(it)), 1);
}

static void an_ordered_answer_replaces_the_methods_own(void **state) {
  struct sim_fixture *it = *state;
  sim_post(it, "/sim/answers",
           "{\"method\":\"sendMessage\",\"times\":1,\"status\":429,\"body\":{"
           "\"ok\":false,\"error_code\":429,\"description\":\"Slow\","
           "\"parameters\":{\"retry_after\":7}},\"headers\":{\"Retry-After\":"
           "\"7\"}}");
  assert_int_equal(sim_call(it, "sendMessage", "{}"), 429);
  assert_int_equal(
      sim_int(json_object_get(it->answer, "parameters"), "retry_after"), 7);
  assert_non_null(strstr(it->http.head, "Retry-After: 7"));
  assert_int_equal(
      sim_call(it, "sendMessage", "{\"chat_id\":5,\"text\":\"x\"}"), 200);
}

static void a_status_alone_gets_the_usual_body(void **state) {
  struct sim_fixture *it = *state;
  sim_post(it, "/sim/answers",
           "[{\"status\":429,\"times\":1},{\"status\":502}]");
  assert_int_equal(sim_call(it, "getMe", "{}"), 429);
  assert_int_equal(
      sim_int(json_object_get(it->answer, "parameters"), "retry_after"), 1);
  assert_int_equal(sim_call(it, "getMe", "{}"), 502);
  assert_int_equal(sim_int(it->answer, "error_code"), 502);
}

static void the_status_follows_an_ordered_body(void **state) {
  struct sim_fixture *it = *state;
  sim_post(it, "/sim/answers",
           "{\"body\":{\"ok\":false,\"error_code\":403,\"description\":\"No\"}"
           "}");
  assert_int_equal(sim_call(it, "getMe", "{}"), 403);
}

static void raw_text_is_sent_as_it_is(void **state) {
  struct sim_fixture *it = *state;
  sim_post(it, "/sim/answers", "{\"body\":\"<html>\",\"status\":200}");
  assert_int_equal(sim_call(it, "getMe", "{}"), 200);
  assert_string_equal(it->http.body, "<html>");
}

static void a_connection_can_be_closed_instead_of_an_answer(void **state) {
  struct sim_fixture *it = *state;
  struct spec_http other;
  sim_post(it, "/sim/answers",
           "[{\"times\":1,\"close\":true},{\"times\":1,\"reset\":true}]");
  for (int i = 0; i < 2; i++) {
    sim_open(it, &other);
    assert_true(
        spec_http_request(&other, "GET", sim_path(it, "getMe"), NULL, NULL, 0));
    assert_false(spec_http_read(&other));
    spec_http_close(&other);
  }
  assert_int_equal(sim_call(it, "getMe", "{}"), 200);
  assert_int_equal(sim_stat(it, "aborted"), 0);
}

static void an_answer_can_be_lost_after_its_effect(void **state) {
  struct sim_fixture *it = *state;
  struct spec_http other;
  sim_post(it, "/sim/answers",
           "{\"method\":\"sendMessage\",\"times\":1,\"close\":true,"
           "\"perform\":true}");
  sim_open(it, &other);
  assert_true(spec_http_request(&other, "GET",
                                sim_path(it, "sendMessage?chat_id=5&text=x"),
                                NULL, NULL, 0));
  assert_false(spec_http_read(&other));
  spec_http_close(&other);
  sim_call(it, "sendMessage", "{\"chat_id\":5,\"text\":\"x\"}");
  assert_int_equal(sim_int(sim_result(it), "message_id"), 2);
}

static void a_poll_that_waited_obeys_its_rule(void **state) {
  struct sim_fixture *it = *state;
  struct spec_http poll;
  sim_post(it, "/sim/answers",
           "{\"method\":\"getUpdates\",\"times\":1,\"status\":502,"
           "\"perform\":true}");
  sim_open(it, &poll);
  assert_true(spec_http_request(
      &poll, "GET", sim_path(it, "getUpdates?timeout=50"), NULL, NULL, 0));
  sim_await_stat(it, "polls", 1);
  sim_feed(it, 1);
  assert_true(spec_http_read(&poll));
  assert_int_equal(poll.status, 502);
  spec_http_close(&poll);
}

static void a_poll_that_starts_late_has_its_headers(void **state) {
  struct sim_fixture *it = *state;
  sim_post(it, "/sim/answers",
           "{\"method\":\"getupdates\",\"delay_ms\":1,\"headers\":{\"X-N\":"
           "\"7\"}}");
  sim_feed(it, 1);
  assert_int_equal(sim_call(it, "getUpdates", "{}"), 200);
  assert_string_equal(sim_ids(it), "1");
  assert_non_null(strstr(it->http.head, "X-N: 7"));
}

static void a_delay_holds_the_answer_back(void **state) {
  struct sim_fixture *it = *state;
  struct spec_http other;
  sim_post(it, "/sim/answers",
           "[{\"method\":\"getMe\",\"delay_ms\":60000},{\"method\":\"getChat\","
           "\"delay_ms\":20}]");
  sim_open(it, &other);
  assert_true(
      spec_http_request(&other, "GET", sim_path(it, "getMe"), NULL, NULL, 0));
  assert_int_equal(sim_call(it, "getChat", "{\"chat_id\":5}"), 200);
  assert_false(spec_http_readable(&other, 0));
  spec_http_close(&other);
  sim_await_stat(it, "aborted", 1);
}

static void the_default_delay_is_for_all_calls(void **state) {
  struct sim_fixture *it = *state;
  sim_post(it, "/sim/settings", "{\"delay_ms\":30}");
  assert_int_equal(sim_call(it, "getMe", "{}"), 200);
  assert_int_equal(sim_call(it, "getUpdates", "{}"), 200);
  sim_get(it, "/sim/calls");
  for (size_t i = 0; i < 2; i++) {
    const json_t *call = json_array_get(sim_result(it), i);
    assert_true(sim_int(call, "answered_us") - sim_int(call, "received_us") >=
                30000);
  }
}

static void calls_at_the_same_time_are_counted(void **state) {
  struct sim_fixture *it = *state;
  struct spec_http others[5];
  sim_post(it, "/sim/settings", "{\"delay_ms\":100}");
  for (int i = 0; i < 5; i++) {
    sim_open(it, &others[i]);
    assert_true(spec_http_request(&others[i], "GET", sim_path(it, "getMe"),
                                  NULL, NULL, 0));
  }
  for (int i = 0; i < 5; i++) {
    assert_true(spec_http_read(&others[i]));
    spec_http_close(&others[i]);
  }
  sim_get(it, "/sim/stats");
  const json_t *tally =
      json_object_get(json_object_get(sim_result(it), "methods"), "getMe");
  assert_in_range(sim_int(tally, "open_max"), 2, 5);
  assert_int_equal(sim_int(tally, "open"), 0);
  assert_int_equal(sim_int(tally, "calls"), 5);
}

static void a_call_is_recorded_with_all_it_had(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "sendMessage", "{\"chat_id\":5,\"text\":\"x\"}");
  sim_get(it, "/sim/calls");
  const json_t *call = json_array_get(sim_result(it), 0);
  assert_string_equal(sim_text(call, "method"), "sendMessage");
  assert_string_equal(sim_text(call, "token"), tgr_sim_token(it->sim));
  assert_string_equal(sim_text(call, "content_type"), SIM_JSON);
  assert_int_equal(sim_int(json_object_get(call, "params"), "chat_id"), 5);
  assert_int_equal(sim_int(call, "status"), 200);
  assert_true(sim_int(call, "answered_us") >= sim_int(call, "received_us"));
  assert_true(sim_int(call, "connection") > 0);
  assert_true(json_is_false(json_object_get(call, "aborted")));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sim_test(a_token_without_the_right_shape_is_not_found),
      sim_test(an_unknown_token_is_unauthorized),
      sim_test(an_unknown_method_is_not_found),
      sim_test(method_names_know_no_case_and_test_is_the_same),
      sim_test(each_token_has_its_own_queue),
      sim_test(an_ordered_answer_replaces_the_methods_own),
      sim_test(a_status_alone_gets_the_usual_body),
      sim_test(the_status_follows_an_ordered_body),
      sim_test(raw_text_is_sent_as_it_is),
      sim_test(a_connection_can_be_closed_instead_of_an_answer),
      sim_test(an_answer_can_be_lost_after_its_effect),
      sim_test(a_poll_that_waited_obeys_its_rule),
      sim_test(a_poll_that_starts_late_has_its_headers),
      sim_test(a_delay_holds_the_answer_back),
      sim_test(the_default_delay_is_for_all_calls),
      sim_test(calls_at_the_same_time_are_counted),
      sim_test(a_call_is_recorded_with_all_it_had),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
