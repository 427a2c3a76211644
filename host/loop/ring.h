/* Ring: a bounded queue of pointers from one thread to one other, without
 * locks, and the two doorbells that go with it.
 *
 * Each side keeps its own index on a cache line of its own, and a copy of the
 * other's index that it refreshes only when the copy says that there is nothing
 * to do; so a push or a pop usually touches no line that the other side writes.
 *
 * Doorbells. A side that finds nothing to do says so and looks once more; who
 * changes something then asks whether the other side has said so. Both do it by
 * an exchange of one flag, so one of them comes second: either the sleeper's,
 * which then sees what was pushed, or the waker's, which then sees the flag and
 * takes it. A flag that was taken is one wake-up, due exactly once: no wake-up
 * is lost and none is doubled. spec/model/ring.pml goes through all orders.
 *
 * Owner: one producer thread and one consumer thread; each function says whose
 * it is. Ownership of what is pointed to moves with the pointer.
 * Not here: how a thread is woken (inbox.c), what waits in line when the ring
 * is full (pool/pipe.c). */
#ifndef TGR_LOOP_RING_H
#define TGR_LOOP_RING_H

#include "base/mem.h"
#include "base/status.h"

#include <stdatomic.h>
#include <stdbool.h>

enum { TGR_RING_LINE = 64 }; /* bytes of a cache line */

struct tgr_ring {
  void **slots;
  size_t mask; /* capacity - 1 */
  char pad_shared[TGR_RING_LINE];
  _Atomic size_t tail; /* pushed so far; the producer's */
  size_t head_seen;
  char pad_producer[TGR_RING_LINE];
  _Atomic size_t head; /* popped so far; the consumer's */
  size_t tail_seen;
  char pad_consumer[TGR_RING_LINE];
  atomic_bool sleeps; /* the consumer wants to be told of items */
  atomic_bool stuck;  /* the producer wants to be told of room */
};

/* An empty ring for `capacity` pointers (rounded up to a power of two). Nobody
 * sleeps yet. TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status tgr_ring_init(struct tgr_ring *ring,
                                             const struct tgr_mem *mem,
                                             size_t capacity);
/* When neither thread uses it any more; items that are left are forgotten. */
void tgr_ring_deinit(struct tgr_ring *ring, const struct tgr_mem *mem);

/* Producer. How much room there is; at least `wanted` if there is that much. */
size_t tgr_ring_room(struct tgr_ring *ring, size_t wanted);

/* Producer. Pushes the first of `items`, in order, as many as there is room
 * for; returns how many. */
size_t tgr_ring_push(struct tgr_ring *ring, void *const *items, size_t count);

/* Producer, after a push, once a batch. True when the consumer slept: it is the
 * caller who has to wake it, now. */
bool tgr_ring_must_wake(struct tgr_ring *ring);

/* Producer, when there was no room for `wanted` (1 to the capacity). True: the
 * consumer will tell behind its next pop (tgr_ring_must_tell_room). False:
 * there is room already. */
bool tgr_ring_await_room(struct tgr_ring *ring, size_t wanted);

/* Consumer. Takes up to `count` items, in order; returns how many. */
size_t tgr_ring_pop(struct tgr_ring *ring, void **items, size_t count);

/* Consumer, when the ring was empty. True: the producer will wake it. False:
 * there are items already. */
bool tgr_ring_sleep(struct tgr_ring *ring);

/* Consumer, after a pop, once a batch. True when the producer waits for room:
 * it is the caller who has to tell it, now. */
bool tgr_ring_must_tell_room(struct tgr_ring *ring);

/* Either side. How many items are in it, as far as the caller can see. */
size_t tgr_ring_count(const struct tgr_ring *ring);

#endif
