#include "journal/storage.h"

#include "journal/sqlite.h"
#include "support/spec.h"
#include "support/spec_mem.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static struct tgr_loop loop;
static struct tgr_storage *storage;
static char folder[64];
static char path[160];
static int awaited; /* operations that are not done */

static int setup(void **state) {
  (void)state;
  strcpy(folder, "/tmp/storage_spec.XXXXXX");
  assert_non_null(mkdtemp(folder));
  snprintf(path, sizeof path, "%s/it.db", folder);
  assert_int_equal(tgr_loop_init(&loop, &tgr_mem_libc), TGR_OK);
  assert_int_equal(tgr_storage_new(&loop, path, &storage), TGR_OK);
  awaited = 0;
  return 0;
}

static int teardown(void **state) {
  (void)state;
  tgr_storage_free(storage);
  storage = NULL;
  tgr_loop_deinit(&loop);
  unlink(path);
  /* Nothing else is left: a database that was closed has no WAL. */
  assert_int_equal(rmdir(folder), 0);
  return 0;
}

static void on_done(struct tgr_storage_op *op) {
  (void)op;
  if (--awaited == 0)
    tgr_loop_quit(&loop);
}

static void put(struct tgr_storage_op *op, enum tgr_storage_verb verb,
                const char *key, const char *value) {
  *op = (struct tgr_storage_op){
      .verb = verb, .key = key, .key_len = strlen(key), .done = on_done};
  tgr_link_init(&op->link);
  tgr_buf_init(&op->value, &tgr_mem_libc, SIZE_MAX);
  if (value != NULL)
    assert_int_equal(tgr_buf_append_str(&op->value, value), TGR_OK);
  awaited++;
  tgr_storage_put(storage, op);
}

static void wait_for_all(void) {
  tgr_loop_run(&loop);
  assert_int_equal(awaited, 0);
}

/* One operation, to its end. */
static struct tgr_storage_op do_op(enum tgr_storage_verb verb, const char *key,
                                   const char *value) {
  static struct tgr_storage_op op;
  put(&op, verb, key, value);
  wait_for_all();
  struct tgr_storage_op done = op;
  if (verb != TGR_STORAGE_READ)
    tgr_buf_deinit(&done.value);
  return done;
}

static void assert_stored(const char *key, const char *expected) {
  struct tgr_storage_op op = do_op(TGR_STORAGE_READ, key, NULL);
  assert_int_equal(op.status, TGR_OK);
  assert_int_equal(op.found, expected != NULL);
  if (expected != NULL) {
    assert_int_equal(op.value.len, strlen(expected));
    assert_memory_equal(op.value.bytes, expected, op.value.len);
  }
  tgr_buf_deinit(&op.value);
}

static void assert_done(enum tgr_storage_verb verb, const char *key,
                        const char *value) {
  assert_int_equal(do_op(verb, key, value).status, TGR_OK);
}

static void reopen(void) {
  tgr_storage_free(storage);
  assert_int_equal(tgr_storage_new(&loop, path, &storage), TGR_OK);
}

static void texts_are_written_replaced_and_deleted(void **state) {
  (void)state;
  assert_stored("a", NULL);
  assert_done(TGR_STORAGE_WRITE, "a", "one");
  assert_stored("a", "one");
  assert_done(TGR_STORAGE_WRITE, "a", "two");
  assert_done(TGR_STORAGE_WRITE, "b", "\"\xc3\xbc\"");
  assert_stored("a", "two");
  assert_done(TGR_STORAGE_DELETE, "a", NULL);
  assert_done(TGR_STORAGE_DELETE, "a", NULL);
  assert_stored("a", NULL);
  assert_stored("b", "\"\xc3\xbc\"");
}

static void what_was_written_outlives_the_storage(void **state) {
  (void)state;
  assert_done(TGR_STORAGE_WRITE, "a", "one");
  reopen();
  assert_stored("a", "one");
}

static void
operations_are_carried_out_in_order_when_they_come_at_once(void **state) {
  (void)state;
  struct tgr_storage_op ops[5];
  put(&ops[0], TGR_STORAGE_WRITE, "a", "1");
  put(&ops[1], TGR_STORAGE_READ, "a", NULL);
  put(&ops[2], TGR_STORAGE_WRITE, "a", "2");
  put(&ops[3], TGR_STORAGE_DELETE, "a", NULL);
  put(&ops[4], TGR_STORAGE_READ, "a", NULL);
  wait_for_all();
  assert_true(ops[1].found);
  assert_memory_equal(ops[1].value.bytes, "1", 1);
  assert_false(ops[4].found);
  for (size_t i = 0; i < 5; i++)
    tgr_buf_deinit(&ops[i].value);
}

static void freeing_carries_out_what_was_put(void **state) {
  (void)state;
  struct tgr_storage_op ops[2];
  put(&ops[0], TGR_STORAGE_WRITE, "a", "1");
  put(&ops[1], TGR_STORAGE_WRITE, "b", "2");
  reopen();
  wait_for_all();
  tgr_buf_deinit(&ops[0].value);
  tgr_buf_deinit(&ops[1].value);
  assert_stored("a", "1");
  assert_stored("b", "2");
}

static void two_storages_share_a_file(void **state) {
  (void)state;
  enum { ROUNDS = 50 };
  struct tgr_storage *const first = storage;
  struct tgr_storage *second = NULL;
  struct tgr_storage_op ops[2 * ROUNDS];
  char keys[2 * ROUNDS][8];
  assert_int_equal(tgr_storage_new(&loop, path, &second), TGR_OK);
  for (size_t i = 0; i < 2 * ROUNDS; i++) {
    storage = i % 2 == 0 ? first : second;
    snprintf(keys[i], sizeof keys[i], "k%zu", i);
    put(&ops[i], TGR_STORAGE_WRITE, keys[i], "v");
    tgr_loop_step(&loop, 1000);
  }
  if (awaited > 0)
    wait_for_all();
  for (size_t i = 0; i < 2 * ROUNDS; i++) {
    assert_int_equal(ops[i].status, TGR_OK);
    tgr_buf_deinit(&ops[i].value);
    storage = i % 2 == 0 ? second : first; /* the other one */
    assert_stored(keys[i], "v");
  }
  tgr_storage_free(second);
  storage = first;
}

/* Bytes of the WAL; it never shrinks, and is begun anew behind a checkpoint. */
static long wal_size(void) {
  char wal[200];
  snprintf(wal, sizeof wal, "%s-wal", path);
  FILE *file = fopen(wal, "r");
  assert_non_null(file);
  fseek(file, 0, SEEK_END);
  const long size = ftell(file);
  fclose(file);
  return size;
}

static void checkpoints_keep_the_log_of_writes_short(void **state) {
  (void)state;
  static char large[100 * 1024];
  memset(large, 'x', sizeof large - 1);
  enum { ROUNDS = 1000 };
  for (int i = 0; i < ROUNDS; i++) {
    char key[16];
    snprintf(key, sizeof key, "k%d", i % 10);
    assert_done(TGR_STORAGE_WRITE, key, large);
  }
  assert_true(wal_size() < (long)sizeof large * ROUNDS / 2);
  assert_stored("k0", large);
}

/* ---- what goes wrong ---------------------------------------------------- */

static void write_file(const char *bytes) {
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs(bytes, file);
  fclose(file);
}

static void a_file_that_is_no_database_is_named(void **state) {
  (void)state;
  write_file("This is some text, and not short of a database's header. It "
             "goes on for more than a hundred bytes, as headers do.");
  const struct tgr_storage_op op = do_op(TGR_STORAGE_WRITE, "a", "1");
  assert_int_equal(op.status, TGR_ESYNTAX);
  assert_non_null(strstr(op.error.text, "it.db: file is not a database; "
                                        "repair or remove it"));
  unlink(path); /* and the next operation opens it anew */
  assert_done(TGR_STORAGE_WRITE, "a", "1");
}

static void a_folder_that_is_not_there_is_named(void **state) {
  (void)state;
  tgr_storage_free(storage);
  char below[200];
  snprintf(below, sizeof below, "%s/none/it.db", folder);
  assert_int_equal(tgr_storage_new(&loop, below, &storage), TGR_OK);
  const struct tgr_storage_op op = do_op(TGR_STORAGE_READ, "a", NULL);
  assert_int_equal(op.status, TGR_ENOENT);
  assert_non_null(strstr(op.error.text, "none/it.db: unable to open"));
}

/* A table whose values may not be `bad`. */
static void make_strict_table(void) {
  struct tgr_sqlite sqlite;
  struct tgr_sqlite_options options;
  tgr_sqlite_options_init(&options);
  options.path = path;
  assert_int_equal(tgr_sqlite_open(&sqlite, &options, NULL), TGR_OK);
  assert_int_equal(
      tgr_sqlite_exec(&sqlite,
                      "CREATE TABLE tgrunner_storage (key TEXT PRIMARY KEY,"
                      " value TEXT CHECK (value <> 'bad'))",
                      NULL),
      TGR_OK);
  tgr_sqlite_close(&sqlite);
}

static void one_write_that_is_refused_does_not_harm_the_others(void **state) {
  (void)state;
  make_strict_table();
  struct tgr_storage_op ops[3];
  put(&ops[0], TGR_STORAGE_WRITE, "a", "1");
  put(&ops[1], TGR_STORAGE_WRITE, "b", "bad");
  put(&ops[2], TGR_STORAGE_WRITE, "c", "3");
  wait_for_all();
  assert_int_equal(ops[0].status, TGR_OK);
  assert_int_equal(ops[1].status, TGR_EINVAL);
  assert_int_equal(ops[2].status, TGR_OK);
  for (size_t i = 0; i < 3; i++)
    tgr_buf_deinit(&ops[i].value);
  assert_stored("a", "1");
  assert_stored("b", NULL);
  assert_stored("c", "3");
}

static void a_file_that_is_removed_is_told_and_made_anew(void **state) {
  (void)state;
  assert_done(TGR_STORAGE_WRITE, "a", "old");
  assert_int_equal(unlink(path), 0);
  const struct tgr_storage_op op = do_op(TGR_STORAGE_WRITE, "a", "lost");
  assert_int_equal(op.status, TGR_EIO);
  assert_non_null(strstr(op.error.text, path));
  assert_non_null(strstr(op.error.text, "removed or replaced"));
  assert_stored("a", NULL);
  assert_done(TGR_STORAGE_WRITE, "a", "new");
  assert_int_equal(access(path, F_OK), 0);
  reopen();
  assert_stored("a", "new");
}

static void limit_file_size(rlim_t bytes) {
  struct rlimit limit;
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
  limit.rlim_cur = bytes;
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_full_disk_fails_the_whole_batch_and_harms_nothing(void **state) {
  (void)state;
  assert_done(TGR_STORAGE_WRITE, "a", "old");
  signal(SIGXFSZ, SIG_IGN);
  limit_file_size(16 * 1024);
  static char large[200 * 1024];
  memset(large, 'x', sizeof large - 1);
  struct tgr_storage_op ops[3];
  put(&ops[0], TGR_STORAGE_WRITE, "a", "new");
  put(&ops[1], TGR_STORAGE_WRITE, "b", large);
  put(&ops[2], TGR_STORAGE_READ, "a", NULL);
  wait_for_all();
  limit_file_size(RLIM_INFINITY);
  assert_int_equal(ops[0].status, TGR_EIO);
  assert_int_equal(ops[1].status, TGR_EIO);
  assert_int_equal(ops[2].status, TGR_EIO); /* it has seen `new` */
  assert_non_null(strstr(ops[0].error.text, "it.db: "));
  for (size_t i = 0; i < 3; i++)
    tgr_buf_deinit(&ops[i].value);
  assert_stored("a", "old");
  assert_done(TGR_STORAGE_WRITE, "a", "newer");
  assert_stored("a", "newer");
}

/* Another connection, as of another process, that has the file locked. */
static void lock(struct tgr_sqlite *other) {
  struct tgr_sqlite_options options;
  tgr_sqlite_options_init(&options);
  options.path = path;
  assert_int_equal(tgr_sqlite_open(other, &options, NULL), TGR_OK);
  assert_int_equal(tgr_sqlite_exec(other, "BEGIN IMMEDIATE", NULL), TGR_OK);
}

static void unlock(struct tgr_sqlite *other) {
  tgr_sqlite_rollback(other);
  tgr_sqlite_close(other);
}

static void reads_wait_for_no_lock_but_behind_writes_of_their_key(void **s) {
  (void)s;
  enum { WRITE, READ_OTHER, READ_SAME, DELETE, READ_LAST, COUNT };
  assert_done(TGR_STORAGE_WRITE, "a", "1");
  assert_done(TGR_STORAGE_WRITE, "b", "1");
  struct tgr_sqlite other;
  lock(&other);
  struct tgr_storage_op ops[COUNT];
  put(&ops[WRITE], TGR_STORAGE_WRITE, "a", "2");
  put(&ops[READ_OTHER], TGR_STORAGE_READ, "b", NULL);
  put(&ops[READ_SAME], TGR_STORAGE_READ, "a", NULL);
  put(&ops[DELETE], TGR_STORAGE_DELETE, "b", NULL);
  put(&ops[READ_LAST], TGR_STORAGE_READ, "b", NULL);
  awaited = 1; /* READ_OTHER */
  wait_for_all();
  assert_true(ops[READ_OTHER].found);
  assert_false(ops[READ_SAME].found);
  assert_stored("c", NULL); /* what comes later does not wait either */
  unlock(&other);
  awaited = COUNT - 1;
  wait_for_all();
  for (int i = 0; i < COUNT; i++)
    assert_int_equal(ops[i].status, TGR_OK);
  assert_true(ops[READ_SAME].found);
  assert_int_equal(ops[READ_SAME].value.bytes[0], '2');
  assert_false(ops[READ_LAST].found);
  for (int i = 0; i < COUNT; i++)
    tgr_buf_deinit(&ops[i].value);
}

static void what_waits_for_a_lock_is_carried_out_after_freeing(void **state) {
  (void)state;
  assert_done(TGR_STORAGE_WRITE, "a", "1");
  struct tgr_sqlite other;
  lock(&other);
  struct tgr_storage_op ops[2];
  put(&ops[0], TGR_STORAGE_WRITE, "a", "2");
  put(&ops[1], TGR_STORAGE_READ, "b", NULL);
  tgr_storage_free(storage);
  awaited = 1;
  wait_for_all(); /* the read: the write has been put aside */
  unlock(&other);
  awaited = 1;
  wait_for_all();
  assert_int_equal(ops[0].status, TGR_OK);
  tgr_buf_deinit(&ops[0].value);
  assert_int_equal(tgr_storage_new(&loop, path, &storage), TGR_OK);
  assert_stored("a", "2");
}

static void a_locked_database_fails_writes_and_not_reads(void **state) {
  (void)state;
  assert_done(TGR_STORAGE_WRITE, "a", "1");
  struct tgr_sqlite other;
  lock(&other);
  struct tgr_storage_op ops[2];
  put(&ops[0], TGR_STORAGE_WRITE, "a", "2");
  put(&ops[1], TGR_STORAGE_READ, "a", NULL);
  wait_for_all(); /* 5 s, the patience of a connection */
  unlock(&other);
  assert_int_equal(ops[0].status, TGR_ESTATE);
  assert_non_null(strstr(ops[0].error.text, "it.db: database is locked"));
  assert_int_equal(ops[1].status, TGR_OK);
  assert_true(ops[1].found);
  tgr_buf_deinit(&ops[0].value);
  tgr_buf_deinit(&ops[1].value);
  assert_done(TGR_STORAGE_WRITE, "a", "3");
}

static void every_failing_allocation_is_survived(void **state) {
  (void)state;
  struct spec_mem mem;
  spec_mem_init(&mem);
  assert_done(TGR_STORAGE_WRITE, "a", "1");
  struct tgr_storage_op op;
  put(&op, TGR_STORAGE_READ, "a", NULL);
  op.value.mem = &mem.mem;
  mem.fail_at = 1;
  wait_for_all();
  assert_int_equal(op.status, TGR_ENOMEM);
  tgr_buf_deinit(&op.value);
  struct tgr_loop small = {.mem = &mem.mem};
  struct tgr_storage *none = NULL;
  assert_int_equal(tgr_storage_new(&small, path, &none), TGR_ENOMEM);
  assert_null(none);
  assert_int_equal(mem.live, 0);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(texts_are_written_replaced_and_deleted),
      TEST(what_was_written_outlives_the_storage),
      TEST(operations_are_carried_out_in_order_when_they_come_at_once),
      TEST(freeing_carries_out_what_was_put),
      TEST(two_storages_share_a_file),
      TEST(checkpoints_keep_the_log_of_writes_short),
      TEST(a_file_that_is_no_database_is_named),
      TEST(a_folder_that_is_not_there_is_named),
      TEST(one_write_that_is_refused_does_not_harm_the_others),
      TEST(a_file_that_is_removed_is_told_and_made_anew),
      TEST(a_full_disk_fails_the_whole_batch_and_harms_nothing),
      TEST(reads_wait_for_no_lock_but_behind_writes_of_their_key),
      TEST(what_waits_for_a_lock_is_carried_out_after_freeing),
      TEST(a_locked_database_fails_writes_and_not_reads),
      TEST(every_failing_allocation_is_survived),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
