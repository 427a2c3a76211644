#include "sim/sim.h"

#include "sim_fixture.h"
#include "support/spec_mem.h"

#include <stdatomic.h>

struct replies {
  char text[8][64]; /* written by the simulator's thread before `count` */
  atomic_int count;
};

static void on_reply(void *user, const char *text, size_t len) {
  struct replies *replies = user;
  const int count = atomic_load(&replies->count);
  snprintf(replies->text[count], sizeof replies->text[count], "%.*s", (int)len,
           text);
  atomic_store(&replies->count, count + 1);
}

static struct sim_fixture start_with(const struct tgr_sim_options *options) {
  struct sim_fixture it = {0};
  char error[200];
  assert_int_equal(tgr_sim_start(options, &it.sim, error, sizeof error),
                   TGR_OK);
  assert_true(spec_http_open(&it.http, sim_port(&it)));
  return it;
}

static void stop(struct sim_fixture *it) {
  json_decref(it->answer);
  spec_http_close(&it->http);
  tgr_sim_stop(it->sim);
}

static void what_is_said_reaches_the_bot(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(tgr_sim_say(it->sim, "/start me", 9), TGR_OK);
  assert_int_equal(tgr_sim_unconfirmed(it->sim), 1);
  sim_call(it, "getUpdates", "{\"timeout\":20}");
  const json_t *message =
      json_object_get(json_array_get(sim_result(it), 0), "message");
  assert_string_equal(sim_text(message, "text"), "/start me");
  const json_t *entity =
      json_array_get(json_object_get(message, "entities"), 0);
  assert_string_equal(sim_text(entity, "type"), "bot_command");
  assert_int_equal(sim_int(entity, "length"), 6);
  assert_int_equal(sim_int(json_object_get(message, "chat"), "id"), 1000);
  assert_int_equal(tgr_sim_say(it->sim, "", 0), TGR_EINVAL);
  sim_call(it, "getUpdates", "{\"offset\":2}");
  assert_int_equal(tgr_sim_unconfirmed(it->sim), 0);
}

static void what_is_said_wakes_a_poll(void **state) {
  struct sim_fixture *it = *state;
  struct spec_http poll;
  sim_open(it, &poll);
  assert_true(spec_http_request(
      &poll, "GET", sim_path(it, "getUpdates?timeout=50"), NULL, NULL, 0));
  sim_await_stat(it, "polls", 1);
  assert_int_equal(tgr_sim_say(it->sim, "hi", 2), TGR_OK);
  assert_true(spec_http_read(&poll));
  assert_non_null(strstr(poll.body, "\"text\":\"hi\""));
  spec_http_close(&poll);
}

static void the_console_hears_what_the_bot_sends_it(void **state) {
  (void)state;
  struct replies replies = {.count = 0};
  struct tgr_sim_options options;
  tgr_sim_options_init(&options);
  options.on_reply = on_reply;
  options.user = &replies;
  struct sim_fixture it = start_with(&options);
  sim_call(&it, "sendMessage", "{\"chat_id\":1000,\"text\":\"one\"}");
  sim_call(&it, "sendMessage", "{\"chat_id\":1001,\"text\":\"other\"}");
  sim_call(&it, "sendPhoto",
           "{\"chat_id\":\"1000\",\"photo\":\"f\",\"caption\":\"two\"}");
  sim_call(&it, "editMessageText",
           "{\"chat_id\":1000,\"message_id\":1,\"text\":\"three\"}");
  assert_int_equal(atomic_load(&replies.count), 3);
  assert_string_equal(replies.text[0], "one");
  assert_string_equal(replies.text[1], "two");
  assert_string_equal(replies.text[2], "three");
  stop(&it);
}

static void the_console_hears_what_is_no_text(void **state) {
  (void)state;
  struct replies replies = {.count = 0};
  struct tgr_sim_options options;
  tgr_sim_options_init(&options);
  options.on_reply = on_reply;
  options.user = &replies;
  struct sim_fixture it = start_with(&options);
  sim_call(&it, "sendPhoto", "{\"chat_id\":1000,\"photo\":\"f\"}");
  sim_call(&it, "sendMessageDraft",
           "{\"chat_id\":1000,\"draft_id\":1,\"text\":\"Wel\"}");
  sim_call(&it, "sendMessageDraft",
           "{\"chat_id\":5,\"draft_id\":1,\"text\":\"other\"}");
  sim_call(&it, "forwardMessages",
           "{\"chat_id\":1000,\"from_chat_id\":5,\"message_ids\":[7]}");
  sim_call(&it, "sendMessage",
           "{\"chat_id\":1000,\"text\":\"b\",\"reply_markup\":{"
           "\"inline_keyboard\":[[{\"text\":\"Yes\",\"callback_data\":"
           "\"y\"}]]}}");
  assert_int_equal(tgr_sim_say(it.sim, "[Yes]", 5), TGR_OK);
  sim_call(&it, "getUpdates", "{\"timeout\":20}");
  const json_t *query =
      json_object_get(json_array_get(sim_result(&it), 0), "callback_query");
  char body[128];
  snprintf(body, sizeof body, "{\"callback_query_id\":\"%s\",\"text\":\"ok\"}",
           sim_text(query, "id"));
  sim_call(&it, "answerCallbackQuery", body);
  sim_call(&it, "answerCallbackQuery",
           "{\"callback_query_id\":\"77\",\"text\":\"other\"}");
  assert_int_equal(atomic_load(&replies.count), 5);
  assert_string_equal(replies.text[0], "[photo]");
  assert_string_equal(replies.text[1], "[draft] Wel");
  assert_string_equal(replies.text[2], "forwarded message");
  assert_string_equal(replies.text[3], "b");
  assert_string_equal(replies.text[4], "[notification] ok");
  stop(&it);
}

static void a_given_token_is_the_only_one(void **state) {
  (void)state;
  struct tgr_sim_options options;
  tgr_sim_options_init(&options);
  options.token = "42:mine";
  struct sim_fixture it = start_with(&options);
  assert_string_equal(tgr_sim_token(it.sim), "42:mine");
  assert_int_equal(sim_call(&it, "getMe", "{}"), 200);
  assert_int_equal(sim_get(&it, "/bot43:other/getMe"), 401);
  stop(&it);
  struct tgr_sim *sim;
  char error[200];
  options.token = "nonsense";
  assert_int_equal(tgr_sim_start(&options, &sim, error, sizeof error),
                   TGR_EINVAL);
  assert_non_null(strstr(error, "token"));
}

static void the_first_bot_that_calls_gets_the_console(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(tgr_sim_say(it->sim, "hi", 2), TGR_OK);
  sim_get(it, "/bot7:own/getUpdates?timeout=20");
  assert_int_equal(json_array_size(sim_result(it)), 1);
}

static void a_load_is_served_to_the_last_update(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(tgr_sim_load(it->sim, 250, 10), TGR_OK);
  assert_int_equal(tgr_sim_unconfirmed(it->sim), 250);
  size_t seen = 0;
  while (seen < 250) {
    char body[64];
    snprintf(body, sizeof body, "{\"offset\":%zu,\"timeout\":20}", seen + 1);
    assert_int_equal(sim_call(it, "getUpdates", body), 200);
    seen += json_array_size(sim_result(it));
  }
  assert_int_equal(seen, 250);
}

static void a_taken_port_is_said_in_one_line(void **state) {
  struct sim_fixture *it = *state;
  struct tgr_sim_options options;
  struct tgr_sim *sim = NULL;
  char error[200] = "";
  char port[8];
  tgr_sim_options_init(&options);
  options.port = sim_port(it);
  snprintf(port, sizeof port, "%u", (unsigned)options.port);
  assert_int_equal(tgr_sim_start(&options, &sim, error, sizeof error),
                   TGR_ENET);
  assert_null(sim);
  assert_non_null(strstr(error, port));
  assert_null(strchr(error, '\n'));
}

static void two_simulators_know_nothing_of_each_other(void **state) {
  struct sim_fixture *it = *state;
  struct tgr_sim_options options;
  tgr_sim_options_init(&options);
  struct sim_fixture other = start_with(&options);
  sim_feed(it, 1);
  assert_int_equal(tgr_sim_unconfirmed(other.sim), 0);
  assert_string_not_equal(tgr_sim_url(it->sim), tgr_sim_url(other.sim));
  stop(&other);
}

static void every_allocation_at_start_may_fail(void **state) {
  (void)state;
  struct tgr_sim_options options;
  tgr_sim_options_init(&options);
  for (long fail_at = 1;; fail_at++) {
    struct spec_mem mem;
    struct tgr_sim *sim = NULL;
    struct tgr_error error = {0};
    spec_mem_init(&mem);
    mem.fail_at = fail_at;
    const enum tgr_status status =
        tgr_sim_start_in(&mem.mem, &options, &sim, &error);
    if (status == TGR_OK) {
      tgr_sim_stop(sim);
      assert_int_equal(mem.live, 0);
      assert_in_range(fail_at, 6, 20);
      return;
    }
    assert_int_equal(status, TGR_ENOMEM);
    assert_true(error.text[0] != '\0');
    assert_int_equal(mem.live, 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sim_test(what_is_said_reaches_the_bot),
      sim_test(what_is_said_wakes_a_poll),
      cmocka_unit_test(the_console_hears_what_the_bot_sends_it),
      cmocka_unit_test(the_console_hears_what_is_no_text),
      cmocka_unit_test(a_given_token_is_the_only_one),
      sim_test(the_first_bot_that_calls_gets_the_console),
      sim_test(a_load_is_served_to_the_last_update),
      sim_test(a_taken_port_is_said_in_one_line),
      sim_test(two_simulators_know_nothing_of_each_other),
      cmocka_unit_test(every_allocation_at_start_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
