/* Stats: what is told of a worker, for struct tgr_distributor.
 *
 * Owner: the pool's thread. */
#ifndef TGR_POOL_STATS_H
#define TGR_POOL_STATS_H

#include "pool/pool.h"

/* Of worker `number`, from 1. Costs time in the number of errands that wait for
 * it. */
void tgr_pool_stats(const struct tgr_pool *pool, int number,
                    struct tgr_worker_stats *out);

#endif
