/* What works for the updates of one runner. */
#include "script/spawned.h"

bool tgr_spawned_is_of(const struct tgr_fiber *fiber, const void *origin,
                       const void *watch) {
  return fiber->origin == origin && fiber->watch == watch;
}

bool tgr_spawned_cancel(struct tgr_fibers *fibers, const void *origin,
                        const void *watch, bool only_background) {
  const struct tgr_list *live = &fibers->live;
  bool left = false;
  for (struct tgr_link *link = live->head.next; link != &live->head;
       link = link->next) {
    struct tgr_fiber *fiber = TGR_CONTAINER_OF(link, struct tgr_fiber, link);
    if (!tgr_spawned_is_of(fiber, origin, watch))
      continue;
    if (fiber->background || !only_background)
      tgr_fiber_cancel(fiber); /* ends from the ready list: the list stays */
    else
      left = true;
  }
  return left;
}
