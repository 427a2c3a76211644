/* Waiter: someone who waits for a sink to have free capacity.
 *
 * Waiters are looked at whenever a task ends; what is free at that instant is
 * their answer, and reaches them from the ready list, in order of asking. */
#ifndef TGR_ENGINE_WAITER_H
#define TGR_ENGINE_WAITER_H

#include "base/list.h"
#include "loop/timers.h"

struct tgr_sink;

/* The implementer embeds it. */
struct tgr_sink_waiter {
  struct tgr_link link;
  struct tgr_sink *sink; /* NULL while it does not wait */
  struct tgr_timer patience;
  int want;
  int granted; /* what was free when its turn came; 0 until then */
  /* From the ready list or a timer, once. `capacity` is at least 1; INT_MAX
   * means no limit. What is free by now is tgr_sink_capacity's to say. */
  void (*answer)(struct tgr_sink_waiter *waiter, int capacity);
};

/* Prepares a waiter that does not wait. */
void tgr_sink_waiter_init(struct tgr_sink_waiter *waiter,
                          void (*answer)(struct tgr_sink_waiter *, int));

/* The capacity when it is at least `want` (brought into 1 … what the sink can
 * ever have), and the waiter stays unused. Else 0, and the waiter is answered
 * once that much is free, or, after `patience_us`, once any is free. */
int tgr_sink_when_free(struct tgr_sink *sink, struct tgr_sink_waiter *waiter,
                       int want, uint64_t patience_us);

/* The waiter is not answered any more; harmless when it does not wait. */
void tgr_sink_forget(struct tgr_sink_waiter *waiter);

/* For sink.c: tells the waiters that something has become free; answers those
 * whose turn has come. */
void tgr_sink_grant(struct tgr_sink *sink);
void tgr_sink_answer_granted(struct tgr_sink *sink);

#endif
