/* Operations that one batch carries out: their order, what fails with what, and
 * what waits for the lock of another process. */
#include "host/journal/storage_fixture.h"

#include <signal.h>
#include <sys/resource.h>

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

/* A table whose values may not be `bad`. */
static void make_strict_table(void) {
  struct tgr_sqlite sqlite;
  struct tgr_sqlite_options options;
  tgr_sqlite_options_init(&options);
  options.path = folder.path;
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
  options.path = folder.path;
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
  assert_int_equal(tgr_storage_new(&loop, folder.path, &storage), TGR_OK);
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

int main(void) {
  const struct CMUnitTest tests[] = {
      IN_A_FOLDER(operations_are_carried_out_in_order_when_they_come_at_once),
      IN_A_FOLDER(one_write_that_is_refused_does_not_harm_the_others),
      IN_A_FOLDER(a_full_disk_fails_the_whole_batch_and_harms_nothing),
      IN_A_FOLDER(reads_wait_for_no_lock_but_behind_writes_of_their_key),
      IN_A_FOLDER(what_waits_for_a_lock_is_carried_out_after_freeing),
      IN_A_FOLDER(a_locked_database_fails_writes_and_not_reads),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
