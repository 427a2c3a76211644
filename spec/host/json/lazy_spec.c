#include "json/lazy.h"

#include "json/encode.h"

#include "support/spec.h"

#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

static lua_State *L;

static int push_lazy(lua_State *state) {
  size_t len = 0;
  const char *text = luaL_checklstring(state, 1, &len);
  tgr_json_lazy_push(state, text, len);
  return 1;
}

static int encode(lua_State *state) {
  struct tgr_buf out;
  struct tgr_error error;
  const struct tgr_json_encode_options options = {.sorted = true};
  tgr_buf_init(&out, &tgr_mem_libc, SIZE_MAX);
  assert_int_equal(tgr_json_encode(state, 1, &options, &out, &error), TGR_OK);
  lua_pushlstring(state, out.bytes, out.len);
  tgr_buf_deinit(&out);
  return 1;
}

static int set_up(void **state) {
  (void)state;
  L = luaL_newstate();
  luaL_openlibs(L);
  tgr_json_lazy_install(L);
  lua_register(L, "lazy", push_lazy);
  lua_register(L, "encode", encode);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  lua_close(L);
  return 0;
}

static void run(const char *code) {
  if (luaL_dostring(L, code) != LUA_OK)
    fail_msg("%s", lua_tostring(L, -1));
}

static void a_field_is_there_when_it_is_read(void **state) {
  (void)state;
  run("local t = lazy '{\"a\":1,\"b\":{\"c\":[2,3]}}'\n"
      "assert(t.a == 1 and t.b.c[2] == 3 and t.d == nil)\n"
      "assert(getmetatable(t) == nil)");
}

static void a_field_can_be_written_first(void **state) {
  (void)state;
  run("local t = lazy '{\"a\":1}'\n"
      "t.a = 2 t.b = 3\n"
      "assert(t.a == 2 and t.b == 3)");
}

static void all_ways_to_walk_a_table_see_its_members(void **state) {
  (void)state;
  run("local text = '{\"a\":1,\"b\":2}'\n"
      "local sum = 0\n"
      "for _, value in pairs(lazy(text)) do sum = sum + value end\n"
      "for _, value in next, lazy(text) do sum = sum end\n"
      "assert(sum == 3)\n"
      "local t = lazy(text)\n"
      "local key = next(t)\n"
      "assert(key == 'a' or key == 'b')\n"
      "assert(next(lazy '{}') == nil and #lazy(text) == 0)");
}

static void raw_functions_see_its_members(void **state) {
  (void)state;
  run("local text = '{\"a\":1}'\n"
      "assert(rawget(lazy(text), 'a') == 1 and rawlen(lazy(text)) == 0)\n"
      "local t = rawset(lazy(text), 'b', 2)\n"
      "assert(t.a == 1 and t.b == 2)\n"
      "t = setmetatable(lazy(text), { __index = { c = 3 } })\n"
      "assert(t.a == 1 and t.c == 3)");
}

static void raw_functions_do_as_ever_with_all_else(void **state) {
  (void)state;
  run("local t = setmetatable({ 1 }, { __index = { x = 2 } })\n"
      "assert(t.x == 2 and rawget(t, 'x') == nil and rawlen(t) == 1)\n"
      "assert(rawlen 'abc' == 3 and next {} == nil)\n"
      "assert(not pcall(next, 5) and not pcall(rawget, nil, 1))\n"
      "assert(not pcall(setmetatable, {}, 5))");
}

static void the_encoder_fills_it_in(void **state) {
  (void)state;
  run("assert(encode { list = { lazy '{\"b\":2,\"a\":{}}' } } ==\n"
      "  '{\"list\":[{\"a\":[],\"b\":2}]}')");
}

static void broken_text_is_told_and_stays_so(void **state) {
  (void)state;
  run("local t = lazy '{\"a\":\"\\\\q\"}'\n"
      "for _ = 1, 2 do\n"
      "  local ok, text = pcall(function() return t.a end)\n"
      "  assert(not ok and text:find 'answer is broken', text)\n"
      "end");
}

static void a_lazy_object_that_nobody_opens_is_collected(void **state) {
  (void)state;
  run("local weak = setmetatable({}, { __mode = 'v' })\n"
      "weak[1] = lazy '{\"a\":1}'\n"
      "collectgarbage() assert(weak[1] == nil)");
}

static void only_states_where_it_is_installed_have_it(void **state) {
  (void)state;
  assert_true(tgr_json_lazy_is_installed(L));
  lua_State *other = luaL_newstate();
  assert_false(tgr_json_lazy_is_installed(other));
  lua_newtable(other);
  tgr_json_lazy_open(other, 1);
  assert_int_equal(lua_gettop(other), 1);
  lua_close(other);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(a_field_is_there_when_it_is_read),
      TEST(a_field_can_be_written_first),
      TEST(all_ways_to_walk_a_table_see_its_members),
      TEST(raw_functions_see_its_members),
      TEST(raw_functions_do_as_ever_with_all_else),
      TEST(the_encoder_fills_it_in),
      TEST(broken_text_is_told_and_stays_so),
      TEST(a_lazy_object_that_nobody_opens_is_collected),
      TEST(only_states_where_it_is_installed_have_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
