/* Which worker of a pool gets the next pack of errands.
 *
 * Waking a thread costs more than a cheap handler, and each state that runs
 * beside others takes the processor's caches from them: 8 states that took
 * turns on 2 cores cost a JSON-heavy handler 1.6 times the CPU that 2 did
 * (spec/bench/distribute.sh). So a worker is given PACK_NS of work at once,
 * more of a long line (its share, up to LINE_NS), and while as many workers are
 * awake as there are cores, others are left asleep. Handlers that take long or
 * block are spread one by one over all. */
#include "pool/place.h"

enum { PACK_NS = 200000, LINE_NS = 2000000, LONG_NS = 1000000 };

/* How little a slot is to be preferred, coarsest first. What a worker has not
 * begun weighs more than what it has: that may only wait. */
struct burden {
  size_t ahead; /* both in packs */
  size_t begun;
};

/* A slot and its burden, or NULL for none so far. */
struct candidate {
  struct tgr_slot *slot;
  struct burden burden;
};

/* 0: not known. */
static unsigned cost_of(const struct tgr_slot *slot) {
  const unsigned own =
      atomic_load_explicit(&slot->worker->cost_ns, memory_order_relaxed);
  return own != 0 ? own : slot->pool->cost_ns;
}

static size_t at_most(size_t count, size_t limit) {
  return count < limit ? count : limit;
}

/* How many errands are `work_ns` of work; at least 1. */
static size_t count_of(const struct tgr_slot *slot, unsigned work_ns) {
  const unsigned cost_ns = cost_of(slot);
  if (cost_ns == 0 || cost_ns > work_ns)
    return 1;
  return at_most(work_ns / cost_ns, TGR_PIPE_CAPACITY);
}

size_t tgr_place_pack(const struct tgr_slot *slot, size_t waiting,
                      size_t sharers) {
  const size_t least = count_of(slot, PACK_NS);
  if (waiting <= least + least / 2) /* no other is woken for so few */
    return at_most(waiting, TGR_PIPE_CAPACITY);
  const size_t share = at_most(waiting / sharers, count_of(slot, LINE_NS));
  return least > share ? least : share;
}

bool tgr_place_is_up(const struct tgr_slot *slot) {
  return slot->worker != NULL && slot->worker->is_up;
}

bool tgr_place_has_room(const struct tgr_slot *slot) {
  return tgr_place_is_up(slot) && tgr_pipe_is_empty(&slot->worker->errands);
}

static uint64_t begun_by(const struct tgr_worker *worker) {
  return atomic_load_explicit(&worker->face.begun, memory_order_relaxed);
}

size_t tgr_place_ahead(const struct tgr_slot *slot) {
  return (size_t)(slot->sent - begun_by(slot->worker));
}

static uint64_t ended_by(const struct tgr_worker *worker) {
  return atomic_load_explicit(&worker->ended_count, memory_order_relaxed);
}

uint64_t tgr_place_progress(const struct tgr_slot *slot) {
  return begun_by(slot->worker) + ended_by(slot->worker);
}

bool tgr_place_is_awake(const struct tgr_slot *slot) {
  return !atomic_load_explicit(&slot->worker->loop.inbox.asleep,
                               memory_order_relaxed);
}

bool tgr_place_is_stuck(const struct tgr_slot *slot) {
  return slot->stuck && tgr_place_is_up(slot) &&
         slot->progress == tgr_place_progress(slot);
}

static struct burden burden_of(const struct tgr_slot *slot) {
  const size_t pack = count_of(slot, PACK_NS);
  /* By its own count: that it has ended some may not have been heard yet. */
  const uint64_t ended = ended_by(slot->worker);
  const uint64_t begun = begun_by(slot->worker);
  const size_t running = begun > ended ? (size_t)(begun - ended) : 0;
  return (struct burden){.ahead = tgr_place_ahead(slot) / pack,
                         .begun = running / pack};
}

/* Among equals the one that was last given something: its caches are warm. */
static bool is_better(const struct candidate *a, const struct candidate *b) {
  if (b->slot == NULL)
    return true;
  if (a->burden.ahead != b->burden.ahead)
    return a->burden.ahead < b->burden.ahead;
  if (a->burden.begun != b->burden.begun)
    return a->burden.begun < b->burden.begun;
  return a->slot->fed > b->slot->fed;
}

static void consider(struct candidate *best, struct tgr_slot *slot) {
  const struct candidate candidate = {slot, burden_of(slot)};
  if (is_better(&candidate, best))
    *best = candidate;
}

/* Whether awake workers beyond the cores would only take turns. */
static bool is_cheap(const struct tgr_slot *slot) {
  const unsigned cost_ns = cost_of(slot);
  return cost_ns != 0 && cost_ns < LONG_NS;
}

static void note_cost(struct tgr_pool *pool, const struct tgr_slot *slot) {
  const unsigned cost_ns =
      atomic_load_explicit(&slot->worker->cost_ns, memory_order_relaxed);
  if (cost_ns != 0)
    pool->cost_ns = cost_ns;
}

struct tgr_slot *tgr_place(struct tgr_pool *pool) {
  struct candidate best = {.slot = NULL};
  struct candidate best_awake = {.slot = NULL};
  struct candidate stuck = {.slot = NULL};
  int up = 0;
  int awake = 0;
  for (int i = 0; i < pool->slot_count; i++) {
    struct tgr_slot *slot = &pool->slots[i];
    if (!tgr_place_is_up(slot))
      continue;
    const bool has_room = tgr_place_has_room(slot);
    if (tgr_place_is_stuck(slot)) {
      if (has_room)
        consider(&stuck, slot);
      continue;
    }
    up++;
    note_cost(pool, slot);
    const bool is_awake = !has_room || tgr_place_is_awake(slot);
    awake += is_awake;
    if (has_room)
      consider(&best, slot);
    if (has_room && is_awake)
      consider(&best_awake, slot);
  }
  if (up == 0)
    return stuck.slot;
  const bool is_full = awake >= pool->cores && best.slot != NULL;
  return is_full && is_cheap(best.slot) ? best_awake.slot : best.slot;
}
