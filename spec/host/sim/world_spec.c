#include "sim/world.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <string.h>

static void a_token_always_names_the_same_bot(void **state) {
  (void)state;
  struct tgr_sim_world world;
  assert_int_equal(tgr_sim_world_init(&world, &tgr_mem_libc, "1:a", false),
                   TGR_OK);
  assert_ptr_equal(tgr_sim_world_bot(&world, "1:a", 3), world.home);
  struct tgr_sim_bot *other = tgr_sim_world_bot(&world, "2:bcd", 3);
  assert_string_equal(other->token, "2:b");
  assert_ptr_not_equal(other, world.home);
  assert_ptr_equal(tgr_sim_world_bot(&world, "2:b", 3), other);
  tgr_sim_world_deinit(&world);
}

static void a_given_token_is_the_only_known_one(void **state) {
  (void)state;
  struct tgr_sim_world world;
  assert_int_equal(tgr_sim_world_init(&world, &tgr_mem_libc, "1:a", true),
                   TGR_OK);
  assert_true(tgr_sim_world_knows(&world, "1:a"));
  assert_false(tgr_sim_world_knows(&world, "2:b"));
  tgr_sim_world_deinit(&world);
}

static void every_allocation_may_fail(void **state) {
  (void)state;
  for (long fail_at = 1;; fail_at++) {
    struct spec_mem mem;
    struct tgr_sim_world world;
    spec_mem_init(&mem);
    mem.fail_at = fail_at;
    const enum tgr_status status =
        tgr_sim_world_init(&world, &mem.mem, "1:a", false);
    if (status == TGR_OK) {
      assert_null(tgr_sim_world_bot(&world, "2:b", 3));
      assert_true(fail_at > 4);
      tgr_sim_world_deinit(&world);
      assert_int_equal(mem.live, 0);
      return;
    }
    assert_int_equal(status, TGR_ENOMEM);
    assert_int_equal(mem.live, 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_token_always_names_the_same_bot),
      cmocka_unit_test(a_given_token_is_the_only_known_one),
      cmocka_unit_test(every_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
