#include "sim_fixture.h"

static void a_message_has_what_was_sent(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(
      sim_call(it, "sendMessage",
               "{\"chat_id\":-1001234567890,\"text\":\"hi /x\",\"entities\":[{"
               "\"type\":\"bold\",\"offset\":0,\"length\":2}],"
               "\"message_thread_id\":4,\"reply_markup\":{\"inline_keyboard\":"
               "[[{\"text\":\"a\",\"callback_data\":\"b\"}]]}}"),
      200);
  json_t *message = sim_result(it);
  assert_string_equal(sim_text(message, "text"), "hi /x");
  assert_int_equal(json_array_size(json_object_get(message, "entities")), 1);
  assert_int_equal(sim_int(message, "message_thread_id"), 4);
  assert_non_null(json_object_get(message, "reply_markup"));
  assert_int_equal(sim_int(json_object_get(message, "chat"), "id"),
                   -1001234567890);
  assert_true(json_is_true(
      json_object_get(json_object_get(message, "from"), "is_bot")));
  assert_true(sim_int(message, "date") > 1000000000);
}

static void missing_parameters_are_named(void **state) {
  struct sim_fixture *it = *state;
  static const char *const cases[][3] = {
      {"sendMessage", "{\"chat_id\":5}", "Bad Request: message text is empty"},
      {"sendMessage", "{\"text\":\"x\"}", "Bad Request: chat_id is empty"},
      {"sendMessage", "{\"chat_id\":\"me\",\"text\":\"x\"}",
       "Bad Request: chat not found"},
      {"sendPhoto", "{\"chat_id\":5}",
       "Bad Request: there is no photo in the request"},
      {"sendPhoto", "{\"chat_id\":5,\"photo\":\"attach://none\"}",
       "Bad Request: there is no photo in the request"},
      {"sendVideoNote", "{\"chat_id\":5}",
       "Bad Request: there is no video_note in the request"},
      {"sendMediaGroup", "{\"chat_id\":5,\"media\":\"[\"}",
       "Bad Request: can't parse media JSON array"},
      {"sendPoll", "{\"chat_id\":5}",
       "Bad Request: poll question must be non-empty"},
      {"copyMessage", "{\"chat_id\":5,\"from_chat_id\":6}",
       "Bad Request: message identifier is not specified"},
      {"sendChatAction", "{\"chat_id\":5}",
       "Bad Request: wrong parameter action in request"},
      {"sendMessage", "{\"chat_id\":5,\"text\":\"x\",\"entities\":\"[\"}",
       "Bad Request: can't parse entities JSON array"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_int_equal(sim_call(it, cases[i][0], cases[i][1]), 400);
    assert_string_equal(sim_description(it), cases[i][2]);
  }
}

static void an_album_is_a_list_of_messages(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "sendMediaGroup",
           "{\"chat_id\":5,\"media\":[{\"type\":\"photo\",\"media\":\"a\"},"
           "{\"type\":\"video\",\"media\":\"b\",\"caption\":\"c\"}]}");
  const json_t *messages = sim_result(it);
  assert_int_equal(json_array_size(messages), 2);
  const json_t *second = json_array_get(messages, 1);
  assert_string_equal(sim_text(second, "caption"), "c");
  assert_string_equal(sim_text(second, "media_group_id"),
                      sim_text(json_array_get(messages, 0), "media_group_id"));
  assert_string_equal(sim_text(json_object_get(second, "video"), "file_id"),
                      "b");
}

static void other_kinds_have_their_part(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "sendLocation",
           "{\"chat_id\":5,\"latitude\":\"1.5\",\"longitude\":2}");
  const json_t *location = json_object_get(sim_result(it), "location");
  assert_true(json_real_value(json_object_get(location, "latitude")) == 1.5);
  sim_call(it, "sendDice", "{\"chat_id\":5}");
  const json_t *dice = json_object_get(sim_result(it), "dice");
  assert_in_range(sim_int(dice, "value"), 1, 6);
  sim_call(it, "sendPoll",
           "{\"chat_id\":5,\"question\":\"q\",\"options\":[\"a\",{\"text\":"
           "\"b\"}]}");
  const json_t *poll = json_object_get(sim_result(it), "poll");
  assert_string_equal(
      sim_text(json_array_get(json_object_get(poll, "options"), 1), "text"),
      "b");
}

static void a_copy_answers_its_id_and_a_forward_the_message(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "sendMessage", "{\"chat_id\":5,\"text\":\"mine\"}");
  sim_call(it, "copyMessage",
           "{\"chat_id\":6,\"from_chat_id\":5,\"message_id\":1}");
  assert_int_equal(sim_int(sim_result(it), "message_id"), 2);
  assert_null(json_object_get(sim_result(it), "text"));
  sim_call(it, "forwardMessage",
           "{\"chat_id\":6,\"from_chat_id\":5,\"message_id\":1}");
  assert_string_equal(sim_text(sim_result(it), "text"), "mine");
  assert_non_null(json_object_get(sim_result(it), "forward_origin"));
  sim_call(it, "forwardMessages",
           "{\"chat_id\":6,\"from_chat_id\":5,\"message_ids\":[1,2]}");
  assert_int_equal(json_array_size(sim_result(it)), 2);
}

static void a_copy_has_what_the_original_says_alone(void **state) {
  struct sim_fixture *it = *state;
  static const char *const own[] = {"message_thread_id", "reply_to_message",
                                    "has_protected_content", "edit_date",
                                    "reply_markup"};
  sim_call(it, "sendMessage", "{\"chat_id\":5,\"text\":\"first\"}");
  sim_call(it, "sendMessage",
           "{\"chat_id\":5,\"text\":\"a\",\"message_thread_id\":3,"
           "\"protect_content\":true,\"reply_parameters\":{\"message_id\":1},"
           "\"reply_markup\":{\"inline_keyboard\":[]}}");
  sim_call(it, "editMessageText",
           "{\"chat_id\":5,\"message_id\":2,\"text\":\"b\",\"reply_markup\":{"
           "\"inline_keyboard\":[]}}");
  for (size_t i = 0; i < sizeof own / sizeof *own; i++)
    assert_non_null(json_object_get(sim_result(it), own[i]));
  sim_call(it, "forwardMessage",
           "{\"chat_id\":6,\"from_chat_id\":5,\"message_id\":2}");
  assert_string_equal(sim_text(sim_result(it), "text"), "b");
  for (size_t i = 0; i < sizeof own / sizeof *own; i++)
    assert_null(json_object_get(sim_result(it), own[i]));
}

static void what_was_deleted_is_not_copied(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "sendMessage", "{\"chat_id\":5,\"text\":\"x\"}");
  sim_call(it, "deleteMessage", "{\"chat_id\":5,\"message_id\":1}");
  static const char copy[] =
      "{\"chat_id\":6,\"from_chat_id\":5,\"message_id\":1}";
  assert_int_equal(sim_call(it, "forwardMessage", copy), 400);
  assert_string_equal(sim_description(it),
                      "Bad Request: message to forward not found");
  assert_int_equal(sim_call(it, "copyMessage", copy), 400);
  assert_string_equal(sim_description(it),
                      "Bad Request: message to copy not found");
  sim_call(it, "copyMessages",
           "{\"chat_id\":6,\"from_chat_id\":5,\"message_ids\":[1,99]}");
  assert_int_equal(json_array_size(sim_result(it)), 1);
}

static void what_has_the_wrong_shape_is_refused(void **state) {
  struct sim_fixture *it = *state;
  static const char *const calls[][2] = {
      {"sendMessage",
       "{\"chat_id\":5,\"text\":\"x\",\"reply_markup\":\"foo\"}"},
      {"sendMessage", "{\"chat_id\":5,\"text\":\"x\",\"reply_markup\":[]}"},
      {"sendMessage", "{\"chat_id\":5,\"text\":\" \\n\"}"},
      {"sendLocation", "{\"chat_id\":5,\"latitude\":\"x\",\"longitude\":2}"},
      {"sendVenue", "{\"chat_id\":5,\"latitude\":1,\"longitude\":true,"
                    "\"title\":\"t\",\"address\":\"a\"}"},
  };
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
    assert_int_equal(sim_call(it, calls[i][0], calls[i][1]), 400);
  sim_call(it, "sendPhoto",
           "{\"chat_id\":5,\"photo\":\"f\",\"caption\":\" \"}");
  assert_int_equal(it->http.status, 200);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sim_test(a_message_has_what_was_sent),
      sim_test(missing_parameters_are_named),
      sim_test(an_album_is_a_list_of_messages),
      sim_test(other_kinds_have_their_part),
      sim_test(a_copy_answers_its_id_and_a_forward_the_message),
      sim_test(a_copy_has_what_the_original_says_alone),
      sim_test(what_was_deleted_is_not_copied),
      sim_test(what_has_the_wrong_shape_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
