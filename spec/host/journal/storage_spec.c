#include "host/journal/storage_fixture.h"

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
  struct spec_mem mem;
  spec_mem_init(&mem);
  loop.mem = &mem.mem;
  assert_int_equal(tgr_storage_new(&loop, folder.path, &second), TGR_OK);
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
  while (mem.live > 0) /* two that close at once may leave the WAL behind */
    tgr_loop_step(&loop, 1000);
  loop.mem = &tgr_mem_libc;
  storage = first;
}

/* Bytes of the WAL; it never shrinks, and is begun anew behind a checkpoint. */
static long wal_size(void) {
  char wal[200];
  snprintf(wal, sizeof wal, "%s-wal", folder.path);
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
  FILE *file = fopen(folder.path, "w");
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
  unlink(folder.path); /* and the next operation opens it anew */
  assert_done(TGR_STORAGE_WRITE, "a", "1");
}

static void a_folder_that_is_not_there_is_named(void **state) {
  (void)state;
  tgr_storage_free(storage);
  char below[200];
  snprintf(below, sizeof below, "%s/none/it.db", folder.name);
  assert_int_equal(tgr_storage_new(&loop, below, &storage), TGR_OK);
  const struct tgr_storage_op op = do_op(TGR_STORAGE_READ, "a", NULL);
  assert_int_equal(op.status, TGR_ENOENT);
  assert_non_null(strstr(op.error.text, "none/it.db: unable to open"));
}

static void a_file_that_is_removed_is_told_and_made_anew(void **state) {
  (void)state;
  assert_done(TGR_STORAGE_WRITE, "a", "old");
  assert_int_equal(unlink(folder.path), 0);
  const struct tgr_storage_op op = do_op(TGR_STORAGE_WRITE, "a", "lost");
  assert_int_equal(op.status, TGR_EIO);
  assert_non_null(strstr(op.error.text, folder.path));
  assert_non_null(strstr(op.error.text, "removed or replaced"));
  assert_stored("a", NULL);
  assert_done(TGR_STORAGE_WRITE, "a", "new");
  assert_int_equal(access(folder.path, F_OK), 0);
  reopen();
  assert_stored("a", "new");
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
  assert_int_equal(tgr_storage_new(&small, folder.path, &none), TGR_ENOMEM);
  assert_null(none);
  assert_int_equal(mem.live, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      IN_A_FOLDER(texts_are_written_replaced_and_deleted),
      IN_A_FOLDER(what_was_written_outlives_the_storage),
      IN_A_FOLDER(freeing_carries_out_what_was_put),
      IN_A_FOLDER(two_storages_share_a_file),
      IN_A_FOLDER(checkpoints_keep_the_log_of_writes_short),
      IN_A_FOLDER(a_file_that_is_no_database_is_named),
      IN_A_FOLDER(a_folder_that_is_not_there_is_named),
      IN_A_FOLDER(a_file_that_is_removed_is_told_and_made_anew),
      IN_A_FOLDER(every_failing_allocation_is_survived),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
