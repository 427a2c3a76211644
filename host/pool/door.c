/* How a worker's thread reaches what belongs to its host. Both sides write
 * first and then look, all in one order, so at least one sees the other. */
#include "pool/door.h"

#include <uv.h>

bool tgr_door_enter(struct tgr_door *door) {
  atomic_fetch_add(&door->inside, 1);
  if (!atomic_load(&door->shut))
    return true;
  tgr_door_leave(door);
  return false;
}

void tgr_door_leave(struct tgr_door *door) {
  atomic_fetch_sub(&door->inside, 1);
}

bool tgr_door_shut(struct tgr_door *door, uint64_t patience_ms) {
  atomic_store(&door->shut, true);
  for (uint64_t ms = 0; atomic_load(&door->inside) > 0; ms++) {
    if (ms >= patience_ms)
      return false;
    uv_sleep(1);
  }
  return true;
}
