/* Answers someone ordered. A rule that is used up stays in the list until the
 * next match, so that an effect's references live long enough. */
#include "sim/rule.h"

#include "sim/param.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { DELAY_MAX_MS = 24 * 3600 * 1000 };

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

static bool is_text(const json_t *value) {
  return json_is_string(value);
}

static bool is_object(const json_t *value) {
  return json_is_object(value);
}

static bool is_flag(const json_t *value) {
  return json_is_boolean(value);
}

static bool is_count(const json_t *value) {
  return json_is_integer(value) && json_integer_value(value) >= 0;
}

static bool is_delay(const json_t *value) {
  return is_count(value) && json_integer_value(value) <= DELAY_MAX_MS;
}

bool tgr_sim_rule_is_status(const json_t *value) {
  const json_int_t status = json_integer_value(value);
  return json_is_integer(value) && status >= 200 && status <= 999;
}

/* What can stand in a header's line: no control characters, and of a name no
 * blanks and colons. */
static bool is_plain(const char *text, size_t len, bool is_name) {
  for (size_t i = 0; i < len; i++) {
    const unsigned char c = (unsigned char)text[i];
    if ((c < 0x20 && c != '\t') || c == 0x7F)
      return false;
    if (is_name && (c <= ' ' || c == ':' || c > 0x7F))
      return false;
  }
  return !is_name || len > 0;
}

static bool is_headers(const json_t *headers) {
  const char *name;
  json_t *value;
  json_object_foreach((json_t *)headers, name, value) {
    if (!is_plain(name, strlen(name), true) || !json_is_string(value) ||
        !is_plain(json_string_value(value), json_string_length(value), false))
      return false;
  }
  return json_is_object(headers);
}

static bool is_anything(const json_t *value) {
  return value != NULL;
}

static const struct field {
  const char *name;
  bool (*fits)(const json_t *value);
  const char *wanted;
} fields[] = {
    {"method", is_text, "a text"},
    {"match", is_object, "an object"},
    {"token", is_text, "a text"},
    {"times", is_count, "a number from 0 on"},
    {"after", is_count, "a number from 0 on"},
    {"status", tgr_sim_rule_is_status, "a number from 200 to 999"},
    {"body", is_anything, "JSON"},
    {"headers", is_headers, "an object of texts that fit into a line"},
    {"delay_ms", is_delay, "a number from 0 to a day"},
    {"close", is_flag, "true or false"},
    {"reset", is_flag, "true or false"},
    {"perform", is_flag, "true or false"}};

static const struct field *find_field(const char *name) {
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    if (strcmp(fields[i].name, name) == 0)
      return &fields[i];
  return NULL;
}

bool tgr_sim_rule_check(json_t *json, char *fault, size_t fault_size) {
  if (!json_is_object(json)) {
    snprintf(fault, fault_size, "a rule is an object");
    return false;
  }
  const char *name;
  json_t *value;
  json_object_foreach(json, name, value) {
    const struct field *field = find_field(name);
    if (field != NULL && field->fits(value))
      continue;
    if (field == NULL)
      snprintf(fault, fault_size, "unknown field '%s' of a rule", name);
    else
      snprintf(fault, fault_size, "a rule's '%s' is to be %s", name,
               field->wanted);
    return false;
  }
  return true;
}

enum tgr_status tgr_sim_rules_add(struct tgr_sim_rules *rules, json_t *json) {
  char fault[TGR_SIM_FAULT_MAX];
  if (!tgr_sim_rule_check(json, fault, sizeof fault))
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
