/* The thread that makes the file agree with what is wanted.
 *
 * It takes all records that have changed, writes them in one transaction, and
 * tells who waits. A transaction that fails is tried again, with what has
 * changed meanwhile, until it succeeds: nobody is told before. */
#include "journal/journal_inside.h"
#include "journal/salvage.h"

#include <errno.h>
#include <string.h>
#include <time.h>

enum {
  LAST_TRIES = 2, /* the first may find the file damaged, and mend it */
  PAUSE_MAX_MS = 5000,
  KEYS_KEPT_MS = 7 * 24 * 3600 * 1000, /* far beyond what Telegram keeps */
  KEYS_LOOK_MS = 3600 * 1000
};

int64_t tgr_journal_now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- between the threads: with the mutex -------------------------------- */

void tgr_record_touch(struct tgr_record *record) {
  struct tgr_journal *journal = record->journal;
  if (record->is_dirty)
    return;
  record->is_dirty = true;
  tgr_list_append(&journal->dirty, &record->dirty);
  if (journal->dirty_since_us != 0)
    return;
  journal->dirty_since_us = tgr_loop_clock_us();
  pthread_cond_signal(&journal->bell);
}

void tgr_writer_ask(struct tgr_journal *journal, struct tgr_waiter *waiter) {
  waiter->ticket = ++journal->ticket;
  tgr_list_append(&journal->waiters, &waiter->link);
  journal->urgent = true;
  pthread_cond_signal(&journal->bell);
}

/* Sleeps until the bell rings or it is `due_us`. */
static void sleep_until(struct tgr_journal *journal, uint64_t due_us) {
  struct timespec due = {.tv_sec = (time_t)(due_us / 1000000),
                         .tv_nsec = (long)(due_us % 1000000) * 1000};
  (void)pthread_cond_timedwait(&journal->bell, &journal->mutex, &due);
}

/* Waits until there is something to write, and the time for it. */
static void await_work(struct tgr_journal *journal) {
  while (!journal->quit && !journal->urgent) {
    if (journal->dirty_since_us == 0) {
      pthread_cond_wait(&journal->bell, &journal->mutex);
      continue;
    }
    const uint64_t due_us =
        journal->dirty_since_us + (uint64_t)TGR_JOURNAL_DONE_MS * 1000;
    if (tgr_loop_clock_us() >= due_us)
      return;
    sleep_until(journal, due_us);
  }
}

static void await_next_try(struct tgr_journal *journal) {
  const uint64_t due_us = tgr_loop_clock_us() + journal->pause_ms * 1000;
  while (!journal->quit && tgr_loop_clock_us() < due_us)
    sleep_until(journal, due_us);
  journal->pause_ms = journal->pause_ms * 2 < PAUSE_MAX_MS
                          ? journal->pause_ms * 2
                          : PAUSE_MAX_MS;
}

/* Without memory for a copy the error is left out. */
static void copy_error(struct tgr_record *record) {
  const struct tgr_mem *mem = record->journal->options.mem;
  tgr_mem_free(mem, record->now_error);
  record->now_error = NULL;
  if (record->error != NULL && (!record->stored || record->want.dead ||
                                record->want.attempts != record->was.attempts))
    record->now_error = tgr_mem_dup(mem, record->error, strlen(record->error));
}

/* Takes what has changed; returns the ticket that is served by writing it. */
static uint64_t take_work(struct tgr_journal *journal) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&journal->dirty)) != NULL) {
    struct tgr_record *record =
        TGR_CONTAINER_OF(link, struct tgr_record, dirty);
    record->is_dirty = false;
    if (record->is_busy)
      continue;
    record->is_busy = true;
    tgr_list_append(&journal->busy, &record->busy);
  }
  for (link = journal->busy.head.next; link != &journal->busy.head;
       link = link->next) {
    struct tgr_record *record = TGR_CONTAINER_OF(link, struct tgr_record, busy);
    record->now = record->want;
    copy_error(record);
  }
  journal->now_position = journal->want_position;
  journal->dirty_since_us = 0;
  journal->urgent = false;
  return journal->ticket;
}

/* What was taken is so. */
static void note_written(struct tgr_journal *journal) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&journal->busy)) != NULL) {
    struct tgr_record *record = TGR_CONTAINER_OF(link, struct tgr_record, busy);
    const bool over = record->now.done || record->now.dead;
    record->is_busy = false;
    record->known = record->now_known;
    record->stored = !record->now.done && !record->now_known;
    record->maybe = false;
    record->was = record->now;
    if (over && !record->is_dirty)
      tgr_list_append(&journal->finished, &record->busy);
  }
  journal->was_position = journal->now_position;
}

static void tell_waiters(struct tgr_journal *journal, uint64_t ticket) {
  for (;;) {
    struct tgr_link *link = tgr_list_first(&journal->waiters);
    if (link == NULL)
      return;
    struct tgr_waiter *waiter = TGR_CONTAINER_OF(link, struct tgr_waiter, link);
    if (waiter->ticket > ticket)
      return;
    if (waiter->tell != NULL) {
      waiter->tell(waiter, true);
      continue;
    }
    tgr_list_remove(link);
    tgr_inbox_post(waiter->inbox, &waiter->mail);
  }
}

/* The file is a fresh one, or not the one it was: all goes into it again. What
 * has ended in the file, or was known from its key, is about to be freed. */
static void want_all_again(struct tgr_journal *journal) {
  for (struct tgr_link *link = journal->records.head.next;
       link != &journal->records.head; link = link->next) {
    struct tgr_record *record = TGR_CONTAINER_OF(link, struct tgr_record, link);
    if (record->known || record->was.done ||
        (record->stored && record->was.dead))
      continue;
    record->stored = false;
    record->maybe = true;
    record->was = (struct tgr_wanted){0};
    tgr_record_touch(record);
  }
  journal->was_position = (struct tgr_position){.next = -1};
}

/* ---- the transaction: without the mutex --------------------------------- */

static enum tgr_status write_once(struct tgr_store *store,
                                  const struct tgr_record *record,
                                  struct tgr_error *error) {
  for (const struct tgr_kept_once *once = record->now.once;
       once != record->was.once; once = once->next) {
    const enum tgr_status status = tgr_store_put_once(
        store, record->seq, once->bytes, once->name_len,
        once->bytes + once->name_len, once->value_len, error);
    if (status != TGR_OK)
      return status;
  }
  return TGR_OK;
}

static void fill_entry(const struct tgr_record *record,
                       struct tgr_entry *entry) {
  const char *error = record->now_error != NULL ? record->now_error : "";
  *entry = (struct tgr_entry){.seq = record->seq,
                              .epoch = record->epoch,
                              .id = record->id,
                              .at_ms = record->at_ms,
                              .attempts = record->now.attempts,
                              .crashes = record->crashes,
                              .error = error,
                              .error_len = strlen(error)};
  entry->raw = tgr_record_bytes(record, &entry->len);
}

/* A record that the file does not have. */
static enum tgr_status write_new(struct tgr_store *store,
                                 struct tgr_record *record,
                                 struct tgr_error *error) {
  enum tgr_status status = TGR_OK;
  bool known = false;
  if (record->key != NULL) {
    status = tgr_store_see(store, record->key, record->key_len, record->at_ms,
                           &known, error);
    record->now_known = known && !record->saw;
    record->saw = !record->now_known;
  }
  if (status == TGR_OK && record->maybe)
    status = tgr_store_remove(store, record->seq, true, error);
  if (status != TGR_OK || record->now_known || record->now.done)
    return status;
  struct tgr_entry entry;
  fill_entry(record, &entry);
  return tgr_store_append(store, &entry, error);
}

static enum tgr_status write_record(struct tgr_store *store,
                                    struct tgr_record *record,
                                    struct tgr_error *error) {
  const struct tgr_wanted *now = &record->now;
  enum tgr_status status = TGR_OK;
  if (!record->stored) {
    status = write_new(store, record, error);
    if (status != TGR_OK || record->now_known || now->done)
      return status;
  } else if (now->done) {
    return tgr_store_remove(store, record->seq, now->once != NULL, error);
  } else if (now->dead || now->attempts != record->was.attempts) {
    struct tgr_entry entry;
    fill_entry(record, &entry);
    status = tgr_store_note(store, &entry, error);
  }
  if (status == TGR_OK && now->once != record->was.once)
    status = write_once(store, record, error);
  if (status == TGR_OK && now->dead)
    status = tgr_store_bury(store, record->seq, tgr_journal_now_ms(), error);
  return status;
}

static enum tgr_status forget_keys(struct tgr_journal *journal,
                                   struct tgr_error *error) {
  const int64_t now_ms = tgr_journal_now_ms();
  if (now_ms - journal->keys_forgotten_ms < KEYS_LOOK_MS)
    return TGR_OK;
  const enum tgr_status status = tgr_store_forget_keys(
      &journal->store, now_ms - (int64_t)KEYS_KEPT_MS, error);
  if (status == TGR_OK)
    journal->keys_forgotten_ms = now_ms;
  return status;
}

static bool has_moved(const struct tgr_journal *journal) {
  const struct tgr_position *now = &journal->now_position;
  const struct tgr_position *was = &journal->was_position;
  return now->next != was->next || now->epoch != was->epoch;
}

static enum tgr_status write_all(struct tgr_journal *journal,
                                 struct tgr_error *error) {
  struct tgr_store *store = &journal->store;
  if (store->sqlite.db == NULL)
    return tgr_error_set(error, TGR_ESYNTAX, "it is not open");
  if (tgr_list_empty(&journal->busy) && !has_moved(journal))
    return TGR_OK;
  if (tgr_marks_are_moved(&journal->marks, journal->path))
    return tgr_error_set(error, TGR_ECONFLICT,
                         "its lock %s-live was taken away, so another process "
                         "may have it: end this one and start it again",
                         journal->path);
  if (tgr_sqlite_is_moved(&store->sqlite))
    return tgr_error_set(error, TGR_ESYNTAX, "it is not where it was");
  enum tgr_status status = tgr_store_begin(store, error);
  for (struct tgr_link *link = journal->busy.head.next;
       status == TGR_OK && link != &journal->busy.head; link = link->next)
    status = write_record(
        store, TGR_CONTAINER_OF(link, struct tgr_record, busy), error);
  if (status == TGR_OK && has_moved(journal))
    status = tgr_store_set_position(store, &journal->now_position, error);
  if (status == TGR_OK)
    status = forget_keys(journal, error);
  if (status == TGR_OK)
    status = tgr_store_commit(store, error);
  return status;
}

/* Opens a damaged file, or one that was taken away, anew; it is the same bot's.
 */
static bool reopen(struct tgr_journal *journal) {
  struct tgr_sqlite_options options;
  tgr_journal_sqlite_options(journal, &options);
  tgr_store_close(&journal->store);
  if (tgr_salvage_open(&journal->store, &options, journal->options.log, NULL) !=
      TGR_OK)
    return false;
  const int64_t owner = journal->config.owner;
  if (owner == 0 || tgr_store_set_owner(&journal->store, owner, NULL) == TGR_OK)
    return true;
  tgr_store_close(&journal->store); /* opened anew with the next try */
  return false;
}

static void tell_failure(struct tgr_journal *journal,
                         const struct tgr_error *error) {
  if (!journal->failing)
    tgr_log_write(journal->options.log, TGR_LOG_ERROR,
                  "the journal %s cannot be written (%s): updates are handled, "
                  "but no more are fetched until it can",
                  journal->path, error->text);
  journal->failing = true;
}

static void tell_recovery(struct tgr_journal *journal) {
  if (journal->failing)
    tgr_log_write(journal->options.log, TGR_LOG_WARN,
                  "the journal %s can be written again; fetching goes on",
                  journal->path);
  journal->failing = false;
  journal->pause_ms = journal->options.write_retry_ms;
}

/* ---- the thread --------------------------------------------------------- */

/* One try; comes and returns with the mutex. */
static bool try_once(struct tgr_journal *journal) {
  struct tgr_error error = {.text = ""};
  const uint64_t ticket = take_work(journal);
  pthread_mutex_unlock(&journal->mutex);
  const enum tgr_status status = write_all(journal, &error);
  bool reopened = false;
  if (status == TGR_OK) {
    tell_recovery(journal);
  } else {
    tell_failure(journal, &error);
    tgr_store_rollback(&journal->store);
    reopened = status == TGR_ESYNTAX && reopen(journal);
  }
  pthread_mutex_lock(&journal->mutex);
  if (reopened)
    want_all_again(journal);
  if (status != TGR_OK)
    return false;
  note_written(journal);
  tell_waiters(journal, ticket);
  return true;
}

static size_t count_busy(const struct tgr_journal *journal) {
  size_t count = 0;
  for (const struct tgr_link *link = journal->busy.head.next;
       link != &journal->busy.head; link = link->next)
    count++;
  return count;
}

void *tgr_writer_run(void *user) {
  struct tgr_journal *journal = user;
  pthread_mutex_lock(&journal->mutex);
  while (!journal->quit) {
    await_work(journal);
    if (journal->quit)
      break;
    while (!try_once(journal) && !journal->quit)
      await_next_try(journal);
  }
  bool written = false;
  for (int i = 0; i < LAST_TRIES && !written; i++)
    written = try_once(journal);
  if (!written)
    tgr_log_write(journal->options.log, TGR_LOG_ERROR,
                  "the journal %s could not be written at the end: up to %zu "
                  "updates will come again",
                  journal->path, count_busy(journal));
  pthread_mutex_unlock(&journal->mutex);
  return NULL;
}
