#include "telegram/route.h"

#include "support/spec.h"

#include <stdio.h>
#include <string.h>

static enum tgr_status read_route(const char *json, struct tgr_route *route) {
  const char *at = json;
  const enum tgr_status status =
      tgr_route_read(&at, json + strlen(json), route);
  assert_ptr_equal(at, status == TGR_OK ? json + strlen(json) : json);
  return status;
}

enum { NONE = -999 };

/* Reads {"update_id":7,<member>}; NONE for an id that must be absent. */
static void assert_route(const char *member, enum tgr_kind kind, int64_t chat,
                         int64_t user) {
  char json[1024];
  struct tgr_route route;
  snprintf(json, sizeof json, "{\"update_id\":7,%s}", member);
  assert_int_equal(read_route(json, &route), TGR_OK);
  assert_true(route.has_update_id);
  assert_int_equal(route.update_id, 7);
  assert_int_equal(route.kind, kind);
  assert_int_equal(route.has_chat, chat != NONE);
  assert_int_equal(route.has_user, user != NONE);
  if (chat != NONE)
    assert_true(route.chat_id == chat);
  if (user != NONE)
    assert_true(route.user_id == user);
}

#define CHAT "\"chat\":{\"id\":-100,\"type\":\"group\"}"
#define FROM "\"from\":{\"id\":5,\"is_bot\":false}"
#define USER "\"user\":{\"id\":5,\"is_bot\":false}"

static void messages_have_chat_and_from(void **state) {
  (void)state;
  static const enum tgr_kind kinds[] = {
      TGR_KIND_MESSAGE,          TGR_KIND_EDITED_MESSAGE,
      TGR_KIND_CHANNEL_POST,     TGR_KIND_EDITED_CHANNEL_POST,
      TGR_KIND_BUSINESS_MESSAGE, TGR_KIND_EDITED_BUSINESS_MESSAGE,
      TGR_KIND_GUEST_MESSAGE,    TGR_KIND_MY_CHAT_MEMBER,
      TGR_KIND_CHAT_MEMBER,      TGR_KIND_CHAT_JOIN_REQUEST};
  for (size_t n = 0; n < sizeof kinds / sizeof *kinds; n++) {
    char member[256];
    const char *name = tgr_kind_name(kinds[n]);
    snprintf(member, sizeof member, "\"%s\":{" FROM "," CHAT "}", name);
    assert_route(member, kinds[n], -100, 5);
    snprintf(member, sizeof member, "\"%s\":{" CHAT ",\"date\":1}", name);
    assert_route(member, kinds[n], -100, NONE);
  }
}

static void queries_have_a_user_only(void **state) {
  (void)state;
  static const enum tgr_kind kinds[] = {
      TGR_KIND_INLINE_QUERY, TGR_KIND_CHOSEN_INLINE_RESULT,
      TGR_KIND_SHIPPING_QUERY, TGR_KIND_PRE_CHECKOUT_QUERY,
      TGR_KIND_PURCHASED_PAID_MEDIA};
  for (size_t n = 0; n < sizeof kinds / sizeof *kinds; n++) {
    char member[256];
    snprintf(member, sizeof member, "\"%s\":{\"id\":\"1\"," FROM "}",
             tgr_kind_name(kinds[n]));
    assert_route(member, kinds[n], NONE, 5);
  }
}

static void every_other_kind_has_its_own_places(void **state) {
  (void)state;
  assert_route("\"callback_query\":{\"id\":\"1\"," FROM ",\"message\":{"
               "\"from\":{\"id\":6}," CHAT "}}",
               TGR_KIND_CALLBACK_QUERY, -100, 5);
  assert_route("\"callback_query\":{\"inline_message_id\":\"1\"," FROM "}",
               TGR_KIND_CALLBACK_QUERY, NONE, 5);
  assert_route("\"message_reaction\":{" CHAT "," USER "}",
               TGR_KIND_MESSAGE_REACTION, -100, 5);
  assert_route("\"message_reaction\":{" CHAT ",\"actor_chat\":{\"id\":6}}",
               TGR_KIND_MESSAGE_REACTION, -100, NONE);
  assert_route("\"message_reaction_count\":{" CHAT "}",
               TGR_KIND_MESSAGE_REACTION_COUNT, -100, NONE);
  assert_route("\"chat_boost\":{" CHAT ",\"boost\":{\"boost_id\":\"1\","
               "\"source\":{\"source\":\"premium\"," USER "}}}",
               TGR_KIND_CHAT_BOOST, -100, 5);
  assert_route("\"removed_chat_boost\":{" CHAT ",\"source\":{" USER "}}",
               TGR_KIND_REMOVED_CHAT_BOOST, -100, 5);
  assert_route("\"business_connection\":{\"id\":\"1\"," USER
               ",\"user_chat_id\":6}",
               TGR_KIND_BUSINESS_CONNECTION, 6, 5);
  assert_route("\"deleted_business_messages\":{" CHAT "}",
               TGR_KIND_DELETED_BUSINESS_MESSAGES, -100, NONE);
  assert_route("\"stopped_message_generation\":{" CHAT "}",
               TGR_KIND_STOPPED_MESSAGE_GENERATION, -100, NONE);
  assert_route("\"poll\":{\"id\":\"1\"," CHAT "," FROM "}", TGR_KIND_POLL, NONE,
               NONE);
  assert_route("\"poll_answer\":{" USER "}", TGR_KIND_POLL_ANSWER, NONE, 5);
  assert_route("\"poll_answer\":{\"voter_chat\":{\"id\":-100}}",
               TGR_KIND_POLL_ANSWER, -100, NONE);
  assert_route("\"managed_bot\":{" USER ",\"bot\":{\"id\":6}}",
               TGR_KIND_MANAGED_BOT, NONE, 5);
  assert_route("\"subscription\":{" USER "}", TGR_KIND_SUBSCRIPTION, NONE, 5);
}

static void the_same_names_deeper_inside_do_not_count(void **state) {
  (void)state;
  assert_route("\"message\":{\"reply_to_message\":{" CHAT "," FROM "},"
               "\"chat\":{\"pinned\":{\"id\":1},\"id\":2},"
               "\"from\":{\"x\":[{\"id\":3}],\"id\":4},"
               "\"forward_origin\":{\"chat\":{\"id\":8}}}",
               TGR_KIND_MESSAGE, 2, 4);
  assert_route("\"message\":{\"reply_to_message\":{" CHAT "," FROM "}}",
               TGR_KIND_MESSAGE, NONE, NONE);
  assert_route("\"message\":{\"text\":\"\\\"chat\\\":{\\\"id\\\":1}\"}",
               TGR_KIND_MESSAGE, NONE, NONE);
}

static void members_may_come_in_any_order_and_with_blanks(void **state) {
  (void)state;
  struct tgr_route route;
  assert_int_equal(
      read_route("{ \"message\" : { \"from\" : { \"a\" : 1 , \"id\" : 5 } ,\n"
                 "\"chat\" : { \"id\" : -100 } } , \"update_id\" : 7 }",
                 &route),
      TGR_OK);
  assert_int_equal(route.update_id, 7);
  assert_int_equal(route.kind, TGR_KIND_MESSAGE);
  assert_int_equal(route.chat_id, -100);
  assert_int_equal(route.user_id, 5);
}

static void ids_of_the_wrong_type_count_as_absent(void **state) {
  (void)state;
  assert_route("\"message\":{\"chat\":{\"id\":\"1\"},\"from\":{\"id\":1.5}}",
               TGR_KIND_MESSAGE, NONE, NONE);
  assert_route("\"message\":{\"chat\":7,\"from\":[{\"id\":1}]}",
               TGR_KIND_MESSAGE, NONE, NONE);
  assert_route("\"message\":null", TGR_KIND_MESSAGE, NONE, NONE);
  struct tgr_route route;
  assert_int_equal(read_route("{\"update_id\":\"7\"}", &route), TGR_OK);
  assert_false(route.has_update_id);
}

static void an_unknown_kind_is_kept_as_unknown(void **state) {
  (void)state;
  assert_route("\"hologram\":{" CHAT "," FROM "}", TGR_KIND_UNKNOWN, NONE,
               NONE);
  assert_route("\"x\":[1,2],\"poll\":{}", TGR_KIND_POLL, NONE, NONE);
}

static void the_first_known_kind_counts(void **state) {
  (void)state;
  assert_route("\"message\":{" CHAT "},\"callback_query\":{" FROM "}",
               TGR_KIND_MESSAGE, -100, NONE);
}

static void broken_updates_are_refused_with_what_was_read(void **state) {
  (void)state;
  static const char *const texts[] = {
      "{\"update_id\":7",
      "{\"update_id\":7,}",
      "{\"update_id\":7,\"x\"}",
      "{\"update_id\":7,\"message\":{\"chat\":{\"id\":1}}",
      "{\"update_id\":7,\"message\":{\"chat\":{\"id\":1]}}",
      "{\"update_id\":7,\"message\":{\"chat\":{\"id\":1},\"text\":\"}}",
      "{\"update_id\":7,\"message\":{\"from\":{\"id\" 1}}}",
      "{\"update_id\":7,\"message\":{\"from\":{\"id\":}}}"};
  for (size_t n = 0; n < sizeof texts / sizeof *texts; n++) {
    struct tgr_route route;
    assert_int_equal(read_route(texts[n], &route), TGR_ESYNTAX);
    assert_true(route.has_update_id);
    assert_int_equal(route.update_id, 7);
  }
  struct tgr_route route;
  assert_int_equal(read_route("[]", &route), TGR_EINVAL);
  assert_int_equal(read_route("", &route), TGR_EINVAL);
}

static void nesting_is_bounded_from_the_update_on(void **state) {
  (void)state;
  for (size_t depth = 60; depth < 70; depth++) {
    char json[512] = "{\"update_id\":7,\"message\":{\"x\":";
    const size_t len = strlen(json);
    memset(json + len, '[', depth);
    memset(json + len + depth, ']', depth);
    strcpy(json + len + 2 * depth, "}}");
    struct tgr_route route;
    assert_int_equal(read_route(json, &route),
                     depth + 2 <= TGR_JSON_DEPTH_MAX ? TGR_OK : TGR_ELIMIT);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(messages_have_chat_and_from),
      cmocka_unit_test(queries_have_a_user_only),
      cmocka_unit_test(every_other_kind_has_its_own_places),
      cmocka_unit_test(the_same_names_deeper_inside_do_not_count),
      cmocka_unit_test(members_may_come_in_any_order_and_with_blanks),
      cmocka_unit_test(ids_of_the_wrong_type_count_as_absent),
      cmocka_unit_test(an_unknown_kind_is_kept_as_unknown),
      cmocka_unit_test(the_first_known_kind_counts),
      cmocka_unit_test(broken_updates_are_refused_with_what_was_read),
      cmocka_unit_test(nesting_is_bounded_from_the_update_on),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
