#include "sim/rule.h"

#include "support/spec.h"
#include "support/spec_mem.h"

struct fixture {
  struct tgr_sim_rules rules;
  json_t *params;
};

static void open_rules(struct fixture *it, const char *params) {
  tgr_sim_rules_init(&it->rules, &tgr_mem_libc);
  it->params = json_loads(params, 0, NULL);
}

static void close_rules(struct fixture *it) {
  tgr_sim_rules_deinit(&it->rules);
  json_decref(it->params);
}

static enum tgr_status add(struct fixture *it, const char *text) {
  json_t *json = json_loads(text, 0, NULL);
  const enum tgr_status status = tgr_sim_rules_add(&it->rules, json);
  json_decref(json);
  return status;
}

/* The status of the rule that matches, 0 when none does. */
static int match(struct fixture *it, const char *method) {
  struct tgr_sim_effect effect;
  if (!tgr_sim_rules_match(&it->rules, "1:a", method, it->params, &effect))
    return 0;
  return effect.status;
}

static void the_first_matching_rule_wins(void **state) {
  (void)state;
  struct fixture it;
  open_rules(&it, "{}");
  assert_int_equal(add(&it, "{\"method\":\"getMe\",\"status\":401}"), TGR_OK);
  assert_int_equal(add(&it, "{\"method\":\"*\",\"status\":402}"), TGR_OK);
  assert_int_equal(add(&it, "{\"status\":403}"), TGR_OK);
  assert_int_equal(match(&it, "GETME"), 401);
  assert_int_equal(match(&it, "sendMessage"), 402);
  tgr_sim_rules_clear(&it.rules);
  assert_int_equal(match(&it, "getMe"), 0);
  close_rules(&it);
}

static void times_uses_a_rule_up(void **state) {
  (void)state;
  struct fixture it;
  open_rules(&it, "{}");
  assert_int_equal(add(&it, "{\"times\":2,\"status\":500}"), TGR_OK);
  assert_int_equal(add(&it, "{\"status\":501,\"times\":1}"), TGR_OK);
  assert_int_equal(match(&it, "a"), 500);
  assert_int_equal(match(&it, "a"), 500);
  assert_int_equal(match(&it, "a"), 501);
  assert_int_equal(match(&it, "a"), 0);
  assert_int_equal(it.rules.count, 0);
  close_rules(&it);
}

static void after_lets_calls_pass_first(void **state) {
  (void)state;
  struct fixture it;
  open_rules(&it, "{}");
  assert_int_equal(
      add(&it, "{\"method\":\"a\",\"after\":2,\"times\":1,\"status\":500}"),
      TGR_OK);
  assert_int_equal(match(&it, "b"), 0);
  assert_int_equal(match(&it, "a"), 0);
  assert_int_equal(match(&it, "a"), 0);
  assert_int_equal(match(&it, "a"), 500);
  assert_int_equal(match(&it, "a"), 0);
  close_rules(&it);
}

static void match_compares_parameters_as_text_too(void **state) {
  (void)state;
  struct fixture it;
  open_rules(&it, "{\"chat_id\":\"5\",\"n\":7}");
  assert_int_equal(add(&it, "{\"match\":{\"chat_id\":6},\"status\":500}"),
                   TGR_OK);
  assert_int_equal(add(&it, "{\"match\":{\"absent\":1},\"status\":501}"),
                   TGR_OK);
  assert_int_equal(
      add(&it, "{\"match\":{\"chat_id\":5,\"n\":\"7\"},\"status\":502}"),
      TGR_OK);
  assert_int_equal(match(&it, "a"), 502);
  close_rules(&it);
}

static void a_rule_may_be_for_one_token(void **state) {
  (void)state;
  struct fixture it;
  open_rules(&it, "{}");
  assert_int_equal(add(&it, "{\"token\":\"2:b\",\"status\":500}"), TGR_OK);
  assert_int_equal(match(&it, "a"), 0);
  assert_int_equal(add(&it, "{\"token\":\"1:a\",\"status\":501}"), TGR_OK);
  assert_int_equal(match(&it, "a"), 501);
  close_rules(&it);
}

static void malformed_rules_are_refused(void **state) {
  (void)state;
  struct fixture it;
  open_rules(&it, "{}");
  assert_int_equal(add(&it, "[]"), TGR_EINVAL);
  assert_int_equal(add(&it, "{\"method\":1}"), TGR_EINVAL);
  assert_int_equal(add(&it, "{\"times\":-1}"), TGR_EINVAL);
  assert_int_equal(add(&it, "{\"status\":20}"), TGR_EINVAL);
  assert_int_equal(add(&it, "{\"delay_ms\":\"x\"}"), TGR_EINVAL);
  assert_int_equal(add(&it, "{\"status\":101}"), TGR_EINVAL);
  assert_int_equal(add(&it, "{\"headers\":[]}"), TGR_EINVAL);
  assert_int_equal(add(&it, "{\"headers\":{\"X-N\":7}}"), TGR_EINVAL);
  assert_int_equal(add(&it, "{\"headers\":{\"X\":\"a\\r\\nb\"}}"), TGR_EINVAL);
  assert_int_equal(add(&it, "{\"headers\":{\"X Y\":\"a\"}}"), TGR_EINVAL);
  assert_int_equal(it.rules.count, 0);
  close_rules(&it);
}

static void without_memory_no_rule_is_added(void **state) {
  (void)state;
  struct spec_mem mem;
  struct fixture it;
  open_rules(&it, "{}");
  spec_mem_init(&mem);
  mem.fail_at = 1;
  tgr_sim_rules_init(&it.rules, &mem.mem);
  assert_int_equal(add(&it, "{}"), TGR_ENOMEM);
  assert_int_equal(it.rules.count, 0);
  close_rules(&it);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_first_matching_rule_wins),
      cmocka_unit_test(times_uses_a_rule_up),
      cmocka_unit_test(after_lets_calls_pass_first),
      cmocka_unit_test(match_compares_parameters_as_text_too),
      cmocka_unit_test(a_rule_may_be_for_one_token),
      cmocka_unit_test(malformed_rules_are_refused),
      cmocka_unit_test(without_memory_no_rule_is_added),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
