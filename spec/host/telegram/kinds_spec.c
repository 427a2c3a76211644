#include "telegram/kinds.h"

#include "support/spec.h"

#include <string.h>

static void every_kind_is_found_by_its_own_name(void **state) {
  (void)state;
  for (int kind = 1; kind < TGR_KIND_COUNT; kind++) {
    const char *name = tgr_kind_name((enum tgr_kind)kind);
    assert_non_null(name);
    assert_int_equal(tgr_kind_of(name, strlen(name)), kind);
  }
  assert_int_equal(tgr_kind_of("message", 7), TGR_KIND_MESSAGE);
  assert_int_equal(tgr_kind_of("subscription", 12), TGR_KIND_SUBSCRIPTION);
}

static void other_names_are_unknown(void **state) {
  (void)state;
  static const char *const names[] = {"",        "messag",     "messages",
                                      "Message", "update_id",  "unknown",
                                      "massage", "chat_boosts"};
  for (size_t n = 0; n < sizeof names / sizeof *names; n++)
    assert_int_equal(tgr_kind_of(names[n], strlen(names[n])), TGR_KIND_UNKNOWN);
}

static void what_is_no_kind_is_named_unknown(void **state) {
  (void)state;
  assert_string_equal(tgr_kind_name(TGR_KIND_UNKNOWN), "unknown");
  assert_string_equal(tgr_kind_name(TGR_KIND_COUNT), "unknown");
  assert_string_equal(tgr_kind_name((enum tgr_kind) - 1), "unknown");
}

static void three_kinds_are_sent_only_on_request(void **state) {
  (void)state;
  for (int kind = 1; kind < TGR_KIND_COUNT; kind++) {
    const bool rare = kind == TGR_KIND_CHAT_MEMBER ||
                      kind == TGR_KIND_MESSAGE_REACTION ||
                      kind == TGR_KIND_MESSAGE_REACTION_COUNT;
    assert_int_equal(tgr_kind_is_default((enum tgr_kind)kind), !rare);
  }
  assert_false(tgr_kind_is_default(TGR_KIND_UNKNOWN));
  assert_false(tgr_kind_is_default(TGR_KIND_COUNT));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_kind_is_found_by_its_own_name),
      cmocka_unit_test(other_names_are_unknown),
      cmocka_unit_test(what_is_no_kind_is_named_unknown),
      cmocka_unit_test(three_kinds_are_sent_only_on_request),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
