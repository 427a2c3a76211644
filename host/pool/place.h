/* Place: which slot of a pool gets an errand: by its key, or the least loaded.
 *
 * Owner: the pool's thread. */
#ifndef TGR_POOL_PLACE_H
#define TGR_POOL_PLACE_H

#include "pool/pool.h"

/* Never NULL; the slot may be without a worker. */
struct tgr_slot *tgr_place(struct tgr_pool *pool,
                           const struct tgr_errand *errand);

#endif
