/* Deadlines, cancels and abandoned tasks. */
#include "host/engine/engine_sink.h"

/* Ended tasks as the watch hears of them: NAME=OUTCOME. */
static struct trace heard;

static void ended(struct tgr_task_watch *watch, struct tgr_task *task) {
  (void)watch;
  char name[64];
  crew_name(task, name);
  trace_add(&heard, "%s=%d", name, task->outcome);
}

static struct tgr_task_watch watch = {.ended = ended};

static void handle_watched(const char *texts) {
  struct tgr_list tasks;
  world_tasks(&world, texts, &tasks);
  for (struct tgr_link *it = tasks.head.next; it != &tasks.head; it = it->next)
    TGR_CONTAINER_OF(it, struct tgr_task, link)->watch = &watch;
  trace_clear(&heard);
  tgr_sink_handle(&sink, &tasks);
}

static void the_time_counts_from_taking_the_slot(void **state) {
  (void)state;
  options.concurrency = 1;
  options.timeout_ms = 20;
  open_sink();
  handle("a:15:d b:hang:d c:19:d");
  world_run_to(&world, 100);
  assert_string_equal(crew.started.text, "a@0 b@15 c@35");
  assert_string_equal(crew.ended.text, "a@15 b@35~ c@54");
  close_sink();
}

static void an_update_that_ends_in_time_is_not_cancelled(void **state) {
  (void)state;
  options.timeout_ms = 20;
  open_sink();
  handle("a:20:d b:19:d");
  world_run_to(&world, 100);
  assert_string_equal(crew.ended.text, "b@19 a@20~");
  assert_string_equal(crew.told.text, "timeout a@20");
  close_sink();
}

static void a_port_that_cancels_late_keeps_its_slot_until_then(void **state) {
  (void)state;
  options.concurrency = 1;
  options.timeout_ms = 20;
  open_sink();
  crew.on_cancel = CANCEL_LATER;
  crew.cancel_ms = 7;
  handle_watched("a:hang:d b:1:d");
  world_run_to(&world, 26);
  assert_int_equal(tgr_sink_size(&sink), 1);
  assert_int_equal(tgr_sink_first(&sink)->outcome, TGR_OUTCOME_TIMED_OUT);
  world_run_to(&world, 100);
  assert_string_equal(crew.ended.text, "a@27~ b@28");
  assert_string_equal(crew.told.text, "timeout a@20");
  assert_string_equal(heard.text, "a=3 b=1");
  close_sink();
}

static void
without_cancel_the_slot_is_freed_and_the_task_runs_on(void **state) {
  (void)state;
  options.concurrency = 1;
  options.timeout_ms = 20;
  options.cancel_on_timeout = false;
  open_sink();
  handle_watched("a:50:d b:5:d");
  world_run_to(&world, 30);
  assert_string_equal(crew.told.text, "expired a@20");
  assert_string_equal(crew.started.text, "a@0 b@20");
  assert_int_equal(tgr_sink_size(&sink), 0);
  assert_int_equal(sink.detached_count, 1);
  world_run_to(&world, 100);
  assert_string_equal(crew.ended.text, "b@25 a@50");
  assert_string_equal(heard.text, "a=3 b=1");
  close_sink();
}

static void a_timed_out_task_can_still_fail_visibly(void **state) {
  (void)state;
  options.timeout_ms = 20;
  options.cancel_on_timeout = false;
  open_sink();
  handle_watched("a:50:f");
  world_run_to(&world, 100);
  assert_string_equal(crew.ended.text, "a@50!");
  assert_string_equal(heard.text, "a=3");
  close_sink();
}

static void without_cancel_the_keys_stay_held_until_the_end(void **state) {
  (void)state;
  options.timeout_ms = 20;
  options.cancel_on_timeout = false;
  options.keyer = &keyer.keyer;
  open_sink();
  handle("a:50:d:7 b:5:d:7 c:5:d:8");
  world_run_to(&world, 100);
  assert_string_equal(crew.started.text, "a@0 c@0 b@50");
  close_sink();
}

static void with_cancel_the_keys_are_free_at_once(void **state) {
  (void)state;
  options.timeout_ms = 20;
  options.keyer = &keyer.keyer;
  open_sink();
  handle("a:hang:d:7 b:5:d:7");
  world_run_to(&world, 100);
  assert_string_equal(crew.started.text, "a@0 b@20");
  close_sink();
}

static void waiting_for_a_key_does_not_count_as_time(void **state) {
  (void)state;
  options.timeout_ms = 20;
  options.keyer = &keyer.keyer;
  open_sink();
  handle("a:15:d:7 b:15:d:7 c:15:d:7");
  world_run_to(&world, 100);
  assert_string_equal(crew.ended.text, "a@15 b@30 c@45");
  close_sink();
}

static void the_timer_rests_when_nothing_runs(void **state) {
  (void)state;
  options.timeout_ms = 20;
  open_sink();
  handle("a:5:d");
  world_run_to(&world, 100);
  uint64_t due = 0;
  assert_false(tgr_timers_next(&world.timers, &due));
  close_sink();
}

static struct tgr_task *task_named(struct tgr_list *list, const char *wanted) {
  for (struct tgr_link *it = list->head.next; it != &list->head;
       it = it->next) {
    char name[64];
    struct tgr_task *task = TGR_CONTAINER_OF(it, struct tgr_task, link);
    crew_name(task, name);
    if (strcmp(name, wanted) == 0)
      return task;
  }
  fail_msg("no task %s", wanted);
  return NULL;
}

static void an_abandoned_running_task_is_cancelled(void **state) {
  (void)state;
  open_sink();
  handle_watched("a:hang:d b:hang:d");
  world_turn(&world);
  tgr_sink_abandon(&sink, task_named(&sink.running, "a"));
  assert_string_equal(heard.text, "a=4");
  assert_string_equal(crew.told.text, "abandon a@0");
  tgr_sink_abandon(&sink, task_named(&sink.running, "b"));
  world_turn(&world);
  close_sink();
}

static void a_port_that_never_answers_an_abandon_holds_nobody_up(void **state) {
  (void)state;
  options.concurrency = 1;
  open_sink();
  crew.on_cancel = CANCEL_NEVER;
  handle_watched("a:hang:d b:3:d");
  world_turn(&world);
  struct tgr_task *stuck = task_named(&sink.running, "a");
  tgr_sink_abandon(&sink, stuck);
  assert_string_equal(heard.text, "a=4");
  world_run_to(&world, 10);
  assert_string_equal(crew.ended.text, "b@3");
  assert_int_equal(sink.detached_count, 1);
  crew_end(stuck, TGR_OUTCOME_DONE);
  assert_string_equal(heard.text, "a=4 b=1");
  close_sink();
}

static void a_task_that_is_cancelled_already_can_be_abandoned(void **state) {
  (void)state;
  options.timeout_ms = 20;
  open_sink();
  crew.on_cancel = CANCEL_LATER;
  crew.cancel_ms = 100;
  handle_watched("a:hang:d b:hang:d");
  world_run_to(&world, 25);
  tgr_sink_abandon(&sink, task_named(&sink.running, "a"));
  assert_string_equal(heard.text, "a=4");
  world_run_to(&world, 200);
  assert_string_equal(heard.text, "a=4 b=3");
  close_sink();
}

static void abandoned_parked_and_waiting_tasks_never_start(void **state) {
  (void)state;
  options.concurrency = 1;
  options.keyer = &keyer.keyer;
  options.waiting = 1;
  open_sink();
  handle_watched("a:9:d:1 b:9:d:1 c:9:d:2 d:9:d:1,2 e:9:d:1");
  world_turn(&world);
  tgr_sink_abandon(&sink, task_named(&sink.waiting, "b"));
  world_turn(&world); /* room to wait: c and d are asked for their keys */
  tgr_sink_abandon(&sink, task_named(&sink.runnable, "c"));
  assert_string_equal(heard.text, "b=4 c=4");
  world_run_to(&world, 100);
  assert_string_equal(crew.started.text, "a@0 d@9 e@18");
  close_sink();
}

static void detached_tasks_can_be_ended_by_who_watches_them(void **state) {
  (void)state;
  options.timeout_ms = 20;
  options.cancel_on_timeout = false;
  open_sink();
  handle("a:hang:d");
  handle_watched("b:hang:d c:hang:d");
  world_run_to(&world, 30);
  tgr_sink_abandon_detached(&sink, &watch);
  assert_string_equal(crew.ended.text, "b@30? c@30?");
  tgr_sink_abandon_detached(&sink, NULL);
  assert_int_equal(sink.detached_count, 0);
  close_sink();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(the_time_counts_from_taking_the_slot, fresh),
      cmocka_unit_test_setup(an_update_that_ends_in_time_is_not_cancelled,
                             fresh),
      cmocka_unit_test_setup(a_port_that_cancels_late_keeps_its_slot_until_then,
                             fresh),
      cmocka_unit_test_setup(
          without_cancel_the_slot_is_freed_and_the_task_runs_on, fresh),
      cmocka_unit_test_setup(a_timed_out_task_can_still_fail_visibly, fresh),
      cmocka_unit_test_setup(without_cancel_the_keys_stay_held_until_the_end,
                             fresh),
      cmocka_unit_test_setup(with_cancel_the_keys_are_free_at_once, fresh),
      cmocka_unit_test_setup(waiting_for_a_key_does_not_count_as_time, fresh),
      cmocka_unit_test_setup(the_timer_rests_when_nothing_runs, fresh),
      cmocka_unit_test_setup(an_abandoned_running_task_is_cancelled, fresh),
      cmocka_unit_test_setup(
          a_port_that_never_answers_an_abandon_holds_nobody_up, fresh),
      cmocka_unit_test_setup(a_task_that_is_cancelled_already_can_be_abandoned,
                             fresh),
      cmocka_unit_test_setup(abandoned_parked_and_waiting_tasks_never_start,
                             fresh),
      cmocka_unit_test_setup(detached_tasks_can_be_ended_by_who_watches_them,
                             fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
