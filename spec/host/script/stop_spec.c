/* A stop without a deadline, of a script that has no runner. */
#include "script/stop.h"

#include "script/state.h"

#include "support/spec.h"

#include <stdio.h>
#include <string.h>

enum { LOOK_US = 500000, MINUTE = 120 /* looks */ };

struct world {
  struct tgr_loop loop;
  struct tgr_http *http;
  struct tgr_log log;
  struct tgr_script *script;
  uint64_t now_us;
  bool ended;
  char said[256]; /* the last line */
};

static struct world it;

static void keep_line(void *user, enum tgr_log_level level, const char *text,
                      size_t len) {
  (void)user;
  (void)level;
  snprintf(it.said, sizeof it.said, "%.*s", (int)len, text);
}

static void on_end(void *user, const struct tgr_script_end *end) {
  (void)user;
  assert_int_equal(end->status, TGR_OK);
  assert_int_equal(end->exit_code, 0);
  it.ended = true;
}

/* Does all that is to be done at the present time. */
static void turn(void) {
  while (tgr_loop_step(&it.loop, UINT64_MAX))
    ;
}

/* Lets so many looks of the stop pass. */
static void pass(int looks) {
  for (int i = 0; i < looks; i++) {
    it.now_us += LOOK_US;
    tgr_timers_advance(&it.loop.timers, it.now_us);
    turn();
  }
}

/* Starts a script, and asks it to stop. */
static void begin(const char *text) {
  memset(&it, 0, sizeof it);
  it.log = (struct tgr_log){
      .mem = &tgr_mem_libc, .threshold = TGR_LOG_WARN, .write = keep_line};
  assert_int_equal(tgr_loop_init(&it.loop, &tgr_mem_libc), TGR_OK);
  assert_int_equal(tgr_http_new(&tgr_mem_libc, &it.loop, NULL, &it.http),
                   TGR_OK);
  const struct tgr_script_env env = {
      .mem = &tgr_mem_libc, .log = &it.log, .loop = &it.loop, .http = it.http};
  struct tgr_error error;
  assert_int_equal(tgr_script_new(&env, &it.script, &error), TGR_OK);
  it.script->on_end = on_end;
  assert_int_equal(
      tgr_script_start(it.script, "-e", text, strlen(text), 0, NULL, &error),
      TGR_OK);
  turn();
  it.now_us = it.loop.timers.now_us;
  tgr_script_stop(it.script, UINT64_MAX);
}

static void end(void) {
  tgr_script_free(it.script);
  tgr_http_free(it.http);
  tgr_loop_deinit(&it.loop);
}

static void it_may_sleep_for_a_minute_and_ends_then(void **state) {
  (void)state;
  begin("require('tgrunner.host').sleep(1000000000)");
  pass(MINUTE - 1);
  assert_false(it.ended);
  pass(1);
  assert_true(it.ended);
  assert_string_equal(it.said, "stop: no update is left; ended 1 task that "
                               "only slept for 60 s");
  end();
}

static void it_goes_on_for_as_long_as_it_does_something(void **state) {
  (void)state;
  begin("local host = require 'tgrunner.host'\n"
        "while true do\n"
        "  local done = host.event()\n"
        "  host.spawn(function() done:set() end)\n"
        "  done:wait()\n"
        "  host.sleep(400)\n"
        "end");
  pass(3 * MINUTE);
  assert_false(it.ended);
  end();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(it_may_sleep_for_a_minute_and_ends_then),
      cmocka_unit_test(it_goes_on_for_as_long_as_it_does_something),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
