#include "sim/bot.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <string.h>

#define TOKEN "123456:ABC-def_0"

struct fixture {
  atomic_size_t unconfirmed;
  struct tgr_sim_bot *bot;
};

static void open_bot(struct fixture *it) {
  atomic_init(&it->unconfirmed, 0);
  it->bot =
      tgr_sim_bot_new(&tgr_mem_libc, TOKEN, strlen(TOKEN), &it->unconfirmed);
  assert_non_null(it->bot);
}

static const json_t *chat_of(struct fixture *it, const char *key) {
  json_t *id = json_string(key);
  const json_t *chat = tgr_sim_bot_chat(it->bot, id);
  json_decref(id);
  return chat;
}

static void tokens_have_a_shape(void **state) {
  (void)state;
  static const char *const good[] = {TOKEN, "1:a"};
  static const char *const bad[] = {
      "", "abc", "123456", ":abc", "12:", "1a:bcd", "1:b c", "1:b/c", "1:b:c"};
  for (size_t i = 0; i < sizeof good / sizeof *good; i++)
    assert_true(tgr_sim_token_well_formed(good[i], strlen(good[i])));
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    assert_false(tgr_sim_token_well_formed(bad[i], strlen(bad[i])));
}

static void the_identity_comes_from_the_token(void **state) {
  (void)state;
  struct fixture it;
  open_bot(&it);
  assert_int_equal(json_integer_value(json_object_get(it.bot->me, "id")),
                   123456);
  json_t *fields = json_pack("{s:s}", "username", "other_bot");
  assert_true(tgr_sim_bot_set_identity(it.bot, fields));
  json_decref(fields);
  assert_string_equal(
      json_string_value(json_object_get(it.bot->from, "username")),
      "other_bot");
  tgr_sim_bot_free(it.bot);
}

static void kinds_are_wanted_by_list_or_by_default(void **state) {
  (void)state;
  struct fixture it;
  open_bot(&it);
  assert_true(tgr_sim_bot_wants(it.bot, "message"));
  assert_false(tgr_sim_bot_wants(it.bot, "chat_member"));
  json_t *kinds = json_pack("[s]", "chat_member");
  assert_true(tgr_sim_bot_allow(it.bot, kinds));
  assert_false(tgr_sim_bot_wants(it.bot, "message"));
  assert_true(tgr_sim_bot_wants(it.bot, "chat_member"));
  assert_true(tgr_sim_bot_wants(it.bot, ""));
  json_array_clear(kinds);
  assert_true(tgr_sim_bot_allow(it.bot, kinds));
  assert_true(tgr_sim_bot_wants(it.bot, "message"));
  json_decref(kinds);
  tgr_sim_bot_free(it.bot);
}

static void chats_are_made_up_by_their_id(void **state) {
  (void)state;
  struct fixture it;
  open_bot(&it);
  static const char *const types[][2] = {{"5", "private"},
                                         {"-5", "group"},
                                         {"-1001234567890", "supergroup"},
                                         {"@name", "channel"}};
  for (size_t i = 0; i < 4; i++) {
    const json_t *chat = chat_of(&it, types[i][0]);
    assert_string_equal(json_string_value(json_object_get(chat, "type")),
                        types[i][1]);
    assert_ptr_equal(chat, chat_of(&it, types[i][0]));
  }
  assert_null(chat_of(&it, "name"));
  assert_null(chat_of(&it, "@"));
  assert_null(chat_of(&it, "0"));
  assert_null(chat_of(&it, "5x"));
  tgr_sim_bot_free(it.bot);
}

static void a_chat_of_an_update_is_remembered(void **state) {
  (void)state;
  struct fixture it;
  open_bot(&it);
  json_t *chat =
      json_pack("{s:i,s:s,s:s}", "id", -77, "type", "group", "title", "Ours");
  tgr_sim_bot_meet(it.bot, chat);
  assert_ptr_equal(chat_of(&it, "-77"), chat);
  json_decref(chat);
  tgr_sim_bot_free(it.bot);
}

static void messages_are_found_until_they_are_forgotten(void **state) {
  (void)state;
  struct fixture it;
  open_bot(&it);
  json_t *chat = json_pack("{s:i}", "id", 5);
  json_t *other = json_pack("{s:i}", "id", 6);
  json_t *message = json_pack("{s:i,s:O}", "message_id", 9, "chat", chat);
  assert_null(tgr_sim_bot_message(it.bot, chat, 9));
  tgr_sim_bot_keep_message(it.bot, message);
  assert_ptr_equal(tgr_sim_bot_message(it.bot, chat, 9), message);
  assert_null(tgr_sim_bot_message(it.bot, other, 9));
  assert_null(tgr_sim_bot_message(it.bot, chat, 9 + TGR_SIM_MESSAGES_MAX));
  tgr_sim_bot_forget_message(it.bot, chat, 9);
  assert_true(json_is_integer(tgr_sim_bot_message(it.bot, chat, 9)));
  json_decref(message);
  json_decref(chat);
  json_decref(other);
  tgr_sim_bot_free(it.bot);
}

static void every_allocation_may_fail(void **state) {
  (void)state;
  for (long fail_at = 1; fail_at <= 3; fail_at++) {
    struct spec_mem mem;
    atomic_size_t unconfirmed;
    atomic_init(&unconfirmed, 0);
    spec_mem_init(&mem);
    mem.fail_at = fail_at;
    struct tgr_sim_bot *bot =
        tgr_sim_bot_new(&mem.mem, TOKEN, strlen(TOKEN), &unconfirmed);
    if (fail_at < 3)
      assert_null(bot);
    else
      assert_int_equal(tgr_sim_bot_put_raw_body(bot, 200, "x", 1), TGR_ENOMEM);
    tgr_sim_bot_free(bot);
    assert_int_equal(mem.live, 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tokens_have_a_shape),
      cmocka_unit_test(the_identity_comes_from_the_token),
      cmocka_unit_test(kinds_are_wanted_by_list_or_by_default),
      cmocka_unit_test(chats_are_made_up_by_their_id),
      cmocka_unit_test(a_chat_of_an_update_is_remembered),
      cmocka_unit_test(messages_are_found_until_they_are_forgotten),
      cmocka_unit_test(every_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
