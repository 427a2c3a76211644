/* What a program does with a host through tgrunner.h. */
#include "include/tgrunner.h"

#include "support/spec.h"

#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BOT                                                                    \
  "local tg = require 'tgrunner'\n"                                            \
  "local bot = tg.Bot('123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1')\n"

static char log_text[4096];
static enum tgr_state states[16];
static int state_count;
static int fatals;

static void on_event(void *user, const struct tgr_host_event *event) {
  (void)user;
  if (event->kind == TGR_EVENT_STATE && state_count < 16)
    states[state_count++] = event->state;
  if (event->kind == TGR_EVENT_FATAL)
    fatals++;
  const size_t used = strlen(log_text);
  if (event->kind == TGR_EVENT_LOG && used + event->len + 2 < sizeof log_text)
    snprintf(log_text + used, sizeof log_text - used, "%.*s\n", (int)event->len,
             event->text);
}

static struct tgr_host *new_host(void (*change)(struct tgr_options *)) {
  struct tgr_options options;
  tgr_options_init(&options);
  options.on_event = on_event;
  if (change != NULL)
    change(&options);
  struct tgr_host *host = NULL;
  assert_int_equal(tgr_host_new(&options, &host), TGR_OK);
  return host;
}

static enum tgr_status load(struct tgr_host *host, const char *text) {
  return tgr_host_load_string(host, "spec.lua", text, strlen(text), 0, NULL);
}

static int reset(void **state) {
  (void)state;
  log_text[0] = '\0';
  state_count = fatals = 0;
  return 0;
}

static void no_polling(struct tgr_options *options) {
  options->no_polling = true;
}

static void stays(struct tgr_options *options) {
  options->stays = true;
}

/* ---- functions for scripts ---------------------------------------------- */

static struct tgr_value got[16];
static size_t got_count;
static char got_text[16][64];

static void keep(const struct tgr_value *values, size_t count) {
  got_count = count;
  for (size_t i = 0; i < count; i++) {
    got[i] = values[i];
    if (values[i].text != NULL)
      snprintf(got_text[i], sizeof got_text[i], "%.*s", (int)values[i].len,
               values[i].text);
  }
}

static enum tgr_status take(void *user, const struct tgr_value *args,
                            size_t count, struct tgr_value *result) {
  (void)user;
  keep(args, count);
  *result = (struct tgr_value){
      .type = TGR_JSON, .text = "{\"sum\":[1,2]}", .len = 13};
  return TGR_OK;
}

static enum tgr_status refuse(void *user, const struct tgr_value *args,
                              size_t count, struct tgr_value *result) {
  (void)args;
  (void)count;
  if (user != NULL)
    *result = (struct tgr_value){
        .type = TGR_STRING, .text = user, .len = strlen(user)};
  return TGR_EINVAL;
}

static void a_registered_function_takes_and_gives_values(void **state) {
  (void)state;
  struct tgr_host *host = new_host(NULL);
  assert_int_equal(tgr_host_register(host, "game.take", take, NULL), TGR_OK);
  assert_int_equal(
      load(host, "local r = game.take(nil, true, 7, 1.5, 'text', {a=1})\n"
                 "assert(r.sum[2] == 2)\n"
                 "assert(coroutine.wrap(function() return game.take(1) end)()"
                 ".sum[1] == 1)\n"
                 "game.take(nil, true, 7, 1.5, 'text', {a=1})"),
      TGR_OK);
  assert_int_equal(tgr_host_run(host), TGR_OK);
  assert_int_equal(got_count, 6);
  assert_int_equal(got[0].type, TGR_NIL);
  assert_true(got[1].type == TGR_BOOLEAN && got[1].boolean);
  assert_true(got[2].type == TGR_INTEGER && got[2].integer == 7);
  assert_true(got[3].type == TGR_NUMBER && got[3].number == 1.5);
  assert_int_equal(got[4].type, TGR_STRING);
  assert_string_equal(got_text[4], "text");
  assert_int_equal(got[5].type, TGR_JSON);
  assert_string_equal(got_text[5], "{\"a\":1}");
  tgr_host_free(host);
}

static char no_such[] = "no such thing";

static void a_registered_function_raises_at_the_script_s_line(void **state) {
  (void)state;
  struct tgr_host *host = new_host(NULL);
  assert_int_equal(tgr_host_register(host, "plain", refuse, NULL), TGR_OK);
  assert_int_equal(tgr_host_register(host, "told", refuse, no_such), TGR_OK);
  assert_int_equal(
      load(host, "local ok, err = pcall(plain)\n"
                 "assert(err == 'spec.lua:1: plain: invalid argument', err)\n"
                 "local ok, err = pcall(plain, print)\n"
                 "assert(err:find 'cannot hand a function', err)\n"
                 "\ntold()"),
      TGR_OK);
  assert_int_equal(tgr_host_run(host), TGR_ESCRIPT);
  assert_non_null(strstr(tgr_host_errmsg(host), "spec.lua:6: no such thing"));
  tgr_host_free(host);
}

static void functions_are_registered_before_a_script_is_loaded(void **state) {
  (void)state;
  struct tgr_host *host = new_host(NULL);
  assert_int_equal(tgr_host_register(host, "a b", take, NULL), TGR_EINVAL);
  assert_int_equal(tgr_host_register(host, "a.", take, NULL), TGR_EINVAL);
  assert_int_equal(tgr_host_register(host, "", take, NULL), TGR_EINVAL);
  assert_int_equal(load(host, ""), TGR_OK);
  assert_int_equal(tgr_host_register(host, "a", take, NULL), TGR_ESTATE);
  tgr_host_free(host);
}

/* ---- calls of the script's functions ------------------------------------ */

static enum tgr_status call_status;
static int calls_done;

static void on_done(void *user, enum tgr_status status,
                    const struct tgr_value *values, size_t count) {
  (void)user;
  calls_done++;
  call_status = status;
  keep(values, count);
}

static void step_until_done(struct tgr_host *host, int count) {
  for (int i = 0; i < 20000 && calls_done < count; i++) {
    struct pollfd fd = {.fd = tgr_host_fd(host), .events = POLLIN};
    const int timeout_ms = tgr_host_timeout_ms(host);
    poll(&fd, 1, timeout_ms < 0 || timeout_ms > 100 ? 100 : timeout_ms);
    tgr_host_step(host, 1000);
  }
  assert_int_equal(calls_done, count);
}

static void a_call_runs_a_function_that_may_wait(void **state) {
  (void)state;
  calls_done = 0;
  struct tgr_host *host = new_host(stays);
  assert_int_equal(load(host, "local tg = require 'tgrunner'\n"
                              "game = {}\n"
                              "function game.hit(who, by)\n"
                              "  tg.sleep(1)\n"
                              "  return who.name .. by, 2, nil, { 1 }\n"
                              "end"),
                   TGR_OK);
  const struct tgr_value args[] = {
      {.type = TGR_JSON, .text = "{\"name\":\"a\"}", .len = 12},
      {.type = TGR_INTEGER, .integer = 5}};
  assert_int_equal(tgr_host_call(host, "game.hit", args, 2, on_done, NULL),
                   TGR_OK);
  step_until_done(host, 1);
  assert_int_equal(call_status, TGR_OK);
  assert_int_equal(got_count, 4);
  assert_string_equal(got_text[0], "a5");
  assert_int_equal(got[1].integer, 2);
  assert_int_equal(got[2].type, TGR_NIL);
  assert_string_equal(got_text[3], "[1]");
  tgr_host_free(host);
}

static void a_call_tells_errors_and_the_end(void **state) {
  (void)state;
  calls_done = 0;
  struct tgr_host *host = new_host(stays);
  assert_int_equal(tgr_host_call(host, "f", NULL, 0, on_done, NULL),
                   TGR_ESTATE);
  assert_int_equal(load(host, "function f() error('ouch') end\n"
                              "function g() return print end\n"
                              "function h() require'tgrunner'.sleep(1e9) end"),
                   TGR_OK);
  assert_int_equal(tgr_host_call(host, "f", NULL, 0, on_done, NULL), TGR_OK);
  step_until_done(host, 1);
  assert_int_equal(call_status, TGR_ESCRIPT);
  assert_string_equal(got_text[0], "spec.lua:1: ouch\nstack traceback:\n"
                                   "  spec.lua:1: in function 'f'");
  assert_int_equal(tgr_host_call(host, "none.at.all", NULL, 0, on_done, NULL),
                   TGR_OK);
  step_until_done(host, 2);
  assert_non_null(strstr(got_text[0], "no global function 'none.at.all'"));
  assert_int_equal(tgr_host_call(host, "g", NULL, 0, on_done, NULL), TGR_OK);
  step_until_done(host, 3);
  assert_int_equal(call_status, TGR_ESCRIPT);
  assert_string_equal(got_text[0], "cannot hand a function to the program");
  assert_int_equal(tgr_host_call(host, "f", NULL, 0, NULL, NULL), TGR_OK);
  assert_int_equal(tgr_host_call(host, "h", NULL, 0, on_done, NULL), TGR_OK);
  while (tgr_host_step(host, 1000))
    ;
  assert_non_null(strstr(log_text, "error in f: spec.lua:1: ouch"));
  tgr_host_free(host);
  assert_int_equal(calls_done, 4);
  assert_int_equal(call_status, TGR_ECANCELED);
}

static enum tgr_status again;

static void call_again(void *user, enum tgr_status status,
                       const struct tgr_value *values, size_t count) {
  (void)status;
  (void)values;
  (void)count;
  if (calls_done++ == 0)
    again = tgr_host_call(user, "h", NULL, 0, call_again, user);
}

static void a_call_from_within_a_cancelled_one_is_refused(void **state) {
  (void)state;
  calls_done = 0;
  again = TGR_OK;
  struct tgr_host *host = new_host(stays);
  assert_int_equal(load(host, "function h() require'tgrunner'.sleep(1e9) end"),
                   TGR_OK);
  assert_int_equal(tgr_host_call(host, "h", NULL, 0, call_again, host), TGR_OK);
  while (tgr_host_step(host, 1000))
    ;
  tgr_host_free(host);
  assert_int_equal(again, TGR_ESTATE);
  assert_int_equal(calls_done, 1);
}

/* ---- updates ------------------------------------------------------------ */

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
  for (int i = 0; i < 20000 && counted < 2000; i++) {
    struct pollfd fd = {.fd = tgr_host_fd(host), .events = POLLIN};
    poll(&fd, 1, tgr_host_timeout_ms(host));
    tgr_host_step(host, 500);
  }
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

/* ---- loops -------------------------------------------------------------- */

static void states_are_told_in_order(void **state) {
  (void)state;
  struct tgr_sim_options options;
  tgr_sim_options_init(&options);
  struct tgr_sim *sim = NULL;
  char error[256];
  assert_int_equal(tgr_sim_start(&options, &sim, error, sizeof error), TGR_OK);
  struct tgr_options host_options;
  tgr_options_init(&host_options);
  host_options.on_event = on_event;
  host_options.token = tgr_sim_token(sim);
  host_options.api_root = tgr_sim_url(sim);
  host_options.sim = true;
  struct tgr_host *host = NULL;
  assert_int_equal(tgr_host_new(&host_options, &host), TGR_OK);
  assert_int_equal(tgr_host_state(host), TGR_STATE_IDLE);
  assert_int_equal(tgr_host_since_poll_ms(host), -1);
  assert_int_equal(load(host, "local tg = require 'tgrunner'\n"
                              "tg.run(tg.Bot())"),
                   TGR_OK);
  while (tgr_host_state(host) != TGR_STATE_RUNNING) {
    struct pollfd fd = {.fd = tgr_host_fd(host), .events = POLLIN};
    poll(&fd, 1, tgr_host_timeout_ms(host));
    tgr_host_step(host, 1000);
  }
  assert_in_range(tgr_host_since_poll_ms(host), 0, 60000);
  tgr_host_stop(host, 1000);
  assert_int_equal(tgr_host_run(host), TGR_OK);
  const enum tgr_state expected[] = {TGR_STATE_STARTING, TGR_STATE_RUNNING,
                                     TGR_STATE_STOPPING, TGR_STATE_ENDED};
  assert_int_equal(state_count, 4);
  assert_memory_equal(states, expected, sizeof expected);
  assert_false(tgr_host_step(host, 1000));
  assert_int_equal(fatals, 0);
  tgr_host_free(host);
  tgr_sim_stop(sim);
}

static void a_fatal_end_is_an_event(void **state) {
  (void)state;
  struct tgr_host *host = new_host(NULL);
  assert_int_equal(load(host, "error 'ouch'"), TGR_OK);
  assert_int_equal(tgr_host_run(host), TGR_ESCRIPT);
  assert_int_equal(fatals, 1);
  assert_int_equal(tgr_host_state(host), TGR_STATE_ENDED);
  tgr_host_free(host);
}

static void a_step_keeps_to_its_budget_by_one_item(void **state) {
  (void)state;
  struct tgr_host *host = new_host(NULL);
  assert_int_equal(
      load(host, "local tg = require 'tgrunner'\n"
                 "for i = 1, 20 do tg.spawn(function()\n"
                 "  local t = os.clock() while os.clock() - t < 0.002 do end\n"
                 "end) end"),
      TGR_OK);
  int steps = 0;
  while (tgr_host_step(host, 100)) {
    assert_int_equal(tgr_host_timeout_ms(host), 0);
    steps++;
  }
  assert_in_range(steps, 19, 40);
  assert_int_equal(tgr_host_state(host), TGR_STATE_ENDED);
  tgr_host_free(host);
}

static enum tgr_status give_no_type(void *user, const struct tgr_value *args,
                                    size_t count, struct tgr_value *result) {
  (void)user;
  (void)args;
  (void)count;
  result->type = (enum tgr_type)99;
  return TGR_OK;
}

static void what_no_enum_has_is_refused(void **state) {
  (void)state;
  struct tgr_options options;
  struct tgr_host *host = NULL;
  tgr_options_init(&options);
  assert_int_equal(tgr_host_new(NULL, &host), TGR_EINVAL);
  assert_int_equal(tgr_host_new(&options, NULL), TGR_EINVAL);
  options.sandbox = (enum tgr_sandbox)77;
  assert_int_equal(tgr_host_new(&options, &host), TGR_EINVAL);
  tgr_options_init(&options);
  options.log_level = (enum tgr_level)55;
  assert_int_equal(tgr_host_new(&options, &host), TGR_EINVAL);
  host = new_host(stays);
  assert_int_equal(tgr_host_register(host, "odd", give_no_type, NULL), TGR_OK);
  assert_int_equal(load(host, "local ok, err = pcall(odd)\n"
                              "assert(not ok and err:find 'known type', err)"),
                   TGR_OK);
  const struct tgr_value odd = {.type = (enum tgr_type)99};
  assert_int_equal(tgr_host_call(host, "f", &odd, 1, NULL, NULL), TGR_EINVAL);
  assert_non_null(strstr(tgr_host_errmsg(host), "known types"));
  tgr_host_stop(host, 0);
  assert_int_equal(tgr_host_run(host), TGR_OK);
  tgr_host_free(host);
}

static void what_is_missing_is_refused(void **state) {
  (void)state;
  struct tgr_host *host = new_host(stays);
  assert_int_equal(tgr_host_register(host, "x", NULL, NULL), TGR_EINVAL);
  assert_int_equal(tgr_host_register(host, NULL, take, NULL), TGR_EINVAL);
  assert_int_equal(tgr_host_feed_update(host, NULL, 0), TGR_EINVAL);
  assert_int_equal(tgr_host_load_file(host, NULL, 0, NULL), TGR_EINVAL);
  assert_int_equal(tgr_host_load_string(host, "x", "", 0, -1, NULL),
                   TGR_EINVAL);
  assert_int_equal(tgr_host_load_string(host, "x", "", 0, 1, NULL), TGR_EINVAL);
  assert_int_equal(load(host, ""), TGR_OK);
  assert_int_equal(tgr_host_call(host, NULL, NULL, 0, NULL, NULL), TGR_EINVAL);
  assert_int_equal(tgr_host_call(host, "f", NULL, 1, NULL, NULL), TGR_EINVAL);
  tgr_host_free(host);
}

static void pure(struct tgr_options *options) {
  options->sandbox = TGR_SANDBOX_PURE;
}

static void names_of_functions_do_not_clash(void **state) {
  (void)state;
  struct tgr_host *host = new_host(pure);
  assert_int_equal(tgr_host_register(host, "os.now", take, NULL), TGR_OK);
  assert_int_equal(tgr_host_register(host, "nat", take, NULL), TGR_OK);
  assert_int_equal(tgr_host_register(host, "nat", take, NULL), TGR_EINVAL);
  assert_int_equal(tgr_host_register(host, "nat.sub", take, NULL), TGR_EINVAL);
  assert_int_equal(tgr_host_register(host, "os", take, NULL), TGR_EINVAL);
  assert_int_equal(tgr_host_register(host, "nation", take, NULL), TGR_OK);
  assert_int_equal(load(host, "os.now() nat() nation()"), TGR_OK);
  assert_int_equal(tgr_host_run(host), TGR_OK);
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

static bool is_silent(struct tgr_host *host) {
  struct pollfd fd = {.fd = tgr_host_fd(host), .events = POLLIN};
  return tgr_host_timeout_ms(host) == -1 && poll(&fd, 1, 0) == 0;
}

static void an_ended_host_lets_a_poll_loop_sleep(void **state) {
  (void)state;
  struct tgr_host *host = new_host(NULL);
  assert_int_equal(load(host, "local tg = require 'tgrunner'\n"
                              "for i = 1, 100 do tg.spawn(function()\n"
                              "  tg.sleep(0)\n"
                              "  print 'behind the end'\n"
                              "end) end\n"
                              "tg.spawn(tg.sleep, 1e6)\n"
                              "os.exit(3)"),
                   TGR_OK);
  while (tgr_host_state(host) != TGR_STATE_ENDED)
    tgr_host_step(host, 1000);
  assert_false(tgr_host_step(host, 1000));
  assert_true(is_silent(host));
  tgr_host_wakeup(host);
  tgr_host_stop(host, 0);
  assert_false(tgr_host_step(host, 1000));
  assert_true(is_silent(host));
  assert_int_equal(tgr_host_exit_code(host), 3);
  assert_null(strstr(log_text, "behind the end"));
  tgr_host_free(host);
}

static void a_stop_before_the_load_stops_the_script(void **state) {
  (void)state;
  struct tgr_host *host = new_host(NULL);
  tgr_host_stop(host, 0);
  tgr_host_step(host, 1000);
  assert_int_equal(load(host, "require 'tgrunner'.sleep(1e9)"), TGR_OK);
  assert_int_equal(tgr_host_run(host), TGR_OK);
  assert_int_equal(tgr_host_state(host), TGR_STATE_ENDED);
  tgr_host_free(host);
}

static void run_again(void *user, enum tgr_status status,
                      const struct tgr_value *values, size_t count) {
  (void)status;
  (void)values;
  (void)count;
  again = tgr_host_run(user);
  calls_done++;
}

static void a_run_within_a_step_is_refused(void **state) {
  (void)state;
  calls_done = 0;
  struct tgr_host *host = new_host(stays);
  assert_int_equal(load(host, "function f() end"), TGR_OK);
  assert_int_equal(tgr_host_call(host, "f", NULL, 0, run_again, host), TGR_OK);
  tgr_host_stop(host, 60000); /* so that a run would come back */
  step_until_done(host, 1);
  assert_int_equal(again, TGR_ESTATE);
  tgr_host_free(host);
}

static size_t live_bytes;
static size_t peak_bytes;

static void *resize(void *user, void *ptr, size_t size) {
  (void)user;
  live_bytes -= ptr != NULL ? malloc_usable_size(ptr) : 0;
  if (size == 0) {
    free(ptr);
    return NULL;
  }
  void *fresh = realloc(ptr, size);
  live_bytes += fresh != NULL ? malloc_usable_size(fresh) : 0;
  peak_bytes = live_bytes > peak_bytes ? live_bytes : peak_bytes;
  return fresh;
}

static void counting(struct tgr_options *options) {
  options->resize = resize;
}

/* 100 MB of garbage, a little of it a turn. */
static void garbage_is_collected_in_steps_of_any_budget(void **state) {
  (void)state;
  static const uint64_t budgets[] = {0, 100, 100000};
  for (size_t i = 0; i < sizeof budgets / sizeof *budgets; i++) {
    live_bytes = peak_bytes = 0;
    struct tgr_host *host = new_host(counting);
    assert_int_equal(load(host, "local tg = require 'tgrunner'\n"
                                "for i = 1, 1000 do\n"
                                "  for k = 1, 1000 do local t = { k } end\n"
                                "  tg.sleep(0)\n"
                                "end"),
                     TGR_OK);
    while (tgr_host_state(host) != TGR_STATE_ENDED)
      tgr_host_step(host, budgets[i]);
    assert_int_equal(tgr_host_run(host), TGR_OK);
    assert_in_range(peak_bytes, 1, 16 << 20);
    tgr_host_free(host);
    assert_int_equal(live_bytes, 0);
  }
}

static void *wake(void *user) {
  const struct timespec span = {.tv_nsec = 20000000};
  nanosleep(&span, NULL);
  tgr_host_wakeup(user);
  return NULL;
}

static void a_wakeup_makes_the_descriptor_readable(void **state) {
  (void)state;
  struct tgr_host *host = new_host(stays);
  assert_int_equal(load(host, ""), TGR_OK);
  while (tgr_host_step(host, 1000))
    ;
  assert_int_equal(tgr_host_timeout_ms(host), -1);
  pthread_t thread;
  assert_int_equal(pthread_create(&thread, NULL, wake, host), 0);
  struct pollfd fd = {.fd = tgr_host_fd(host), .events = POLLIN};
  assert_int_equal(poll(&fd, 1, 30000), 1);
  pthread_join(thread, NULL);
  while (tgr_host_step(host, 1000))
    ;
  assert_int_equal(poll(&fd, 1, 0), 0);
  tgr_host_free(host);
}

static void a_script_that_cannot_start_leaves_room_for_another(void **state) {
  (void)state;
  struct tgr_host *host = new_host(NULL);
  assert_int_equal(load(host, "syntax error"), TGR_ESYNTAX);
  assert_int_equal(tgr_host_run(host), TGR_ESTATE);
  assert_int_equal(load(host, "return 3"), TGR_OK);
  assert_int_equal(load(host, "return 4"), TGR_ESTATE);
  assert_int_equal(tgr_host_run(host), TGR_OK);
  assert_int_equal(tgr_host_exit_code(host), 3);
  tgr_host_free(host);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(a_registered_function_takes_and_gives_values,
                             reset),
      cmocka_unit_test_setup(a_registered_function_raises_at_the_script_s_line,
                             reset),
      cmocka_unit_test_setup(functions_are_registered_before_a_script_is_loaded,
                             reset),
      cmocka_unit_test_setup(a_call_runs_a_function_that_may_wait, reset),
      cmocka_unit_test_setup(a_call_tells_errors_and_the_end, reset),
      cmocka_unit_test_setup(what_no_enum_has_is_refused, reset),
      cmocka_unit_test_setup(what_is_missing_is_refused, reset),
      cmocka_unit_test_setup(names_of_functions_do_not_clash, reset),
      cmocka_unit_test_setup(an_update_that_is_fed_early_is_kept, reset),
      cmocka_unit_test_setup(an_ended_host_lets_a_poll_loop_sleep, reset),
      cmocka_unit_test_setup(a_stop_before_the_load_stops_the_script, reset),
      cmocka_unit_test_setup(a_run_within_a_step_is_refused, reset),
      cmocka_unit_test_setup(a_call_from_within_a_cancelled_one_is_refused,
                             reset),
      cmocka_unit_test_setup(updates_are_fed_from_any_thread, reset),
      cmocka_unit_test_setup(a_fed_update_has_to_be_one, reset),
      cmocka_unit_test_setup(states_are_told_in_order, reset),
      cmocka_unit_test_setup(a_fatal_end_is_an_event, reset),
      cmocka_unit_test_setup(a_step_keeps_to_its_budget_by_one_item, reset),
      cmocka_unit_test_setup(garbage_is_collected_in_steps_of_any_budget,
                             reset),
      cmocka_unit_test_setup(a_wakeup_makes_the_descriptor_readable, reset),
      cmocka_unit_test_setup(a_script_that_cannot_start_leaves_room_for_another,
                             reset),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
