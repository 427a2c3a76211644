/* Which slot of a pool gets an errand. */
#include "pool/place.h"

/* Waking a thread costs more than a cheap handler: so a worker is given up to
 * PACK_NS of work before the next one is considered. Handlers that cost more
 * than that are spread one by one, and so are all while their cost is not
 * known. */
enum { PACK_NS = 100000, PACK_MAX = TGR_PIPE_BATCH };

/* Awake threads beyond the cores only take turns. So when as many workers are
 * awake as there are cores, a sleeping one is left alone while an awake one has
 * less than LINE_NS of work in line, unless handlers are long or block. */
enum { LINE_NS = 2000000, LONG_NS = 1000000 };

/* How little a slot is to be preferred, coarsest first. What a worker has not
 * even looked at weighs more than what it has begun: that may only wait. */
struct burden {
  int state; /* 0: it looks after its errands; 1: it does not; 2: no worker */
  size_t untaken; /* both in packs */
  size_t taken;
};

/* 0: not known. */
static unsigned cost_of(const struct tgr_worker *worker) {
  return atomic_load_explicit(&worker->cost_ns, memory_order_relaxed);
}

static size_t pack_of(const struct tgr_worker *worker) {
  const unsigned cost_ns = cost_of(worker);
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

static bool is_awake(const struct tgr_slot *slot) {
  return slot->worker != NULL &&
         !atomic_load_explicit(&slot->worker->loop.inbox.asleep,
                               memory_order_relaxed);
}

static bool has_short_line(const struct tgr_slot *slot) {
  const unsigned cost_ns = cost_of(slot->worker);
  return cost_ns != 0 && cost_ns < LONG_NS &&
         tgr_pipe_untaken(&slot->worker->errands) < LINE_NS / cost_ns;
}

/* A slot and its burden, or NULL for none so far. */
struct candidate {
  struct tgr_slot *slot;
  struct burden burden;
};

static void consider(struct candidate *best, struct tgr_slot *slot,
                     const struct burden *burden) {
  if (best->slot == NULL || is_less(burden, &best->burden))
    *best = (struct candidate){slot, *burden};
}

static struct tgr_slot *least_loaded(struct tgr_pool *pool) {
  struct candidate best = {.slot = NULL};
  struct candidate awake = {.slot = NULL};
  int awake_count = 0;
  for (int i = 0; i < pool->slot_count; i++) {
    struct tgr_slot *slot = &pool->slots[i];
    const struct burden burden = burden_of(slot);
    consider(&best, slot, &burden);
    if (burden.state != 0 || !is_awake(slot))
      continue;
    awake_count++;
    consider(&awake, slot, &burden);
  }
  const bool is_full = awake.slot != NULL && awake_count >= pool->cores;
  return is_full && has_short_line(awake.slot) ? awake.slot : best.slot;
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
