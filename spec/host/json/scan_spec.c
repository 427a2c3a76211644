#include "json/scan.h"

#include "support/spec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct tgr_json_slice slice(const char *text) {
  return (struct tgr_json_slice){text, strlen(text)};
}

static void assert_slice(struct tgr_json_slice got, const char *expected) {
  assert_int_equal(got.len, strlen(expected));
  assert_memory_equal(got.at, expected, got.len);
}

/* Cuts a copy of exactly `len` bytes, so that a sanitizer sees reads beyond. */
static enum tgr_status cut_len(const char *text, size_t len, size_t *cut) {
  char *copy = malloc(len + (len == 0));
  memcpy(copy, text, len);
  const char *at = copy;
  struct tgr_json_slice value = {0};
  const enum tgr_status status =
      tgr_json_cut(&at, copy + len, TGR_JSON_DEPTH_MAX, &value);
  *cut = (size_t)(at - copy);
  free(copy);
  return status;
}

static enum tgr_status cut(const char *text, size_t *len) {
  return cut_len(text, strlen(text), len);
}

static void assert_cut(const char *text, size_t expected_len) {
  size_t len = 0;
  assert_int_equal(cut(text, &len), TGR_OK);
  assert_int_equal(len, expected_len);
}

static void assert_not_cut(const char *text, enum tgr_status expected) {
  size_t len = 0;
  assert_int_equal(cut(text, &len), expected);
  assert_int_equal(len, 0);
}

static void a_value_ends_where_it_ends(void **state) {
  (void)state;
  assert_cut("12,", 2);
  assert_cut(" \t\r\n-1.5e+3]", 11);
  assert_cut("true}", 4);
  assert_cut("\"a\"\"b\"", 3);
  assert_cut("{}{}", 2);
  assert_cut("[[],{}] ", 7);
}

static void brackets_and_escaped_quotes_in_strings_do_not_count(void **state) {
  (void)state;
  assert_cut("{\"a\":\"}]\"}x", 10);
  assert_cut("[\"\\\"]\"]x", 7);
  assert_cut("[\"\\\\\"]x", 6);
  assert_cut("[\"\\\\\\\"]\"]x", 9);
  assert_cut("\"\\\\\"x", 4);
  assert_cut("\"\\\"\"x", 4);
}

static void a_string_may_cross_blocks_at_every_place(void **state) {
  (void)state;
  char text[400];
  for (size_t before = 0; before < 140; before++)
    for (size_t escapes = 0; escapes < 70; escapes++) {
      size_t len = 0;
      text[len++] = '[';
      memset(text + len, ' ', before);
      len += before;
      text[len++] = '"';
      memset(text + len, '\\', escapes * 2);
      len += escapes * 2;
      len += (size_t)sprintf(text + len, "\\\"]\"]");
      size_t got = 0;
      assert_int_equal(cut_len(text, len, &got), TGR_OK);
      assert_int_equal(got, len);
    }
}

static void a_value_that_does_not_end_is_refused_at_every_length(void **state) {
  (void)state;
  static const char text[] =
      "{\"update_id\":1,\"message\":{\"text\":\"\\\"}{\\\\\",\"x\":[1,[2,"
      "{\"a\":null}],\"\\u0041\"],\"chat\":{\"id\":-100,\"title\":\"a b\"}}}";
  for (size_t len = 0; len < sizeof text - 1; len++) {
    size_t got = 0;
    assert_int_equal(cut_len(text, len, &got), TGR_ESYNTAX);
    assert_int_equal(got, 0);
  }
  assert_cut(text, sizeof text - 1);
}

static void what_is_no_value_is_refused(void **state) {
  (void)state;
  assert_not_cut("", TGR_ESYNTAX);
  assert_not_cut("  ", TGR_ESYNTAX);
  assert_not_cut(",1", TGR_ESYNTAX);
  assert_not_cut("]", TGR_ESYNTAX);
  assert_not_cut(":", TGR_ESYNTAX);
  assert_not_cut("[}", TGR_ESYNTAX);
  assert_not_cut("{]", TGR_ESYNTAX);
  assert_not_cut("\"abc\\\"", TGR_ESYNTAX);
}

static void nesting_is_bounded(void **state) {
  (void)state;
  char text[2 * 65 + 1];
  memset(text, '[', 65);
  memset(text + 65, ']', 65);
  text[130] = '\0';
  assert_not_cut(text, TGR_ELIMIT);
  text[129] = '\0';
  assert_cut(text + 1, 128);
  const char *at = "[]";
  struct tgr_json_slice value;
  assert_int_equal(tgr_json_cut(&at, at + 2, 0, &value), TGR_ELIMIT);
}

static void elements_come_in_order(void **state) {
  (void)state;
  struct tgr_json_iter it;
  struct tgr_json_slice element;
  assert_true(tgr_json_open(&it, slice(" [1 , [2],\"3\" ]x"), '['));
  assert_true(tgr_json_next_element(&it, &element));
  assert_slice(element, "1");
  assert_true(tgr_json_next_element(&it, &element));
  assert_slice(element, "[2]");
  assert_true(tgr_json_next_element(&it, &element));
  assert_slice(element, "\"3\"");
  assert_false(tgr_json_next_element(&it, &element));
  assert_int_equal(it.status, TGR_OK);
  assert_true(it.ended);
  assert_int_equal(*it.at, 'x');
  assert_false(tgr_json_next_element(&it, &element));
}

static void members_come_with_key_and_value(void **state) {
  (void)state;
  struct tgr_json_iter it;
  struct tgr_json_slice key;
  struct tgr_json_slice value;
  assert_true(
      tgr_json_open(&it, slice("{\"a\" : 1, \"\\\"\":{\"b\":2}}"), '{'));
  assert_true(tgr_json_next_member(&it, &key, &value));
  assert_slice(key, "a");
  assert_slice(value, "1");
  assert_true(tgr_json_next_member(&it, &key, &value));
  assert_slice(key, "\\\"");
  assert_slice(value, "{\"b\":2}");
  assert_false(tgr_json_next_member(&it, &key, &value));
  assert_int_equal(it.status, TGR_OK);
}

static enum tgr_status walk_members(const char *text) {
  struct tgr_json_iter it;
  struct tgr_json_slice key;
  struct tgr_json_slice value;
  tgr_json_open(&it, slice(text), '{');
  while (tgr_json_next_member(&it, &key, &value))
    ;
  return it.status;
}

static enum tgr_status walk_elements(const char *text) {
  struct tgr_json_iter it;
  struct tgr_json_slice element;
  tgr_json_open(&it, slice(text), '[');
  while (tgr_json_next_element(&it, &element))
    ;
  return it.status;
}

static void a_walk_over_broken_text_ends_with_an_error(void **state) {
  (void)state;
  static const char *const objects[] = {
      "{",          "{\"a\"",         "{\"a\":",        "{\"a\":1",
      "{\"a\" 1}",  "{\"a\":1 \"b\"", "{\"a\":1,}",     "{,\"a\":1}",
      "{a:1}",      "{\"a\":}",       "{\"a\":1]",      "{\"a\":[}}",
      "{\"a\":\"}", "{\"a",           "{\"a\":1,\"b\"}"};
  for (size_t n = 0; n < sizeof objects / sizeof *objects; n++)
    assert_int_equal(walk_members(objects[n]), TGR_ESYNTAX);
  static const char *const arrays[] = {"[",   "[1",   "[1,", "[1,]",
                                       "[,1", "[1 2", "[1}", "[\"]"};
  for (size_t n = 0; n < sizeof arrays / sizeof *arrays; n++)
    assert_int_equal(walk_elements(arrays[n]), TGR_ESYNTAX);
}

static void a_walk_over_something_else_never_starts(void **state) {
  (void)state;
  assert_int_equal(walk_members("[]"), TGR_EINVAL);
  assert_int_equal(walk_members(""), TGR_EINVAL);
  assert_int_equal(walk_elements("{}"), TGR_EINVAL);
  assert_int_equal(walk_elements("12"), TGR_EINVAL);
}

static void a_container_can_be_left_at_any_point(void **state) {
  (void)state;
  static const char text[] = "{\"a\":{\"x\":[{\"y\":1}],\"z\":\"}\"},\"b\":2}";
  for (int steps = 0; steps < 4; steps++) {
    struct tgr_json_iter it;
    struct tgr_json_iter inner;
    struct tgr_json_slice key;
    struct tgr_json_slice value;
    tgr_json_open(&it, slice(text), '{');
    assert_true(tgr_json_next_key(&it, &key));
    assert_false(tgr_json_enter(&it, &inner, '['));
    assert_true(tgr_json_enter(&it, &inner, '{'));
    for (int n = 0; n < steps; n++)
      tgr_json_next_member(&inner, &key, &value);
    assert_true(tgr_json_leave(&it, &inner));
    assert_true(tgr_json_next_member(&it, &key, &value));
    assert_slice(key, "b");
    assert_false(tgr_json_next_member(&it, &key, &value));
    assert_int_equal(it.status, TGR_OK);
  }
}

static void leaving_a_broken_container_is_an_error(void **state) {
  (void)state;
  static const char *const texts[] = {"{\"a\":{\"b\":1", "{\"a\":{\"b\":1]}",
                                      "{\"a\":{\"b\":\"}}"};
  for (size_t n = 0; n < sizeof texts / sizeof *texts; n++) {
    struct tgr_json_iter it;
    struct tgr_json_iter inner;
    struct tgr_json_slice key;
    tgr_json_open(&it, slice(texts[n]), '{');
    assert_true(tgr_json_next_key(&it, &key));
    assert_true(tgr_json_enter(&it, &inner, '{'));
    assert_false(tgr_json_leave(&it, &inner));
    assert_int_equal(it.status, TGR_ESYNTAX);
  }
}

static void a_member_is_found_by_name_and_by_path(void **state) {
  (void)state;
  static const char text[] =
      "{\"id\":1,\"message\":{\"reply\":{\"chat\":{\"id\":"
      "2}},\"chat\":{\"id\":3}}}";
  static const char *const path[] = {"message", "chat", "id"};
  struct tgr_json_slice value = {0};
  assert_true(tgr_json_find(slice(text), "id", &value));
  assert_slice(value, "1");
  assert_true(tgr_json_find_path(slice(text), path, 3, &value));
  assert_slice(value, "3");
  assert_false(tgr_json_find(slice(text), "chat", &value));
  assert_false(tgr_json_find(slice("[1]"), "id", &value));
  assert_false(tgr_json_find_path(slice("{\"message\":1}"), path, 3, &value));
  assert_slice(value, "3");
}

static void a_key_is_compared_with_its_escapes_undone(void **state) {
  (void)state;
  assert_true(tgr_json_key_is(slice("chat"), "chat"));
  assert_false(tgr_json_key_is(slice("chats"), "chat"));
  assert_true(tgr_json_key_is(slice("\\u0063hat"), "chat"));
  assert_false(tgr_json_key_is(slice("\\u0064hat"), "chat"));
  assert_true(tgr_json_key_is(slice(""), ""));
}

static bool reads(const char *text, int64_t *out) {
  return tgr_json_read_int64(slice(text), out);
}

static void integers_are_read_exactly_up_to_both_limits(void **state) {
  (void)state;
  int64_t value = 0;
  assert_true(reads("0", &value));
  assert_int_equal(value, 0);
  assert_true(reads("-1001234567890", &value));
  assert_true(value == INT64_C(-1001234567890));
  assert_true(reads("9223372036854775807", &value));
  assert_true(value == INT64_MAX);
  assert_true(reads("-9223372036854775808", &value));
  assert_true(value == INT64_MIN);
  assert_true(reads("9007199254740993", &value));
  assert_true(value == INT64_C(9007199254740993));
}

static void what_is_no_integer_leaves_the_result_alone(void **state) {
  (void)state;
  static const char *const texts[] = {"",
                                      "-",
                                      "+1",
                                      "01",
                                      "-01",
                                      "1.0",
                                      "1e3",
                                      "1 ",
                                      "\"1\"",
                                      "9223372036854775808",
                                      "0x1",
                                      "--1",
                                      "1-1",
                                      "null",
                                      "-9223372036854775809",
                                      "99999999999999999999"};
  int64_t value = 42;
  for (size_t n = 0; n < sizeof texts / sizeof *texts; n++) {
    assert_false(reads(texts[n], &value));
    assert_int_equal(value, 42);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_value_ends_where_it_ends),
      cmocka_unit_test(brackets_and_escaped_quotes_in_strings_do_not_count),
      cmocka_unit_test(a_string_may_cross_blocks_at_every_place),
      cmocka_unit_test(a_value_that_does_not_end_is_refused_at_every_length),
      cmocka_unit_test(what_is_no_value_is_refused),
      cmocka_unit_test(nesting_is_bounded),
      cmocka_unit_test(elements_come_in_order),
      cmocka_unit_test(members_come_with_key_and_value),
      cmocka_unit_test(a_walk_over_broken_text_ends_with_an_error),
      cmocka_unit_test(a_walk_over_something_else_never_starts),
      cmocka_unit_test(a_container_can_be_left_at_any_point),
      cmocka_unit_test(leaving_a_broken_container_is_an_error),
      cmocka_unit_test(a_member_is_found_by_name_and_by_path),
      cmocka_unit_test(a_key_is_compared_with_its_escapes_undone),
      cmocka_unit_test(integers_are_read_exactly_up_to_both_limits),
      cmocka_unit_test(what_is_no_integer_leaves_the_result_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
