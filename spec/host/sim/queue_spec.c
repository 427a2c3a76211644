#include "sim/queue.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <stdio.h>
#include <string.h>

struct fixture {
  atomic_size_t unconfirmed;
  struct tgr_sim_queue queue;
  struct tgr_buf out;
};

static void open_queue(struct fixture *it) {
  atomic_init(&it->unconfirmed, 0);
  tgr_sim_queue_init(&it->queue, &tgr_mem_libc, &it->unconfirmed);
  tgr_buf_init(&it->out, &tgr_mem_libc, SIZE_MAX);
}

static void close_queue(struct fixture *it) {
  tgr_sim_queue_deinit(&it->queue);
  tgr_buf_deinit(&it->out);
  assert_int_equal(atomic_load(&it->unconfirmed), 0);
}

static void put(struct fixture *it, int64_t id) {
  char text[24];
  const int len = snprintf(text, sizeof text, "%d", (int)id);
  assert_int_equal(tgr_sim_queue_put(&it->queue, id, text, (size_t)len),
                   TGR_OK);
}

/* What the queue would serve. */
static const char *served(struct fixture *it, uint64_t limit) {
  tgr_buf_clear(&it->out);
  assert_int_equal(tgr_sim_queue_write(&it->queue, limit, &it->out), TGR_OK);
  return tgr_buf_cstr(&it->out);
}

static void updates_are_served_in_order_up_to_the_limit(void **state) {
  (void)state;
  struct fixture it;
  open_queue(&it);
  for (int i = 1; i <= 5; i++)
    put(&it, i);
  assert_string_equal(served(&it, 3), "1,2,3");
  assert_string_equal(served(&it, 100), "1,2,3,4,5");
  close_queue(&it);
}

static void confirming_forgets_what_is_below(void **state) {
  (void)state;
  struct fixture it;
  open_queue(&it);
  for (int i = 1; i <= 5; i++)
    put(&it, i);
  assert_true(tgr_sim_queue_confirm(&it.queue, 4));
  assert_string_equal(served(&it, 100), "4,5");
  assert_int_equal(atomic_load(&it.unconfirmed), 2);
  assert_false(tgr_sim_queue_confirm(&it.queue, 16));
  assert_string_equal(served(&it, 100), "4,5");
  assert_true(tgr_sim_queue_confirm(&it.queue, 15));
  assert_int_equal(it.queue.count, 0);
  close_queue(&it);
}

static void an_old_offset_leaves_ids_that_started_lower(void **state) {
  (void)state;
  struct fixture it;
  open_queue(&it);
  put(&it, 20);
  put(&it, 14);
  assert_true(tgr_sim_queue_confirm(&it.queue, 21));
  assert_string_equal(served(&it, 100), "14");
  close_queue(&it);
}

static void keeping_forgets_from_the_front(void **state) {
  (void)state;
  struct fixture it;
  open_queue(&it);
  for (int i = 1; i <= 5; i++)
    put(&it, i);
  tgr_sim_queue_keep(&it.queue, 9);
  tgr_sim_queue_keep(&it.queue, 2);
  assert_string_equal(served(&it, 100), "4,5");
  close_queue(&it);
}

static void a_load_is_cut_and_written_without_being_built(void **state) {
  (void)state;
  struct fixture it;
  open_queue(&it);
  const struct tgr_sim_load load = {.first_id = 100,
                                    .count = 1000000000,
                                    .chats = 3,
                                    .chat_base = 50,
                                    .text = "a\\n",
                                    .text_len = 3};
  assert_int_equal(tgr_sim_queue_put_load(&it.queue, &load), TGR_OK);
  assert_int_equal(it.queue.next_id, 1000000100);
  assert_true(tgr_sim_queue_confirm(&it.queue, 104));
  const char *text = served(&it, 1);
  assert_non_null(strstr(text, "{\"update_id\":104,"));
  assert_non_null(strstr(text, "\"message_id\":5,"));
  assert_non_null(strstr(text, "\"chat\":{\"id\":51,"));
  assert_non_null(strstr(text, "\"text\":\"a\\n\"}}"));
  tgr_sim_queue_keep(&it.queue, 1);
  assert_non_null(strstr(served(&it, 9), "{\"update_id\":1000000099,"));
  close_queue(&it);
}

static void every_allocation_may_fail(void **state) {
  (void)state;
  for (long fail_at = 1; fail_at <= 3; fail_at++) {
    struct spec_mem mem;
    atomic_size_t unconfirmed;
    struct tgr_sim_queue queue;
    struct tgr_buf out;
    spec_mem_init(&mem);
    mem.fail_at = fail_at;
    atomic_init(&unconfirmed, 0);
    tgr_sim_queue_init(&queue, &mem.mem, &unconfirmed);
    tgr_buf_init(&out, &mem.mem, SIZE_MAX);
    const struct tgr_sim_load load = {.first_id = 2, .count = 5, .text = ""};
    const bool ok = tgr_sim_queue_put(&queue, 1, "x", 1) == TGR_OK &&
                    tgr_sim_queue_put_load(&queue, &load) == TGR_OK &&
                    tgr_sim_queue_write(&queue, 9, &out) == TGR_OK;
    assert_false(ok);
    assert_int_equal(atomic_load(&unconfirmed), queue.count);
    tgr_sim_queue_deinit(&queue);
    tgr_buf_deinit(&out);
    assert_int_equal(mem.live, 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(updates_are_served_in_order_up_to_the_limit),
      cmocka_unit_test(confirming_forgets_what_is_below),
      cmocka_unit_test(an_old_offset_leaves_ids_that_started_lower),
      cmocka_unit_test(keeping_forgets_from_the_front),
      cmocka_unit_test(a_load_is_cut_and_written_without_being_built),
      cmocka_unit_test(every_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
