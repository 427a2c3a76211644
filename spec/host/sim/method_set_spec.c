#include "sim_fixture.h"

static void what_is_set_can_be_asked_for_by_scope(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "setMyCommands",
           "{\"commands\":[{\"command\":\"a\",\"description\":\"b\"}],"
           "\"language_code\":\"de\"}");
  assert_true(json_is_true(sim_result(it)));
  sim_call(it, "getMyCommands", "{}");
  assert_int_equal(json_array_size(sim_result(it)), 0);
  sim_call(it, "getMyCommands", "{\"language_code\":\"de\"}");
  assert_int_equal(json_array_size(sim_result(it)), 1);
  sim_call(it, "deleteMyCommands", "{\"language_code\":\"de\"}");
  sim_call(it, "getMyCommands", "{\"language_code\":\"de\"}");
  assert_int_equal(json_array_size(sim_result(it)), 0);
  sim_call(it, "setMyName", "{\"name\":\"N\"}");
  sim_call(it, "getMyName", "{}");
  assert_string_equal(sim_text(sim_result(it), "name"), "N");
}

static void texts_stay_texts(void **state) {
  struct sim_fixture *it = *state;
  static const char *const names[] = {"123", "true", "null", "[1]", "{}"};
  char body[64];
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    snprintf(body, sizeof body, "{\"name\":\"%s\"}", names[i]);
    sim_call(it, "setMyName", body);
    sim_call(it, "getMyName", "{}");
    assert_string_equal(sim_text(sim_result(it), "name"), names[i]);
  }
  sim_call(it, "setMyName", "{\"name\":\"\"}");
  sim_call(it, "getMyName", "{}");
  assert_string_equal(sim_text(sim_result(it), "name"), "Simulated bot");
}

static void commands_are_a_list_and_a_menu_button_an_object(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(sim_call(it, "setMyCommands", "{\"commands\":\"foo\"}"),
                   400);
  assert_string_equal(sim_description(it),
                      "Bad Request: expected an Array of BotCommand");
  assert_int_equal(sim_call(it, "setMyCommands", "{\"commands\":{}}"), 400);
  sim_call(it, "getMyCommands", "{}");
  assert_int_equal(json_array_size(sim_result(it)), 0);
  assert_int_equal(sim_call(it, "setChatMenuButton", "{\"menu_button\":\"x\"}"),
                   400);
  sim_call(it, "setChatMenuButton",
           "{\"menu_button\":\"{\\\"type\\\":\\\"default\\\"}\"}");
  sim_call(it, "getChatMenuButton", "{}");
  assert_string_equal(sim_text(sim_result(it), "type"), "default");
}

static void pending_updates_are_dropped_on_request(void **state) {
  struct sim_fixture *it = *state;
  sim_feed(it, 3);
  sim_call(it, "deleteWebhook", "{}");
  assert_int_equal(sim_stat(it, "queued"), 3);
  sim_call(it, "deleteWebhook", "{\"drop_pending_updates\":true}");
  assert_int_equal(sim_stat(it, "queued"), 0);
  sim_feed(it, 3);
  sim_call(it, "setWebhook",
           "{\"url\":\"https://a.b/\",\"drop_pending_updates\":\"True\"}");
  assert_int_equal(sim_stat(it, "queued"), 0);
}

static void a_webhook_needs_https(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(sim_call(it, "setWebhook", "{\"url\":\"http://a.b/\"}"),
                   400);
  assert_non_null(strstr(sim_description(it), "HTTPS URL must be provided"));
  sim_call(it, "getWebhookInfo", "{}");
  assert_string_equal(sim_text(sim_result(it), "url"), "");
}

static void an_empty_url_removes_the_webhook(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "setWebhook", "{\"url\":\"https://a.b/\"}");
  sim_call(it, "setWebhook", "{\"url\":\"\"}");
  assert_int_equal(sim_call(it, "getUpdates", "{}"), 200);
}

static void a_webhook_sets_the_wanted_kinds(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "setWebhook",
           "{\"url\":\"https://a.b/\",\"allowed_updates\":\"[\\\"poll\\\"]\"}");
  sim_post(it, "/sim/updates", "[{\"poll\":{}},{\"message\":{}}]");
  assert_int_equal(sim_stat(it, "queued"), 1);
}

static void links_and_topics_are_made(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "createChatInviteLink", "{\"chat_id\":-9}");
  assert_non_null(strstr(sim_text(sim_result(it), "invite_link"), "t.me"));
  sim_call(it, "revokeChatInviteLink",
           "{\"chat_id\":-9,\"invite_link\":\"l\"}");
  assert_true(json_is_true(json_object_get(sim_result(it), "is_revoked")));
  sim_call(it, "createForumTopic", "{\"chat_id\":-9,\"name\":\"T\"}");
  assert_string_equal(sim_text(sim_result(it), "name"), "T");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sim_test(what_is_set_can_be_asked_for_by_scope),
      sim_test(texts_stay_texts),
      sim_test(commands_are_a_list_and_a_menu_button_an_object),
      sim_test(pending_updates_are_dropped_on_request),
      sim_test(a_webhook_needs_https),
      sim_test(an_empty_url_removes_the_webhook),
      sim_test(a_webhook_sets_the_wanted_kinds),
      sim_test(links_and_topics_are_made),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
