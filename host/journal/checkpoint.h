/* Checkpoint: moves what the WAL of a database holds into the database, beside
 * whoever writes.
 *
 * SQLite does so at the end of a commit now and then, which flushes two files
 * to the disk while everybody waits for that commit. Here it is done on a
 * thread of libuv's pool and on a connection of its own; reading and writing
 * go on meanwhile.
 *
 * Owner: the thread of the loop. */
#ifndef TGR_JOURNAL_CHECKPOINT_H
#define TGR_JOURNAL_CHECKPOINT_H

#include "journal/sqlite.h"
#include "loop/work.h"

struct tgr_checkpoint {
  struct tgr_loop *loop;
  const char *path; /* borrowed */
  struct tgr_work work;
  bool busy;
  struct tgr_sqlite sqlite;
  /* It is not busy any more; from within libuv: only notes. */
  void (*idle)(struct tgr_checkpoint *checkpoint);
};

/* A zeroed one is closed and never busy. */
void tgr_checkpoint_init(struct tgr_checkpoint *checkpoint,
                         struct tgr_loop *loop, const char *path,
                         void (*idle)(struct tgr_checkpoint *checkpoint));

/* Begins one, unless one is on its way, when the WAL holds many pages. What
 * fails is tried again at the next call. */
void tgr_checkpoint_consider(struct tgr_checkpoint *checkpoint, int pages);

/* Any thread, while it is not busy. */
void tgr_checkpoint_close(struct tgr_checkpoint *checkpoint);

#endif
