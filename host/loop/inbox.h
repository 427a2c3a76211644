/* Inbox: how other threads reach a loop: a mailbox with many senders and one
 * reader.
 *
 * Senders push mails on a lock-free stack; the loop takes the whole stack at
 * once, turns it around and opens the mails in the order they came, each as a
 * job of its ready list. The loop is woken once a batch, and only when it
 * sleeps.
 *
 * Owner: the loop's thread, but for the functions marked "Any thread.".
 * Not here: bulk traffic between two threads (ring.c). */
#ifndef TGR_LOOP_INBOX_H
#define TGR_LOOP_INBOX_H

#include "base/status.h"
#include "loop/ready.h"

#include <stdatomic.h>

#include <uv.h>

/* One message, embedded in what it is about. From post until `open` is called
 * it belongs to the inbox; `open` runs on the loop's thread and may free it or
 * have it posted again. */
struct tgr_mail {
  struct tgr_mail *next;
  void (*open)(struct tgr_mail *mail);
};

struct tgr_inbox {
  uv_async_t bell;
  struct tgr_ready *ready;
  _Atomic(struct tgr_mail *) newest; /* a stack, the newest on top */
  atomic_bool asleep;                /* the loop must be told of a new mail */
  atomic_uint waiting;               /* posted and not yet opened */
  atomic_uint posting;               /* threads within tgr_inbox_post */
  unsigned limit;                    /* of `waiting`, for try_post */
  struct tgr_mail *oldest;           /* taken from the stack, in order */
  struct tgr_mail **last;            /* where the next is chained */
  struct tgr_job job;                /* opens `oldest` */
};

/* An empty inbox whose mails become jobs of `ready`; try_post refuses from
 * `limit` waiting mails on. TGR_ENOMEM, TGR_ELIMIT (no descriptors are left),
 * with nothing to deinit. */
TGR_MUST_CHECK enum tgr_status tgr_inbox_init(struct tgr_inbox *inbox,
                                              uv_loop_t *uv,
                                              struct tgr_ready *ready,
                                              unsigned limit);

/* Starts the end: waits for threads that are within a post. The handle is
 * closed when `uv` has run once more. Nobody may post any more; mails that were
 * not opened stay untouched. */
void tgr_inbox_deinit(struct tgr_inbox *inbox);

/* Any thread. Hands `mail`, whose `open` is set, to the loop. Never fails: for
 * senders that have a bounded number of mails. */
void tgr_inbox_post(struct tgr_inbox *inbox, struct tgr_mail *mail);

/* Any thread. The same, but TGR_ELIMIT, with the mail still the caller's, when
 * `limit` mails are waiting. */
TGR_MUST_CHECK enum tgr_status tgr_inbox_try_post(struct tgr_inbox *inbox,
                                                  struct tgr_mail *mail);

/* Opens every waiting mail now: for an owner that ends, before deinit. */
void tgr_inbox_open_all(struct tgr_inbox *inbox);

/* For the loop. From now on a post rings; false when mails are waiting already,
 * so that there is no sleeping. */
bool tgr_inbox_sleep(struct tgr_inbox *inbox);

/* For the loop. The loop is awake: takes what was posted and puts the job that
 * opens it. */
void tgr_inbox_wake(struct tgr_inbox *inbox);

#endif
