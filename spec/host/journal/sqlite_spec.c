#include "journal/sqlite.h"

#include "support/spec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A folder of its own with a path in it. */
struct place {
  char folder[64];
  char path[128];
};

static int make_place(void **state) {
  struct place *place = calloc(1, sizeof *place);
  assert_non_null(place);
  snprintf(place->folder, sizeof place->folder, "/tmp/sqlite_spec.XXXXXX");
  assert_non_null(mkdtemp(place->folder));
  snprintf(place->path, sizeof place->path, "%s/a.db", place->folder);
  *state = place;
  return 0;
}

static int remove_place(void **state) {
  struct place *place = *state;
  static const char *const tails[] = {"", "-wal", "-shm", "-journal"};
  for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
    char path[160];
    snprintf(path, sizeof path, "%s%s", place->path, tails[i]);
    (void)unlink(path);
  }
  assert_int_equal(rmdir(place->folder), 0);
  free(place);
  return 0;
}

static struct tgr_sqlite open_at(const char *path) {
  struct tgr_sqlite_options options;
  tgr_sqlite_options_init(&options);
  options.path = path;
  options.busy_ms = 0;
  struct tgr_sqlite sqlite;
  struct tgr_error error;
  if (tgr_sqlite_open(&sqlite, &options, &error) != TGR_OK)
    fail_msg("%s", error.text);
  return sqlite;
}

static void exec(struct tgr_sqlite *sqlite, const char *sql) {
  struct tgr_error error;
  if (tgr_sqlite_exec(sqlite, sql, &error) != TGR_OK)
    fail_msg("%s: %s", sql, error.text);
}

/* The integer that a query gives. */
static int64_t ask(struct tgr_sqlite *sqlite, const char *sql) {
  struct tgr_error error;
  struct tgr_sqlite_stmt stmt;
  bool row = false;
  assert_int_equal(tgr_sqlite_prepare(sqlite, sql, &stmt, &error), TGR_OK);
  assert_int_equal(tgr_sqlite_step(&stmt, &row, &error), TGR_OK);
  assert_true(row);
  const int64_t answer = tgr_sqlite_int(&stmt, 0);
  tgr_sqlite_finalize(&stmt);
  return answer;
}

static void values_come_back_as_they_went_in(void **state) {
  (void)state;
  struct tgr_sqlite sqlite = open_at(":memory:");
  exec(&sqlite, "CREATE TABLE t(a INTEGER, b BLOB, c TEXT, d BLOB)");
  struct tgr_error error;
  struct tgr_sqlite_stmt put;
  struct tgr_sqlite_stmt get;
  assert_int_equal(tgr_sqlite_prepare(&sqlite, "INSERT INTO t VALUES(?,?,?,?)",
                                      &put, &error),
                   TGR_OK);
  tgr_sqlite_bind_int(&put, 1, INT64_MIN);
  tgr_sqlite_bind_blob(&put, 2, "a\0b", 3);
  tgr_sqlite_bind_text(&put, 3, "\xc3\xa9", 2);
  tgr_sqlite_bind_null(&put, 4);
  assert_int_equal(tgr_sqlite_run(&put, &error), TGR_OK);
  assert_int_equal(tgr_sqlite_changes(&sqlite), 1);
  assert_int_equal(tgr_sqlite_prepare(&sqlite, "SELECT * FROM t", &get, &error),
                   TGR_OK);
  bool row = false;
  assert_int_equal(tgr_sqlite_step(&get, &row, &error), TGR_OK);
  assert_true(row);
  assert_true(tgr_sqlite_int(&get, 0) == INT64_MIN);
  size_t len = 0;
  assert_memory_equal(tgr_sqlite_bytes(&get, 1, &len), "a\0b", 3);
  assert_int_equal(len, 3);
  assert_memory_equal(tgr_sqlite_bytes(&get, 2, &len), "\xc3\xa9", 2);
  assert_true(tgr_sqlite_is_null(&get, 3));
  assert_string_equal(tgr_sqlite_bytes(&get, 3, &len), "");
  assert_int_equal(len, 0);
  assert_int_equal(tgr_sqlite_step(&get, &row, &error), TGR_OK);
  assert_false(row);
  tgr_sqlite_finalize(&put);
  tgr_sqlite_finalize(&get);
  tgr_sqlite_close(&sqlite);
}

static void what_was_committed_is_there_after_opening_again(void **state) {
  const struct place *place = *state;
  struct tgr_sqlite sqlite = open_at(place->path);
  exec(&sqlite, "CREATE TABLE t(a); INSERT INTO t VALUES(7)");
  exec(&sqlite, "BEGIN; INSERT INTO t VALUES(8)");
  assert_true(tgr_sqlite_in_transaction(&sqlite));
  tgr_sqlite_rollback(&sqlite);
  assert_false(tgr_sqlite_in_transaction(&sqlite));
  tgr_sqlite_rollback(&sqlite); /* harmless */
  tgr_sqlite_close(&sqlite);
  sqlite = open_at(place->path);
  assert_int_equal(ask(&sqlite, "SELECT sum(a) FROM t"), 7);
  tgr_sqlite_close(&sqlite);
  tgr_sqlite_close(&sqlite); /* harmless */
}

static void the_chosen_durability_is_set(void **state) {
  const struct place *place = *state;
  static const struct {
    enum tgr_sqlite_sync sync;
    int level;
  } cases[] = {{TGR_SQLITE_SYNC_FULL, 2},
               {TGR_SQLITE_SYNC_NORMAL, 1},
               {TGR_SQLITE_SYNC_OFF, 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct tgr_sqlite_options options;
    tgr_sqlite_options_init(&options);
    options.path = place->path;
    options.sync = cases[i].sync;
    struct tgr_sqlite sqlite;
    assert_int_equal(tgr_sqlite_open(&sqlite, &options, NULL), TGR_OK);
    assert_int_equal(ask(&sqlite, "PRAGMA synchronous"), cases[i].level);
    tgr_sqlite_close(&sqlite);
  }
}

static void what_fails_is_told_by_kind_and_in_words(void **state) {
  const struct place *place = *state;
  struct tgr_sqlite sqlite = open_at(place->path);
  struct tgr_error error;
  assert_int_equal(tgr_sqlite_exec(&sqlite, "NONSENSE", &error), TGR_EINVAL);
  assert_non_null(strstr(error.text, "NONSENSE"));
  struct tgr_sqlite_stmt stmt;
  assert_int_equal(tgr_sqlite_prepare(&sqlite, "SELECT * FROM t", &stmt, NULL),
                   TGR_EINVAL);
  tgr_sqlite_finalize(&stmt); /* harmless */
  exec(&sqlite, "CREATE TABLE t(a UNIQUE); INSERT INTO t VALUES(1)");
  assert_int_equal(tgr_sqlite_exec(&sqlite, "INSERT INTO t VALUES(1)", &error),
                   TGR_EINVAL);
  exec(&sqlite, "PRAGMA query_only=1");
  assert_int_equal(tgr_sqlite_exec(&sqlite, "INSERT INTO t VALUES(2)", &error),
                   TGR_EIO);
  tgr_sqlite_close(&sqlite);
}

static void another_connections_lock_is_told_as_such(void **state) {
  const struct place *place = *state;
  struct tgr_sqlite first = open_at(place->path);
  exec(&first, "CREATE TABLE t(a)");
  struct tgr_sqlite second = open_at(place->path);
  exec(&first, "BEGIN IMMEDIATE");
  assert_int_equal(tgr_sqlite_exec(&second, "BEGIN IMMEDIATE", NULL),
                   TGR_ESTATE);
  tgr_sqlite_rollback(&first);
  exec(&second, "BEGIN IMMEDIATE");
  tgr_sqlite_rollback(&second);
  tgr_sqlite_close(&second);
  tgr_sqlite_close(&first);
}

static void an_exclusive_one_lets_no_other_in(void **state) {
  const struct place *place = *state;
  struct tgr_sqlite_options options;
  tgr_sqlite_options_init(&options);
  options.path = place->path;
  options.exclusive = true;
  options.busy_ms = 0;
  struct tgr_sqlite first;
  struct tgr_sqlite second;
  assert_int_equal(tgr_sqlite_open(&first, &options, NULL), TGR_OK);
  exec(&first, "CREATE TABLE t(a)");
  assert_int_equal(tgr_sqlite_open(&second, &options, NULL), TGR_ESTATE);
  tgr_sqlite_close(&first);
  assert_int_equal(tgr_sqlite_open(&second, &options, NULL), TGR_OK);
  tgr_sqlite_close(&second);
}

static void what_cannot_be_opened_says_why(void **state) {
  const struct place *place = *state;
  struct tgr_sqlite_options options;
  tgr_sqlite_options_init(&options);
  struct tgr_sqlite sqlite;
  struct tgr_error error;
  options.path = "/nowhere/at/all";
  assert_int_equal(tgr_sqlite_open(&sqlite, &options, &error), TGR_ENOENT);
  assert_string_equal(error.text, "unable to open database file");
  options.path = place->path;
  options.read_only = true;
  assert_int_equal(tgr_sqlite_open(&sqlite, &options, &error), TGR_ENOENT);
  options.read_only = false;
  options.vfs = "no such";
  assert_true(tgr_sqlite_open(&sqlite, &options, &error) != TGR_OK);
  assert_non_null(strstr(error.text, "no such"));
}

static void a_file_that_is_no_database_is_damaged(void **state) {
  const struct place *place = *state;
  FILE *file = fopen(place->path, "w");
  assert_non_null(file);
  for (int i = 0; i < 400; i++)
    fputs("this is not a database", file);
  fclose(file);
  struct tgr_sqlite_options options;
  tgr_sqlite_options_init(&options);
  options.path = place->path;
  struct tgr_sqlite sqlite;
  assert_int_equal(tgr_sqlite_open(&sqlite, &options, NULL), TGR_ESYNTAX);
}

static void one_read_only_writes_nothing(void **state) {
  const struct place *place = *state;
  struct tgr_sqlite writer = open_at(place->path);
  exec(&writer, "CREATE TABLE t(a); INSERT INTO t VALUES(5)");
  struct tgr_sqlite_options options;
  tgr_sqlite_options_init(&options);
  options.path = place->path;
  options.read_only = true;
  struct tgr_sqlite reader;
  assert_int_equal(tgr_sqlite_open(&reader, &options, NULL), TGR_OK);
  assert_int_equal(ask(&reader, "SELECT a FROM t"), 5);
  assert_int_equal(tgr_sqlite_exec(&reader, "DELETE FROM t", NULL), TGR_EIO);
  tgr_sqlite_close(&reader);
  tgr_sqlite_close(&writer);
}

static void what_looks_like_a_uri_is_a_path(void **state) {
  const struct place *place = *state;
  char here[4096];
  assert_non_null(getcwd(here, sizeof here));
  assert_int_equal(chdir(place->folder), 0);
  struct tgr_sqlite sqlite = open_at("file:a.db?mode=memory");
  exec(&sqlite, "CREATE TABLE t(a)");
  tgr_sqlite_close(&sqlite);
  assert_int_equal(unlink("file:a.db?mode=memory"), 0);
  assert_int_equal(chdir(here), 0);
}

#define AT_A_PLACE(test)                                                       \
  cmocka_unit_test_setup_teardown(test, make_place, remove_place)

static void where_there_can_be_no_wal_it_does_not_open(void **state) {
  const struct place *place = *state;
  struct tgr_sqlite_options options;
  struct tgr_sqlite sqlite;
  struct tgr_error error = {.text = ""};
  tgr_sqlite_options_init(&options);
  options.path = place->path;
  options.vfs = "unix-dotfile"; /* without shared memory */
  assert_int_equal(tgr_sqlite_open(&sqlite, &options, &error), TGR_EIO);
  assert_null(sqlite.db);
  assert_non_null(strstr(error.text, "journal mode stays 'delete'"));
  assert_non_null(strstr(error.text, "put it on a local disk"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values_come_back_as_they_went_in),
      AT_A_PLACE(what_was_committed_is_there_after_opening_again),
      AT_A_PLACE(the_chosen_durability_is_set),
      AT_A_PLACE(where_there_can_be_no_wal_it_does_not_open),
      AT_A_PLACE(what_fails_is_told_by_kind_and_in_words),
      AT_A_PLACE(another_connections_lock_is_told_as_such),
      AT_A_PLACE(an_exclusive_one_lets_no_other_in),
      AT_A_PLACE(what_cannot_be_opened_says_why),
      AT_A_PLACE(a_file_that_is_no_database_is_damaged),
      AT_A_PLACE(one_read_only_writes_nothing),
      AT_A_PLACE(what_looks_like_a_uri_is_a_path),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
