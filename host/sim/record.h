/* Record: what every call was and how it went, and counters a method.
 *
 * Owner: the simulator's thread.
 * In:    tgr_sim_record_begin when a call's head arrived, _params when its
 *        body has, _end when it is answered or lost.
 * Out:   tgr_sim_record_calls, tgr_sim_record_stats. */
#ifndef TGR_SIM_RECORD_H
#define TGR_SIM_RECORD_H

#include "base/mem.h"
#include "base/status.h"

#include <jansson.h>

#include <stdbool.h>
#include <stdint.h>

enum {
  TGR_SIM_RECORD_METHOD_MAX = 64,
  TGR_SIM_RECORD_METHODS_MAX = 512,
  TGR_SIM_RECORD_DEFAULT = 65536
};

/* Counters of one method. */
struct tgr_sim_tally {
  char method[TGR_SIM_RECORD_METHOD_MAX];
  uint64_t calls;
  uint64_t answered;
  uint64_t failed; /* answered with a status of 400 or more */
  uint64_t aborted;
  uint64_t open;
  uint64_t open_max;
};

/* One call. */
struct tgr_sim_entry {
  uint64_t seq;
  struct tgr_sim_tally *tally;
  json_t *token;
  json_t *params;
  json_t *files; /* field → {field, name, content_type, size, fnv1a, file_id} */
  char content_type[48];
  uint64_t received_us;
  uint64_t answered_us; /* 0 while there is no answer */
  uint64_t connection;
  int status; /* 0 while there is no answer */
  bool aborted;
};

struct tgr_sim_record {
  const struct tgr_mem *mem;
  bool on;
  uint64_t next_seq;
  size_t max;                    /* calls kept; the newest ones */
  struct tgr_sim_entry *entries; /* ring: seq % cap */
  size_t cap;
  uint64_t oldest_seq;
  struct tgr_sim_tally *tallies; /* open addressing by method */
  size_t tally_count;
  uint64_t aborted;
};

TGR_MUST_CHECK enum tgr_status
tgr_sim_record_init(struct tgr_sim_record *record, const struct tgr_mem *mem);
void tgr_sim_record_deinit(struct tgr_sim_record *record);
/* Forgets all calls and counters except those of open calls; numbering goes
 * on. */
void tgr_sim_record_clear(struct tgr_sim_record *record);
/* Sets how many calls are kept, at least 1. Forgets all calls. */
void tgr_sim_record_set_max(struct tgr_sim_record *record, size_t max);

/* The counters of a method (made when new); never NULL: methods beyond
 * TGR_SIM_RECORD_METHODS_MAX share one called "*". */
struct tgr_sim_tally *tgr_sim_record_tally(struct tgr_sim_record *record,
                                           const char *method);

/* A call arrived. Returns its number, which counts even when nothing is
 * recorded. */
uint64_t tgr_sim_record_begin(struct tgr_sim_record *record,
                              struct tgr_sim_tally *tally);
/* The entry of a call; NULL when it is not or no longer recorded. */
struct tgr_sim_entry *tgr_sim_record_entry(struct tgr_sim_record *record,
                                           uint64_t seq);
/* The call was answered with `status`, or the client was lost. */
void tgr_sim_record_end(struct tgr_sim_record *record,
                        struct tgr_sim_tally *tally, uint64_t seq, int status,
                        bool aborted);

/* Calls numbered above `since`, oldest first, at most `limit`; of one method
 * and one token unless these are NULL. A new array. */
json_t *tgr_sim_record_calls(struct tgr_sim_record *record, const char *method,
                             const char *token, uint64_t since, size_t limit);
/* Method → counters. A new object. */
json_t *tgr_sim_record_stats(const struct tgr_sim_record *record);

#endif
