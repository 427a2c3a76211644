#include "loop/shared.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { TABLE_BYTES = 64 * 1024, THREADS = 4, ROUNDS = 20000 };

static struct spec_mem mem;
static struct tgr_shared *shared;

static int setup(void **state) {
  (void)state;
  spec_mem_init(&mem);
  return tgr_shared_new(&mem.mem, TABLE_BYTES, &shared) != TGR_OK;
}

static int teardown(void **state) {
  (void)state;
  mem.fail_at = 0;
  tgr_shared_free(shared);
  assert_int_equal(mem.live, 0);
  return 0;
}

static enum tgr_status set_text(const char *key, const char *text,
                                uint64_t expires_ms) {
  const struct tgr_shared_value value = {
      .type = TGR_SHARED_STRING, .bytes = (char *)text, .len = strlen(text)};
  return tgr_shared_set(shared, key, strlen(key), &value, expires_ms);
}

static struct tgr_shared_value get(const char *key) {
  struct tgr_shared_value value = {.type = TGR_SHARED_NONE};
  assert_int_equal(tgr_shared_get(shared, key, strlen(key), &value), TGR_OK);
  return value;
}

static void a_string_comes_back_as_a_copy(void **state) {
  (void)state;
  assert_int_equal(set_text("a", "text", 0), TGR_OK);
  const struct tgr_shared_value value = get("a");
  assert_int_equal(value.type, TGR_SHARED_STRING);
  assert_string_equal(value.bytes, "text");
  tgr_mem_free(&mem.mem, value.bytes);
  assert_int_equal(set_text("a", "other", 0), TGR_OK);
  assert_int_equal(get("b").type, TGR_SHARED_NONE);
}

static void none_forgets_a_key(void **state) {
  (void)state;
  assert_int_equal(set_text("a", "text", 0), TGR_OK);
  const struct tgr_shared_value none = {.type = TGR_SHARED_NONE};
  assert_int_equal(tgr_shared_set(shared, "a", 1, &none, 0), TGR_OK);
  assert_int_equal(tgr_shared_set(shared, "a", 1, &none, 0), TGR_OK);
  assert_int_equal(get("a").type, TGR_SHARED_NONE);
}

static void what_has_expired_is_gone(void **state) {
  (void)state;
  assert_int_equal(set_text("a", "text", 1), TGR_OK);
  uv_sleep(3);
  assert_int_equal(get("a").type, TGR_SHARED_NONE);
}

static void sums_begin_at_zero_and_do_not_wrap(void **state) {
  (void)state;
  int64_t sum = 0;
  assert_int_equal(tgr_shared_incr(shared, "n", 1, INT64_MAX - 1, 0, &sum),
                   TGR_OK);
  assert_int_equal(tgr_shared_incr(shared, "n", 1, 1, 0, &sum), TGR_OK);
  assert_true(sum == INT64_MAX);
  assert_int_equal(tgr_shared_incr(shared, "n", 1, 1, 0, &sum), TGR_EINVAL);
  assert_int_equal(set_text("s", "text", 0), TGR_OK);
  assert_int_equal(tgr_shared_incr(shared, "s", 1, 1, 0, &sum), TGR_ESTATE);
}

/* Sets numbered keys until one is refused; returns how many were taken. */
static int fill(uint64_t expires_ms) {
  char key[16];
  for (int i = 0; i < TABLE_BYTES; i++) {
    snprintf(key, sizeof key, "k%d", i);
    if (set_text(key, "0123456789", expires_ms) != TGR_OK)
      return i;
  }
  return TABLE_BYTES;
}

static void a_full_table_refuses_and_keeps_what_it_has(void **state) {
  (void)state;
  const int count = fill(0);
  assert_in_range(count, 10, TABLE_BYTES / 20);
  const struct tgr_shared_value first = get("k0");
  assert_string_equal(first.bytes, "0123456789");
  tgr_mem_free(&mem.mem, first.bytes);
}

static void the_bound_is_one_for_all_keys(void **state) {
  (void)state;
  static char text[TABLE_BYTES / 5];
  memset(text, 't', sizeof text - 1);
  char key[16];
  for (int i = 0; i < 4; i++) { /* whatever parts they are in */
    snprintf(key, sizeof key, "k%d", i);
    assert_int_equal(set_text(key, text, 0), TGR_OK);
  }
  assert_int_equal(set_text("more", text, 0), TGR_ELIMIT);
  assert_int_equal(set_text("k0", text, 20), TGR_OK);
  uv_sleep(30); /* it makes room for another part's */
  assert_int_equal(set_text("more", text, 0), TGR_OK);
}

static void what_has_expired_makes_room(void **state) {
  (void)state;
  const int count = fill(300);
  uv_sleep(310);
  assert_true(fill(0) >= count / 2);
}

static void too_long_keys_and_strings_are_refused(void **state) {
  (void)state;
  static char key[TGR_SHARED_KEY_MAX + 1];
  static char text[TGR_SHARED_VALUE_MAX + 2];
  memset(key, 'k', sizeof key);
  memset(text, 't', sizeof text - 1);
  int64_t sum = 0;
  assert_int_equal(tgr_shared_incr(shared, key, sizeof key, 1, 0, &sum),
                   TGR_EINVAL);
  assert_int_equal(set_text("a", text, 0), TGR_EINVAL);
}

static void out_of_memory_leaves_the_old_value(void **state) {
  (void)state;
  assert_int_equal(set_text("a", "old", 0), TGR_OK);
  mem.fail_at = mem.requests + 1;
  int64_t sum = 0;
  assert_int_equal(set_text("a", "new", 0), TGR_ENOMEM);
  assert_int_equal(tgr_shared_incr(shared, "n", 1, 1, 0, &sum), TGR_ENOMEM);
  struct tgr_shared_value value;
  assert_int_equal(tgr_shared_get(shared, "a", 1, &value), TGR_ENOMEM);
  mem.fail_at = 0;
  value = get("a");
  assert_string_equal(value.bytes, "old");
  tgr_mem_free(&mem.mem, value.bytes);
}

static void no_memory_for_a_table_is_a_status(void **state) {
  (void)state;
  struct spec_mem none;
  spec_mem_init(&none);
  none.fail_at = 1;
  struct tgr_shared *it = NULL;
  assert_int_equal(tgr_shared_new(&none.mem, 1024, &it), TGR_ENOMEM);
  assert_int_equal(none.live, 0);
}

static void *count_up(void *user) {
  struct tgr_shared *it = user;
  int64_t sum = 0;
  for (int i = 0; i < ROUNDS; i++)
    if (tgr_shared_incr(it, "n", 1, 1, 0, &sum) != TGR_OK)
      return user;
  return NULL;
}

static void threads_lose_no_count(void **state) {
  (void)state;
  struct tgr_shared *it = NULL; /* spec_mem counts for one thread only */
  assert_int_equal(tgr_shared_new(&tgr_mem_libc, TABLE_BYTES, &it), TGR_OK);
  pthread_t threads[THREADS];
  for (int i = 0; i < THREADS; i++)
    pthread_create(&threads[i], NULL, count_up, it);
  for (int i = 0; i < THREADS; i++) {
    void *failed = NULL;
    pthread_join(threads[i], &failed);
    assert_null(failed);
  }
  int64_t sum = 0;
  assert_int_equal(tgr_shared_incr(it, "n", 1, 0, 0, &sum), TGR_OK);
  assert_true(sum == THREADS * ROUNDS);
  tgr_shared_free(it);
}

int main(void) {
#define IN_TABLE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
  const struct CMUnitTest tests[] = {
      IN_TABLE(a_string_comes_back_as_a_copy),
      IN_TABLE(none_forgets_a_key),
      IN_TABLE(what_has_expired_is_gone),
      IN_TABLE(sums_begin_at_zero_and_do_not_wrap),
      IN_TABLE(a_full_table_refuses_and_keeps_what_it_has),
      IN_TABLE(the_bound_is_one_for_all_keys),
      IN_TABLE(what_has_expired_makes_room),
      IN_TABLE(too_long_keys_and_strings_are_refused),
      IN_TABLE(out_of_memory_leaves_the_old_value),
      cmocka_unit_test(no_memory_for_a_table_is_a_status),
      cmocka_unit_test(threads_lose_no_count)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
