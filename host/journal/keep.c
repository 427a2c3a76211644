/* Batches come in: each update gets a record, and the writer is asked. */
#include "journal/journal_inside.h"

#include <string.h>

enum { BYTES_MAX = 64 << 20 /* of one update */ };

/* Asks the writer; the answer is `waiter`'s mail. With the mutex. */
static void ask(struct tgr_journal *journal, struct tgr_waiter *waiter) {
  journal->mails_out++;
  tgr_writer_ask(journal, waiter);
}

static enum tgr_status encode(struct tgr_record *record,
                              struct tgr_error *error) {
  struct tgr_journal *journal = record->journal;
  const struct tgr_mem *mem = journal->options.mem;
  struct tgr_buf bytes;
  struct tgr_buf key;
  tgr_buf_init(&bytes, mem, BYTES_MAX);
  tgr_buf_init(&key, mem, BYTES_MAX);
  enum tgr_status status = journal->config.encode(
      journal->config.user, record->task, &bytes, &key, error);
  if (status == TGR_OK) {
    record->bytes = tgr_mem_dup(mem, bytes.bytes, bytes.len);
    record->len = bytes.len;
    if (key.len > 0)
      record->key = tgr_mem_dup(mem, key.bytes, key.len);
    record->key_len = key.len;
    if (record->bytes == NULL || (key.len > 0 && record->key == NULL))
      status = TGR_ENOMEM;
  }
  tgr_buf_deinit(&bytes);
  tgr_buf_deinit(&key);
  return status;
}

/* A record for a task that has just come. */
static enum tgr_status make_record(struct tgr_journal *journal,
                                   struct tgr_task *task, int64_t at_ms,
                                   struct tgr_list *made,
                                   struct tgr_error *error) {
  struct tgr_record *record = tgr_record_new(journal);
  if (record == NULL)
    return TGR_ENOMEM;
  record->task = tgr_task_hold(task);
  record->at_ms = at_ms;
  record->id = task->update_id;
  tgr_list_append(made, &record->turn);
  if (task->raw_len == 0)
    return encode(record, error);
  record->origin = tgr_task_hold(task);
  return TGR_OK;
}

/* Takes a task out of the list it came in, or waits in, if it still does. */
static void let_go(struct tgr_task *task) {
  if (!tgr_link_in_list(&task->link))
    return;
  tgr_list_remove(&task->link);
  tgr_task_release(task);
}

static void free_records(struct tgr_list *records) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(records)) != NULL)
    tgr_record_free(TGR_CONTAINER_OF(link, struct tgr_record, turn));
}

/* One that has no form to be kept in does not run, and the others do. */
static void leave_out(struct tgr_journal *journal, struct tgr_list *made,
                      const struct tgr_error *error) {
  struct tgr_record *record =
      TGR_CONTAINER_OF(made->head.prev, struct tgr_record, turn);
  tgr_log_write(journal->options.log, TGR_LOG_ERROR, "%s: it is left out",
                error->text);
  let_go(record->task);
  tgr_record_free(record);
}

/* Where the position was lost (a salvage), the server sends again what the
 * journal has: nobody had asked for what is behind it. */
static bool is_kept(const struct tgr_journal *journal,
                    const struct tgr_batch *batch,
                    const struct tgr_task *task) {
  if (!batch->numbered || batch->asked != 0)
    return false;
  for (const struct tgr_link *link = journal->records.head.next;
       link != &journal->records.head; link = link->next) {
    const struct tgr_record *record =
        TGR_CONTAINER_OF(link, struct tgr_record, link);
    if (record->id == task->update_id &&
        record->epoch == journal->position.epoch)
      return true;
  }
  return false;
}

/* A record for each task of the batch that can be kept, or none. */
static enum tgr_status make_records(struct tgr_journal *journal,
                                    const struct tgr_batch *batch,
                                    struct tgr_list *made,
                                    struct tgr_error *error) {
  const int64_t at_ms = tgr_journal_now_ms();
  struct tgr_link *next = NULL;
  for (struct tgr_link *link = batch->tasks->head.next;
       link != &batch->tasks->head; link = next) {
    struct tgr_task *task = TGR_CONTAINER_OF(link, struct tgr_task, link);
    next = link->next;
    if (is_kept(journal, batch, task)) {
      let_go(task);
      continue;
    }
    const enum tgr_status status =
        make_record(journal, task, at_ms, made, error);
    if (status == TGR_OK)
      continue;
    if (status == TGR_ESCRIPT) {
      leave_out(journal, made, error);
      continue;
    }
    free_records(made);
    return status;
  }
  return TGR_OK;
}

/* An answer that begins below what was asked for: the server counts anew. An
 * answer to a request from below what is kept follows a skip of the queue. */
static void move_position(struct tgr_journal *journal,
                          const struct tgr_batch *batch,
                          const struct tgr_list *made) {
  if (!batch->numbered)
    return;
  struct tgr_position *position = &journal->position;
  const struct tgr_link *first = tgr_list_first(made);
  const bool below =
      first != NULL &&
      TGR_CONTAINER_OF(first, struct tgr_record, turn)->id < batch->asked;
  if (batch->asked > 0 && (below || batch->asked < position->next))
    position->epoch++;
  position->next = batch->next;
}

/* The engine may run it from now on. */
static void admit(struct tgr_record *record) {
  struct tgr_journal *journal = record->journal;
  record->seq = ++journal->last_seq;
  record->epoch = journal->position.epoch;
  record->crashes =
      tgr_replay_suspect(journal, record->epoch, record->task->update_id);
  record->redelivered = record->crashes > 0;
  struct tgr_task *task = record->task;
  task->keeper = &journal->keeper;
  task->kept = record;
  task->attempt = 1 + record->crashes;
  task->redelivered = record->redelivered;
}

/* Updates that have ended the process too often do not get to run. */
static void refuse(struct tgr_list *poison) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(poison)) != NULL) {
    struct tgr_record *record = TGR_CONTAINER_OF(link, struct tgr_record, turn);
    let_go(record->task);
    tgr_journal_give_up(record, NULL);
  }
}

static enum tgr_status keep(struct tgr_keeper *keeper,
                            struct tgr_intake *intake,
                            const struct tgr_batch *batch, bool *hold,
                            struct tgr_error *error) {
  struct tgr_journal *journal = tgr_journal_of(keeper);
  struct tgr_list made;
  struct tgr_list poison;
  tgr_list_init(&made);
  tgr_list_init(&poison);
  const enum tgr_status status = make_records(journal, batch, &made, error);
  if (status != TGR_OK)
    return status;
  journal->intake = intake;
  move_position(journal, batch, &made);
  *hold = false;
  tgr_journal_lock(journal);
  journal->want_position = journal->position;
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&made)) != NULL) {
    struct tgr_record *record = TGR_CONTAINER_OF(link, struct tgr_record, turn);
    admit(record);
    tgr_list_append(&journal->records, &record->link);
    tgr_record_touch(record);
    if (record->crashes >= TGR_JOURNAL_CRASHES) {
      tgr_list_append(&poison, &record->turn);
    } else if (record->key != NULL) {
      *hold = true;
      tgr_list_append(&journal->held, &record->turn);
    }
  }
  ask(journal, &journal->kept);
  tgr_journal_unlock(journal);
  refuse(&poison);
  return TGR_OK;
}

/* Those whose key was known are let go; the others may run. */
static void sort_out_held(struct tgr_journal *journal) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&journal->held)) != NULL) {
    struct tgr_record *record = TGR_CONTAINER_OF(link, struct tgr_record, turn);
    if (!record->known)
      continue;
    tgr_journal_lock(journal);
    tgr_list_remove(&record->link);
    tgr_journal_unlock(journal);
    let_go(record->task);
    tgr_record_free(record);
  }
}

static void on_kept(struct tgr_mail *mail) {
  struct tgr_journal *journal =
      TGR_CONTAINER_OF(mail, struct tgr_journal, kept.mail);
  if (tgr_journal_is_late(journal))
    return;
  sort_out_held(journal);
  journal->safe = journal->position;
  if (journal->intake != NULL)
    tgr_intake_kept(journal->intake);
}

static void flush(struct tgr_keeper *keeper, struct tgr_intake *intake) {
  struct tgr_journal *journal = tgr_journal_of(keeper);
  journal->intake = intake;
  journal->flush_again = journal->flushing;
  if (journal->flushing)
    return;
  journal->flushing = true;
  tgr_journal_lock(journal);
  ask(journal, &journal->flushed);
  tgr_journal_unlock(journal);
}

static void on_flushed(struct tgr_mail *mail) {
  struct tgr_journal *journal =
      TGR_CONTAINER_OF(mail, struct tgr_journal, flushed.mail);
  if (tgr_journal_is_late(journal))
    return;
  journal->flushing = false;
  if (journal->flush_again)
    flush(&journal->keeper, journal->intake);
  else if (journal->intake != NULL)
    tgr_intake_flushed(journal->intake);
}

static int64_t position(const struct tgr_keeper *keeper) {
  return tgr_journal_of(keeper)->safe.next;
}

static void forget(struct tgr_keeper *keeper, struct tgr_intake *intake) {
  struct tgr_journal *journal = tgr_journal_of(keeper);
  if (journal->intake == intake)
    journal->intake = NULL;
}

void tgr_keep_init(struct tgr_journal *journal) {
  struct tgr_keeper *keeper = &journal->keeper;
  keeper->keep = keep;
  keeper->flush = flush;
  keeper->position = position;
  keeper->forget = forget;
  struct tgr_inbox *inbox = &journal->options.loop->inbox;
  journal->kept = (struct tgr_waiter){.inbox = inbox, .mail.open = on_kept};
  journal->flushed =
      (struct tgr_waiter){.inbox = inbox, .mail.open = on_flushed};
  tgr_link_init(&journal->kept.link);
  tgr_link_init(&journal->flushed.link);
}
