#include "sim_fixture.h"

static char *repeat(char *to, const char *piece, size_t times) {
  to[0] = '\0';
  for (size_t i = 0; i < times; i++)
    strcat(to, piece);
  return to;
}

static void a_file_by_url_gets_a_file_id(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "sendVideo", "{\"chat_id\":5,\"video\":\"https://a.b/c.mp4\"}");
  const json_t *video = json_object_get(sim_result(it), "video");
  assert_null(strstr(sim_text(video, "file_id"), "/"));
  assert_int_equal(sim_int(video, "duration"), 1);
}

static void only_inline_keyboards_are_shown(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "sendMessage",
           "{\"chat_id\":5,\"text\":\"x\",\"reply_markup\":{\"keyboard\":"
           "[[]]}}");
  assert_null(json_object_get(sim_result(it), "reply_markup"));
}

static void a_reply_shows_the_message_it_answers(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "sendMessage", "{\"chat_id\":5,\"text\":\"first\"}");
  sim_call(it, "sendMessage",
           "{\"chat_id\":5,\"text\":\"x\",\"reply_parameters\":{\"message_id\":"
           "1}}");
  assert_string_equal(
      sim_text(json_object_get(sim_result(it), "reply_to_message"), "text"),
      "first");
}

static void text_over_4096_units_is_too_long(void **state) {
  struct sim_fixture *it = *state;
  static char text[20000];
  static char body[21000];
  snprintf(body, sizeof body, "{\"chat_id\":5,\"text\":\"%s\"}",
           repeat(text, "\xF0\x9F\x98\x80", 2048));
  assert_int_equal(sim_call(it, "sendMessage", body), 200);
  snprintf(body, sizeof body, "{\"chat_id\":5,\"text\":\"%s\"}",
           repeat(text, "a", 4097));
  assert_int_equal(sim_call(it, "sendMessage", body), 400);
  assert_string_equal(sim_description(it), "Bad Request: message is too long");
  snprintf(body, sizeof body,
           "{\"chat_id\":5,\"photo\":\"f\",\"caption\":\"%s\"}",
           repeat(text, "a", 1025));
  assert_int_equal(sim_call(it, "sendPhoto", body), 400);
  assert_string_equal(sim_description(it),
                      "Bad Request: message caption is too long");
}

static void a_photo_comes_in_sizes_with_file_ids(void **state) {
  struct sim_fixture *it = *state;
  sim_call(it, "sendPhoto", "{\"chat_id\":5,\"photo\":\"AgAC\"}");
  const json_t *sizes = json_object_get(sim_result(it), "photo");
  assert_int_equal(json_array_size(sizes), 2);
  assert_string_equal(sim_text(json_array_get(sizes, 1), "file_id"), "AgAC");
}

static void message_ids_increase(void **state) {
  struct sim_fixture *it = *state;
  long long previous = 0;
  for (int i = 0; i < 3; i++) {
    sim_call(it, "sendMessage", "{\"chat_id\":5,\"text\":\"x\"}");
    assert_true(sim_int(sim_result(it), "message_id") > previous);
    previous = sim_int(sim_result(it), "message_id");
  }
}

static void ids_go_on_behind_those_of_updates(void **state) {
  struct sim_fixture *it = *state;
  sim_post(it, "/sim/updates", "{\"message\":{\"message_id\":500}}");
  sim_call(it, "sendMessage", "{\"chat_id\":5,\"text\":\"x\"}");
  assert_int_equal(sim_int(sim_result(it), "message_id"), 501);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sim_test(a_reply_shows_the_message_it_answers),
      sim_test(text_over_4096_units_is_too_long),
      sim_test(a_photo_comes_in_sizes_with_file_ids),
      sim_test(message_ids_increase),
      sim_test(ids_go_on_behind_those_of_updates),
      sim_test(a_file_by_url_gets_a_file_id),
      sim_test(only_inline_keyboards_are_shown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
