/* Records: made when an update comes, freed when its end is written. */
#include "journal/journal_inside.h"

struct tgr_record *tgr_record_new(struct tgr_journal *journal) {
  struct tgr_record *record =
      tgr_mem_new0(journal->options.mem, sizeof *record);
  if (record == NULL)
    return NULL;
  record->journal = journal;
  record->mark = -1;
  tgr_link_init(&record->link);
  tgr_link_init(&record->turn);
  tgr_link_init(&record->dirty);
  tgr_link_init(&record->busy);
  return record;
}

static void free_once(const struct tgr_mem *mem, struct tgr_kept_once *once) {
  while (once != NULL) {
    struct tgr_kept_once *next = once->next;
    tgr_mem_free(mem, once);
    once = next;
  }
}

void tgr_record_free(struct tgr_record *record) {
  struct tgr_journal *journal = record->journal;
  const struct tgr_mem *mem = journal->options.mem;
  tgr_timer_stop(&journal->options.loop->timers, &record->timer);
  tgr_share_end(record);
  if (record->task != NULL) {
    record->task->keeper = NULL;
    record->task->kept = NULL;
  }
  tgr_task_release(record->task);
  tgr_task_release(record->origin);
  tgr_list_remove(&record->turn);
  tgr_mem_free(mem, record->bytes);
  tgr_mem_free(mem, record->key);
  tgr_mem_free(mem, record->error);
  tgr_mem_free(mem, record->now_error);
  free_once(mem, record->want.once);
  tgr_mem_free(mem, record);
}

const char *tgr_record_bytes(const struct tgr_record *record, size_t *len) {
  if (record->bytes != NULL) {
    *len = record->len;
    return record->bytes;
  }
  *len = record->origin->raw_len;
  return record->origin->raw;
}
