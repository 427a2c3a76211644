/* Small files of scripts, with memory running out at every place. */
#include "host/script/script_walk.h"
#include "support/spec_folder.h"

#include <unistd.h>

static struct spec_folder folder;

static int setup(void **state) {
  (void)state;
  assert_true(spec_folder_make(&folder));
  return 0;
}

static int teardown(void **state) {
  (void)state;
  unlink(folder.path);
  assert_int_equal(rmdir(folder.name), 0); /* no temporary file is left */
  return 0;
}

#define HEAD                                                                   \
  "local path = ...\n"                                                         \
  "local host = require 'tgrunner.host'\n"                                     \
  "host.disk_replace(path, 'bytes')\n"                                         \
  "collectgarbage()\n"                                                         \
  "mark()\n"

static void reading_survives(void **state) {
  (void)state;
  walk(HEAD "local text = host.disk_read(path)\n"
            "assert(text ~= false)\n"
            "finish()\n"
            "assert(text == 'bytes')\n",
       folder.path);
}

static void replacing_survives(void **state) {
  (void)state;
  walk(HEAD "assert(host.disk_replace(path, 'new'))\n"
            "finish()\n"
            "assert(host.disk_read(path) == 'new')\n",
       folder.path);
}

static void removing_survives(void **state) {
  (void)state;
  walk(HEAD "assert(host.disk_remove(path))\n"
            "finish()\n"
            "assert(host.disk_read(path) == nil)\n",
       folder.path);
}

static void sweeping_survives(void **state) {
  (void)state;
  walk(HEAD "host.disk_sweep(path:match '^.*/')\n"
            "finish()\n"
            "assert(host.disk_read(path) == 'bytes')\n",
       folder.path);
}

static void a_script_that_ends_in_the_middle_leaves_a_whole_file(void **state) {
  (void)state;
  walk_fail_in = 0;
  walk_run(HEAD "local tg = require 'tgrunner'\n"
                "tg.spawn(function() host.disk_replace(path, 'newer') end)\n"
                "tg.spawn(function() os.exit(0) end)\n",
           folder.path);
  walk_run("local path = ...\n"
           "local text = require('tgrunner.host').disk_read(path)\n"
           "assert(text == 'bytes' or text == 'newer')\n"
           "finish()\n",
           folder.path);
  assert_true(walk_finished);
}

static void a_cancelled_replacement_is_finished_first(void **state) {
  (void)state;
  walk_fail_in = 0;
  walk_run(HEAD "local tg = require 'tgrunner'\n"
                "local task = tg.spawn(function()\n"
                "  host.disk_replace(path, 'newer')\n"
                "end)\n"
                "local reading = tg.spawn(host.disk_read, path)\n"
                "tg.sleep(0)\n"
                "task:cancel()\n"
                "reading:cancel()\n"
                "pcall(task.wait, task)\n"
                "assert(host.disk_read(path) == 'newer')\n"
                "finish()\n",
           folder.path);
  assert_true(walk_finished);
}

static void mistakes_are_errors(void **state) {
  (void)state;
  walk_fail_in = 0;
  walk_run(HEAD "assert(not pcall(host.disk_read, 'a\\0b'))\n"
                "assert(not pcall(host.disk_replace, path))\n"
                "local ok, text = host.disk_replace(path .. '/b', 'x')\n"
                "assert(ok == false and text:find 'cannot write')\n"
                "ok, text = host.disk_read(path .. '/b')\n"
                "assert(ok == false and text:find 'cannot read')\n"
                "table.sort({ 1, 2 }, function(a, b)\n"
                "  ok, text = pcall(host.disk_read, path)\n"
                "  return a < b\n"
                "end)\n"
                "assert(not ok and text:find 'storage.file cannot wait here')\n"
                "finish()\n",
           folder.path);
  assert_true(walk_finished);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(reading_survives),
      TEST(replacing_survives),
      TEST(removing_survives),
      TEST(sweeping_survives),
      TEST(a_script_that_ends_in_the_middle_leaves_a_whole_file),
      TEST(a_cancelled_replacement_is_finished_first),
      TEST(mistakes_are_errors),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
