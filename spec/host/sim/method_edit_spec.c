#include "sim_fixture.h"

static void send_one(struct sim_fixture *it) {
  sim_call(it, "sendMessage",
           "{\"chat_id\":5,\"text\":\"old\",\"reply_markup\":{\"inline_"
           "keyboard\":[[]]}}");
  assert_int_equal(sim_int(sim_result(it), "message_id"), 1);
}

static void an_edit_answers_the_changed_message(void **state) {
  struct sim_fixture *it = *state;
  send_one(it);
  sim_call(it, "editMessageText",
           "{\"chat_id\":5,\"message_id\":1,\"text\":\"new\"}");
  assert_string_equal(sim_text(sim_result(it), "text"), "new");
  assert_true(sim_int(sim_result(it), "edit_date") > 0);
  assert_null(json_object_get(sim_result(it), "reply_markup"));
  sim_call(it, "editMessageReplyMarkup",
           "{\"chat_id\":5,\"message_id\":1,\"reply_markup\":{\"inline_"
           "keyboard\":[[]]}}");
  assert_string_equal(sim_text(sim_result(it), "text"), "new");
  assert_non_null(json_object_get(sim_result(it), "reply_markup"));
}

static void an_edit_that_changes_nothing_is_refused(void **state) {
  struct sim_fixture *it = *state;
  send_one(it);
  assert_int_equal(
      sim_call(it, "editMessageText",
               "{\"chat_id\":5,\"message_id\":1,\"text\":\"old\",\"reply_"
               "markup\":{\"inline_keyboard\":[[]]}}"),
      400);
  assert_non_null(strstr(sim_description(it), "message is not modified"));
}

static void a_message_nobody_knows_is_made_up(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(sim_call(it, "editMessageCaption",
                            "{\"chat_id\":5,\"message_id\":77,\"caption\":"
                            "\"c\"}"),
                   200);
  assert_int_equal(sim_int(sim_result(it), "message_id"), 77);
  assert_string_equal(sim_text(sim_result(it), "caption"), "c");
}

static void an_inline_message_is_answered_with_true(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "editMessageText",
           "{\"inline_message_id\":\"i\",\"text\":\"x\"}");
  assert_true(json_is_true(sim_result(it)));
}

static void media_is_replaced(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "sendPhoto", "{\"chat_id\":5,\"photo\":\"a\"}");
  sim_call(it, "editMessageMedia",
           "{\"chat_id\":5,\"message_id\":1,\"media\":{\"type\":\"video\","
           "\"media\":\"b\"}}");
  assert_null(json_object_get(sim_result(it), "photo"));
  assert_non_null(json_object_get(sim_result(it), "video"));
}

static void a_deleted_message_is_gone(void **state) {
  struct sim_fixture *it = *state;
  send_one(it);
  sim_call(it, "deleteMessage", "{\"chat_id\":5,\"message_id\":1}");
  assert_true(json_is_true(sim_result(it)));
  assert_int_equal(
      sim_call(it, "deleteMessage", "{\"chat_id\":5,\"message_id\":1}"), 400);
  assert_string_equal(sim_description(it),
                      "Bad Request: message to delete not found");
  assert_int_equal(sim_call(it, "editMessageText",
                            "{\"chat_id\":5,\"message_id\":1,\"text\":\"x\"}"),
                   400);
  assert_string_equal(sim_description(it),
                      "Bad Request: message to edit not found");
}

static void several_messages_are_deleted_at_once(void **state) {
  struct sim_fixture *it = *state;
  send_one(it);
  sim_call(it, "deleteMessages", "{\"chat_id\":5,\"message_ids\":\"[1,2]\"}");
  assert_true(json_is_true(sim_result(it)));
  assert_int_equal(
      sim_call(it, "deleteMessage", "{\"chat_id\":5,\"message_id\":1}"), 400);
}

static void edits_name_what_they_miss(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "editMessageText", "{\"chat_id\":5,\"message_id\":1}");
  assert_string_equal(sim_description(it),
                      "Bad Request: message text is empty");
  sim_call(it, "editMessageText", "{\"chat_id\":5,\"text\":\"x\"}");
  assert_string_equal(sim_description(it),
                      "Bad Request: message identifier is not specified");
}

static void a_stopped_poll_is_closed(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "sendPoll",
           "{\"chat_id\":5,\"question\":\"q\",\"options\":[\"a\",\"b\"]}");
  sim_call(it, "stopPoll", "{\"chat_id\":5,\"message_id\":1}");
  assert_string_equal(sim_text(sim_result(it), "question"), "q");
  assert_true(json_is_true(json_object_get(sim_result(it), "is_closed")));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sim_test(an_edit_answers_the_changed_message),
      sim_test(an_edit_that_changes_nothing_is_refused),
      sim_test(a_message_nobody_knows_is_made_up),
      sim_test(an_inline_message_is_answered_with_true),
      sim_test(media_is_replaced),
      sim_test(a_deleted_message_is_gone),
      sim_test(several_messages_are_deleted_at_once),
      sim_test(edits_name_what_they_miss),
      sim_test(a_stopped_poll_is_closed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
