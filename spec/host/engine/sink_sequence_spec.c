/* A sink with keys: who waits, and what that costs the others. */
#include "host/engine/engine_sink.h"

static void open_keyed(void) {
  options.keyer = &keyer.keyer;
  open_sink();
}

static void unrelated_keys_run_together(void **state) {
  (void)state;
  open_keyed();
  handle("a:50:d:1 b:50:d:2 c:50:d:x d:50:d");
  world_run_to(&world, 50);
  assert_string_equal(crew.ended.text, "a@50 b@50 c@50 d@50");
  close_sink();
}

static void equal_keys_run_one_after_another(void **state) {
  (void)state;
  open_keyed();
  handle("a:50:d:1 b:50:f:1 c:50:d:1");
  world_run_to(&world, 150);
  assert_string_equal(crew.ended.text, "a@50 b@100! c@150");
  close_sink();
}

static void who_waits_holds_no_slot(void **state) {
  (void)state;
  options.concurrency = 2;
  open_keyed();
  handle("a:50:d:1 b:50:d:1 c:50:d:1 d:50:d:1 z:10:d:2");
  world_run_to(&world, 10);
  assert_string_equal(crew.ended.text, "z@10");
  assert_int_equal(tgr_sink_waiting(&sink), 3);
  assert_int_equal(tgr_sink_capacity(&sink), 1);
  world_run_to(&world, 200);
  assert_string_equal(crew.ended.text, "z@10 a@50 b@100 c@150 d@200");
  close_sink();
}

/* Alone it would take its 10 ms; the busy chat's one slot may delay it once. */
static void a_busy_chat_delays_another_by_one_handler_at_most(void **state) {
  (void)state;
  options.concurrency = 1;
  open_keyed();
  crew.quiet = true;
  for (int i = 0; i < 9999; i++)
    handle("a:50:d:1");
  world_run_to(&world, 75);
  crew.quiet = false;
  handle("z:10:d:2");
  world_run_to(&world, 110);
  assert_string_equal(crew.ended.text, "a@100 z@110");
  crew.quiet = true;
  world_run_to(&world, 10 + 9999 * 50);
  close_sink();
}

static void waiting_updates_are_bounded_and_hold_back_the_source(void **state) {
  (void)state;
  options.concurrency = 100;
  options.waiting = 3;
  open_keyed();
  handle("a:10:d:1");
  assert_int_equal(tgr_sink_capacity(&sink), 3);
  handle("b:10:d:1 c:10:d:1");
  assert_int_equal(tgr_sink_capacity(&sink), 1);
  handle("d:10:d:1");
  assert_int_equal(tgr_sink_capacity(&sink), 0);
  world_run_to(&world, 10);
  assert_int_equal(tgr_sink_capacity(&sink), 1);
  world_run_to(&world, 40);
  close_sink();
}

static void beyond_the_bound_updates_stay_parked_in_order(void **state) {
  (void)state;
  options.waiting = 1;
  open_keyed();
  handle("a:10:d:1 b:10:d:1 c:10:d:1 z:5:d:2 d:10:d:1");
  world_turn(&world);
  assert_int_equal(sink.waiting_count, 1);
  assert_int_equal(sink.parked_count, 3);
  world_run_to(&world, 40);
  assert_string_equal(crew.started.text, "a@0 b@10 c@20 z@20 d@30");
  assert_int_equal(keyer.asked, 5);
  close_sink();
}

static void
a_cancelled_waiting_update_leaves_the_middle_of_its_lanes(void **state) {
  (void)state;
  open_keyed();
  handle("a:50:d:1 b:50:d:1,2 c:50:d:2");
  world_turn(&world);
  struct tgr_task *b =
      TGR_CONTAINER_OF(tgr_list_first(&sink.waiting), struct tgr_task, link);
  tgr_sink_abandon(&sink, b);
  world_run_to(&world, 200);
  assert_string_equal(crew.started.text, "a@0 c@0");
  close_sink();
}

static void an_update_whose_keys_fail_is_refused_in_its_turn(void **state) {
  (void)state;
  options.concurrency = 1;
  open_keyed();
  keyer.fail = TGR_ESCRIPT;
  handle("a:10:d:1 x:10:d:1 b:10:d:1");
  world_run_to(&world, 100);
  assert_string_equal(crew.started.text, "a@0 b@10");
  assert_string_equal(crew.told.text, "refuse x(-14)");
  close_sink();
}

static void without_memory_for_its_keys_an_update_is_refused(void **state) {
  (void)state;
  open_keyed();
  world.mem.fail_at = 1;
  handle("a:10:d:a-string-key b:10:d:1");
  world_run_to(&world, 100);
  assert_string_equal(crew.told.text, "refuse a(-1)");
  assert_string_equal(crew.ended.text, "b@10");
  close_sink();
}

static void keys_by_chat_and_user_are_native(void **state) {
  (void)state;
  struct tgr_id_keyer ids;
  tgr_id_keyer_init(&ids, true, true);
  options.keyer = &ids.keyer;
  open_sink();
  struct tgr_list tasks;
  world_tasks(&world, "a:10:d b:10:d c:10:d d:10:d", &tasks);
  const int64_t chats[] = {1, 2, 0, 3};
  const int64_t users[] = {9, 9, 0, 0};
  int i = 0;
  for (struct tgr_link *it = tasks.head.next; it != &tasks.head;
       it = it->next, i++) {
    struct tgr_task *task = TGR_CONTAINER_OF(it, struct tgr_task, link);
    task->has_chat = chats[i] != 0;
    task->chat_id = chats[i];
    task->has_user = users[i] != 0;
    task->user_id = users[i];
  }
  tgr_sink_handle(&sink, &tasks);
  world_run_to(&world, 20);
  assert_string_equal(crew.started.text, "a@0 c@0 d@0 b@10");
  close_sink();
}

static void nobody_overtakes_the_backlog(void **state) {
  (void)state;
  options.waiting = 1;
  open_keyed();
  handle("a:hang:d:1 b:10:d:1 c:10:d:1");
  world_turn(&world);
  crew_end(tgr_sink_first(&sink), TGR_OUTCOME_DONE);
  handle("d:10:d:1"); /* room to wait, but c came before */
  world_run_to(&world, 30);
  assert_string_equal(crew.started.text, "a@0 b@0 c@10 d@20");
  close_sink();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(unrelated_keys_run_together, fresh),
      cmocka_unit_test_setup(equal_keys_run_one_after_another, fresh),
      cmocka_unit_test_setup(who_waits_holds_no_slot, fresh),
      cmocka_unit_test_setup(a_busy_chat_delays_another_by_one_handler_at_most,
                             fresh),
      cmocka_unit_test_setup(
          waiting_updates_are_bounded_and_hold_back_the_source, fresh),
      cmocka_unit_test_setup(beyond_the_bound_updates_stay_parked_in_order,
                             fresh),
      cmocka_unit_test_setup(
          a_cancelled_waiting_update_leaves_the_middle_of_its_lanes, fresh),
      cmocka_unit_test_setup(an_update_whose_keys_fail_is_refused_in_its_turn,
                             fresh),
      cmocka_unit_test_setup(without_memory_for_its_keys_an_update_is_refused,
                             fresh),
      cmocka_unit_test_setup(keys_by_chat_and_user_are_native, fresh),
      cmocka_unit_test_setup(nobody_overtakes_the_backlog, fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
