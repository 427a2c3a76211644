#include "telegram/token.h"

#include "support/spec.h"

#include <string.h>

#define SECRET "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"

static void a_token_of_the_right_shape_passes(void **state) {
  (void)state;
  struct tgr_error error;
  assert_int_equal(tgr_token_check("123456789:" SECRET, &error), TGR_OK);
  assert_int_equal(tgr_token_check("1:" SECRET "_-more", NULL), TGR_OK);
  assert_int_equal(tgr_token_bot_id("123456789:" SECRET), 123456789);
}

static void assert_refused(const char *token, const char *got) {
  struct tgr_error error;
  assert_int_equal(tgr_token_check(token, &error), TGR_EAUTH);
  assert_non_null(strstr(error.text, "expected digits:35+ characters"));
  assert_non_null(strstr(error.text, got));
  if (token[0] != '\0')
    assert_null(strstr(error.text, token));
}

static void what_was_got_is_told_without_showing_it(void **state) {
  (void)state;
  assert_refused("abcdefghijkl", "got 12 characters, no colon");
  assert_refused("123456:short", "got 12 characters, with a colon");
  assert_refused("", "got 0 characters, no colon");
}

static void strange_characters_and_ids_are_refused(void **state) {
  (void)state;
  assert_refused("123456:" SECRET "\n", "with a colon");
  assert_refused("123456:" SECRET "/x", "with a colon");
  assert_refused(" 123456:" SECRET, "with a colon");
  assert_refused(":" SECRET, "with a colon");
  assert_refused("12345678901234567890:" SECRET, "with a colon");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_token_of_the_right_shape_passes),
      cmocka_unit_test(what_was_got_is_told_without_showing_it),
      cmocka_unit_test(strange_characters_and_ids_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
