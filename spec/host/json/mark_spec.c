#include "json/mark.h"

#include "support/spec.h"

#include <lauxlib.h>

#include <stdint.h>

static int open_state(void **state) {
  *state = luaL_newstate();
  return *state == NULL ? -1 : 0;
}

static int close_state(void **state) {
  lua_close(*state);
  return 0;
}

static void null_equals_itself_and_nothing_else(void **state) {
  lua_State *L = *state;
  lua_settop(L, 0);
  tgr_json_push_null(L);
  tgr_json_push_null(L);
  assert_true(lua_rawequal(L, 1, 2));
  assert_true(tgr_json_is_null(L, 1));
  assert_true(lua_islightuserdata(L, 1));
  lua_pushlightuserdata(L, state);
  assert_false(tgr_json_is_null(L, -1));
  lua_pushnil(L);
  assert_false(tgr_json_is_null(L, -1));
  lua_newuserdatauv(L, 1, 0);
  assert_false(tgr_json_is_null(L, -1));
}

static void a_state_has_one_metatable_a_mark(void **state) {
  lua_State *L = *state;
  lua_settop(L, 0);
  tgr_json_push_array_meta(L);
  tgr_json_push_object_meta(L);
  tgr_json_push_array_meta(L);
  tgr_json_push_object_meta(L);
  assert_int_equal(lua_gettop(L), 4);
  assert_true(lua_rawequal(L, 1, 3));
  assert_true(lua_rawequal(L, 2, 4));
  assert_false(lua_rawequal(L, 1, 2));
}

static void a_table_is_what_its_metatable_marks_it(void **state) {
  lua_State *L = *state;
  lua_settop(L, 0);
  lua_newtable(L);
  assert_int_equal(tgr_json_mark_of(L, 1), TGR_JSON_UNMARKED);
  lua_newtable(L);
  lua_setmetatable(L, 1);
  assert_int_equal(tgr_json_mark_of(L, 1), TGR_JSON_FOREIGN);
  tgr_json_push_array_meta(L);
  lua_setmetatable(L, 1);
  assert_int_equal(tgr_json_mark_of(L, 1), TGR_JSON_ARRAY);
  tgr_json_push_object_meta(L);
  lua_setmetatable(L, 1);
  assert_int_equal(tgr_json_mark_of(L, -1), TGR_JSON_OBJECT);
  assert_int_equal(lua_gettop(L), 1);
}

static void marks_are_foreign_where_none_was_made_yet(void **state) {
  lua_State *L = *state;
  lua_settop(L, 0);
  lua_newtable(L);
  lua_newtable(L);
  lua_setmetatable(L, 1);
  assert_int_equal(tgr_json_mark_of(L, 1), TGR_JSON_FOREIGN);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(marks_are_foreign_where_none_was_made_yet),
      cmocka_unit_test(null_equals_itself_and_nothing_else),
      cmocka_unit_test(a_state_has_one_metatable_a_mark),
      cmocka_unit_test(a_table_is_what_its_metatable_marks_it),
  };
  return cmocka_run_group_tests(tests, open_state, close_state);
}
