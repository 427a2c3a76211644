/* What is left from earlier: updates that had not ended, and who was running
 * when the process ended. */
#include "journal/journal_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An update that ran when the process ended and was not in the file yet: the
 * server will send it again. */
struct suspect {
  struct tgr_link link;
  int64_t epoch;
  int64_t id;
  unsigned crashes;
};

/* What the marks tell, while the file is read. */
struct marked {
  int64_t seq;
  int64_t epoch;
  int64_t id;
  unsigned crashes; /* before this one */
  bool found;
};

struct loading {
  struct tgr_journal *journal;
  struct marked *marked;
  size_t count;
  size_t cap;
  bool no_memory;
};

static unsigned bounded(int64_t count) {
  return count < 0 ? 0 : count > 1000 ? 1000 : (unsigned)count;
}

static void note_mark(void *user, const struct tgr_mark *mark) {
  struct loading *loading = user;
  const struct tgr_mem *mem = loading->journal->options.mem;
  if (loading->count == loading->cap) {
    const size_t cap = loading->cap == 0 ? 16 : loading->cap * 2;
    struct marked *grown =
        tgr_mem_resize(mem, loading->marked, cap * sizeof *grown);
    if (grown == NULL) {
      loading->no_memory = true;
      return;
    }
    loading->marked = grown;
    loading->cap = cap;
  }
  loading->marked[loading->count++] =
      (struct marked){.seq = atomic_load(&mark->seq),
                      .epoch = mark->epoch,
                      .id = mark->id,
                      .crashes = bounded(mark->crashes)};
}

static bool was_running(struct loading *loading,
                        const struct tgr_entry *entry) {
  for (size_t i = 0; i < loading->count; i++)
    if (loading->marked[i].seq == entry->seq &&
        loading->marked[i].id == entry->id)
      return loading->marked[i].found = true;
  return false;
}

static enum tgr_status load_entry(void *user, const struct tgr_entry *entry) {
  struct loading *loading = user;
  struct tgr_journal *journal = loading->journal;
  const struct tgr_mem *mem = journal->options.mem;
  struct tgr_record *record = tgr_record_new(journal);
  if (record == NULL)
    return TGR_ENOMEM;
  tgr_list_append(&journal->records, &record->link);
  tgr_list_append(&journal->waiting, &record->turn);
  record->redelivered = true;
  record->bytes = tgr_mem_dup(mem, entry->raw, entry->len);
  record->len = entry->len;
  record->seq = entry->seq;
  record->epoch = entry->epoch;
  record->id = entry->id;
  record->at_ms = entry->at_ms;
  record->crashes =
      bounded(entry->crashes) + (was_running(loading, entry) ? 1 : 0);
  record->want.attempts = bounded(entry->attempts);
  if (journal->safe.next == 0 && record->epoch > journal->safe.epoch)
    journal->safe.epoch = record->epoch; /* the position was lost */
  record->was = record->now = record->want;
  record->stored = true;
  if (entry->error_len > 0)
    record->error = tgr_mem_dup(mem, entry->error, entry->error_len);
  return record->bytes == NULL ? TGR_ENOMEM : TGR_OK;
}

/* ---- results of ctx:once ------------------------------------------------ */

static struct tgr_record *find_record(struct tgr_journal *journal,
                                      int64_t seq) {
  for (struct tgr_link *link = journal->records.head.next;
       link != &journal->records.head; link = link->next) {
    struct tgr_record *record = TGR_CONTAINER_OF(link, struct tgr_record, link);
    if (record->seq == seq)
      return record;
  }
  return NULL;
}

static enum tgr_status load_once(void *user, const struct tgr_once *kept) {
  struct loading *loading = user;
  struct tgr_record *record = find_record(loading->journal, kept->seq);
  if (record == NULL)
    return TGR_OK;
  struct tgr_kept_once *once =
      tgr_once_new(loading->journal->options.mem, kept->name, kept->name_len,
                   kept->value, kept->value_len);
  if (once == NULL)
    return TGR_ENOMEM;
  once->next = record->want.once;
  record->want.once = once;
  record->was = record->now = record->want;
  return TGR_OK;
}

/* ---- who was running ---------------------------------------------------- */

static enum tgr_status note_crash(struct tgr_journal *journal,
                                  struct tgr_record *record,
                                  struct tgr_error *error) {
  const char *text = record->error != NULL ? record->error : "";
  const struct tgr_entry entry = {.seq = record->seq,
                                  .attempts = record->want.attempts,
                                  .crashes = record->crashes,
                                  .error = text,
                                  .error_len = strlen(text)};
  return tgr_store_note(&journal->store, &entry, error);
}

/* Writes down one more crash of those that ran; those with too many are given
 * up. */
static enum tgr_status bury_or_note(struct tgr_journal *journal,
                                    struct tgr_record *record,
                                    struct tgr_error *error) {
  if (record->crashes < TGR_JOURNAL_CRASHES)
    return note_crash(journal, record, error);
  char text[96];
  snprintf(text, sizeof text, "it was running at %u ends of the process",
           record->crashes);
  tgr_mem_free(journal->options.mem, record->error);
  record->error = tgr_mem_dup(journal->options.mem, text, strlen(text));
  enum tgr_status status = note_crash(journal, record, error);
  if (status == TGR_OK)
    status = tgr_store_bury(&journal->store, record->seq, tgr_journal_now_ms(),
                            error);
  if (status == TGR_OK) {
    tgr_journal_tell_dead(record, text);
    tgr_list_remove(&record->link);
    tgr_record_free(record);
  }
  return status;
}

static enum tgr_status write_crashes(struct loading *loading,
                                     struct tgr_error *error) {
  struct tgr_journal *journal = loading->journal;
  enum tgr_status status = tgr_store_begin(&journal->store, error);
  for (size_t i = 0; status == TGR_OK && i < loading->count; i++)
    if (loading->marked[i].found)
      status = bury_or_note(
          journal, find_record(journal, loading->marked[i].seq), error);
  if (status == TGR_OK)
    status = tgr_store_commit(&journal->store, error);
  if (status != TGR_OK)
    tgr_store_rollback(&journal->store);
  return status;
}

/* Those that the file does not have come again from the server. */
static enum tgr_status remember_suspects(struct loading *loading) {
  struct tgr_journal *journal = loading->journal;
  for (size_t i = 0; i < loading->count; i++) {
    const struct marked *marked = &loading->marked[i];
    if (marked->found || marked->id == 0)
      continue;
    struct suspect *suspect =
        tgr_mem_new0(journal->options.mem, sizeof *suspect);
    if (suspect == NULL)
      return TGR_ENOMEM;
    suspect->epoch = marked->epoch;
    suspect->id = marked->id;
    suspect->crashes = marked->crashes + 1;
    tgr_list_append(&journal->suspects, &suspect->link);
  }
  return TGR_OK;
}

unsigned tgr_replay_suspect(struct tgr_journal *journal, int64_t epoch,
                            int64_t id) {
  for (struct tgr_link *link = journal->suspects.head.next;
       link != &journal->suspects.head; link = link->next) {
    struct suspect *suspect = TGR_CONTAINER_OF(link, struct suspect, link);
    if (suspect->epoch != epoch || suspect->id != id)
      continue;
    const unsigned crashes = suspect->crashes;
    tgr_list_remove(link);
    tgr_mem_free(journal->options.mem, suspect);
    return crashes;
  }
  return 0;
}

void tgr_replay_free(struct tgr_journal *journal) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&journal->suspects)) != NULL)
    tgr_mem_free(journal->options.mem,
                 TGR_CONTAINER_OF(link, struct suspect, link));
}

/* ---- loading ------------------------------------------------------------ */

enum tgr_status tgr_replay_load(struct tgr_journal *journal,
                                struct tgr_error *error) {
  struct loading loading = {.journal = journal};
  struct tgr_store *store = &journal->store;
  tgr_marks_each(&journal->marks, note_mark, &loading);
  enum tgr_status status = loading.no_memory ? TGR_ENOMEM : TGR_OK;
  if (status == TGR_OK)
    status = tgr_store_position(store, &journal->safe, error);
  if (status == TGR_OK)
    status = tgr_store_drop_orphans(store, error);
  if (status == TGR_OK)
    status = tgr_store_last_seq(store, &journal->last_seq, error);
  if (status == TGR_OK)
    status = tgr_store_each_update(store, false, load_entry, &loading, error);
  if (status == TGR_OK)
    status = tgr_store_each_once(store, load_once, &loading, error);
  if (status == TGR_OK && loading.count > 0)
    status = write_crashes(&loading, error);
  if (status == TGR_OK)
    status = remember_suspects(&loading);
  if (status == TGR_OK)
    tgr_marks_clear(&journal->marks);
  journal->position = journal->want_position = journal->was_position =
      journal->safe;
  tgr_mem_free(journal->options.mem, loading.marked);
  return status;
}

/* ---- handing out -------------------------------------------------------- */

/* A task of its own for each time it is handed out: an earlier one may still
 * be in a script's hands. */
static enum tgr_status make_task(struct tgr_record *record,
                                 struct tgr_error *error) {
  struct tgr_journal *journal = record->journal;
  struct tgr_task *task = NULL;
  size_t len = 0;
  const char *bytes = tgr_record_bytes(record, &len);
  const enum tgr_status status =
      journal->config.make(journal->config.user, bytes, len, &task, error);
  if (status != TGR_OK)
    return status;
  tgr_task_release(record->task);
  record->task = tgr_task_hold(task);
  task->keeper = &journal->keeper;
  task->kept = record;
  task->redelivered = record->redelivered;
  task->attempt = 1 + record->crashes + record->want.attempts;
  return TGR_OK;
}

void tgr_replay_put(struct tgr_record *record) {
  struct tgr_list *waiting = &record->journal->waiting;
  struct tgr_link *before = waiting->head.prev;
  while (before != &waiting->head &&
         TGR_CONTAINER_OF(before, struct tgr_record, turn)->seq > record->seq)
    before = before->prev;
  record->turn.prev = before;
  record->turn.next = before->next;
  before->next->prev = &record->turn;
  before->next = &record->turn;
}

int tgr_replay_take(struct tgr_keeper *keeper, struct tgr_list *tasks,
                    int limit) {
  struct tgr_journal *journal = tgr_journal_of(keeper);
  int count = 0;
  while (count < limit) {
    struct tgr_link *link = tgr_list_first(&journal->waiting);
    if (link == NULL)
      break;
    struct tgr_record *record = TGR_CONTAINER_OF(link, struct tgr_record, turn);
    struct tgr_error error = {.text = ""};
    const enum tgr_status status = make_task(record, &error);
    if (status == TGR_ENOMEM)
      break;
    tgr_list_remove(link);
    if (status != TGR_OK) {
      tgr_journal_give_up(record, error.text);
      continue;
    }
    tgr_list_append(tasks, &record->task->link);
    count++;
  }
  return count;
}
