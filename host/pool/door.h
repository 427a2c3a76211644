/* Door: how a worker's thread reaches what belongs to its host (inbox, log).
 *
 * A worker that is stuck cannot be waited for: the host shuts its door and goes
 * away. Whoever is inside is waited for, briefly: inside nothing blocks unless
 * the embedder's log function does.
 *
 * Owner: the host's thread; enter and leave are the worker's. */
#ifndef TGR_POOL_DOOR_H
#define TGR_POOL_DOOR_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct tgr_door {
  atomic_bool shut;
  atomic_uint inside;
};

static inline void tgr_door_init(struct tgr_door *door) {
  atomic_init(&door->shut, false);
  atomic_init(&door->inside, 0);
}

/* False: the host is gone; else tgr_door_leave follows. */
bool tgr_door_enter(struct tgr_door *door);
void tgr_door_leave(struct tgr_door *door);

/* From now on nobody enters. False when somebody was still inside after
 * `patience_ms`. */
bool tgr_door_shut(struct tgr_door *door, uint64_t patience_ms);

#endif
