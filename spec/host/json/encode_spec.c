#include "json/encode.h"

#include "support/spec.h"
#include "support/spec_mem.h"
#include "json/mark.h"
#include "json/scan.h"

#include <lauxlib.h>
#include <lualib.h>

#include <stdlib.h>
#include <string.h>

static int open_state(void **state) {
  lua_State *L = luaL_newstate();
  *state = L;
  if (L == NULL)
    return -1;
  luaL_openlibs(L);
  tgr_json_push_null(L);
  lua_setglobal(L, "null");
  tgr_json_push_array_meta(L);
  lua_setglobal(L, "array");
  tgr_json_push_object_meta(L);
  lua_setglobal(L, "object");
  return 0;
}

static int close_state(void **state) {
  lua_close(*state);
  return 0;
}

/* Leaves the value of a Lua expression alone on the stack. */
static void evaluate(lua_State *L, const char *expression) {
  lua_settop(L, 0);
  lua_pushfstring(L, "return %s", expression);
  assert_int_equal(luaL_loadstring(L, lua_tostring(L, 1)), LUA_OK);
  lua_remove(L, 1);
  if (lua_pcall(L, 0, 1, 0) != LUA_OK)
    fail_msg("%s", lua_tostring(L, -1));
}

static void assert_encoded_with(lua_State *L, const char *expression,
                                const struct tgr_json_encode_options *options,
                                const char *expected) {
  struct tgr_buf out;
  struct tgr_error error = {0};
  tgr_buf_init(&out, &tgr_mem_libc, 65536);
  evaluate(L, expression);
  if (tgr_json_encode(L, -1, options, &out, &error) != TGR_OK)
    fail_msg("%s: %s", expression, error.text);
  assert_string_equal(tgr_buf_cstr(&out), expected);
  assert_int_equal(lua_gettop(L), 1);
  tgr_buf_deinit(&out);
}

static void assert_encoded(lua_State *L, const char *expression,
                           const char *expected) {
  const struct tgr_json_encode_options options = {.sorted = true};
  assert_encoded_with(L, expression, &options, expected);
}

static void assert_refused(lua_State *L, const char *expression,
                           enum tgr_status status, const char *text) {
  struct tgr_buf out;
  struct tgr_error error = {0};
  tgr_buf_init(&out, &tgr_mem_libc, 65536);
  assert_int_equal(tgr_buf_append_str(&out, "before"), TGR_OK);
  evaluate(L, expression);
  assert_int_equal(tgr_json_encode(L, 1, NULL, &out, &error), status);
  assert_string_equal(error.text, text);
  assert_int_equal(error.status, status);
  assert_string_equal(tgr_buf_cstr(&out), "before");
  assert_int_equal(lua_gettop(L), 1);
  tgr_buf_deinit(&out);
}

static void plain_values_are_what_they_look_like(void **state) {
  lua_State *L = *state;
  assert_encoded(L, "nil", "null");
  assert_encoded(L, "null", "null");
  assert_encoded(L, "true", "true");
  assert_encoded(L, "false", "false");
  assert_encoded(L, "'a\\n\"\\xC3\\xA9\\xFF'",
                 "\"a\\n\\\"\xC3\xA9\xEF\xBF\xBD\"");
}

static void integers_are_exact_and_whole_floats_look_like_them(void **state) {
  lua_State *L = *state;
  assert_encoded(L, "-1001234567890", "-1001234567890");
  assert_encoded(L, "math.maxinteger", "9223372036854775807");
  assert_encoded(L, "math.mininteger", "-9223372036854775808");
  assert_encoded(L, "-1001234567890.0", "-1001234567890");
  assert_encoded(L, "2.0^53", "9007199254740992");
  assert_encoded(L, "0.1", "0.1");
  assert_encoded(L, "1e300", "1e+300");
}

static void tables_are_arrays_or_objects_by_their_keys(void **state) {
  lua_State *L = *state;
  assert_encoded(L, "{1,'a',{true}}", "[1,\"a\",[true]]");
  assert_encoded(L, "{b=2,a=1,c={d='x'},ab=3,['']=0}",
                 "{\"\":0,\"a\":1,\"ab\":3,\"b\":2,\"c\":{\"d\":\"x\"}}");
  assert_encoded(L, "{[2]='b',[1]='a'}", "[\"a\",\"b\"]");
  assert_encoded(L, "{[1.0]='a'}", "[\"a\"]");
  assert_encoded(L, "{['1']='a'}", "{\"1\":\"a\"}");
  assert_encoded(L, "{null,1}", "[null,1]");
}

static void without_sorting_all_members_are_there(void **state) {
  lua_State *L = *state;
  const struct tgr_json_encode_options options = {0};
  assert_encoded_with(L, "{a={b={1}}}", &options, "{\"a\":{\"b\":[1]}}");
  struct tgr_buf out;
  tgr_buf_init(&out, &tgr_mem_libc, 65536);
  evaluate(L, "{a=1,b=2}");
  assert_int_equal(tgr_json_encode(L, 1, NULL, &out, NULL), TGR_OK);
  const char *text = tgr_buf_cstr(&out);
  assert_true(strcmp(text, "{\"a\":1,\"b\":2}") == 0 ||
              strcmp(text, "{\"b\":2,\"a\":1}") == 0);
  tgr_buf_deinit(&out);
}

static bool markup_is_object(void *user, const char *name, size_t name_len) {
  assert_string_equal(user, "user");
  return name_len == 12 && memcmp(name, "reply_markup", 12) == 0;
}

static void an_empty_table_is_an_array_unless_known_better(void **state) {
  lua_State *L = *state;
  assert_encoded(L, "{}", "[]");
  assert_encoded(L, "{reply_markup={}}", "{\"reply_markup\":[]}");
  char user[] = "user";
  const struct tgr_json_encode_options options = {.top_is_object = true,
                                                  .sorted = true,
                                                  .is_object = markup_is_object,
                                                  .user = user};
  assert_encoded_with(L, "{}", &options, "{}");
  assert_encoded_with(L, "{reply_markup={},x={}}", &options,
                      "{\"reply_markup\":{},\"x\":[]}");
  assert_encoded_with(L, "{reply_markup={{}}}", &options,
                      "{\"reply_markup\":[[]]}");
  assert_encoded_with(L, "{reply_markup=setmetatable({},array)}", &options,
                      "{\"reply_markup\":[]}");
}

static void marks_decide_about_empty_tables(void **state) {
  lua_State *L = *state;
  assert_encoded(L, "setmetatable({},object)", "{}");
  assert_encoded(L, "{setmetatable({},array),setmetatable({},object)}",
                 "[[],{}]");
  assert_encoded(L, "setmetatable({1},array)", "[1]");
  assert_encoded(L, "setmetatable({a=1},object)", "{\"a\":1}");
  assert_refused(L, "{m=setmetatable({a=1},array)}", TGR_EINVAL,
                 "m: cannot encode names in an array");
  assert_refused(L, "{m=setmetatable({1},object)}", TGR_EINVAL,
                 "m: cannot encode positions in an object");
}

static void no_metamethod_is_run(void **state) {
  lua_State *L = *state;
  assert_encoded(L,
                 "setmetatable({1,2}, {__index=error, __len=error, "
                 "__pairs=error, __tostring=error, __name='x'})",
                 "[1,2]");
}

static void errors_name_the_place(void **state) {
  lua_State *L = *state;
  assert_refused(L, "print", TGR_EINVAL, "value: cannot encode a function");
  assert_refused(L, "{reply_markup={keyboard={{1},{print}}}}", TGR_EINVAL,
                 "reply_markup.keyboard[2][1]: cannot encode a function");
  assert_refused(L, "{{a={coroutine.create(print)}}}", TGR_EINVAL,
                 "[1].a[1]: cannot encode a thread");
  assert_refused(L, "{['a b']={x=io.stdout}}", TGR_EINVAL,
                 "[\"a b\"].x: cannot encode a userdata");
  assert_refused(L, "{x=0/0}", TGR_EINVAL, "x: cannot encode nan");
  assert_refused(L, "{x={-math.huge}}", TGR_EINVAL, "x[1]: cannot encode inf");
}

static void tables_that_are_neither_kind_are_refused(void **state) {
  lua_State *L = *state;
  assert_refused(L, "{x={1,2,nil,4}}", TGR_EINVAL,
                 "x: cannot encode a sequence with holes");
  assert_refused(L, "{x={[2]=1}}", TGR_EINVAL,
                 "x: cannot encode a sequence with holes");
  assert_refused(L, "{x={[1<<62]=1}}", TGR_EINVAL,
                 "x: cannot encode a sequence with holes");
  assert_refused(L, "{x={1,a=2}}", TGR_EINVAL,
                 "x: cannot encode a table with both names and positions");
  assert_refused(L, "{x={a=1,b=2,c=3,d=4,e=5,[10]=6}}", TGR_EINVAL,
                 "x: cannot encode a table with both names and positions");
  assert_refused(L, "{x={a=1,b=2,c=3,d=4,e=5,[true]=6}}", TGR_EINVAL,
                 "x: cannot encode a boolean as a key");
  assert_refused(L, "{x={[true]=1}}", TGR_EINVAL,
                 "x: cannot encode a boolean as a key");
  assert_refused(L, "{x={[print]=1}}", TGR_EINVAL,
                 "x: cannot encode a function as a key");
  assert_refused(L, "{x={[1.5]=1}}", TGR_EINVAL,
                 "x: cannot encode a table with a key that is a fraction, "
                 "zero or negative");
  assert_refused(L, "{x={[0]=1}}", TGR_EINVAL,
                 "x: cannot encode a table with a key that is a fraction, "
                 "zero or negative");
}

static void nesting_is_bounded_and_so_are_cycles(void **state) {
  lua_State *L = *state;
  struct tgr_buf out;
  struct tgr_error error;
  tgr_buf_init(&out, &tgr_mem_libc, 65536);
  evaluate(L, "(function() local t = {} for _ = 2, 64 do t = {t} end "
              "return t end)()");
  assert_int_equal(tgr_json_encode(L, 1, NULL, &out, &error), TGR_OK);
  assert_int_equal(out.len, 128);
  evaluate(L, "(function() local t = {} t.a = t return t end)()");
  assert_int_equal(tgr_json_encode(L, 1, NULL, &out, &error), TGR_ELIMIT);
  assert_int_equal(out.len, 128);
  assert_non_null(strstr(error.text, "a.a.a.a"));
  assert_non_null(strstr(error.text, "nested deeper than 64 levels"));
  tgr_buf_deinit(&out);
}

static void a_buffer_that_is_full_is_a_limit(void **state) {
  lua_State *L = *state;
  static const char full[] = "{\"a\":[1,\"b\",false]}";
  for (size_t max = 0; max < sizeof full - 1; max++) {
    struct tgr_buf out;
    tgr_buf_init(&out, &tgr_mem_libc, max);
    evaluate(L, "{a={1,'b',false}}");
    assert_int_equal(tgr_json_encode(L, 1, NULL, &out, NULL), TGR_ELIMIT);
    assert_int_equal(out.len, 0);
    assert_int_equal(lua_gettop(L), 1);
    tgr_buf_deinit(&out);
  }
}

static void running_out_of_memory_is_a_status(void **state) {
  lua_State *L = *state;
  bool succeeded = false;
  for (long at = 1; !succeeded; at++) {
    struct spec_mem mem;
    spec_mem_init(&mem);
    mem.fail_at = at;
    struct tgr_buf out;
    struct tgr_error error;
    tgr_buf_init(&out, &mem.mem, 1 << 20);
    evaluate(L, "{a={('x'):rep(300), ('y'):rep(3000)}}");
    const enum tgr_status status = tgr_json_encode(L, 1, NULL, &out, &error);
    succeeded = status == TGR_OK;
    if (!succeeded) {
      assert_int_equal(status, TGR_ENOMEM);
      assert_int_equal(out.len, 0);
      assert_non_null(strstr(error.text, "out of memory"));
    }
    assert_in_range(at, 1, 100);
    tgr_buf_deinit(&out);
    assert_int_equal(mem.live, 0);
  }
}

/* Writes userdata and tables with a `file` field; refuses one with `bad`. */
static enum tgr_status write_file(void *user, lua_State *L, int index,
                                  struct tgr_buf *out, bool *written,
                                  struct tgr_error *error) {
  int *calls = user;
  ++*calls;
  if (lua_isuserdata(L, index)) {
    *written = true;
    return tgr_buf_append_str(out, "\"userdata\"");
  }
  lua_getfield(L, index, "bad");
  const bool bad = lua_toboolean(L, -1);
  lua_getfield(L, index, "file");
  *written = lua_toboolean(L, -1);
  lua_pop(L, 2);
  if (bad)
    return tgr_error_set(error, TGR_EIO, "cannot read it");
  return *written ? tgr_buf_append_str(out, "\"attach://0\"") : TGR_OK;
}

static void special_values_are_written_by_the_caller(void **state) {
  lua_State *L = *state;
  int calls = 0;
  const struct tgr_json_encode_options options = {
      .sorted = true, .special = write_file, .user = &calls};
  assert_encoded_with(L, "{a={setmetatable({file=true},{})},b=io.stdout}",
                      &options, "{\"a\":[\"attach://0\"],\"b\":\"userdata\"}");
  assert_int_equal(calls, 2);
  assert_encoded_with(L, "setmetatable({x=1},{})", &options, "{\"x\":1}");
  assert_int_equal(calls, 3);
  assert_encoded_with(L, "{{file=true},setmetatable({},object),null}", &options,
                      "[{\"file\":true},{},null]");
  assert_int_equal(calls, 3);
}

static void what_the_caller_refuses_is_an_error_with_its_place(void **state) {
  lua_State *L = *state;
  int calls = 0;
  const struct tgr_json_encode_options options = {.special = write_file,
                                                  .user = &calls};
  struct tgr_buf out;
  struct tgr_error error;
  tgr_buf_init(&out, &tgr_mem_libc, 65536);
  evaluate(L, "{media={setmetatable({bad=true},{})}}");
  assert_int_equal(tgr_json_encode(L, 1, &options, &out, &error), TGR_EIO);
  assert_string_equal(error.text, "media[1]: cannot read it");
  tgr_buf_deinit(&out);
}

static int polls;

static void count_poll(lua_State *L) {
  (void)L;
  polls++;
}

static void raise_at_third_poll(lua_State *L) {
  if (++polls == 3)
    (void)luaL_error(L, "enough");
}

static int encode_raising(lua_State *L) {
  const struct tgr_json_encode_options options = {.poll = raise_at_third_poll};
  const enum tgr_status status =
      tgr_json_encode(L, 1, &options, lua_touserdata(L, 2), NULL);
  return luaL_error(L, "not raised: %d", (int)status);
}

static void somebody_is_asked_each_thousand_values(void **state) {
  lua_State *L = *state;
  static const char *const large[] = {
      "(function() local t = {} for i = 1, 4096 do t[i] = i end return t "
      "end)()",
      "(function() local t = {} for i = 1, 4096 do t['k' .. i] = 1 end "
      "return t end)()",
      "(function() local t = {} for i = 1, 12 do t = {t, t} end return t "
      "end)()"};
  const struct tgr_json_encode_options options = {.poll = count_poll};
  struct tgr_buf out;
  tgr_buf_init(&out, &tgr_mem_libc, 1 << 20);
  for (size_t i = 0; i < sizeof large / sizeof *large; i++) {
    evaluate(L, large[i]);
    polls = 0;
    assert_int_equal(tgr_json_encode(L, 1, &options, &out, NULL), TGR_OK);
    assert_in_range(polls, 3, 8);
    polls = 0;
    lua_pushcfunction(L, encode_raising);
    lua_pushvalue(L, 1);
    lua_pushlightuserdata(L, &out);
    assert_int_equal(lua_pcall(L, 2, 0, 0), LUA_ERRRUN);
    assert_non_null(strstr(lua_tostring(L, -1), "enough"));
  }
  tgr_buf_deinit(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(plain_values_are_what_they_look_like),
      cmocka_unit_test(integers_are_exact_and_whole_floats_look_like_them),
      cmocka_unit_test(tables_are_arrays_or_objects_by_their_keys),
      cmocka_unit_test(without_sorting_all_members_are_there),
      cmocka_unit_test(an_empty_table_is_an_array_unless_known_better),
      cmocka_unit_test(marks_decide_about_empty_tables),
      cmocka_unit_test(no_metamethod_is_run),
      cmocka_unit_test(errors_name_the_place),
      cmocka_unit_test(tables_that_are_neither_kind_are_refused),
      cmocka_unit_test(nesting_is_bounded_and_so_are_cycles),
      cmocka_unit_test(a_buffer_that_is_full_is_a_limit),
      cmocka_unit_test(running_out_of_memory_is_a_status),
      cmocka_unit_test(special_values_are_written_by_the_caller),
      cmocka_unit_test(what_the_caller_refuses_is_an_error_with_its_place),
      cmocka_unit_test(somebody_is_asked_each_thousand_values),
  };
  return cmocka_run_group_tests(tests, open_state, close_state);
}
