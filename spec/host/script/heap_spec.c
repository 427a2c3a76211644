#include "script/heap.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdbool.h>
#include <string.h>

static void sizes_are_counted_exactly(void **state) {
  (void)state;
  struct tgr_heap heap;
  tgr_heap_init(&heap, &tgr_mem_libc);
  char *small = tgr_heap_resize(&heap, NULL, 0, 10);
  char *large = tgr_heap_resize(&heap, NULL, 0, 100000);
  assert_int_equal(heap.used, 100010);
  small = tgr_heap_resize(&heap, small, 10, 700);
  large = tgr_heap_resize(&heap, large, 100000, 20);
  assert_int_equal(heap.used, 720);
  tgr_heap_resize(&heap, small, 700, 0);
  tgr_heap_resize(&heap, large, 20, 0);
  assert_int_equal(heap.used, 0);
  tgr_heap_deinit(&heap);
}

static void content_moves_with_every_resize(void **state) {
  (void)state;
  static const size_t sizes[] = {1, 16, 17, 500, 512, 513, 4096, 512, 40, 3};
  struct tgr_heap heap;
  tgr_heap_init(&heap, &tgr_mem_libc);
  char *ptr = tgr_heap_resize(&heap, NULL, 0, 1);
  *ptr = 'a';
  size_t size = 1;
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    ptr = tgr_heap_resize(&heap, ptr, size, sizes[i]);
    const size_t kept = size < sizes[i] ? size : sizes[i];
    for (size_t at = 0; at < kept; at++)
      assert_int_equal(ptr[at], 'a');
    size = sizes[i];
    memset(ptr, 'a', size);
  }
  tgr_heap_resize(&heap, ptr, size, 0);
  tgr_heap_deinit(&heap);
}

static void blocks_do_not_overlap(void **state) {
  (void)state;
  enum { COUNT = 3000 };
  static unsigned char *blocks[COUNT];
  struct tgr_heap heap;
  tgr_heap_init(&heap, &tgr_mem_libc);
  for (int round = 0; round < 3; round++) {
    for (int i = round; i < COUNT; i += 1 + round) {
      const size_t size = (size_t)(i % 600) + 1;
      if (blocks[i] != NULL)
        tgr_heap_resize(&heap, blocks[i], size, 0);
      blocks[i] = tgr_heap_resize(&heap, NULL, 0, size);
      memset(blocks[i], i & 0xFF, size);
    }
  }
  for (int i = 0; i < COUNT; i++) {
    const size_t size = (size_t)(i % 600) + 1;
    for (size_t at = 0; at < size; at++)
      assert_int_equal(blocks[i][at], i & 0xFF);
    tgr_heap_resize(&heap, blocks[i], size, 0);
    blocks[i] = NULL;
  }
  assert_int_equal(heap.used, 0);
  tgr_heap_deinit(&heap);
}

static void a_limit_refuses_growth_but_not_shrinking(void **state) {
  (void)state;
  struct tgr_heap heap;
  tgr_heap_init(&heap, &tgr_mem_libc);
  heap.limit = 1000;
  char *ptr = tgr_heap_resize(&heap, NULL, 0, 900);
  assert_non_null(ptr);
  assert_null(tgr_heap_resize(&heap, NULL, 0, 200));
  assert_null(tgr_heap_resize(&heap, ptr, 900, 1001));
  ptr = tgr_heap_resize(&heap, ptr, 900, 100);
  assert_non_null(ptr);
  assert_null(tgr_heap_resize(&heap, ptr, 100, 0));
  tgr_heap_deinit(&heap);
}

static int exhausted_count;

static void
a_state_that_closes_is_not_refused_what_closing_takes(void **state) {
  (void)state;
  struct tgr_heap heap;
  tgr_heap_init(&heap, &tgr_mem_libc);
  heap.soft = 4096;
  heap.hard = 8192;
  tgr_heap_watch(&heap);
  char *held = tgr_heap_resize(&heap, NULL, 0, 4096);
  assert_non_null(held);
  assert_null(tgr_heap_resize(&heap, NULL, 0, 400));
  tgr_heap_close(&heap);
  tgr_heap_watch(&heap);
  char *more = tgr_heap_resize(&heap, NULL, 0, 4096 + 1024);
  assert_non_null(more);
  assert_null(tgr_heap_resize(&heap, NULL, 0, 400));
  tgr_heap_resize(&heap, more, 4096 + 1024, 0);
  tgr_heap_resize(&heap, held, 4096, 0);
  tgr_heap_deinit(&heap);
}

static void on_exhausted(struct tgr_heap *heap) {
  (void)heap;
  exhausted_count++;
}

/* Runs `code`, which may fail, as a resume does; collects when that is due. */
static bool run_limited(struct tgr_heap *heap, lua_State *L, const char *code) {
  const bool done = luaL_dostring(L, code) == LUA_OK;
  const bool exceeded = tgr_heap_exceeded(heap);
  assert_int_equal(tgr_heap_wants_collection(heap), exceeded);
  if (exceeded) {
    lua_settop(L, 0);
    lua_gc(L, LUA_GCCOLLECT, 0);
    lua_gc(L, LUA_GCSETPAUSE, tgr_heap_pause(heap));
    lua_gc(L, LUA_GCCOLLECT, 0);
    tgr_heap_collected(heap);
    assert_false(tgr_heap_exceeded(heap));
  }
  lua_settop(L, 0);
  return done;
}

static void what_a_limit_refuses_for_good_is_noted(void **state) {
  (void)state;
  struct tgr_heap heap;
  tgr_heap_init(&heap, &tgr_mem_libc);
  heap.exhausted = on_exhausted;
  lua_State *L = lua_newstate(tgr_heap_resize, &heap);
  luaL_openlibs(L);
  heap.limit = 1 << 20;
  exhausted_count = 0;
  /* Garbage: a collection helps, and no script gets an error. */
  assert_true(run_limited(&heap, L,
                          "collectgarbage 'stop' "
                          "for i = 1, 100000 do _ = {} end "
                          "collectgarbage 'restart'"));
  assert_int_equal(exhausted_count, 0);
  /* Too much at once, by a table and by a string buffer: nothing is left. */
  assert_false(run_limited(&heap, L,
                           "local t = {} "
                           "for i = 1, 1e6 do t[i] = ('x'):rep(999) .. i end"));
  assert_true(run_limited(&heap, L, "pcall(string.rep, 'x', 1 << 24)"));
  assert_int_equal(exhausted_count, 0);
  /* It holds much, and only then collects in time. */
  static const char garbage[] =
      "for i = 1, 2000 do _ = ('x'):rep(2000) .. i end";
  assert_true(run_limited(&heap, L,
                          "t = {} "
                          "for i = 1, 700 do t[i] = ('x'):rep(999) .. i end"));
  for (int i = 0; i < 3 && !run_limited(&heap, L, garbage); i++)
    assert_int_equal(i, 0);
  assert_int_equal(tgr_heap_pause(&heap), TGR_HEAP_PAUSE);
  assert_true(run_limited(&heap, L, garbage));
  assert_int_equal(exhausted_count, 0);
  /* The state is full, though the script saw to it. */
  assert_true(run_limited(&heap, L,
                          "t = {} pcall(function() "
                          "for i = 1, 1e6 do t[i] = ('x'):rep(999) .. i end "
                          "end)"));
  assert_int_equal(exhausted_count, 1);
  lua_close(L);
  tgr_heap_deinit(&heap);
}

static int work(lua_State *L) {
  luaL_openlibs(L);
  if (luaL_dostring(L, "local t = {} for i = 1, 300 do t[i] = ('x'):rep(i) end "
                       "return #table.concat(t)") != LUA_OK)
    return lua_error(L);
  return 1;
}

/* Every allocation that can fail does, once and for good. */
static void lua_survives_every_failing_allocation(void **state) {
  (void)state;
  bool finished = false;
  for (long fail_at = 1; !finished; fail_at++) {
    struct spec_mem mem;
    spec_mem_init(&mem);
    mem.fail_at = fail_at;
    struct tgr_heap heap;
    tgr_heap_init(&heap, &mem.mem);
    lua_State *L = lua_newstate(tgr_heap_resize, &heap);
    if (L != NULL) {
      lua_pushcfunction(L, work);
      finished = lua_pcall(L, 0, 1, 0) == LUA_OK;
      if (finished)
        assert_int_equal(lua_tointeger(L, -1), 45150);
      lua_close(L);
    }
    tgr_heap_deinit(&heap);
    assert_int_equal(mem.live, 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sizes_are_counted_exactly),
      cmocka_unit_test(content_moves_with_every_resize),
      cmocka_unit_test(blocks_do_not_overlap),
      cmocka_unit_test(a_limit_refuses_growth_but_not_shrinking),
      cmocka_unit_test(a_state_that_closes_is_not_refused_what_closing_takes),
      cmocka_unit_test(what_a_limit_refuses_for_good_is_noted),
      cmocka_unit_test(lua_survives_every_failing_allocation),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
