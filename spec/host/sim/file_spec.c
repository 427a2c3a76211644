#include "sim/file.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <string.h>

static void bytes_are_kept_up_to_the_cap_and_all_are_hashed(void **state) {
  (void)state;
  struct tgr_sim_files files;
  assert_int_equal(tgr_sim_files_init(&files, &tgr_mem_libc), TGR_OK);
  files.cap = 4;
  const struct tgr_sim_file *file = tgr_sim_files_new(&files, "a.txt", NULL);
  assert_int_equal(tgr_sim_files_append(&files, file->id, "foo", 3), TGR_OK);
  assert_int_equal(tgr_sim_files_append(&files, file->id, "bar", 3), TGR_OK);
  assert_int_equal(file->size, 6);
  assert_int_equal(file->kept.len, 4);
  assert_memory_equal(file->kept.bytes, "foob", 4);
  /* The published FNV-1a value of "foobar". */
  assert_true(file->fnv1a == UINT64_C(0x85944171f73967e8));
  tgr_sim_files_deinit(&files);
}

static void the_oldest_files_make_room(void **state) {
  (void)state;
  struct tgr_sim_files files;
  assert_int_equal(tgr_sim_files_init(&files, &tgr_mem_libc), TGR_OK);
  files.total_max = 10;
  for (int i = 0; i < 3; i++) {
    const struct tgr_sim_file *file = tgr_sim_files_new(&files, "a", "b");
    assert_int_equal(tgr_sim_files_append(&files, file->id, "123456", 6),
                     TGR_OK);
  }
  assert_null(tgr_sim_files_get(&files, 2));
  assert_non_null(tgr_sim_files_get(&files, 3));
  for (int i = 0; i < TGR_SIM_FILES_MAX; i++)
    assert_non_null(tgr_sim_files_new(&files, "a", "b"));
  assert_null(tgr_sim_files_get(&files, 3));
  assert_non_null(tgr_sim_files_get(&files, 4));
  assert_null(tgr_sim_files_get(&files, 0));
  assert_null(tgr_sim_files_get(&files, 99999));
  tgr_sim_files_deinit(&files);
}

static void a_file_id_names_its_number(void **state) {
  (void)state;
  assert_int_equal(tgr_sim_file_number("sim-file-12"), 12);
  assert_int_equal(tgr_sim_file_number("sim-file-12-s"), 12);
  assert_int_equal(tgr_sim_file_number("AgACAgIAAxkBAAI"), 0);
}

static void every_allocation_may_fail(void **state) {
  (void)state;
  for (long fail_at = 1; fail_at <= 3; fail_at++) {
    struct spec_mem mem;
    struct tgr_sim_files files;
    spec_mem_init(&mem);
    mem.fail_at = fail_at;
    const struct tgr_sim_file *file =
        tgr_sim_files_init(&files, &mem.mem) == TGR_OK
            ? tgr_sim_files_new(&files, "a", "b")
            : NULL;
    assert_true(file == NULL ||
                tgr_sim_files_append(&files, file->id, "x", 1) == TGR_ENOMEM);
    tgr_sim_files_deinit(&files);
    assert_int_equal(mem.live, 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bytes_are_kept_up_to_the_cap_and_all_are_hashed),
      cmocka_unit_test(the_oldest_files_make_room),
      cmocka_unit_test(a_file_id_names_its_number),
      cmocka_unit_test(every_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
