#include "net/disk.h"

#include "support/spec.h"
#include "support/spec_folder.h"
#include "support/spec_mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct spec_folder folder;
static struct tgr_buf text;
static struct tgr_error error;

static int setup(void **state) {
  (void)state;
  assert_true(spec_folder_make(&folder));
  tgr_buf_init(&text, &tgr_mem_libc, 1 << 20);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  tgr_buf_deinit(&text);
  unlink(folder.path);
  assert_int_equal(rmdir(folder.name), 0); /* nothing else is left in it */
  return 0;
}

static enum tgr_status replace(const char *bytes) {
  return tgr_disk_replace(&tgr_mem_libc, folder.path, bytes, strlen(bytes),
                          &error);
}

static void assert_content(const char *expected) {
  tgr_buf_clear(&text);
  assert_int_equal(tgr_disk_read(folder.path, &text, &error), TGR_OK);
  assert_int_equal(text.len, strlen(expected));
  assert_memory_equal(text.len > 0 ? text.bytes : "", expected, text.len);
}

static void a_file_is_made_replaced_and_removed(void **state) {
  (void)state;
  assert_int_equal(replace("one"), TGR_OK);
  assert_content("one");
  assert_int_equal(replace("and two"), TGR_OK);
  assert_content("and two");
  assert_int_equal(replace(""), TGR_OK);
  assert_content("");
  assert_int_equal(tgr_disk_remove(folder.path, &error), TGR_OK);
  assert_int_equal(tgr_disk_read(folder.path, &text, &error), TGR_ENOENT);
  assert_non_null(strstr(error.text, "cannot read /tmp/tgrunner_spec."));
  assert_int_equal(tgr_disk_remove(folder.path, &error), TGR_OK);
}

static void a_large_file_comes_back_whole(void **state) {
  (void)state;
  enum { LEN = 300 * 1024 + 7 };
  char *bytes = spec_file_make(LEN);
  assert_int_equal(
      tgr_disk_replace(&tgr_mem_libc, folder.path, bytes, LEN, &error), TGR_OK);
  assert_int_equal(tgr_disk_read(folder.path, &text, &error), TGR_OK);
  assert_int_equal(text.len, LEN);
  assert_memory_equal(text.bytes, bytes, LEN);
  free(bytes);
}

static void only_the_owner_may_read_it(void **state) {
  (void)state;
  struct stat it;
  assert_int_equal(replace("x"), TGR_OK);
  assert_int_equal(stat(folder.path, &it), 0);
  assert_int_equal(it.st_mode & 0777, 0600);
}

static void missing_folders_are_made(void **state) {
  (void)state;
  char below[100];
  snprintf(folder.path, sizeof folder.path, "%s/b/c/a.json", folder.name);
  assert_int_equal(replace("x"), TGR_OK);
  assert_content("x");
  unlink(folder.path);
  snprintf(below, sizeof below, "%s/b/c", folder.name);
  rmdir(below);
  snprintf(below, sizeof below, "%s/b", folder.name);
  rmdir(below);
}

static void a_file_too_large_to_read_is_refused(void **state) {
  (void)state;
  assert_int_equal(replace("0123456789"), TGR_OK);
  struct tgr_buf small;
  tgr_buf_init(&small, &tgr_mem_libc, 5);
  assert_int_equal(tgr_disk_read(folder.path, &small, &error), TGR_ELIMIT);
  assert_non_null(strstr(error.text, "too large"));
  tgr_buf_deinit(&small);
}

static void a_folder_that_is_a_file_is_named(void **state) {
  (void)state;
  assert_int_equal(replace("x"), TGR_OK);
  char below[200];
  snprintf(below, sizeof below, "%s/c.json", folder.path);
  assert_int_equal(tgr_disk_replace(&tgr_mem_libc, below, "x", 1, &error),
                   TGR_EIO);
  assert_non_null(strstr(error.text, "cannot write"));
  assert_non_null(strstr(error.text, "c.json: not a directory"));
}

static void a_failed_write_leaves_the_old_file(void **state) {
  (void)state;
  assert_int_equal(replace("old"), TGR_OK);
  /* A folder in the way of the rename. */
  char below[200];
  snprintf(below, sizeof below, "%s/dir", folder.name);
  assert_int_equal(mkdir(below, 0777), 0);
  assert_int_equal(tgr_disk_replace(&tgr_mem_libc, below, "x", 1, &error),
                   TGR_EIO);
  assert_int_equal(rmdir(below), 0);
  assert_content("old");
}

static void every_failing_allocation_is_survived(void **state) {
  (void)state;
  assert_int_equal(replace("old"), TGR_OK);
  struct spec_mem mem;
  spec_mem_init(&mem);
  mem.fail_at = 1;
  assert_int_equal(tgr_disk_replace(&mem.mem, folder.path, "new", 3, &error),
                   TGR_ENOMEM);
  struct tgr_buf into;
  tgr_buf_init(&into, &mem.mem, SIZE_MAX);
  assert_int_equal(tgr_disk_read(folder.path, &into, &error), TGR_ENOMEM);
  tgr_buf_deinit(&into);
  assert_int_equal(mem.live, 0);
  assert_content("old");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(a_file_is_made_replaced_and_removed),
      TEST(a_large_file_comes_back_whole),
      TEST(only_the_owner_may_read_it),
      TEST(missing_folders_are_made),
      TEST(a_file_too_large_to_read_is_refused),
      TEST(a_folder_that_is_a_file_is_named),
      TEST(a_failed_write_leaves_the_old_file),
      TEST(every_failing_allocation_is_survived),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
