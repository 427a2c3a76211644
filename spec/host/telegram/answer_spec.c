#include "telegram/answer.h"

#include "support/spec.h"

#include <stdio.h>
#include <string.h>

static struct tgr_answer read_ok(const char *body) {
  struct tgr_answer answer;
  struct tgr_error error;
  memset(&answer, 0xAA, sizeof answer);
  if (tgr_answer_read(body, strlen(body), &answer, &error) != TGR_OK)
    fail_msg("%s", error.text);
  return answer;
}

static void assert_refused(const char *body, enum tgr_status status) {
  struct tgr_answer answer = {.error_code = 42};
  struct tgr_error error = {0};
  assert_int_equal(tgr_answer_read(body, strlen(body), &answer, &error),
                   status);
  assert_int_equal(answer.error_code, 42);
  assert_int_equal(error.status, status);
}

static void a_result_is_a_slice_of_the_body(void **state) {
  (void)state;
  static const char *const bodies[] = {
      "{\"ok\":true,\"result\":{\"a\":[1]}}",
      " { \"result\" : {\"a\":[1]} , \"ok\" : true } \n",
      "{\"x\":[{}],\"result\":{\"a\":[1]},\"ok\":true,\"y\":\"}\"}"};
  for (size_t n = 0; n < sizeof bodies / sizeof *bodies; n++) {
    const struct tgr_answer answer = read_ok(bodies[n]);
    assert_true(answer.ok);
    assert_int_equal(answer.result.len, 9);
    assert_memory_equal(answer.result.at, "{\"a\":[1]}", 9);
    assert_int_equal(answer.error_code, 0);
    assert_string_equal(answer.description, "");
  }
}

static void an_error_has_code_description_and_parameters(void **state) {
  (void)state;
  const struct tgr_answer flood = read_ok(
      "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: "
      "\\\"retry\\\" after 7\",\"parameters\":{\"retry_after\":7}}");
  assert_false(flood.ok);
  assert_int_equal(flood.error_code, 429);
  assert_string_equal(flood.description,
                      "Too Many Requests: \"retry\" after 7");
  assert_int_equal(flood.retry_after_s, 7);
  assert_false(flood.has_migrate_to_chat_id);
  assert_int_equal(flood.result.len, 0);
  const struct tgr_answer moved = read_ok(
      "{\"ok\":false,\"error_code\":400,\"parameters\":{\"migrate_to_chat_id\":"
      "-1001234567890}}");
  assert_true(moved.has_migrate_to_chat_id);
  assert_true(moved.migrate_to_chat_id == INT64_C(-1001234567890));
  assert_int_equal(moved.retry_after_s, 0);
}

static void an_unusable_retry_after_counts_as_absent(void **state) {
  (void)state;
  static const char *const values[] = {"-1",
                                       "0",
                                       "\"7\"",
                                       "-0.5",
                                       "7.5e1",
                                       "null",
                                       "[7]",
                                       "0.0",
                                       "604801",
                                       "1e3",
                                       "99999999999999999999999",
                                       "true",
                                       "[1.5]"};
  for (size_t n = 0; n < sizeof values / sizeof *values; n++) {
    char body[256];
    snprintf(body, sizeof body,
             "{\"ok\":false,\"error_code\":429,\"parameters\":{\"retry_after\":"
             "%s}}",
             values[n]);
    assert_int_equal(read_ok(body).retry_after_s, 0);
  }
  assert_int_equal(
      read_ok("{\"ok\":false,\"parameters\":{\"retry_after\":604800}}")
          .retry_after_s,
      604800);
}

static void fractions_of_a_second_are_rounded_up(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int seconds;
  } values[] = {{"7.5", 8}, {"0.001", 1}, {"7.0", 7}, {"7.000000001", 8}};
  for (size_t n = 0; n < sizeof values / sizeof *values; n++) {
    char body[128];
    snprintf(body, sizeof body,
             "{\"ok\":false,\"parameters\":{\"retry_after\":%s}}",
             values[n].text);
    assert_int_equal(read_ok(body).retry_after_s, values[n].seconds);
  }
}

static void members_of_the_wrong_type_count_as_absent(void **state) {
  (void)state;
  const struct tgr_answer answer =
      read_ok("{\"ok\":false,\"error_code\":\"x\",\"description\":5,"
              "\"parameters\":[],\"result\":null}");
  assert_int_equal(answer.error_code, 0);
  assert_string_equal(answer.description, "");
  assert_int_equal(answer.retry_after_s, 0);
}

static void a_long_description_is_cut(void **state) {
  (void)state;
  char body[2 * TGR_ANSWER_DESCRIPTION_MAX] =
      "{\"ok\":false,\"description\":\"";
  const size_t start = strlen(body);
  memset(body + start, 'x', TGR_ANSWER_DESCRIPTION_MAX + 100);
  strcpy(body + start + TGR_ANSWER_DESCRIPTION_MAX + 100, "\"}");
  assert_int_equal(strlen(read_ok(body).description),
                   TGR_ANSWER_DESCRIPTION_MAX - 1);
}

static void what_is_no_envelope_is_refused(void **state) {
  (void)state;
  assert_refused("", TGR_ESYNTAX);
  assert_refused("<html><body>502 Bad Gateway</body></html>", TGR_ESYNTAX);
  assert_refused("[]", TGR_EINVAL);
  assert_refused("{\"ok\":true,\"result\":[1,2", TGR_ESYNTAX);
  assert_refused("{\"ok\":true,\"result\":[1,2]", TGR_ESYNTAX);
  assert_refused("{\"ok\":true}x", TGR_ESYNTAX);
  assert_refused("{\"ok\":true,}", TGR_ESYNTAX);
  assert_refused("{}", TGR_EPROTO);
  assert_refused("{\"ok\":1,\"result\":[]}", TGR_EPROTO);
  assert_refused("{\"result\":[]}", TGR_EPROTO);
}

static void the_refusal_shows_what_came_instead(void **state) {
  (void)state;
  struct tgr_answer answer;
  struct tgr_error error;
  static const char body[] = "<html>\n<head><title>502 Bad Gateway</title>...";
  assert_int_equal(tgr_answer_read(body, sizeof body - 1, &answer, &error),
                   TGR_ESYNTAX);
  assert_non_null(strstr(error.text, "<html>.<head><title>502 Bad"));
}

static void a_deep_result_is_no_fault_of_the_envelope(void **state) {
  (void)state;
  char body[600] = "{\"ok\":true,\"result\":";
  size_t len = strlen(body);
  memset(body + len, '[', 200);
  memset(body + len + 200, ']', 200);
  len += 400;
  strcpy(body + len, "}");
  assert_int_equal(read_ok(body).result.len, 400);
}

static bool read_torn(const char *body, struct tgr_answer *answer) {
  return tgr_answer_read_torn(body, strlen(body), answer);
}

static void a_torn_array_is_found_between_intact_ends(void **state) {
  (void)state;
  static const char *const bodies[] = {
      "{\"ok\":true,\"result\":[{\"a\":\"x}]}",
      "{\"ok\":true,\"result\":[{\"a\":\"x}] }\n",
      "{\"result\":[{\"a\":\"x}],\"ok\":true}",
      "{\"result\":[{\"a\":\"x}],\"ok\":true,\"y\":[1,[2]]}"};
  for (size_t n = 0; n < sizeof bodies / sizeof *bodies; n++) {
    struct tgr_answer answer;
    struct tgr_error error;
    assert_int_equal(
        tgr_answer_read(bodies[n], strlen(bodies[n]), &answer, &error),
        TGR_ESYNTAX);
    assert_true(read_torn(bodies[n], &answer));
    assert_true(answer.ok);
    assert_int_equal(answer.result.len, 10);
    assert_memory_equal(answer.result.at, "[{\"a\":\"x}]", 10);
  }
}

static void a_cut_off_body_is_not_taken_for_a_torn_one(void **state) {
  (void)state;
  static const char *const bodies[] = {
      "{\"ok\":true,\"result\":[{\"a\":\"x\"}",
      "{\"ok\":true,\"result\":[{\"a\":\"x\"}]",
      "{\"ok\":true,\"result\":[{\"a\":[1],\"b\":{}}",
      "{\"ok\":true,\"result\":[",
      "{\"ok\":true,\"result\":{\"a\":\"x]}",
      "{\"ok\":true",
      "{\"result\":[{\"a\":\"x}]}",
      "",
      "<html>[]}"};
  struct tgr_answer answer = {.error_code = 42};
  for (size_t n = 0; n < sizeof bodies / sizeof *bodies; n++)
    assert_false(read_torn(bodies[n], &answer));
  assert_int_equal(answer.error_code, 42);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_result_is_a_slice_of_the_body),
      cmocka_unit_test(an_error_has_code_description_and_parameters),
      cmocka_unit_test(an_unusable_retry_after_counts_as_absent),
      cmocka_unit_test(fractions_of_a_second_are_rounded_up),
      cmocka_unit_test(members_of_the_wrong_type_count_as_absent),
      cmocka_unit_test(a_long_description_is_cut),
      cmocka_unit_test(what_is_no_envelope_is_refused),
      cmocka_unit_test(the_refusal_shows_what_came_instead),
      cmocka_unit_test(a_deep_result_is_no_fault_of_the_envelope),
      cmocka_unit_test(a_torn_array_is_found_between_intact_ends),
      cmocka_unit_test(a_cut_off_body_is_not_taken_for_a_torn_one),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
