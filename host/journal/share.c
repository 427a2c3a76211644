/* Kept updates that workers' threads have a part of.
 *
 * A share leads to its record through the journal's gate, which stays as long
 * as there are shares: behind the gate's mutex the record and the journal are
 * there, or are known to be gone. The mutex of the journal is taken within that
 * of the gate, never the other way round. */
#include "journal/journal_inside.h"

#include <string.h>

struct tgr_gate {
  const struct tgr_mem *mem;
  atomic_uint refs;
  pthread_mutex_t mutex;
  struct tgr_journal *journal; /* NULL: closed */
};

struct share {
  struct tgr_share face;
  atomic_uint refs;
  struct tgr_gate *gate;
  struct tgr_record *record; /* behind the gate; NULL: the update has ended */
};

/* One that waits until its result is safe; the journal's. */
struct share_waiter {
  struct tgr_waiter waiter;
  const struct tgr_mem *mem;
  struct tgr_share_call *call;
};

static struct share *share_of(struct tgr_share *face) {
  return TGR_CONTAINER_OF(face, struct share, face);
}

/* ---- the gate ----------------------------------------------------------- */

enum tgr_status tgr_gate_new(struct tgr_journal *journal) {
  const struct tgr_mem *mem = journal->options.mem;
  struct tgr_gate *gate = tgr_mem_new0(mem, sizeof *gate);
  if (gate == NULL)
    return TGR_ENOMEM;
  gate->mem = mem;
  gate->journal = journal;
  atomic_init(&gate->refs, 1);
  pthread_mutex_init(&gate->mutex, NULL);
  journal->gate = gate;
  return TGR_OK;
}

static void release_gate(struct tgr_gate *gate) {
  if (atomic_fetch_sub(&gate->refs, 1) > 1)
    return;
  pthread_mutex_destroy(&gate->mutex);
  tgr_mem_free(gate->mem, gate);
}

void tgr_gate_shut(struct tgr_journal *journal) {
  struct tgr_gate *gate = journal->gate;
  if (gate == NULL)
    return;
  struct tgr_link *link = journal->waiters.head.next;
  pthread_mutex_lock(&gate->mutex);
  gate->journal = NULL;
  while (link != &journal->waiters.head) {
    struct tgr_waiter *waiter = TGR_CONTAINER_OF(link, struct tgr_waiter, link);
    link = link->next;
    if (waiter->tell != NULL)
      waiter->tell(waiter, false);
  }
  pthread_mutex_unlock(&gate->mutex);
  journal->gate = NULL;
  release_gate(gate);
}

/* ---- shares ------------------------------------------------------------- */

static void hold(struct tgr_share *face) {
  atomic_fetch_add(&share_of(face)->refs, 1);
}

static void release(struct tgr_share *face) {
  struct share *share = share_of(face);
  struct tgr_gate *gate = share->gate;
  if (atomic_fetch_sub(&share->refs, 1) > 1)
    return;
  tgr_mem_free(gate->mem, share);
  release_gate(gate);
}

void tgr_share_end(struct tgr_record *record) {
  struct tgr_share *face = record->share;
  if (face == NULL)
    return;
  struct share *share = share_of(face);
  pthread_mutex_lock(&share->gate->mutex);
  share->record = NULL;
  pthread_mutex_unlock(&share->gate->mutex);
  record->share = NULL;
  release(face);
}

/* ---- waiting: with the gate's mutex ------------------------------------- */

/* With the journal's mutex, or without its thread. */
static void tell(struct tgr_waiter *waiter, bool is_safe) {
  struct share_waiter *it =
      TGR_CONTAINER_OF(waiter, struct share_waiter, waiter);
  struct tgr_share_call *call = it->call;
  struct tgr_inbox *inbox = waiter->inbox;
  tgr_list_remove(&waiter->link);
  tgr_mem_free(it->mem, it);
  call->waiter = NULL;
  call->is_safe = is_safe;
  tgr_inbox_post(inbox, &call->mail);
}

static bool forget(struct tgr_share *face, struct tgr_share_call *call) {
  struct tgr_gate *gate = share_of(face)->gate;
  bool waits = false;
  pthread_mutex_lock(&gate->mutex);
  struct tgr_journal *journal = gate->journal;
  if (journal != NULL) {
    pthread_mutex_lock(&journal->mutex);
    struct share_waiter *it = call->waiter;
    waits = it != NULL;
    if (waits)
      tgr_list_remove(&it->waiter.link);
    pthread_mutex_unlock(&journal->mutex);
    if (waits)
      tgr_mem_free(it->mem, it);
    call->waiter = NULL;
  }
  pthread_mutex_unlock(&gate->mutex);
  return waits;
}

/* ---- results ------------------------------------------------------------ */

static enum tgr_status once_get(struct tgr_share *face, const char *name,
                                size_t name_len, struct tgr_buf *value,
                                bool *found) {
  struct share *share = share_of(face);
  enum tgr_status status = TGR_OK;
  size_t len = 0;
  pthread_mutex_lock(&share->gate->mutex);
  const char *bytes = share->record == NULL
                          ? NULL
                          : tgr_once_find(share->record, name, name_len, &len);
  *found = bytes != NULL;
  if (bytes != NULL)
    status = tgr_buf_append(value, bytes, len);
  pthread_mutex_unlock(&share->gate->mutex);
  return status;
}

static enum tgr_status put_result(struct share *share,
                                  struct tgr_kept_once *once,
                                  struct tgr_share_call *call) {
  struct tgr_record *record = share->record;
  struct tgr_journal *journal = record->journal;
  struct share_waiter *it = tgr_mem_new0(journal->options.mem, sizeof *it);
  if (it == NULL)
    return TGR_ENOMEM;
  it->mem = journal->options.mem;
  it->call = call;
  it->waiter.inbox = call->inbox;
  it->waiter.tell = tell;
  tgr_link_init(&it->waiter.link);
  call->waiter = it;
  pthread_mutex_lock(&journal->mutex);
  tgr_once_add(record, once);
  tgr_writer_ask(journal, &it->waiter);
  pthread_mutex_unlock(&journal->mutex);
  return TGR_OK;
}

static enum tgr_status once_put(struct tgr_share *face, const char *name,
                                size_t name_len, const char *value, size_t len,
                                struct tgr_share_call *call) {
  struct share *share = share_of(face);
  const struct tgr_mem *mem = share->gate->mem;
  struct tgr_kept_once *once = tgr_once_new(mem, name, name_len, value, len);
  if (once == NULL)
    return TGR_ENOMEM;
  pthread_mutex_lock(&share->gate->mutex);
  const enum tgr_status status =
      share->record == NULL ? TGR_ENOENT : put_result(share, once, call);
  pthread_mutex_unlock(&share->gate->mutex);
  if (status != TGR_OK)
    tgr_mem_free(mem, once);
  return status;
}

/* ---- for the loop's thread ---------------------------------------------- */

static struct tgr_share *share_new(struct tgr_record *record) {
  struct tgr_gate *gate = record->journal->gate;
  struct share *share = tgr_mem_new0(gate->mem, sizeof *share);
  if (share == NULL)
    return NULL;
  share->face = (struct tgr_share){.once_get = once_get,
                                   .once_put = once_put,
                                   .forget = forget,
                                   .hold = hold,
                                   .release = release};
  atomic_init(&share->refs, 1); /* the record's */
  share->record = record;
  share->gate = gate;
  atomic_fetch_add(&gate->refs, 1);
  return &share->face;
}

static struct tgr_share *share(struct tgr_keeper *keeper,
                               struct tgr_task *task) {
  (void)keeper;
  struct tgr_record *record = task->kept;
  if (record->share == NULL)
    record->share = share_new(record);
  if (record->share != NULL)
    hold(record->share);
  return record->share;
}

void tgr_share_init(struct tgr_journal *journal) {
  journal->keeper.share = share;
}
