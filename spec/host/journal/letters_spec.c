/* What tools do with a journal. */
#include "include/tgrunner.h"

#include "journal/marks.h"
#include "journal/store.h"
#include "support/spec.h"
#include "support/spec_folder.h"

#include <stdio.h>
#include <string.h>

static struct spec_folder folder;

static void open_store(struct tgr_store *store) {
  struct tgr_sqlite_options options;
  struct tgr_error error = {.text = ""};
  tgr_sqlite_options_init(&options);
  options.path = folder.path;
  if (tgr_store_open(store, &options, &error) != TGR_OK)
    fail_msg("%s", error.text);
}

/* Updates 1 and 2 have not ended, 3 to 5 were given up. */
static int setup(void **state) {
  (void)state;
  struct tgr_store store;
  if (!spec_folder_make(&folder))
    return 1;
  open_store(&store);
  for (int64_t seq = 1; seq <= 5; seq++) {
    const struct tgr_entry entry = {.seq = seq,
                                    .id = 100 + seq,
                                    .at_ms = 1000,
                                    .attempts = seq,
                                    .crashes = 1,
                                    .raw = "{\"a\":1}",
                                    .len = 7,
                                    .error = "why",
                                    .error_len = 3};
    assert_int_equal(tgr_store_append(&store, &entry, NULL), TGR_OK);
    assert_int_equal(tgr_store_put_once(&store, seq, "step", 4, "1", 1, NULL),
                     TGR_OK);
    if (seq > 2)
      assert_int_equal(tgr_store_bury(&store, seq, 2000, NULL), TGR_OK);
  }
  tgr_store_close(&store);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  spec_folder_remove(&folder);
  return 0;
}

static void add(void *user, const struct tgr_journal_entry *entry) {
  char *text = user;
  sprintf(text + strlen(text), "%ld:%ld:%ld:%ld:%ld:%.*s:%.*s ",
          (long)entry->number, (long)entry->update_id, (long)entry->time_ms,
          (long)entry->attempts, (long)entry->crashes, (int)entry->error_len,
          entry->error, (int)entry->json_len, entry->json);
}

static const char *list(bool dead) {
  static char text[1024];
  char error[256] = "";
  text[0] = '\0';
  if (tgr_journal_read(folder.path, dead, add, text, error, sizeof error) !=
      TGR_OK)
    fail_msg("%s", error);
  return text;
}

static enum tgr_status list_once(void *user, const struct tgr_once *once) {
  char *text = user;
  sprintf(text + strlen(text), "%ld ", (long)once->seq);
  return TGR_OK;
}

/* The updates that ctx:once has kept something for. */
static const char *results(void) {
  static char text[256];
  struct tgr_store store;
  text[0] = '\0';
  open_store(&store);
  assert_int_equal(tgr_store_each_once(&store, list_once, text, NULL), TGR_OK);
  tgr_store_close(&store);
  return text;
}

static void both_lists_are_read_also_while_the_file_is_in_use(void **state) {
  (void)state;
  struct tgr_store store;
  struct tgr_marks marks;
  open_store(&store);
  assert_int_equal(tgr_marks_open(&marks, &tgr_mem_libc, folder.path, NULL),
                   TGR_OK);
  assert_string_equal(list(false), "1:101:1000:1:1:why:{\"a\":1} "
                                   "2:102:1000:2:1:why:{\"a\":1} ");
  assert_non_null(strstr(list(true), "3:103:2000:3:1:why:{\"a\":1} 4:104:"));
  size_t changed = 0;
  char error[256] = "";
  assert_int_equal(
      tgr_journal_drop(folder.path, NULL, 0, &changed, error, sizeof error),
      TGR_ECONFLICT);
  assert_non_null(
      strstr(error, "it is in use by another runner of this process"));
  tgr_marks_close(&marks);
  tgr_store_close(&store);
}

static void requeued_letters_are_updates_that_have_just_come(void **state) {
  (void)state;
  const int64_t numbers[] = {4, 77};
  size_t changed = 0;
  assert_int_equal(
      tgr_journal_requeue(folder.path, numbers, 2, &changed, NULL, 0), TGR_OK);
  assert_int_equal(changed, 1);
  assert_non_null(strstr(list(false), " 6:104:"));
  assert_non_null(strstr(list(false), ":0:0::{\"a\":1} "));
  assert_null(strstr(list(true), ":104:"));
  assert_int_equal(tgr_journal_requeue(folder.path, NULL, 0, &changed, NULL, 0),
                   TGR_OK);
  assert_int_equal(changed, 2);
  assert_string_equal(list(true), "");
  assert_non_null(strstr(list(false), " 7:103:"));
}

static void dropped_letters_are_gone(void **state) {
  (void)state;
  const int64_t numbers[] = {3};
  size_t changed = 0;
  assert_int_equal(tgr_journal_drop(folder.path, numbers, 1, &changed, NULL, 0),
                   TGR_OK);
  assert_int_equal(changed, 1);
  assert_null(strstr(list(true), ":103:"));
  assert_int_equal(tgr_journal_drop(folder.path, NULL, 0, &changed, NULL, 0),
                   TGR_OK);
  assert_int_equal(changed, 2);
  assert_string_equal(list(true), "");
  assert_string_equal(list(false), "1:101:1000:1:1:why:{\"a\":1} "
                                   "2:102:1000:2:1:why:{\"a\":1} ");
}

static void what_once_has_kept_goes_with_its_letter(void **state) {
  (void)state;
  const int64_t requeued[] = {4};
  const int64_t dropped[] = {5};
  size_t changed = 0;
  assert_string_equal(results(), "1 2 3 4 5 ");
  assert_int_equal(
      tgr_journal_requeue(folder.path, requeued, 1, &changed, NULL, 0), TGR_OK);
  assert_string_equal(results(), "1 2 3 5 6 ");
  assert_int_equal(tgr_journal_drop(folder.path, dropped, 1, &changed, NULL, 0),
                   TGR_OK);
  assert_string_equal(results(), "1 2 3 6 ");
}

static void what_is_no_journal_is_told_in_a_line(void **state) {
  (void)state;
  char error[64] = "";
  size_t changed = 0;
  assert_int_equal(
      tgr_journal_read("/tmp/no/such", true, add, NULL, error, sizeof error),
      TGR_ENOENT);
  assert_string_equal(error, "the journal /tmp/no/such: there is no such file");
  assert_true(spec_file_write(folder.path, "local tg = 1 -- a script", 24));
  assert_int_equal(
      tgr_journal_drop(folder.path, NULL, 0, &changed, error, sizeof error),
      TGR_EINVAL);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
      IN_A_FOLDER(both_lists_are_read_also_while_the_file_is_in_use),
      IN_A_FOLDER(requeued_letters_are_updates_that_have_just_come),
      IN_A_FOLDER(dropped_letters_are_gone),
      IN_A_FOLDER(what_once_has_kept_goes_with_its_letter),
      IN_A_FOLDER(what_is_no_journal_is_told_in_a_line),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
