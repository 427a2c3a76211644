/* Storage: texts by key in an SQLite database, for what scripts remember.
 *
 * Reading and writing is done on a thread of libuv's pool (loop/work.h), one
 * batch at a time. What is asked for while a batch is on its way is the next
 * one, and all writes of a batch are one transaction: many sessions that are
 * saved together cost one commit. An operation that was put is carried out,
 * whoever still waits for it.
 *
 * A write waits up to 5 s for the lock of another connection. Reads wait for it
 * behind a write of the same key only.
 *
 * Durable as WAL mode with synchronous=NORMAL is: a killed process loses
 * nothing that was written; a power cut may lose the last writes, and leaves a
 * whole database all the same. Other threads and processes may use the same
 * file.
 *
 * The database is opened by the first operation, and again by the next one when
 * that failed. When its file is removed or replaced meanwhile, the operations
 * of one batch fail with that, and it is opened anew.
 *
 * Owner: the thread of the loop.
 * Not here: what scripts see (storage_script.c). */
#ifndef TGR_JOURNAL_STORAGE_H
#define TGR_JOURNAL_STORAGE_H

#include "base/buf.h"
#include "base/list.h"
#include "loop/loop.h"

enum tgr_storage_verb {
  TGR_STORAGE_READ,
  TGR_STORAGE_WRITE,
  TGR_STORAGE_DELETE
};

/* One operation. It is the storage's from put to `done`. */
struct tgr_storage_op {
  struct tgr_link link;
  const char *key;
  size_t key_len;
  struct tgr_buf value; /* to be written; or what was read */
  enum tgr_storage_verb verb;
  bool found;         /* there was something to read */
  uint64_t locked_us; /* the storage's: since when it waits for a lock; or 0 */
  /* How it went; with a status other than TGR_OK, one line that names the
   * database. */
  enum tgr_status status;
  struct tgr_error error;
  /* On the loop's thread, from within libuv: it only notes. It may free the
   * operation. */
  void (*done)(struct tgr_storage_op *op);
};

struct tgr_storage;

/* A storage in the file `path` (":memory:" for none). TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status tgr_storage_new(struct tgr_loop *loop,
                                               const char *path,
                                               struct tgr_storage **out);

/* What was put is carried out; then the database is closed, in the background.
 * NULL is fine. */
void tgr_storage_free(struct tgr_storage *storage);

/* Carries out an operation, behind those that were put before. */
void tgr_storage_put(struct tgr_storage *storage, struct tgr_storage_op *op);

#endif
