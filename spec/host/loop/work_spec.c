#include "loop/work.h"

#include "support/spec.h"

#include <pthread.h>
#include <stdlib.h>

struct errand {
  struct tgr_work work;
  struct tgr_loop *loop;
  pthread_t thread;
  int ran;
  int done;
};

static void run(struct tgr_work *work) {
  struct errand *it = TGR_CONTAINER_OF(work, struct errand, work);
  it->thread = pthread_self();
  it->ran++;
}

static void done_quit(struct tgr_work *work) {
  struct errand *it = TGR_CONTAINER_OF(work, struct errand, work);
  it->done++;
  tgr_loop_quit(it->loop);
}

static void work_is_done_on_another_thread_and_told_on_this_one(void **state) {
  (void)state;
  struct tgr_loop loop;
  assert_int_equal(tgr_loop_init(&loop, &tgr_mem_libc), TGR_OK);
  struct errand it = {.work = {.run = run, .done = done_quit}, .loop = &loop};
  tgr_work_start(&loop, &it.work);
  assert_int_equal(it.done, 0);
  tgr_loop_run(&loop);
  assert_int_equal(it.ran, 1);
  assert_int_equal(it.done, 1);
  assert_false(pthread_equal(it.thread, pthread_self()));
  tgr_loop_deinit(&loop);
}

static int freed;

static void done_free(struct tgr_work *work) {
  struct errand *it = TGR_CONTAINER_OF(work, struct errand, work);
  assert_int_equal(it->ran, 1);
  free(it);
  freed++;
}

static void a_loop_that_ends_waits_for_its_work(void **state) {
  (void)state;
  enum { COUNT = 10 };
  struct tgr_loop loop;
  assert_int_equal(tgr_loop_init(&loop, &tgr_mem_libc), TGR_OK);
  for (int i = 0; i < COUNT; i++) {
    struct errand *it = calloc(1, sizeof *it);
    it->work.run = run;
    it->work.done = done_free;
    tgr_work_start(&loop, &it->work);
  }
  tgr_loop_deinit(&loop);
  assert_int_equal(freed, COUNT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(work_is_done_on_another_thread_and_told_on_this_one),
      cmocka_unit_test(a_loop_that_ends_waits_for_its_work),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
