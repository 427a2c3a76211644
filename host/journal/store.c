/* What a journal's file holds, and the statements that change it. What reads
 * it: store_read.c. */
#include "journal/store.h"

#include "journal/store_inside.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* "tgr1" as SQLite's application_id; a later form of the file has another. */
enum { APPLICATION_ID = 0x74677231 };

static const char schema[] =
    "BEGIN IMMEDIATE;"
    "PRAGMA application_id=0x74677231;"
    "CREATE TABLE IF NOT EXISTS meta("
    " name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS updates("
    " seq INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, id INTEGER NOT NULL,"
    " at INTEGER NOT NULL, attempts INTEGER NOT NULL, crashes INTEGER NOT NULL,"
    " error BLOB NOT NULL, sum INTEGER NOT NULL, raw BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS dead("
    " seq INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, id INTEGER NOT NULL,"
    " at INTEGER NOT NULL, attempts INTEGER NOT NULL, crashes INTEGER NOT NULL,"
    " error BLOB NOT NULL, sum INTEGER NOT NULL, raw BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS once("
    " seq INTEGER NOT NULL, name BLOB NOT NULL, value BLOB NOT NULL,"
    " PRIMARY KEY(seq, name)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS seen("
    " key BLOB PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;"
    "COMMIT";

static const char *const statements[TGR_STORE_STATEMENTS] = {
    [TGR_STORE_APPEND] = "INSERT INTO updates(seq, epoch, id, at, attempts,"
                         " crashes, error, sum, raw)"
                         " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [TGR_STORE_REMOVE] = "DELETE FROM updates WHERE seq = ?1",
    [TGR_STORE_NOTE] = "UPDATE updates SET attempts = ?2, crashes = ?3,"
                       " error = ?4 WHERE seq = ?1",
    [TGR_STORE_BURY] = "INSERT OR REPLACE INTO dead SELECT seq, epoch, id, ?2,"
                       " attempts, crashes, error, sum, raw FROM updates"
                       " WHERE seq = ?1",
    [TGR_STORE_ONCE_PUT] = "INSERT OR REPLACE INTO once VALUES(?1, ?2, ?3)",
    [TGR_STORE_ONCE_DROP] = "DELETE FROM once WHERE seq = ?1",
    [TGR_STORE_SEEN] = "INSERT OR IGNORE INTO seen VALUES(?1, ?2)",
    [TGR_STORE_META] = "INSERT OR REPLACE INTO meta VALUES(?1, ?2)"};

int64_t tgr_store_sum(const struct tgr_entry *entry) {
  const int64_t head[] = {entry->seq, entry->epoch, entry->id,
                          (int64_t)entry->len};
  uint64_t sum = 0;
  for (size_t i = 0; i < sizeof head / sizeof *head; i++)
    sum = (sum ^ (uint64_t)head[i]) * 0x9e3779b97f4a7c15u;
  size_t at = 0;
  for (; entry->len - at >= 8; at += 8) {
    uint64_t word;
    memcpy(&word, entry->raw + at, 8);
    sum = (sum ^ word) * 0xff51afd7ed558ccdu;
    sum ^= sum >> 32;
  }
  for (; at < entry->len; at++)
    sum = (sum ^ (unsigned char)entry->raw[at]) * 0x100000001b3u;
  sum ^= sum >> 29;
  return (int64_t)sum;
}

/* ---- opening ------------------------------------------------------------ */

/* A database of somebody else's stays as it is, its journal mode too; one with
 * our mark and foreign tables is damaged. */
static enum tgr_status check_kind(struct tgr_store *store,
                                  struct tgr_error *error) {
  int64_t tables = 0;
  int64_t ours = 0;
  enum tgr_status status = tgr_store_ask(
      store,
      "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT IN"
      " ('meta', 'updates', 'dead', 'once', 'seen')",
      &tables, error);
  if (status == TGR_OK)
    status = tgr_store_ask(store, "PRAGMA application_id", &ours, error);
  if (status != TGR_OK || tables == 0)
    return status;
  if (ours == APPLICATION_ID)
    return tgr_error_set(error, TGR_ESYNTAX, "its list of tables is damaged");
  return tgr_error_set(error, TGR_EINVAL, "it is a database of something else");
}

/* Whether the tables are there: so that opening usually writes nothing. */
static enum tgr_status make_tables(struct tgr_store *store,
                                   struct tgr_error *error) {
  int64_t tables = 0;
  const enum tgr_status status = tgr_store_ask(
      store, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'", &tables,
      error);
  if (status != TGR_OK || tables == 5)
    return status;
  return tgr_sqlite_exec(&store->sqlite, schema, error);
}

/* Messages are their users' alone; SQLite's other files follow this one. */
static void make_private(const char *path) {
  const int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0) /* else it is there, or SQLite will say why it cannot be */
    close(fd);
}

enum tgr_status tgr_store_open(struct tgr_store *store,
                               const struct tgr_sqlite_options *options,
                               struct tgr_error *error) {
  *store = (struct tgr_store){0};
  struct tgr_sqlite_options unchanged = *options;
  unchanged.unchanged = true;
  if (!options->read_only)
    make_private(options->path);
  enum tgr_status status = tgr_sqlite_open(&store->sqlite, &unchanged, error);
  if (status != TGR_OK)
    return status;
  status = check_kind(store, error);
  if (status == TGR_OK && !options->read_only)
    status = tgr_sqlite_use_wal(&store->sqlite, error);
  if (status == TGR_OK && !options->read_only)
    status = make_tables(store, error);
  for (int i = 0;
       status == TGR_OK && !options->read_only && i < TGR_STORE_STATEMENTS; i++)
    status = tgr_sqlite_prepare(&store->sqlite, statements[i], &store->stmt[i],
                                error);
  if (status != TGR_OK)
    tgr_store_close(store);
  return status;
}

void tgr_store_close(struct tgr_store *store) {
  for (int i = 0; i < TGR_STORE_STATEMENTS; i++)
    tgr_sqlite_finalize(&store->stmt[i]);
  tgr_sqlite_close(&store->sqlite);
}

/* ---- changes ------------------------------------------------------------ */

enum tgr_status tgr_store_begin(struct tgr_store *store,
                                struct tgr_error *error) {
  return tgr_sqlite_exec(&store->sqlite, "BEGIN IMMEDIATE", error);
}

enum tgr_status tgr_store_commit(struct tgr_store *store,
                                 struct tgr_error *error) {
  return tgr_sqlite_exec(&store->sqlite, "COMMIT", error);
}

void tgr_store_rollback(struct tgr_store *store) {
  tgr_sqlite_rollback(&store->sqlite);
}

static void bind_entry(struct tgr_sqlite_stmt *stmt,
                       const struct tgr_entry *entry) {
  tgr_sqlite_bind_int(stmt, 1, entry->seq);
  tgr_sqlite_bind_int(stmt, 2, entry->epoch);
  tgr_sqlite_bind_int(stmt, 3, entry->id);
  tgr_sqlite_bind_int(stmt, 4, entry->at_ms);
  tgr_sqlite_bind_int(stmt, 5, entry->attempts);
  tgr_sqlite_bind_int(stmt, 6, entry->crashes);
  tgr_sqlite_bind_blob(stmt, 7, entry->error, entry->error_len);
  tgr_sqlite_bind_int(stmt, 8, tgr_store_sum(entry));
  tgr_sqlite_bind_blob(stmt, 9, entry->raw, entry->len);
}

enum tgr_status tgr_store_append(struct tgr_store *store,
                                 const struct tgr_entry *entry,
                                 struct tgr_error *error) {
  struct tgr_sqlite_stmt *stmt = &store->stmt[TGR_STORE_APPEND];
  bind_entry(stmt, entry);
  return tgr_sqlite_run(stmt, error);
}

enum tgr_status tgr_store_append_dead(struct tgr_store *store,
                                      const struct tgr_entry *entry,
                                      struct tgr_error *error) {
  struct tgr_sqlite_stmt stmt;
  const enum tgr_status status = tgr_sqlite_prepare(
      &store->sqlite,
      "INSERT OR REPLACE INTO dead(seq, epoch, id, at, attempts, crashes, "
      "error,"
      " sum, raw) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      &stmt, error);
  if (status != TGR_OK)
    return status;
  bind_entry(&stmt, entry);
  const enum tgr_status result = tgr_sqlite_run(&stmt, error);
  tgr_sqlite_finalize(&stmt);
  return result;
}

/* Runs a statement whose one parameter is a seq. */
static enum tgr_status run_seq(struct tgr_sqlite_stmt *stmt, int64_t seq,
                               struct tgr_error *error) {
  tgr_sqlite_bind_int(stmt, 1, seq);
  return tgr_sqlite_run(stmt, error);
}

enum tgr_status tgr_store_remove(struct tgr_store *store, int64_t seq,
                                 bool once, struct tgr_error *error) {
  const enum tgr_status status =
      run_seq(&store->stmt[TGR_STORE_REMOVE], seq, error);
  if (status != TGR_OK || !once)
    return status;
  return run_seq(&store->stmt[TGR_STORE_ONCE_DROP], seq, error);
}

/* What ctx:once has kept for an update is another one's from now on. */
static enum tgr_status move_once(struct tgr_store *store, int64_t seq,
                                 int64_t to, struct tgr_error *error) {
  struct tgr_sqlite_stmt stmt;
  const enum tgr_status status = tgr_sqlite_prepare(
      &store->sqlite, "UPDATE once SET seq = ?2 WHERE seq = ?1", &stmt, error);
  if (status != TGR_OK)
    return status;
  tgr_sqlite_bind_int(&stmt, 2, to);
  const enum tgr_status result = run_seq(&stmt, seq, error);
  tgr_sqlite_finalize(&stmt);
  return result;
}

enum tgr_status tgr_store_drop_dead(struct tgr_store *store, int64_t seq,
                                    int64_t to, struct tgr_error *error) {
  const enum tgr_status kept =
      to != 0 ? move_once(store, seq, to, error)
              : run_seq(&store->stmt[TGR_STORE_ONCE_DROP], seq, error);
  if (kept != TGR_OK)
    return kept;
  struct tgr_sqlite_stmt stmt;
  const enum tgr_status status = tgr_sqlite_prepare(
      &store->sqlite, "DELETE FROM dead WHERE seq = ?1", &stmt, error);
  if (status != TGR_OK)
    return status;
  const enum tgr_status result = run_seq(&stmt, seq, error);
  tgr_sqlite_finalize(&stmt);
  return result;
}

enum tgr_status tgr_store_note(struct tgr_store *store,
                               const struct tgr_entry *entry,
                               struct tgr_error *error) {
  struct tgr_sqlite_stmt *stmt = &store->stmt[TGR_STORE_NOTE];
  tgr_sqlite_bind_int(stmt, 1, entry->seq);
  tgr_sqlite_bind_int(stmt, 2, entry->attempts);
  tgr_sqlite_bind_int(stmt, 3, entry->crashes);
  tgr_sqlite_bind_blob(stmt, 4, entry->error, entry->error_len);
  return tgr_sqlite_run(stmt, error);
}

enum tgr_status tgr_store_bury(struct tgr_store *store, int64_t seq,
                               int64_t at_ms, struct tgr_error *error) {
  struct tgr_sqlite_stmt *stmt = &store->stmt[TGR_STORE_BURY];
  tgr_sqlite_bind_int(stmt, 2, at_ms);
  const enum tgr_status status = run_seq(stmt, seq, error);
  if (status != TGR_OK)
    return status;
  return tgr_store_remove(store, seq, false, error);
}

enum tgr_status tgr_store_put_once(struct tgr_store *store, int64_t seq,
                                   const char *name, size_t name_len,
                                   const char *value, size_t value_len,
                                   struct tgr_error *error) {
  struct tgr_sqlite_stmt *stmt = &store->stmt[TGR_STORE_ONCE_PUT];
  tgr_sqlite_bind_int(stmt, 1, seq);
  tgr_sqlite_bind_blob(stmt, 2, name, name_len);
  tgr_sqlite_bind_blob(stmt, 3, value, value_len);
  return tgr_sqlite_run(stmt, error);
}

enum tgr_status tgr_store_drop_orphans(struct tgr_store *store,
                                       struct tgr_error *error) {
  return tgr_sqlite_exec(&store->sqlite,
                         "DELETE FROM once WHERE"
                         " seq NOT IN (SELECT seq FROM updates) AND"
                         " seq NOT IN (SELECT seq FROM dead)",
                         error);
}

enum tgr_status tgr_store_see(struct tgr_store *store, const char *key,
                              size_t len, int64_t at_ms, bool *known,
                              struct tgr_error *error) {
  struct tgr_sqlite_stmt *stmt = &store->stmt[TGR_STORE_SEEN];
  tgr_sqlite_bind_blob(stmt, 1, key, len);
  tgr_sqlite_bind_int(stmt, 2, at_ms);
  const enum tgr_status status = tgr_sqlite_run(stmt, error);
  if (status == TGR_OK)
    *known = tgr_sqlite_changes(&store->sqlite) == 0;
  return status;
}

enum tgr_status tgr_store_forget_keys(struct tgr_store *store, int64_t at_ms,
                                      struct tgr_error *error) {
  struct tgr_sqlite_stmt stmt;
  const enum tgr_status status = tgr_sqlite_prepare(
      &store->sqlite, "DELETE FROM seen WHERE at < ?1", &stmt, error);
  if (status != TGR_OK)
    return status;
  const enum tgr_status result = run_seq(&stmt, at_ms, error);
  tgr_sqlite_finalize(&stmt);
  return result;
}

static enum tgr_status set_meta(struct tgr_store *store, const char *name,
                                int64_t value, struct tgr_error *error) {
  struct tgr_sqlite_stmt *stmt = &store->stmt[TGR_STORE_META];
  tgr_sqlite_bind_text(stmt, 1, name, strlen(name));
  tgr_sqlite_bind_int(stmt, 2, value);
  return tgr_sqlite_run(stmt, error);
}

enum tgr_status tgr_store_set_position(struct tgr_store *store,
                                       const struct tgr_position *position,
                                       struct tgr_error *error) {
  const enum tgr_status status =
      set_meta(store, "epoch", position->epoch, error);
  if (status != TGR_OK)
    return status;
  return set_meta(store, "next", position->next, error);
}

enum tgr_status tgr_store_set_owner(struct tgr_store *store, int64_t owner,
                                    struct tgr_error *error) {
  return set_meta(store, "owner", owner, error);
}
