/* The allocator of one Lua state. */
#include "script/heap.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

enum { CHUNK_BYTES = 64 * 1024 };

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
  if (heap->limit != 0 && new_size > old_size &&
      heap->used + (new_size - old_size) > heap->limit)
    return NULL;
  void *fresh =
      ptr == NULL ? take(heap, new_size) : move(heap, ptr, old_size, new_size);
  if (fresh != NULL)
    heap->used += new_size - old_size;
  return fresh;
}
