/* A journal on a disk that fails, is full or is taken away. */
#include "host/journal/journal_fixture.h"
#include "support/spec_vfs.h"

#include <unistd.h>

static struct spec_vfs vfs;

/* One life with calls that fail from `fail_at` on. False when none did. */
static bool live(long fail_at, long fail_count, int code) {
  char copy[160];
  const struct bench_options options = {.path = folder.path,
                                        .vfs = SPEC_VFS_NAME};
  struct tgr_error error = {.text = ""};
  snprintf(copy, sizeof copy, "%s-copy", folder.path);
  spec_folder_empty(&folder);
  spec_vfs_arm(&vfs, fail_at, fail_count, code);
  enum tgr_status status = bench_open(&bench, &options, &error);
  if (status != TGR_OK) {
    assert_true(error.text[0] != '\0');
    spec_vfs_arm(&vfs, 0, 0, code);
    open_bench(&options); /* when it is repaired it opens */
  }
  bench_pull(&bench);
  /* Whatever fails: it goes on by itself once that is over, and what was asked
   * for says what is safe. */
  assert_true(bench_await_asked(&bench, 2));
  bench_snapshot(folder.path, copy);
  int64_t next = 0;
  assert_int_equal(bench_stored(copy, false, &next), 5);
  assert_int_equal(next, 6);
  for (int i = 1; i <= 4; i++) {
    struct tgr_task *task = bench_task(&bench, i);
    bench_start(task);
    assert_int_equal(bench_end(&bench, task, TGR_OUTCOME_DONE),
                     TGR_VERDICT_ENDED);
  }
  bench.keeper->flush(bench.keeper, &bench.intake);
  for (int i = 0; i < 10; i++)
    (void)tgr_loop_step(&bench.loop, 1000);
  const long calls = atomic_load(&vfs.calls);
  spec_vfs_arm(&vfs, 0, 0, code);
  bench_close(&bench);
  assert_int_equal(bench_stored(folder.path, false, &next), 1);
  assert_int_equal(next, 6);
  return fail_at <= calls || status != TGR_OK;
}

static void fail_each(long fail_count, int code) {
  long fail_at = 1;
  while (live(fail_at, fail_count, code))
    fail_at++;
  assert_true(fail_at > 50);
  print_message("%ld calls failed, %ld at a time\n", fail_at - 1, fail_count);
}

static void nothing_is_lost_whichever_call_fails_once(void **state) {
  (void)state;
  fail_each(1, SQLITE_IOERR);
}

static void nothing_is_lost_whichever_call_fails_for_a_while(void **state) {
  (void)state;
  fail_each(7, SQLITE_FULL);
}

static void a_failing_disk_is_told_once_and_so_is_its_recovery(void **state) {
  (void)state;
  const struct bench_options options = {.path = folder.path,
                                        .vfs = SPEC_VFS_NAME};
  spec_vfs_arm(&vfs, 0, 0, SQLITE_FULL);
  open_bench(&options);
  spec_vfs_arm(&vfs, 1, 1000000, SQLITE_FULL);
  bench_pull(&bench);
  const uint64_t end_us = tgr_loop_clock_us() + 60000;
  while (tgr_loop_clock_us() < end_us)
    if (!tgr_loop_step(&bench.loop, 1000))
      uv_sleep(1);
  assert_int_equal(bench.got_count, 5); /* they are handled all the same */
  assert_int_equal(bench.asked, 1);     /* but no more are asked for */
  spec_vfs_arm(&vfs, 0, 0, SQLITE_FULL);
  assert_true(bench_await_asked(&bench, 2));
  bench_close(&bench);
  const char *failure = strstr(bench.said, "cannot be written");
  assert_non_null(failure);
  assert_non_null(strstr(failure, "no more are fetched until it can"));
  assert_null(strstr(failure + 1, "cannot be written"));
  assert_non_null(strstr(failure, "can be written again; fetching goes on"));
}

static void a_file_that_is_taken_away_is_made_anew(void **state) {
  (void)state;
  const struct bench_options options = {.path = folder.path, .owner = 77};
  const struct bench_options other = {.path = folder.path, .owner = 78};
  struct tgr_error error = {.text = ""};
  open_bench(&options);
  bench.batches = 2;
  bench.batch = 3;
  bench_pull(&bench);
  assert_true(bench_await_asked(&bench, 3));
  assert_int_equal(unlink(folder.path), 0);
  struct tgr_task *task = bench_task(&bench, 1);
  bench_start(task);
  (void)bench_end(&bench, task, TGR_OUTCOME_DONE);
  bench_close(&bench);
  int64_t next = 0;
  assert_int_equal(bench_stored(folder.path, false, &next), 5);
  assert_int_equal(next, 7);
  assert_int_equal(bench_open(&bench, &other, &error), TGR_ECONFLICT);
}

/* Another file with the same content takes the file's place. */
static void replace_file(void) {
  char copy[160];
  snprintf(copy, sizeof copy, "%s-copy", folder.path);
  assert_true(spec_file_copy(folder.path, copy, ""));
  assert_int_equal(rename(copy, folder.path), 0);
}

static void end_task(int n) {
  struct tgr_task *task = bench_task(&bench, n);
  bench_start(task);
  assert_int_equal(bench_end(&bench, task, TGR_OUTCOME_DONE),
                   TGR_VERDICT_ENDED);
}

static void await_said(const char *text) {
  const uint64_t end_us = tgr_loop_clock_us() + 20000000;
  while (!bench_has_said(&bench, text) && tgr_loop_clock_us() < end_us)
    uv_sleep(1);
  assert_true(bench_has_said(&bench, text));
}

static void
what_ends_while_a_replaced_file_is_reopened_does_not_come_again(void **state) {
  (void)state;
  const struct bench_options options = {.path = folder.path,
                                        .write_retry_ms = 400};
  open_plain();
  bench_pull(&bench);
  assert_true(bench_await_asked(&bench, 2));
  bench_close(&bench);
  open_bench(&options);
  bench_pull(&bench);
  bench.batches = 0;
  assert_true(bench_await_asked(&bench, 1));
  assert_int_equal(bench.got_count, 5);
  replace_file();
  end_task(1);
  await_said("it is not where it was");
  uv_sleep(100); /* it is reopened, and not yet written */
  end_task(2);
  end_task(3);
  bench_close(&bench);
  assert_int_equal(bench_stored(folder.path, false, NULL), 2);
}

static void nothing_is_written_once_the_lock_was_taken_away(void **state) {
  (void)state;
  char live[160];
  snprintf(live, sizeof live, "%s-live", folder.path);
  open_plain();
  bench_pull(&bench);
  assert_true(bench_await_asked(&bench, 2));
  assert_int_equal(unlink(live), 0);
  end_task(1);
  await_said("-live was taken away");
  bench_close(&bench);
  assert_int_equal(bench_stored(folder.path, false, NULL), 5);
}

static void a_write_protected_file_is_refused_until_it_is_not(void **state) {
  (void)state;
  const struct bench_options options = {.path = folder.path,
                                        .vfs = SPEC_VFS_NAME};
  struct tgr_error error = {.text = ""};
  open_plain();
  bench_close(&bench);
  spec_vfs_arm(&vfs, 0, 0, SQLITE_FULL);
  atomic_store(&vfs.protects, true);
  assert_int_equal(bench_open(&bench, &options, &error), TGR_EIO);
  assert_non_null(strstr(error.text, "it is write-protected"));
  atomic_store(&vfs.protects, false);
  open_bench(&options);
  bench_close(&bench);
}

int main(void) {
  spec_vfs_register(&vfs);
  const struct CMUnitTest tests[] = {
      IN_A_FOLDER(nothing_is_lost_whichever_call_fails_once),
      IN_A_FOLDER(nothing_is_lost_whichever_call_fails_for_a_while),
      IN_A_FOLDER(a_failing_disk_is_told_once_and_so_is_its_recovery),
      IN_A_FOLDER(a_file_that_is_taken_away_is_made_anew),
      IN_A_FOLDER(
          what_ends_while_a_replaced_file_is_reopened_does_not_come_again),
      IN_A_FOLDER(nothing_is_written_once_the_lock_was_taken_away),
      IN_A_FOLDER(a_write_protected_file_is_refused_until_it_is_not),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
