/* The acceptance list of the reference's queue, and what we do beyond it. */
#include "host/engine/engine_sink.h"

static void an_infinite_timeout_is_allowed(void **state) {
  (void)state;
  options.timeout_ms = UINT64_MAX;
  open_sink();
  handle("a:50:d");
  world_run_to(&world, 100);
  assert_string_equal(crew.ended.text, "a@50");
  close_sink();
}

static void one_update_is_handled(void **state) {
  (void)state;
  open_sink();
  handle("a:0:d");
  world_run_to(&world, 0);
  assert_string_equal(crew.ended.text, "a@0");
  close_sink();
}

static void updates_are_handled_in_order_also_across_calls(void **state) {
  (void)state;
  open_sink();
  handle("a:0:d b:0:d");
  handle("c:0:d");
  world_run_to(&world, 10);
  handle("d:0:d");
  world_run_to(&world, 20);
  assert_string_equal(crew.ended.text, "a@0 b@0 c@0 d@10");
  close_sink();
}

static void snapshot(char names[128]) {
  names[0] = '\0';
  struct tgr_task *task = tgr_sink_first(&sink);
  for (; task != NULL; task = tgr_sink_next(&sink, task)) {
    char name[64];
    crew_name(task, name);
    strcat(names, name);
  }
}

static void a_snapshot_holds_the_running_in_insertion_order(void **state) {
  (void)state;
  char names[128];
  options.concurrency = 3;
  open_sink();
  snapshot(names);
  assert_string_equal(names, "");
  handle("a:10:d b:30:d c:20:d d:10:d");
  world_run_to(&world, 0);
  snapshot(names);
  assert_string_equal(names, "abc");
  world_run_to(&world, 10);
  snapshot(names);
  assert_string_equal(names, "bcd");
  assert_int_equal(tgr_sink_size(&sink), 3);
  world_run_to(&world, 50);
  snapshot(names);
  assert_string_equal(names, "");
  close_sink();
}

static void failures_come_in_order_with_their_update(void **state) {
  (void)state;
  open_sink();
  handle("a:0:f b:0:d c:0:f");
  world_run_to(&world, 1);
  assert_string_equal(crew.ended.text, "a@0! b@0 c@0!");
  close_sink();
}

static void
a_consumer_that_fails_at_once_keeps_the_count_balanced(void **state) {
  (void)state;
  options.concurrency = 1;
  open_sink();
  handle("a:now:f b:now:f c:now:d");
  world_run_to(&world, 1);
  assert_string_equal(crew.ended.text, "a@0! b@0! c@0");
  assert_int_equal(tgr_sink_capacity(&sink), 1);
  close_sink();
}

static void one_update_times_out_after_exactly_its_time(void **state) {
  (void)state;
  options.timeout_ms = 20;
  open_sink();
  world_run_to(&world, 5);
  handle("a:hang:d");
  world_run_to(&world, 24);
  assert_string_equal(crew.ended.text, "");
  world_run_to(&world, 25);
  assert_string_equal(crew.ended.text, "a@25~");
  close_sink();
}

static void updates_of_one_deadline_time_out_in_insertion_order(void **state) {
  (void)state;
  options.timeout_ms = 20;
  open_sink();
  handle("a:hang:d b:hang:d");
  world_run_to(&world, 7);
  handle("c:hang:d d:10:d e:hang:d");
  world_run_to(&world, 100);
  assert_string_equal(crew.ended.text, "d@17 a@20~ b@20~ c@27~ e@27~");
  close_sink();
}

static void a_hundred_hanging_updates_time_out_together(void **state) {
  (void)state;
  options.timeout_ms = 20;
  options.concurrency = 1000;
  open_sink();
  for (int i = 0; i < 100; i++)
    handle("a:hang:d");
  world_run_to(&world, 19);
  assert_int_equal(tgr_sink_size(&sink), 100);
  world_run_to(&world, 20);
  close_sink();
}

/* Letters end, digits fail on the next tick, other characters hang. */
static void handle_pattern(const char *pattern) {
  for (; *pattern != '\0'; pattern++) {
    char text[16];
    const bool digit = *pattern >= '0' && *pattern <= '9';
    const bool letter = *pattern >= 'a' && *pattern <= 'z';
    snprintf(text, sizeof text, "%c:%s:%c", *pattern,
             digit || letter ? "0" : "hang", digit ? 'f' : 'd');
    handle(text);
  }
}

static void names_in_order_of_ending(char *out) {
  const char *at = crew.ended.text;
  while (*at != '\0') {
    *out++ = *at;
    at += strcspn(at, " ");
    at += *at == ' ';
  }
  *out = '\0';
}

static const char PATTERN[] = "jadf.)(r45%4hj2h()$..x)=1kj5kfgg}]3567";

static void a_mixed_pattern_ends_as_the_reference_does(void **state) {
  (void)state;
  char order[64];
  options.timeout_ms = 20;
  options.concurrency = 1000;
  open_sink();
  handle_pattern(PATTERN);
  world_run_to(&world, 20);
  names_in_order_of_ending(order);
  assert_string_equal(order, "jadfr454hj2hx1kj5kfgg3567.)(%()$..)=}]");
  close_sink();
}

static void
at_concurrency_1_the_pattern_comes_out_in_input_order(void **state) {
  (void)state;
  char order[64];
  options.timeout_ms = 20;
  options.concurrency = 1;
  open_sink();
  handle_pattern(PATTERN);
  world_run_to(&world, 14 * 20);
  names_in_order_of_ending(order);
  assert_string_equal(order, PATTERN);
  close_sink();
}

static void running_never_exceeds_the_limit_at_any_instant(void **state) {
  (void)state;
  options.concurrency = 5;
  open_sink();
  for (int i = 0; i < 20; i++) {
    handle("a:3:d b:1:d c:now:d d:2:f e:7:d");
    world_run_to(&world, world_ms(&world) + 1);
  }
  world_run_to(&world, 1000);
  assert_int_equal(crew.most, 5);
  close_sink();
}

static void ending_a_task_never_runs_others_on_the_same_stack(void **state) {
  (void)state;
  options.concurrency = 1;
  open_sink();
  handle("a:hang:d b:hang:d");
  world_turn(&world);
  crew_end(tgr_sink_first(&sink), TGR_OUTCOME_DONE);
  assert_string_equal(crew.started.text, "a@0");
  world_turn(&world);
  assert_string_equal(crew.started.text, "a@0 b@0");
  crew_end(tgr_sink_first(&sink), TGR_OUTCOME_DONE);
  world_turn(&world);
  close_sink();
}

static void many_updates_that_answer_within_put_need_no_stack(void **state) {
  (void)state;
  options.concurrency = 1;
  open_sink();
  crew.quiet = true;
  for (int i = 0; i < 100000; i++)
    handle("a:now:d");
  world_turn(&world);
  close_sink();
}

static void a_closed_sink_lets_go_of_everything(void **state) {
  (void)state;
  options.concurrency = 2;
  options.keyer = &keyer.keyer;
  options.waiting = 2;
  options.timeout_ms = 5;
  options.cancel_on_timeout = false;
  open_sink();
  handle("a:hang:d:k b:30:d:k c:30:d:k d:30:d:k e:hang:d "
         "f:hang:d:long-key-of-its-own g:hang:d h:hang:d");
  world_run_to(&world, 5);
  assert_int_equal(sink.detached_count, 1);
  crew_leave(&crew);
  tgr_sink_deinit(&sink);
  world_end(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(an_infinite_timeout_is_allowed, fresh),
      cmocka_unit_test_setup(one_update_is_handled, fresh),
      cmocka_unit_test_setup(updates_are_handled_in_order_also_across_calls,
                             fresh),
      cmocka_unit_test_setup(a_snapshot_holds_the_running_in_insertion_order,
                             fresh),
      cmocka_unit_test_setup(failures_come_in_order_with_their_update, fresh),
      cmocka_unit_test_setup(
          a_consumer_that_fails_at_once_keeps_the_count_balanced, fresh),
      cmocka_unit_test_setup(one_update_times_out_after_exactly_its_time,
                             fresh),
      cmocka_unit_test_setup(
          updates_of_one_deadline_time_out_in_insertion_order, fresh),
      cmocka_unit_test_setup(a_hundred_hanging_updates_time_out_together,
                             fresh),
      cmocka_unit_test_setup(a_mixed_pattern_ends_as_the_reference_does, fresh),
      cmocka_unit_test_setup(
          at_concurrency_1_the_pattern_comes_out_in_input_order, fresh),
      cmocka_unit_test_setup(running_never_exceeds_the_limit_at_any_instant,
                             fresh),
      cmocka_unit_test_setup(ending_a_task_never_runs_others_on_the_same_stack,
                             fresh),
      cmocka_unit_test_setup(many_updates_that_answer_within_put_need_no_stack,
                             fresh),
      cmocka_unit_test_setup(a_closed_sink_lets_go_of_everything, fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
