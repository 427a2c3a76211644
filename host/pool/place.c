/* Which slot of a pool gets an errand. */
#include "pool/place.h"

/* Waking a thread costs more than a cheap handler: so a worker is given up to
 * PACK_NS of work before the next one is considered. Handlers that cost more
 * than that are spread one by one, and so are all while their cost is not
 * known. */
enum { PACK_NS = 100000, PACK_MAX = TGR_PIPE_BATCH };

/* How little a slot is to be preferred, coarsest first. What a worker has not
 * even looked at weighs more than what it has begun: that may only wait. */
struct burden {
  int state; /* 0: it looks after its errands; 1: it does not; 2: no worker */
  size_t untaken; /* both in packs */
  size_t taken;
};

static size_t pack_of(const struct tgr_worker *worker) {
  const unsigned cost_ns =
      atomic_load_explicit(&worker->cost_ns, memory_order_relaxed);
  if (cost_ns == 0 || cost_ns > PACK_NS)
    return 1;
  return PACK_NS / cost_ns < PACK_MAX ? PACK_NS / cost_ns : PACK_MAX;
}

static struct burden burden_of(const struct tgr_slot *slot) {
  if (slot->worker == NULL)
    return (struct burden){.state = 2, .taken = slot->load};
  const struct tgr_pipe *errands = &slot->worker->errands;
  const size_t pack = pack_of(slot->worker);
  const size_t untaken = tgr_pipe_untaken(errands);
  const size_t taken = slot->load > untaken ? slot->load - untaken : 0;
  return (struct burden){.state = tgr_pipe_is_busy(errands) ? 1 : 0,
                         .untaken = untaken / pack,
                         .taken = taken / pack};
}

static bool is_less(const struct burden *a, const struct burden *b) {
  if (a->state != b->state)
    return a->state < b->state;
  return a->untaken != b->untaken ? a->untaken < b->untaken
                                  : a->taken < b->taken;
}

static struct tgr_slot *least_loaded(struct tgr_pool *pool) {
  struct tgr_slot *best = &pool->slots[0];
  struct burden least = burden_of(best);
  for (int i = 1; i < pool->slot_count; i++) {
    const struct burden burden = burden_of(&pool->slots[i]);
    if (!is_less(&burden, &least))
      continue;
    best = &pool->slots[i];
    least = burden;
  }
  return best;
}

/* Stays with one slot for a pack, within a turn of the loop: looking at all of
 * them costs more than a cheap handler, too. */
struct tgr_slot *tgr_place(struct tgr_pool *pool,
                           const struct tgr_errand *errand) {
  if (errand->has_key)
    return &pool->slots[errand->key % (uint64_t)pool->slot_count];
  const uint64_t turn = pool->env.host->loop->turns;
  if (pool->pack_left > 0 && pool->pack_turn == turn &&
      pool->pack_slot->worker != NULL) {
    pool->pack_left--;
    return pool->pack_slot;
  }
  struct tgr_slot *slot = least_loaded(pool);
  pool->pack_slot = slot;
  pool->pack_turn = turn;
  pool->pack_left = slot->worker != NULL ? pack_of(slot->worker) - 1 : 0;
  return slot;
}
