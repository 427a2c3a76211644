#include "net/copy.h"

#include "net_spec.h"
#include "support/spec_folder.h"

#include <stdlib.h>
#include <sys/stat.h>

enum { LEN = 5 * 1024 * 1024 + 3 };

static struct spec_folder folder;
static char from[160];
static char to[160];

static int setup(void **state) {
  (void)state;
  set_up_loop(NULL);
  assert_true(spec_folder_make(&folder));
  snprintf(from, sizeof from, "%s/from.bin", folder.name);
  snprintf(to, sizeof to, "%s/to.bin", folder.name);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  tear_down_loop();
  unlink(from);
  unlink(to);
  assert_int_equal(rmdir(folder.name), 0); /* nothing else is left in it */
  return 0;
}

struct probed {
  struct tgr_copy copy;
  int done;
};

static void on_copied(struct tgr_copy *copy) {
  TGR_CONTAINER_OF(copy, struct probed, copy)->done++;
}

static void write_from(const char *bytes, size_t len) {
  assert_true(spec_file_write(from, bytes, len));
}

static void assert_no_to(void) {
  struct stat it;
  assert_int_equal(stat(to, &it), -1);
}

static void run_copy(struct probed *it) {
  it->done = 0;
  tgr_copy_init(&it->copy, on_copied);
  tgr_copy_start(&loop, &it->copy, from, to);
  assert_int_equal(it->done, 0);
  run_until(&it->done, 1);
}

static void a_large_file_is_copied_byte_for_byte(void **state) {
  (void)state;
  char *bytes = spec_file_make(LEN);
  write_from(bytes, LEN);
  struct probed it;
  run_copy(&it);
  assert_int_equal(it.copy.error.status, TGR_OK);
  assert_true(spec_file_holds(to, bytes, LEN));
  free(bytes);
}

static void an_empty_file_is_copied(void **state) {
  (void)state;
  write_from("", 0);
  struct probed it;
  run_copy(&it);
  assert_int_equal(it.copy.error.status, TGR_OK);
  assert_true(spec_file_holds(to, "", 0));
}

static void a_missing_file_leaves_nothing(void **state) {
  (void)state;
  struct probed it;
  run_copy(&it);
  assert_int_equal(it.copy.error.status, TGR_ENOENT);
  assert_non_null(strstr(it.copy.error.text, "from.bin: no such file"));
  assert_no_to();
}

static void tokens_in_paths_are_not_told(void **state) {
  (void)state;
  snprintf(from, sizeof from, "%s/1234567:%s/x", folder.name,
           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
  struct probed it;
  run_copy(&it);
  assert_non_null(strstr(it.copy.error.text, "1234567:***"));
  assert_null(strstr(it.copy.error.text, "AAAA"));
}

static void a_folder_that_is_not_there_is_named(void **state) {
  (void)state;
  write_from("x", 1);
  snprintf(to, sizeof to, "%s/none/to.bin", folder.name);
  struct probed it;
  run_copy(&it);
  assert_int_equal(it.copy.error.status, TGR_ENOENT);
  assert_non_null(strstr(it.copy.error.text, "cannot write"));
}

static void a_cancelled_copy_leaves_nothing(void **state) {
  (void)state;
  char *bytes = spec_file_make(LEN);
  write_from(bytes, LEN);
  free(bytes);
  for (int turns = 0; turns < 6; turns++) {
    struct probed it = {.done = 0};
    tgr_copy_init(&it.copy, on_copied);
    tgr_copy_start(&loop, &it.copy, from, to);
    for (int i = 0; i < turns; i++)
      tgr_loop_step(&loop, 0);
    tgr_copy_cancel(&it.copy);
    assert_int_equal(it.done, 0);
  }
  run_for_ms(5);
  assert_no_to();
}

static bool fails_at(long n) {
  struct spec_mem mem;
  spec_mem_init(&mem);
  assert_int_equal(tgr_loop_init(&loop, &mem.mem), TGR_OK);
  mem.fail_at = mem.requests + n;
  struct probed it;
  run_copy(&it);
  const enum tgr_status status = it.copy.error.status;
  assert_true(status == TGR_OK || status == TGR_ENOMEM);
  tgr_loop_deinit(&loop);
  assert_int_equal(mem.live, 0);
  return status != TGR_OK;
}

static void every_failing_allocation_is_survived(void **state) {
  (void)state;
  tear_down_loop();
  write_from("some bytes", 10);
  long n = 1;
  while (fails_at(n))
    n++;
  assert_in_range(n, 3, 50);
  set_up_loop(NULL);
}

static void what_is_no_regular_file_is_not_replaced(void **state) {
  (void)state;
  write_from("new", 3);
  assert_int_equal(mkfifo(to, 0600), 0);
  struct probed probed = {.done = 0};
  tgr_copy_init(&probed.copy, on_copied);
  tgr_copy_start(&loop, &probed.copy, from, to);
  run_until(&probed.done, 1);
  assert_int_equal(probed.copy.error.status, TGR_EIO);
  assert_non_null(strstr(probed.copy.error.text, "is no regular file"));
  struct stat there;
  assert_int_equal(lstat(to, &there), 0);
  assert_true(S_ISFIFO(there.st_mode));
  tear_down_loop(); /* the temporary file is removed in the background */
  set_up_loop(NULL);
}

static void a_link_to_a_file_is_replaced(void **state) {
  (void)state;
  write_from("new", 3);
  assert_int_equal(symlink(from, to), 0);
  struct probed probed = {.done = 0};
  tgr_copy_init(&probed.copy, on_copied);
  tgr_copy_start(&loop, &probed.copy, from, to);
  run_until(&probed.done, 1);
  assert_int_equal(probed.copy.error.status, TGR_OK);
  assert_true(spec_file_holds(to, "new", 3));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(a_large_file_is_copied_byte_for_byte),
      TEST(an_empty_file_is_copied),
      TEST(a_missing_file_leaves_nothing),
      TEST(tokens_in_paths_are_not_told),
      TEST(a_folder_that_is_not_there_is_named),
      TEST(a_cancelled_copy_leaves_nothing),
      TEST(what_is_no_regular_file_is_not_replaced),
      TEST(a_link_to_a_file_is_replaced),
      TEST(every_failing_allocation_is_survived),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
