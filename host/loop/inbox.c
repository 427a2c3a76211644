/* A lock-free mailbox with many senders.
 *
 * Sleeping and posting order as in Dekker's algorithm: the loop first says that
 * it sleeps and then looks for mail; a sender first pushes its mail and then
 * looks whether the loop sleeps. All four are sequentially consistent, so that
 * at least one of the two sees the other. */
#include "loop/inbox.h"

#include "loop/refusal.h"

#include <assert.h>
#include <sched.h>

/* The bell has rung: that the poll returned is all that matters. */
static void hear(uv_async_t *bell) {
  (void)bell;
}

static void open_oldest(struct tgr_inbox *inbox) {
  struct tgr_mail *mail = inbox->oldest;
  inbox->oldest = mail->next;
  if (inbox->oldest == NULL)
    inbox->last = &inbox->oldest;
  atomic_fetch_sub_explicit(&inbox->waiting, 1, memory_order_relaxed);
  mail->open(mail);
}

static void run(struct tgr_job *job) {
  struct tgr_inbox *inbox = TGR_CONTAINER_OF(job, struct tgr_inbox, job);
  if (inbox->oldest == NULL)
    return;
  if (inbox->oldest->next != NULL)
    tgr_ready_put(inbox->ready, job);
  open_oldest(inbox);
}

enum tgr_status tgr_inbox_init(struct tgr_inbox *inbox, uv_loop_t *uv,
                               struct tgr_ready *ready, unsigned limit) {
  const int error = uv_async_init(uv, &inbox->bell, hear);
  if (error != 0)
    return tgr_refusal_status(error);
  inbox->ready = ready;
  atomic_init(&inbox->newest, NULL);
  atomic_init(&inbox->asleep, true);
  atomic_init(&inbox->waiting, 0);
  atomic_init(&inbox->posting, 0);
  inbox->limit = limit;
  inbox->oldest = NULL;
  inbox->last = &inbox->oldest;
  tgr_job_init(&inbox->job, run);
  return TGR_OK;
}

void tgr_inbox_deinit(struct tgr_inbox *inbox) {
  while (atomic_load(&inbox->posting) > 0)
    sched_yield();
  tgr_ready_drop(&inbox->job);
  uv_close((uv_handle_t *)&inbox->bell, NULL);
}

/* Pushes a mail that is counted in `waiting` already. */
static void push(struct tgr_inbox *inbox, struct tgr_mail *mail) {
  atomic_fetch_add(&inbox->posting, 1);
  struct tgr_mail *top =
      atomic_load_explicit(&inbox->newest, memory_order_relaxed);
  do
    mail->next = top;
  while (!atomic_compare_exchange_weak(&inbox->newest, &top, mail));
  /* The mail may be opened and gone from here on. */
  if (atomic_load(&inbox->asleep) && atomic_exchange(&inbox->asleep, false))
    uv_async_send(&inbox->bell);
  atomic_fetch_sub(&inbox->posting, 1);
}

void tgr_inbox_post(struct tgr_inbox *inbox, struct tgr_mail *mail) {
  atomic_fetch_add_explicit(&inbox->waiting, 1, memory_order_relaxed);
  push(inbox, mail);
}

enum tgr_status tgr_inbox_try_post(struct tgr_inbox *inbox,
                                   struct tgr_mail *mail) {
  unsigned waiting =
      atomic_load_explicit(&inbox->waiting, memory_order_relaxed);
  do
    if (waiting >= inbox->limit)
      return TGR_ELIMIT;
  while (!atomic_compare_exchange_weak_explicit(
      &inbox->waiting, &waiting, waiting + 1, memory_order_relaxed,
      memory_order_relaxed));
  push(inbox, mail);
  return TGR_OK;
}

/* Moves what was posted behind `oldest`, in the order it came. */
static void take_posted(struct tgr_inbox *inbox) {
  if (atomic_load_explicit(&inbox->newest, memory_order_relaxed) == NULL)
    return;
  struct tgr_mail *mail = atomic_exchange(&inbox->newest, NULL);
  struct tgr_mail *chain = NULL;
  struct tgr_mail **end = &mail->next;
  while (mail != NULL) {
    struct tgr_mail *below = mail->next;
    mail->next = chain;
    chain = mail;
    mail = below;
  }
  *inbox->last = chain;
  inbox->last = end;
}

void tgr_inbox_open_all(struct tgr_inbox *inbox) {
  take_posted(inbox);
  while (inbox->oldest != NULL) {
    open_oldest(inbox);
    take_posted(inbox);
  }
}

bool tgr_inbox_sleep(struct tgr_inbox *inbox) {
  atomic_store(&inbox->asleep, true);
  return inbox->oldest == NULL && atomic_load(&inbox->newest) == NULL;
}

void tgr_inbox_wake(struct tgr_inbox *inbox) {
  atomic_store_explicit(&inbox->asleep, false, memory_order_relaxed);
  take_posted(inbox);
  if (inbox->oldest != NULL)
    tgr_ready_put(inbox->ready, &inbox->job);
}
