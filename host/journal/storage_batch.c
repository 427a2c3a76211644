/* The half of a storage that a thread of the pool runs.
 *
 * A batch with writes is one transaction, reads included: each of their own
 * would look into the WAL anew. When another connection has the file locked,
 * reads do not wait for that: what is not to be written, nor to be read behind
 * a write of the same key, is read at once, and the rest is put aside for the
 * next batch, until it has been for LOCK_MS. */
#include "journal/storage_batch.h"

#include "loop/loop.h"

#include <string.h>

enum { TRY_MS = 20, LOCK_MS = 5000 };

static struct tgr_storage_op *op_of(struct tgr_link *link) {
  return TGR_CONTAINER_OF(link, struct tgr_storage_op, link);
}

static void fail(const struct tgr_storage_batch *batch,
                 struct tgr_storage_op *op, const struct tgr_error *error) {
  op->status = tgr_error_set(
      &op->error, error->status, "%s: %s%s", batch->path, error->text,
      error->status == TGR_ESYNTAX ? "; repair or remove it" : "");
}

/* Fails what has not failed yet; `reads`: reads too. */
static void fail_all(struct tgr_storage_batch *batch,
                     const struct tgr_error *error, bool reads) {
  const struct tgr_link *head = &batch->ops.head;
  for (struct tgr_link *at = head->next; at != head; at = at->next)
    if (op_of(at)->status == TGR_OK &&
        (reads || op_of(at)->verb != TGR_STORAGE_READ))
      fail(batch, op_of(at), error);
}

void tgr_storage_batch_close(struct tgr_storage_batch *batch) {
  tgr_sqlite_finalize(&batch->read);
  tgr_sqlite_finalize(&batch->write);
  tgr_sqlite_finalize(&batch->delete);
  tgr_sqlite_close(&batch->sqlite);
  batch->wal_pages = 0;
}

static enum tgr_status prepare(struct tgr_storage_batch *batch,
                               struct tgr_error *error) {
  struct tgr_sqlite *sqlite = &batch->sqlite;
  enum tgr_status status = tgr_sqlite_exec(
      sqlite,
      "CREATE TABLE IF NOT EXISTS tgrunner_storage"
      " (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
      error);
  if (status == TGR_OK)
    status = tgr_sqlite_prepare(
        sqlite, "SELECT value FROM tgrunner_storage WHERE key = ?",
        &batch->read, error);
  if (status == TGR_OK)
    status = tgr_sqlite_prepare(
        sqlite,
        "INSERT INTO tgrunner_storage (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        &batch->write, error);
  if (status == TGR_OK)
    status =
        tgr_sqlite_prepare(sqlite, "DELETE FROM tgrunner_storage WHERE key = ?",
                           &batch->delete, error);
  return status;
}

/* What is written to a file that has lost its name would be gone with the
 * program. */
static enum tgr_status check_place(struct tgr_storage_batch *batch,
                                   struct tgr_error *error) {
  if (batch->sqlite.db == NULL || !tgr_sqlite_is_moved(&batch->sqlite))
    return TGR_OK;
  tgr_storage_batch_close(batch);
  batch->moved = true;
  return tgr_error_set(error, TGR_EIO,
                       "the file was removed or replaced while the program "
                       "used it; it is opened anew");
}

static enum tgr_status open_database(struct tgr_storage_batch *batch,
                                     struct tgr_error *error) {
  if (batch->sqlite.db != NULL)
    return TGR_OK;
  struct tgr_sqlite_options options;
  tgr_sqlite_options_init(&options);
  options.path = batch->path;
  options.sync = TGR_SQLITE_SYNC_NORMAL;
  enum tgr_status status = tgr_sqlite_open(&batch->sqlite, &options, error);
  if (status == TGR_OK)
    status = prepare(batch, error);
  if (status == TGR_OK)
    tgr_sqlite_count_wal(&batch->sqlite, &batch->wal_pages);
  else
    tgr_storage_batch_close(batch);
  return status;
}

static enum tgr_status run_read(struct tgr_storage_batch *batch,
                                struct tgr_storage_op *op,
                                struct tgr_error *error) {
  struct tgr_sqlite_stmt *stmt = &batch->read;
  tgr_sqlite_bind_text(stmt, 1, op->key, op->key_len);
  enum tgr_status status = tgr_sqlite_step(stmt, &op->found, error);
  if (status == TGR_OK && op->found) {
    size_t len = 0;
    const char *bytes = tgr_sqlite_bytes(stmt, 0, &len);
    if (tgr_buf_append(&op->value, bytes, len) != TGR_OK)
      status = tgr_error_set(error, TGR_ENOMEM, "out of memory");
  }
  tgr_sqlite_reset(stmt);
  return status;
}

static enum tgr_status run_change(struct tgr_storage_batch *batch,
                                  struct tgr_storage_op *op,
                                  struct tgr_error *error) {
  struct tgr_sqlite_stmt *stmt =
      op->verb == TGR_STORAGE_WRITE ? &batch->write : &batch->delete;
  tgr_sqlite_bind_text(stmt, 1, op->key, op->key_len);
  if (op->verb == TGR_STORAGE_WRITE)
    tgr_sqlite_bind_text(stmt, 2, op->value.bytes, op->value.len);
  return tgr_sqlite_run(stmt, error);
}

/* Runs what has not failed. An error that has ended the transaction is one of
 * all writes. */
static void run_ops(struct tgr_storage_batch *batch, bool transaction) {
  const struct tgr_link *head = &batch->ops.head;
  for (struct tgr_link *at = head->next; at != head; at = at->next) {
    struct tgr_storage_op *op = op_of(at);
    struct tgr_error error = {.text = ""};
    if (op->status != TGR_OK)
      continue;
    if ((op->verb == TGR_STORAGE_READ
             ? run_read(batch, op, &error)
             : run_change(batch, op, &error)) == TGR_OK)
      continue;
    fail(batch, op, &error);
    if (transaction && !tgr_sqlite_in_transaction(&batch->sqlite)) {
      fail_all(batch, &error, true);
      return;
    }
  }
}

static bool has_changes(const struct tgr_storage_batch *batch) {
  const struct tgr_link *head = &batch->ops.head;
  for (struct tgr_link *at = head->next; at != head; at = at->next)
    if (op_of(at)->verb != TGR_STORAGE_READ)
      return true;
  return false;
}

/* Whether a write of the same key was put aside before. */
static bool follows_write(const struct tgr_storage_batch *batch,
                          const struct tgr_storage_op *op) {
  const struct tgr_link *head = &batch->aside.head;
  for (struct tgr_link *at = head->next; at != head; at = at->next)
    if (op_of(at)->key_len == op->key_len &&
        memcmp(op_of(at)->key, op->key, op->key_len) == 0)
      return true;
  return false;
}

/* Puts a write aside, unless it has waited long enough: then it has failed. */
static void set_write_aside(struct tgr_storage_batch *batch,
                            struct tgr_storage_op *op,
                            const struct tgr_error *error) {
  const uint64_t now_us = tgr_loop_clock_us();
  if (op->locked_us == 0)
    op->locked_us = now_us;
  if (now_us - op->locked_us >= (uint64_t)LOCK_MS * 1000) {
    fail(batch, op, error);
    return;
  }
  tgr_list_remove(&op->link);
  tgr_list_append(&batch->aside, &op->link);
}

static void set_aside(struct tgr_storage_batch *batch,
                      const struct tgr_error *error) {
  const struct tgr_link *head = &batch->ops.head;
  struct tgr_link *next = NULL;
  for (struct tgr_link *at = head->next; at != head; at = next) {
    struct tgr_storage_op *op = op_of(at);
    next = at->next;
    if (op->verb != TGR_STORAGE_READ) {
      set_write_aside(batch, op, error);
    } else if (follows_write(batch, op)) {
      tgr_list_remove(at);
      tgr_list_append(&batch->aside, at);
    }
  }
}

static enum tgr_status begin(struct tgr_storage_batch *batch,
                             struct tgr_error *error) {
  struct tgr_sqlite *sqlite = &batch->sqlite;
  if (!has_changes(batch))
    return tgr_sqlite_exec(sqlite, "BEGIN", error);
  tgr_sqlite_set_busy(sqlite, TRY_MS);
  const enum tgr_status status =
      tgr_sqlite_exec(sqlite, "BEGIN IMMEDIATE", error);
  tgr_sqlite_set_busy(sqlite, LOCK_MS);
  return status;
}

static void run_transaction(struct tgr_storage_batch *batch) {
  struct tgr_sqlite *sqlite = &batch->sqlite;
  struct tgr_error error = {.text = ""};
  const enum tgr_status status = begin(batch, &error);
  if (status != TGR_OK) {
    if (status == TGR_ESTATE)
      set_aside(batch, &error);
    else
      fail_all(batch, &error, false);
    run_ops(batch, false);
    return;
  }
  run_ops(batch, true);
  if (tgr_sqlite_in_transaction(sqlite) &&
      tgr_sqlite_exec(sqlite, "COMMIT", &error) != TGR_OK) {
    tgr_sqlite_rollback(sqlite);
    fail_all(batch, &error, true); /* reads may have seen its writes */
  }
}

void tgr_storage_batch_run(struct tgr_storage_batch *batch) {
  struct tgr_error error = {.text = ""};
  if (check_place(batch, &error) != TGR_OK ||
      open_database(batch, &error) != TGR_OK)
    fail_all(batch, &error, true);
  else
    run_transaction(batch);
}

void tgr_storage_batch_init(struct tgr_storage_batch *batch, const char *path) {
  *batch = (struct tgr_storage_batch){.path = path};
  tgr_list_init(&batch->ops);
  tgr_list_init(&batch->aside);
}
