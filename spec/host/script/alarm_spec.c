/* Timers and the functions that run at a script's end. */
#include "script/alarm.h"
#include "script/state.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

static struct tgr_loop loop;
static struct tgr_http *http;
static struct spec_mem mem;
static struct tgr_script *script;
static char seen[256];   /* what the script noted */
static char logged[256]; /* the last line */
static long fail_in;     /* requests behind the mark; 0: none fails */

static void keep_line(void *user, enum tgr_log_level level, const char *text,
                      size_t len) {
  (void)user;
  (void)level;
  snprintf(logged, sizeof logged, "%.*s", (int)len, text);
}

static struct tgr_log log_kept = {.threshold = TGR_LOG_DEBUG,
                                  .write = keep_line};

static void on_end(void *user, const struct tgr_script_end *end) {
  (void)user;
  (void)end;
  tgr_loop_quit(&loop);
}

/* For scripts: adds a word to `seen`. */
static int note(lua_State *L) {
  const size_t used = strlen(seen);
  snprintf(seen + used, sizeof seen - used, "%s ", luaL_tolstring(L, 1, NULL));
  return 0;
}

/* Soon there is memory again. */
static struct tgr_timer relief;

static void on_relief(struct tgr_timer *timer) {
  (void)timer;
  mem.fail_at = 0;
}

/* For scripts: from here on memory runs out, for a moment. */
static int mark(lua_State *L) {
  (void)L;
  mem.fail_at = fail_in == 0 ? 0 : mem.requests + fail_in;
  tgr_timer_start_ms(&loop.timers, &relief, 20);
  return 0;
}

/* Runs a script to its end, and frees it. */
static void run_script(const char *body) {
  char text[2048];
  snprintf(text, sizeof text, "local host = require 'tgrunner.host'\n%s", body);
  spec_mem_init(&mem);
  *seen = *logged = '\0';
  assert_int_equal(tgr_loop_init(&loop, &mem.mem), TGR_OK);
  assert_int_equal(tgr_http_new(&mem.mem, &loop, NULL, &http), TGR_OK);
  log_kept.mem = &mem.mem;
  const struct tgr_script_env env = {
      .mem = &mem.mem, .log = &log_kept, .loop = &loop, .http = http};
  struct tgr_error error;
  assert_int_equal(tgr_script_new(&env, &script, &error), TGR_OK);
  script->on_end = on_end;
  lua_register(script->L, "note", note);
  lua_register(script->L, "mark", mark);
  tgr_timer_init(&relief, on_relief);
  assert_int_equal(
      tgr_script_start(script, "spec.lua", text, strlen(text), 0, NULL, &error),
      TGR_OK);
  tgr_loop_run(&loop);
  mem.fail_at = 0;
  tgr_timer_stop(&loop.timers, &relief);
  tgr_script_free(script);
  tgr_http_free(http);
  tgr_loop_deinit(&loop);
  assert_int_equal(mem.live, 0);
}

static void a_timer_calls_its_function_later_where_it_can_wait(void **state) {
  (void)state;
  run_script("local done = host.event()\n"
             "host.timer(1, function(a, b)\n"
             "  note(a) host.sleep(1) note(b) done:set()\n"
             "end, 'one', 'two')\n"
             "note 'first'\n"
             "done:wait()\n");
  assert_string_equal(seen, "first one two ");
}

static void timers_fire_in_order_and_not_when_stopped(void **state) {
  (void)state;
  run_script("host.timer(6, note, 'c')\n"
             "local stopped = host.timer(2, note, 'b')\n"
             "host.timer(1, note, 'a')\n"
             "stopped:stop() stopped:stop()\n"
             "collectgarbage()\n"
             "host.sleep(12)\n");
  assert_string_equal(seen, "a c ");
}

static void a_timer_keeps_no_script_alive(void **state) {
  (void)state;
  run_script("host.timer(3600000, note, 'late')\n"
             "host.timer(math.maxinteger, note, 'never')\n");
  assert_string_equal(seen, "");
}

static void the_error_of_a_timer_is_logged(void **state) {
  (void)state;
  run_script("host.timer(0, function() error 'oops' end)\n"
             "host.sleep(3)\n");
  assert_non_null(strstr(logged, "error in a timer's function"));
  assert_non_null(strstr(logged, "oops"));
}

static void wrong_arguments_are_refused(void **state) {
  (void)state;
  run_script("note(pcall(host.timer, -1, note))\n"
             "note(pcall(host.timer, 1, 'note'))\n"
             "note(pcall(host.at_close, 1))\n");
  assert_string_equal(seen, "false false false ");
}

static void the_end_comes_behind_all_else_the_last_first(void **state) {
  (void)state;
  run_script("host.at_close(function(died) note(died) error 'at the end' end)\n"
             "host.at_close(function()\n"
             "  note(pcall(host.sleep, 1))\n"
             "  host.spawn(note, 'not run')\n"
             "  host.timer(0, note, 'not run')\n"
             "end)\n"
             "host.spawn(function()\n"
             "  local _ <close> = setmetatable({}, { __close = function()\n"
             "    note 'task' end })\n"
             "  host.sleep(1000)\n"
             "end)\n"
             "host.sleep(1)\n"
             "os.exit(0)\n");
  assert_string_equal(seen, "task false false ");
  assert_non_null(strstr(logged, "error at the end of a script: "));
  assert_non_null(strstr(logged, "at the end"));
}

/* The timer fires all the same, if later; its function may have none, too. */
static void a_timer_outlasts_a_lack_of_memory(void **state) {
  (void)state;
  fail_in = 0;
  do {
    run_script("local done = host.event()\n"
               "collectgarbage()\n"
               "mark()\n"
               "host.timer(0, done.set, done)\n"
               "note 'set'\n"
               "if done:wait(3000) then note 'fired' end\n");
    assert_true(strcmp(seen, "set fired ") == 0 ||
                (fail_in > 0 && (*seen == '\0' || strcmp(seen, "set ") == 0)));
    fail_in++;
  } while (fail_in < 20);
  assert_string_equal(seen, "set fired ");
  fail_in = 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_timer_calls_its_function_later_where_it_can_wait),
      cmocka_unit_test(timers_fire_in_order_and_not_when_stopped),
      cmocka_unit_test(a_timer_keeps_no_script_alive),
      cmocka_unit_test(the_error_of_a_timer_is_logged),
      cmocka_unit_test(wrong_arguments_are_refused),
      cmocka_unit_test(the_end_comes_behind_all_else_the_last_first),
      cmocka_unit_test(a_timer_outlasts_a_lack_of_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
