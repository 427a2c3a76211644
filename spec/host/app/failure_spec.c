/* Memory runs out at the 1st, 2nd, 3rd … request on the way through a host's
 * life: create, load, one update, one API call, calls of the script's
 * functions, stop, free. Each time it ends cleanly, with an error or without,
 * and nothing is left. */
#include "include/tgrunner.h"

#include "support/spec.h"

#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Under AddressSanitizer each of Lua's blocks is a request of its own, and a
 * life takes ten times as long: samples of them. */
#ifdef __SANITIZE_ADDRESS__
enum { RUNS_MAX = 60, ONE_BY_ONE = 20 };
#else
enum { RUNS_MAX = 1500, ONE_BY_ONE = 200 };
#endif
enum { PATIENCE_MS = 20000, STOP_MS = 50 };

static struct {
  long requests;
  long live;
  long fail_at;  /* 0: never */
  bool for_good; /* all later ones fail, too */
} memory;

static struct tgr_sim *sim;

static void *resize(void *user, void *ptr, size_t size) {
  (void)user;
  if (size == 0) {
    memory.live -= ptr != NULL;
    free(ptr);
    return NULL;
  }
  const long number = ++memory.requests;
  if (memory.fail_at != 0 && (number == memory.fail_at ||
                              (memory.for_good && number > memory.fail_at)))
    return NULL;
  void *fresh = realloc(ptr, size);
  memory.live += ptr == NULL && fresh != NULL;
  return fresh;
}

static const char script[] =
    "local tg = require 'tgrunner'\n"
    "function fail() error(('x'):rep(20000)) end\n"
    "function fail_oddly() error(setmetatable({}, {\n"
    "  __tostring = function() error {} end})) end\n"
    "function tables(t) return t, { t, { ('y'):rep(20000) } } end\n"
    "local bot = tg.Bot()\n"
    "bot:on('message:text', function(ctx)\n"
    "  ctx:reply('you said ' .. ctx.text)\n"
    "  done()\n"
    "end)\n"
    "bot:catch(function() done() end)\n"
    "tg.run(bot, { sink = { sequentialize = 'chat' } })";

static const char update[] =
    "{\"update_id\":1,\"message\":{\"message_id\":1,\"date\":1,\"text\":\"hi\","
    "\"chat\":{\"id\":1000,\"type\":\"private\"}}}";

static bool done;

static enum tgr_status on_done(void *user, const struct tgr_value *args,
                               size_t count, struct tgr_value *result) {
  (void)user;
  (void)args;
  (void)count;
  (void)result;
  done = true;
  return TGR_OK;
}

/* Calls of the script's functions that were taken, and whose end was told. */
static int calls;
static int told;

static void on_told(void *user, enum tgr_status status,
                    const struct tgr_value *values, size_t count) {
  (void)user;
  told++;
  if (status == TGR_ESCRIPT && count == 1)
    assert_int_equal(strlen(values[0].text), values[0].len);
}

static void call(struct tgr_host *host) {
  static const char *const names[] = {"fail", "fail_oddly", "tables"};
  const struct tgr_value args[] = {
      {.type = TGR_JSON, .text = "{\"a\":[1,2]}", .len = 11}};
  for (int i = 0; i < 3; i++)
    calls += tgr_host_call(host, names[i], args, 1, on_told, NULL) == TGR_OK;
}

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Until the handler is through, or cannot get through. */
static void run_some(struct tgr_host *host) {
  const int64_t end_ms = now_ms() + (memory.fail_at != 0 ? 100 : PATIENCE_MS);
  while ((!done || told < calls) && tgr_host_state(host) != TGR_STATE_ENDED &&
         now_ms() < end_ms) {
    struct pollfd fd = {.fd = tgr_host_fd(host), .events = POLLIN};
    const int timeout_ms = tgr_host_timeout_ms(host);
    poll(&fd, 1, timeout_ms < 0 || timeout_ms > 10 ? 10 : timeout_ms);
    tgr_host_step(host, 1000);
  }
}

/* One host's life. */
static void live(void) {
  struct tgr_options options;
  tgr_options_init(&options);
  options.token = tgr_sim_token(sim);
  options.api_root = tgr_sim_url(sim);
  options.sim = true;
  options.resize = resize;
  options.no_polling = true;
  struct tgr_host *host = NULL;
  if (tgr_host_new(&options, &host) != TGR_OK)
    return;
  if (tgr_host_register(host, "done", on_done, NULL) == TGR_OK &&
      tgr_host_load_string(host, "-e", script, sizeof script - 1, 0, NULL) ==
          TGR_OK &&
      tgr_host_feed_update(host, update, sizeof update - 1) == TGR_OK) {
    call(host);
    run_some(host);
  }
  tgr_host_stop(host, STOP_MS);
  if (tgr_host_state(host) != TGR_STATE_IDLE)
    (void)tgr_host_run(host);
  tgr_host_free(host);
  assert_int_equal(told, calls);
}

static void start(void) {
  done = false;
  calls = told = 0;
  live();
}

static void walk(bool for_good) {
  memset(&memory, 0, sizeof memory);
  start();
  assert_true(done);
  assert_int_equal(calls, 3);
  assert_int_equal(memory.live, 0);
  const long total = memory.requests;
  const long stride = total / RUNS_MAX + 1;
  for (long i = 1; i <= total; i += i < ONE_BY_ONE ? 1 : stride) {
    memory.requests = 0;
    memory.fail_at = i;
    memory.for_good = for_good;
    start();
    if (memory.live != 0)
      print_error("%ld blocks are left when request %ld fails\n", memory.live,
                  i);
    assert_int_equal(memory.live, 0);
  }
}

static void one_request_fails(void **state) {
  (void)state;
  walk(false);
}

static void all_requests_fail_from_one_on(void **state) {
  (void)state;
  walk(true);
}

static int setup(void **state) {
  (void)state;
  struct tgr_sim_options options;
  tgr_sim_options_init(&options);
  char error[256];
  return tgr_sim_start(&options, &sim, error, sizeof error) == TGR_OK ? 0 : -1;
}

static int teardown(void **state) {
  (void)state;
  tgr_sim_stop(sim);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_request_fails),
      cmocka_unit_test(all_requests_fail_from_one_on),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
