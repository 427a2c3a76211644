/* Lanes: the acceptance list with 50 ms handlers. */
#include "host/engine/engine_lanes.h"

/* A handler: enters at its time, runs 50 ms once it is its turn. */
struct handler {
  struct tgr_seat seat;
  struct tgr_timer timer;
  char name[8];
  struct tgr_key keys[8];
  size_t count;
};

static struct trace ended;

static void run(struct handler *handler) {
  tgr_timer_start_ms(&world.timers, &handler->timer, 50);
}

static void over(struct tgr_timer *timer) {
  struct handler *handler = TGR_CONTAINER_OF(timer, struct handler, timer);
  trace_add(&ended, "%s@%lu", handler->name, world_ms(&world));
  struct tgr_list turn;
  tgr_list_init(&turn);
  tgr_sequence_leave(&sequence, &handler->seat, &turn);
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&turn)) != NULL) {
    struct tgr_seat *seat = TGR_CONTAINER_OF(link, struct tgr_seat, link);
    run(TGR_CONTAINER_OF(seat, struct handler, seat));
  }
}

/* Enters with one key a letter of `keys`. */
static void enter(struct handler *handler, const char *keys) {
  *handler = (struct handler){0};
  snprintf(handler->name, sizeof handler->name, "%s", keys);
  for (; *keys != '\0'; keys++)
    handler->keys[handler->count++] = tgr_key_bytes(keys, 1);
  tgr_seat_init(&handler->seat);
  tgr_timer_init(&handler->timer, over);
  bool is_turn = false;
  assert_int_equal(tgr_sequence_enter(&sequence, &handler->seat, handler->keys,
                                      handler->count, &is_turn),
                   TGR_OK);
  if (is_turn)
    run(handler);
}

/* All enter at once; `expected` is when each has ended. */
static void check(const char *const *keys, int count, const char *expected) {
  static struct handler handlers[16];
  trace_clear(&ended);
  for (int i = 0; i < count; i++)
    enter(&handlers[i], keys[i]);
  world_run_to(&world, 10000);
  assert_string_equal(ended.text, expected);
  close_sequence();
}

#define CHECK(expected, ...)                                                   \
  do {                                                                         \
    const char *const keys[] = {__VA_ARGS__};                                  \
    check(keys, (int)(sizeof keys / sizeof *keys), expected);                  \
  } while (0)

static void unrelated_keys_run_together(void **state) {
  (void)state;
  CHECK("a@50 b@50 c@50", "a", "b", "c");
}

static void equal_keys_run_one_after_another(void **state) {
  (void)state;
  CHECK("a@50 a@100 a@150", "a", "a", "a");
}

static void without_keys_nothing_waits(void **state) {
  (void)state;
  CHECK("@50 a@50 @50 a@100", "", "a", "", "a");
}

static void four_equal_keys_twice(void **state) {
  (void)state;
  CHECK("abcd@50 abcd@100", "abcd", "abcd");
}

static void one_shared_key_of_several(void **state) {
  (void)state;
  CHECK("abcd@50 ce@100", "abcd", "ce");
}

static void growing_key_sets(void **state) {
  (void)state;
  CHECK("p@50 pq@100 pqr@150", "p", "pq", "pqr");
}

static void a_waterfall_ends_one_per_50_ms(void **state) {
  (void)state;
  CHECK("a@50 ab@100 bc@150 cdab@200 de@250 efc@300", "a", "ab", "bc", "cdab",
        "de", "efc");
}

static void a_key_given_twice_counts_once(void **state) {
  (void)state;
  CHECK("aab@50 baba@100", "aab", "baba");
}

static void a_later_entry_waits_for_what_is_left(void **state) {
  (void)state;
  static struct handler p, q, again;
  trace_clear(&ended);
  enter(&p, "p");
  enter(&q, "q");
  world_run_to(&world, 10);
  enter(&again, "p");
  world_run_to(&world, 1000);
  assert_string_equal(ended.text, "p@50 q@50 p@100");
  close_sequence();
}

/* However it ended, its successors go on: leaving knows no outcomes. */
static void twelve_handlers_on_two_keys_alternate(void **state) {
  (void)state;
  CHECK("px@50 py@100 px@150 py@200 px@250 py@300 px@350 py@400 px@450 py@500 "
        "px@550 py@600",
        "px", "py", "px", "py", "px", "py", "px", "py", "px", "py", "px", "py");
}

static void a_cancelled_waiting_seat_leaves_the_middle(void **state) {
  (void)state;
  static struct handler a, ab, b;
  trace_clear(&ended);
  enter(&a, "a");
  enter(&ab, "ab");
  enter(&b, "b");
  struct tgr_list turn;
  tgr_list_init(&turn);
  tgr_sequence_leave(&sequence, &ab.seat, &turn);
  assert_ptr_equal(tgr_list_take(&turn), &b.seat.link);
  assert_true(tgr_list_empty(&turn));
  run(&b);
  world_run_to(&world, 1000);
  assert_string_equal(ended.text, "a@50 b@50");
  close_sequence();
}

static void leaving_twice_is_harmless(void **state) {
  (void)state;
  static struct handler a;
  enter(&a, "a");
  world_run_to(&world, 50);
  struct tgr_list turn;
  tgr_list_init(&turn);
  tgr_sequence_leave(&sequence, &a.seat, &turn);
  assert_true(tgr_list_empty(&turn));
  close_sequence();
}

static bool enter_key(struct tgr_seat *seat, struct tgr_key key) {
  bool is_turn = false;
  tgr_seat_init(seat);
  assert_int_equal(tgr_sequence_enter(&sequence, seat, &key, 1, &is_turn),
                   TGR_OK);
  return is_turn;
}

static void leave(struct tgr_seat *seat) {
  struct tgr_list turn;
  tgr_list_init(&turn);
  tgr_sequence_leave(&sequence, seat, &turn);
  while (tgr_list_take(&turn) != NULL)
    continue;
}

static void integers_and_strings_are_different_keys(void **state) {
  (void)state;
  struct tgr_seat one, text, empty, zero, text_again;
  assert_true(enter_key(&one, tgr_key_int(1)));
  assert_true(enter_key(&text, tgr_key_bytes("1", 1)));
  assert_true(enter_key(&empty, tgr_key_bytes("", 0)));
  assert_true(enter_key(&zero, tgr_key_int(0)));
  assert_false(enter_key(&text_again, tgr_key_bytes("1", 1)));
  leave(&text_again);
  leave(&one);
  leave(&text);
  leave(&empty);
  leave(&zero);
  close_sequence();
}

static void string_keys_are_copied_and_may_hold_any_byte(void **state) {
  (void)state;
  struct tgr_seat a, b, c;
  char key[] = "x\0y";
  assert_true(enter_key(&a, tgr_key_bytes(key, 3)));
  assert_false(enter_key(&b, tgr_key_bytes("x\0y", 3)));
  memset(key, 'z', sizeof key);
  leave(&a);
  assert_true(tgr_seat_is_turn(&b));
  assert_false(enter_key(&c, tgr_key_bytes("x\0y", 3)));
  leave(&b);
  leave(&c);
  close_sequence();
}

static void two_integer_keys_need_no_memory(void **state) {
  (void)state;
  struct tgr_seat seat;
  const struct tgr_key keys[] = {tgr_key_int(1), tgr_key_int(-100123)};
  bool is_turn = false;
  tgr_seat_init(&seat);
  assert_int_equal(tgr_sequence_enter(&sequence, &seat, keys, 2, &is_turn),
                   TGR_OK);
  assert_int_equal(world.mem.requests, 0);
  leave(&seat);
  close_sequence();
}

static void without_memory_nothing_has_changed(void **state) {
  (void)state;
  for (long fail_at = 1;; fail_at++) {
    fresh(NULL);
    struct tgr_seat before, seat, after;
    assert_true(enter_key(&before, tgr_key_int(1)));
    const struct tgr_key keys[] = {tgr_key_int(1), tgr_key_bytes("ab", 2),
                                   tgr_key_int(2)};
    world.mem.requests = 0;
    world.mem.fail_at = fail_at;
    bool is_turn = true;
    tgr_seat_init(&seat);
    const enum tgr_status status =
        tgr_sequence_enter(&sequence, &seat, keys, 3, &is_turn);
    world.mem.fail_at = 0;
    if (status == TGR_ENOMEM)
      assert_false(tgr_seat_entered(&seat));
    assert_int_equal(enter_key(&after, tgr_key_int(2)), status == TGR_ENOMEM);
    leave(&before);
    leave(&seat);
    leave(&after);
    close_sequence();
    if (status == TGR_OK) {
      assert_in_range(fail_at, 2, 3);
      return;
    }
  }
}

static void a_million_keys_come_and_go_without_a_trace(void **state) {
  (void)state;
  enum { AT_ONCE = 1000 };
  static struct tgr_seat seats[AT_ONCE];
  for (int64_t i = 0; i < 1000000; i++) {
    struct tgr_seat *seat = &seats[i % AT_ONCE];
    if (i >= AT_ONCE)
      leave(seat);
    assert_true(enter_key(seat, tgr_key_int(i * 977)));
  }
  assert_int_equal(sequence.lanes.count, AT_ONCE);
  for (int i = 0; i < AT_ONCE; i++)
    leave(&seats[i]);
  assert_int_equal(world.mem.live, 0);
  close_sequence();
}

static void ten_thousand_keys_of_one_seat_work(void **state) {
  (void)state;
  enum { COUNT = 10000 };
  static struct tgr_key keys[COUNT];
  static struct tgr_seat a, b;
  for (int i = 0; i < COUNT; i++)
    keys[i] = tgr_key_int(i / 2);
  bool is_turn = false;
  tgr_seat_init(&a);
  tgr_seat_init(&b);
  assert_int_equal(tgr_sequence_enter(&sequence, &a, keys, COUNT, &is_turn),
                   TGR_OK);
  assert_int_equal(a.count, COUNT / 2);
  assert_int_equal(tgr_sequence_enter(&sequence, &b, keys, COUNT, &is_turn),
                   TGR_OK);
  assert_int_equal(b.behind, COUNT / 2);
  leave(&a);
  assert_true(tgr_seat_is_turn(&b));
  leave(&b);
  close_sequence();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(unrelated_keys_run_together, fresh),
      cmocka_unit_test_setup(equal_keys_run_one_after_another, fresh),
      cmocka_unit_test_setup(without_keys_nothing_waits, fresh),
      cmocka_unit_test_setup(four_equal_keys_twice, fresh),
      cmocka_unit_test_setup(one_shared_key_of_several, fresh),
      cmocka_unit_test_setup(growing_key_sets, fresh),
      cmocka_unit_test_setup(a_waterfall_ends_one_per_50_ms, fresh),
      cmocka_unit_test_setup(a_key_given_twice_counts_once, fresh),
      cmocka_unit_test_setup(a_later_entry_waits_for_what_is_left, fresh),
      cmocka_unit_test_setup(twelve_handlers_on_two_keys_alternate, fresh),
      cmocka_unit_test_setup(a_cancelled_waiting_seat_leaves_the_middle, fresh),
      cmocka_unit_test_setup(leaving_twice_is_harmless, fresh),
      cmocka_unit_test_setup(integers_and_strings_are_different_keys, fresh),
      cmocka_unit_test_setup(string_keys_are_copied_and_may_hold_any_byte,
                             fresh),
      cmocka_unit_test_setup(two_integer_keys_need_no_memory, fresh),
      cmocka_unit_test_setup(without_memory_nothing_has_changed, fresh),
      cmocka_unit_test_setup(a_million_keys_come_and_go_without_a_trace, fresh),
      cmocka_unit_test_setup(ten_thousand_keys_of_one_seat_work, fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
