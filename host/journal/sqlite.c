/* The one door to libsqlite3. */
#include "journal/sqlite.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

enum { BUSY_MS = 5000 };

static enum tgr_status status_of(int code) {
  switch (code & 0xFF) {
  case SQLITE_NOMEM:
    return TGR_ENOMEM;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return TGR_ESTATE;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return TGR_ESYNTAX;
  case SQLITE_CANTOPEN:
  case SQLITE_PERM:
  case SQLITE_AUTH:
    return TGR_ENOENT;
  case SQLITE_IOERR:
  case SQLITE_FULL:
  case SQLITE_READONLY:
  case SQLITE_PROTOCOL:
    return TGR_EIO;
  default:
    return TGR_EINVAL;
  }
}

static enum tgr_status fail(struct sqlite3 *db, int code,
                            struct tgr_error *error) {
  return tgr_error_set(error, status_of(code), "%s",
                       db == NULL ? sqlite3_errstr(code) : sqlite3_errmsg(db));
}

void tgr_sqlite_options_init(struct tgr_sqlite_options *options) {
  *options = (struct tgr_sqlite_options){.busy_ms = BUSY_MS};
}

static const char *sync_sql(enum tgr_sqlite_sync sync) {
  switch (sync) {
  case TGR_SQLITE_SYNC_NORMAL:
    return "PRAGMA synchronous=NORMAL";
  case TGR_SQLITE_SYNC_OFF:
    return "PRAGMA synchronous=OFF";
  case TGR_SQLITE_SYNC_FULL:
    break;
  }
  return "PRAGMA synchronous=FULL";
}

/* What the pragma answers is the mode that it is in now: one in memory has its
 * own, and so has a file where there can be no WAL. */
enum tgr_status tgr_sqlite_use_wal(struct tgr_sqlite *sqlite,
                                   struct tgr_error *error) {
  struct tgr_sqlite_stmt stmt;
  enum tgr_status status =
      tgr_sqlite_prepare(sqlite, "PRAGMA journal_mode=WAL", &stmt, error);
  if (status != TGR_OK)
    return status;
  bool row = false;
  size_t len = 0;
  status = tgr_sqlite_step(&stmt, &row, error);
  if (status == TGR_OK) {
    const char *mode = row ? tgr_sqlite_bytes(&stmt, 0, &len) : "";
    if (strcmp(mode, "wal") != 0 && strcmp(mode, "memory") != 0)
      status = tgr_error_set(error, TGR_EIO,
                             "SQLite cannot use a write-ahead log where it is "
                             "(its journal mode stays '%s'): put it on a local "
                             "disk",
                             mode);
  }
  tgr_sqlite_finalize(&stmt);
  return status;
}

/* The settings of a fresh connection. In exclusive mode the first use takes
 * locks that stay, and the WAL's index needs no shared memory. */
static enum tgr_status configure(struct tgr_sqlite *sqlite,
                                 const struct tgr_sqlite_options *options,
                                 struct tgr_error *error) {
  sqlite3_extended_result_codes(sqlite->db, 1);
  sqlite3_busy_timeout(sqlite->db, (int)options->busy_ms);
  enum tgr_status status = TGR_OK;
  if (options->exclusive)
    status = tgr_sqlite_exec(sqlite, "PRAGMA locking_mode=EXCLUSIVE", error);
  if (status == TGR_OK && !options->read_only && !options->unchanged)
    status = tgr_sqlite_use_wal(sqlite, error);
  if (status == TGR_OK)
    status = tgr_sqlite_exec(sqlite, sync_sql(options->sync), error);
  return status;
}

/* SQLite may be built to take "file:…" for an URI, with parameters: not here,
 * where a path is a path. */
static int open_path(struct tgr_sqlite *sqlite,
                     const struct tgr_sqlite_options *options, int flags) {
  const bool looks_like_uri = strncmp(options->path, "file:", 5) == 0;
  char *path =
      sqlite3_mprintf("%s%s", looks_like_uri ? "./" : "", options->path);
  if (path == NULL)
    return SQLITE_NOMEM;
  const int code = sqlite3_open_v2(path, &sqlite->db, flags, options->vfs);
  sqlite3_free(path);
  return code;
}

enum tgr_status tgr_sqlite_open(struct tgr_sqlite *sqlite,
                                const struct tgr_sqlite_options *options,
                                struct tgr_error *error) {
  const int flags =
      SQLITE_OPEN_NOMUTEX |
      (options->read_only ? SQLITE_OPEN_READONLY
                          : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  sqlite->db = NULL;
  const int code = open_path(sqlite, options, flags);
  enum tgr_status status =
      code == SQLITE_OK ? TGR_OK : fail(sqlite->db, code, error);
  if (status == TGR_OK && !options->read_only &&
      sqlite3_db_readonly(sqlite->db, "main") == 1)
    status = tgr_error_set(error, TGR_EIO, "it is write-protected");
  if (status == TGR_OK)
    status = configure(sqlite, options, error);
  if (status != TGR_OK)
    tgr_sqlite_close(sqlite);
  return status;
}

void tgr_sqlite_close(struct tgr_sqlite *sqlite) {
  sqlite3_close_v2(sqlite->db);
  sqlite->db = NULL;
}

void tgr_sqlite_set_busy(struct tgr_sqlite *sqlite, unsigned busy_ms) {
  sqlite3_busy_timeout(sqlite->db, (int)busy_ms);
}

enum tgr_status tgr_sqlite_exec(struct tgr_sqlite *sqlite, const char *sql,
                                struct tgr_error *error) {
  const int code = sqlite3_exec(sqlite->db, sql, NULL, NULL, NULL);
  return code == SQLITE_OK ? TGR_OK : fail(sqlite->db, code, error);
}

bool tgr_sqlite_is_moved(const struct tgr_sqlite *sqlite) {
  int moved = 0;
  return sqlite3_file_control(sqlite->db, NULL, SQLITE_FCNTL_HAS_MOVED,
                              &moved) == SQLITE_OK &&
         moved != 0;
}

int64_t tgr_sqlite_changes(const struct tgr_sqlite *sqlite) {
  return sqlite3_changes64(sqlite->db);
}

bool tgr_sqlite_in_transaction(const struct tgr_sqlite *sqlite) {
  return sqlite->db != NULL && sqlite3_get_autocommit(sqlite->db) == 0;
}

void tgr_sqlite_rollback(struct tgr_sqlite *sqlite) {
  if (tgr_sqlite_in_transaction(sqlite))
    (void)sqlite3_exec(sqlite->db, "ROLLBACK", NULL, NULL, NULL);
}

static int on_commit(void *user, struct sqlite3 *db, const char *name,
                     int pages) {
  (void)db;
  (void)name;
  *(int *)user = pages;
  return SQLITE_OK;
}

void tgr_sqlite_count_wal(struct tgr_sqlite *sqlite, int *pages) {
  *pages = 0;
  (void)sqlite3_wal_hook(sqlite->db, on_commit, pages); /* the hook before */
}

enum tgr_status tgr_sqlite_checkpoint(struct tgr_sqlite *sqlite,
                                      struct tgr_error *error) {
  const int code = sqlite3_wal_checkpoint_v2(
      sqlite->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  return code == SQLITE_OK ? TGR_OK : fail(sqlite->db, code, error);
}

enum tgr_status tgr_sqlite_prepare(struct tgr_sqlite *sqlite, const char *sql,
                                   struct tgr_sqlite_stmt *stmt,
                                   struct tgr_error *error) {
  stmt->stmt = NULL;
  const int code = sqlite3_prepare_v3(
      sqlite->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt->stmt, NULL);
  return code == SQLITE_OK ? TGR_OK : fail(sqlite->db, code, error);
}

void tgr_sqlite_finalize(struct tgr_sqlite_stmt *stmt) {
  (void)sqlite3_finalize(stmt->stmt); /* repeats the last step's error */
  stmt->stmt = NULL;
}

/* A failed bind leaves NULL in its place. Only a wrong index or more bytes
 * than SQLite's limit of a billion can fail: NOT NULL columns tell the latter.
 */
void tgr_sqlite_bind_int(struct tgr_sqlite_stmt *stmt, int index,
                         int64_t value) {
  (void)sqlite3_bind_int64(stmt->stmt, index, value);
}

void tgr_sqlite_bind_text(struct tgr_sqlite_stmt *stmt, int index,
                          const char *bytes, size_t len) {
  (void)sqlite3_bind_text64(stmt->stmt, index, bytes, len, SQLITE_STATIC,
                            SQLITE_UTF8);
}

void tgr_sqlite_bind_blob(struct tgr_sqlite_stmt *stmt, int index,
                          const void *bytes, size_t len) {
  (void)sqlite3_bind_blob64(stmt->stmt, index, bytes, len, SQLITE_STATIC);
}

void tgr_sqlite_bind_null(struct tgr_sqlite_stmt *stmt, int index) {
  (void)sqlite3_bind_null(stmt->stmt, index);
}

enum tgr_status tgr_sqlite_step(struct tgr_sqlite_stmt *stmt, bool *row,
                                struct tgr_error *error) {
  const int code = sqlite3_step(stmt->stmt);
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    return fail(sqlite3_db_handle(stmt->stmt), code, error);
  *row = code == SQLITE_ROW;
  return TGR_OK;
}

enum tgr_status tgr_sqlite_run(struct tgr_sqlite_stmt *stmt,
                               struct tgr_error *error) {
  bool row = false;
  const enum tgr_status status = tgr_sqlite_step(stmt, &row, error);
  tgr_sqlite_reset(stmt);
  return status;
}

void tgr_sqlite_reset(struct tgr_sqlite_stmt *stmt) {
  (void)sqlite3_reset(stmt->stmt); /* repeats the last step's error */
  (void)sqlite3_clear_bindings(stmt->stmt);
}

int64_t tgr_sqlite_int(const struct tgr_sqlite_stmt *stmt, int column) {
  return sqlite3_column_int64(stmt->stmt, column);
}

bool tgr_sqlite_is_null(const struct tgr_sqlite_stmt *stmt, int column) {
  return sqlite3_column_type(stmt->stmt, column) == SQLITE_NULL;
}

const char *tgr_sqlite_bytes(const struct tgr_sqlite_stmt *stmt, int column,
                             size_t *len) {
  const char *bytes = sqlite3_column_blob(stmt->stmt, column);
  *len = bytes == NULL ? 0 : (size_t)sqlite3_column_bytes(stmt->stmt, column);
  return bytes == NULL ? "" : bytes;
}

const char *tgr_sqlite_version(void) {
  return sqlite3_libversion();
}
