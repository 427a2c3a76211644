#include "json/path.h"

#include "support/spec.h"

#include <string.h>

static struct tgr_json_step member(const char *name) {
  return (struct tgr_json_step){.name = name, .name_len = strlen(name)};
}

static struct tgr_json_step element(long long position) {
  return (struct tgr_json_step){.position = position};
}

static void assert_path(const struct tgr_json_step *steps, unsigned count,
                        const char *expected) {
  char text[TGR_JSON_PATH_TEXT_MAX];
  tgr_json_path_describe(steps, count, text);
  assert_string_equal(text, expected);
}

static void members_and_elements_are_written_as_in_lua(void **state) {
  (void)state;
  const struct tgr_json_step steps[] = {member("reply_markup"),
                                        member("keyboard"), element(1),
                                        element(12), member("text2")};
  assert_path(steps, 1, "reply_markup");
  assert_path(steps, 5, "reply_markup.keyboard[1][12].text2");
  assert_path(&steps[2], 3, "[1][12].text2");
}

static void a_name_that_is_no_identifier_is_quoted(void **state) {
  (void)state;
  static const char *const names[] = {"two words", "2nd", "", "a-b"};
  static const char *const expected[] = {"a[\"two words\"]", "a[\"2nd\"]",
                                         "a[\"\"]", "a[\"a-b\"]"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const struct tgr_json_step steps[] = {member("a"), member(names[i])};
    assert_path(steps, 2, expected[i]);
  }
}

static void the_top_is_called_value(void **state) {
  (void)state;
  assert_path(NULL, 0, "value");
}

static void long_names_and_long_paths_are_cut_off(void **state) {
  (void)state;
  char name[101] = "";
  memset(name, 'n', 100);
  struct tgr_json_step steps[64];
  for (int i = 0; i < 64; i++)
    steps[i] = member(name);
  char text[TGR_JSON_PATH_TEXT_MAX];
  tgr_json_path_describe(steps, 1, text);
  assert_int_equal(strlen(text), 64);
  tgr_json_path_describe(steps, 64, text);
  assert_int_equal(strlen(text), TGR_JSON_PATH_TEXT_MAX - 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(members_and_elements_are_written_as_in_lua),
      cmocka_unit_test(a_name_that_is_no_identifier_is_quoted),
      cmocka_unit_test(the_top_is_called_value),
      cmocka_unit_test(long_names_and_long_paths_are_cut_off),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
