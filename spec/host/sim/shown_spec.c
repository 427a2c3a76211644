#include "sim/shown.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <stdio.h>

/* What is shown of a message given as JSON. */
static const char *shown(const char *text) {
  static char line[128];
  struct tgr_buf out;
  tgr_buf_init(&out, &tgr_mem_libc, sizeof line - 1);
  json_t *message = json_loads(text, 0, NULL);
  assert_non_null(message);
  assert_int_equal(tgr_sim_shown_message(message, &out), TGR_OK);
  snprintf(line, sizeof line, "%.*s", (int)out.len, out.bytes);
  json_decref(message);
  tgr_buf_deinit(&out);
  return line;
}

static void texts_and_captions_are_shown_as_they_are(void **state) {
  (void)state;
  assert_string_equal(shown("{\"text\":\"a\\nb\"}"), "a\nb");
  assert_string_equal(shown("{\"photo\":[],\"caption\":\"c\"}"), "c");
}

static void other_messages_say_what_they_are(void **state) {
  (void)state;
  assert_string_equal(shown("{\"photo\":[{}]}"), "[photo]");
  assert_string_equal(shown("{\"dice\":{\"emoji\":\"x\",\"value\":4}}"),
                      "[dice 4]");
  assert_string_equal(
      shown("{\"document\":{\"file_name\":\"a.pdf\",\"file_size\":1}}"),
      "[document a.pdf]");
  assert_string_equal(shown("{\"document\":{}}"), "[document]");
  assert_string_equal(shown("{\"document\":{},\"animation\":{}}"),
                      "[animation]");
  assert_string_equal(
      shown("{\"location\":{\"latitude\":1.5,\"longitude\":-2}}"),
      "[location 1.5 -2]");
  assert_string_equal(shown("{\"poll\":{\"question\":\"Lunch?\"}}"),
                      "[poll Lunch?]");
  assert_string_equal(shown("{\"date\":1}"), "[message]");
}

static void every_allocation_may_fail(void **state) {
  (void)state;
  json_t *text = json_string("some text that is longer than a buffer's first");
  struct spec_mem mem;
  struct tgr_buf out;
  spec_mem_init(&mem);
  mem.fail_at = 1;
  tgr_buf_init(&out, &mem.mem, SIZE_MAX);
  assert_int_equal(tgr_sim_shown_mark("draft", text, &out), TGR_ENOMEM);
  mem.fail_at = 0;
  assert_int_equal(tgr_sim_shown_mark("draft", text, &out), TGR_OK);
  assert_memory_equal(out.bytes, "[draft] some text", 17);
  tgr_buf_deinit(&out);
  json_decref(text);
  assert_int_equal(mem.live, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(texts_and_captions_are_shown_as_they_are),
      cmocka_unit_test(other_messages_say_what_they_are),
      cmocka_unit_test(every_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
