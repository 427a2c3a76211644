/* What is wrong with one update loses that one, and no other. */
#include "split_batch.h"

#include <stdio.h>

#define UNMATCHED "its brackets, quotes, commas or colons do not match"

/* The second of three updates is `update`; the others must come through. */
static void assert_only_the_second_is_lost(const char *update, bool has_id,
                                           const char *reason) {
  char body[2048];
  struct batch batch;
  snprintf(body, sizeof body,
           "{\"ok\":true,\"result\":[{\"update_id\":1,\"message\":{\"a\":[1]}},"
           "%s,{\"update_id\":3,\"poll\":{\"b\":\"[]{}\"}}]}",
           update);
  split(&batch, body);
  assert_int_equal(batch.lost_count, 1);
  assert_int_equal(batch.lost[0].has_update_id, has_id);
  if (has_id)
    assert_int_equal(batch.lost[0].update_id, 2);
  assert_int_equal(batch.lost[0].position, 2);
  assert_string_equal(batch.lost[0].reason, reason);
  assert_task(&batch, 1, "{\"update_id\":1,\"message\":{\"a\":[1]}}");
  assert_task(&batch, 3, "{\"update_id\":3,\"poll\":{\"b\":\"[]{}\"}}");
  assert_int_equal(batch.report.last_id, 3);
  batch_deinit(&batch);
}

static void what_is_no_update_loses_only_itself(void **state) {
  (void)state;
  assert_only_the_second_is_lost("5", false, "it is no object");
  assert_only_the_second_is_lost("null", false, "it is no object");
  assert_only_the_second_is_lost("[{\"update_id\":2}]", false,
                                 "it is no object");
  assert_only_the_second_is_lost("\"},{\"", false, "it is no object");
  assert_only_the_second_is_lost("{}", false, "it has no update_id");
  assert_only_the_second_is_lost("{\"message\":{}}", false,
                                 "it has no update_id");
  assert_only_the_second_is_lost("{\"update_id\":1.5}", false,
                                 "it has no update_id");
}

static void an_update_nested_too_deep_loses_only_itself(void **state) {
  (void)state;
  char update[512] = "{\"update_id\":2,\"message\":{\"x\":";
  const size_t len = strlen(update);
  memset(update + len, '[', 100);
  memset(update + len + 100, ']', 100);
  strcpy(update + len + 200, "}}");
  assert_only_the_second_is_lost(update, true,
                                 "it is nested deeper than 64 levels");
}

static void a_torn_update_loses_only_itself(void **state) {
  (void)state;
  static const char *const updates[] = {
      "{\"update_id\":2,\"message\":{\"chat\":{\"id\":1}}",
      "{\"update_id\":2,\"message\":{\"chat\":{\"id\":1}",
      "{\"update_id\":2,\"message\":{\"chat\":{\"id\":1",
      "{\"update_id\":2,\"message\":{\"chat\":{\"id\":1},\"x\":[1,2}}",
      "{\"update_id\":2,\"message\":{\"chat\":{\"id\":1},\"x\":1]}}",
      "{\"update_id\":2,\"message\":{\"text\":\"abc}}",
      "{\"update_id\":2,\"message\":{\"text\":abc\"}}",
      "{\"update_id\":2,\"message\":{\"text:\"abc\"}}",
      "{\"update_id\":2,\"message\":{\"text\"\"abc\"}}",
      "{\"update_id\":2 \"message\":{\"text\":\"abc\"}}",
      "{\"update_id\":2,\"message\":{\"a\":1 \"text\":\"abc\"}}",
      "{\"update_id\":2,\"message\":{,}}",
      "{\"update_id\":2,\"message\":{\"text\":\"a\\\"}}",
      "{\"update_id\":2,",
      "{\"update_id\":2"};
  for (size_t n = 0; n < sizeof updates / sizeof *updates; n++)
    assert_only_the_second_is_lost(updates[n], true, UNMATCHED);
}

static void a_torn_update_may_be_the_first_or_the_last(void **state) {
  (void)state;
  struct batch batch;
  split(&batch, "{\"ok\":true,\"result\":[{\"update_id\":1,\"x\":\"a},"
                "{\"update_id\":2},{\"update_id\":3,\"y\":\"b}]}");
  assert_lost(&batch, 0, 1, 1, UNMATCHED);
  assert_lost(&batch, 1, 3, 3, UNMATCHED);
  assert_int_equal(batch.lost_count, 2);
  assert_int_equal(batch.report.last_id, 3);
  assert_task(&batch, 2, "{\"update_id\":2}");
  batch_deinit(&batch);
}

static void a_surplus_bracket_is_reported_and_nothing_else_lost(void **state) {
  (void)state;
  static const char *const stray[] = {"}", "]", "}}", "\"", "x"};
  for (size_t n = 0; n < sizeof stray / sizeof *stray; n++) {
    char body[256];
    struct batch batch;
    snprintf(body, sizeof body,
             "{\"ok\":true,\"result\":[{\"update_id\":1}%s,"
             "{\"update_id\":2}]}",
             stray[n]);
    split(&batch, body);
    assert_int_equal(batch.lost_count, 1);
    assert_false(batch.lost[0].has_update_id);
    assert_string_equal(batch.lost[0].reason,
                        "there is something else between two updates");
    assert_task(&batch, 1, "{\"update_id\":1}");
    assert_task(&batch, 2, "{\"update_id\":2}");
    batch_deinit(&batch);
  }
}

static void a_missing_comma_loses_nothing(void **state) {
  (void)state;
  struct batch batch;
  split(&batch,
        "{\"ok\":true,\"result\":[{\"update_id\":1} {\"update_id\":2}]}");
  assert_int_equal(batch.lost_count, 0);
  assert_task(&batch, 1, NULL);
  assert_task(&batch, 2, NULL);
  batch_deinit(&batch);
}

/* A quote is missing in 1 and in 4, so that all brackets seem to match. */
static void faults_that_balance_do_not_swallow_what_is_between(void **state) {
  (void)state;
  struct batch batch;
  split(&batch, "{\"ok\":true,\"result\":[{\"update_id\":1,\"x\":{\"y\":\"a}},"
                "{\"update_id\":2,\"x\":\"b\"},{\"update_id\":3,\"x\":\"c\"},"
                "{\"update_id\":4,\"x\":{\"y\":d\"}}]}");
  assert_lost(&batch, 0, 1, 1, UNMATCHED);
  assert_task(&batch, 2, "{\"update_id\":2,\"x\":\"b\"}");
  assert_task(&batch, 3, "{\"update_id\":3,\"x\":\"c\"}");
  assert_lost(&batch, 1, 4, 4, UNMATCHED);
  batch_deinit(&batch);
}

static void an_update_inside_an_update_is_no_fault(void **state) {
  (void)state;
  struct batch batch;
  static const char update[] =
      "{\"update_id\":1,\"future\":{\"update_id\":2,\"x\":[]}}";
  char body[256];
  snprintf(body, sizeof body, "{\"ok\":true,\"result\":[%s]}", update);
  split(&batch, body);
  assert_int_equal(batch.lost_count, 0);
  assert_task(&batch, 1, update);
  batch_deinit(&batch);
}

static void the_text_of_an_update_cannot_pose_as_one(void **state) {
  (void)state;
  assert_only_the_second_is_lost("{\"update_id\":2,\"message\":{\"text\":\"{"
                                 "\\\"update_id\\\":9}\",\"x\":}}",
                                 true, UNMATCHED);
}

static void tokens_are_left_to_the_decoder(void **state) {
  (void)state;
  struct batch batch;
  static const char update[] = "{\"update_id\":1,\"message\":{\"x\":[01,tru]}}";
  char body[256];
  snprintf(body, sizeof body, "{\"ok\":true,\"result\":[%s]}", update);
  split(&batch, body);
  assert_task(&batch, 1, update);
  batch_deinit(&batch);
}

static void endless_faults_lose_the_rest_as_one_piece(void **state) {
  (void)state;
  enum { UPDATES = 300, SIZE = UPDATES * 32 };
  char *body = malloc(SIZE);
  size_t len = (size_t)sprintf(body, "{\"ok\":true,\"result\":[");
  for (int n = 0; n < UPDATES; n++)
    len += (size_t)sprintf(body + len, "{\"update_id\":%d,],", n);
  sprintf(body + len, "]}");
  struct batch batch;
  split(&batch, body);
  free(body);
  assert_int_equal(batch.lost_count, 100);
  assert_int_equal(batch.report.taken_count, 0);
  assert_int_equal(batch.report.last_id, 99);
  batch_deinit(&batch);
}

static void assert_same_batch(struct batch *a, struct batch *b,
                              const char *body) {
  struct tgr_task *one = NULL;
  assert_int_equal(a->report.taken_count, b->report.taken_count);
  assert_int_equal(a->report.has_last_id, b->report.has_last_id);
  assert_true(a->report.last_id == b->report.last_id);
  assert_int_equal(a->lost_count, b->lost_count);
  for (size_t n = 0; n < a->lost_count && n < LOST_MAX; n++)
    if (a->lost[n].position != b->lost[n].position ||
        strcmp(a->lost[n].reason, b->lost[n].reason) != 0)
      fail_msg("%s: lost at %zu and %zu", body, a->lost[n].position,
               b->lost[n].position);
  while ((one = take(a)) != NULL) {
    struct tgr_task *other = take(b);
    assert_string_equal(one->raw, other->raw);
    tgr_task_release(one);
    tgr_task_release(other);
  }
}

/* A blank at the end has the list's end sought by its brackets. */
static void where_the_list_ends_is_guessed_rightly_or_not_at_all(void **state) {
  (void)state;
  static const char whole[] =
      "{\"ok\":true,\"result\":[{\"update_id\":1,\"message\":{\"text\":\"a]}\"}"
      "},{\"update_id\":2,\"poll\":{}},{\"update_id\":3,\"message\":{\"a\":["
      "{}],\"text\":\"x\"}}]}";
  uint32_t seed = 1;
  for (int round = 0; round < 20000; round++) {
    char body[sizeof whole + 1];
    strcpy(body, whole);
    for (int n = round % 3; n > 0; n--) {
      seed = seed * 1664525u + 1013904223u;
      const size_t at = (seed >> 8) % (sizeof whole - 1);
      body[at] = "\"\\{}[],:1x "[(seed >> 4) % 11];
    }
    struct batch plain;
    struct batch sought;
    batch_init(&plain);
    batch_init(&sought);
    const enum tgr_status status = split_len(&plain, body, strlen(body));
    strcat(body, " ");
    assert_int_equal(split_len(&sought, body, strlen(body)), status);
    assert_same_batch(&plain, &sought, body);
    assert_int_equal(plain.mem.live, 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_no_update_loses_only_itself),
      cmocka_unit_test(an_update_nested_too_deep_loses_only_itself),
      cmocka_unit_test(a_torn_update_loses_only_itself),
      cmocka_unit_test(a_torn_update_may_be_the_first_or_the_last),
      cmocka_unit_test(a_surplus_bracket_is_reported_and_nothing_else_lost),
      cmocka_unit_test(a_missing_comma_loses_nothing),
      cmocka_unit_test(faults_that_balance_do_not_swallow_what_is_between),
      cmocka_unit_test(an_update_inside_an_update_is_no_fault),
      cmocka_unit_test(the_text_of_an_update_cannot_pose_as_one),
      cmocka_unit_test(tokens_are_left_to_the_decoder),
      cmocka_unit_test(endless_faults_lose_the_rest_as_one_piece),
      cmocka_unit_test(where_the_list_ends_is_guessed_rightly_or_not_at_all),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
