#include "pool/pipe.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <pthread.h>
#include <string.h>

enum { MANY = 200000, ABOVE = TGR_PIPE_CAPACITY + 100 };

struct fixture {
  struct tgr_loop from;
  struct tgr_loop to;
  struct tgr_door door;
  struct tgr_pipe pipe;
  size_t taken;
  size_t expected;
  bool out_of_order;
};

static struct fixture it;
static struct tgr_ticket tickets[MANY];

static void take(struct tgr_pipe *pipe, struct tgr_ticket *ticket) {
  (void)pipe;
  if (ticket != &tickets[it.taken++])
    it.out_of_order = true;
  if (it.taken == it.expected)
    tgr_loop_quit(&it.to);
}

static int setup(void **state) {
  (void)state;
  memset(&it, 0, sizeof it);
  for (size_t i = 0; i < MANY; i++)
    tgr_link_init(&tickets[i].link);
  tgr_door_init(&it.door);
  assert_int_equal(tgr_loop_init(&it.from, &tgr_mem_libc), TGR_OK);
  assert_int_equal(tgr_loop_init(&it.to, &tgr_mem_libc), TGR_OK);
  return tgr_pipe_init(&it.pipe, &tgr_mem_libc, &it.from, &it.door, &it.to,
                       NULL, take) != TGR_OK;
}

static int teardown(void **state) {
  (void)state;
  tgr_pipe_leave_sender(&it.pipe);
  tgr_pipe_leave_receiver(&it.pipe);
  tgr_pipe_deinit(&it.pipe, &tgr_mem_libc);
  tgr_loop_deinit(&it.from);
  tgr_loop_deinit(&it.to);
  return 0;
}

static void send_some(size_t first, size_t count) {
  for (size_t i = 0; i < count; i++)
    tgr_pipe_send(&it.pipe, &tickets[first + i]);
}

static void step(struct tgr_loop *loop) {
  while (tgr_loop_step(loop, 1000000))
    continue;
}

static void tickets_arrive_in_order(void **state) {
  (void)state;
  tgr_pipe_receive(&it.pipe);
  step(&it.to);
  send_some(0, 10);
  step(&it.from);
  assert_false(tgr_pipe_is_empty(&it.pipe));
  assert_int_equal(it.taken, 0);
  step(&it.to);
  assert_int_equal(it.taken, 10);
  assert_true(tgr_pipe_is_empty(&it.pipe));
  assert_false(it.out_of_order);
}

static void nothing_is_taken_before_receive(void **state) {
  (void)state;
  send_some(0, 3);
  step(&it.from);
  step(&it.to);
  assert_int_equal(it.taken, 0);
  tgr_pipe_receive(&it.pipe);
  step(&it.to);
  assert_int_equal(it.taken, 3);
}

static void what_does_not_fit_waits_for_room_without_spinning(void **state) {
  (void)state;
  send_some(0, ABOVE);
  step(&it.from);
  assert_int_equal(tgr_ring_count(&it.pipe.ring), TGR_PIPE_CAPACITY);
  assert_false(tgr_list_empty(&it.pipe.unsent));
  assert_true(it.pipe.waits); /* and step returned: no job is left */
  tgr_pipe_receive(&it.pipe);
  step(&it.to);
  assert_int_equal(it.taken, TGR_PIPE_CAPACITY);
  step(&it.from);
  step(&it.to);
  assert_int_equal(it.taken, ABOVE);
  assert_false(it.out_of_order);
}

static void a_sleeping_receiver_gets_one_mail_a_batch(void **state) {
  (void)state;
  tgr_pipe_receive(&it.pipe);
  step(&it.to);
  send_some(0, 50);
  step(&it.from);
  assert_int_equal(atomic_load(&it.to.inbox.waiting), 1);
  send_some(50, 50);
  step(&it.from);
  assert_int_equal(atomic_load(&it.to.inbox.waiting), 1);
  step(&it.to);
  assert_int_equal(it.taken, 100);
}

static void emptying_gives_back_what_nobody_took_in_order(void **state) {
  (void)state;
  send_some(0, ABOVE);
  step(&it.from);
  struct tgr_list left;
  tgr_list_init(&left);
  tgr_pipe_empty(&it.pipe, &left);
  size_t count = 0;
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&left)) != NULL)
    assert_ptr_equal(link, &tickets[count++].link);
  assert_int_equal(count, ABOVE);
  assert_true(tgr_pipe_is_empty(&it.pipe));
  assert_true(tgr_list_empty(&it.pipe.unsent));
}

static void push(size_t first, size_t count) {
  struct tgr_ticket *list[TGR_PIPE_CAPACITY];
  for (size_t i = 0; i < count; i++)
    list[i] = &tickets[first + i];
  tgr_pipe_push(&it.pipe, list, count);
}

static size_t rooms;

static void on_room(struct tgr_pipe *pipe) {
  assert_ptr_equal(pipe, &it.pipe);
  rooms++;
}

static void who_pushes_is_told_once_of_room(void **state) {
  (void)state;
  rooms = 0;
  it.pipe.on_room = on_room;
  assert_false(tgr_pipe_ask_room(&it.pipe)); /* it is empty */
  push(0, TGR_PIPE_CAPACITY);
  assert_true(tgr_pipe_ask_room(&it.pipe));
  assert_true(tgr_pipe_ask_room(&it.pipe));
  step(&it.from);
  assert_int_equal(rooms, 0);
  tgr_pipe_receive(&it.pipe);
  step(&it.to);
  step(&it.from);
  assert_int_equal(rooms, 1);
  assert_int_equal(it.taken, TGR_PIPE_CAPACITY);
  push(TGR_PIPE_CAPACITY, 1); /* nobody asked */
  step(&it.to);
  step(&it.from);
  assert_int_equal(rooms, 1);
  assert_false(it.out_of_order);
}

static void what_a_stuck_sender_has_sent_can_be_taken(void **state) {
  (void)state;
  tgr_pipe_receive(&it.pipe);
  step(&it.to);
  send_some(0, 10);
  tgr_pipe_take_now(&it.pipe);
  assert_int_equal(it.taken, 10);
  step(&it.from); /* it comes to tell */
  send_some(10, 10);
  tgr_pipe_take_now(&it.pipe);
  assert_int_equal(it.taken, 20);
  step(&it.from);
  step(&it.to);
  send_some(20, 1);
  step(&it.from);
  step(&it.to);
  assert_int_equal(it.taken, 21);
  assert_false(it.out_of_order);
}

static void a_sender_that_is_gone_is_not_told_of_room(void **state) {
  (void)state;
  send_some(0, ABOVE);
  step(&it.from);
  assert_true(tgr_door_shut(&it.door, 0));
  tgr_pipe_receive(&it.pipe);
  step(&it.to);
  assert_int_equal(atomic_load(&it.from.inbox.waiting), 0);
}

static void out_of_memory_is_a_status(void **state) {
  (void)state;
  struct spec_mem mem;
  spec_mem_init(&mem);
  mem.fail_at = 1;
  struct tgr_pipe none;
  assert_int_equal(
      tgr_pipe_init(&none, &mem.mem, &it.from, NULL, &it.to, NULL, take),
      TGR_ENOMEM);
}

static void *receive(void *user) {
  (void)user;
  tgr_pipe_receive(&it.pipe);
  tgr_loop_run(&it.to);
  return NULL;
}

struct feeder {
  struct tgr_job job;
  size_t next;
};

static struct feeder feeder;

static void feed(struct tgr_job *job) {
  const size_t count = MANY - feeder.next < 37 ? MANY - feeder.next : 37;
  send_some(feeder.next, count);
  feeder.next += count;
  if (feeder.next < MANY)
    tgr_ready_put(&it.from.ready, job);
}

static void two_threads_lose_nothing(void **state) {
  (void)state;
  it.expected = MANY;
  feeder.next = 0;
  tgr_job_init(&feeder.job, feed);
  tgr_ready_put(&it.from.ready, &feeder.job);
  pthread_t receiver;
  pthread_create(&receiver, NULL, receive, NULL);
  while (feeder.next < MANY || !tgr_list_empty(&it.pipe.unsent) ||
         !tgr_pipe_is_empty(&it.pipe))
    tgr_loop_step(&it.from, 1000);
  pthread_join(receiver, NULL);
  step(&it.from); /* a mail of room may still lie there */
  assert_int_equal(it.taken, MANY);
  assert_false(it.out_of_order);
}

int main(void) {
#define WITH_PIPE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
  const struct CMUnitTest tests[] = {
      WITH_PIPE(tickets_arrive_in_order),
      WITH_PIPE(nothing_is_taken_before_receive),
      WITH_PIPE(what_does_not_fit_waits_for_room_without_spinning),
      WITH_PIPE(a_sleeping_receiver_gets_one_mail_a_batch),
      WITH_PIPE(emptying_gives_back_what_nobody_took_in_order),
      WITH_PIPE(who_pushes_is_told_once_of_room),
      WITH_PIPE(what_a_stuck_sender_has_sent_can_be_taken),
      WITH_PIPE(a_sender_that_is_gone_is_not_told_of_room),
      WITH_PIPE(out_of_memory_is_a_status),
      WITH_PIPE(two_threads_lose_nothing)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
