#include "base/log.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <string.h>

#define SECRET "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"

struct captured {
  char text[32768];
  size_t len;
  int lines;
};

static void capture(void *user, enum tgr_log_level level, const char *text,
                    size_t len) {
  struct captured *captured = user;
  (void)level;
  memcpy(captured->text, text, len);
  captured->text[len] = '\0';
  captured->len = len;
  captured->lines++;
}

static struct tgr_log log_to(struct captured *captured) {
  return (struct tgr_log){.mem = &tgr_mem_libc,
                          .threshold = TGR_LOG_INFO,
                          .write = capture,
                          .user = captured};
}

static void a_token_is_replaced_and_the_bot_id_kept(void **state) {
  (void)state;
  struct captured captured = {0};
  const struct tgr_log log = log_to(&captured);
  tgr_log_write(&log, TGR_LOG_WARN, "GET /bot123456:%s/getMe failed", SECRET);
  assert_string_equal(captured.text, "GET /bot123456:***/getMe failed");
}

static void an_escaped_and_a_second_token_are_replaced(void **state) {
  (void)state;
  char text[] = "123456%3A" SECRET " 7654321:" SECRET;
  const size_t len = tgr_log_redact(text, strlen(text));
  text[len] = '\0';
  assert_string_equal(text, "123456%3A*** 7654321:***");
}

static void a_short_bot_id_protects_as_well(void **state) {
  (void)state;
  char text[] = "1:" SECRET;
  const size_t len = tgr_log_redact(text, strlen(text));
  text[len] = '\0';
  assert_string_equal(text, "1:***");
}

static void a_line_is_not_cut_within_a_token(void **state) {
  (void)state;
  struct captured captured = {0};
  const struct tgr_log log = log_to(&captured);
  static char text[8192];
  memset(text, ' ', sizeof text - 1);
  tgr_log_write(&log, TGR_LOG_WARN, "%.*s123456:%s", 8192 - 20, text, SECRET);
  assert_int_equal(captured.lines, 1);
  assert_null(strstr(captured.text, "AAHdq"));
}

static void times_and_ports_are_left_alone(void **state) {
  (void)state;
  char text[] = "12:30:05 127.0.0.1:8081 99999999:short";
  assert_int_equal(tgr_log_redact(text, strlen(text)), strlen(text));
}

static void a_level_below_the_threshold_is_dropped(void **state) {
  (void)state;
  struct captured captured = {0};
  const struct tgr_log log = log_to(&captured);
  tgr_log_write(&log, TGR_LOG_DEBUG, "quiet");
  assert_int_equal(captured.lines, 0);
}

static void a_long_text_is_redacted_to_its_end(void **state) {
  (void)state;
  static char text[20000];
  memset(text, 'x', sizeof text);
  const char tail[] = " 123456:" SECRET;
  memcpy(text + sizeof text - strlen(tail), tail, strlen(tail));
  struct captured captured = {0};
  const struct tgr_log log = log_to(&captured);
  tgr_log_text(&log, TGR_LOG_ERROR, text, sizeof text);
  assert_null(strstr(captured.text, SECRET));
  assert_int_equal(captured.len, sizeof text - strlen(SECRET) + 3);
}

static void without_memory_a_long_text_is_cut_not_lost(void **state) {
  (void)state;
  static char text[20000];
  memset(text, 'y', sizeof text);
  struct captured captured = {0};
  struct spec_mem mem;
  spec_mem_init(&mem);
  mem.fail_at = 1;
  struct tgr_log log = log_to(&captured);
  log.mem = &mem.mem;
  tgr_log_text(&log, TGR_LOG_ERROR, text, sizeof text);
  assert_int_equal(captured.lines, 1);
  assert_in_range(captured.len, 1000, sizeof text - 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_token_is_replaced_and_the_bot_id_kept),
      cmocka_unit_test(an_escaped_and_a_second_token_are_replaced),
      cmocka_unit_test(a_short_bot_id_protects_as_well),
      cmocka_unit_test(a_line_is_not_cut_within_a_token),
      cmocka_unit_test(times_and_ports_are_left_alone),
      cmocka_unit_test(a_level_below_the_threshold_is_dropped),
      cmocka_unit_test(a_long_text_is_redacted_to_its_end),
      cmocka_unit_test(without_memory_a_long_text_is_cut_not_lost),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
