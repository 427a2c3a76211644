/* Who waits for free capacity. */
#include "engine/waiter.h"

#include "engine/sink.h"

#include <assert.h>

static void patience_over(struct tgr_timer *timer);

void tgr_sink_waiter_init(struct tgr_sink_waiter *waiter,
                          void (*answer)(struct tgr_sink_waiter *, int)) {
  *waiter = (struct tgr_sink_waiter){.answer = answer};
  tgr_link_init(&waiter->link);
  tgr_timer_init(&waiter->patience, patience_over);
}

/* The most that can ever be free; 1 for sinks that are free or not. */
static int attainable(const struct tgr_sink *sink) {
  if (sink->options.kind != TGR_SINK_CONCURRENT)
    return 1;
  const int limit = sink->options.concurrency;
  if (sink->options.keyer == NULL || limit < sink->options.waiting)
    return limit;
  return sink->options.waiting;
}

int tgr_sink_when_free(struct tgr_sink *sink, struct tgr_sink_waiter *waiter,
                       int want, uint64_t patience_us) {
  assert(waiter->sink == NULL && "it waits already");
  const int most = attainable(sink);
  waiter->want = want < 1 ? 1 : want > most ? most : want;
  const int capacity = tgr_sink_capacity(sink);
  if (capacity >= waiter->want)
    return capacity;
  waiter->sink = sink;
  waiter->granted = 0;
  tgr_list_append(&sink->waiters, &waiter->link);
  if (waiter->want > 1)
    tgr_timer_start_us(sink->timers, &waiter->patience, patience_us);
  return 0;
}

void tgr_sink_forget(struct tgr_sink_waiter *waiter) {
  if (waiter->sink == NULL)
    return;
  tgr_timer_stop(waiter->sink->timers, &waiter->patience);
  tgr_list_remove(&waiter->link);
  waiter->sink = NULL;
}

static void answer(struct tgr_sink_waiter *waiter, int capacity) {
  tgr_sink_forget(waiter);
  waiter->answer(waiter, capacity);
}

static void patience_over(struct tgr_timer *timer) {
  struct tgr_sink_waiter *waiter =
      TGR_CONTAINER_OF(timer, struct tgr_sink_waiter, patience);
  const int capacity = tgr_sink_capacity(waiter->sink);
  waiter->want = 1;
  if (capacity > 0)
    answer(waiter, capacity);
}

void tgr_sink_grant(struct tgr_sink *sink) {
  if (tgr_list_empty(&sink->waiters))
    return;
  const int capacity = tgr_sink_capacity(sink);
  struct tgr_link *link = sink->waiters.head.next;
  while (link != &sink->waiters.head) {
    struct tgr_sink_waiter *waiter =
        TGR_CONTAINER_OF(link, struct tgr_sink_waiter, link);
    link = link->next;
    if (capacity < waiter->want)
      continue;
    waiter->granted = capacity;
    tgr_list_remove(&waiter->link);
    tgr_list_append(&sink->granted, &waiter->link);
  }
}

void tgr_sink_answer_granted(struct tgr_sink *sink) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_first(&sink->granted)) != NULL) {
    struct tgr_sink_waiter *waiter =
        TGR_CONTAINER_OF(link, struct tgr_sink_waiter, link);
    answer(waiter, waiter->granted);
  }
}
