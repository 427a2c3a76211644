/* A journal between a scripted supplier and whoever asks, on a real loop.
 *
 * The supplier gives one batch of `batch` updates for each request, ids
 * ascending, while `batches` last; then it never answers. */
#ifndef JOURNAL_BENCH_H
#define JOURNAL_BENCH_H

#include "engine/intake.h"
#include "engine/sink.h"
#include "journal/journal.h"
#include "journal/store.h"
#include "support/spec.h"
#include "support/spec_folder.h"
#include "support/spec_mem.h"
#include "telegram/split.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bench {
  struct tgr_loop loop;
  struct tgr_log log;
  pthread_mutex_t said_lock; /* the writer's thread says things, too */
  char said[8192];           /* the log's lines */
  size_t said_len;
  struct tgr_supplier supplier;
  struct tgr_source source;
  struct tgr_source_consumer consumer;
  struct tgr_intake intake;
  struct tgr_journal *journal;
  struct tgr_keeper *keeper;
  struct tgr_sink sink; /* for the keeper; nothing runs in it */
  struct tgr_list got;  /* tasks in the order they came */
  int got_count;
  int batches;
  int batch;
  int64_t offset;  /* of the next request */
  int64_t next_id; /* of the next update */
  int asked;       /* requests */
  bool failed;
};

static inline void bench_log(void *user, enum tgr_log_level level,
                             const char *text, size_t len) {
  struct bench *bench = user;
  (void)level;
  pthread_mutex_lock(&bench->said_lock);
  char *end = bench->said + bench->said_len;
  if (bench->said_len + len + 2 <= sizeof bench->said) {
    memcpy(end, text, len);
    end[len] = '\n';
    bench->said_len += len + 1;
  }
  pthread_mutex_unlock(&bench->said_lock);
}

/* Whether the log has a text while the journal is open; behind that `said` can
 * be read as it is. */
static inline bool bench_has_said(struct bench *bench, const char *text) {
  pthread_mutex_lock(&bench->said_lock);
  const bool has_said = strstr(bench->said, text) != NULL;
  pthread_mutex_unlock(&bench->said_lock);
  return has_said;
}

static inline void bench_supply(struct tgr_supplier *supplier,
                                struct tgr_source *source, int limit) {
  struct bench *bench = TGR_CONTAINER_OF(supplier, struct bench, supplier);
  (void)limit;
  bench->asked++;
  if (bench->batches == 0)
    return;
  bench->batches--;
  struct tgr_list tasks;
  tgr_list_init(&tasks);
  for (int i = 0; i < bench->batch; i++) {
    char json[160];
    const int len =
        snprintf(json, sizeof json,
                 "{\"update_id\":%ld,\"message\":{\"chat\":{\"id\":%ld}}}",
                 (long)bench->next_id, (long)bench->next_id % 3);
    struct tgr_task *task = NULL;
    assert_int_equal(
        tgr_split_one(&tgr_mem_libc, json, (size_t)len, &task, NULL), TGR_OK);
    tgr_list_append(&tasks, &task->link);
    bench->next_id++;
  }
  supplier->asked = bench->offset;
  supplier->next = bench->offset = bench->next_id;
  tgr_source_deliver(source, &tasks, bench->batch);
}

static inline void bench_abort(struct tgr_supplier *supplier) {
  (void)supplier;
}

static inline void bench_confirm(struct tgr_supplier *supplier,
                                 struct tgr_source *source, int64_t offset,
                                 bool covered) {
  (void)supplier;
  (void)offset;
  (void)covered;
  tgr_source_confirmed(source);
}

static inline void bench_seek(struct tgr_supplier *supplier, int64_t offset) {
  struct bench *bench = TGR_CONTAINER_OF(supplier, struct bench, supplier);
  bench->offset = offset;
}

static inline void bench_pull(struct bench *bench) {
  assert_int_equal(tgr_source_pull(&bench->source, &bench->consumer), TGR_OK);
}

static inline void bench_on_batch(struct tgr_source_consumer *consumer,
                                  struct tgr_list *tasks, int count) {
  struct bench *bench = TGR_CONTAINER_OF(consumer, struct bench, consumer);
  bench->got_count += count;
  tgr_list_append_all(&bench->got, tasks);
  bench_pull(bench);
}

static inline void bench_on_error(struct tgr_source_consumer *consumer,
                                  const struct tgr_error *error) {
  struct bench *bench = TGR_CONTAINER_OF(consumer, struct bench, consumer);
  (void)error;
  bench->failed = true;
}

static inline enum tgr_status bench_make(void *user, const char *bytes,
                                         size_t len, struct tgr_task **task,
                                         struct tgr_error *error) {
  (void)user;
  return tgr_split_one(&tgr_mem_libc, bytes, len, task, error);
}

struct bench_options {
  const struct tgr_mem *mem;
  const char *path;
  const char *vfs;
  bool retries;
  int64_t owner;
  unsigned write_retry_ms; /* 0: 1 */
};

/* Opens the journal; nothing is asked for yet. */
static inline enum tgr_status bench_open(struct bench *bench,
                                         const struct bench_options *options,
                                         struct tgr_error *error) {
  memset(bench, 0, sizeof *bench);
  assert_int_equal(pthread_mutex_init(&bench->said_lock, NULL), 0);
  bench->batch = 5;
  bench->batches = 1;
  bench->next_id = 1;
  tgr_list_init(&bench->got);
  bench->log = (struct tgr_log){.mem = &tgr_mem_libc,
                                .threshold = TGR_LOG_DEBUG,
                                .write = bench_log,
                                .user = bench};
  assert_int_equal(tgr_loop_init(&bench->loop, &tgr_mem_libc), TGR_OK);
  const struct tgr_journal_options journal = {
      .mem = options->mem != NULL ? options->mem : &tgr_mem_libc,
      .log = &bench->log,
      .loop = &bench->loop,
      .vfs = options->vfs,
      .write_retry_ms =
          options->write_retry_ms > 0 ? options->write_retry_ms : 1};
  const struct tgr_journal_config config = {.path = options->path,
                                            .retries = options->retries,
                                            .owner = options->owner,
                                            .make = bench_make};
  const enum tgr_status status =
      tgr_journal_open(&journal, &config, &bench->journal, error);
  if (status != TGR_OK) {
    tgr_loop_deinit(&bench->loop);
    return status;
  }
  bench->keeper = tgr_journal_keeper(bench->journal);
  bench->supplier = (struct tgr_supplier){.supply = bench_supply,
                                          .abort = bench_abort,
                                          .confirm = bench_confirm,
                                          .seek = bench_seek};
  bench->consumer = (struct tgr_source_consumer){.on_batch = bench_on_batch,
                                                 .on_error = bench_on_error};
  tgr_intake_init(&bench->intake, &bench->loop.timers, &bench->loop.ready,
                  &bench->log, &bench->supplier, bench->keeper);
  tgr_source_init(&bench->source, &bench->loop.timers, &bench->loop.ready,
                  &bench->intake.supplier, NULL);
  struct tgr_sink_options sink;
  tgr_sink_options_init(&sink);
  tgr_sink_init(&bench->sink, &tgr_mem_libc, &bench->loop.timers,
                &bench->loop.ready, NULL, &sink);
  return TGR_OK;
}

/* Turns the loop until as much was asked for. */
static inline bool bench_await_asked(struct bench *bench, int asked) {
  const uint64_t end_us = tgr_loop_clock_us() + 20000000;
  while (bench->asked < asked && tgr_loop_clock_us() < end_us)
    if (!tgr_loop_step(&bench->loop, 1000))
      uv_sleep(1);
  return bench->asked >= asked;
}

static inline struct tgr_task *bench_task(const struct bench *bench, int n) {
  struct tgr_link *link = bench->got.head.next;
  while (n-- > 1)
    link = link->next;
  return TGR_CONTAINER_OF(link, struct tgr_task, link);
}

/* What the sink would say of a task: it has taken its slot; it has ended. */
static inline void bench_start(struct tgr_task *task) {
  task->place = TGR_TASK_RUNNING;
  task->keeper->started(task->keeper, task);
}

static inline enum tgr_verdict bench_end(struct bench *bench,
                                         struct tgr_task *task,
                                         enum tgr_outcome outcome) {
  return task->keeper->ended(task->keeper, &bench->sink, task, outcome);
}

static inline void bench_close(struct bench *bench) {
  tgr_source_deinit(&bench->source);
  tgr_intake_deinit(&bench->intake);
  const bool freed = tgr_journal_close(bench->journal);
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&bench->got)) != NULL) {
    struct tgr_task *task = TGR_CONTAINER_OF(link, struct tgr_task, link);
    assert_null(task->keeper);
    tgr_task_release(task);
  }
  tgr_sink_deinit(&bench->sink);
  tgr_loop_deinit(&bench->loop);
  if (!freed)
    tgr_journal_free(bench->journal);
}

/* The file as a process finds it that comes after a kill at this moment:
 * TO, with its WAL. */
static inline void bench_snapshot(const char *path, const char *to) {
  assert_true(spec_file_copy(path, to, ""));
  (void)spec_file_copy(path, to, "-wal");
  char shm[200];
  snprintf(shm, sizeof shm, "%s-shm", to);
  (void)remove(shm);
}

static inline enum tgr_status bench_count(void *user,
                                          const struct tgr_entry *entry) {
  assert_true(entry->intact);
  ++*(int *)user;
  return TGR_OK;
}

/* How many updates a file holds; `next` is where fetching would go on. */
static inline int bench_stored(const char *path, bool dead, int64_t *next) {
  struct tgr_sqlite_options options;
  tgr_sqlite_options_init(&options);
  options.path = path;
  struct tgr_store store;
  struct tgr_position position;
  struct tgr_error error = {.text = ""};
  int count = 0;
  if (tgr_store_open(&store, &options, &error) != TGR_OK)
    fail_msg("%s", error.text);
  assert_int_equal(
      dead ? tgr_store_each_dead(&store, false, bench_count, &count, &error)
           : tgr_store_each_update(&store, false, bench_count, &count, &error),
      TGR_OK);
  assert_int_equal(tgr_store_position(&store, &position, &error), TGR_OK);
  if (next != NULL)
    *next = position.next;
  tgr_store_close(&store);
  return count;
}

#endif
