/* A storage of scripts, with memory running out at every place. */
#include "journal/storage_script.h"

#include "host/script/script_walk.h"
#include "support/spec_folder.h"

#include <unistd.h>

static struct spec_folder folder;

static int setup(void **state) {
  (void)state;
  walk_open_more = tgr_storage_script_open;
  assert_true(spec_folder_make(&folder));
  return 0;
}

static int teardown(void **state) {
  (void)state;
  unlink(folder.path);
  assert_int_equal(rmdir(folder.name), 0);
  return 0;
}

#define HEAD                                                                   \
  "local path = ...\n"                                                         \
  "local host = require 'tgrunner.host'\n"                                     \
  "local storage = host.sqlite_storage(path)\n"                                \
  "storage:write('a', 'text')\n"                                               \
  "collectgarbage()\n"                                                         \
  "mark()\n"

static void making_one_survives(void **state) {
  (void)state;
  walk(HEAD "host.sqlite_storage(path)\n"
            "finish()\n",
       folder.path);
}

static void reading_survives(void **state) {
  (void)state;
  walk(HEAD "local text = storage:read 'a'\n"
            "assert(text ~= false)\n"
            "finish()\n"
            "assert(text == 'text' and storage:read 'b' == nil)\n",
       folder.path);
}

static void writing_survives(void **state) {
  (void)state;
  walk(HEAD "assert(storage:write('a', 'new'))\n"
            "finish()\n"
            "assert(storage:read 'a' == 'new')\n",
       folder.path);
}

static void deleting_survives(void **state) {
  (void)state;
  walk(HEAD "assert(storage:delete 'a')\n"
            "finish()\n"
            "assert(storage:read 'a' == nil)\n",
       folder.path);
}

static void a_script_that_ends_leaves_its_writes(void **state) {
  (void)state;
  walk_fail_in = 0;
  walk_run(HEAD "local tg = require 'tgrunner'\n"
                "tg.spawn(function() storage:write('a', 'newer') end)\n"
                "tg.spawn(function() os.exit(0) end)\n",
           folder.path);
  walk_run("local path = ...\n"
           "local host = require 'tgrunner.host'\n"
           "assert(host.sqlite_storage(path):read 'a' == 'newer')\n"
           "finish()\n",
           folder.path);
  assert_true(walk_finished);
}

static void a_cancelled_write_is_finished_first(void **state) {
  (void)state;
  walk_fail_in = 0;
  walk_run(HEAD "local tg = require 'tgrunner'\n"
                "local function write() storage:write('a', 'newer') end\n"
                "local task = tg.spawn(write)\n"
                "local reading = tg.spawn(storage.read, storage, 'a')\n"
                "tg.sleep(0)\n"
                "task:cancel()\n"
                "reading:cancel()\n"
                "pcall(task.wait, task)\n"
                "assert(storage:read 'a' == 'newer')\n"
                "finish()\n",
           folder.path);
  assert_true(walk_finished);
}

static void a_storage_that_nobody_holds_is_closed(void **state) {
  (void)state;
  walk_fail_in = 0;
  walk_run(HEAD "for n = 1, 100 do\n"
                "  assert(host.sqlite_storage(path):write('a', 'n' .. n))\n"
                "  collectgarbage()\n"
                "end\n"
                "assert(storage:read 'a' == 'n100')\n"
                "finish()\n",
           folder.path);
  assert_true(walk_finished);
}

static void mistakes_are_errors(void **state) {
  (void)state;
  walk_fail_in = 0;
  walk_run(HEAD
           "assert(not pcall(host.sqlite_storage, 'a\\0b'))\n"
           "assert(not pcall(storage.read, storage))\n"
           "assert(not pcall(storage.write, storage, 'a'))\n"
           "assert(not pcall(storage.read, io.stdout, 'a'))\n"
           "local ok, text = host.sqlite_storage(path .. '/x'):read 'a'\n"
           "assert(ok == false and text:find 'unable to open')\n"
           "table.sort({ 1, 2 }, function(a, b)\n"
           "  ok, text = pcall(storage.read, storage, 'a')\n"
           "  return a < b\n"
           "end)\n"
           "assert(not ok and text:find 'storage.sqlite cannot wait here')\n"
           "finish()\n",
           folder.path);
  assert_true(walk_finished);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(making_one_survives),
      TEST(reading_survives),
      TEST(writing_survives),
      TEST(deleting_survives),
      TEST(a_script_that_ends_leaves_its_writes),
      TEST(a_cancelled_write_is_finished_first),
      TEST(a_storage_that_nobody_holds_is_closed),
      TEST(mistakes_are_errors),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
