#include "telegram/split.h"

#include "support/spec.h"
#include "support/spec_mem.h"
#include "telegram/kinds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOST_MAX = 8 };

/* One split with all it reported. */
struct batch {
  struct spec_mem mem;
  struct tgr_list tasks;
  struct tgr_answer answer;
  struct tgr_split_report report;
  struct tgr_error error;
  struct tgr_split_loss lost[LOST_MAX];
  size_t lost_count;
};

static void note_lost(void *user, const struct tgr_split_loss *loss) {
  struct batch *batch = user;
  if (batch->lost_count < LOST_MAX)
    batch->lost[batch->lost_count] = *loss;
  batch->lost_count++;
}

static void batch_init(struct batch *batch) {
  *batch = (struct batch){0};
  spec_mem_init(&batch->mem);
  tgr_list_init(&batch->tasks);
  batch->report.lost = note_lost;
  batch->report.user = batch;
}

static enum tgr_status split_len(struct batch *batch, const char *body,
                                 size_t len) {
  char *copy = malloc(len + (len == 0));
  memcpy(copy, body, len);
  const enum tgr_status status =
      tgr_split_updates(&batch->mem.mem, copy, len, &batch->answer,
                        &batch->tasks, &batch->report, &batch->error);
  free(copy);
  return status;
}

static void split(struct batch *batch, const char *body) {
  batch_init(batch);
  if (split_len(batch, body, strlen(body)) != TGR_OK)
    fail_msg("%s", batch->error.text);
  assert_int_equal(batch->lost_count, batch->report.lost_count);
}

static struct tgr_task *take(struct batch *batch) {
  struct tgr_link *link = tgr_list_take(&batch->tasks);
  return link == NULL ? NULL : TGR_CONTAINER_OF(link, struct tgr_task, link);
}

/* The next task must be this one; it is released. */
static void assert_task(struct batch *batch, int64_t update_id,
                        const char *raw) {
  struct tgr_task *task = take(batch);
  assert_non_null(task);
  assert_true(task->update_id == update_id);
  if (raw != NULL) {
    assert_string_equal(task->raw, raw);
    assert_int_equal(task->raw_len, strlen(raw));
  }
  tgr_task_release(task);
}

static void assert_lost(const struct batch *batch, size_t n, int64_t update_id,
                        size_t position, const char *reason) {
  assert_true(n < batch->lost_count);
  assert_true(batch->lost[n].has_update_id);
  assert_true(batch->lost[n].update_id == update_id);
  assert_int_equal(batch->lost[n].position, position);
  assert_string_equal(batch->lost[n].reason, reason);
}

static void batch_deinit(struct batch *batch) {
  assert_null(take(batch));
  assert_int_equal(batch->mem.live, 0);
}

#define UNMATCHED "its brackets, quotes, commas or colons do not match"

static void updates_become_tasks_in_order(void **state) {
  (void)state;
  struct batch batch;
  split(&batch,
        "{\"ok\":true,\"result\":[{\"update_id\":10,\"message\":{\"from\":{"
        "\"id\":5},\"chat\":{\"id\":-1001234567890},\"text\":\"}]\"}},\n"
        "{\"update_id\":11,\"poll\":{}} , {\"update_id\":3,\"new\":1}]}");
  struct tgr_task *task = take(&batch);
  assert_non_null(task);
  assert_int_equal(task->update_id, 10);
  assert_int_equal(task->kind, TGR_KIND_MESSAGE);
  assert_true(task->has_chat && task->chat_id == INT64_C(-1001234567890));
  assert_true(task->has_user && task->user_id == 5);
  assert_string_equal(task->raw,
                      "{\"update_id\":10,\"message\":{\"from\":{\"id\":5},"
                      "\"chat\":{\"id\":-1001234567890},\"text\":\"}]\"}}");
  tgr_task_release(task);
  task = take(&batch);
  assert_int_equal(task->kind, TGR_KIND_POLL);
  assert_false(task->has_chat || task->has_user);
  tgr_task_release(task);
  task = take(&batch);
  assert_int_equal(task->kind, TGR_KIND_UNKNOWN);
  tgr_task_release(task);
  assert_int_equal(batch.report.taken_count, 3);
  assert_int_equal(batch.report.lost_count, 0);
  assert_true(batch.report.has_last_id);
  assert_int_equal(batch.report.last_id, 3);
  batch_deinit(&batch);
}

static void an_empty_batch_is_empty(void **state) {
  (void)state;
  struct batch batch;
  split(&batch, "{\"result\":[ ],\"ok\":true}");
  assert_int_equal(batch.report.taken_count, 0);
  assert_false(batch.report.has_last_id);
  batch_deinit(&batch);
}

static void tasks_are_appended_to_what_is_there(void **state) {
  (void)state;
  struct batch batch;
  split(&batch, "{\"ok\":true,\"result\":[{\"update_id\":1}]}");
  static const char more[] = "{\"ok\":true,\"result\":[{\"update_id\":2}]}";
  assert_int_equal(split_len(&batch, more, sizeof more - 1), TGR_OK);
  assert_task(&batch, 1, NULL);
  assert_task(&batch, 2, NULL);
  batch_deinit(&batch);
}

static void a_refusal_of_the_server_is_passed_on(void **state) {
  (void)state;
  struct batch batch;
  batch_init(&batch);
  static const char body[] =
      "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many "
      "Requests\",\"parameters\":{\"retry_after\":7}}";
  assert_int_equal(split_len(&batch, body, sizeof body - 1), TGR_EPROTO);
  assert_false(batch.answer.ok);
  assert_int_equal(batch.answer.error_code, 429);
  assert_int_equal(batch.answer.retry_after_s, 7);
  assert_string_equal(batch.error.text,
                      "getUpdates: Too Many Requests (error 429)");
  batch_deinit(&batch);
}

static void a_result_that_is_no_list_is_refused(void **state) {
  (void)state;
  static const char *const bodies[] = {
      "{\"ok\":true}", "{\"ok\":true,\"result\":true}",
      "{\"ok\":true,\"result\":{\"update_id\":1}}", "{\"result\":[]}"};
  for (size_t n = 0; n < sizeof bodies / sizeof *bodies; n++) {
    struct batch batch;
    batch_init(&batch);
    assert_int_equal(split_len(&batch, bodies[n], strlen(bodies[n])),
                     TGR_EPROTO);
    assert_int_equal(batch.answer.error_code, 0);
    batch_deinit(&batch);
  }
}

static void a_body_that_is_cut_off_anywhere_is_refused(void **state) {
  (void)state;
  static const char body[] =
      "{\"ok\":true,\"result\":[{\"update_id\":1,\"message\":{\"chat\":{\"id\":"
      "-1},\"text\":\"a\\\"b\",\"entities\":[{\"a\":[1,[2]]},{}]}},{\"update_"
      "id\":2,\"message\":{\"photo\":[[],{\"x\":[]}],\"y\":{}}}]}";
  for (size_t len = 0; len < sizeof body - 1; len++) {
    struct batch batch;
    batch_init(&batch);
    assert_int_equal(split_len(&batch, body, len), TGR_ESYNTAX);
    assert_int_equal(batch.lost_count, 0);
    batch_deinit(&batch);
  }
  struct batch batch;
  split(&batch, body);
  assert_task(&batch, 1, NULL);
  assert_task(&batch, 2, NULL);
  batch_deinit(&batch);
}

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

static void no_callback_is_needed(void **state) {
  (void)state;
  struct batch batch;
  batch_init(&batch);
  batch.report.lost = NULL;
  static const char body[] = "{\"ok\":true,\"result\":[1]}";
  assert_int_equal(split_len(&batch, body, sizeof body - 1), TGR_OK);
  assert_int_equal(batch.report.lost_count, 1);
  batch_deinit(&batch);
}

static void running_out_of_memory_appends_nothing(void **state) {
  (void)state;
  static const char body[] = "{\"ok\":true,\"result\":[{\"update_id\":1},"
                             "{\"update_id\":2},{\"update_id\":3}]}";
  for (long at = 1; at <= 4; at++) {
    struct batch batch;
    batch_init(&batch);
    batch.mem.fail_at = at;
    assert_int_equal(split_len(&batch, body, sizeof body - 1),
                     at <= 3 ? TGR_ENOMEM : TGR_OK);
    if (at == 4)
      for (int n = 1; n <= 3; n++)
        assert_task(&batch, n, NULL);
    batch_deinit(&batch);
  }
}

static void one_update_becomes_one_task(void **state) {
  (void)state;
  struct spec_mem mem;
  struct tgr_task *task = NULL;
  spec_mem_init(&mem);
  static const char json[] =
      " {\"update_id\":7,\"callback_query\":{\"from\":{\"id\":5}}} \n";
  assert_int_equal(tgr_split_one(&mem.mem, json, sizeof json - 1, &task, NULL),
                   TGR_OK);
  assert_int_equal(task->update_id, 7);
  assert_int_equal(task->kind, TGR_KIND_CALLBACK_QUERY);
  assert_true(task->has_user && task->user_id == 5);
  assert_string_equal(
      task->raw, "{\"update_id\":7,\"callback_query\":{\"from\":{\"id\":5}}}");
  tgr_task_release(task);
  assert_int_equal(mem.live, 0);
}

static void what_is_not_one_update_is_refused(void **state) {
  (void)state;
  static const struct {
    const char *json;
    enum tgr_status status;
  } cases[] = {{"", TGR_ESYNTAX},
               {"[]", TGR_ESYNTAX},
               {"{\"update_id\":1}x", TGR_ESYNTAX},
               {"{\"update_id\":1", TGR_ESYNTAX},
               {"{\"update_id\":\"1\"}", TGR_EINVAL},
               {"{}", TGR_EINVAL}};
  struct tgr_task *task = NULL;
  for (size_t n = 0; n < sizeof cases / sizeof *cases; n++) {
    struct tgr_error error = {0};
    assert_int_equal(tgr_split_one(&tgr_mem_libc, cases[n].json,
                                   strlen(cases[n].json), &task, &error),
                     cases[n].status);
    assert_int_equal(error.status, cases[n].status);
    assert_null(task);
  }
  struct spec_mem mem;
  spec_mem_init(&mem);
  mem.fail_at = 1;
  assert_int_equal(
      tgr_split_one(&mem.mem, "{\"update_id\":1}", 15, &task, NULL),
      TGR_ENOMEM);
  assert_null(task);
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

static const char *key_of(const struct tgr_task *task, unsigned n, int *len) {
  const struct tgr_task_mark mark = tgr_task_marks(task)[n];
  *len = (int)(mark.value_at - mark.key_at - 2);
  return task->raw + mark.key_at;
}

static void the_members_of_an_update_are_marked(void **state) {
  (void)state;
  struct batch batch;
  int len = 0;
  split(&batch, "{\"ok\":true,\"result\":[{\"update_id\":1,\"message\":{"
                "\"chat\":{\"id\":5},\"text\":\"a\"}},{\"update_id\":2,"
                "\"message\":{\"te\\u0078t\":\"a\"}},{\"update_id\":3,"
                "\"message\":{\"text\" :\"a\"}}]}");
  struct tgr_task *task = take(&batch);
  assert_int_equal(task->mark_count, 2);
  assert_memory_equal(key_of(task, 0, &len), "chat", 4);
  assert_int_equal(len, 4);
  assert_memory_equal(key_of(task, 1, &len), "text", 4);
  assert_int_equal(task->raw[tgr_task_marks(task)[1].value_at], '"');
  tgr_task_release(task);
  for (int n = 0; n < 2; n++) {
    task = take(&batch);
    assert_int_equal(task->mark_count, 0);
    tgr_task_release(task);
  }
  assert_int_equal(batch.mem.live, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(updates_become_tasks_in_order),
      cmocka_unit_test(an_empty_batch_is_empty),
      cmocka_unit_test(tasks_are_appended_to_what_is_there),
      cmocka_unit_test(a_refusal_of_the_server_is_passed_on),
      cmocka_unit_test(a_result_that_is_no_list_is_refused),
      cmocka_unit_test(a_body_that_is_cut_off_anywhere_is_refused),
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
      cmocka_unit_test(no_callback_is_needed),
      cmocka_unit_test(running_out_of_memory_appends_nothing),
      cmocka_unit_test(one_update_becomes_one_task),
      cmocka_unit_test(what_is_not_one_update_is_refused),
      cmocka_unit_test(where_the_list_ends_is_guessed_rightly_or_not_at_all),
      cmocka_unit_test(the_members_of_an_update_are_marked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
