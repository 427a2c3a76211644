/* Line: errands that wait until a worker has little to do.
 *
 * A worker is given a pack at a time, and the next one when it has taken that
 * from its ring, so it has two packs ahead at most. Errands with a key are
 * bound: they wait for the worker of their key, whose state knows it, unless
 * that lags (watch.h).
 *
 * Owner: the pool's thread.
 * Not here: which worker, how large a pack is (place.c). */
#ifndef TGR_POOL_LINE_H
#define TGR_POOL_LINE_H

#include "pool/pool.h"

/* Sets up the lines of a pool and its slots. */
void tgr_line_init(struct tgr_pool *pool);
/* All lines are empty. */
void tgr_line_deinit(struct tgr_pool *pool);

/* Takes a new errand. TGR_ENOMEM: it is still the sender's. */
TGR_MUST_CHECK enum tgr_status tgr_line_put(struct tgr_pool *pool,
                                            struct tgr_errand *errand);

/* Puts an errand that is in nobody's flight any more back where it was. */
void tgr_line_put_back(struct tgr_pool *pool, struct tgr_errand *errand);

/* A worker may have room: lines are looked at in this turn. */
void tgr_line_feed(struct tgr_pool *pool);

/* Takes an errand out of its line, or back from its worker. False: that has
 * begun with it. */
bool tgr_line_revoke(struct tgr_pool *pool, struct tgr_errand *errand);

/* Takes an errand out of its line or its slot's flight, with its ticket: it is
 * over. */
void tgr_line_remove(struct tgr_pool *pool, struct tgr_errand *errand);

/* An errand that was sent comes back in line, for any worker, unless its own
 * has begun with it. False: there was no memory for a new ticket. */
bool tgr_line_take_back(struct tgr_pool *pool, struct tgr_errand *errand);

/* What waits for the slot's worker waits for any. */
void tgr_line_unbind(struct tgr_slot *slot);

/* A ticket that nobody uses any more. */
void tgr_line_spare(struct tgr_pool *pool, struct tgr_ticket *ticket);

#endif
