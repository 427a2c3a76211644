#include "json/decode.h"

#include "support/spec.h"
#include "json/mark.h"
#include "json/scan.h"

#include <lauxlib.h>
#include <lualib.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FFFD "\xEF\xBF\xBD"

static int open_state(void **state) {
  lua_State *L = luaL_newstate();
  *state = L;
  if (L == NULL)
    return -1;
  luaL_openlibs(L);
  return 0;
}

static int close_state(void **state) {
  lua_close(*state);
  return 0;
}

/* Decodes an exact copy, so that a sanitizer sees reads beyond its end. */
static enum tgr_status decode_with(lua_State *L, const char *text, size_t len,
                                   const struct tgr_json_decode_options *opts,
                                   struct tgr_error *error) {
  char *copy = malloc(len + (len == 0));
  memcpy(copy, text, len);
  const enum tgr_status status = tgr_json_decode(L, copy, len, opts, error);
  free(copy);
  return status;
}

static void decode(lua_State *L, const char *text) {
  struct tgr_error error;
  lua_settop(L, 0);
  assert_int_equal(decode_with(L, text, strlen(text), NULL, &error), TGR_OK);
  assert_int_equal(lua_gettop(L), 1);
}

/* Runs `return <expression>` with v as the decoded value; it must be true. */
static void assert_lua(lua_State *L, const char *expression) {
  char chunk[512];
  lua_pushvalue(L, 1);
  lua_setglobal(L, "v");
  snprintf(chunk, sizeof chunk, "return %s", expression);
  assert_int_equal(luaL_loadstring(L, chunk), LUA_OK);
  assert_int_equal(lua_pcall(L, 0, 1, 0), LUA_OK);
  if (lua_type(L, -1) != LUA_TBOOLEAN || !lua_toboolean(L, -1))
    fail_msg("not true: %s", expression);
  lua_settop(L, 1);
}

static void assert_integer(lua_State *L, const char *text, int64_t expected) {
  decode(L, text);
  assert_true(lua_isinteger(L, 1));
  assert_true(lua_tointeger(L, 1) == expected);
}

static void assert_float(lua_State *L, const char *text, double expected) {
  decode(L, text);
  assert_true(lua_isnumber(L, 1) && !lua_isinteger(L, 1));
  assert_true(lua_tonumber(L, 1) == expected);
}

static void assert_string(lua_State *L, const char *text,
                          const char *expected) {
  decode(L, text);
  assert_int_equal(lua_type(L, 1), LUA_TSTRING);
  assert_string_equal(lua_tostring(L, 1), expected);
}

static void integers_are_exact(void **state) {
  lua_State *L = *state;
  assert_integer(L, "0", 0);
  assert_integer(L, "-1001234567890", INT64_C(-1001234567890));
  assert_integer(L, "9007199254740993", INT64_C(9007199254740993));
  assert_integer(L, "9223372036854775807", INT64_MAX);
  assert_integer(L, "-9223372036854775808", INT64_MIN);
}

static void other_numbers_are_floats(void **state) {
  lua_State *L = *state;
  assert_float(L, "9223372036854775808", 9223372036854775808.0);
  assert_float(L, "1.0", 1.0);
  assert_float(L, "2e2", 200.0);
  assert_float(L, "0.1", 0.1);
}

static void words_are_booleans_and_nil(void **state) {
  lua_State *L = *state;
  decode(L, "true");
  assert_true(lua_isboolean(L, 1) && lua_toboolean(L, 1));
  decode(L, " false ");
  assert_true(lua_isboolean(L, 1) && !lua_toboolean(L, 1));
  decode(L, "null");
  assert_true(lua_isnil(L, 1));
}

static void strings_are_utf8(void **state) {
  lua_State *L = *state;
  assert_string(L, "\"\"", "");
  assert_string(L, "\"a\\n\\u0416\"", "a\n\xD0\x96");
  assert_string(L, "\"\\ud83d\\ude00\"", "\xF0\x9F\x98\x80");
  assert_string(L, "\"\xF0\x9F\x98\x80\"", "\xF0\x9F\x98\x80");
  assert_string(L, "\"a\\ud800b\"", "a" FFFD "b");
  assert_string(L, "\"a\xFFz\"", "a" FFFD "z");
}

static void a_string_may_hold_nul(void **state) {
  lua_State *L = *state;
  decode(L, "\"a\\u0000b\"");
  size_t len = 0;
  const char *text = lua_tolstring(L, 1, &len);
  assert_int_equal(len, 3);
  assert_memory_equal(text, "a\0b", 3);
}

static void a_long_string_with_escapes_is_whole(void **state) {
  lua_State *L = *state;
  enum { PAIRS = 5000 };
  char *text = malloc(PAIRS * 3 + 3);
  size_t len = 0;
  text[len++] = '"';
  for (int n = 0; n < PAIRS; n++, len += 3)
    memcpy(text + len, "x\\n", 3);
  text[len++] = '"';
  lua_settop(L, 0);
  assert_int_equal(tgr_json_decode(L, text, len, NULL, NULL), TGR_OK);
  free(text);
  assert_lua(L, "v == ('x\\n'):rep(5000)");
}

static void containers_are_tables(void **state) {
  lua_State *L = *state;
  decode(L, "{\"a\":[1,[2,3],{}],\"b\":{\"c\":\"d\"},\"\":false}");
  assert_lua(L, "#v.a == 3 and v.a[1] == 1 and v.a[2][2] == 3");
  assert_lua(L, "type(v.a[3]) == 'table' and next(v.a[3]) == nil");
  assert_lua(L, "v.b.c == 'd' and v[''] == false");
  assert_lua(L, "getmetatable(v) == nil and getmetatable(v.a[3]) == nil");
}

static void containers_of_every_size_are_complete(void **state) {
  lua_State *L = *state;
  for (int size = 0; size < 100; size++) {
    char array[1024] = "[";
    char object[2048] = "{";
    for (int n = 1; n <= size; n++) {
      sprintf(array + strlen(array), "%s%d", n > 1 ? "," : "", n);
      sprintf(object + strlen(object), "%s\"k%d\":%d", n > 1 ? "," : "", n, n);
    }
    decode(L, strcat(array, "]"));
    assert_int_equal(lua_rawlen(L, 1), size);
    for (int n = 1; n <= size; n++) {
      lua_rawgeti(L, 1, n);
      assert_int_equal(lua_tointeger(L, -1), n);
      lua_pop(L, 1);
    }
    decode(L, strcat(object, "}"));
    for (int n = 1; n <= size; n++) {
      char key[16];
      sprintf(key, "k%d", n);
      lua_getfield(L, 1, key);
      assert_int_equal(lua_tointeger(L, -1), n);
      lua_pop(L, 1);
    }
  }
}

static void of_equal_names_the_last_wins(void **state) {
  lua_State *L = *state;
  decode(L, "{\"a\":1,\"b\":2,\"a\":3}");
  assert_lua(L, "v.a == 3 and v.b == 2");
  decode(L, "{\"a\":1,\"\\u0061\":null}");
  assert_lua(L, "v.a == nil");
  char text[1024] = "{\"a\":0";
  for (int n = 0; n < 40; n++)
    sprintf(text + strlen(text), ",\"k%d\":1,\"a\":%d", n, n);
  decode(L, strcat(text, "}"));
  assert_lua(L, "v.a == 39");
}

static void null_is_an_absent_member_and_a_hole(void **state) {
  lua_State *L = *state;
  decode(L, "{\"a\":null,\"b\":[1,null,3]}");
  assert_lua(L, "v.a == nil and v.b[1] == 1 and v.b[2] == nil and v.b[3] == 3");
}

static void null_is_a_value_on_request(void **state) {
  lua_State *L = *state;
  const struct tgr_json_decode_options options = {.keep_null = true};
  static const char text[] = "{\"a\":null,\"b\":[null]}";
  lua_settop(L, 0);
  assert_int_equal(decode_with(L, text, sizeof text - 1, &options, NULL),
                   TGR_OK);
  lua_getfield(L, 1, "a");
  assert_true(tgr_json_is_null(L, -1));
  tgr_json_push_null(L);
  lua_setglobal(L, "null");
  assert_lua(L, "v.a == null and v.b[1] == null and #v.b == 1");
}

static void empty_containers_are_marked_on_request(void **state) {
  lua_State *L = *state;
  const struct tgr_json_decode_options options = {.mark_empty = true};
  static const char text[] = "[[],{},[1],{\"a\":1}]";
  static const enum tgr_json_mark expected[] = {
      TGR_JSON_ARRAY, TGR_JSON_OBJECT, TGR_JSON_UNMARKED, TGR_JSON_UNMARKED};
  lua_settop(L, 0);
  assert_int_equal(decode_with(L, text, sizeof text - 1, &options, NULL),
                   TGR_OK);
  for (int n = 0; n < 4; n++) {
    lua_rawgeti(L, 1, n + 1);
    assert_int_equal(tgr_json_mark_of(L, -1), expected[n]);
    lua_pop(L, 1);
  }
}

static void what_is_not_json_pushes_nothing(void **state) {
  lua_State *L = *state;
  static const char *const texts[] = {"",           " ",
                                      "[1,]",       "[1 2]",
                                      "{\"a\":1,}", "{a:1}",
                                      "01",         "+1",
                                      "1.",         "nul",
                                      "\"a",        "\"\n\"",
                                      "[1]x",       "{\"a\" 1}",
                                      "{\"a\":}",   "\"\\x\"",
                                      "\"\\u12\"",  "[}",
                                      "{]",         "[[1]",
                                      "{\"a\":[1",  "\xEF\xBB\xBF[]",
                                      "-",          "NaN"};
  for (size_t n = 0; n < sizeof texts / sizeof *texts; n++) {
    struct tgr_error error = {0};
    lua_settop(L, 0);
    assert_int_equal(decode_with(L, texts[n], strlen(texts[n]), NULL, &error),
                     TGR_ESYNTAX);
    assert_int_equal(lua_gettop(L), 0);
    assert_int_equal(error.status, TGR_ESYNTAX);
    assert_true(strncmp(error.text, "JSON", 4) == 0);
  }
}

static void an_error_names_byte_and_expectation(void **state) {
  lua_State *L = *state;
  struct tgr_error error;
  lua_settop(L, 0);
  assert_int_equal(decode_with(L, "{\"a\":1 \"b\"}", 11, NULL, &error),
                   TGR_ESYNTAX);
  assert_string_equal(error.text,
                      "JSON: expected ',' or '}' at byte 8, not '\"'");
}

static void nesting_is_bounded(void **state) {
  lua_State *L = *state;
  char text[2 * (TGR_JSON_DEPTH_MAX + 1)];
  struct tgr_error error;
  for (size_t depth = TGR_JSON_DEPTH_MAX; depth <= TGR_JSON_DEPTH_MAX + 1;
       depth++) {
    memset(text, '[', depth);
    memset(text + depth, ']', depth);
    lua_settop(L, 0);
    const bool fits = depth <= TGR_JSON_DEPTH_MAX;
    assert_int_equal(decode_with(L, text, 2 * depth, NULL, &error),
                     fits ? TGR_OK : TGR_ELIMIT);
    assert_int_equal(lua_gettop(L), fits);
  }
  assert_string_equal(error.text,
                      "JSON: nested deeper than 64 levels at byte 65");
}

static void a_number_beyond_a_double_is_a_limit(void **state) {
  lua_State *L = *state;
  struct tgr_error error;
  lua_settop(L, 0);
  assert_int_equal(decode_with(L, "[1e999]", 7, NULL, &error), TGR_ELIMIT);
  assert_int_equal(lua_gettop(L), 0);
  assert_string_equal(error.text, "JSON: a number out of range at byte 2");
}

static void every_cut_of_an_update_is_refused(void **state) {
  lua_State *L = *state;
  static const char text[] =
      "{\"update_id\":1,\"message\":{\"text\":\"\\\"\\u0041\",\"x\":[1.5,[-2,"
      "{\"a\":null,\"b\":true}],\"\xC3\xA9\"],\"chat\":{\"id\":-100}}}";
  for (size_t len = 0; len < sizeof text - 1; len++) {
    lua_settop(L, 0);
    assert_int_equal(decode_with(L, text, len, NULL, NULL), TGR_ESYNTAX);
    assert_int_equal(lua_gettop(L), 0);
  }
  decode(L, text);
  assert_lua(L, "v.message.x[2][2].b and v.message.chat.id == -100");
}

/* Counts down to a failing allocation. */
struct failing {
  long left; /* negative: never fails */
};

static void *fail_later(void *user, void *ptr, size_t old, size_t size) {
  struct failing *it = user;
  (void)old;
  if (size == 0) {
    free(ptr);
    return NULL;
  }
  if (it->left == 0)
    return NULL;
  if (it->left > 0)
    it->left--;
  return realloc(ptr, size);
}

static int decode_protected(lua_State *L) {
  static const char text[] =
      "{\"a\":[1,2,{\"long\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
      "\\n\"}],\"b\":{\"c\":[],\"d\":{}}}";
  const struct tgr_json_decode_options options = {.keep_null = true,
                                                  .mark_empty = true};
  if (tgr_json_decode(L, text, sizeof text - 1, &options, NULL) != TGR_OK)
    return luaL_error(L, "refused");
  return 1;
}

static void running_out_of_memory_is_luas_own_error(void **state) {
  (void)state;
  bool succeeded = false;
  for (long at = 0; !succeeded; at++) {
    struct failing failing = {-1};
    lua_State *L = lua_newstate(fail_later, &failing);
    assert_non_null(L);
    lua_pushcfunction(L, decode_protected);
    lua_gc(L, LUA_GCSTOP);
    failing.left = at;
    const int status = lua_pcall(L, 0, 1, 0);
    failing.left = -1;
    succeeded = status == LUA_OK;
    if (!succeeded)
      assert_int_equal(status, LUA_ERRMEM);
    assert_in_range(at, 0, 1000);
    lua_close(L);
  }
}

static int polls;

static void count_poll(lua_State *L) {
  (void)L;
  polls++;
}

static void somebody_is_asked_now_and_then(void **state) {
  lua_State *L = *state;
  static const char *const units[] = {"1,", "{},", "[1],", "{\"a\":\"b\"},"};
  const struct tgr_json_decode_options options = {.poll = count_poll};
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    const size_t len = strlen(units[i]);
    char text[5000 * 10 + 3] = "[";
    for (size_t n = 0; n < 5000; n++)
      memcpy(text + 1 + n * len, units[i], len);
    text[5000 * len] = ']'; /* in the last comma's place */
    polls = 0;
    lua_settop(L, 0);
    assert_int_equal(decode_with(L, text, 5000 * len + 1, &options, NULL),
                     TGR_OK);
    assert_in_range(polls, 2, 100);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(integers_are_exact),
      cmocka_unit_test(other_numbers_are_floats),
      cmocka_unit_test(words_are_booleans_and_nil),
      cmocka_unit_test(strings_are_utf8),
      cmocka_unit_test(a_string_may_hold_nul),
      cmocka_unit_test(a_long_string_with_escapes_is_whole),
      cmocka_unit_test(containers_are_tables),
      cmocka_unit_test(containers_of_every_size_are_complete),
      cmocka_unit_test(of_equal_names_the_last_wins),
      cmocka_unit_test(null_is_an_absent_member_and_a_hole),
      cmocka_unit_test(null_is_a_value_on_request),
      cmocka_unit_test(empty_containers_are_marked_on_request),
      cmocka_unit_test(what_is_not_json_pushes_nothing),
      cmocka_unit_test(an_error_names_byte_and_expectation),
      cmocka_unit_test(nesting_is_bounded),
      cmocka_unit_test(a_number_beyond_a_double_is_a_limit),
      cmocka_unit_test(every_cut_of_an_update_is_refused),
      cmocka_unit_test(running_out_of_memory_is_luas_own_error),
      cmocka_unit_test(somebody_is_asked_now_and_then),
  };
  return cmocka_run_group_tests(tests, open_state, close_state);
}
