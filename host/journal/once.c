/* Results that ctx:once keeps with an update. */
#include "journal/journal_inside.h"

#include <string.h>

/* One that waits until its result is safe. */
struct once_waiter {
  struct tgr_link link; /* in journal->once_waiters */
  struct tgr_waiter waiter;
  struct tgr_journal *journal;
  struct tgr_keeper_call *call; /* NULL: nobody waits any longer */
};

const char *tgr_once_find(struct tgr_record *record, const char *name,
                          size_t name_len, size_t *len) {
  pthread_mutex_t *mutex = &record->journal->mutex;
  pthread_mutex_lock(mutex);
  const struct tgr_kept_once *once = record->want.once;
  pthread_mutex_unlock(mutex);
  for (; once != NULL; once = once->next) {
    if (once->name_len != name_len || memcmp(once->bytes, name, name_len) != 0)
      continue;
    *len = once->value_len;
    return once->bytes + name_len;
  }
  return NULL;
}

static const char *once_get(struct tgr_keeper *keeper,
                            const struct tgr_task *task, const char *name,
                            size_t name_len, size_t *len) {
  (void)keeper;
  return tgr_once_find(task->kept, name, name_len, len);
}

static void free_waiter(struct once_waiter *it) {
  tgr_list_remove(&it->link);
  if (it->call != NULL)
    it->call->waiter = NULL;
  tgr_mem_free(it->journal->options.mem, it);
}

static void on_safe(struct tgr_mail *mail) {
  struct once_waiter *it =
      TGR_CONTAINER_OF(mail, struct once_waiter, waiter.mail);
  struct tgr_journal *journal = it->journal;
  struct tgr_keeper_call *call = it->call;
  free_waiter(it);
  if (!tgr_journal_is_late(journal) && call != NULL)
    call->done(call);
}

static struct once_waiter *new_waiter(struct tgr_journal *journal,
                                      struct tgr_keeper_call *call) {
  struct once_waiter *it = tgr_mem_new0(journal->options.mem, sizeof *it);
  if (it == NULL)
    return NULL;
  it->journal = journal;
  it->waiter.inbox = &journal->options.loop->inbox;
  it->waiter.mail.open = on_safe;
  it->call = call;
  tgr_link_init(&it->waiter.link);
  tgr_list_append(&journal->once_waiters, &it->link);
  call->waiter = it;
  return it;
}

struct tgr_kept_once *tgr_once_new(const struct tgr_mem *mem, const char *name,
                                   size_t name_len, const char *value,
                                   size_t len) {
  struct tgr_kept_once *once =
      tgr_mem_new(mem, sizeof *once + name_len + len + 1);
  if (once == NULL)
    return NULL;
  once->next = NULL;
  once->name_len = name_len;
  once->value_len = len;
  memcpy(once->bytes, name, name_len);
  memcpy(once->bytes + name_len, value, len);
  return once;
}

void tgr_once_add(struct tgr_record *record, struct tgr_kept_once *once) {
  once->next = record->want.once;
  record->want.once = once;
  tgr_record_touch(record);
}

static enum tgr_status once_put(struct tgr_keeper *keeper,
                                struct tgr_task *task, const char *name,
                                size_t name_len, const char *value, size_t len,
                                struct tgr_keeper_call *call) {
  struct tgr_journal *journal = tgr_journal_of(keeper);
  struct tgr_record *record = task->kept;
  struct tgr_kept_once *once =
      tgr_once_new(journal->options.mem, name, name_len, value, len);
  if (once == NULL)
    return TGR_ENOMEM;
  struct once_waiter *it = new_waiter(journal, call);
  if (it == NULL) {
    tgr_mem_free(journal->options.mem, once);
    return TGR_ENOMEM;
  }
  tgr_journal_lock(journal);
  tgr_once_add(record, once);
  journal->mails_out++;
  tgr_writer_ask(journal, &it->waiter);
  tgr_journal_unlock(journal);
  return TGR_OK;
}

static void once_forget(struct tgr_keeper_call *call) {
  struct once_waiter *it = call->waiter;
  if (it != NULL)
    it->call = NULL;
  call->waiter = NULL;
}

void tgr_once_init(struct tgr_journal *journal) {
  struct tgr_keeper *keeper = &journal->keeper;
  keeper->once_get = once_get;
  keeper->once_put = once_put;
  keeper->once_forget = once_forget;
  tgr_list_init(&journal->once_waiters);
}

void tgr_once_free(struct tgr_journal *journal) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_first(&journal->once_waiters)) != NULL)
    free_waiter(TGR_CONTAINER_OF(link, struct once_waiter, link));
}
