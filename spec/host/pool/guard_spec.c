/* Workers whose code never waits hear of what they are asked all the same: the
 * guard is nudged. */
#include "pool_spec.h"

#include <signal.h>

/* The worker file's handlers by text. */
#define HANDLERS                                                               \
  "local tg = require 'tgrunner' " WORKER "local run = {"                      \
  "  loop = function() while true do end end,"                                 \
  "  pcall = function()"                                                       \
  "    while true do pcall(function() while true do end end) end"              \
  "  end,"                                                                     \
  "  sort = function()"                                                        \
  "    table.sort({ 3, 2, 1 }, function() while true do end end)"              \
  "  end,"                                                                     \
  "  wrap = function() coroutine.wrap(function() while true do end end)() "    \
  "end,"                                                                       \
  "  close = function()"                                                       \
  "    local _ <close> = setmetatable({}, {"                                   \
  "      __close = function() tg.log.info 'closed' end})"                      \
  "    while true do end"                                                      \
  "  end,"                                                                     \
  "  wait = function() tg.sleep(600000) end,"                                  \
  "  busy = function()"                                                        \
  "    local from = os.clock()"                                                \
  "    repeat until os.clock() - from > 0.3"                                   \
  "  end }"                                                                    \
  "bot:use(function(ctx) run[ctx.update.message.text]() end)"

static int setup_with_signal(void **state) {
  const int result = setup(state);
  it.env.guard_signal = SIGVTALRM;
  return result;
}

static struct tgr_errand *begin(int i, const char *text) {
  struct tgr_errand *errand = send_text(i, text);
  turn_until_begun(errand);
  return errand;
}

static void a_cancel_ends_code_that_never_waits(void **state) {
  static const char *const texts[] = {"loop", "pcall", "sort", "wrap"};
  (void)state;
  open_pool(HANDLERS, 1);
  for (int i = 0; i < 4; i++) {
    struct tgr_errand *errand = begin(i, texts[i]);
    assert_true(it.pools.distributor.cancel(it.pool, errand));
    run_until(i + 1);
    assert_int_equal(errand->end, TGR_ERRAND_CANCELED);
  }
  assert_string_equal(it.logged, "");
}

static void its_close_variables_run(void **state) {
  (void)state;
  open_pool(HANDLERS, 1);
  assert_true(it.pools.distributor.cancel(it.pool, begin(0, "close")));
  run_until(1);
  assert_int_equal(errands[0].end, TGR_ERRAND_CANCELED);
  assert_non_null(strstr(it.logged, "worker 1: closed"));
}

static void a_cancel_does_not_end_what_others_run(void **state) {
  (void)state;
  open_pool(HANDLERS, 1);
  struct tgr_errand *waits = begin(0, "wait");
  struct tgr_errand *busy = begin(1, "busy");
  assert_true(it.pools.distributor.cancel(it.pool, waits));
  run_until(2);
  assert_int_equal(waits->end, TGR_ERRAND_CANCELED);
  assert_int_equal(busy->end, TGR_ERRAND_DONE);
}

static void a_close_ends_code_that_never_waits(void **state) {
  (void)state;
  open_pool(HANDLERS, 2);
  begin(0, "loop");
  begin(1, "pcall");
  it.pools.distributor.close(it.pool);
  it.pool = NULL;
  assert_true(tgr_pools_end(&it.pools, PATIENCE_MS));
  assert_int_equal(it.answered, 2);
  for (int i = 0; i < 2; i++)
    free_text(&errands[i]);
}

static void a_close_ends_a_main_chunk_that_never_waits(void **state) {
  (void)state;
  open_pool("while true do end", 1);
  it.pools.distributor.close(it.pool);
  it.pool = NULL;
  assert_true(tgr_pools_end(&it.pools, PATIENCE_MS));
}

static void the_deadline_ends_tasks_that_never_wait(void **state) {
  (void)state;
  open_pool("local tg = require 'tgrunner' " WORKER
            "for _ = 1, 3 do tg.spawn(function() while true do end end) end",
            1);
  it.pools.distributor.retire(it.pool, 20);
  while (it.pool->worker_count > 0) {
    tgr_loop_step(&it.loop, 1000);
    uv_sleep(1);
  }
  assert_int_equal(it.script->guests, 0);
}

int main(void) {
#define WITH_SIGNAL(test)                                                      \
  cmocka_unit_test_setup_teardown(test, setup_with_signal, teardown)
  const struct CMUnitTest tests[] = {
      WITH_SIGNAL(a_cancel_ends_code_that_never_waits),
      WITH_SIGNAL(its_close_variables_run),
      WITH_SIGNAL(a_cancel_does_not_end_what_others_run),
      WITH_SIGNAL(a_close_ends_code_that_never_waits),
      WITH_SIGNAL(a_close_ends_a_main_chunk_that_never_waits),
      WITH_SIGNAL(the_deadline_ends_tasks_that_never_wait)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
