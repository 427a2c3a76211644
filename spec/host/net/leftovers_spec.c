#include "net/leftovers.h"

#include "support/spec.h"
#include "support/spec_folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <utime.h>

static struct spec_folder folder;
static char path[160];

static int setup(void **state) {
  (void)state;
  assert_true(spec_folder_make(&folder));
  return 0;
}

static int teardown(void **state) {
  (void)state;
  assert_int_equal(rmdir(folder.name), 0);
  return 0;
}

static const char *path_of(const char *name) {
  snprintf(path, sizeof path, "%s/%s", folder.name, name);
  return path;
}

static void make(const char *name, int age_s) {
  assert_true(spec_file_write(path_of(name), "", 0));
  const time_t then = time(NULL) - age_s;
  const struct utimbuf times = {.actime = then, .modtime = then};
  assert_int_equal(utime(path, &times), 0);
}

static void old_temporary_files_are_removed(void **state) {
  (void)state;
  make("17.json.tgrunner-a1B2c3", 1000);
  make("%2d5.json.tgrunner-ABCdef", 601);
  assert_int_equal(tgr_leftovers_remove(folder.name, ".json", 600), 2);
}

static void files_that_may_be_in_use_stay(void **state) {
  (void)state;
  make("17.json.tgrunner-a1B2c3", 0);
  make("18.json.tgrunner-a1B2c3", 500);
  assert_int_equal(tgr_leftovers_remove(folder.name, ".json", 600), 0);
  assert_int_equal(unlink(path_of("17.json.tgrunner-a1B2c3")), 0);
  assert_int_equal(unlink(path_of("18.json.tgrunner-a1B2c3")), 0);
}

static void files_and_folders_of_others_stay(void **state) {
  (void)state;
  static const char *const names[] = {
      "17.json",
      "17.json.a1B2c3",
      "17.json.backup",
      "17.json.221121",
      "17.json.tgrunner",
      "17.json.tgrunner-",
      "tgrunner-a1B2c3",
      ".json.tgrunner-a1B2c3",
      "17.json.tgrunner-a1B2c",
      "17.json.tgrunner-a1B2c34",
      "17.json.tgrunner-a1-2c3",
      "17.json.tgrunnerxa1B2c3",
      "17.jsonx.tgrunner-a1B2c3",
      "17.json-tgrunner-a1B2c3",
      "17.toml.tgrunner-a1B2c3",
      "17.json.tgrunner-a1B2c3.x",
  };
  enum { COUNT = sizeof names / sizeof *names };
  for (int i = 0; i < COUNT; i++)
    make(names[i], 100000);
  assert_int_equal(mkdir(path_of("18.json.tgrunner-a1B2c3"), 0700), 0);
  assert_int_equal(tgr_leftovers_remove(folder.name, ".json", 0), 0);
  assert_int_equal(rmdir(path_of("18.json.tgrunner-a1B2c3")), 0);
  for (int i = 0; i < COUNT; i++)
    assert_int_equal(unlink(path_of(names[i])), 0);
}

static void a_folder_that_is_not_there_has_none(void **state) {
  (void)state;
  assert_int_equal(tgr_leftovers_remove(path_of("none"), ".json", 0), 0);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(old_temporary_files_are_removed),
      TEST(files_that_may_be_in_use_stay),
      TEST(files_and_folders_of_others_stay),
      TEST(a_folder_that_is_not_there_has_none),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
