/* What a journal's file tells. */
#include "journal/store_inside.h"

enum tgr_status tgr_store_ask(struct tgr_store *store, const char *sql,
                              int64_t *answer, struct tgr_error *error) {
  struct tgr_sqlite_stmt stmt;
  enum tgr_status status =
      tgr_sqlite_prepare(&store->sqlite, sql, &stmt, error);
  if (status != TGR_OK)
    return status;
  bool row = false;
  status = tgr_sqlite_step(&stmt, &row, error);
  if (status == TGR_OK && row)
    *answer = tgr_sqlite_int(&stmt, 0);
  tgr_sqlite_finalize(&stmt);
  return status;
}

enum tgr_status tgr_store_position(struct tgr_store *store,
                                   struct tgr_position *position,
                                   struct tgr_error *error) {
  *position = (struct tgr_position){0};
  const enum tgr_status status =
      tgr_store_ask(store, "SELECT value FROM meta WHERE name = 'epoch'",
                    &position->epoch, error);
  if (status != TGR_OK)
    return status;
  return tgr_store_ask(store, "SELECT value FROM meta WHERE name = 'next'",
                       &position->next, error);
}

enum tgr_status tgr_store_owner(struct tgr_store *store, int64_t *owner,
                                struct tgr_error *error) {
  *owner = 0;
  return tgr_store_ask(store, "SELECT value FROM meta WHERE name = 'owner'",
                       owner, error);
}

enum tgr_status tgr_store_last_seq(struct tgr_store *store, int64_t *seq,
                                   struct tgr_error *error) {
  *seq = 0;
  return tgr_store_ask(store,
                       "SELECT max(coalesce((SELECT max(seq) FROM updates), 0),"
                       " coalesce((SELECT max(seq) FROM dead), 0),"
                       " coalesce((SELECT max(seq) FROM once), 0))",
                       seq, error);
}

/* Calls `each` for every row of a query. */
static enum tgr_status
each_row(struct tgr_store *store, const char *sql,
         enum tgr_status (*each)(void *user, struct tgr_sqlite_stmt *stmt),
         void *user, struct tgr_error *error) {
  struct tgr_sqlite_stmt stmt;
  enum tgr_status status =
      tgr_sqlite_prepare(&store->sqlite, sql, &stmt, error);
  if (status != TGR_OK)
    return status;
  for (;;) {
    bool row = false;
    status = tgr_sqlite_step(&stmt, &row, error);
    if (status != TGR_OK || !row)
      break;
    status = each(user, &stmt);
    if (status != TGR_OK)
      break;
  }
  tgr_sqlite_finalize(&stmt);
  return status;
}

struct entry_call {
  tgr_entry_fn *each;
  void *user;
};

static enum tgr_status call_entry(void *user, struct tgr_sqlite_stmt *stmt) {
  const struct entry_call *call = user;
  struct tgr_entry entry = {.seq = tgr_sqlite_int(stmt, 0),
                            .epoch = tgr_sqlite_int(stmt, 1),
                            .id = tgr_sqlite_int(stmt, 2),
                            .at_ms = tgr_sqlite_int(stmt, 3),
                            .attempts = tgr_sqlite_int(stmt, 4),
                            .crashes = tgr_sqlite_int(stmt, 5)};
  entry.error = tgr_sqlite_bytes(stmt, 6, &entry.error_len);
  entry.raw = tgr_sqlite_bytes(stmt, 8, &entry.len);
  entry.intact = tgr_sqlite_int(stmt, 7) == tgr_store_sum(&entry);
  return call->each(call->user, &entry);
}

#define COLUMNS "seq, epoch, id, at, attempts, crashes, error, sum, raw"

static enum tgr_status each_entry(struct tgr_store *store, const char *sql,
                                  tgr_entry_fn *each, void *user,
                                  struct tgr_error *error) {
  struct entry_call call = {each, user};
  return each_row(store, sql, call_entry, &call, error);
}

enum tgr_status tgr_store_each_update(struct tgr_store *store, bool back,
                                      tgr_entry_fn *each, void *user,
                                      struct tgr_error *error) {
  return each_entry(store,
                    back ? "SELECT " COLUMNS " FROM updates ORDER BY seq DESC"
                         : "SELECT " COLUMNS " FROM updates ORDER BY seq",
                    each, user, error);
}

enum tgr_status tgr_store_each_dead(struct tgr_store *store, bool back,
                                    tgr_entry_fn *each, void *user,
                                    struct tgr_error *error) {
  return each_entry(store,
                    back ? "SELECT " COLUMNS " FROM dead ORDER BY seq DESC"
                         : "SELECT " COLUMNS " FROM dead ORDER BY seq",
                    each, user, error);
}

struct once_call {
  tgr_once_fn *each;
  void *user;
};

static enum tgr_status call_once(void *user, struct tgr_sqlite_stmt *stmt) {
  const struct once_call *call = user;
  struct tgr_once once = {.seq = tgr_sqlite_int(stmt, 0)};
  once.name = tgr_sqlite_bytes(stmt, 1, &once.name_len);
  once.value = tgr_sqlite_bytes(stmt, 2, &once.value_len);
  return call->each(call->user, &once);
}

enum tgr_status tgr_store_each_once(struct tgr_store *store, tgr_once_fn *each,
                                    void *user, struct tgr_error *error) {
  struct once_call call = {each, user};
  return each_row(store, "SELECT seq, name, value FROM once", call_once, &call,
                  error);
}

struct key_call {
  tgr_key_fn *each;
  void *user;
};

static enum tgr_status call_key(void *user, struct tgr_sqlite_stmt *stmt) {
  const struct key_call *call = user;
  size_t len = 0;
  const char *key = tgr_sqlite_bytes(stmt, 0, &len);
  return call->each(call->user, key, len, tgr_sqlite_int(stmt, 1));
}

enum tgr_status tgr_store_each_key(struct tgr_store *store, tgr_key_fn *each,
                                   void *user, struct tgr_error *error) {
  struct key_call call = {each, user};
  return each_row(store, "SELECT key, at FROM seen", call_key, &call, error);
}
