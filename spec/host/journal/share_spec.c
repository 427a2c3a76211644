#include "host/journal/journal_bench.h"
#include "support/spec_vfs.h"

#include <pthread.h>

static struct spec_folder folder;
static struct spec_vfs vfs;
static struct bench bench;

/* A worker: a thread's loop, and one who waits there. */
struct worker {
  struct tgr_loop loop;
  struct tgr_share_call call;
  bool told;
};

static struct worker worker;

static int setup(void **state) {
  (void)state;
  spec_vfs_arm(&vfs, 0, 0, SQLITE_FULL);
  return !spec_folder_make(&folder);
}

static int teardown(void **state) {
  (void)state;
  spec_folder_remove(&folder);
  return 0;
}

static void on_told(struct tgr_mail *mail) {
  TGR_CONTAINER_OF(mail, struct worker, call.mail)->told = true;
}

static void worker_init(void) {
  memset(&worker, 0, sizeof worker);
  assert_int_equal(tgr_loop_init(&worker.loop, &tgr_mem_libc), TGR_OK);
  worker.call.mail.open = on_told;
  worker.call.inbox = &worker.loop.inbox;
}

static enum tgr_status put(struct tgr_share *share, const char *name,
                           const char *value) {
  worker.told = false;
  return share->once_put(share, name, strlen(name), value, strlen(value),
                         &worker.call);
}

static void await_told(void) {
  const uint64_t end_us = tgr_loop_clock_us() + 20000000;
  while (!worker.told && tgr_loop_clock_us() < end_us)
    if (!tgr_loop_step(&worker.loop, 1000))
      uv_sleep(1);
  assert_true(worker.told);
}

/* What a share has under a name; "" for nothing. */
static const char *get(struct tgr_share *share, const char *name) {
  static char text[64];
  struct tgr_buf value;
  bool found = true;
  tgr_buf_init(&value, &tgr_mem_libc, sizeof text);
  assert_int_equal(share->once_get(share, name, strlen(name), &value, &found),
                   TGR_OK);
  snprintf(text, sizeof text, "%.*s", (int)value.len, found ? value.bytes : "");
  tgr_buf_deinit(&value);
  return text;
}

static struct tgr_share *share_of(const struct tgr_task *task) {
  return task->keeper->share(task->keeper, (struct tgr_task *)task);
}

static void open_one(const struct tgr_mem *mem, const char *vfs_name,
                     int batches) {
  const struct bench_options options = {
      .mem = mem, .path = folder.path, .vfs = vfs_name};
  struct tgr_error error = {.text = ""};
  if (bench_open(&bench, &options, &error) != TGR_OK)
    fail_msg("%s", error.text);
  bench.batch = 1;
  bench.batches = batches;
  bench_pull(&bench);
  assert_true(bench_await_asked(&bench, batches + 1));
}

/* ---- on a thread of its own --------------------------------------------- */

static void *put_from_here(void *user) {
  struct tgr_share *share = user;
  assert_string_equal(get(share, "main"), "1");
  assert_int_equal(put(share, "charge", "42"), TGR_OK);
  await_told();
  assert_string_equal(get(share, "charge"), "42");
  share->release(share);
  return NULL;
}

static void on_main_told(struct tgr_keeper_call *call) {
  (void)call;
}

static void a_result_of_another_thread_is_there_in_the_next_life(void **state) {
  (void)state;
  pthread_t thread;
  size_t len = 0;
  open_one(NULL, NULL, 1);
  worker_init();
  struct tgr_task *task = bench_task(&bench, 1);
  bench_start(task);
  struct tgr_keeper_call call = {.done = on_main_told};
  assert_int_equal(
      bench.keeper->once_put(bench.keeper, task, "main", 4, "1", 1, &call),
      TGR_OK);
  assert_int_equal(pthread_create(&thread, NULL, put_from_here, share_of(task)),
                   0);
  pthread_join(thread, NULL);
  const char *value =
      bench.keeper->once_get(bench.keeper, task, "charge", 6, &len);
  assert_non_null(value);
  assert_memory_equal(value, "42", 2);
  bench.keeper->once_forget(&call);
  bench_close(&bench);
  tgr_loop_deinit(&worker.loop);
  open_one(NULL, NULL, 0);
  assert_non_null(bench.keeper->once_get(bench.keeper, bench_task(&bench, 1),
                                         "charge", 6, &len));
  bench_close(&bench);
}

/* ---- ends --------------------------------------------------------------- */

static void nothing_is_kept_of_an_update_that_has_ended(void **state) {
  (void)state;
  open_one(NULL, NULL, 1);
  worker_init();
  struct tgr_task *task = bench_task(&bench, 1);
  bench_start(task);
  struct tgr_share *share = share_of(task);
  assert_int_equal(put(share, "a", "1"), TGR_OK);
  await_told();
  assert_true(worker.call.is_safe);
  assert_int_equal(bench_end(&bench, task, TGR_OUTCOME_DONE),
                   TGR_VERDICT_ENDED);
  assert_int_equal(put(share, "b", "2"), TGR_ENOENT);
  assert_string_equal(get(share, "a"), "");
  bench_close(&bench);
  assert_int_equal(put(share, "b", "2"), TGR_ENOENT); /* of nobody now */
  share->release(share);
  tgr_loop_deinit(&worker.loop);
}

static void who_waits_is_told_when_the_journal_closes_unwritten(void **state) {
  (void)state;
  open_one(NULL, SPEC_VFS_NAME, 1);
  worker_init();
  struct tgr_task *task = bench_task(&bench, 1);
  bench_start(task);
  struct tgr_share *share = share_of(task);
  spec_vfs_arm(&vfs, 1, 1000000, SQLITE_FULL);
  assert_int_equal(put(share, "a", "1"), TGR_OK);
  bench_close(&bench);
  await_told();
  assert_false(worker.call.is_safe);
  assert_false(share->forget(share, &worker.call));
  share->release(share);
  tgr_loop_deinit(&worker.loop);
}

static void a_call_that_is_forgotten_is_not_told(void **state) {
  (void)state;
  open_one(NULL, SPEC_VFS_NAME, 1);
  worker_init();
  struct tgr_share *share = share_of(bench_task(&bench, 1));
  spec_vfs_arm(&vfs, 1, 1000000, SQLITE_FULL);
  assert_int_equal(put(share, "a", "1"), TGR_OK);
  assert_true(share->forget(share, &worker.call));
  spec_vfs_arm(&vfs, 0, 0, SQLITE_FULL);
  /* One that comes behind it is told; one that was told is not forgotten. */
  assert_int_equal(put(share, "b", "1"), TGR_OK);
  await_told();
  assert_false(share->forget(share, &worker.call));
  share->release(share);
  bench_close(&bench);
  tgr_loop_deinit(&worker.loop);
}

static void short_memory_is_told_with_nothing_kept(void **state) {
  (void)state;
  struct spec_mem mem;
  spec_mem_init(&mem);
  open_one(&mem.mem, NULL, 1);
  worker_init();
  struct tgr_task *task = bench_task(&bench, 1);
  atomic_store(&mem.fail_at, atomic_load(&mem.requests) + 1);
  assert_null(share_of(task));
  atomic_store(&mem.fail_at, 0);
  struct tgr_share *share = share_of(task);
  assert_non_null(share);
  for (long n = 1; n <= 2; n++) { /* the result, who waits */
    atomic_store(&mem.fail_at, atomic_load(&mem.requests) + n);
    assert_int_equal(put(share, "a", "1"), TGR_ENOMEM);
    atomic_store(&mem.fail_at, 0);
    assert_string_equal(get(share, "a"), "");
  }
  assert_int_equal(put(share, "a", "1"), TGR_OK);
  await_told();
  bench_close(&bench);
  share->release(share);
  tgr_loop_deinit(&worker.loop);
  assert_int_equal(atomic_load(&mem.live), 0);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
  spec_vfs_register(&vfs);
  const struct CMUnitTest tests[] = {
      IN_A_FOLDER(a_result_of_another_thread_is_there_in_the_next_life),
      IN_A_FOLDER(nothing_is_kept_of_an_update_that_has_ended),
      IN_A_FOLDER(who_waits_is_told_when_the_journal_closes_unwritten),
      IN_A_FOLDER(a_call_that_is_forgotten_is_not_told),
      IN_A_FOLDER(short_memory_is_told_with_nothing_kept),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
