/* Place: which worker of a pool gets the next pack of errands, and how many
 * they are.
 *
 * Owner: the pool's thread. */
#ifndef TGR_POOL_PLACE_H
#define TGR_POOL_PLACE_H

#include "pool/pool.h"

/* Who gets the next errands without a key; it has room. NULL: nobody, before a
 * worker has taken what lies in its ring. */
struct tgr_slot *tgr_place(struct tgr_pool *pool);

/* How many of `waiting` errands the slot's worker is given at once, at least 1;
 * `sharers` workers share them. */
size_t tgr_place_pack(const struct tgr_slot *slot, size_t waiting,
                      size_t sharers);

/* Whether it has a worker whose bot is ready. */
bool tgr_place_is_up(const struct tgr_slot *slot);

/* Whether it may be given a pack: it is up and its ring is empty. */
bool tgr_place_has_room(const struct tgr_slot *slot);

/* ---- of a worker that is up --------------------------------------------- */

/* How many tickets it has been sent and not come to. */
size_t tgr_place_ahead(const struct tgr_slot *slot);

/* A number that is another one when it has begun or ended an errand. */
uint64_t tgr_place_progress(const struct tgr_slot *slot);

/* Whether its thread has anything to do. */
bool tgr_place_is_awake(const struct tgr_slot *slot);

/* Whether it was found stuck and has done nothing since; false, too, of one
 * that is not up. */
bool tgr_place_is_stuck(const struct tgr_slot *slot);

#endif
