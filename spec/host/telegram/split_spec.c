#include "telegram/split.h"

#include "split_batch.h"
#include "telegram/kinds.h"

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
      cmocka_unit_test(no_callback_is_needed),
      cmocka_unit_test(running_out_of_memory_appends_nothing),
      cmocka_unit_test(one_update_becomes_one_task),
      cmocka_unit_test(what_is_not_one_update_is_refused),
      cmocka_unit_test(the_members_of_an_update_are_marked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
