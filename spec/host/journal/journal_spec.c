#include "host/journal/journal_fixture.h"

static void
the_next_request_goes_out_when_the_batch_is_in_the_file(void **state) {
  (void)state;
  char copy[160];
  snprintf(copy, sizeof copy, "%s-copy", folder.path);
  open_plain();
  bench_pull(&bench);
  assert_true(bench_await_asked(&bench, 2));
  assert_int_equal(bench.got_count, 5);
  bench_snapshot(folder.path, copy);
  int64_t next = 0;
  assert_int_equal(bench_stored(copy, false, &next), 5);
  assert_int_equal(next, 6);
  bench_close(&bench);
}

static void
what_has_not_ended_comes_again_before_anything_is_asked_for(void **state) {
  (void)state;
  open_plain();
  bench_pull(&bench);
  assert_true(bench_await_asked(&bench, 2));
  struct tgr_task *task = bench_task(&bench, 2);
  assert_int_equal(task->attempt, 1);
  assert_false(task->redelivered);
  bench_start(task);
  assert_int_equal(bench_end(&bench, task, TGR_OUTCOME_DONE),
                   TGR_VERDICT_ENDED);
  assert_null(task->keeper);
  bench_start(bench_task(&bench, 3)); /* it runs when the process ends */
  bench_close(&bench);

  open_plain();
  bench_pull(&bench);
  bench.batches = 0;
  assert_true(bench_await_asked(&bench, 1));
  assert_int_equal(bench.got_count, 4);
  assert_int_equal(bench.offset, 6); /* asks behind what it has */
  static const int64_t ids[] = {1, 3, 4, 5};
  for (int i = 0; i < 4; i++) {
    const struct tgr_task *again = bench_task(&bench, i + 1);
    assert_int_equal(again->update_id, ids[i]);
    assert_true(again->redelivered);
    assert_int_equal(again->attempt, ids[i] == 3 ? 2 : 1);
  }
  bench_close(&bench);
}

static void a_run_that_failed_is_tried_five_times(void **state) {
  (void)state;
  static const uint64_t seconds[] = {1, 2, 4, 8};
  const struct bench_options options = {.path = folder.path, .retries = true};
  open_bench(&options);
  bench.batch = 1;
  bench_pull(&bench);
  assert_true(bench_await_asked(&bench, 2));
  struct tgr_list tasks;
  tgr_list_init(&tasks);
  struct tgr_task *task = bench_task(&bench, 1);
  struct tgr_timers *timers = &bench.loop.timers;
  for (int i = 0; i < 4; i++) {
    bench_start(task);
    task->keeper->note_error(task->keeper, task, "no luck", 7);
    assert_int_equal(bench_end(&bench, task, TGR_OUTCOME_FAILED),
                     TGR_VERDICT_RESTS);
    /* As the sink does: it rests, until the keeper says so. */
    tgr_list_remove(&task->link);
    task->place = TGR_TASK_RESTING;
    tgr_list_append(&bench.sink.resting, &task->link);
    bench.sink.resting_count++;
    const uint64_t now_us = timers->now_us;
    tgr_timers_advance(timers, now_us + seconds[i] * 1000000 - 1);
    assert_int_equal(task->place, TGR_TASK_RESTING);
    tgr_timers_advance(timers, now_us + seconds[i] * 1000000);
    assert_int_equal(task->place, TGR_TASK_PARKED);
    assert_int_equal(task->attempt, i + 2);
    assert_true(task->redelivered);
    tgr_list_remove(&task->link);
    bench.sink.parked_count--;
    tgr_list_append(&bench.got, &task->link);
  }
  bench_start(task);
  task->keeper->note_error(task->keeper, task,
                           "token 123456:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef", 45);
  assert_int_equal(bench_end(&bench, task, TGR_OUTCOME_FAILED),
                   TGR_VERDICT_ENDED);
  bench_close(&bench);
  assert_int_equal(bench_stored(folder.path, false, NULL), 0);
  assert_int_equal(bench_stored(folder.path, true, NULL), 1);
  assert_non_null(strstr(bench.said, "update 1 goes to the dead letters: token "
                                     "123456:***"));
}

static void an_update_that_nobody_handled_is_run_again(void **state) {
  (void)state;
  open_plain(); /* errors count as handled */
  bench_pull(&bench);
  assert_true(bench_await_asked(&bench, 2));
  struct tgr_task *task = bench_task(&bench, 1);
  bench_start(task);
  assert_int_equal(bench_end(&bench, task, TGR_OUTCOME_FAILED),
                   TGR_VERDICT_ENDED);
  task = bench_task(&bench, 2);
  bench_start(task);
  task->unhandled = true;
  assert_int_equal(bench_end(&bench, task, TGR_OUTCOME_FAILED),
                   TGR_VERDICT_RESTS);
  bench_close(&bench);
  assert_int_equal(bench_stored(folder.path, false, NULL), 4);
}

static void what_a_stop_gave_up_comes_again(void **state) {
  (void)state;
  open_plain();
  bench_pull(&bench);
  assert_true(bench_await_asked(&bench, 2));
  struct tgr_task *task = bench_task(&bench, 2);
  bench_start(task);
  assert_int_equal(bench_end(&bench, task, TGR_OUTCOME_ABANDONED),
                   TGR_VERDICT_ENDED);
  struct tgr_list again;
  tgr_list_init(&again);
  assert_int_equal(bench.keeper->take(bench.keeper, &again, 10), 1);
  struct tgr_task *fresh =
      TGR_CONTAINER_OF(tgr_list_take(&again), struct tgr_task, link);
  assert_true(fresh != task);
  assert_int_equal(fresh->update_id, 2);
  assert_int_equal(fresh->attempt, 1); /* it did not crash */
  tgr_list_append(&bench.got, &fresh->link);
  bench_close(&bench);
}

static void ids_that_begin_anew_are_no_duplicates(void **state) {
  (void)state;
  open_plain();
  bench_pull(&bench);
  assert_true(bench_await_asked(&bench, 2));
  bench_close(&bench);
  open_plain();
  bench.next_id = 2; /* the server counts anew, below the offset */
  bench_pull(&bench);
  assert_true(bench_await_asked(&bench, 2));
  assert_int_equal(bench.got_count, 10);
  bench_close(&bench);
  int64_t next = 0;
  assert_int_equal(bench_stored(folder.path, false, &next), 10);
  assert_int_equal(next, 7);
}

static void two_journals_do_not_share_a_file(void **state) {
  (void)state;
  static struct bench second;
  const struct bench_options options = {.path = folder.path};
  struct tgr_error error = {.text = ""};
  open_plain();
  assert_int_equal(bench_open(&second, &options, &error), TGR_ECONFLICT);
  assert_non_null(
      strstr(error.text, "it is in use by another runner of this process"));
  bench_close(&bench);
  open_plain();
  bench_close(&bench);
}

static void a_result_without_its_update_is_no_other_update_s(void **state) {
  (void)state;
  struct tgr_sqlite_options options;
  struct tgr_store store;
  size_t len = 0;
  tgr_sqlite_options_init(&options);
  options.path = folder.path;
  assert_int_equal(tgr_store_open(&store, &options, NULL), TGR_OK);
  assert_int_equal(tgr_store_put_once(&store, 1, "charge", 6, "7", 1, NULL),
                   TGR_OK);
  int64_t seq = 0;
  assert_int_equal(tgr_store_last_seq(&store, &seq, NULL), TGR_OK);
  assert_int_equal(seq, 1);
  tgr_store_close(&store);
  for (int life = 1; life <= 2; life++) {
    open_plain();
    bench_pull(&bench);
    assert_true(bench_await_asked(&bench, life == 1 ? 2 : 1));
    struct tgr_task *task = bench_task(&bench, 1);
    assert_null(bench.keeper->once_get(bench.keeper, task, "charge", 6, &len));
    bench_close(&bench);
  }
}

static enum tgr_status note_reason(void *user, const struct tgr_entry *entry) {
  snprintf(user, 200, "%.*s", (int)entry->error_len, entry->error);
  return TGR_OK;
}

static void
an_update_that_cannot_be_read_is_dead_with_the_reason(void **state) {
  (void)state;
  struct tgr_sqlite_options options;
  struct tgr_store store;
  char reason[200] = "";
  const struct tgr_entry entry = {.seq = 1, .raw = "[]", .len = 2, .error = ""};
  tgr_sqlite_options_init(&options);
  options.path = folder.path;
  assert_int_equal(tgr_store_open(&store, &options, NULL), TGR_OK);
  assert_int_equal(tgr_store_append(&store, &entry, NULL), TGR_OK);
  tgr_store_close(&store);
  open_plain();
  bench.batches = 0;
  bench_pull(&bench);
  assert_true(bench_await_asked(&bench, 1));
  assert_int_equal(bench.got_count, 0);
  bench_close(&bench);
  assert_int_equal(tgr_store_open(&store, &options, NULL), TGR_OK);
  assert_int_equal(
      tgr_store_each_dead(&store, false, note_reason, reason, NULL), TGR_OK);
  tgr_store_close(&store);
  assert_string_not_equal(reason, "");
}

static void a_file_of_something_else_stays_alone(void **state) {
  (void)state;
  const struct bench_options options = {.path = folder.path};
  struct tgr_error error = {.text = ""};
  assert_true(spec_file_write(folder.path, "a shopping list: eggs", 21));
  assert_int_equal(bench_open(&bench, &options, &error), TGR_EINVAL);
  size_t changed = 0;
  char text[200];
  assert_int_equal(
      tgr_journal_requeue(folder.path, NULL, 0, &changed, text, sizeof text),
      TGR_EINVAL);
  assert_int_equal(spec_folder_count(&folder, ""), 1);
  /* One of another bot's keeps what it had. */
  const struct bench_options ours = {.path = folder.path, .owner = 77};
  const struct bench_options other = {.path = folder.path, .owner = 78};
  spec_folder_empty(&folder);
  open_bench(&ours);
  bench_close(&bench);
  assert_int_equal(bench_open(&bench, &other, &error), TGR_ECONFLICT);
  assert_int_equal(spec_folder_count(&folder, "-live"), 1);
}

static void
where_the_position_is_lost_kept_updates_are_known_again(void **state) {
  (void)state;
  struct tgr_sqlite_options options;
  struct tgr_store store;
  open_plain();
  bench_pull(&bench);
  assert_true(bench_await_asked(&bench, 2));
  bench_close(&bench);
  tgr_sqlite_options_init(&options);
  options.path = folder.path;
  assert_int_equal(tgr_store_open(&store, &options, NULL), TGR_OK);
  assert_int_equal(tgr_sqlite_exec(&store.sqlite, "DELETE FROM meta", NULL),
                   TGR_OK);
  tgr_store_close(&store);
  open_plain();
  bench.next_id = 4; /* 4 and 5 once more, then 6 to 8 */
  bench_pull(&bench);
  assert_true(bench_await_asked(&bench, 2));
  assert_int_equal(bench.got_count, 8);
  bench_close(&bench);
  assert_int_equal(bench_stored(folder.path, false, NULL), 8);
}

static void running_out_of_memory_at_any_point_loses_nothing(void **state) {
  (void)state;
  for (long fail_at = 1;; fail_at++) {
    struct spec_mem mem;
    spec_mem_init(&mem);
    spec_folder_empty(&folder);
    const struct bench_options options = {.mem = &mem.mem, .path = folder.path};
    struct tgr_error error = {.text = ""};
    mem.fail_at = fail_at;
    const enum tgr_status status = bench_open(&bench, &options, &error);
    if (status == TGR_OK) {
      bench_pull(&bench);
      for (int i = 0; i < 20; i++)
        (void)tgr_loop_step(&bench.loop, 1000);
      const bool failed = mem.requests >= fail_at;
      mem.fail_at = 0;
      if (bench.got_count == 0) {
        bench.next_id = 1;
        bench.batches = 1;
      }
      /* What could not be kept is asked for again, a second later. */
      tgr_timers_advance(&bench.loop.timers,
                         bench.loop.timers.now_us + 1000000);
      const int asked = bench.got_count == 0 ? bench.asked + 1 : 2;
      assert_true(bench_await_asked(&bench, asked));
      assert_int_equal(bench.got_count, 5);
      bench_close(&bench);
      assert_int_equal(mem.live, 0);
      assert_int_equal(bench_stored(folder.path, false, NULL), 5);
      if (!failed)
        break;
    } else {
      assert_int_equal(status, TGR_ENOMEM);
      assert_int_equal(mem.live, 0);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      IN_A_FOLDER(the_next_request_goes_out_when_the_batch_is_in_the_file),
      IN_A_FOLDER(what_has_not_ended_comes_again_before_anything_is_asked_for),
      IN_A_FOLDER(a_run_that_failed_is_tried_five_times),
      IN_A_FOLDER(an_update_that_nobody_handled_is_run_again),
      IN_A_FOLDER(what_a_stop_gave_up_comes_again),
      IN_A_FOLDER(ids_that_begin_anew_are_no_duplicates),
      IN_A_FOLDER(two_journals_do_not_share_a_file),
      IN_A_FOLDER(a_result_without_its_update_is_no_other_update_s),
      IN_A_FOLDER(an_update_that_cannot_be_read_is_dead_with_the_reason),
      IN_A_FOLDER(a_file_of_something_else_stays_alone),
      IN_A_FOLDER(where_the_position_is_lost_kept_updates_are_known_again),
      IN_A_FOLDER(running_out_of_memory_at_any_point_loses_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
