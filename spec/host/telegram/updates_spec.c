/* The fetcher on a virtual clock, against a scripted server. */
#include "telegram/updates.h"

#include "host/engine/engine_world.h"

/* The server: each request takes the next line of its script.
 *   200 BODY | 502 BODY | net TEXT | hang | now 200 BODY (within the call)
 * A line takes `takes_ms`. When the script is used up requests hang. */
struct server {
  struct tgr_updates_call call;
  struct tgr_updates *updates;
  const char *const *lines;
  unsigned long takes_ms;
  struct tgr_timer timer;
  bool open;
  bool unreached;        /* what is cancelled never arrived */
  struct trace requests; /* METHOD{params}@MS, cancel@MS */
  bool brief;            /* only @MS of each request */
};

static struct world world;
static struct server server;
static struct tgr_updates updates;
static struct tgr_updates_options options;
static struct tgr_source source;
static struct tgr_source_consumer consumer;
static struct trace got;
static struct trace said;
static struct tgr_log logger;
static bool pulls_again;

static void answer(struct tgr_timer *timer) {
  struct server *it = TGR_CONTAINER_OF(timer, struct server, timer);
  const char *line = *it->lines++;
  it->open = false;
  if (strncmp(line, "now ", 4) == 0)
    line += 4;
  struct tgr_updates_answer a = {.status = TGR_OK};
  if (strncmp(line, "net ", 4) == 0) {
    a.status = TGR_ENET;
    a.text = line + 4;
  } else {
    char *body = NULL;
    a.http_status = (int)strtol(line, &body, 10);
    a.body = body + (*body == ' ');
    a.body_len = strlen(a.body);
  }
  tgr_updates_answer(it->updates, &a);
}

static void start_call(struct tgr_updates_call *call, struct tgr_updates *who,
                       const char *method, const char *params, size_t len,
                       uint64_t timeout_ms) {
  struct server *it = TGR_CONTAINER_OF(call, struct server, call);
  assert_false(it->open);
  assert_in_range(timeout_ms, 10000, 60000);
  it->open = true;
  it->updates = who;
  if (it->brief)
    trace_add(&it->requests, "@%lu", world_ms(&world));
  else
    trace_add(&it->requests, "%s%.*s@%lu", method, (int)len, params,
              world_ms(&world));
  const char *line = *it->lines;
  if (line == NULL || strcmp(line, "hang") == 0) {
    it->lines += line != NULL;
    return;
  }
  if (strncmp(line, "now ", 4) == 0)
    answer(&it->timer);
  else
    tgr_timer_start_ms(&world.timers, &it->timer, it->takes_ms);
}

static bool cancel_call(struct tgr_updates_call *call) {
  struct server *it = TGR_CONTAINER_OF(call, struct server, call);
  assert_true(it->open);
  it->open = false;
  tgr_timer_stop(&world.timers, &it->timer);
  trace_add(&it->requests, "cancel@%lu", world_ms(&world));
  return !it->unreached;
}

static void on_batch(struct tgr_source_consumer *it, struct tgr_list *tasks,
                     int count) {
  struct tgr_link *link = NULL;
  (void)count;
  while ((link = tgr_list_take(tasks)) != NULL) {
    struct tgr_task *task = TGR_CONTAINER_OF(link, struct tgr_task, link);
    trace_add(&got, "%ld", (long)task->update_id);
    tgr_task_release(task);
  }
  trace_add(&got, "@%lu", world_ms(&world));
  if (pulls_again)
    assert_int_equal(tgr_source_pull(&source, it), TGR_OK);
}

static void on_error(struct tgr_source_consumer *it,
                     const struct tgr_error *error) {
  (void)it;
  trace_add(&got, "error %d@%lu: %s", error->status, world_ms(&world),
            error->text);
}

static void on_ready(struct tgr_source_consumer *it) {
  (void)it;
  trace_add(&got, "ready@%lu", world_ms(&world));
}

static void on_confirmed(struct tgr_source_consumer *it) {
  (void)it;
  trace_add(&got, "confirmed@%lu", world_ms(&world));
}

static void write_log(void *user, enum tgr_log_level level, const char *text,
                      size_t len) {
  (void)user;
  trace_add(&said, "%s: %.*s@%lu;", tgr_log_level_name(level), (int)len, text,
            world_ms(&world));
}

static int fresh(void **state) {
  (void)state;
  world_init(&world);
  trace_clear(&got);
  trace_clear(&said);
  memset(&server, 0, sizeof server);
  server.call =
      (struct tgr_updates_call){.start = start_call, .cancel = cancel_call};
  server.takes_ms = 10;
  tgr_timer_init(&server.timer, answer);
  logger = (struct tgr_log){
      .mem = &tgr_mem_libc, .threshold = TGR_LOG_INFO, .write = write_log};
  consumer = (struct tgr_source_consumer){.on_batch = on_batch,
                                          .on_error = on_error,
                                          .on_ready = on_ready,
                                          .on_confirmed = on_confirmed};
  pulls_again = true;
  tgr_updates_options_init(&options);
  return 0;
}

static void open_updates(const char *const *lines) {
  server.lines = lines;
  assert_int_equal(tgr_updates_init(&updates, &world.mem.mem, &world.timers,
                                    &logger, &server.call, &options),
                   TGR_OK);
  tgr_source_init(&source, &world.timers, &world.ready, &updates.supplier,
                  NULL);
}

static void pull(void) {
  assert_int_equal(tgr_source_pull(&source, &consumer), TGR_OK);
}

static void close_updates(void) {
  tgr_source_deinit(&source);
  tgr_updates_deinit(&updates);
  assert_int_equal(world.mem.live, 0);
}

#define SCRIPT(...)                                                            \
  static const char *const script[] = {__VA_ARGS__, NULL};                     \
  open_updates(script)

#define EMPTY "200 {\"ok\":true,\"result\":[]}"
#define ONE(id) "200 {\"ok\":true,\"result\":[{\"update_id\":" id "}]}"
#define TWO(a, b)                                                              \
  "200 {\"ok\":true,\"result\":[{\"update_id\":" a "},{\"update_id\":" b "}]}"
#define REFUSED(code, text)                                                    \
  code " {\"ok\":false,\"error_code\":" code ",\"description\":\"" text "\"}"
#define FLOOD(seconds)                                                         \
  "429 {\"ok\":false,\"error_code\":429,\"description\":\"Too Many "           \
  "Requests\",\"parameters\":{\"retry_after\":" seconds "}}"
#define OTHER                                                                  \
  REFUSED("409", "Conflict: terminated by other getUpdates request; make "     \
                 "sure that only one bot instance is running")

/* Offsets and limits. */

static void the_offset_follows_the_last_update_of_each_batch(void **state) {
  (void)state;
  SCRIPT(EMPTY, TWO("7", "9"), EMPTY, ONE("3"));
  pull();
  world_run_to(&world, 45);
  assert_string_equal(
      server.requests.text,
      "getUpdates{\"timeout\":30,\"offset\":0,\"limit\":100}@0 "
      "getUpdates{\"timeout\":30,\"offset\":0,\"limit\":100}@10 "
      "getUpdates{\"timeout\":30,\"offset\":10,\"limit\":100}@20 "
      "getUpdates{\"timeout\":30,\"offset\":10,\"limit\":100}@30 "
      "getUpdates{\"timeout\":30,\"offset\":4,\"limit\":100}@40");
  assert_string_equal(got.text, "@10 7 9 @20 @30 3 @40");
  close_updates();
}

static void the_limit_is_clamped_to_1_and_100(void **state) {
  (void)state;
  SCRIPT(EMPTY, EMPTY);
  pulls_again = false;
  tgr_source_set_generator_pace(&source, 3);
  pull();
  world_run_to(&world, 10);
  tgr_source_set_generator_pace(&source, 4711);
  pull();
  assert_string_equal(
      server.requests.text,
      "getUpdates{\"timeout\":30,\"offset\":0,\"limit\":3}@0 "
      "getUpdates{\"timeout\":30,\"offset\":0,\"limit\":100}@10");
  close_updates();
}

static void options_are_sent_before_offset_and_limit(void **state) {
  (void)state;
  options.timeout_s = 5;
  options.allowed_updates = "[]";
  options.fetch = "\"x\":[1]";
  SCRIPT(EMPTY);
  pulls_again = false;
  pull();
  world_run_to(&world, 10);
  assert_int_equal(tgr_updates_set_allowed(&updates, "[\"message\"]"), TGR_OK);
  pull();
  assert_string_equal(
      server.requests.text,
      "getUpdates{\"timeout\":5,\"x\":[1],\"allowed_updates\":[],\"offset\":0,"
      "\"limit\":100}@0 "
      "getUpdates{\"timeout\":5,\"x\":[1],\"allowed_updates\":[\"message\"],"
      "\"offset\":0,\"limit\":100}@10");
  close_updates();
}

static void pending_updates_can_be_dropped_once(void **state) {
  (void)state;
  options.drop_pending_updates = true;
  SCRIPT(ONE("41"), ONE("42"));
  pull();
  world_run_to(&world, 25);
  assert_string_equal(
      server.requests.text,
      "getUpdates{\"timeout\":0,\"offset\":-1,\"limit\":1}@0 "
      "getUpdates{\"timeout\":30,\"offset\":42,\"limit\":100}@10 "
      "getUpdates{\"timeout\":30,\"offset\":43,\"limit\":100}@20");
  assert_string_equal(got.text, "42 @20");
  close_updates();
}

static void a_broken_update_at_the_end_is_passed_by_its_id(void **state) {
  (void)state;
  SCRIPT("200 {\"ok\":true,\"result\":[{\"update_id\":7},{\"update_id\":8,"
         "\"message\":}]}",
         EMPTY);
  pulls_again = true;
  pull();
  world_run_to(&world, 10);
  assert_int_equal(updates.offset, 9);
  close_updates();
}

static void
a_nameless_broken_update_at_the_end_is_passed_by_its_distance(void **state) {
  (void)state;
  SCRIPT("200 {\"ok\":true,\"result\":[{\"update_id\":7},{\"message\":1},5]}");
  pull();
  world_run_to(&world, 10);
  assert_int_equal(updates.offset, 10);
  assert_string_equal(got.text, "7 @10");
  close_updates();
}

static void
nameless_updates_alone_are_passed_from_the_known_offset(void **state) {
  (void)state;
  SCRIPT(ONE("7"), "200 {\"ok\":true,\"result\":[{\"message\":1},5]}");
  pull();
  world_run_to(&world, 20);
  assert_int_equal(updates.offset, 10);
  close_updates();
}

static void without_any_known_id_it_is_tried_again_later(void **state) {
  (void)state;
  SCRIPT("200 {\"ok\":true,\"result\":[{\"message\":1}]}", ONE("5"));
  pull();
  world_run_to(&world, 200);
  assert_string_equal(got.text, "5 @120");
  close_updates();
}

/* Retries. */

static void check_tries(const char *expected) {
  server.brief = true;
  pull();
  world_run_to(&world, 100000);
  server.requests.text[strlen(expected)] = '\0';
  assert_string_equal(server.requests.text, expected);
  close_updates();
}

#define NET "net connection refused"
#define NET8 NET, NET, NET, NET, NET, NET, NET, NET

static void exponential_retries_double_up_to_30_s(void **state) {
  (void)state;
  server.takes_ms = 1;
  SCRIPT(NET8, NET8);
  check_tries("@0 @101 @302 @703 @1504 @3105 @6306 @12707 @25508 @51109 "
              "@81110");
}

static void quadratic_retries_add_100_ms(void **state) {
  (void)state;
  server.takes_ms = 1;
  options.retry_kind = TGR_BACKOFF_QUADRATIC;
  SCRIPT(NET8);
  check_tries("@0 @101 @302 @603 @1004 @1505 @2106 @2807");
}

static void fixed_retries_stay(void **state) {
  (void)state;
  server.takes_ms = 1;
  options.retry_kind = TGR_BACKOFF_FIXED;
  options.retry_fixed_ms = 250;
  SCRIPT(NET8);
  check_tries("@0 @251 @502 @753 @1004");
}

static void jitter_comes_from_the_seed(void **state) {
  (void)state;
  struct tgr_backoff twin;
  tgr_backoff_init(&twin, TGR_BACKOFF_EXPONENTIAL, 0, 77);
  char expected[256] = "@0";
  unsigned long at = 0;
  for (int i = 0; i < 7; i++) {
    at += 1 + tgr_backoff_next_ms(&twin);
    snprintf(expected + strlen(expected), 32, " @%lu", at);
  }
  server.takes_ms = 1;
  options.seed = 77;
  SCRIPT(NET8);
  check_tries(expected);
}

static void a_success_starts_the_backoff_anew(void **state) {
  (void)state;
  server.takes_ms = 1;
  SCRIPT(NET, NET, EMPTY, NET, NET, EMPTY);
  check_tries("@0 @101 @302 @303 @404 @605 @606");
}

static void an_answer_that_is_not_json_is_retried(void **state) {
  (void)state;
  SCRIPT("502 <html>Bad Gateway</html>", "200 {\"ok\":true,\"resu", "200 ",
         "200 [1]", ONE("5"));
  pull();
  world_run_to(&world, 3000);
  assert_string_equal(got.text, "5 @1550");
  assert_non_null(strstr(
      said.text, "warn: cannot fetch updates (HTTP 502, and the answer is not "
                 "JSON); retrying@10;"));
  close_updates();
}

static void a_supplier_may_fail_within_the_call(void **state) {
  (void)state;
  SCRIPT("now net down", "now net down", "now " ONE("5"));
  pull();
  world_run_to(&world, 1000);
  assert_string_equal(got.text, "5 @300");
  close_updates();
}

static void with_no_interval_retries_come_turn_by_turn(void **state) {
  (void)state;
  options.retry_kind = TGR_BACKOFF_FIXED;
  options.retry_fixed_ms = 0;
  SCRIPT("now net down", "now net down", "now " ONE("5"));
  pull();
  assert_string_equal(got.text, "");
  world_run_to(&world, 0);
  assert_string_equal(got.text, "5 @0");
  close_updates();
}

static void after_max_retry_time_the_error_is_fatal(void **state) {
  (void)state;
  server.takes_ms = 1;
  options.max_retry_ms = 1000;
  SCRIPT(EMPTY, NET8, NET8);
  server.brief = true;
  pull();
  world_run_to(&world, 10000);
  /* The outage began at 2; its last try is made at 1002. */
  assert_string_equal(server.requests.text, "@0 @1 @102 @303 @704 @1002");
  assert_string_equal(got.text,
                      "@1 error -5@1003: the Bot API has not answered for 1.0 "
                      "s, in 5 tries (connection refused)");
  close_updates();
}

static void an_api_that_never_came_up_is_told_apart(void **state) {
  (void)state;
  options.max_retry_ms = 0;
  SCRIPT("net no route");
  pull();
  world_run_to(&world, 10000);
  assert_string_equal(got.text,
                      "error -5@10: the Bot API never came up, in 0.0 s and 1 "
                      "tries (no route); check the network and api_root");
  close_updates();
}

static void the_state_tells_when_the_next_try_is(void **state) {
  (void)state;
  SCRIPT(NET, EMPTY);
  pull();
  world_run_to(&world, 50);
  assert_int_equal(updates.supplier.retry_at_us, WORLD_START_US + 110000);
  world_run_to(&world, 115);
  assert_int_equal(updates.supplier.retry_at_us, 0);
  close_updates();
}

/* Refusals. */

static void a_429_waits_exactly_as_told(void **state) {
  (void)state;
  server.brief = true;
  SCRIPT(FLOOD("7"), FLOOD("3"), NET, ONE("5"));
  pull();
  world_run_to(&world, 20000);
  server.requests.text[strlen("@0 @7010 @10020 @10130")] = '\0';
  assert_string_equal(server.requests.text, "@0 @7010 @10020 @10130");
  close_updates();
}

static void an_unusable_retry_after_counts_as_absent(void **state) {
  (void)state;
  server.brief = true;
  SCRIPT(FLOOD("-1"), FLOOD("\"soon\""), FLOOD("1e300"), ONE("5"));
  pull();
  world_run_to(&world, 750);
  assert_string_equal(server.requests.text, "@0 @110 @320 @730 @740");
  close_updates();
}

static void a_429_is_bounded_by_max_retry_time(void **state) {
  (void)state;
  server.brief = true;
  options.max_retry_ms = 2000;
  SCRIPT(FLOOD("9000"), NET);
  pull();
  world_run_to(&world, 10000);
  assert_string_equal(server.requests.text, "@0 @2010");
  close_updates();
}

static void a_wrong_token_is_fatal_at_once(void **state) {
  (void)state;
  SCRIPT(REFUSED("401", "Unauthorized"));
  pull();
  world_run_to(&world, 1000);
  assert_string_equal(got.text, "error -12@10: the Bot API refused the token "
                                "(401 Unauthorized); check it with @BotFather");
  close_updates();
}

static void an_unknown_bot_is_fatal_at_once(void **state) {
  (void)state;
  SCRIPT(NET, REFUSED("404", "Not Found"));
  pull();
  world_run_to(&world, 1000);
  assert_non_null(strstr(got.text, "error -12@120: "));
  close_updates();
}

static void a_webhook_is_fatal_and_says_how_to_remove_it(void **state) {
  (void)state;
  SCRIPT(REFUSED("409", "Conflict: can't use getUpdates method while webhook "
                        "is active"));
  pull();
  world_run_to(&world, 1000);
  assert_non_null(strstr(got.text, "error -13@10: "));
  assert_non_null(strstr(got.text, "deleteWebhook"));
  close_updates();
}

static void another_poller_is_waited_for_then_fatal(void **state) {
  (void)state;
  server.brief = true;
  server.takes_ms = 1;
  options.conflict_wait_ms = 1000;
  SCRIPT(OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER);
  pull();
  world_run_to(&world, 10000);
  assert_string_equal(server.requests.text, "@0 @101 @302 @703 @1001");
  assert_non_null(strstr(got.text, "error -13@1002: another program polls "));
  close_updates();
}

static void by_default_another_poller_has_30_s(void **state) {
  (void)state;
  server.takes_ms = 1;
  SCRIPT(OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER,
         OTHER, OTHER);
  pull();
  world_run_to(&world, 30001);
  assert_string_equal(got.text, "");
  world_run_to(&world, 30002);
  assert_non_null(strstr(got.text, "error -13@30002: "));
  close_updates();
}

static void another_poller_that_stops_is_no_error(void **state) {
  (void)state;
  SCRIPT(OTHER, OTHER, ONE("5"), OTHER, ONE("6"));
  pull();
  world_run_to(&world, 500);
  assert_string_equal(got.text, "5 @330 6 @450");
  close_updates();
}

static void other_refusals_are_retried(void **state) {
  (void)state;
  SCRIPT(REFUSED("500", "Internal Server Error"), REFUSED("400", "Bad Request"),
         ONE("5"));
  pull();
  world_run_to(&world, 500);
  assert_string_equal(got.text, "5 @330");
  close_updates();
}

/* The watchdog. */

static void a_request_that_outlasts_the_poll_by_10_s_is_retried(void **state) {
  (void)state;
  server.brief = true;
  SCRIPT("hang", ONE("5"));
  pull();
  world_run_to(&world, 40111);
  assert_string_equal(server.requests.text, "@0 cancel@40000 @40100 @40110");
  assert_string_equal(got.text, "5 @40110");
  close_updates();
}

/* Aborts. */

static void closing_cancels_the_open_request(void **state) {
  (void)state;
  server.brief = true;
  SCRIPT("hang", ONE("5"));
  pull();
  world_run_to(&world, 100);
  tgr_source_close(&source);
  world_run_to(&world, 60000);
  assert_string_equal(server.requests.text, "@0 cancel@100");
  pull();
  world_run_to(&world, 60010);
  assert_string_equal(got.text, "5 @60010");
  close_updates();
}

static void closing_ends_a_wait_between_tries(void **state) {
  (void)state;
  server.brief = true;
  SCRIPT(FLOOD("30"), ONE("5"));
  pull();
  world_run_to(&world, 100);
  tgr_source_close(&source);
  assert_int_equal(updates.supplier.retry_at_us, 0);
  world_run_to(&world, 50000);
  assert_string_equal(server.requests.text, "@0");
  close_updates();
}

static void an_outage_ends_with_the_source(void **state) {
  (void)state;
  server.brief = true;
  SCRIPT(NET, NET, NET, NET, ONE("5"));
  pull();
  world_run_to(&world, 130); /* waits 200 ms from 120 on */
  tgr_source_close(&source);
  pull();
  world_run_to(&world, 140);
  assert_int_equal(updates.supplier.retry_at_us, WORLD_START_US + 240000);
  assert_string_equal(
      said.text, "warn: cannot fetch updates (connection refused); retrying@10;"
                 " warn: cannot fetch updates (connection refused); "
                 "retrying@140;");
  close_updates();
}

static void a_fatal_error_leaves_the_clock_at_its_start(void **state) {
  (void)state;
  pulls_again = false;
  options.max_retry_ms = 50;
  SCRIPT(NET, NET, NET, ONE("5"));
  pull();
  world_run_to(&world, 100);
  assert_non_null(strstr(got.text, "error -5@70: "));
  pull();
  world_run_to(&world, 200);
  assert_non_null(strstr(got.text, "5 @170"));
  close_updates();
}

/* Init and confirm. */

static struct trace me;

static void on_me(struct tgr_updates *it, const char *json, size_t len) {
  (void)it;
  trace_add(&me, "%.*s", (int)len, json);
}

static void init_hands_over_me(void **state) {
  (void)state;
  trace_clear(&me);
  SCRIPT(NET, "200 {\"ok\":true,\"result\":{\"id\":42,\"is_bot\":true}}");
  updates.on_me = on_me;
  assert_int_equal(tgr_source_prepare(&source, &consumer), TGR_OK);
  world_run_to(&world, 200);
  assert_string_equal(server.requests.text, "getMe{}@0 getMe{}@110");
  assert_string_equal(me.text, "{\"id\":42,\"is_bot\":true}");
  assert_string_equal(got.text, "ready@120");
  close_updates();
}

static void init_with_a_wrong_token_is_fatal(void **state) {
  (void)state;
  SCRIPT(REFUSED("401", "Unauthorized"));
  assert_int_equal(tgr_source_prepare(&source, &consumer), TGR_OK);
  world_run_to(&world, 200);
  assert_non_null(strstr(got.text, "error -12@10: "));
  close_updates();
}

static void known_me_needs_no_request(void **state) {
  (void)state;
  options.skip_me = true;
  SCRIPT(EMPTY);
  assert_int_equal(tgr_source_prepare(&source, &consumer), TGR_OK);
  world_run_to(&world, 200);
  assert_string_equal(server.requests.text, "");
  assert_string_equal(got.text, "ready@0");
  close_updates();
}

static void confirm_again(int64_t offset, bool covered) {
  assert_int_equal(tgr_source_confirm(&source, &consumer, offset, covered),
                   TGR_OK);
}

static void confirming_asks_for_one_update_without_waiting(void **state) {
  (void)state;
  pulls_again = false;
  SCRIPT(TWO("7", "8"), ONE("9"));
  pull();
  world_run_to(&world, 15);
  trace_clear(&server.requests);
  confirm_again(9, false);
  world_run_to(&world, 30);
  assert_string_equal(server.requests.text,
                      "getUpdates{\"timeout\":0,\"offset\":9,\"limit\":1}@15");
  assert_string_equal(got.text, "7 8 @10 confirmed@25");
  assert_int_equal(updates.offset, 9); /* what came with it comes again */
  confirm_again(9, false);
  world_run_to(&world, 30);
  assert_string_equal(got.text, "7 8 @10 confirmed@25 confirmed@30");
  close_updates();
}

static void what_was_sent_already_is_not_sent_again(void **state) {
  (void)state;
  server.brief = true;
  SCRIPT(ONE("7"), "hang");
  pull();
  world_run_to(&world, 15);
  tgr_source_close(&source);
  confirm_again(8, true);
  world_run_to(&world, 20);
  assert_string_equal(server.requests.text, "@0 @10 cancel@15");
  assert_string_equal(got.text, "7 @10 confirmed@15");
  close_updates();
}

static void what_was_sent_in_vain_is_sent_again(void **state) {
  (void)state;
  server.brief = true;
  SCRIPT(ONE("7"), NET, EMPTY);
  pull();
  world_run_to(&world, 50);
  tgr_source_close(&source);
  confirm_again(8, true);
  world_run_to(&world, 70);
  assert_string_equal(server.requests.text, "@0 @10 @50");
  assert_string_equal(got.text, "7 @10 confirmed@60");
  close_updates();
}

static void a_poll_that_never_left_does_not_cover_a_confirm(void **state) {
  (void)state;
  server.brief = true;
  server.unreached = true;
  SCRIPT(ONE("7"), EMPTY, EMPTY);
  pull();
  world_run_to(&world, 15);
  tgr_source_close(&source);
  confirm_again(8, true);
  world_run_to(&world, 70);
  assert_string_equal(server.requests.text, "@0 @10 cancel@15 @15");
  assert_string_equal(got.text, "7 @10 confirmed@25");
  close_updates();
}

static void a_failed_confirm_is_told_and_not_repeated(void **state) {
  (void)state;
  server.brief = true;
  pulls_again = false;
  SCRIPT(ONE("7"), REFUSED("401", "Unauthorized"));
  pull();
  world_run_to(&world, 20);
  confirm_again(8, false);
  world_run_to(&world, 60000);
  assert_string_equal(server.requests.text, "@0 @20");
  assert_string_equal(got.text, "7 @10 confirmed@30");
  assert_string_equal(said.text,
                      "warn: the last updates could not be confirmed (401 "
                      "Unauthorized); they may come again@30;");
  close_updates();
}

/* What is said. */

static void an_outage_is_told_in_two_lines(void **state) {
  (void)state;
  server.takes_ms = 1;
  SCRIPT(NET, NET, "502 <html>", NET, NET, NET, NET, EMPTY);
  pull();
  world_run_to(&world, 30000);
  assert_string_equal(
      said.text, "warn: cannot fetch updates (connection refused); retrying@1; "
                 "info: connected again after 13 s, 7 tries@12708;");
  close_updates();
}

static void tries_between_are_told_at_debug_level(void **state) {
  (void)state;
  logger.threshold = TGR_LOG_DEBUG;
  SCRIPT(NET, NET, EMPTY);
  pull();
  world_run_to(&world, 1000);
  assert_string_equal(
      said.text,
      "warn: cannot fetch updates (connection refused); retrying@10; "
      "debug: try 2 failed (connection refused); the next in 0.2 "
      "s@120; info: connected again after 0.3 s, 2 tries@330;");
  close_updates();
}

static void silent_says_nothing_of_outages(void **state) {
  (void)state;
  options.silent = true;
  SCRIPT(NET, EMPTY, OTHER, EMPTY, FLOOD("1"), EMPTY);
  pull();
  world_run_to(&world, 5000);
  assert_string_equal(said.text, "");
  close_updates();
}

static void a_flood_and_a_conflict_have_lines_of_their_own(void **state) {
  (void)state;
  SCRIPT(FLOOD("2"), EMPTY, OTHER, EMPTY);
  pull();
  world_run_to(&world, 5000);
  assert_string_equal(
      said.text,
      "info: flood limit (429 Too Many Requests): polling again in 2.0 s@10; "
      "warn: another program polls this bot (409 Conflict: terminated by other "
      "getUpdates request; make sure that only one bot instance is running); "
      "trying for up to 30 s@2030; info: this bot polls again after 0.1 s: the "
      "other program stopped@2140;");
  close_updates();
}

static void a_lost_update_is_told_with_its_id(void **state) {
  (void)state;
  SCRIPT("200 {\"ok\":true,\"result\":[{\"update_id\":7,\"message\":},{"
         "\"update_id\":8}]}");
  pull();
  world_run_to(&world, 15);
  assert_non_null(strstr(said.text, "error: update 7 is lost: "));
  assert_string_equal(got.text, "8 @10");
  close_updates();
}

/* Memory. */

static void without_memory_nothing_is_lost_but_time(void **state) {
  (void)state;
  options.allowed_updates = "[]";
  for (long fail_at = 1; fail_at < 8; fail_at++) {
    fresh(NULL);
    options.allowed_updates = "[]";
    static const char *const script[] = {TWO("7", "8"), TWO("7", "8"), NULL};
    server.lines = script;
    world.mem.fail_at = fail_at;
    const enum tgr_status status =
        tgr_updates_init(&updates, &world.mem.mem, &world.timers, &logger,
                         &server.call, &options);
    if (status != TGR_OK) {
      assert_int_equal(status, TGR_ENOMEM);
      assert_int_equal(world.mem.live, 0);
      continue;
    }
    tgr_source_init(&source, &world.timers, &world.ready, &updates.supplier,
                    NULL);
    pull();
    world_run_to(&world, 15);
    world.mem.fail_at = 0;
    world_run_to(&world, 200);
    assert_int_equal(updates.offset, 9);
    assert_non_null(strstr(got.text, "7 8 @"));
    close_updates();
  }
}

static void a_new_list_of_kinds_needs_memory(void **state) {
  (void)state;
  options.allowed_updates = "[\"poll\"]";
  SCRIPT(EMPTY);
  world.mem.fail_at = world.mem.requests + 1;
  assert_int_equal(tgr_updates_set_allowed(&updates, "[\"message\"]"),
                   TGR_ENOMEM);
  world.mem.fail_at = 0;
  pull();
  assert_non_null(strstr(server.requests.text, "[\"poll\"]"));
  close_updates();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(the_offset_follows_the_last_update_of_each_batch,
                             fresh),
      cmocka_unit_test_setup(the_limit_is_clamped_to_1_and_100, fresh),
      cmocka_unit_test_setup(options_are_sent_before_offset_and_limit, fresh),
      cmocka_unit_test_setup(pending_updates_can_be_dropped_once, fresh),
      cmocka_unit_test_setup(a_broken_update_at_the_end_is_passed_by_its_id,
                             fresh),
      cmocka_unit_test_setup(
          a_nameless_broken_update_at_the_end_is_passed_by_its_distance, fresh),
      cmocka_unit_test_setup(
          nameless_updates_alone_are_passed_from_the_known_offset, fresh),
      cmocka_unit_test_setup(without_any_known_id_it_is_tried_again_later,
                             fresh),
      cmocka_unit_test_setup(exponential_retries_double_up_to_30_s, fresh),
      cmocka_unit_test_setup(quadratic_retries_add_100_ms, fresh),
      cmocka_unit_test_setup(fixed_retries_stay, fresh),
      cmocka_unit_test_setup(jitter_comes_from_the_seed, fresh),
      cmocka_unit_test_setup(a_success_starts_the_backoff_anew, fresh),
      cmocka_unit_test_setup(an_answer_that_is_not_json_is_retried, fresh),
      cmocka_unit_test_setup(a_supplier_may_fail_within_the_call, fresh),
      cmocka_unit_test_setup(with_no_interval_retries_come_turn_by_turn, fresh),
      cmocka_unit_test_setup(after_max_retry_time_the_error_is_fatal, fresh),
      cmocka_unit_test_setup(an_api_that_never_came_up_is_told_apart, fresh),
      cmocka_unit_test_setup(the_state_tells_when_the_next_try_is, fresh),
      cmocka_unit_test_setup(a_429_waits_exactly_as_told, fresh),
      cmocka_unit_test_setup(an_unusable_retry_after_counts_as_absent, fresh),
      cmocka_unit_test_setup(a_429_is_bounded_by_max_retry_time, fresh),
      cmocka_unit_test_setup(a_wrong_token_is_fatal_at_once, fresh),
      cmocka_unit_test_setup(an_unknown_bot_is_fatal_at_once, fresh),
      cmocka_unit_test_setup(a_webhook_is_fatal_and_says_how_to_remove_it,
                             fresh),
      cmocka_unit_test_setup(another_poller_is_waited_for_then_fatal, fresh),
      cmocka_unit_test_setup(by_default_another_poller_has_30_s, fresh),
      cmocka_unit_test_setup(another_poller_that_stops_is_no_error, fresh),
      cmocka_unit_test_setup(other_refusals_are_retried, fresh),
      cmocka_unit_test_setup(
          a_request_that_outlasts_the_poll_by_10_s_is_retried, fresh),
      cmocka_unit_test_setup(closing_cancels_the_open_request, fresh),
      cmocka_unit_test_setup(closing_ends_a_wait_between_tries, fresh),
      cmocka_unit_test_setup(an_outage_ends_with_the_source, fresh),
      cmocka_unit_test_setup(a_fatal_error_leaves_the_clock_at_its_start,
                             fresh),
      cmocka_unit_test_setup(init_hands_over_me, fresh),
      cmocka_unit_test_setup(init_with_a_wrong_token_is_fatal, fresh),
      cmocka_unit_test_setup(known_me_needs_no_request, fresh),
      cmocka_unit_test_setup(confirming_asks_for_one_update_without_waiting,
                             fresh),
      cmocka_unit_test_setup(what_was_sent_already_is_not_sent_again, fresh),
      cmocka_unit_test_setup(what_was_sent_in_vain_is_sent_again, fresh),
      cmocka_unit_test_setup(a_poll_that_never_left_does_not_cover_a_confirm,
                             fresh),
      cmocka_unit_test_setup(a_failed_confirm_is_told_and_not_repeated, fresh),
      cmocka_unit_test_setup(an_outage_is_told_in_two_lines, fresh),
      cmocka_unit_test_setup(tries_between_are_told_at_debug_level, fresh),
      cmocka_unit_test_setup(silent_says_nothing_of_outages, fresh),
      cmocka_unit_test_setup(a_flood_and_a_conflict_have_lines_of_their_own,
                             fresh),
      cmocka_unit_test_setup(a_lost_update_is_told_with_its_id, fresh),
      cmocka_unit_test_setup(without_memory_nothing_is_lost_but_time, fresh),
      cmocka_unit_test_setup(a_new_list_of_kinds_needs_memory, fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
