/* Who gets the next errands, of workers that do not run. */
#include "pool/place.h"

#include "support/spec.h"

#include <limits.h>
#include <stdlib.h>

enum { COUNT = 4 };

static struct tgr_loop loop;
static struct tgr_pool *pool;

static void take(struct tgr_pipe *pipe, struct tgr_ticket *ticket) {
  (void)pipe;
  (void)ticket;
}

static struct tgr_worker *new_worker(void) {
  struct tgr_worker *worker = calloc(1, sizeof *worker);
  assert_non_null(worker);
  assert_int_equal(tgr_pipe_init(&worker->errands, &tgr_mem_libc, &loop, NULL,
                                 &loop, NULL, take),
                   TGR_OK);
  worker->is_up = true;
  atomic_store(&worker->loop.inbox.asleep, true);
  return worker;
}

static int setup(void **state) {
  (void)state;
  assert_int_equal(tgr_loop_init(&loop, &tgr_mem_libc), TGR_OK);
  pool = calloc(1, sizeof *pool + COUNT * sizeof *pool->slots);
  assert_non_null(pool);
  pool->slot_count = COUNT;
  pool->cores = 2;
  for (int i = 0; i < COUNT; i++) {
    pool->slots[i].pool = pool;
    pool->slots[i].number = i + 1;
    pool->slots[i].worker = new_worker();
  }
  return 0;
}

static int teardown(void **state) {
  (void)state;
  for (int i = 0; i < COUNT; i++) {
    tgr_pipe_deinit(&pool->slots[i].worker->errands, &tgr_mem_libc);
    free(pool->slots[i].worker);
  }
  free(pool);
  tgr_loop_deinit(&loop);
  return 0;
}

static struct tgr_worker *worker_of(int number) {
  return pool->slots[number - 1].worker;
}

static void set_costs(unsigned cost_ns) {
  for (int i = 1; i <= COUNT; i++)
    atomic_store(&worker_of(i)->cost_ns, cost_ns);
}

static void wake(int number) {
  atomic_store(&worker_of(number)->loop.inbox.asleep, false);
}

/* Something lies in its ring. */
static void fill(int number) {
  static int anything;
  void *item = &anything;
  pool->slots[number - 1].sent++;
  assert_int_equal(tgr_ring_push(&worker_of(number)->errands.ring, &item, 1),
                   1);
}

static void begin(int number, unsigned count) {
  pool->slots[number - 1].sent += count;
  atomic_fetch_add(&worker_of(number)->face.begun, count);
}

/* 0 for none. */
static int placed(void) {
  const struct tgr_slot *slot = tgr_place(pool);
  return slot == NULL ? 0 : slot->number;
}

static void it_is_the_one_that_has_begun_least(void **state) {
  (void)state;
  begin(1, 2);
  begin(2, 1);
  begin(3, 3);
  begin(4, 1);
  atomic_fetch_add(&worker_of(4)->ended_count, 1);
  assert_int_equal(placed(), 4);
}

static void among_equals_it_is_the_one_that_was_given_something_last(void **s) {
  (void)s;
  pool->slots[1].fed = 5;
  pool->slots[2].fed = 7;
  assert_int_equal(placed(), 3);
}

static void it_is_nobody_who_is_not_up_or_has_something_in_its_ring(void **s) {
  (void)s;
  worker_of(1)->is_up = false;
  fill(2);
  fill(3);
  assert_int_equal(placed(), 4);
  fill(4);
  assert_int_equal(placed(), 0);
}

static void cheap_handlers_keep_as_many_awake_as_there_are_cores(void **state) {
  (void)state;
  set_costs(50000);
  wake(1);
  fill(1);
  assert_int_equal(placed(), 2); /* it sleeps, but there is a core left */
  wake(2);
  fill(2);
  assert_int_equal(placed(), 0);
  wake(3); /* by itself */
  begin(3, 100);
  assert_int_equal(placed(), 3);
}

static void long_or_unknown_handlers_are_spread_over_all(void **state) {
  (void)state;
  const unsigned costs[] = {0, 2000000, UINT_MAX};
  for (int i = 1; i <= 2; i++) {
    wake(i);
    fill(i);
  }
  for (size_t i = 0; i < sizeof costs / sizeof *costs; i++) {
    set_costs(costs[i]);
    pool->cost_ns = 0;
    assert_int_equal(placed(), 3);
    assert_int_equal(tgr_place_pack(&pool->slots[2], 100, 4), 1);
  }
}

static void it_is_a_stuck_one_only_when_all_are(void **state) {
  (void)state;
  for (int i = 1; i <= COUNT; i++)
    wake(i);
  pool->slots[0].stuck = pool->slots[1].stuck = true;
  fill(3);
  fill(4);
  assert_int_equal(placed(), 0);
  pool->slots[2].stuck = pool->slots[3].stuck = true;
  assert_true(placed() == 1 || placed() == 2);
  begin(1, 1); /* it goes on */
  assert_int_equal(placed(), 1);
}

static void a_pack_is_a_share_of_the_line_within_bounds(void **state) {
  (void)state;
  const struct tgr_slot *slot = &pool->slots[0];
  set_costs(50000); /* 4 are 0.2 ms, 40 are 2 ms */
  assert_int_equal(tgr_place_pack(slot, 1, 4), 1);
  assert_int_equal(tgr_place_pack(slot, 6, 4), 6); /* no rest of 2 */
  assert_int_equal(tgr_place_pack(slot, 8, 4), 4);
  assert_int_equal(tgr_place_pack(slot, 80, 4), 20);
  assert_int_equal(tgr_place_pack(slot, 8000, 4), 40);
  set_costs(1000);
  assert_int_equal(tgr_place_pack(slot, 8000, 4), TGR_PIPE_CAPACITY);
}

int main(void) {
#define PLACED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
  const struct CMUnitTest tests[] = {
      PLACED(it_is_the_one_that_has_begun_least),
      PLACED(among_equals_it_is_the_one_that_was_given_something_last),
      PLACED(it_is_nobody_who_is_not_up_or_has_something_in_its_ring),
      PLACED(cheap_handlers_keep_as_many_awake_as_there_are_cores),
      PLACED(long_or_unknown_handlers_are_spread_over_all),
      PLACED(it_is_a_stuck_one_only_when_all_are),
      PLACED(a_pack_is_a_share_of_the_line_within_bounds)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
