/* What a script still sees when a stop's deadline has passed. */
#include "host/app/host_fixture.h"

enum { TURNS_MAX = 600 }; /* of 100 ms at most */

static char said[256];

static enum tgr_status say(void *user, const struct tgr_value *args,
                           size_t count, struct tgr_value *result) {
  (void)user;
  (void)result;
  for (size_t i = 0; i < count; i++)
    strncat(said, args[i].text, sizeof said - strlen(said) - 1);
  return TGR_OK;
}

static struct tgr_host *new_talking_host(const char *script) {
  said[0] = '\0';
  struct tgr_host *host = new_host(no_polling);
  assert_int_equal(tgr_host_register(host, "say", say, NULL), TGR_OK);
  assert_int_equal(load(host, script), TGR_OK);
  return host;
}

static void feed(struct tgr_host *host, int id) {
  char update[160];
  const int len =
      snprintf(update, sizeof update,
               "{\"update_id\":%d,\"message\":{\"message_id\":1,\"date\":1,"
               "\"text\":\"x\",\"chat\":{\"id\":1,\"type\":\"private\"}}}",
               id);
  assert_int_equal(tgr_host_feed_update(host, update, (size_t)len), TGR_OK);
}

static void step_until_said(struct tgr_host *host, const char *text) {
  for (int i = 0; i < TURNS_MAX && strcmp(said, text) != 0; i++)
    poll_and_step(host);
  assert_string_equal(said, text);
}

static void who_waits_for_a_runner_goes_on_behind_the_deadline(void **state) {
  (void)state;
  struct tgr_host *host =
      new_talking_host(BOT "bot:on('message', function()\n"
                           "  say 'hangs ' tg.sleep(1e9)\n"
                           "end)\n"
                           "local handle = tg.run(bot)\n"
                           "handle:task():wait()\n"
                           "say(handle:stats().state .. ' ')\n"
                           "tg.sleep(1)\n"
                           "say 'cleaned up'");
  feed(host, 1);
  step_until_said(host, "hangs ");
  tgr_host_stop(host, 20);
  assert_int_equal(tgr_host_run(host), TGR_OK);
  assert_string_equal(said, "hangs stopped cleaned up");
  assert_non_null(strstr(told.log, "stop: 1 update was cut off before it had "
                                   "ended: 1;"));
  tgr_host_free(host);
}

static void what_never_ends_is_ended_behind_the_deadline(void **state) {
  (void)state;
  struct tgr_host *host =
      new_talking_host(BOT "bot:on('message', function()\n"
                           "  say 'hangs ' tg.sleep(1e9)\n"
                           "end)\n"
                           "local handle = tg.run(bot)\n"
                           "handle:task():wait()\n"
                           "local _ <close> = setmetatable({}, {\n"
                           "  __close = function() say 'closed' end})\n"
                           "tg.sleep(1e9)\n"
                           "say 'not reached'");
  feed(host, 1);
  step_until_said(host, "hangs ");
  tgr_host_stop(host, 20);
  assert_int_equal(tgr_host_run(host), TGR_OK);
  assert_string_equal(said, "hangs closed");
  tgr_host_free(host);
}

/* The runner is started whenever it has ended: a stop ends the script. */
static void a_runner_that_begins_anew_does_not_outlast_a_stop(void **state) {
  (void)state;
  struct tgr_host *host =
      new_talking_host(BOT "bot:on('message', function()\n"
                           "  say 'hangs' tg.sleep(1e9)\n"
                           "end)\n"
                           "local handle = tg.run(bot)\n"
                           "while true do\n"
                           "  handle:task():wait() handle:start()\n"
                           "end");
  feed(host, 1);
  step_until_said(host, "hangs");
  tgr_host_stop(host, 20);
  assert_int_equal(tgr_host_run(host), TGR_OK);
  tgr_host_free(host);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(who_waits_for_a_runner_goes_on_behind_the_deadline,
                             reset),
      cmocka_unit_test_setup(what_never_ends_is_ended_behind_the_deadline,
                             reset),
      cmocka_unit_test_setup(a_runner_that_begins_anew_does_not_outlast_a_stop,
                             reset),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
