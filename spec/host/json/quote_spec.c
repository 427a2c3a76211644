#include "json/quote.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <string.h>

static void assert_quoted(const char *text, size_t len, const char *expected) {
  struct tgr_buf out;
  tgr_buf_init(&out, &tgr_mem_libc, 1024);
  assert_int_equal(tgr_json_quote(&out, text, len), TGR_OK);
  assert_string_equal(tgr_buf_cstr(&out), expected);
  tgr_buf_deinit(&out);
}

static void what_must_be_escaped_is(void **state) {
  (void)state;
  assert_quoted("a\"b\\c", 5, "\"a\\\"b\\\\c\"");
  assert_quoted("\b\f\n\r\t", 5, "\"\\b\\f\\n\\r\\t\"");
  assert_quoted("\0\x1F", 2, "\"\\u0000\\u001f\"");
}

static void everything_else_stays(void **state) {
  (void)state;
  assert_quoted("", 0, "\"\"");
  assert_quoted("</a>\x7F", 5, "\"</a>\x7F\"");
  assert_quoted("\xC3\xA9\xF0\x9F\x98\x80", 6, "\"\xC3\xA9\xF0\x9F\x98\x80\"");
}

static void invalid_utf8_becomes_a_replacement(void **state) {
  (void)state;
  assert_quoted("a\xFF\"", 3, "\"a\xEF\xBF\xBD\\\"\"");
  assert_quoted("\xE2\x82", 2, "\"\xEF\xBF\xBD\"");
}

static void a_buffer_that_is_too_small_is_a_limit(void **state) {
  (void)state;
  for (size_t max = 0; max < 12; max++) {
    struct tgr_buf out;
    tgr_buf_init(&out, &tgr_mem_libc, max);
    assert_int_equal(tgr_json_quote(&out, "abc\nd\xC3\xA9", 7),
                     max < 10 ? TGR_ELIMIT : TGR_OK);
    tgr_buf_deinit(&out);
  }
}

static void out_of_memory_is_a_status(void **state) {
  (void)state;
  struct spec_mem mem;
  spec_mem_init(&mem);
  mem.fail_at = 1;
  struct tgr_buf out;
  tgr_buf_init(&out, &mem.mem, 1024);
  assert_int_equal(tgr_json_quote(&out, "a", 1), TGR_ENOMEM);
  tgr_buf_deinit(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_must_be_escaped_is),
      cmocka_unit_test(everything_else_stays),
      cmocka_unit_test(invalid_utf8_becomes_a_replacement),
      cmocka_unit_test(a_buffer_that_is_too_small_is_a_limit),
      cmocka_unit_test(out_of_memory_is_a_status),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
