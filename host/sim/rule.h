/* Rule: an answer someone ordered for calls to come, in place of or around the
 * simulator's own.
 *
 * Owner: the simulator's thread.
 * In:    tgr_sim_rules_add (the JSON of POST /sim/answers).
 * Out:   tgr_sim_rules_match.
 * Not here: acting on a rule (api.c). */
#ifndef TGR_SIM_RULE_H
#define TGR_SIM_RULE_H

#include "base/list.h"
#include "base/mem.h"
#include "base/status.h"

#include <jansson.h>

#include <stdbool.h>
#include <stdint.h>

/* What a matching rule asks for. All references are borrowed from `rule`. */
struct tgr_sim_effect {
  json_t *rule;    /* borrowed: good until rules change */
  int status;      /* HTTP status; 0 when the rule gives none */
  json_t *body;    /* JSON body, or text to send as it is; may be NULL */
  json_t *headers; /* object of texts; may be NULL */
  int64_t delay_ms;
  bool has_delay; /* overrides the default delay, with 0 too */
  bool close;     /* close the connection without an answer */
  bool reset;     /* the same with a TCP reset */
  bool perform;   /* run the method too, before its answer is replaced */
};

struct tgr_sim_rules {
  const struct tgr_mem *mem;
  struct tgr_list items;
  size_t count;
};

void tgr_sim_rules_init(struct tgr_sim_rules *rules, const struct tgr_mem *mem);
void tgr_sim_rules_deinit(struct tgr_sim_rules *rules);

/* Whether an answer may have this HTTP status: one that ends a request. */
bool tgr_sim_rule_is_status(const json_t *value);

enum { TGR_SIM_FAULT_MAX = 128 }; /* bytes that a fault's words need */

/* Whether `json` is a rule: an object of known fields of the right types. If
 * not, `fault` says what is wrong, cut to its size. */
bool tgr_sim_rule_check(json_t *json, char *fault, size_t fault_size);

/* Appends a rule; keeps a reference to `json`. TGR_EINVAL when it is none. */
TGR_MUST_CHECK enum tgr_status tgr_sim_rules_add(struct tgr_sim_rules *rules,
                                                 json_t *json);
void tgr_sim_rules_clear(struct tgr_sim_rules *rules);

/* What a rule's JSON asks for. */
void tgr_sim_rule_read(json_t *rule, struct tgr_sim_effect *effect);

/* The first rule that wants this call and is neither waiting (`after`) nor
 * used up (`times`); uses it once. `effect` is good until the next call of any
 * function here. */
bool tgr_sim_rules_match(struct tgr_sim_rules *rules, const char *token,
                         const char *method, const json_t *params,
                         struct tgr_sim_effect *effect);

#endif
