/* A bounded single-producer single-consumer queue in C11 atomics.
 *
 * Order: a slot is written before `tail` is stored with release, and read after
 * `tail` was loaded with acquire; the same for `head` and the slot's reuse. The
 * exchanges of the flags are acquire and release: whichever comes second sees
 * the index that the other side stored before its own exchange. */
#include "loop/ring.h"

#include <stdint.h>

enum tgr_status tgr_ring_init(struct tgr_ring *ring, const struct tgr_mem *mem,
                              size_t capacity) {
  size_t size = 1;
  while (size < capacity && size <= SIZE_MAX / 2 / sizeof(void *))
    size *= 2;
  void **slots = tgr_mem_new(mem, size * sizeof *slots);
  if (slots == NULL)
    return TGR_ENOMEM;
  ring->slots = slots;
  ring->mask = size - 1;
  ring->head_seen = ring->tail_seen = 0;
  atomic_init(&ring->tail, 0);
  atomic_init(&ring->head, 0);
  atomic_init(&ring->sleeps, false);
  atomic_init(&ring->stuck, false);
  return TGR_OK;
}

void tgr_ring_deinit(struct tgr_ring *ring, const struct tgr_mem *mem) {
  tgr_mem_free(mem, ring->slots);
  ring->slots = NULL;
}

size_t tgr_ring_room(struct tgr_ring *ring, size_t wanted) {
  const size_t capacity = ring->mask + 1;
  const size_t tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);
  if (capacity - (tail - ring->head_seen) < wanted)
    ring->head_seen = atomic_load_explicit(&ring->head, memory_order_acquire);
  return capacity - (tail - ring->head_seen);
}

size_t tgr_ring_push(struct tgr_ring *ring, void *const *items, size_t count) {
  const size_t tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);
  const size_t room = tgr_ring_room(ring, count);
  if (count > room)
    count = room;
  for (size_t i = 0; i < count; i++)
    ring->slots[(tail + i) & ring->mask] = items[i];
  atomic_store_explicit(&ring->tail, tail + count, memory_order_release);
  return count;
}

size_t tgr_ring_pop(struct tgr_ring *ring, void **items, size_t count) {
  const size_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);
  if (ring->tail_seen - head < count)
    ring->tail_seen = atomic_load_explicit(&ring->tail, memory_order_acquire);
  if (count > ring->tail_seen - head)
    count = ring->tail_seen - head;
  for (size_t i = 0; i < count; i++)
    items[i] = ring->slots[(head + i) & ring->mask];
  atomic_store_explicit(&ring->head, head + count, memory_order_release);
  return count;
}

/* Takes the flag: true when it was up. */
static bool take_flag(atomic_bool *flag) {
  return atomic_exchange_explicit(flag, false, memory_order_acq_rel);
}

static void raise_flag(atomic_bool *flag) {
  atomic_exchange_explicit(flag, true, memory_order_acq_rel);
}

bool tgr_ring_must_wake(struct tgr_ring *ring) {
  return take_flag(&ring->sleeps);
}

bool tgr_ring_must_tell_room(struct tgr_ring *ring) {
  return take_flag(&ring->stuck);
}

/* In both functions below: a flag that is down again when it is taken back was
 * taken by the other side, so the wake-up is on its way. */
bool tgr_ring_sleep(struct tgr_ring *ring) {
  raise_flag(&ring->sleeps);
  const size_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);
  ring->tail_seen = atomic_load_explicit(&ring->tail, memory_order_acquire);
  return ring->tail_seen == head || !take_flag(&ring->sleeps);
}

bool tgr_ring_await_room(struct tgr_ring *ring, size_t wanted) {
  raise_flag(&ring->stuck);
  const size_t tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);
  ring->head_seen = atomic_load_explicit(&ring->head, memory_order_acquire);
  return tail - ring->head_seen + wanted > ring->mask + 1 ||
         !take_flag(&ring->stuck);
}

size_t tgr_ring_count(const struct tgr_ring *ring) {
  const size_t head = atomic_load_explicit(&ring->head, memory_order_acquire);
  const size_t tail = atomic_load_explicit(&ring->tail, memory_order_acquire);
  return tail - head;
}
