/* Values that go out as JSON and come back are the same, and decode accepts
 * what validate accepts. */
#include "support/spec.h"
#include "json/decode.h"
#include "json/encode.h"
#include "json/mark.h"
#include "json/validate.h"

#include <lauxlib.h>
#include <lualib.h>

#include <math.h>
#include <string.h>

static const struct tgr_json_decode_options exact = {.keep_null = true,
                                                     .mark_empty = true};

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

static uint32_t next_random(uint32_t *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return *seed >> 7;
}

static uint64_t next_bits(uint32_t *seed) {
  uint64_t bits = 0;
  for (int n = 0; n < 4; n++)
    bits = bits << 16 | (next_random(seed) & 0xFFFF);
  return bits >> (next_random(seed) % 60);
}

/* Random UTF-8, rich in what needs escapes. */
static void push_random_string(lua_State *L, uint32_t *seed) {
  static const char *const pieces[] = {"a",
                                       "\"",
                                       "\\",
                                       "\n",
                                       "/",
                                       "\x01",
                                       "\x7F",
                                       "\xC3\xA9",
                                       "\xE2\x82\xAC",
                                       "\xF0\x9F\x98\x80",
                                       "long plain text",
                                       "{",
                                       "]"};
  luaL_Buffer text;
  luaL_buffinit(L, &text);
  for (uint32_t left = next_random(seed) % 20; left > 0; left--)
    luaL_addstring(
        &text, pieces[next_random(seed) % (sizeof pieces / sizeof *pieces)]);
  if (next_random(seed) % 8 == 0)
    luaL_addchar(&text, '\0');
  luaL_pushresult(&text);
}

static void push_random_number(lua_State *L, uint32_t *seed) {
  const uint64_t bits = next_bits(seed);
  double real = 0;
  memcpy(&real, &bits, sizeof real);
  if (next_random(seed) % 2 == 0)
    lua_pushinteger(L, next_random(seed) % 2 == 0 ? (lua_Integer)bits
                                                  : -(lua_Integer)(bits >> 1));
  else
    lua_pushnumber(L, isfinite(real) ? real : 0.5);
}

static void push_random(lua_State *L, uint32_t *seed, int depth);

static void push_random_table(lua_State *L, uint32_t *seed, int depth) {
  const bool object = next_random(seed) % 2 == 0;
  const uint32_t count = next_random(seed) % 40 / (depth > 1 ? 8 : 1);
  lua_newtable(L);
  for (uint32_t n = 1; n <= count; n++) {
    if (object)
      push_random_string(L, seed);
    else
      lua_pushinteger(L, n);
    push_random(L, seed, depth + 1);
    lua_rawset(L, -3);
  }
  if (count > 0)
    return;
  if (object)
    tgr_json_push_object_meta(L);
  else
    tgr_json_push_array_meta(L);
  lua_setmetatable(L, -2);
}

static void push_random(lua_State *L, uint32_t *seed, int depth) {
  luaL_checkstack(L, 8, "random value");
  switch (next_random(seed) % (depth < 6 ? 8 : 5)) {
  case 0:
    tgr_json_push_null(L);
    break;
  case 1:
    lua_pushboolean(L, next_random(seed) % 2 == 0);
    break;
  case 2:
  case 3:
    push_random_number(L, seed);
    break;
  case 4:
    push_random_string(L, seed);
    break;
  default:
    push_random_table(L, seed, depth);
  }
}

static void assert_same(lua_State *L, int left, int right);

/* Each member of one is the same in the other. */
static void assert_members(lua_State *L, int left, int right) {
  lua_pushnil(L);
  while (lua_next(L, left) != 0) {
    lua_pushvalue(L, -2);
    lua_rawget(L, right);
    assert_same(L, lua_gettop(L) - 1, lua_gettop(L));
    lua_pop(L, 2);
  }
}

static void assert_same(lua_State *L, int left, int right) {
  luaL_checkstack(L, 8, "comparison");
  assert_int_equal(lua_type(L, left), lua_type(L, right));
  if (!lua_istable(L, left)) {
    assert_true(lua_rawequal(L, left, right));
    return;
  }
  assert_int_equal(tgr_json_mark_of(L, left), tgr_json_mark_of(L, right));
  assert_members(L, left, right);
  assert_members(L, right, left);
}

static void random_values_survive_a_round_trip(void **state) {
  lua_State *L = *state;
  uint32_t seed = 7;
  struct tgr_buf out;
  tgr_buf_init(&out, &tgr_mem_libc, 1 << 24);
  for (int round = 0; round < 2000; round++) {
    struct tgr_error error;
    struct tgr_json_fault fault;
    lua_settop(L, 0);
    tgr_buf_clear(&out);
    push_random(L, &seed, 0);
    if (tgr_json_encode(L, 1, NULL, &out, &error) != TGR_OK)
      fail_msg("%s", error.text);
    assert_int_equal(tgr_json_validate(out.bytes, out.len, &fault), TGR_OK);
    if (tgr_json_decode(L, out.bytes, out.len, &exact, &error) != TGR_OK)
      fail_msg("%s", error.text);
    assert_same(L, 1, 2);
  }
  tgr_buf_deinit(&out);
}

static void assert_text_survives(lua_State *L, const char *text) {
  struct tgr_buf out;
  const struct tgr_json_encode_options sorted = {.sorted = true};
  tgr_buf_init(&out, &tgr_mem_libc, 1024);
  lua_settop(L, 0);
  assert_int_equal(tgr_json_decode(L, text, strlen(text), &exact, NULL),
                   TGR_OK);
  assert_int_equal(tgr_json_encode(L, 1, &sorted, &out, NULL), TGR_OK);
  assert_string_equal(tgr_buf_cstr(&out), text);
  tgr_buf_deinit(&out);
}

static void known_hard_texts_survive_a_round_trip(void **state) {
  lua_State *L = *state;
  static const char *const texts[] = {"9007199254740992",
                                      "9007199254740993",
                                      "9223372036854775807",
                                      "-9223372036854775808",
                                      "{}",
                                      "[]",
                                      "[{},[]]",
                                      "null",
                                      "[null,null]",
                                      "{\"a\":null,\"b\":{}}",
                                      "0.1",
                                      "[[[[[[]]]]]]",
                                      "\"\\u0000\\u001f\\\"\\\\\"",
                                      "{\"\":{\"\":[]}}"};
  for (size_t n = 0; n < sizeof texts / sizeof *texts; n++)
    assert_text_survives(L, texts[n]);
}

/* Mutations of an update, most of them broken. */
static void decode_and_validate_agree(void **state) {
  lua_State *L = *state;
  static const char base[] =
      "{\"update_id\":1,\"m\":{\"t\":\"a\\n\\u00e9\\\"b\",\"n\":[-1.5e3,0,"
      "true,false,null,[],{}],\"o\":{\"x\":{\"y\":[[1,2],[3]]}}}}";
  static const char bytes[] = "{}[]\",:\\ u0-.eE1tn\x01\xFF";
  uint32_t seed = 3;
  int accepted = 0;
  for (int round = 0; round < 20000; round++) {
    char text[sizeof base];
    struct tgr_json_fault fault;
    struct tgr_error error;
    memcpy(text, base, sizeof base);
    for (uint32_t left = next_random(&seed) % 3 + 1; left > 0; left--)
      text[next_random(&seed) % (sizeof base - 1)] =
          bytes[next_random(&seed) % (sizeof bytes - 1)];
    lua_settop(L, 0);
    const enum tgr_status valid =
        tgr_json_validate(text, sizeof base - 1, &fault);
    const enum tgr_status decoded =
        tgr_json_decode(L, text, sizeof base - 1, NULL, &error);
    if (decoded == TGR_ELIMIT) /* the grammar knows no range of numbers */
      assert_non_null(strstr(error.text, "a number out of range"));
    else
      assert_int_equal(valid, decoded);
    assert_int_equal(lua_gettop(L), decoded == TGR_OK);
    accepted += valid == TGR_OK;
  }
  assert_in_range(accepted, 100, 19900);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(random_values_survive_a_round_trip),
      cmocka_unit_test(known_hard_texts_survive_a_round_trip),
      cmocka_unit_test(decode_and_validate_agree),
  };
  return cmocka_run_group_tests(tests, open_state, close_state);
}
