#include "json/validate.h"

#include "support/spec.h"
#include "json/scan.h"

#include <string.h>

static enum tgr_status check(const char *text, struct tgr_json_fault *fault) {
  return tgr_json_validate(text, strlen(text), fault);
}

static void json_is_accepted(void **state) {
  (void)state;
  static const char *const texts[] = {"null",
                                      "true",
                                      "false",
                                      " 0 ",
                                      "-1.5e+10",
                                      "\"\"",
                                      "\"\\u00fF\\n\"",
                                      "[]",
                                      "[ ]",
                                      "{}",
                                      "{ }",
                                      "[1,2 , 3]",
                                      "{\"a\":[{\"b\":null}],\"\":0}",
                                      "\"\x7F\"",
                                      "\t\r\n[\n]\r\n",
                                      "\"\\ud800\"",
                                      "\"\xFF\"",
                                      "0e0",
                                      "-0"};
  struct tgr_json_fault fault;
  for (size_t n = 0; n < sizeof texts / sizeof *texts; n++)
    assert_int_equal(check(texts[n], &fault), TGR_OK);
}

static void the_first_fault_is_pointed_at(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t at;
    const char *expected;
  } cases[] = {
      {"", 0, "a value"},
      {"  ", 2, "a value"},
      {"[1,]", 3, "a value"},
      {"[,1]", 1, "a value"},
      {"[1 2]", 3, "',' or ']'"},
      {"[1}", 2, "',' or ']'"},
      {"[1", 2, "',' or ']'"},
      {"{\"a\":1,}", 7, "a string"},
      {"{,}", 1, "a string or '}'"},
      {"{a:1}", 1, "a string or '}'"},
      {"{\"a\" 1}", 5, "':'"},
      {"{\"a\":}", 5, "a value"},
      {"{\"a\":1]", 6, "',' or '}'"},
      {"01", 1, "the end"},
      {"[01]", 2, "',' or ']'"},
      {"+1", 0, "a value"},
      {".5", 0, "a value"},
      {"1.", 2, "a digit"},
      {"-", 1, "a digit"},
      {"1e", 2, "a digit"},
      {"nul", 3, "a value"},
      {"tru3", 0, "a value"},
      {"truex", 4, "the end"},
      {"1 1", 2, "the end"},
      {"NaN", 0, "a value"},
      {"'a'", 0, "a value"},
      {"\"a", 2, "a closing '\"'"},
      {"\"a\nb\"", 2, "an escaped control character"},
      {"\"\x1F\"", 1, "an escaped control character"},
      {"\"\\x\"", 2, "an escape after '\\'"},
      {"\"\\", 2, "an escape after '\\'"},
      {"\"\\u00g0\"", 5, "four hex digits after '\\u'"},
      {"\"\\u00\"", 5, "four hex digits after '\\u'"},
      {"[1]//", 3, "the end"},
      {"\xEF\xBB\xBF[]", 0, "a value"},
      {"\f1", 0, "a value"},
  };
  for (size_t n = 0; n < sizeof cases / sizeof *cases; n++) {
    struct tgr_json_fault fault = {0};
    assert_int_equal(check(cases[n].text, &fault), TGR_ESYNTAX);
    assert_int_equal(fault.status, TGR_ESYNTAX);
    assert_int_equal(fault.at - cases[n].text, cases[n].at);
    assert_string_equal(fault.expected, cases[n].expected);
  }
}

static void a_nul_byte_is_no_blank(void **state) {
  (void)state;
  struct tgr_json_fault fault;
  assert_int_equal(tgr_json_validate("1\0", 2, &fault), TGR_ESYNTAX);
  assert_int_equal(tgr_json_validate("\"a\0\"", 4, &fault), TGR_ESYNTAX);
  assert_int_equal(tgr_json_validate("\"\\\0\"", 4, &fault), TGR_ESYNTAX);
}

static void nesting_is_bounded(void **state) {
  (void)state;
  char text[2 * (TGR_JSON_DEPTH_MAX + 1)];
  struct tgr_json_fault fault;
  for (size_t depth = 1; depth <= TGR_JSON_DEPTH_MAX + 1; depth++) {
    memset(text, '[', depth);
    memset(text + depth, ']', depth);
    const bool fits = depth <= TGR_JSON_DEPTH_MAX;
    assert_int_equal(tgr_json_validate(text, 2 * depth, &fault),
                     fits ? TGR_OK : TGR_ELIMIT);
    if (!fits)
      assert_int_equal(fault.at - text, TGR_JSON_DEPTH_MAX);
  }
}

static void depth_is_given_back_when_a_container_closes(void **state) {
  (void)state;
  char text[1024] = "[";
  for (int n = 0; n < 100; n++)
    strcat(text, n % 2 == 0 ? "[[]]," : "{\"a\":{}},");
  strcat(text, "1]");
  struct tgr_json_fault fault;
  assert_int_equal(check(text, &fault), TGR_OK);
}

static void a_fault_reads_as_one_line_with_its_place(void **state) {
  (void)state;
  struct tgr_json_fault fault;
  struct tgr_error error;
  static const char broken[] = "[1;2]";
  assert_int_equal(check(broken, &fault), TGR_ESYNTAX);
  assert_int_equal(tgr_json_fault_describe(&fault, broken, broken + 5, &error),
                   TGR_ESYNTAX);
  assert_string_equal(error.text,
                      "JSON: expected ',' or ']' at byte 3, not ';'");
  static const char cut[] = "[1,";
  assert_int_equal(check(cut, &fault), TGR_ESYNTAX);
  tgr_json_fault_describe(&fault, cut, cut + 3, &error);
  assert_string_equal(error.text,
                      "JSON ends at byte 3 where a value is expected");
  static const char control[] = "[\x01";
  assert_int_equal(check(control, &fault), TGR_ESYNTAX);
  tgr_json_fault_describe(&fault, control, control + 2, &error);
  assert_string_equal(error.text,
                      "JSON: expected a value at byte 2, not byte 0x01");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(json_is_accepted),
      cmocka_unit_test(the_first_fault_is_pointed_at),
      cmocka_unit_test(a_nul_byte_is_no_blank),
      cmocka_unit_test(nesting_is_bounded),
      cmocka_unit_test(depth_is_given_back_when_a_container_closes),
      cmocka_unit_test(a_fault_reads_as_one_line_with_its_place),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
