#include "script/guard.h"

#include "script_world.h"

#include <signal.h>

static void run(struct world *world, int signal_number, const char *text) {
  *world = (struct world){.guard_signal = signal_number, .main_budget_ms = 50};
  world_run(world, text);
}

static const int modes[] = {0, SIGVTALRM}; /* a standing hook; a signal */

static void an_endless_loop_is_stopped_in_both_modes(void **state) {
  (void)state;
  struct world world;
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
    run(&world, modes[i], "while true do end");
    assert_int_equal(world.status, TGR_ESCRIPT);
    assert_non_null(strstr(world.text, "stopped after 50 ms of CPU"));
  }
}

static void no_pcall_and_no_handler_keeps_it(void **state) {
  (void)state;
  struct world world;
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
    run(&world, modes[i],
        "while true do pcall(function() while true do end "
        "end) end");
    assert_non_null(strstr(world.text, "stopped after 50 ms"));
    run(&world, modes[i], "xpcall(error, function() while true do end end)");
    assert_int_equal(world.status, TGR_ESCRIPT);
    assert_non_null(strstr(world.text, "stopped after 50 ms"));
    run(&world, modes[i],
        "table.sort({3, 2, 1}, function() while true do end "
        "end)");
    assert_non_null(strstr(world.text, "stopped after 50 ms"));
    run(&world, modes[i], "coroutine.wrap(function() while true do end end)()");
    assert_non_null(strstr(world.text, "stopped after 50 ms"));
  }
}

static void code_within_the_budget_ends_in_peace(void **state) {
  (void)state;
  struct world world;
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
    run(&world, modes[i], "local s = 0 for i = 1, 100000 do s = s + i end");
    assert_int_equal(world.status, TGR_OK);
  }
}

static void without_a_signal_no_handler_is_installed(void **state) {
  (void)state;
  struct sigaction before;
  struct sigaction after;
  signal(SIGVTALRM, SIG_IGN);
  sigaction(SIGVTALRM, NULL, &before);
  struct world world;
  run(&world, 0, "return 0");
  sigaction(SIGVTALRM, NULL, &after);
  assert_true(before.sa_handler == after.sa_handler);
}

static void with_a_signal_its_handler_is_put_back(void **state) {
  (void)state;
  struct sigaction after;
  struct world world;
  signal(SIGVTALRM, SIG_DFL);
  for (int i = 0; i < 3; i++) {
    run(&world, SIGVTALRM, "while true do end");
    assert_int_equal(world.status, TGR_ESCRIPT);
    sigaction(SIGVTALRM, NULL, &after);
    assert_true(after.sa_handler == SIG_DFL);
  }
}

/* The handler of an xpcall that a coroutine was stopped in is not that of what
 * the coroutine does next. */
static void errors_behind_a_stopped_xpcall_are_as_they_are(void **state) {
  (void)state;
  struct world world;
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
    run(&world, modes[i],
        "local host = require 'tgrunner.host'\n"
        "local function loop() while true do end end\n"
        "local task = host.spawn(xpcall, loop, function() return 'caught' "
        "end)\n"
        "assert(not pcall(task.wait, task))\n"
        "for _ = 1, 3 do\n"
        "  local plain = host.spawn(function() error('plain', 0) end)\n"
        "  local _, err = pcall(plain.wait, plain)\n"
        "  assert(err == 'plain', err)\n"
        "end\n");
    assert_string_equal(world.text, "");
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_endless_loop_is_stopped_in_both_modes),
      cmocka_unit_test(no_pcall_and_no_handler_keeps_it),
      cmocka_unit_test(code_within_the_budget_ends_in_peace),
      cmocka_unit_test(errors_behind_a_stopped_xpcall_are_as_they_are),
      cmocka_unit_test(without_a_signal_no_handler_is_installed),
      cmocka_unit_test(with_a_signal_its_handler_is_put_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
