/* Updates that a program feeds. */
#include "host/app/host_fixture.h"

#include <pthread.h>
#include <sched.h>

static const char update[] =
    "{\"update_id\":%d,\"message\":{\"message_id\":1,\"date\":1,\"text\":"
    "\"hi\",\"chat\":{\"id\":1,\"type\":\"private\"}}}";

static enum tgr_status feed(struct tgr_host *host, int id) {
  char text[256];
  const int len = snprintf(text, sizeof text, update, id);
  return tgr_host_feed_update(host, text, (size_t)len);
}

static int counted;

static enum tgr_status count_one(void *user, const struct tgr_value *args,
                                 size_t count, struct tgr_value *result) {
  (void)user;
  (void)args;
  (void)count;
  (void)result;
  counted++;
  return TGR_OK;
}

static void *feed_many(void *user) {
  for (int i = 1; i <= 1000; i++)
    while (feed(user, i) == TGR_ELIMIT)
      sched_yield();
  return NULL;
}

static void updates_are_fed_from_any_thread(void **state) {
  (void)state;
  counted = 0;
  struct tgr_host *host = new_host(no_polling);
  assert_int_equal(tgr_host_register(host, "count", count_one, NULL), TGR_OK);
  assert_int_equal(
      load(host, BOT "local n = 0\n"
                     "bot:on('message', function(ctx)\n"
                     "  n = n + 1\n"
                     "  tg.sleep(1)\n"
                     "  count()\n"
                     "end)\n"
                     "local handle = tg.run(bot, { sink = { concurrency = 50,"
                     " } })\n"),
      TGR_OK);
  pthread_t threads[2];
  for (int i = 0; i < 2; i++)
    assert_int_equal(pthread_create(&threads[i], NULL, feed_many, host), 0);
  for (int i = 0; i < 20000 && counted < 2000; i++)
    poll_and_step(host);
  for (int i = 0; i < 2; i++)
    pthread_join(threads[i], NULL);
  assert_int_equal(counted, 2000);
  tgr_host_stop(host, 1000);
  assert_int_equal(tgr_host_run(host), TGR_OK);
  assert_int_equal(tgr_host_feed_update(host, "{}", 2), TGR_ESTATE);
  tgr_host_free(host);
}

static void a_fed_update_has_to_be_one(void **state) {
  (void)state;
  struct tgr_host *host = new_host(no_polling);
  assert_int_equal(tgr_host_feed_update(host, "[", 1), TGR_ESYNTAX);
  assert_int_equal(tgr_host_feed_update(host, "{}", 2), TGR_EINVAL);
  for (int i = 0; i < 10000; i++)
    assert_int_equal(feed(host, i + 1), TGR_OK);
  assert_int_equal(feed(host, 1), TGR_ELIMIT);
  tgr_host_free(host);
}

static void an_update_that_is_fed_early_is_kept(void **state) {
  (void)state;
  counted = 0;
  struct tgr_host *host = new_host(no_polling);
  assert_int_equal(tgr_host_register(host, "count", count_one, NULL), TGR_OK);
  assert_int_equal(feed(host, 1), TGR_OK);
  tgr_host_step(host, 1000);
  assert_int_equal(load(host, BOT "bot:on('message', function() count() end)\n"
                                  "tg.run(bot)"),
                   TGR_OK);
  for (int i = 0; i < 1000 && counted == 0; i++)
    tgr_host_step(host, 1000);
  assert_int_equal(counted, 1);
  tgr_host_free(host);
  host = new_host(no_polling);
  assert_int_equal(feed(host, 1), TGR_OK);
  tgr_host_step(host, 1000);
  tgr_host_free(host); /* nothing of it is left: the sanitizers look */
}

static void small_states(struct tgr_options *options) {
  options->no_polling = true;
  options->memory_soft = 8u << 20;
  options->memory_hard = 12u << 20;
}

/* The first breaks its state while the others wait: for its chat, or a slot. */
static void break_with(const char *sink) {
  static const char text[] =
      BOT "local broken = count()\n"
          "bot:on('message', function(ctx)\n"
          "  local kept = {}\n"
          "  while ctx.update_id == 1 do pcall(function()\n"
          "    while true do kept[#kept + 1] = { #kept } end end)\n"
          "  end\n"
          "  tg.log.warn('had ' .. ctx.update_id)\n"
          "end)\n"
          "tg.run(bot, { sink = { %s } })";
  char script[1024];
  snprintf(script, sizeof script, text, sink);
  memset(&told, 0, sizeof told);
  counted = 0;
  struct tgr_host *host = new_host(small_states);
  assert_int_equal(tgr_host_register(host, "count", count_one, NULL), TGR_OK);
  for (int i = 1; i <= 5; i++)
    assert_int_equal(feed(host, i), TGR_OK);
  assert_int_equal(load(host, script), TGR_OK);
  for (int i = 0; i < 20000 && strstr(told.log, "had 5") == NULL; i++)
    poll_and_step(host);
  assert_int_equal(counted, 2); /* states */
  static const char *const lines[] = {"had 2", "had 3", "had 4", "had 5"};
  const char *at = told.log;
  for (size_t i = 0; i < 4; i++) {
    at = strstr(at, lines[i]);
    assert_non_null(at);
  }
  tgr_host_free(host);
}

static void
updates_that_wait_go_over_to_a_state_that_is_loaded_anew(void **state) {
  (void)state;
  break_with("sequentialize = 'chat'");
  break_with("concurrency = 1");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(an_update_that_is_fed_early_is_kept, reset),
      cmocka_unit_test_setup(updates_are_fed_from_any_thread, reset),
      cmocka_unit_test_setup(
          updates_that_wait_go_over_to_a_state_that_is_loaded_anew, reset),
      cmocka_unit_test_setup(a_fed_update_has_to_be_one, reset),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
