#include "sim/param.h"

#include "support/spec.h"

#include <string.h>

static json_t *form(const char *text) {
  char body[256];
  json_t *params = json_object();
  strcpy(body, text);
  assert_true(tgr_sim_param_add_form(params, body, strlen(text)));
  return params;
}

static void a_form_is_unescaped(void **state) {
  (void)state;
  json_t *params = form("a=1+2%2B3&%62=%D0%B6&empty=&flag&bad=%zz%4");
  assert_string_equal(tgr_sim_param_text(params, "a"), "1 2+3");
  assert_string_equal(tgr_sim_param_text(params, "b"), "\xD0\xB6");
  assert_non_null(json_object_get(params, "empty"));
  assert_non_null(json_object_get(params, "flag"));
  assert_string_equal(tgr_sim_param_text(params, "bad"), "%zz%4");
  json_decref(params);
}

static void bytes_that_are_no_utf8_become_question_marks(void **state) {
  (void)state;
  json_t *params = form("a=x%FFy&%FE=1");
  assert_string_equal(tgr_sim_param_text(params, "a"), "x?y");
  assert_string_equal(tgr_sim_param_text(params, "?"), "1");
  json_decref(params);
}

static void integers_come_from_numbers_and_text(void **state) {
  (void)state;
  json_t *params = json_pack("{s:I,s:s,s:s,s:s,s:f}", "n",
                             (json_int_t)-1001234567890123, "t", "-42", "bad",
                             "4x", "huge", "99999999999999999999", "f", 1.5);
  int64_t value = 7;
  assert_true(tgr_sim_param_int(params, "n", &value));
  assert_int_equal(value, -1001234567890123);
  assert_true(tgr_sim_param_int(params, "t", &value));
  assert_int_equal(value, -42);
  assert_false(tgr_sim_param_int(params, "bad", &value));
  assert_false(tgr_sim_param_int(params, "huge", &value));
  assert_false(tgr_sim_param_int(params, "f", &value));
  assert_false(tgr_sim_param_int(params, "absent", &value));
  assert_int_equal(value, -42);
  json_decref(params);
}

static void flags_come_from_all_their_spellings(void **state) {
  (void)state;
  json_t *params = json_pack("{s:b,s:s,s:s,s:i,s:s,s:b}", "a", 1, "b", "True",
                             "c", "1", "d", 1, "e", "false", "f", 0);
  assert_true(tgr_sim_param_true(params, "a"));
  assert_true(tgr_sim_param_true(params, "b"));
  assert_true(tgr_sim_param_true(params, "c"));
  assert_true(tgr_sim_param_true(params, "d"));
  assert_false(tgr_sim_param_true(params, "e"));
  assert_false(tgr_sim_param_true(params, "f"));
  assert_false(tgr_sim_param_true(params, "absent"));
  json_decref(params);
}

static void json_in_text_is_parsed_and_values_become_text(void **state) {
  (void)state;
  json_t *params =
      json_pack("{s:s,s:s,s:i}", "list", "[1,2]", "no", "[1,", "number", 5);
  json_t *list = tgr_sim_param_json(params, "list");
  assert_int_equal(json_array_size(list), 2);
  json_decref(list);
  assert_null(tgr_sim_param_json(params, "no"));
  json_t *text = tgr_sim_param_string(params, "number");
  assert_string_equal(json_string_value(text), "5");
  json_decref(text);
  json_decref(params);
}

static void text_is_counted_in_utf16_units(void **state) {
  (void)state;
  const char text[] = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80";
  assert_int_equal(tgr_sim_text_units(text, sizeof text - 1), 5);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_form_is_unescaped),
      cmocka_unit_test(bytes_that_are_no_utf8_become_question_marks),
      cmocka_unit_test(integers_come_from_numbers_and_text),
      cmocka_unit_test(flags_come_from_all_their_spellings),
      cmocka_unit_test(json_in_text_is_parsed_and_values_become_text),
      cmocka_unit_test(text_is_counted_in_utf16_units),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
