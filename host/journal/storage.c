/* Texts by key in an SQLite database.
 *
 * The queue belongs to the loop's thread. When no batch is on its way, a job at
 * the end of the ready list makes the queue the batch, so that what the
 * handlers of one turn ask for goes together; a long queue does not wait that
 * long, so that both threads work. From there to on_done the batch belongs to
 * the pool's thread. */
#include "journal/storage.h"

#include "journal/checkpoint.h"
#include "journal/storage_batch.h"

#include <assert.h>
#include <string.h>

enum { BATCH_NOW = 64 }; /* so many are begun while the turn goes on */

struct tgr_storage {
  struct tgr_loop *loop;
  struct tgr_job job; /* begins a batch */
  struct tgr_list queue;
  int queued;
  struct tgr_work work;
  bool busy;    /* the batch is with the pool's thread */
  bool closing; /* freed by its owner: the work closes the database */
  bool closed;  /* the work has closed the database */
  struct tgr_checkpoint checkpoint;
  struct tgr_storage_batch batch;
  char path[];
};

static struct tgr_storage_op *op_of(struct tgr_link *link) {
  return TGR_CONTAINER_OF(link, struct tgr_storage_op, link);
}

/* On the pool's thread. */
static void run_batch(struct tgr_work *work) {
  struct tgr_storage *storage =
      TGR_CONTAINER_OF(work, struct tgr_storage, work);
  if (!tgr_list_empty(&storage->batch.ops)) {
    tgr_storage_batch_run(&storage->batch);
    return;
  }
  tgr_checkpoint_close(&storage->checkpoint);
  tgr_storage_batch_close(&storage->batch);
  storage->closed = true;
}

/* ---- on the loop's thread ----------------------------------------------- */

/* Begins what is next, when there is something and nothing is on its way. The
 * database is closed when no checkpoint is at work. */
static void go_on(struct tgr_storage *storage) {
  const bool empty = tgr_list_empty(&storage->queue);
  if (storage->busy ||
      (empty && (!storage->closing || storage->checkpoint.busy)))
    return;
  tgr_list_append_all(&storage->batch.ops, &storage->queue);
  storage->queued = 0;
  storage->busy = true;
  tgr_work_start(storage->loop, &storage->work);
}

static void on_job(struct tgr_job *job) {
  go_on(TGR_CONTAINER_OF(job, struct tgr_storage, job));
}

/* While nothing is on its way: the checkpoint, too, is to open it anew. */
static void follow_file(struct tgr_storage *storage) {
  if (!storage->batch.moved || storage->checkpoint.busy)
    return;
  tgr_checkpoint_close(&storage->checkpoint);
  storage->batch.moved = false;
}

static void on_checkpoint(struct tgr_checkpoint *checkpoint) {
  struct tgr_storage *storage =
      TGR_CONTAINER_OF(checkpoint, struct tgr_storage, checkpoint);
  if (!storage->busy)
    follow_file(storage);
  go_on(storage);
}

/* What was put aside comes before what was put since. */
static void put_back(struct tgr_storage *storage) {
  struct tgr_list *aside = &storage->batch.aside;
  tgr_list_append_all(aside, &storage->queue);
  tgr_list_append_all(&storage->queue, aside);
}

static void on_done(struct tgr_work *work) {
  struct tgr_storage *storage =
      TGR_CONTAINER_OF(work, struct tgr_storage, work);
  storage->busy = false;
  if (storage->closed) {
    tgr_mem_free(storage->loop->mem, storage);
    return;
  }
  struct tgr_link *link = NULL;
  put_back(storage);
  while ((link = tgr_list_take(&storage->batch.ops)) != NULL)
    op_of(link)->done(op_of(link));
  follow_file(storage);
  if (!storage->closing)
    tgr_checkpoint_consider(&storage->checkpoint, storage->batch.wal_pages);
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
  storage->work.run = run_batch;
  storage->work.done = on_done;
  memcpy(storage->path, path, len + 1);
  tgr_storage_batch_init(&storage->batch, storage->path);
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
  op->locked_us = 0;
  tgr_list_append(&storage->queue, &op->link);
  storage->queued++;
  if (storage->queued >= BATCH_NOW)
    go_on(storage);
  else if (!storage->busy)
    tgr_ready_put(&storage->loop->ready, &storage->job);
}
