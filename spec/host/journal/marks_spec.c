#include "journal/marks.h"

#include "support/spec_in_folder.h"
#include "support/spec_mem.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct tgr_marks marks;

static void open_marks(void) {
  struct tgr_error error = {.text = ""};
  if (tgr_marks_open(&marks, &tgr_mem_libc, folder.path, &error) != TGR_OK)
    fail_msg("%s", error.text);
}

struct found {
  int count;
  int64_t ids[8];
  int64_t crashes;
};

static void note(void *user, const struct tgr_mark *mark) {
  struct found *found = user;
  if (found->count < 8)
    found->ids[found->count] = mark->id;
  found->crashes = mark->crashes;
  found->count++;
}

static struct found look(void) {
  struct found found = {0};
  tgr_marks_each(&marks, note, &found);
  return found;
}

static void
marks_are_there_for_the_next_one_until_they_are_cleared(void **state) {
  (void)state;
  open_marks();
  assert_int_equal(look().count, 0);
  const int first = tgr_marks_set(&marks, 7, 1, 70, 2);
  assert_true(first >= 0);
  assert_true(tgr_marks_set(&marks, 8, 1, 80, 0) >= 0);
  tgr_marks_unset(&marks, first);
  tgr_marks_unset(&marks, -1); /* harmless */
  tgr_marks_close(&marks);
  tgr_marks_close(&marks); /* harmless */
  open_marks();
  const struct found found = look();
  assert_int_equal(found.count, 1);
  assert_int_equal(found.ids[0], 80);
  tgr_marks_clear(&marks);
  assert_int_equal(look().count, 0);
  tgr_marks_close(&marks);
}

static void a_process_that_is_killed_leaves_its_marks(void **state) {
  (void)state;
  const pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    struct tgr_error error;
    if (tgr_marks_open(&marks, &tgr_mem_libc, folder.path, &error) == TGR_OK)
      (void)tgr_marks_set(&marks, 1, 0, 10, 1);
    kill(getpid(), SIGKILL);
  }
  int status = 0;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFSIGNALED(status));
  open_marks(); /* and its lock is gone with it */
  const struct found found = look();
  assert_int_equal(found.count, 1);
  assert_int_equal(found.ids[0], 10);
  assert_int_equal(found.crashes, 1);
  tgr_marks_close(&marks);
}

static void there_is_room_for_as_many_as_run(void **state) {
  (void)state;
  enum { MANY = 3000 };
  open_marks();
  for (int i = 1; i <= MANY; i++)
    assert_int_not_equal(tgr_marks_set(&marks, i, 0, i, 0), -1);
  assert_int_equal(look().count, MANY);
  tgr_marks_close(&marks);
  open_marks(); /* a file that has grown is read as a whole */
  assert_int_equal(look().count, MANY);
  tgr_marks_close(&marks);
}

static void a_second_one_is_told_who_has_it(void **state) {
  (void)state;
  struct tgr_marks second;
  struct tgr_error error = {.text = ""};
  open_marks();
  assert_int_equal(tgr_marks_open(&second, &tgr_mem_libc, folder.path, &error),
                   TGR_ECONFLICT);
  assert_string_equal(error.text,
                      "it is in use by another runner of this process");
  tgr_marks_close(&marks);
  open_marks();
  tgr_marks_close(&marks);
}

static void a_file_of_something_else_holds_no_marks(void **state) {
  (void)state;
  char name[160];
  char bytes[20000];
  snprintf(name, sizeof name, "%s-live", folder.path);
  memset(bytes, 'x', sizeof bytes);
  assert_true(spec_file_write(name, bytes, sizeof bytes));
  open_marks();
  assert_int_equal(look().count, 0);
  tgr_marks_close(&marks);
}

static void it_opens_or_says_that_there_is_no_memory(void **state) {
  (void)state;
  struct spec_mem mem;
  spec_mem_init(&mem);
  mem.fail_at = 1;
  struct tgr_error error = {.text = ""};
  assert_int_equal(tgr_marks_open(&marks, &mem.mem, folder.path, &error),
                   TGR_ENOMEM);
  assert_int_equal(mem.live, 0);
  spec_mem_init(&mem);
  assert_int_equal(tgr_marks_open(&marks, &mem.mem, folder.path, &error),
                   TGR_OK);
  mem.fail_at = mem.requests + 1; /* what does not fit is not marked */
  int marked = 0;
  while (tgr_marks_set(&marks, marked + 1, 0, 1, 0) >= 0)
    marked++;
  assert_true(marked > 100);
  assert_int_equal(look().count, marked);
  tgr_marks_close(&marks);
  assert_int_equal(mem.live, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      IN_A_FOLDER(marks_are_there_for_the_next_one_until_they_are_cleared),
      IN_A_FOLDER(a_process_that_is_killed_leaves_its_marks),
      IN_A_FOLDER(there_is_room_for_as_many_as_run),
      IN_A_FOLDER(a_second_one_is_told_who_has_it),
      IN_A_FOLDER(a_file_of_something_else_holds_no_marks),
      IN_A_FOLDER(it_opens_or_says_that_there_is_no_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
