/* Watch: looks whether workers stand still.
 *
 * A worker that is awake and has begun or ended no errand since the last look,
 * WATCH_MS ago, is stuck. What lies ahead of it without being bound to it is
 * taken back and given to others. After `lag_ms` it lags: a warning says so,
 * and errands that are bound to it are so no longer while another worker is
 * there for them: it keeps what it has begun, and nothing else. There is one
 * errand of a key in a pool at a time (lua/distribute.lua), so order holds.
 *
 * It looks while somebody waits or a worker is stuck, less and less often.
 *
 * Owner: the pool's thread. */
#ifndef TGR_POOL_WATCH_H
#define TGR_POOL_WATCH_H

#include "pool/pool.h"

enum { TGR_WATCH_LAG_MS = 5000 };

void tgr_watch_init(struct tgr_pool *pool);

/* There are errands that wait or were sent. */
void tgr_watch_start(struct tgr_pool *pool);
/* There are none. */
void tgr_watch_stop(struct tgr_pool *pool);

/* Whether what needs the slot's worker better goes to another. */
bool tgr_watch_lags(const struct tgr_slot *slot);

/* Whether the slot's worker has been stuck for lag_ms. */
bool tgr_watch_stands(const struct tgr_slot *slot);

#endif
