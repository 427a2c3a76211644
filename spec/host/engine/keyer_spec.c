#include "engine/keyer.h"

#include "support/spec.h"

static struct tgr_task *task(bool has_chat, int64_t chat, bool has_user,
                             int64_t user) {
  struct tgr_task *it = tgr_task_new(&tgr_mem_libc, "", 0);
  it->has_chat = has_chat;
  it->chat_id = chat;
  it->has_user = has_user;
  it->user_id = user;
  return it;
}

/* The keys a keyer tells, as one number: the first * 1000 + the second. */
static int64_t told(bool by_chat, bool by_user, struct tgr_task *it,
                    size_t expected) {
  struct tgr_id_keyer keyer;
  tgr_id_keyer_init(&keyer, by_chat, by_user);
  const struct tgr_key *keys = NULL;
  size_t count = 99;
  assert_int_equal(keyer.keyer.keys(&keyer.keyer, it, &keys, &count), TGR_OK);
  assert_int_equal(count, expected);
  int64_t sum = 0;
  for (size_t i = 0; i < count; i++) {
    assert_null(keys[i].bytes);
    sum = sum * 1000 + keys[i].integer;
  }
  tgr_task_release(it);
  return sum;
}

static void the_chat_the_user_or_both_are_keys(void **state) {
  (void)state;
  assert_int_equal(told(true, false, task(true, 7, true, 8), 1), 7);
  assert_int_equal(told(false, true, task(true, 7, true, 8), 1), 8);
  assert_int_equal(told(true, true, task(true, 7, true, 8), 2), 7008);
}

static void what_the_update_lacks_is_no_key(void **state) {
  (void)state;
  assert_int_equal(told(true, true, task(false, 7, true, 8), 1), 8);
  assert_int_equal(told(true, true, task(true, 7, false, 8), 1), 7);
  assert_int_equal(told(true, true, task(false, 7, false, 8), 0), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_chat_the_user_or_both_are_keys),
      cmocka_unit_test(what_the_update_lacks_is_no_key),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
