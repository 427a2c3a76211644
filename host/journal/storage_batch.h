/* Storage batch: operations on the database of a storage, run together.
 *
 * Owner: the loop's thread while nothing is on its way; a thread of the pool
 * from tgr_storage_batch_run until that returns.
 * Not here: when a batch is run (storage.c). */
#ifndef TGR_JOURNAL_STORAGE_BATCH_H
#define TGR_JOURNAL_STORAGE_BATCH_H

#include "journal/sqlite.h"
#include "journal/storage.h"

struct tgr_storage_batch {
  const char *path;      /* borrowed */
  struct tgr_list ops;   /* to be run; then those that are done */
  struct tgr_list aside; /* not run: another connection has the file locked */
  bool moved;            /* set when the file was not there any more */
  int wal_pages;         /* after the last commit */
  struct tgr_sqlite sqlite;
  struct tgr_sqlite_stmt read;
  struct tgr_sqlite_stmt write;
  struct tgr_sqlite_stmt delete;
};

/* `path` is borrowed. Nothing is open yet. */
void tgr_storage_batch_init(struct tgr_storage_batch *batch, const char *path);

/* Runs the operations, in their order for each key; the database is opened when
 * that is needed. Waits for another connection's lock for some milliseconds
 * only: then writes, and reads behind a write of the same key, are moved to
 * `aside`, to come first in the next batch. What could not be written for 5 s
 * has failed. */
void tgr_storage_batch_run(struct tgr_storage_batch *batch);

/* Closes the database; harmless when it is closed. */
void tgr_storage_batch_close(struct tgr_storage_batch *batch);

#endif
