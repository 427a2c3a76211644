#include "script/clock.h"

#include "script_world.h"

/* Runs `text` behind a beginning that makes the clock virtual. */
static void run(struct world *world, const char *text) {
  static const char head[] = "local host = require 'tgrunner.host'\n"
                             "local start = host.now_ms()\n"
                             "host.clock_virtual()\n"
                             "local function time()\n"
                             "  return host.now_ms() - start\n"
                             "end\n";
  char all[2048];
  snprintf(all, sizeof all, "%s%s", head, text);
  *world = (struct world){0};
  world_run(world, all);
}

static void passes(const char *text) {
  struct world world;
  run(&world, text);
  assert_string_equal(world.text, "");
  assert_int_equal(world.status, TGR_OK);
}

static void settle_returns_when_all_wait_for_time(void **state) {
  (void)state;
  passes("local log = {}\n"
         "host.spawn(function() log[1] = 1 host.sleep(50) log[2] = 2 end)\n"
         "assert(host.settle() and #log == 1 and time() == 0)\n"
         "assert(host.clock_next() == 50000)\n"
         "host.clock_move(49999) assert(host.settle() and #log == 1)\n"
         "host.clock_move(1) assert(host.settle() and #log == 2)\n"
         "assert(time() == 50 and host.clock_next() == nil)\n");
}

static void what_is_due_now_happens_before_settle_returns(void **state) {
  (void)state;
  passes("local n = 0\n"
         "host.spawn(function() for _ = 1, 100 do host.sleep(0) n = n + 1 end "
         "end)\n"
         "assert(host.settle() and n == 100 and time() == 0)\n");
}

static void settle_waits_for_fibers_that_wait_for_each_other(void **state) {
  (void)state;
  passes("local event, log = host.event(), {}\n"
         "host.spawn(function() event:wait() log[#log + 1] = 'woken' end)\n"
         "assert(host.settle() and #log == 0)\n"
         "event:set() assert(host.settle() and #log == 1)\n");
}

/* Nobody listens there: a real connection is tried and refused. */
static void settle_waits_for_real_work(void **state) {
  (void)state;
  passes("local ok = 'none'\n"
         "host.spawn(function()\n"
         "  ok = host.fetch { url = 'http://127.0.0.1:1/', headers = {},\n"
         "    timeout_ms = 60000, max_bytes = 1, max_redirects = 0 }\n"
         "end)\n"
         "assert(host.settle() and ok == false and time() == 0)\n");
}

static void time_passes_by_itself_for_who_waits(void **state) {
  (void)state;
  passes("host.sleep(3600000) assert(time() == 3600000)\n"
         "local task = host.spawn(function() host.sleep(5) return 7 end)\n"
         "assert(task:wait() == 7 and time() == 3600005)\n"
         "local _, late = host.spawn(host.sleep, 1e9):wait(10)\n"
         "assert(late == 'timeout' and time() == 3600015)\n");
}

static void what_cannot_happen_ends_the_script(void **state) {
  (void)state;
  struct world world;
  run(&world, "host.event():wait()");
  assert_int_equal(world.status, TGR_ESCRIPT);
  assert_int_equal(world.exit_code, 1);
  assert_non_null(strstr(world.text, "cannot happen any more"));
}

static void the_end_of_the_main_chunk_is_the_end(void **state) {
  (void)state;
  struct world world;
  run(&world, "host.spawn_background(host.sleep, 1e12)\n"
              "host.set_exit_code(3)");
  assert_int_equal(world.status, TGR_OK);
  assert_int_equal(world.exit_code, 3);
}

static void what_was_started_since_a_mark_is_cancelled(void **state) {
  (void)state;
  passes("local log = {}\n"
         "local function logs(name)\n"
         "  return host.spawn(function()\n"
         "    local _ <close> = setmetatable({}, { __close = function()\n"
         "      log[#log + 1] = name end })\n"
         "    host.sleep(1e6)\n"
         "  end)\n"
         "end\n"
         "local first = logs 'first'\n"
         "local mark = host.fiber_mark()\n"
         "local second = logs 'second'\n"
         "host.settle()\n"
         "assert(host.cancel_since(mark) == 1)\n"
         "host.settle()\n"
         "assert(#log == 1 and log[1] == 'second')\n"
         "assert(first:status() == 'running')\n"
         "assert(host.cancel_since(mark) == 0)\n");
}

static void the_test_itself_may_compute_for_long(void **state) {
  (void)state;
  passes("host.settle()\n"
         "local start = os.clock()\n"
         "while os.clock() - start < 0.2 do end\n");
}

static void timeouts_of_a_sink_are_on_the_virtual_clock(void **state) {
  (void)state;
  passes("local sink = host.sink('concurrent', { timeout_ms = 60000,\n"
         "  consume = function() host.sleep(1e9) end,\n"
         "  failed = function() end })\n"
         "sink:handle { { update_id = 1 } }\n"
         "host.settle() assert(sink:size() == 1)\n"
         "host.clock_move(59999999) host.settle() assert(sink:size() == 1)\n"
         "host.clock_move(1) host.settle() assert(sink:size() == 0)\n");
}

static void raw_updates_keep_their_ids_in_a_sink(void **state) {
  (void)state;
  passes("local order = {}\n"
         "local sink = host.sink('concurrent', { sequentialize = 'chat',\n"
         "  failed = function() end,\n"
         "  consume = function(update)\n"
         "    host.sleep(update.message.text)\n"
         "    order[#order + 1] = update.update_id\n"
         "  end })\n"
         "local function raw(id, chat, ms)\n"
         "  return host.raw { update_id = id, message = { text = ms,\n"
         "    chat = { id = chat } } }\n"
         "end\n"
         "sink:handle { raw(1, 5, 30), raw(2, 5, 1), raw(3, 6, 1) }\n"
         "host.sleep(1000)\n"
         "assert(table.concat(order, ' ') == '3 1 2')\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(settle_returns_when_all_wait_for_time),
      cmocka_unit_test(what_is_due_now_happens_before_settle_returns),
      cmocka_unit_test(settle_waits_for_fibers_that_wait_for_each_other),
      cmocka_unit_test(settle_waits_for_real_work),
      cmocka_unit_test(time_passes_by_itself_for_who_waits),
      cmocka_unit_test(what_cannot_happen_ends_the_script),
      cmocka_unit_test(the_end_of_the_main_chunk_is_the_end),
      cmocka_unit_test(what_was_started_since_a_mark_is_cancelled),
      cmocka_unit_test(the_test_itself_may_compute_for_long),
      cmocka_unit_test(timeouts_of_a_sink_are_on_the_virtual_clock),
      cmocka_unit_test(raw_updates_keep_their_ids_in_a_sink),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
