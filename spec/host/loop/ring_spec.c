#include "loop/ring.h"

#include "loop/loop.h"
#include "support/spec.h"
#include "support/spec_mem.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>

/* TGRUNNER_RING_ITEMS=100000000 for the long run. */
static size_t stress_items = 1000000;

enum { BATCH = 32, SMALL = 8, STRESS_CAPACITY = 256 };

static struct tgr_ring ring;

static int setup(void **state) {
  (void)state;
  return tgr_ring_init(&ring, &tgr_mem_libc, SMALL) != TGR_OK;
}

static int teardown(void **state) {
  (void)state;
  tgr_ring_deinit(&ring, &tgr_mem_libc);
  return 0;
}

static void *item(size_t number) {
  return (void *)(uintptr_t)number;
}

static size_t push_numbers(size_t from, size_t count) {
  void *items[2 * SMALL];
  for (size_t i = 0; i < count; i++)
    items[i] = item(from + i);
  return tgr_ring_push(&ring, items, count);
}

static void items_come_out_in_order_round_after_round(void **state) {
  (void)state;
  size_t next_in = 1;
  size_t next_out = 1;
  for (int round = 0; round < 100; round++) {
    next_in += push_numbers(next_in, 5);
    void *items[SMALL];
    const size_t count = tgr_ring_pop(&ring, items, SMALL);
    assert_int_equal(count, 5);
    for (size_t i = 0; i < count; i++)
      assert_ptr_equal(items[i], item(next_out++));
  }
}

static void a_full_ring_takes_what_fits(void **state) {
  (void)state;
  assert_int_equal(push_numbers(1, SMALL + 3), SMALL);
  assert_int_equal(push_numbers(1, 1), 0);
  assert_int_equal(tgr_ring_count(&ring), SMALL);
  void *items[3];
  assert_int_equal(tgr_ring_pop(&ring, items, 3), 3);
  assert_int_equal(push_numbers(SMALL + 1, 5), 3);
}

static void an_empty_ring_gives_nothing(void **state) {
  (void)state;
  void *items[1];
  assert_int_equal(tgr_ring_pop(&ring, items, 1), 0);
  assert_int_equal(tgr_ring_count(&ring), 0);
}

static void a_capacity_is_rounded_up(void **state) {
  (void)state;
  struct tgr_ring odd;
  assert_int_equal(tgr_ring_init(&odd, &tgr_mem_libc, 5), TGR_OK);
  void *items[9] = {0};
  assert_int_equal(tgr_ring_push(&odd, items, 9), 8);
  tgr_ring_deinit(&odd, &tgr_mem_libc);
}

static void out_of_memory_is_a_status(void **state) {
  (void)state;
  struct spec_mem mem;
  spec_mem_init(&mem);
  mem.fail_at = 1;
  struct tgr_ring none;
  assert_int_equal(tgr_ring_init(&none, &mem.mem, 8), TGR_ENOMEM);
  assert_int_equal(mem.live, 0);
}

static void a_consumer_that_is_awake_is_not_woken(void **state) {
  (void)state;
  push_numbers(1, 1);
  assert_false(tgr_ring_must_wake(&ring));
}

static void a_sleeping_consumer_is_woken_once(void **state) {
  (void)state;
  assert_true(tgr_ring_sleep(&ring));
  push_numbers(1, 1);
  assert_true(tgr_ring_must_wake(&ring));
  push_numbers(2, 1);
  assert_false(tgr_ring_must_wake(&ring));
}

static void a_consumer_does_not_sleep_on_items(void **state) {
  (void)state;
  push_numbers(1, 1);
  assert_false(tgr_ring_sleep(&ring));
  assert_false(tgr_ring_must_wake(&ring));
}

static void a_producer_that_waits_for_room_is_told_once(void **state) {
  (void)state;
  push_numbers(1, SMALL);
  assert_true(tgr_ring_await_room(&ring, 1));
  void *items[1];
  tgr_ring_pop(&ring, items, 1);
  assert_true(tgr_ring_must_tell_room(&ring));
  tgr_ring_pop(&ring, items, 1);
  assert_false(tgr_ring_must_tell_room(&ring));
  assert_false(tgr_ring_await_room(&ring, 1));
  assert_false(tgr_ring_must_tell_room(&ring));
}

static void a_producer_may_wait_for_more_room_than_there_is(void **state) {
  (void)state;
  push_numbers(1, 1);
  assert_true(tgr_ring_await_room(&ring, SMALL));
  void *items[1];
  tgr_ring_pop(&ring, items, 1);
  assert_true(tgr_ring_must_tell_room(&ring));
  assert_false(tgr_ring_await_room(&ring, SMALL));
}

/* ---- two threads -------------------------------------------------------- */

struct stress {
  struct tgr_ring ring;
  sem_t items; /* wake-ups of the consumer */
  sem_t room;  /* of the producer */
  size_t wakes;
  size_t batches;
};

static struct stress it;

static void *produce(void *user) {
  (void)user;
  size_t next = 1;
  unsigned random = 1;
  while (next <= stress_items) {
    random = random * 1103515245u + 12345u;
    size_t count = 1 + (random >> 16) % BATCH;
    void *items[BATCH];
    if (count > stress_items - next + 1)
      count = stress_items - next + 1;
    for (size_t i = 0; i < count; i++)
      items[i] = item(next + i);
    const size_t pushed = tgr_ring_push(&it.ring, items, count);
    next += pushed;
    it.batches++;
    if (tgr_ring_must_wake(&it.ring)) {
      it.wakes++;
      sem_post(&it.items);
    }
    if (pushed < count && tgr_ring_await_room(&it.ring, 1))
      sem_wait(&it.room);
  }
  return NULL;
}

/* Returns how many items came in order before one did not. */
static size_t consume(void) {
  size_t next = 1;
  while (next <= stress_items) {
    void *items[BATCH];
    const size_t count = tgr_ring_pop(&it.ring, items, BATCH);
    if (tgr_ring_must_tell_room(&it.ring))
      sem_post(&it.room);
    for (size_t i = 0; i < count; i++)
      if (items[i] != item(next++))
        return next - 2;
    if (count == 0 && tgr_ring_sleep(&it.ring))
      sem_wait(&it.items);
  }
  return next - 1;
}

static void two_threads_lose_nothing_and_no_wake_up(void **state) {
  (void)state;
  memset(&it, 0, sizeof it);
  assert_int_equal(tgr_ring_init(&it.ring, &tgr_mem_libc, STRESS_CAPACITY),
                   TGR_OK);
  sem_init(&it.items, 0, 0);
  sem_init(&it.room, 0, 0);
  const uint64_t start_us = tgr_loop_clock_us();
  pthread_t producer;
  assert_int_equal(pthread_create(&producer, NULL, produce, NULL), 0);
  const size_t in_order = consume();
  pthread_join(producer, NULL);
  const double ns = (double)(tgr_loop_clock_us() - start_us) * 1000.0;
  assert_int_equal(in_order, stress_items);
  print_message("%zu items: %.1f ns each, %.4f wake-ups a batch\n",
                stress_items, ns / (double)stress_items,
                (double)it.wakes / (double)it.batches);
  sem_destroy(&it.items);
  sem_destroy(&it.room);
  tgr_ring_deinit(&it.ring, &tgr_mem_libc);
}

int main(void) {
  const char *items = getenv("TGRUNNER_RING_ITEMS");
  if (items != NULL)
    stress_items = strtoull(items, NULL, 10);
#define IN_RING(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
  const struct CMUnitTest tests[] = {
      IN_RING(items_come_out_in_order_round_after_round),
      IN_RING(a_full_ring_takes_what_fits),
      IN_RING(an_empty_ring_gives_nothing),
      IN_RING(a_capacity_is_rounded_up),
      IN_RING(out_of_memory_is_a_status),
      IN_RING(a_consumer_that_is_awake_is_not_woken),
      IN_RING(a_sleeping_consumer_is_woken_once),
      IN_RING(a_consumer_does_not_sleep_on_items),
      IN_RING(a_producer_that_waits_for_room_is_told_once),
      IN_RING(a_producer_may_wait_for_more_room_than_there_is),
      cmocka_unit_test(two_threads_lose_nothing_and_no_wake_up)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
