/* Salvages that a crash cuts off: in a child process that ends in front of its
 * n-th step. A step is a call that renames, removes or flushes a file, the
 * code's own or SQLite's: they come through here. */
#include "journal/salvage.h"

#include "support/spec_in_folder.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { UPDATES = 20, DAMAGED = 5, CUT_OFF = 99, STEPS_MAX = 200 };

/* ---- steps -------------------------------------------------------------- */

static long steps;
static long cut_at;           /* 0: never */
static char trace[STEPS_MAX]; /* 'f' flushed, 'r' renamed, 'u' removed */

static void step(char what) {
  if (++steps == cut_at)
    _exit(CUT_OFF);
  if (steps < STEPS_MAX)
    trace[steps - 1] = what;
}

/* For SQLite to find them, too. */
#define SEEN_BY_ALL __attribute__((visibility("default")))

/* NOLINTBEGIN(readability-inconsistent-declaration-parameter-name): they stand
 * in front of the C library's. */
SEEN_BY_ALL int rename(const char *from, const char *to) {
  step('r');
  return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

SEEN_BY_ALL int unlink(const char *path) {
  step('u');
  return unlinkat(AT_FDCWD, path, 0);
}

SEEN_BY_ALL int fsync(int fd) {
  (void)fd;
  step('f');
  return 0;
}

SEEN_BY_ALL int fdatasync(int fd) {
  return fsync(fd);
}
/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */

/* ---- a damaged file whose content is in its WAL ------------------------- */

static struct tgr_sqlite_options options_of_file(void) {
  struct tgr_sqlite_options options;
  tgr_sqlite_options_init(&options);
  options.path = folder.path;
  return options;
}

static void fill(struct tgr_store *store) {
  assert_int_equal(tgr_store_begin(store, NULL), TGR_OK);
  for (int64_t seq = 1; seq <= UPDATES; seq++) {
    const struct tgr_entry entry = {
        .seq = seq, .id = seq + 1000, .raw = "{}", .len = 2, .error = ""};
    assert_int_equal(tgr_store_append(store, &entry, NULL), TGR_OK);
  }
  assert_int_equal(tgr_store_commit(store, NULL), TGR_OK);
  char sql[80];
  snprintf(sql, sizeof sql, "UPDATE updates SET sum = 1 WHERE seq = %d",
           DAMAGED);
  assert_int_equal(tgr_sqlite_exec(&store->sqlite, sql, NULL), TGR_OK);
}

static void make_damaged(void) {
  const struct tgr_sqlite_options options = options_of_file();
  char work[160];
  struct tgr_store store;
  assert_int_equal(tgr_store_open(&store, &options, NULL), TGR_OK);
  assert_int_equal(
      tgr_sqlite_exec(&store.sqlite, "PRAGMA wal_checkpoint(TRUNCATE)", NULL),
      TGR_OK);
  fill(&store);
  snprintf(work, sizeof work, "%s-work", folder.path);
  assert_true(spec_file_copy(folder.path, work, ""));
  assert_true(spec_file_copy(folder.path, work, "-wal"));
  tgr_store_close(&store);
  assert_true(spec_file_copy(work, folder.path, ""));
  assert_true(spec_file_copy(work, folder.path, "-wal"));
  for (int i = 0; i < 2; i++) {
    char name[180];
    snprintf(name, sizeof name, "%s%s", work, i == 0 ? "" : "-wal");
    assert_int_equal(unlink(name), 0);
  }
}

/* Somebody reads the file meanwhile: so what is in the WAL stays there. */
static void begin_reading(struct tgr_sqlite *reader) {
  static const char sql[] = "BEGIN; SELECT count(*) FROM updates";
  struct tgr_sqlite_options options = options_of_file();
  options.read_only = true;
  assert_int_equal(tgr_sqlite_open(reader, &options, NULL), TGR_OK);
  assert_int_equal(tgr_sqlite_exec(reader, sql, NULL), TGR_OK);
}

/* In a child: opens the journal, and is cut off in front of a step. False when
 * it took fewer steps. */
static bool open_cut(long at) {
  const pid_t pid = fork();
  assert_true(pid >= 0);
  if (pid == 0) {
    const struct tgr_sqlite_options options = options_of_file();
    struct tgr_sqlite reader;
    struct tgr_store store;
    if (access(folder.path, F_OK) == 0)
      begin_reading(&reader);
    steps = 0;
    cut_at = at;
    _exit(tgr_salvage_open(&store, &options, NULL, NULL) == TGR_OK ? 0 : 1);
  }
  int status = 0;
  assert_int_equal(waitpid(pid, &status, 0), pid);
  assert_true(WIFEXITED(status));
  const int code = WEXITSTATUS(status);
  assert_true(code == 0 || code == CUT_OFF);
  return code == CUT_OFF;
}

static enum tgr_status count_entry(void *user, const struct tgr_entry *entry) {
  assert_true(entry->intact);
  assert_int_not_equal(entry->seq, DAMAGED);
  ++*(int *)user;
  return TGR_OK;
}

static void assert_all_is_there(void) {
  const struct tgr_sqlite_options options = options_of_file();
  struct tgr_error error = {.text = ""};
  struct tgr_store store;
  int count = 0;
  if (tgr_salvage_open(&store, &options, NULL, &error) != TGR_OK)
    fail_msg("%s", error.text);
  assert_int_equal(
      tgr_store_each_update(&store, false, count_entry, &count, &error),
      TGR_OK);
  tgr_store_close(&store);
  assert_int_equal(count, UPDATES - 1);
  assert_int_equal(spec_folder_count(&folder, "-salvag"), 0);
  assert_in_range(spec_folder_count(&folder, "damaged-"), 1, 3);
}

/* ---- tests -------------------------------------------------------------- */

static void nothing_is_lost_wherever_it_is_cut_off(void **state) {
  (void)state;
  long at = 0;
  bool was_cut = true;
  while (was_cut) {
    spec_folder_empty(&folder);
    make_damaged();
    was_cut = open_cut(++at);
    assert_all_is_there();
  }
  assert_true(at > 8);
  print_message("cut off in front of %ld steps\n", at - 1);
}

static void nothing_is_lost_when_what_follows_is_cut_off_too(void **state) {
  (void)state;
  bool was_cut = true;
  for (long at = 1; was_cut; at++) {
    for (long next = 1; next < STEPS_MAX; next += 2) {
      spec_folder_empty(&folder);
      make_damaged();
      was_cut = open_cut(at);
      const bool is_over = !open_cut(next);
      assert_all_is_there();
      if (is_over)
        break;
    }
  }
}

/* So that a power cut finds names and content as they are meant to be. */
static void each_step_is_on_the_disk_before_the_next_one(void **state) {
  (void)state;
  const struct tgr_sqlite_options options = options_of_file();
  struct tgr_sqlite reader;
  struct tgr_store store;
  make_damaged();
  begin_reading(&reader);
  steps = 0;
  memset(trace, 0, sizeof trace);
  assert_int_equal(tgr_salvage_open(&store, &options, NULL, NULL), TGR_OK);
  tgr_store_close(&store);
  tgr_sqlite_close(&reader);
  /* The fresh file; its name; the damaged one's three; the fresh one's last. */
  assert_non_null(strstr(trace, "frfrrrfrf"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      IN_A_FOLDER(nothing_is_lost_wherever_it_is_cut_off),
      IN_A_FOLDER(nothing_is_lost_when_what_follows_is_cut_off_too),
      IN_A_FOLDER(each_step_is_on_the_disk_before_the_next_one),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
