/* Rules: filters by kind, contents and command, evaluated on raw updates.
 *
 * A rule says of an update yes, no, or perhaps, when its raw bytes do not tell.
 * All rules of a list ask one walk over the update's members (glance.h), which
 * happens when the first of them needs it.
 *
 * Rules are numbered from 1, and tried from a given one down: middleware is
 * composed from the last to the first.
 *
 * Owner: whoever embeds it; one thread.
 * Not here: what happens then (router.c). */
#ifndef TGR_SCRIPT_RULES_H
#define TGR_SCRIPT_RULES_H

#include "engine/task.h"
#include "telegram/kinds.h"

#include <stdbool.h>
#include <stdint.h>

enum {
  TGR_RULES_NAMES_MAX = 64, /* members; who asks for more gets perhaps */
  TGR_RULES_NAME_MAX = 63   /* bytes of a name; longer ones get perhaps */
};

enum tgr_match { TGR_MATCH_NO, TGR_MATCH_YES, TGR_MATCH_PERHAPS };

struct tgr_rules {
  const struct tgr_mem *mem;
  struct tgr_rule *rules;
  struct tgr_probe *probes;
  struct tgr_rule_name *names;    /* of members */
  struct tgr_rule_name *commands; /* of all rules */
  int count;
  int probe_count;
  int name_count;
  int command_count;
  uint64_t of_len[TGR_RULES_NAME_MAX + 1]; /* the names of each length */
};

void tgr_rules_init(struct tgr_rules *rules, const struct tgr_mem *mem);
void tgr_rules_deinit(struct tgr_rules *rules);

/* A new rule, number rules->count, that says no to everything yet. All of
 * these: TGR_ENOMEM, with nothing changed. */
TGR_MUST_CHECK enum tgr_status tgr_rules_add(struct tgr_rules *rules);
/* The last rule says yes to updates of a kind; perhaps, unless `sure`. */
void tgr_rules_allow(struct tgr_rules *rules, enum tgr_kind kind, bool sure);
/* The same to those that have this member, which is not null; `sure` must be
 * the same for all members of a kind. */
TGR_MUST_CHECK enum tgr_status tgr_rules_allow_member(struct tgr_rules *rules,
                                                      enum tgr_kind kind,
                                                      const char *name,
                                                      size_t len, bool sure);
/* Perhaps to those whose text begins with this command ("start"). */
TGR_MUST_CHECK enum tgr_status tgr_rules_allow_command(struct tgr_rules *rules,
                                                       enum tgr_kind kind,
                                                       const char *name,
                                                       size_t len);

/* The first of the rules `from`, `from` - 1 … 1 that does not say no to the raw
 * update: its number, with its match; else 0. */
int tgr_rules_choose(const struct tgr_rules *rules, int from,
                     const struct tgr_task *task, enum tgr_match *match);

#endif
