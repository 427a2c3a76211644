/* Answers someone ordered. A rule that is used up stays in the list until the
 * next match, so that an effect's references live long enough. */
#include "sim/rule.h"

#include "sim/param.h"

#include <string.h>
#include <strings.h>

struct rule {
  struct tgr_link link;
  json_t *json;
  const char *method; /* of json, as the next two; NULL for any */
  const char *token;
  json_t *match;
  int64_t times_left; /* negative for ever */
  int64_t skip_left;
};

void tgr_sim_rules_init(struct tgr_sim_rules *rules,
                        const struct tgr_mem *mem) {
  *rules = (struct tgr_sim_rules){.mem = mem};
  tgr_list_init(&rules->items);
}

static void remove_rule(struct tgr_sim_rules *rules, struct rule *rule) {
  tgr_list_remove(&rule->link);
  rules->count--;
  json_decref(rule->json);
  tgr_mem_free(rules->mem, rule);
}

void tgr_sim_rules_clear(struct tgr_sim_rules *rules) {
  struct tgr_link *link;
  while ((link = tgr_list_first(&rules->items)) != NULL)
    remove_rule(rules, TGR_CONTAINER_OF(link, struct rule, link));
}

void tgr_sim_rules_deinit(struct tgr_sim_rules *rules) {
  tgr_sim_rules_clear(rules);
}

static bool is_absent_or_int(const json_t *json, const char *name) {
  const json_t *value = json_object_get(json, name);
  return value == NULL ||
         (json_is_integer(value) && json_integer_value(value) >= 0);
}

static bool is_well_formed(const json_t *json) {
  const json_t *method = json_object_get(json, "method");
  const json_t *match = json_object_get(json, "match");
  const json_t *headers = json_object_get(json, "headers");
  const json_t *status = json_object_get(json, "status");
  return json_is_object(json) && (method == NULL || json_is_string(method)) &&
         (match == NULL || json_is_object(match)) &&
         (headers == NULL || json_is_object(headers)) &&
         is_absent_or_int(json, "times") && is_absent_or_int(json, "after") &&
         is_absent_or_int(json, "delay_ms") &&
         (status == NULL ||
          (json_is_integer(status) && json_integer_value(status) >= 100 &&
           json_integer_value(status) <= 999));
}

enum tgr_status tgr_sim_rules_add(struct tgr_sim_rules *rules, json_t *json) {
  if (!is_well_formed(json))
    return TGR_EINVAL;
  struct rule *rule = tgr_mem_new0(rules->mem, sizeof *rule);
  if (rule == NULL)
    return TGR_ENOMEM;
  const json_t *times = json_object_get(json, "times");
  rule->json = json_incref(json);
  rule->method = json_string_value(json_object_get(json, "method"));
  rule->token = json_string_value(json_object_get(json, "token"));
  rule->match = json_object_get(json, "match");
  rule->times_left = times == NULL ? -1 : json_integer_value(times);
  rule->skip_left = json_integer_value(json_object_get(json, "after"));
  tgr_link_init(&rule->link);
  tgr_list_append(&rules->items, &rule->link);
  rules->count++;
  return TGR_OK;
}

/* Equal as text too: a form's "5" is what JSON writes as 5. */
static bool is_same(const json_t *params, const char *name, json_t *wanted) {
  json_t *left = tgr_sim_param_string(params, name);
  json_t *holder = json_pack("{s:O}", "v", wanted);
  json_t *right = tgr_sim_param_string(holder, "v");
  const bool same = json_equal(left, right) ||
                    json_equal(json_object_get(params, name), wanted);
  json_decref(left);
  json_decref(holder);
  json_decref(right);
  return same;
}

static bool wants(const struct rule *rule, const char *token,
                  const char *method, const json_t *params) {
  if (rule->method != NULL && strcmp(rule->method, "*") != 0 &&
      strcasecmp(rule->method, method) != 0)
    return false;
  if (rule->token != NULL && strcmp(rule->token, token) != 0)
    return false;
  const char *name;
  json_t *wanted;
  json_object_foreach(rule->match, name, wanted) {
    if (!is_same(params, name, wanted))
      return false;
  }
  return true;
}

void tgr_sim_rule_read(json_t *json, struct tgr_sim_effect *effect) {
  const json_t *delay = json_object_get(json, "delay_ms");
  *effect = (struct tgr_sim_effect){
      .rule = json,
      .status = (int)json_integer_value(json_object_get(json, "status")),
      .body = json_object_get(json, "body"),
      .headers = json_object_get(json, "headers"),
      .delay_ms = json_integer_value(delay),
      .has_delay = delay != NULL,
      .close = json_is_true(json_object_get(json, "close")),
      .reset = json_is_true(json_object_get(json, "reset")),
      .perform = json_is_true(json_object_get(json, "perform"))};
}

bool tgr_sim_rules_match(struct tgr_sim_rules *rules, const char *token,
                         const char *method, const json_t *params,
                         struct tgr_sim_effect *effect) {
  struct tgr_link *link = rules->items.head.next;
  while (link != &rules->items.head) {
    struct rule *rule = TGR_CONTAINER_OF(link, struct rule, link);
    link = link->next;
    if (rule->times_left == 0) {
      remove_rule(rules, rule);
      continue;
    }
    if (!wants(rule, token, method, params))
      continue;
    if (rule->skip_left > 0) {
      rule->skip_left--;
      continue;
    }
    if (rule->times_left > 0)
      rule->times_left--;
    tgr_sim_rule_read(rule->json, effect);
    return true;
  }
  return false;
}
