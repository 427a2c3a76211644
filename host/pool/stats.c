/* What is told of a worker. */
#include "pool/stats.h"

#include "pool/watch.h"

static size_t length_of(const struct tgr_list *list) {
  size_t len = 0;
  for (const struct tgr_link *at = list->head.next; at != &list->head;
       at = at->next)
    len++;
  return len;
}

void tgr_pool_stats(const struct tgr_pool *pool, int number,
                    struct tgr_worker_stats *out) {
  const struct tgr_slot *slot = &pool->slots[number - 1];
  *out = (struct tgr_worker_stats){.running = slot->load,
                                   .waiting = length_of(&slot->line),
                                   .handled = slot->handled,
                                   .deaths = slot->deaths};
  if (slot->worker == NULL)
    return;
  out->stuck = tgr_watch_stands(slot);
  out->memory_bytes =
      atomic_load_explicit(&slot->worker->memory_bytes, memory_order_relaxed);
  out->wakeups =
      atomic_load_explicit(&slot->worker->loop.wakeups, memory_order_relaxed);
}
