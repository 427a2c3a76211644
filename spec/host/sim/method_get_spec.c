#include "sim_fixture.h"

static void get_me_answers_the_bot_of_the_token(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "getMe", "{}");
  assert_int_equal(sim_int(sim_result(it), "id"),
                   strtoll(tgr_sim_token(it->sim), NULL, 10));
  assert_true(json_is_true(json_object_get(sim_result(it), "is_bot")));
}

static void get_chat_knows_the_chats_of_updates(void **state) {
  struct sim_fixture *it = *state;
  sim_post(it, "/sim/updates",
           "{\"message\":{\"message_id\":1,\"chat\":{\"id\":-9,\"type\":"
           "\"group\",\"title\":\"Ours\"}}}");
  sim_call(it, "getChat", "{\"chat_id\":\"-9\"}");
  assert_string_equal(sim_text(sim_result(it), "title"), "Ours");
}

static void members_have_a_status(void **state) {
  struct sim_fixture *it = *state;
  char body[100];
  sim_call(it, "getChatMember", "{\"chat_id\":-9,\"user_id\":5}");
  assert_string_equal(sim_text(sim_result(it), "status"), "member");
  snprintf(body, sizeof body, "{\"chat_id\":-9,\"user_id\":%lld}",
           strtoll(tgr_sim_token(it->sim), NULL, 10));
  sim_call(it, "getChatMember", body);
  assert_string_equal(sim_text(sim_result(it), "status"), "administrator");
  assert_int_equal(sim_call(it, "getChatMember", "{\"chat_id\":-9}"), 400);
  assert_string_equal(sim_description(it),
                      "Bad Request: invalid user_id specified");
  sim_call(it, "getChatAdministrators", "{\"chat_id\":-9}");
  assert_int_equal(json_array_size(sim_result(it)), 1);
}

static void a_file_nobody_uploaded_can_be_downloaded_too(void **state) {
  struct sim_fixture *it = *state;
  char path[400];
  sim_call(it, "getFile", "{\"file_id\":\"AgACxyz\"}");
  snprintf(path, sizeof path, "/file/bot%s/%s", tgr_sim_token(it->sim),
           sim_text(sim_result(it), "file_path"));
  assert_int_equal(sim_get(it, path), 200);
  assert_string_equal(it->http.body, "simulated file AgACxyz\n");
}

static void bad_file_ids_are_refused(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(sim_call(it, "getFile", "{}"), 400);
  assert_string_equal(sim_description(it),
                      "Bad Request: file_id not specified");
  assert_int_equal(sim_call(it, "getFile", "{\"file_id\":\"../x\"}"), 400);
  assert_string_equal(sim_description(it), "Bad Request: invalid file_id");
}

static void webhook_info_counts_pending_updates(void **state) {
  struct sim_fixture *it = *state;
  sim_feed(it, 3);
  sim_call(it, "getUpdates", "{\"allowed_updates\":[\"message\"]}");
  sim_call(it, "getWebhookInfo", "{}");
  assert_string_equal(sim_text(sim_result(it), "url"), "");
  assert_int_equal(sim_int(sim_result(it), "pending_update_count"), 3);
  assert_int_equal(
      json_array_size(json_object_get(sim_result(it), "allowed_updates")), 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sim_test(get_me_answers_the_bot_of_the_token),
      sim_test(get_chat_knows_the_chats_of_updates),
      sim_test(members_have_a_status),
      sim_test(a_file_nobody_uploaded_can_be_downloaded_too),
      sim_test(bad_file_ids_are_refused),
      sim_test(webhook_info_counts_pending_updates),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
