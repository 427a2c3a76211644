/* The allocator of one Lua state. */
#include "script/heap.h"

#include "loop/loop.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

enum { CHUNK_BYTES = 64 * 1024, CHURN_BYTES = 1 << 20, PATIENCE_US = 100000 };

enum { PAUSE_MIN = 108 }; /* percent */

struct tgr_heap_chunk {
  struct tgr_heap_chunk *next;
  void *align; /* keeps what follows at 16 bytes */
};

void tgr_heap_init(struct tgr_heap *heap, const struct tgr_mem *mem) {
  *heap = (struct tgr_heap){.mem = mem};
}

void tgr_heap_deinit(struct tgr_heap *heap) {
  assert(heap->used == 0);
  while (heap->chunks != NULL) {
    struct tgr_heap_chunk *chunk = heap->chunks;
    heap->chunks = chunk->next;
    tgr_mem_free(heap->mem, chunk);
  }
}

/* Under AddressSanitizer every block comes from the host's allocator, so that
 * a use after free in a Lua object is found. */
static bool is_small(size_t size) {
#ifdef __SANITIZE_ADDRESS__
  (void)size;
  return false;
#else
  return size <= TGR_HEAP_SMALL;
#endif
}

static size_t class_of(size_t size) {
  return (size - 1) / TGR_HEAP_GRAIN;
}

/* Gives what is left of the newest chunk to the free lists. */
static void retire_fresh(struct tgr_heap *heap) {
  while (heap->fresh_len >= TGR_HEAP_GRAIN) {
    const size_t size =
        heap->fresh_len < TGR_HEAP_SMALL ? heap->fresh_len : TGR_HEAP_SMALL;
    const size_t class = class_of(size);
    *(void **)(void *)heap->fresh = heap->free[class];
    heap->free[class] = heap->fresh;
    heap->fresh += (class + 1) * TGR_HEAP_GRAIN;
    heap->fresh_len -= (class + 1) * TGR_HEAP_GRAIN;
  }
}

static void *from_chunk(struct tgr_heap *heap, size_t size) {
  if (heap->fresh_len < size) {
    struct tgr_heap_chunk *chunk = tgr_mem_new(heap->mem, CHUNK_BYTES);
    if (chunk == NULL)
      return NULL;
    retire_fresh(heap);
    chunk->next = heap->chunks;
    heap->chunks = chunk;
    heap->fresh = (char *)(chunk + 1);
    heap->fresh_len = CHUNK_BYTES - sizeof *chunk;
  }
  void *ptr = heap->fresh;
  heap->fresh += size;
  heap->fresh_len -= size;
  return ptr;
}

static void *take(struct tgr_heap *heap, size_t size) {
  if (!is_small(size))
    return tgr_mem_new(heap->mem, size);
  const size_t class = class_of(size);
  void *ptr = heap->free[class];
  if (ptr == NULL)
    return from_chunk(heap, (class + 1) * TGR_HEAP_GRAIN);
  heap->free[class] = *(void **)ptr;
  return ptr;
}

static void give_back(struct tgr_heap *heap, void *ptr, size_t size) {
  if (!is_small(size)) {
    tgr_mem_free(heap->mem, ptr);
    return;
  }
  const size_t class = class_of(size);
  *(void **)ptr = heap->free[class];
  heap->free[class] = ptr;
}

static void *move(struct tgr_heap *heap, void *ptr, size_t old_size,
                  size_t new_size) {
  if (!is_small(old_size) && !is_small(new_size))
    return tgr_mem_resize(heap->mem, ptr, new_size);
  if (is_small(old_size) && is_small(new_size) &&
      class_of(old_size) == class_of(new_size))
    return ptr;
  void *fresh = take(heap, new_size);
  if (fresh == NULL)
    return NULL;
  memcpy(fresh, ptr, old_size < new_size ? old_size : new_size);
  give_back(heap, ptr, old_size);
  return fresh;
}

/* Beyond the soft limit: Lua collects after the first refusal, and raises after
 * the second. */
static bool is_too_much(struct tgr_heap *heap, size_t used) {
  if (used <= heap->soft) {
    if (heap->state == TGR_HEAP_REFUSED)
      heap->state = TGR_HEAP_WATCHED;
    return false;
  }
  if (heap->state != TGR_HEAP_WATCHED && heap->state != TGR_HEAP_REFUSED)
    return false;
  heap->state =
      heap->state == TGR_HEAP_WATCHED ? TGR_HEAP_REFUSED : TGR_HEAP_OVER;
  heap->over = heap->over || heap->state == TGR_HEAP_OVER;
  return true;
}

void tgr_heap_watch(struct tgr_heap *heap) {
  if (heap->full_us != 0 && tgr_loop_clock_us() - heap->full_us >= PATIENCE_US)
    heap->full_us = 0;
  heap->state = heap->full_us != 0 ? TGR_HEAP_OVER : TGR_HEAP_WATCHED;
}

static bool is_full(const struct tgr_heap *heap, size_t limit) {
  return heap->used > limit - limit / 8;
}

void tgr_heap_collected(struct tgr_heap *heap) {
  const bool exceeded = tgr_heap_exceeded(heap);
  heap->full_us =
      heap->soft != 0 && is_full(heap, heap->soft) ? tgr_loop_clock_us() : 0;
  heap->over = heap->exceeded = false;
  heap->refused = 0;
  if (exceeded && is_full(heap, heap->limit) && heap->exhausted != NULL)
    heap->exhausted(heap);
}

void tgr_heap_close(struct tgr_heap *heap) {
  heap->soft = 0;
  heap->limit += heap->limit / 8;
  heap->hard += heap->hard / 8;
}

/* ---- the limit ---------------------------------------------------------- */

/* What is refused Lua asks for again at once, behind a collection; what it does
 * not, its auxiliary library had asked for, which raises. */
static bool exceeds(struct tgr_heap *heap, size_t size, size_t used) {
  const bool again = heap->refused == size;
  if (heap->refused != 0 && !again)
    heap->exceeded = true;
  heap->refused = 0;
  if (used <= heap->limit)
    return false;
  if (again)
    heap->exceeded = true;
  else
    heap->refused = size;
  return true;
}

bool tgr_heap_exceeded(const struct tgr_heap *heap) {
  return heap->exceeded || heap->refused != 0;
}

int tgr_heap_pause(const struct tgr_heap *heap) {
  if (!tgr_heap_exceeded(heap) || heap->used < heap->limit / 4 ||
      heap->used < 100)
    return TGR_HEAP_PAUSE;
  const size_t most = heap->limit - heap->limit / 8;
  const size_t pause = most / (heap->used / 100);
  return pause < PAUSE_MIN        ? PAUSE_MIN
         : pause < TGR_HEAP_PAUSE ? (int)pause
                                  : TGR_HEAP_PAUSE;
}

bool tgr_heap_wants_collection(const struct tgr_heap *heap) {
  return heap->over || tgr_heap_exceeded(heap);
}

static void break_state(struct tgr_heap *heap) {
  if (heap->broken)
    return;
  heap->broken = true;
  if (heap->pressed != NULL)
    heap->pressed(heap);
  if (heap->broke != NULL)
    heap->broke(heap);
}

static bool refuses(struct tgr_heap *heap, size_t size, size_t more) {
  const size_t used = heap->used + more;
  if (heap->limit != 0 && exceeds(heap, size, used))
    return true;
  if (heap->block_max != 0 && size > heap->block_max)
    return true;
  if (heap->soft != 0 && is_too_much(heap, used))
    return true;
  if (heap->hard == 0 || used <= heap->hard)
    return false;
  break_state(heap);
  return true;
}

static void note_churn(struct tgr_heap *heap, size_t size) {
  heap->churn += size;
  if (heap->churn < CHURN_BYTES || heap->pressed == NULL)
    return;
  heap->churn = 0;
  heap->pressed(heap);
}

void *tgr_heap_resize(void *user, void *ptr, size_t old_size, size_t new_size) {
  struct tgr_heap *heap = user;
  if (ptr == NULL)
    old_size = 0; /* Lua passes the kind of object here */
  if (new_size == 0) {
    if (ptr != NULL)
      give_back(heap, ptr, old_size);
    heap->used -= old_size;
    return NULL;
  }
  if (heap->refuse > 0 && new_size > old_size) {
    heap->refuse--;
    return NULL;
  }
  if (new_size > old_size && refuses(heap, new_size, new_size - old_size))
    return NULL;
  if (new_size > TGR_HEAP_SMALL)
    note_churn(heap, new_size);
  void *fresh =
      ptr == NULL ? take(heap, new_size) : move(heap, ptr, old_size, new_size);
  if (fresh != NULL)
    heap->used += new_size - old_size;
  return fresh;
}
