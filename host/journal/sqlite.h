/* Sqlite: the one door to libsqlite3.
 *
 * Thin: open with the settings that matter, statements, and errors as a status
 * with one line. What is stored is the callers' (journal/store.c, …).
 *
 * Memory: SQLite allocates through its own allocator, not through struct
 * tgr_mem (its hook for that is one for the whole process, which is the
 * embedder's); out of memory comes as TGR_ENOMEM like anywhere else.
 *
 * Owner: one thread at a time for each open database. Opening is any thread's.
 *
 * Statuses, for all functions here:
 *   TGR_ENOMEM   out of memory
 *   TGR_ESTATE   another connection has it locked, and busy_ms have passed
 *   TGR_ESYNTAX  the file is damaged, or is no database
 *   TGR_EIO      reading or writing failed: disk full, read-only, broken
 *   TGR_ENOENT   it cannot be opened: no such folder, no permission
 *   TGR_EINVAL   all else: wrong SQL, a constraint, a wrong parameter */
#ifndef TGR_JOURNAL_SQLITE_H
#define TGR_JOURNAL_SQLITE_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a commit outlives: a power cut, the end of the process, or that it did
 * not happen at all (SQLite's synchronous FULL, NORMAL, OFF). In WAL mode
 * NORMAL and OFF survive a killed process alike; OFF may leave a damaged file
 * after a power cut. */
enum tgr_sqlite_sync {
  TGR_SQLITE_SYNC_FULL,
  TGR_SQLITE_SYNC_NORMAL,
  TGR_SQLITE_SYNC_OFF
};

struct tgr_sqlite_options {
  const char *path;          /* a file, or ":memory:" */
  const char *vfs;           /* of sqlite3_vfs_register; NULL: the default */
  bool read_only;            /* the file must be there; nothing is written */
  bool exclusive;            /* no other connection may use it meanwhile */
  enum tgr_sqlite_sync sync; /* TGR_SQLITE_SYNC_FULL */
  unsigned busy_ms;          /* to wait for another connection's lock; 5000 */
  bool unchanged; /* nothing is written yet: tgr_sqlite_use_wal follows */
};

struct tgr_sqlite {
  struct sqlite3 *db; /* NULL: closed */
};

struct tgr_sqlite_stmt {
  struct sqlite3_stmt *stmt; /* NULL: none */
};

/* The defaults; `path` is NULL. */
void tgr_sqlite_options_init(struct tgr_sqlite_options *options);

/* Opens, or makes, the database in WAL mode. Copies what it needs.
 * TGR_EIO also for a file that can only be read, unless asked for, and where
 * there can be no WAL. On an error nothing is open. */
TGR_MUST_CHECK enum tgr_status
tgr_sqlite_open(struct tgr_sqlite *sqlite,
                const struct tgr_sqlite_options *options,
                struct tgr_error *error);

/* For one that was opened `unchanged`. */
TGR_MUST_CHECK enum tgr_status tgr_sqlite_use_wal(struct tgr_sqlite *sqlite,
                                                  struct tgr_error *error);

/* All statements are finalized by now. Harmless when closed. */
void tgr_sqlite_close(struct tgr_sqlite *sqlite);

/* How long to wait for another connection's lock from now on. */
void tgr_sqlite_set_busy(struct tgr_sqlite *sqlite, unsigned busy_ms);

/* Runs SQL without results, several statements if need be. */
TGR_MUST_CHECK enum tgr_status tgr_sqlite_exec(struct tgr_sqlite *sqlite,
                                               const char *sql,
                                               struct tgr_error *error);

/* Whether the file is not where it was: renamed, or removed. */
bool tgr_sqlite_is_moved(const struct tgr_sqlite *sqlite);

/* Rows that the last INSERT, UPDATE or DELETE changed. */
int64_t tgr_sqlite_changes(const struct tgr_sqlite *sqlite);

/* True between BEGIN and its end; some errors end it by themselves. */
bool tgr_sqlite_in_transaction(const struct tgr_sqlite *sqlite);

/* ROLLBACK if a transaction is open; what that fails with is of no use. */
void tgr_sqlite_rollback(struct tgr_sqlite *sqlite);

/* Takes checkpoints out of the commits of this connection: after each of them
 * `*pages` is what the WAL holds (it stays 0 where there is none), and the
 * caller sees to checkpoints. */
void tgr_sqlite_count_wal(struct tgr_sqlite *sqlite, int *pages);

/* Moves what the WAL holds into the database, as far as nobody reads it, and
 * flushes both to the disk. */
TGR_MUST_CHECK enum tgr_status tgr_sqlite_checkpoint(struct tgr_sqlite *sqlite,
                                                     struct tgr_error *error);

/* Compiles one statement, to be used many times. */
TGR_MUST_CHECK enum tgr_status tgr_sqlite_prepare(struct tgr_sqlite *sqlite,
                                                  const char *sql,
                                                  struct tgr_sqlite_stmt *stmt,
                                                  struct tgr_error *error);

/* Harmless on one that was zeroed or never prepared. */
void tgr_sqlite_finalize(struct tgr_sqlite_stmt *stmt);

/* Parameters, counted from 1. Bytes are borrowed until the statement is reset
 * (`bytes` NULL: SQL's NULL); text is UTF-8. What fails here (a number that
 * does not exist, bytes beyond SQLite's limit) comes out of the next step. */
void tgr_sqlite_bind_int(struct tgr_sqlite_stmt *stmt, int index,
                         int64_t value);
void tgr_sqlite_bind_text(struct tgr_sqlite_stmt *stmt, int index,
                          const char *bytes, size_t len);
void tgr_sqlite_bind_blob(struct tgr_sqlite_stmt *stmt, int index,
                          const void *bytes, size_t len);
void tgr_sqlite_bind_null(struct tgr_sqlite_stmt *stmt, int index);

/* The next row: `*row` tells whether there is one. */
TGR_MUST_CHECK enum tgr_status tgr_sqlite_step(struct tgr_sqlite_stmt *stmt,
                                               bool *row,
                                               struct tgr_error *error);

/* Steps a statement that gives no rows, and resets it. */
TGR_MUST_CHECK enum tgr_status tgr_sqlite_run(struct tgr_sqlite_stmt *stmt,
                                              struct tgr_error *error);

/* Makes it ready for the next use; parameters are cleared. */
void tgr_sqlite_reset(struct tgr_sqlite_stmt *stmt);

/* Columns of the present row, counted from 0. */
int64_t tgr_sqlite_int(const struct tgr_sqlite_stmt *stmt, int column);
bool tgr_sqlite_is_null(const struct tgr_sqlite_stmt *stmt, int column);

/* Text or blob as bytes, good until the next step or reset; never NULL. A NULL
 * and an empty value both give `*len` 0, and so does running out of memory. */
const char *tgr_sqlite_bytes(const struct tgr_sqlite_stmt *stmt, int column,
                             size_t *len);

/* Any thread. "3.40.1". */
const char *tgr_sqlite_version(void);

#endif
