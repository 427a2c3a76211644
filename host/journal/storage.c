/* Texts by key in an SQLite database.
 *
 * The queue belongs to the loop's thread. When no batch is on its way, a job at
 * the end of the ready list makes the queue the batch, so that what the
 * handlers of one turn ask for goes together; a long queue does not wait that
 * long, so that both threads work. From there to on_done the batch, the
 * database and its statements belong to the pool's thread. */
#include "journal/storage.h"

#include "journal/checkpoint.h"

#include <assert.h>
#include <string.h>

enum { BATCH_NOW = 64 }; /* so many are begun while the turn goes on */

struct tgr_storage {
  struct tgr_loop *loop;
  struct tgr_job job; /* begins a batch */
  struct tgr_list queue;
  int queued;
  struct tgr_list batch;
  struct tgr_work work;
  bool busy;     /* the batch is with the pool's thread */
  bool closing;  /* freed by its owner: the work closes the database */
  bool moved;    /* the checkpoint still has the file that was there */
  int wal_pages; /* after the last commit */
  struct tgr_checkpoint checkpoint;
  struct tgr_sqlite sqlite;
  struct tgr_sqlite_stmt read;
  struct tgr_sqlite_stmt write;
  struct tgr_sqlite_stmt delete;
  char path[];
};

/* ---- on the pool's thread ----------------------------------------------- */

static struct tgr_storage_op *op_of(struct tgr_link *link) {
  return TGR_CONTAINER_OF(link, struct tgr_storage_op, link);
}

static void fail(const struct tgr_storage *storage, struct tgr_storage_op *op,
                 const struct tgr_error *error) {
  op->status = tgr_error_set(
      &op->error, error->status, "%s: %s%s", storage->path, error->text,
      error->status == TGR_ESYNTAX ? "; repair or remove it" : "");
}

/* Fails what has not failed yet; `reads`: reads too. */
static void fail_all(struct tgr_storage *storage, const struct tgr_error *error,
                     bool reads) {
  const struct tgr_link *head = &storage->batch.head;
  for (struct tgr_link *at = head->next; at != head; at = at->next)
    if (op_of(at)->status == TGR_OK &&
        (reads || op_of(at)->verb != TGR_STORAGE_READ))
      fail(storage, op_of(at), error);
}

static void close_database(struct tgr_storage *storage) {
  tgr_sqlite_finalize(&storage->read);
  tgr_sqlite_finalize(&storage->write);
  tgr_sqlite_finalize(&storage->delete);
  tgr_sqlite_close(&storage->sqlite);
  storage->wal_pages = 0;
}

static enum tgr_status prepare(struct tgr_storage *storage,
                               struct tgr_error *error) {
  struct tgr_sqlite *sqlite = &storage->sqlite;
  enum tgr_status status = tgr_sqlite_exec(
      sqlite,
      "CREATE TABLE IF NOT EXISTS tgrunner_storage"
      " (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
      error);
  if (status == TGR_OK)
    status = tgr_sqlite_prepare(
        sqlite, "SELECT value FROM tgrunner_storage WHERE key = ?",
        &storage->read, error);
  if (status == TGR_OK)
    status = tgr_sqlite_prepare(
        sqlite,
        "INSERT INTO tgrunner_storage (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        &storage->write, error);
  if (status == TGR_OK)
    status =
        tgr_sqlite_prepare(sqlite, "DELETE FROM tgrunner_storage WHERE key = ?",
                           &storage->delete, error);
  return status;
}

/* What is written to a file that has lost its name would be gone with the
 * program. */
static enum tgr_status check_place(struct tgr_storage *storage,
                                   struct tgr_error *error) {
  if (storage->sqlite.db == NULL || !tgr_sqlite_is_moved(&storage->sqlite))
    return TGR_OK;
  close_database(storage);
  storage->moved = true;
  return tgr_error_set(error, TGR_EIO,
                       "the file was removed or replaced while the program "
                       "used it; it is opened anew");
}

static enum tgr_status open_database(struct tgr_storage *storage,
                                     struct tgr_error *error) {
  if (storage->sqlite.db != NULL)
    return TGR_OK;
  struct tgr_sqlite_options options;
  tgr_sqlite_options_init(&options);
  options.path = storage->path;
  options.sync = TGR_SQLITE_SYNC_NORMAL;
  enum tgr_status status = tgr_sqlite_open(&storage->sqlite, &options, error);
  if (status == TGR_OK)
    status = prepare(storage, error);
  if (status == TGR_OK)
    tgr_sqlite_count_wal(&storage->sqlite, &storage->wal_pages);
  else
    close_database(storage);
  return status;
}

static enum tgr_status run_read(struct tgr_storage *storage,
                                struct tgr_storage_op *op,
                                struct tgr_error *error) {
  struct tgr_sqlite_stmt *stmt = &storage->read;
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

static enum tgr_status run_change(struct tgr_storage *storage,
                                  struct tgr_storage_op *op,
                                  struct tgr_error *error) {
  struct tgr_sqlite_stmt *stmt =
      op->verb == TGR_STORAGE_WRITE ? &storage->write : &storage->delete;
  tgr_sqlite_bind_text(stmt, 1, op->key, op->key_len);
  if (op->verb == TGR_STORAGE_WRITE)
    tgr_sqlite_bind_text(stmt, 2, op->value.bytes, op->value.len);
  return tgr_sqlite_run(stmt, error);
}

/* Runs what has not failed. An error that has ended the transaction is one of
 * all writes. */
static void run_ops(struct tgr_storage *storage, bool transaction) {
  const struct tgr_link *head = &storage->batch.head;
  for (struct tgr_link *at = head->next; at != head; at = at->next) {
    struct tgr_storage_op *op = op_of(at);
    struct tgr_error error = {.text = ""};
    if (op->status != TGR_OK)
      continue;
    if ((op->verb == TGR_STORAGE_READ
             ? run_read(storage, op, &error)
             : run_change(storage, op, &error)) == TGR_OK)
      continue;
    fail(storage, op, &error);
    if (transaction && !tgr_sqlite_in_transaction(&storage->sqlite)) {
      fail_all(storage, &error, true);
      return;
    }
  }
}

static bool has_changes(const struct tgr_storage *storage) {
  const struct tgr_link *head = &storage->batch.head;
  for (struct tgr_link *at = head->next; at != head; at = at->next)
    if (op_of(at)->verb != TGR_STORAGE_READ)
      return true;
  return false;
}

/* Reads too: each of their own would look into the WAL anew. */
static void run_transaction(struct tgr_storage *storage) {
  struct tgr_sqlite *sqlite = &storage->sqlite;
  struct tgr_error error = {.text = ""};
  const char *begin = has_changes(storage) ? "BEGIN IMMEDIATE" : "BEGIN";
  if (tgr_sqlite_exec(sqlite, begin, &error) != TGR_OK) {
    fail_all(storage, &error, false);
    run_ops(storage, false);
    return;
  }
  run_ops(storage, true);
  if (tgr_sqlite_in_transaction(sqlite) &&
      tgr_sqlite_exec(sqlite, "COMMIT", &error) != TGR_OK) {
    tgr_sqlite_rollback(sqlite);
    fail_all(storage, &error, true); /* reads may have seen its writes */
  }
}

static void run_batch(struct tgr_work *work) {
  struct tgr_storage *storage =
      TGR_CONTAINER_OF(work, struct tgr_storage, work);
  struct tgr_error error = {.text = ""};
  if (tgr_list_empty(&storage->batch)) { /* what was put is done: the end */
    tgr_checkpoint_close(&storage->checkpoint);
    close_database(storage);
  } else if (check_place(storage, &error) != TGR_OK ||
             open_database(storage, &error) != TGR_OK) {
    fail_all(storage, &error, true);
  } else {
    run_transaction(storage);
  }
}

/* ---- on the loop's thread ----------------------------------------------- */

/* Begins what is next, when there is something and nothing is on its way. The
 * database is closed when no checkpoint is at work. */
static void go_on(struct tgr_storage *storage) {
  const bool empty = tgr_list_empty(&storage->queue);
  if (storage->busy ||
      (empty && (!storage->closing || storage->checkpoint.busy)))
    return;
  tgr_list_append_all(&storage->batch, &storage->queue);
  storage->queued = 0;
  storage->busy = true;
  tgr_work_start(storage->loop, &storage->work);
}

static void on_job(struct tgr_job *job) {
  go_on(TGR_CONTAINER_OF(job, struct tgr_storage, job));
}

/* While nothing is on its way: the checkpoint, too, is to open it anew. */
static void follow_file(struct tgr_storage *storage) {
  if (!storage->moved || storage->checkpoint.busy)
    return;
  tgr_checkpoint_close(&storage->checkpoint);
  storage->moved = false;
}

static void on_checkpoint(struct tgr_checkpoint *checkpoint) {
  struct tgr_storage *storage =
      TGR_CONTAINER_OF(checkpoint, struct tgr_storage, checkpoint);
  if (!storage->busy)
    follow_file(storage);
  go_on(storage);
}

static void on_done(struct tgr_work *work) {
  struct tgr_storage *storage =
      TGR_CONTAINER_OF(work, struct tgr_storage, work);
  storage->busy = false;
  if (tgr_list_empty(&storage->batch)) { /* the database is closed */
    tgr_mem_free(storage->loop->mem, storage);
    return;
  }
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&storage->batch)) != NULL)
    op_of(link)->done(op_of(link));
  follow_file(storage);
  if (!storage->closing)
    tgr_checkpoint_consider(&storage->checkpoint, storage->wal_pages);
  go_on(storage);
}

enum tgr_status tgr_storage_new(struct tgr_loop *loop, const char *path,
                                struct tgr_storage **out) {
  const size_t len = strlen(path);
  struct tgr_storage *storage =
      tgr_mem_new0(loop->mem, sizeof *storage + len + 1);
  if (storage == NULL)
    return TGR_ENOMEM;
  storage->loop = loop;
  tgr_job_init(&storage->job, on_job);
  tgr_list_init(&storage->queue);
  tgr_list_init(&storage->batch);
  storage->work.run = run_batch;
  storage->work.done = on_done;
  memcpy(storage->path, path, len + 1);
  tgr_checkpoint_init(&storage->checkpoint, loop, storage->path, on_checkpoint);
  *out = storage;
  return TGR_OK;
}

void tgr_storage_free(struct tgr_storage *storage) {
  if (storage == NULL)
    return;
  tgr_ready_drop(&storage->job);
  storage->closing = true;
  go_on(storage);
}

void tgr_storage_put(struct tgr_storage *storage, struct tgr_storage_op *op) {
  assert(!storage->closing);
  op->status = TGR_OK;
  tgr_list_append(&storage->queue, &op->link);
  storage->queued++;
  if (storage->queued >= BATCH_NOW)
    go_on(storage);
  else if (!storage->busy)
    tgr_ready_put(&storage->loop->ready, &storage->job);
}
