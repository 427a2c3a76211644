#include "script/rules.h"

#include "support/spec.h"
#include "support/spec_mem.h"
#include "telegram/split.h"

#include <stdio.h>
#include <string.h>

static struct tgr_task *task_of(struct spec_mem *mem, const char *member) {
  char json[1024];
  struct tgr_task *task = NULL;
  struct tgr_error error;
  snprintf(json, sizeof json, "{\"update_id\":1,%s}", member);
  assert_int_equal(tgr_split_one(&mem->mem, json, strlen(json), &task, &error),
                   TGR_OK);
  return task;
}

static void allow(struct tgr_rules *rules, const char *name, bool sure) {
  assert_int_equal(
      tgr_rules_allow_member(rules, TGR_KIND_MESSAGE, name, strlen(name), sure),
      TGR_OK);
}

static void command(struct tgr_rules *rules, const char *name) {
  assert_int_equal(tgr_rules_add(rules), TGR_OK);
  assert_int_equal(
      tgr_rules_allow_command(rules, TGR_KIND_MESSAGE, name, strlen(name)),
      TGR_OK);
}

/* From the last to the first: callback queries; texts; posts with entities,
 * perhaps; commands. */
static void init(struct tgr_rules *rules, struct spec_mem *mem) {
  spec_mem_init(mem);
  tgr_rules_init(rules, &mem->mem);
  assert_int_equal(tgr_rules_add(rules), TGR_OK);
  tgr_rules_allow(rules, TGR_KIND_CALLBACK_QUERY, true);
  assert_int_equal(tgr_rules_add(rules), TGR_OK);
  allow(rules, "text", true);
  assert_int_equal(tgr_rules_add(rules), TGR_OK);
  allow(rules, "entities", false);
  allow(rules, "caption_entities", false);
  tgr_rules_allow(rules, TGR_KIND_POLL, false);
  command(rules, "stop");
  command(rules, "start");
}

static void deinit(struct tgr_rules *rules, const struct spec_mem *mem) {
  tgr_rules_deinit(rules);
  assert_int_equal(mem->live, 0);
}

static void assert_rule(const char *member, int from, int rule,
                        enum tgr_match expected) {
  struct tgr_rules rules;
  struct spec_mem mem;
  enum tgr_match match = TGR_MATCH_NO;
  init(&rules, &mem);
  struct tgr_task *task = task_of(&mem, member);
  const int found = tgr_rules_choose(&rules, from, task, &match);
  if (found != rule || (rule != 0 && match != expected))
    fail_msg("%s: rule %d, match %d", member, found, (int)match);
  tgr_task_release(task);
  deinit(&rules, &mem);
}

#define MESSAGE(members) "\"message\":{\"message_id\":1," members "}"

static void the_first_rule_that_does_not_say_no_is_chosen(void **state) {
  (void)state;
  assert_rule(MESSAGE("\"text\":\"/start\""), 5, 5, TGR_MATCH_PERHAPS);
  assert_rule(MESSAGE("\"text\":\"/stop\""), 5, 4, TGR_MATCH_PERHAPS);
  assert_rule(MESSAGE("\"text\":\"/start\""), 4, 2, TGR_MATCH_YES);
  assert_rule(MESSAGE("\"text\":\"a\",\"entities\":[]"), 5, 3,
              TGR_MATCH_PERHAPS);
  assert_rule(MESSAGE("\"text\":\"a\""), 5, 2, TGR_MATCH_YES);
  assert_rule("\"callback_query\":{\"id\":\"1\"}", 5, 1, TGR_MATCH_YES);
  assert_rule("\"poll\":{\"id\":\"1\"}", 5, 3, TGR_MATCH_PERHAPS);
}

static void where_all_say_no_none_is_chosen(void **state) {
  (void)state;
  assert_rule(MESSAGE("\"photo\":[]"), 5, 0, TGR_MATCH_NO);
  assert_rule(MESSAGE("\"text\":null"), 5, 0, TGR_MATCH_NO);
  assert_rule("\"inline_query\":{\"id\":\"1\"}", 5, 0, TGR_MATCH_NO);
  assert_rule(MESSAGE("\"text\":\"a\""), 1, 0, TGR_MATCH_NO);
  assert_rule(MESSAGE("\"text\":\"a\""), 0, 0, TGR_MATCH_NO);
}

static void a_command_is_told_by_the_beginning_of_the_text(void **state) {
  (void)state;
  assert_rule(MESSAGE("\"text\":\"/started\""), 5, 5, TGR_MATCH_PERHAPS);
  assert_rule(MESSAGE("\"text\":\"/sta\""), 5, 2, TGR_MATCH_YES);
  assert_rule(MESSAGE("\"text\":\"start\""), 5, 2, TGR_MATCH_YES);
  assert_rule(MESSAGE("\"text\":\"/\""), 5, 2, TGR_MATCH_YES);
  assert_rule(MESSAGE("\"text\":\"\""), 5, 2, TGR_MATCH_YES);
  assert_rule(MESSAGE("\"text\":5"), 5, 2, TGR_MATCH_YES);
}

static void escapes_are_left_to_who_decodes(void **state) {
  (void)state;
  assert_rule(MESSAGE("\"text\":\"\\u002fhelp\""), 5, 5, TGR_MATCH_PERHAPS);
  assert_rule(MESSAGE("\"text\":\"/s\\u0074op\""), 5, 5, TGR_MATCH_PERHAPS);
  assert_rule(MESSAGE("\"te\\u0078t\":\"a\""), 5, 5, TGR_MATCH_PERHAPS);
  assert_rule("\"message\":5", 5, 5, TGR_MATCH_PERHAPS);
}

static void unknown_kinds_are_left_to_who_decodes(void **state) {
  (void)state;
  assert_rule("\"of_tomorrow\":{}", 5, 5, TGR_MATCH_PERHAPS);
  assert_rule("\"of_tomorrow\":{}", 1, 1, TGR_MATCH_PERHAPS);
}

static void blanks_make_no_difference(void **state) {
  (void)state;
  assert_rule("\"message\" : { \"message_id\" : 1 , \"text\" : \"a\" }", 5, 2,
              TGR_MATCH_YES);
  assert_rule("\"message\" : { \"message_id\" : 1 , \"photo\" : [ ] }", 5, 0,
              TGR_MATCH_NO);
}

static void what_there_are_too_many_names_for_is_left_to_lua(void **state) {
  (void)state;
  struct tgr_rules rules;
  struct spec_mem mem;
  enum tgr_match match = TGR_MATCH_NO;
  char name[TGR_RULES_NAME_MAX + 2];
  spec_mem_init(&mem);
  tgr_rules_init(&rules, &mem.mem);
  for (int i = 0; i <= TGR_RULES_NAMES_MAX; i++) {
    assert_int_equal(tgr_rules_add(&rules), TGR_OK);
    snprintf(name, sizeof name, "member_%d", i);
    allow(&rules, name, true);
  }
  struct tgr_task *task = task_of(&mem, MESSAGE("\"member_3\":1"));
  assert_int_equal(tgr_rules_choose(&rules, TGR_RULES_NAMES_MAX, task, &match),
                   4);
  assert_int_equal(match, TGR_MATCH_YES);
  assert_int_equal(
      tgr_rules_choose(&rules, TGR_RULES_NAMES_MAX + 1, task, &match),
      TGR_RULES_NAMES_MAX + 1);
  assert_int_equal(match, TGR_MATCH_PERHAPS);
  memset(name, 'x', sizeof name - 1);
  name[sizeof name - 1] = '\0';
  command(&rules, name);
  assert_int_equal(tgr_rules_choose(&rules, rules.count, task, &match),
                   rules.count);
  assert_int_equal(match, TGR_MATCH_PERHAPS);
  tgr_task_release(task);
  deinit(&rules, &mem);
}

static void without_memory_nothing_is_added(void **state) {
  (void)state;
  for (long at = 1; at <= 4; at++) {
    struct tgr_rules rules;
    struct spec_mem mem;
    spec_mem_init(&mem);
    mem.fail_at = at;
    tgr_rules_init(&rules, &mem.mem);
    enum tgr_status status = tgr_rules_add(&rules);
    if (status == TGR_OK)
      status =
          tgr_rules_allow_member(&rules, TGR_KIND_MESSAGE, "text", 4, true);
    if (status == TGR_OK)
      status = tgr_rules_allow_command(&rules, TGR_KIND_MESSAGE, "go", 2);
    assert_int_equal(status, TGR_ENOMEM);
    deinit(&rules, &mem);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_first_rule_that_does_not_say_no_is_chosen),
      cmocka_unit_test(where_all_say_no_none_is_chosen),
      cmocka_unit_test(a_command_is_told_by_the_beginning_of_the_text),
      cmocka_unit_test(escapes_are_left_to_who_decodes),
      cmocka_unit_test(unknown_kinds_are_left_to_who_decodes),
      cmocka_unit_test(blanks_make_no_difference),
      cmocka_unit_test(what_there_are_too_many_names_for_is_left_to_lua),
      cmocka_unit_test(without_memory_nothing_is_added),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
