#include "json/text.h"

#include "support/spec.h"

#include <string.h>

#define FFFD "\xEF\xBF\xBD"

static void assert_text(const char *string, const char *expected) {
  char out[256];
  const struct tgr_json_slice slice = {string, strlen(string)};
  assert_int_equal(tgr_json_unescape(slice, out, sizeof out), strlen(expected));
  assert_string_equal(out, expected);
}

static void every_escape_has_its_meaning(void **state) {
  (void)state;
  assert_text("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t");
  assert_text("\\u0041\\u00e9\\u20AC", "A\xC3\xA9\xE2\x82\xAC");
  assert_text("\\ud83d\\ude00", "\xF0\x9F\x98\x80");
  assert_text("\\uDBFF\\uDFFF", "\xF4\x8F\xBF\xBF");
}

static void text_without_escapes_stays_as_it_is(void **state) {
  (void)state;
  assert_text("\"plain\"", "plain");
  assert_text("", "");
  assert_text("\"\"", "");
  assert_text("\xC3\xA9\xF0\x9F\x98\x80", "\xC3\xA9\xF0\x9F\x98\x80");
}

static void a_lone_surrogate_becomes_one_replacement(void **state) {
  (void)state;
  assert_text("a\\ud83db", "a" FFFD "b");
  assert_text("a\\ude00b", "a" FFFD "b");
  assert_text("\\ud83d\\ud83d\\ude00", FFFD "\xF0\x9F\x98\x80");
  assert_text("\\ud83d\\u0041", FFFD "A");
  assert_text("\\ud83d", FFFD);
}

static void invalid_utf8_becomes_one_replacement_a_piece(void **state) {
  (void)state;
  assert_text("a\xFF"
              "b",
              "a" FFFD "b");
  assert_text("\x80\x80", FFFD FFFD);
  assert_text("\xC3", FFFD);
  assert_text("\xE2\x82", FFFD);
  assert_text("\xE2\x82"
              "A",
              FFFD "A");
  assert_text("\xC0\xAF", FFFD FFFD);                   /* overlong */
  assert_text("\xED\xA0\x80", FFFD FFFD FFFD);          /* a surrogate */
  assert_text("\xF4\x90\x80\x80", FFFD FFFD FFFD FFFD); /* above U+10FFFF */
}

static void a_broken_escape_does_not_stop_the_rest(void **state) {
  (void)state;
  assert_text("\\x1", FFFD "x1");
  assert_text("\\u12", FFFD "u12");
  assert_text("\\u12G4!", FFFD "u12G4!");
  assert_text("a\\", "a" FFFD);
}

static void text_that_does_not_fit_is_cut_between_characters(void **state) {
  (void)state;
  char out[6];
  const struct tgr_json_slice slice = {"abc\xE2\x82\xAC"
                                       "d",
                                       7};
  assert_int_equal(tgr_json_unescape(slice, out, sizeof out), 3);
  assert_string_equal(out, "abc");
  assert_int_equal(tgr_json_unescape(slice, out, 4), 3);
  assert_int_equal(tgr_json_unescape(slice, out, 1), 0);
  assert_string_equal(out, "");
}

static void plain_text_ends_at_the_first_special_byte(void **state) {
  (void)state;
  char text[80];
  static const char specials[] = {'"', '\\', '\n', '\0', 0x1F, '\x80', '\xFF'};
  for (size_t n = 0; n < sizeof specials; n++)
    for (size_t place = 0; place < sizeof text; place++) {
      memset(text, 'a', sizeof text);
      text[place] = specials[n];
      assert_ptr_equal(tgr_json_plain_end(text, text + sizeof text),
                       text + place);
    }
  memset(text, 0x7F, sizeof text);
  assert_ptr_equal(tgr_json_plain_end(text, text + 77), text + 77);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_escape_has_its_meaning),
      cmocka_unit_test(text_without_escapes_stays_as_it_is),
      cmocka_unit_test(a_lone_surrogate_becomes_one_replacement),
      cmocka_unit_test(invalid_utf8_becomes_one_replacement_a_piece),
      cmocka_unit_test(a_broken_escape_does_not_stop_the_rest),
      cmocka_unit_test(text_that_does_not_fit_is_cut_between_characters),
      cmocka_unit_test(plain_text_ends_at_the_first_special_byte),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
