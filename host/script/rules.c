/* Filters on raw updates. */
#include "script/rules.h"

#include "script/glance.h"

#include <string.h>

struct tgr_rule_name {
  uint8_t len;
  char text[TGR_RULES_NAME_MAX];
};

/* Of updates of one kind, those with one of the members. */
struct tgr_probe {
  uint64_t names; /* bits of rules->names */
  uint8_t kind;
  bool sure;
};

/* Kinds are bits. Its probes and commands lie behind those of the rule before
 * it. */
struct tgr_rule {
  uint32_t yes;     /* whatever they hold */
  uint32_t perhaps; /* the same */
  uint32_t probed;  /* some, by their members */
  uint32_t commanded;
  int probes_end;
  int commands_end;
};

static const struct tgr_rule no_rule;

_Static_assert(TGR_KIND_COUNT <= 32, "a kind is a bit");

void tgr_rules_init(struct tgr_rules *rules, const struct tgr_mem *mem) {
  *rules = (struct tgr_rules){.mem = mem};
}

void tgr_rules_deinit(struct tgr_rules *rules) {
  tgr_mem_free(rules->mem, rules->rules);
  tgr_mem_free(rules->mem, rules->probes);
  tgr_mem_free(rules->mem, rules->names);
  tgr_mem_free(rules->mem, rules->commands);
}

/* ---- making ------------------------------------------------------------- */

/* `items` with room for one more; NULL, with `items` as it was, without
 * memory. The capacity is a power of two. */
static void *with_room(const struct tgr_rules *rules, void *items, int count,
                       size_t size) {
  if ((count & (count - 1)) != 0)
    return items;
  const size_t cap = count == 0 ? 1 : (size_t)count * 2;
  return tgr_mem_resize(rules->mem, items, cap * size);
}

enum tgr_status tgr_rules_add(struct tgr_rules *rules) {
  struct tgr_rule *list =
      with_room(rules, rules->rules, rules->count, sizeof *list);
  if (list == NULL)
    return TGR_ENOMEM;
  rules->rules = list;
  list[rules->count++] = (struct tgr_rule){
      .probes_end = rules->probe_count, .commands_end = rules->command_count};
  return TGR_OK;
}

static struct tgr_rule *last_rule(struct tgr_rules *rules) {
  return &rules->rules[rules->count - 1];
}

static uint32_t bit_of_kind(unsigned kind) {
  return UINT32_C(1) << kind;
}

void tgr_rules_allow(struct tgr_rules *rules, enum tgr_kind kind, bool sure) {
  struct tgr_rule *rule = last_rule(rules);
  if (sure)
    rule->yes |= bit_of_kind(kind);
  else
    rule->perhaps |= bit_of_kind(kind);
}

/* Appends a name that fits. */
static enum tgr_status add_name(const struct tgr_rules *rules,
                                struct tgr_rule_name **names, int *count,
                                const char *name, size_t len) {
  struct tgr_rule_name *list = with_room(rules, *names, *count, sizeof *list);
  if (list == NULL)
    return TGR_ENOMEM;
  *names = list;
  struct tgr_rule_name *added = &list[(*count)++];
  added->len = (uint8_t)len;
  memcpy(added->text, name, len);
  return TGR_OK;
}

/* The bit of a member's name; 0 when it is none of the names. */
static uint64_t find_name(const struct tgr_rules *rules, const char *name,
                          size_t len) {
  uint64_t bits = len <= TGR_RULES_NAME_MAX ? rules->of_len[len] : 0;
  for (; bits != 0; bits &= bits - 1) {
    const int i = __builtin_ctzll(bits);
    if (memcmp(rules->names[i].text, name, len) == 0)
      return UINT64_C(1) << i;
  }
  return 0;
}

/* The last rule's probe of a kind; NULL without memory. */
static struct tgr_probe *probe_of(struct tgr_rules *rules, unsigned kind,
                                  bool sure) {
  struct tgr_rule *rule = last_rule(rules);
  const int first = rules->count > 1 ? (rule - 1)->probes_end : 0;
  for (int i = first; i < rules->probe_count; i++)
    if (rules->probes[i].kind == kind)
      return &rules->probes[i];
  struct tgr_probe *list =
      with_room(rules, rules->probes, rules->probe_count, sizeof *list);
  if (list == NULL)
    return NULL;
  rules->probes = list;
  rule->probed |= bit_of_kind(kind);
  rule->probes_end = ++rules->probe_count;
  list[rules->probe_count - 1] =
      (struct tgr_probe){.kind = (uint8_t)kind, .sure = sure};
  return &list[rules->probe_count - 1];
}

enum tgr_status tgr_rules_allow_member(struct tgr_rules *rules,
                                       enum tgr_kind kind, const char *name,
                                       size_t len, bool sure) {
  uint64_t bit = find_name(rules, name, len);
  if (bit == 0) {
    if (len > TGR_RULES_NAME_MAX || rules->name_count == TGR_RULES_NAMES_MAX) {
      tgr_rules_allow(rules, kind, false);
      return TGR_OK;
    }
    if (add_name(rules, &rules->names, &rules->name_count, name, len) != TGR_OK)
      return TGR_ENOMEM;
    bit = UINT64_C(1) << (rules->name_count - 1);
    rules->of_len[len] |= bit;
  }
  struct tgr_probe *probe = probe_of(rules, kind, sure);
  if (probe == NULL)
    return TGR_ENOMEM;
  probe->names |= bit;
  return TGR_OK;
}

enum tgr_status tgr_rules_allow_command(struct tgr_rules *rules,
                                        enum tgr_kind kind, const char *name,
                                        size_t len) {
  if (len > TGR_RULES_NAME_MAX) {
    tgr_rules_allow(rules, kind, false);
    return TGR_OK;
  }
  const enum tgr_status status =
      add_name(rules, &rules->commands, &rules->command_count, name, len);
  if (status != TGR_OK)
    return status;
  last_rule(rules)->commanded |= bit_of_kind(kind);
  last_rule(rules)->commands_end = rules->command_count;
  return TGR_OK;
}

/* ---- choosing ----------------------------------------------------------- */

/* What one update holds, once it was looked for. */
struct found {
  bool is_read;
  bool is_known;
  uint64_t names;
  const char *text; /* the value; NULL: none, or null */
};

static void read_members(const struct tgr_rules *rules,
                         const struct tgr_task *task, struct found *found) {
  struct tgr_glance glance;
  struct tgr_json_slice key;
  const char *value = NULL;
  tgr_glance_begin(&glance, task);
  while (tgr_glance_next(&glance, &key, &value)) {
    if (*value == 'n' && strncmp(value, "null", 4) == 0)
      continue;
    found->names |= find_name(rules, key.at, key.len);
    if (key.len == 4 && memcmp(key.at, "text", 4) == 0)
      found->text = value;
  }
  found->is_read = true;
  found->is_known = !glance.is_broken && !glance.has_escapes;
}

/* Whether the text at `at`, a JSON value, may begin with a slash and `name`: a
 * backslash may stand for anything. */
static bool may_begin_with(const char *at, const char *end,
                           const struct tgr_rule_name *name) {
  if (*at++ != '"' || (at < end && *at != '/'))
    return at < end && at[-1] == '"' && *at == '\\';
  at++;
  for (int i = 0; i < name->len && at < end; i++, at++)
    if (*at != name->text[i])
      return *at == '\\';
  return true;
}

static enum tgr_match test_commands(const struct tgr_rules *rules, int first,
                                    int end, const struct tgr_task *task,
                                    const struct found *found) {
  if (found->text == NULL)
    return TGR_MATCH_NO;
  for (int i = first; i < end; i++)
    if (may_begin_with(found->text, task->raw + task->raw_len,
                       &rules->commands[i]))
      return TGR_MATCH_PERHAPS;
  return TGR_MATCH_NO;
}

static enum tgr_match test_members(const struct tgr_rules *rules, int first,
                                   int end, unsigned kind,
                                   const struct found *found) {
  for (int i = first; i < end; i++) {
    const struct tgr_probe *probe = &rules->probes[i];
    if (probe->kind == kind && (probe->names & found->names) != 0)
      return probe->sure ? TGR_MATCH_YES : TGR_MATCH_PERHAPS;
  }
  return TGR_MATCH_NO;
}

static enum tgr_match test(const struct tgr_rules *rules,
                           const struct tgr_rule *rule,
                           const struct tgr_task *task, struct found *found) {
  const struct tgr_rule *before = rule == rules->rules ? &no_rule : rule - 1;
  const uint32_t kind = bit_of_kind(task->kind);
  if ((rule->yes & kind) != 0)
    return TGR_MATCH_YES;
  /* Kinds the host does not know are found in the decoded update. */
  if ((rule->perhaps & kind) != 0 || task->kind == TGR_KIND_UNKNOWN)
    return TGR_MATCH_PERHAPS;
  if (((rule->probed | rule->commanded) & kind) == 0)
    return TGR_MATCH_NO;
  if (!found->is_read)
    read_members(rules, task, found);
  if (!found->is_known)
    return TGR_MATCH_PERHAPS;
  if ((rule->commanded & kind) != 0)
    return test_commands(rules, before->commands_end, rule->commands_end, task,
                         found);
  return test_members(rules, before->probes_end, rule->probes_end, task->kind,
                      found);
}

int tgr_rules_choose(const struct tgr_rules *rules, int from,
                     const struct tgr_task *task, enum tgr_match *match) {
  struct found found = {0};
  for (int i = from; i > 0; i--) {
    *match = test(rules, &rules->rules[i - 1], task, &found);
    if (*match != TGR_MATCH_NO)
      return i;
  }
  return 0;
}
