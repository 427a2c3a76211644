#include "pool/door.h"

#include "support/spec.h"

#include <pthread.h>
#include <uv.h>

static void an_open_door_lets_in(void **state) {
  (void)state;
  struct tgr_door door;
  tgr_door_init(&door);
  assert_true(tgr_door_enter(&door));
  tgr_door_leave(&door);
  assert_true(tgr_door_shut(&door, 0));
}

static void a_shut_door_lets_nobody_in(void **state) {
  (void)state;
  struct tgr_door door;
  tgr_door_init(&door);
  assert_true(tgr_door_shut(&door, 0));
  assert_false(tgr_door_enter(&door));
  assert_int_equal(atomic_load(&door.inside), 0);
}

static void who_stays_inside_is_not_waited_for_longer(void **state) {
  (void)state;
  struct tgr_door door;
  tgr_door_init(&door);
  assert_true(tgr_door_enter(&door));
  assert_false(tgr_door_shut(&door, 5));
}

struct visit {
  struct tgr_door door;
  atomic_bool host_is_there;
  atomic_int visits_behind;
};

static void *visit(void *user) {
  struct visit *it = user;
  while (tgr_door_enter(&it->door)) {
    if (!atomic_load(&it->host_is_there))
      atomic_fetch_add(&it->visits_behind, 1);
    tgr_door_leave(&it->door);
  }
  return NULL;
}

static void nobody_is_inside_behind_a_shut(void **state) {
  (void)state;
  for (int round = 0; round < 50; round++) {
    struct visit it;
    tgr_door_init(&it.door);
    atomic_init(&it.host_is_there, true);
    atomic_init(&it.visits_behind, 0);
    pthread_t thread;
    pthread_create(&thread, NULL, visit, &it);
    assert_true(tgr_door_shut(&it.door, 30000));
    atomic_store(&it.host_is_there, false);
    pthread_join(thread, NULL);
    assert_int_equal(atomic_load(&it.visits_behind), 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_open_door_lets_in),
      cmocka_unit_test(a_shut_door_lets_nobody_in),
      cmocka_unit_test(who_stays_inside_is_not_waited_for_longer),
      cmocka_unit_test(nobody_is_inside_behind_a_shut)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
