/* What every call was and how it went. */
#include "sim/record.h"

#include "sim/timer.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { FIRST_CAP = 1024 };

enum tgr_status tgr_sim_record_init(struct tgr_sim_record *record,
                                    const struct tgr_mem *mem) {
  *record = (struct tgr_sim_record){.mem = mem,
                                    .on = true,
                                    .next_seq = 1,
                                    .oldest_seq = 1,
                                    .max = TGR_SIM_RECORD_DEFAULT};
  record->tallies =
      tgr_mem_new0(mem, TGR_SIM_RECORD_METHODS_MAX * sizeof *record->tallies);
  return record->tallies == NULL ? TGR_ENOMEM : TGR_OK;
}

static void forget(struct tgr_sim_entry *entry) {
  json_decref(entry->token);
  json_decref(entry->params);
  json_decref(entry->files);
  *entry = (struct tgr_sim_entry){0};
}

static void forget_entries(struct tgr_sim_record *record) {
  for (size_t i = 0; i < record->cap; i++)
    forget(&record->entries[i]);
  tgr_mem_free(record->mem, record->entries);
  record->entries = NULL;
  record->cap = 0;
  record->oldest_seq = record->next_seq;
}

void tgr_sim_record_deinit(struct tgr_sim_record *record) {
  forget_entries(record);
  tgr_mem_free(record->mem, record->tallies);
  record->tallies = NULL;
}

void tgr_sim_record_clear(struct tgr_sim_record *record) {
  forget_entries(record);
  record->aborted = 0;
  for (size_t i = 0; i < TGR_SIM_RECORD_METHODS_MAX; i++) {
    struct tgr_sim_tally *tally = &record->tallies[i];
    tally->calls = tally->open_max = tally->open;
    tally->answered = tally->failed = tally->aborted = 0;
  }
}

void tgr_sim_record_set_max(struct tgr_sim_record *record, size_t max) {
  forget_entries(record);
  record->max = max == 0 ? 1 : max;
}

static size_t hash_of(const char *method) {
  size_t hash = 5381;
  for (; *method != '\0'; method++)
    hash = hash * 33 + (size_t)tolower((unsigned char)*method);
  return hash;
}

struct tgr_sim_tally *tgr_sim_record_tally(struct tgr_sim_record *record,
                                           const char *method) {
  char name[TGR_SIM_RECORD_METHOD_MAX];
  snprintf(name, sizeof name, "%s",
           record->tally_count < TGR_SIM_RECORD_METHODS_MAX / 2 ? method : "*");
  size_t place = hash_of(method) % TGR_SIM_RECORD_METHODS_MAX;
  for (size_t i = 0; i < TGR_SIM_RECORD_METHODS_MAX; i++) {
    struct tgr_sim_tally *tally = &record->tallies[place];
    if (tally->method[0] == '\0')
      break;
    if (strncasecmp(tally->method, method, sizeof name - 1) == 0)
      return tally;
    place = (place + 1) % TGR_SIM_RECORD_METHODS_MAX;
  }
  if (name[0] == '*' && strcmp(method, "*") != 0 && record->tally_count > 0)
    return tgr_sim_record_tally(record, "*");
  record->tally_count++;
  memcpy(record->tallies[place].method, name, sizeof name);
  return &record->tallies[place];
}

/* Doubles the ring until it holds `max`; entries keep their numbers. */
static bool grow(struct tgr_sim_record *record) {
  size_t cap = record->cap == 0 ? FIRST_CAP : record->cap * 2;
  if (cap > record->max)
    cap = record->max;
  struct tgr_sim_entry *entries =
      tgr_mem_new0(record->mem, cap * sizeof *entries);
  if (entries == NULL)
    return false;
  for (size_t i = 0; i < record->cap; i++)
    if (record->entries[i].seq != 0)
      entries[record->entries[i].seq % cap] = record->entries[i];
  tgr_mem_free(record->mem, record->entries);
  record->entries = entries;
  record->cap = cap;
  return true;
}

uint64_t tgr_sim_record_begin(struct tgr_sim_record *record,
                              struct tgr_sim_tally *tally) {
  const uint64_t seq = record->next_seq++;
  tally->calls++;
  if (++tally->open > tally->open_max)
    tally->open_max = tally->open;
  if (!record->on) {
    return seq;
  }
  if (seq - record->oldest_seq >= record->cap && record->cap < record->max &&
      !grow(record) && record->cap == 0)
    return seq;
  struct tgr_sim_entry *entry = &record->entries[seq % record->cap];
  forget(entry);
  entry->seq = seq;
  entry->tally = tally;
  entry->received_us = tgr_sim_now_us();
  if (seq - record->oldest_seq >= record->cap)
    record->oldest_seq = seq - record->cap + 1;
  return seq;
}

struct tgr_sim_entry *tgr_sim_record_entry(struct tgr_sim_record *record,
                                           uint64_t seq) {
  if (record->cap == 0)
    return NULL;
  struct tgr_sim_entry *entry = &record->entries[seq % record->cap];
  return entry->seq == seq ? entry : NULL;
}

void tgr_sim_record_end(struct tgr_sim_record *record,
                        struct tgr_sim_tally *tally, uint64_t seq, int status,
                        bool aborted) {
  tally->open--;
  tally->answered += status != 0;
  tally->failed += status >= 400;
  tally->aborted += aborted;
  record->aborted += aborted;
  struct tgr_sim_entry *entry = tgr_sim_record_entry(record, seq);
  if (entry == NULL)
    return;
  entry->answered_us = tgr_sim_now_us();
  entry->status = status;
  entry->aborted = aborted;
}

static json_t *int_or_null(uint64_t value) {
  return value == 0 ? json_null() : json_integer((json_int_t)value);
}

static json_t *object_or_empty(json_t *object) {
  return object == NULL ? json_object() : json_incref(object);
}

static json_t *entry_json(const struct tgr_sim_entry *entry) {
  return json_pack(
      "{s:I,s:s,s:O?,s:o,s:o,s:s,s:I,s:o,s:o,s:b,s:I}", "seq",
      (json_int_t)entry->seq, "method", entry->tally->method, "token",
      entry->token, "params", object_or_empty(entry->params), "files",
      object_or_empty(entry->files), "content_type", entry->content_type,
      "received_us", (json_int_t)entry->received_us, "answered_us",
      int_or_null(entry->answered_us), "status",
      int_or_null((uint64_t)entry->status), "aborted", (int)entry->aborted,
      "connection", (json_int_t)entry->connection);
}

json_t *tgr_sim_record_calls(struct tgr_sim_record *record, const char *method,
                             const char *token, uint64_t since, size_t limit) {
  json_t *calls = json_array();
  uint64_t seq =
      since + 1 > record->oldest_seq ? since + 1 : record->oldest_seq;
  for (; seq < record->next_seq && json_array_size(calls) < limit; seq++) {
    const struct tgr_sim_entry *entry = tgr_sim_record_entry(record, seq);
    if (entry == NULL ||
        (method != NULL && strcasecmp(entry->tally->method, method) != 0) ||
        (token != NULL && strcmp(json_string_value(entry->token), token) != 0))
      continue;
    if (json_array_append_new(calls, entry_json(entry)) != 0) {
      json_decref(calls);
      return NULL;
    }
  }
  return calls;
}

json_t *tgr_sim_record_stats(const struct tgr_sim_record *record) {
  json_t *stats = json_object();
  for (size_t i = 0; i < TGR_SIM_RECORD_METHODS_MAX; i++) {
    const struct tgr_sim_tally *tally = &record->tallies[i];
    if (tally->calls == 0)
      continue;
    json_t *counters = json_pack(
        "{s:I,s:I,s:I,s:I,s:I,s:I}", "calls", (json_int_t)tally->calls,
        "answered", (json_int_t)tally->answered, "failed",
        (json_int_t)tally->failed, "aborted", (json_int_t)tally->aborted,
        "open", (json_int_t)tally->open, "open_max",
        (json_int_t)tally->open_max);
    if (json_object_set_new(stats, tally->method, counters) != 0) {
      json_decref(stats);
      return NULL;
    }
  }
  return stats;
}
