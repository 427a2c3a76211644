/* What a sink answers about its free capacity. */
#include "host/engine/engine_sink.h"

/* A caller of handle: wants to know the free capacity, once. */
struct caller {
  struct tgr_sink_waiter waiter;
  int name;
  int answer;
};
static struct trace answers;

static void answered(struct tgr_sink_waiter *waiter, int capacity) {
  struct caller *caller = TGR_CONTAINER_OF(waiter, struct caller, waiter);
  caller->answer = capacity;
  trace_add(&answers, "%d=%d@%lu", caller->name, capacity, world_ms(&world));
}

static void call_handle(struct caller *caller, int name, const char *texts) {
  *caller = (struct caller){.name = name};
  tgr_sink_waiter_init(&caller->waiter, answered);
  handle(texts);
  const int capacity = tgr_sink_when_free(&sink, &caller->waiter, 1, 0);
  if (capacity > 0)
    answered(&caller->waiter, capacity);
}

static void capacity_after_one_of_twelve_is_11_after_four_8(void **state) {
  (void)state;
  options.concurrency = 12;
  open_sink();
  assert_int_equal(tgr_sink_capacity(&sink), 12);
  handle("a:5:d");
  assert_int_equal(tgr_sink_capacity(&sink), 11);
  handle("b:5:d c:5:d d:5:d");
  assert_int_equal(tgr_sink_capacity(&sink), 8);
  world_run_to(&world, 5);
  assert_int_equal(tgr_sink_capacity(&sink), 12);
  close_sink();
}

static void six_at_concurrency_3_answer_1(void **state) {
  (void)state;
  struct caller caller;
  trace_clear(&answers);
  options.concurrency = 3;
  open_sink();
  call_handle(&caller, 1, "a:5:d b:5:d c:5:d d:5:d e:5:d f:5:d");
  assert_int_equal(tgr_sink_capacity(&sink), 0);
  world_run_to(&world, 100);
  assert_string_equal(answers.text, "1=1@10");
  assert_int_equal(crew.most, 3);
  close_sink();
}

static void a_thousand_single_adds_never_answer_below_1(void **state) {
  (void)state;
  options.concurrency = 1000;
  open_sink();
  trace_clear(&answers);
  for (int i = 0; i < 1000; i++) {
    struct caller caller;
    trace_clear(&answers);
    call_handle(&caller, 1, "a:3:d");
    if (caller.answer == 0)
      world_run_to(&world, world_ms(&world) + 3);
    assert_in_range(caller.answer, 1, 1000);
  }
  world_run_to(&world, world_ms(&world) + 3);
  close_sink();
}

static void five_adds_at_once_all_answer_in_order(void **state) {
  (void)state;
  struct caller callers[5];
  trace_clear(&answers);
  options.concurrency = 3;
  open_sink();
  for (int i = 0; i < 5; i++)
    call_handle(&callers[i], i, "a:1:d b:1:d c:1:d d:1:d e:1:d");
  world_run_to(&world, 7);
  assert_string_equal(answers.text, "");
  world_run_to(&world, 9);
  assert_string_equal(answers.text, "0=1@8 1=1@8 2=1@8 3=1@8 4=1@8");
  close_sink();
}

static void no_limit_means_capacity_has_none_either(void **state) {
  (void)state;
  options.concurrency = INT_MAX;
  open_sink();
  for (int i = 0; i < 50; i++)
    handle("a:3:d");
  assert_int_equal(tgr_sink_capacity(&sink), INT_MAX);
  world_run_to(&world, 1);
  assert_int_equal(tgr_sink_size(&sink), 50);
  world_run_to(&world, 3);
  close_sink();
}

static void the_sequential_sink_takes_one_after_another(void **state) {
  (void)state;
  struct caller caller;
  trace_clear(&answers);
  options.kind = TGR_SINK_SEQUENTIAL;
  open_sink();
  crew.limit = 1;
  call_handle(&caller, 1, "a:10:d b:5:d c:1:f");
  world_run_to(&world, 15);
  assert_string_equal(answers.text, "");
  world_run_to(&world, 100);
  assert_string_equal(crew.started.text, "a@0 b@10 c@15");
  assert_int_equal(caller.answer, INT_MAX);
  assert_string_equal(answers.text, "1=2147483647@16");
  close_sink();
}

static void the_batch_sink_takes_all_at_once_and_waits_for_all(void **state) {
  (void)state;
  struct caller caller;
  trace_clear(&answers);
  options.kind = TGR_SINK_BATCH;
  open_sink();
  crew.limit = 0;
  call_handle(&caller, 1, "a:10:d b:5:d c:1:f");
  world_run_to(&world, 100);
  assert_string_equal(crew.started.text, "a@0 b@0 c@0");
  assert_string_equal(answers.text, "1=2147483647@10");
  close_sink();
}

static void an_empty_batch_is_answered_at_once(void **state) {
  (void)state;
  struct caller caller;
  trace_clear(&answers);
  open_sink();
  call_handle(&caller, 1, "");
  assert_int_equal(caller.answer, 500);
  close_sink();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(capacity_after_one_of_twelve_is_11_after_four_8,
                             fresh),
      cmocka_unit_test_setup(six_at_concurrency_3_answer_1, fresh),
      cmocka_unit_test_setup(a_thousand_single_adds_never_answer_below_1,
                             fresh),
      cmocka_unit_test_setup(five_adds_at_once_all_answer_in_order, fresh),
      cmocka_unit_test_setup(no_limit_means_capacity_has_none_either, fresh),
      cmocka_unit_test_setup(the_sequential_sink_takes_one_after_another,
                             fresh),
      cmocka_unit_test_setup(the_batch_sink_takes_all_at_once_and_waits_for_all,
                             fresh),
      cmocka_unit_test_setup(an_empty_batch_is_answered_at_once, fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
