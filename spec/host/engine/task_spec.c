#include "engine/task.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <string.h>

static void a_task_holds_a_copy_of_its_bytes(void **state) {
  (void)state;
  struct spec_mem mem;
  spec_mem_init(&mem);
  char raw[] = "{\"update_id\":1}";
  struct tgr_task *task = tgr_task_new(&mem.mem, raw, strlen(raw));
  memset(raw, 'x', strlen(raw));
  assert_string_equal(task->raw, "{\"update_id\":1}");
  assert_int_equal(task->raw_len, 15);
  assert_int_equal(task->place, TGR_TASK_LOOSE);
  assert_int_equal(mem.live, 1); /* one allocation */
  tgr_task_release(task);
  assert_int_equal(mem.live, 0);
}

static void the_last_holder_frees(void **state) {
  (void)state;
  struct spec_mem mem;
  spec_mem_init(&mem);
  struct tgr_task *task = tgr_task_new(&mem.mem, "", 0);
  assert_ptr_equal(tgr_task_hold(task), task);
  tgr_task_release(task);
  assert_int_equal(mem.live, 1);
  tgr_task_release(task);
  assert_int_equal(mem.live, 0);
}

static int dropped;

static void drop(void *owner, int value) {
  assert_ptr_equal(owner, &dropped);
  dropped = value;
}

static void its_value_is_dropped_with_the_last_hold(void **state) {
  (void)state;
  struct tgr_task *task = tgr_task_new(&tgr_mem_libc, NULL, 0);
  task->value = 7;
  task->value_owner = &dropped;
  task->drop_value = drop;
  tgr_task_hold(task);
  tgr_task_release(task);
  assert_int_equal(dropped, 0);
  tgr_task_release(task);
  assert_int_equal(dropped, 7);
}

static void without_memory_there_is_no_task(void **state) {
  (void)state;
  struct spec_mem mem;
  spec_mem_init(&mem);
  mem.fail_at = 1;
  assert_null(tgr_task_new(&mem.mem, "x", 1));
  assert_null(tgr_task_new(&tgr_mem_libc, "x", SIZE_MAX - 10));
}

static void releasing_nothing_is_fine(void **state) {
  (void)state;
  tgr_task_release(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_task_holds_a_copy_of_its_bytes),
      cmocka_unit_test(the_last_holder_frees),
      cmocka_unit_test(its_value_is_dropped_with_the_last_hold),
      cmocka_unit_test(without_memory_there_is_no_task),
      cmocka_unit_test(releasing_nothing_is_fine),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
