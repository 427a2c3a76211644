#include "telegram/refusal.h"

#include "support/spec.h"

#include <string.h>

static struct tgr_refusal refusal;

/* Reads what the server answered. */
static void read_body(int http_status, const char *body) {
  const struct tgr_updates_answer answer = {
      .http_status = http_status, .body = body, .body_len = strlen(body)};
  struct tgr_answer envelope = {0};
  const enum tgr_status status =
      tgr_answer_read(body, strlen(body), &envelope, NULL);
  tgr_refusal_read(&refusal, &answer, status, &envelope);
}

static void read_transport(enum tgr_status status, const char *text) {
  const struct tgr_updates_answer answer = {.status = status, .text = text};
  const struct tgr_answer envelope = {0};
  tgr_refusal_read(&refusal, &answer, status, &envelope);
}

static void check(enum tgr_outage_cause cause, enum tgr_status fatal,
                  const char *reason) {
  assert_int_equal(refusal.cause, cause);
  assert_int_equal(refusal.error.status, fatal);
  assert_string_equal(refusal.reason, reason);
}

static void a_broken_connection_is_a_loss(void **state) {
  (void)state;
  read_transport(TGR_ENET, "could not resolve host");
  check(TGR_OUTAGE_LOSS, TGR_OK, "could not resolve host");
  read_transport(TGR_ETIMEOUT, NULL);
  check(TGR_OUTAGE_LOSS, TGR_OK, "timed out");
}

static void a_body_that_is_not_json_is_a_loss(void **state) {
  (void)state;
  read_body(502, "<html>");
  check(TGR_OUTAGE_LOSS, TGR_OK, "HTTP 502, and the answer is not JSON");
  read_body(200, "[]");
  check(TGR_OUTAGE_LOSS, TGR_OK, "HTTP 200, and the answer is no JSON object");
  read_body(200, " null\n");
  check(TGR_OUTAGE_LOSS, TGR_OK, "HTTP 200, and the answer is no JSON object");
  read_body(200, "{}");
  check(TGR_OUTAGE_LOSS, TGR_OK,
        "HTTP 200, and the answer is no Bot API answer");
}

static void a_page_with_status_404_is_not_the_servers_no(void **state) {
  (void)state;
  read_body(404, "<html>no such page</html>");
  check(TGR_OUTAGE_LOSS, TGR_OK, "HTTP 404, and the answer is not JSON");
}

static void a_refusal_says_code_and_description(void **state) {
  (void)state;
  read_body(500, "{\"ok\":false,\"error_code\":500,\"description\":\"Oops\"}");
  check(TGR_OUTAGE_LOSS, TGR_OK, "500 Oops");
  read_body(500, "{\"ok\":false,\"error_code\":500}");
  check(TGR_OUTAGE_LOSS, TGR_OK, "500");
}

static void a_refused_token_is_fatal(void **state) {
  (void)state;
  read_body(401, "{\"ok\":false,\"error_code\":401,\"description\":\"Nope\"}");
  check(TGR_OUTAGE_LOSS, TGR_EAUTH, "401 Nope");
  read_body(404, "{\"ok\":false,\"error_code\":404,\"description\":\"Nope\"}");
  check(TGR_OUTAGE_LOSS, TGR_EAUTH, "404 Nope");
}

static void a_flood_has_the_time_to_wait(void **state) {
  (void)state;
  read_body(429, "{\"ok\":false,\"error_code\":429,\"description\":\"Slow\","
                 "\"parameters\":{\"retry_after\":35}}");
  check(TGR_OUTAGE_FLOOD, TGR_OK, "429 Slow");
  assert_int_equal(refusal.retry_after_s, 35);
  read_body(429, "{\"ok\":false,\"error_code\":429,\"description\":\"Slow\"}");
  check(TGR_OUTAGE_LOSS, TGR_OK, "429 Slow");
}

static void the_two_conflicts_are_told_apart(void **state) {
  (void)state;
  read_body(409, "{\"ok\":false,\"error_code\":409,\"description\":"
                 "\"Conflict: terminated by other getUpdates request\"}");
  check(TGR_OUTAGE_CONFLICT, TGR_OK,
        "409 Conflict: terminated by other getUpdates request");
  read_body(409, "{\"ok\":false,\"error_code\":409,\"description\":"
                 "\"Conflict: webhook is active\"}");
  check(TGR_OUTAGE_CONFLICT, TGR_ECONFLICT, "409 Conflict: webhook is active");
  assert_non_null(strstr(refusal.error.text, "deleteWebhook"));
}

static void a_long_description_is_cut(void **state) {
  (void)state;
  char body[700] = "{\"ok\":false,\"error_code\":400,\"description\":\"";
  memset(body + strlen(body), 'x', 480);
  strcat(body, "\"}");
  read_body(400, body);
  assert_in_range(strlen(refusal.reason), 100, TGR_REFUSAL_REASON_MAX - 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_broken_connection_is_a_loss),
      cmocka_unit_test(a_body_that_is_not_json_is_a_loss),
      cmocka_unit_test(a_page_with_status_404_is_not_the_servers_no),
      cmocka_unit_test(a_refusal_says_code_and_description),
      cmocka_unit_test(a_refused_token_is_fatal),
      cmocka_unit_test(a_flood_has_the_time_to_wait),
      cmocka_unit_test(the_two_conflicts_are_told_apart),
      cmocka_unit_test(a_long_description_is_cut),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
