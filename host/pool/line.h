/* Line: errands that wait until a worker has little to do.
 *
 * A worker is given a pack at a time, and the next one when it has taken that
 * from its ring, so it has two packs ahead at most. What lies ahead of a worker
 * that stands still (awake, and no errand begun or ended for WATCH_MS) is taken
 * back and given to others: a worker that is stuck in C keeps what it has
 * begun, and nothing else. Errands with a key stay: theirs is the order of that
 * worker, and what its state knows.
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

/* The slot of its key. */
struct tgr_slot *tgr_line_slot(struct tgr_pool *pool,
                               const struct tgr_errand *errand);

/* A ticket that nobody uses any more. */
void tgr_line_spare(struct tgr_pool *pool, struct tgr_ticket *ticket);

#endif
