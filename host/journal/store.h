/* Store: what a journal's file holds, and the statements on it.
 *
 *   updates  kept and not ended, in order of arrival (`seq`)
 *   dead     updates that were given up
 *   once     results of ctx:once, by update and name
 *   seen     keys of updates that a source without numbers has supplied
 *   meta     whose it is, and where fetching goes on
 *
 * Each row of updates and dead carries a sum of its content, so that a flipped
 * bit is noticed. Changes go between tgr_store_begin and tgr_store_commit.
 *
 * Owner: one thread at a time. Statuses and memory as in sqlite.h.
 * Not here: damage (salvage.c), when to write (writer.c). */
#ifndef TGR_JOURNAL_STORE_H
#define TGR_JOURNAL_STORE_H

#include "journal/sqlite.h"

enum tgr_store_statement {
  TGR_STORE_APPEND,
  TGR_STORE_REMOVE,
  TGR_STORE_NOTE,
  TGR_STORE_BURY,
  TGR_STORE_ONCE_PUT,
  TGR_STORE_ONCE_DROP,
  TGR_STORE_SEEN,
  TGR_STORE_META,
  TGR_STORE_STATEMENTS
};

struct tgr_store {
  struct tgr_sqlite sqlite;
  struct tgr_sqlite_stmt stmt[TGR_STORE_STATEMENTS];
};

/* An update as the store has it; all borrowed. */
struct tgr_entry {
  int64_t seq; /* its number in this file, from 1, in order of arrival */
  int64_t epoch;
  int64_t id;       /* its update_id, or 0 */
  int64_t at_ms;    /* when it came (of the dead: when it was given up), Unix */
  int64_t attempts; /* runs that failed */
  int64_t crashes;  /* ends of the process while it ran */
  const char *raw;
  size_t len;
  const char *error; /* of the last run that failed; "" */
  size_t error_len;
  bool intact; /* the sum is right; of what is read */
};

/* Where fetching goes on. */
struct tgr_position {
  int64_t epoch; /* update ids have started anew so often */
  int64_t next;  /* the offset behind what is kept; 0: unknown */
};

/* Opens the file, or makes it (for its owner alone), with its tables.
 * TGR_EINVAL for a database that is no journal, or of a later version. On an
 * error nothing is open. */
TGR_MUST_CHECK enum tgr_status
tgr_store_open(struct tgr_store *store,
               const struct tgr_sqlite_options *options,
               struct tgr_error *error);
void tgr_store_close(struct tgr_store *store);

TGR_MUST_CHECK enum tgr_status tgr_store_begin(struct tgr_store *store,
                                               struct tgr_error *error);
TGR_MUST_CHECK enum tgr_status tgr_store_commit(struct tgr_store *store,
                                                struct tgr_error *error);
void tgr_store_rollback(struct tgr_store *store);

/* TGR_EINVAL when its seq is in use. */
TGR_MUST_CHECK enum tgr_status tgr_store_append(struct tgr_store *store,
                                                const struct tgr_entry *entry,
                                                struct tgr_error *error);
/* The update has ended; with `once` also what ctx:once has kept. */
TGR_MUST_CHECK enum tgr_status tgr_store_remove(struct tgr_store *store,
                                                int64_t seq, bool once,
                                                struct tgr_error *error);
/* Takes over the entry's attempts, crashes and error. */
TGR_MUST_CHECK enum tgr_status tgr_store_note(struct tgr_store *store,
                                              const struct tgr_entry *entry,
                                              struct tgr_error *error);
/* Moves the update, as it is noted, to the dead letters; what ctx:once has kept
 * stays with it. */
TGR_MUST_CHECK enum tgr_status tgr_store_bury(struct tgr_store *store,
                                              int64_t seq, int64_t at_ms,
                                              struct tgr_error *error);
TGR_MUST_CHECK enum tgr_status
tgr_store_put_once(struct tgr_store *store, int64_t seq, const char *name,
                   size_t name_len, const char *value, size_t value_len,
                   struct tgr_error *error);
/* Forgets what ctx:once has kept for updates that are not there. */
TGR_MUST_CHECK enum tgr_status tgr_store_drop_orphans(struct tgr_store *store,
                                                      struct tgr_error *error);
/* Remembers a source's key; `*known`: it was there already. */
TGR_MUST_CHECK enum tgr_status tgr_store_see(struct tgr_store *store,
                                             const char *key, size_t len,
                                             int64_t at_ms, bool *known,
                                             struct tgr_error *error);
/* Forgets keys from before `at_ms`. */
TGR_MUST_CHECK enum tgr_status tgr_store_forget_keys(struct tgr_store *store,
                                                     int64_t at_ms,
                                                     struct tgr_error *error);
TGR_MUST_CHECK enum tgr_status
tgr_store_set_position(struct tgr_store *store,
                       const struct tgr_position *position,
                       struct tgr_error *error);
TGR_MUST_CHECK enum tgr_status tgr_store_position(struct tgr_store *store,
                                                  struct tgr_position *position,
                                                  struct tgr_error *error);

/* Whose journal it is: 0 as long as nobody's. */
TGR_MUST_CHECK enum tgr_status tgr_store_owner(struct tgr_store *store,
                                               int64_t *owner,
                                               struct tgr_error *error);
TGR_MUST_CHECK enum tgr_status tgr_store_set_owner(struct tgr_store *store,
                                                   int64_t owner,
                                                   struct tgr_error *error);

/* The largest seq in use; 0 for none. */
TGR_MUST_CHECK enum tgr_status tgr_store_last_seq(struct tgr_store *store,
                                                  int64_t *seq,
                                                  struct tgr_error *error);

/* Calls `each` for every update in order of seq, from the first or (`back`)
 * from the last, until it returns something else than TGR_OK, which is then
 * the result. Within it only other statements may run. */
typedef enum tgr_status tgr_entry_fn(void *user, const struct tgr_entry *entry);
TGR_MUST_CHECK enum tgr_status
tgr_store_each_update(struct tgr_store *store, bool back, tgr_entry_fn *each,
                      void *user, struct tgr_error *error);
TGR_MUST_CHECK enum tgr_status
tgr_store_each_dead(struct tgr_store *store, bool back, tgr_entry_fn *each,
                    void *user, struct tgr_error *error);

/* The same for the kept results of ctx:once. */
struct tgr_once {
  int64_t seq;
  const char *name;
  size_t name_len;
  const char *value;
  size_t value_len;
};
typedef enum tgr_status tgr_once_fn(void *user, const struct tgr_once *once);
TGR_MUST_CHECK enum tgr_status tgr_store_each_once(struct tgr_store *store,
                                                   tgr_once_fn *each,
                                                   void *user,
                                                   struct tgr_error *error);

/* The same for keys. */
typedef enum tgr_status tgr_key_fn(void *user, const char *key, size_t len,
                                   int64_t at_ms);
TGR_MUST_CHECK enum tgr_status tgr_store_each_key(struct tgr_store *store,
                                                  tgr_key_fn *each, void *user,
                                                  struct tgr_error *error);

/* For salvage.c and letters.c: an entry into the dead letters as it is. */
TGR_MUST_CHECK enum tgr_status
tgr_store_append_dead(struct tgr_store *store, const struct tgr_entry *entry,
                      struct tgr_error *error);
/* A dead letter, and what ctx:once has kept for it, is forgotten; the latter
 * goes to the update `to` when that is not 0. */
TGR_MUST_CHECK enum tgr_status tgr_store_drop_dead(struct tgr_store *store,
                                                   int64_t seq, int64_t to,
                                                   struct tgr_error *error);

#endif
