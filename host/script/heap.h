/* Heap: the allocator of one Lua state.
 *
 * Small blocks come from free lists by size class, cut from chunks that live
 * as long as the state; large ones from the host's allocator. Everything is
 * counted, so that a state can be given a limit.
 *
 * Owner: the thread of the state. */
#ifndef TGR_SCRIPT_HEAP_H
#define TGR_SCRIPT_HEAP_H

#include "base/mem.h"

#include <stdint.h>

enum {
  TGR_HEAP_GRAIN = 16,  /* bytes between two classes */
  TGR_HEAP_SMALL = 512, /* the largest class */
  TGR_HEAP_CLASSES = TGR_HEAP_SMALL / TGR_HEAP_GRAIN
};

struct tgr_heap_chunk;

struct tgr_heap {
  const struct tgr_mem *mem;
  size_t used;     /* bytes the state holds */
  size_t limit;    /* 0 for none; an allocation that would exceed it fails */
  unsigned refuse; /* that many coming requests fail: see guard.c */
  void *free[TGR_HEAP_CLASSES];
  char *fresh; /* the part of the newest chunk that was never given out */
  size_t fresh_len;
  struct tgr_heap_chunk *chunks;
};

void tgr_heap_init(struct tgr_heap *heap, const struct tgr_mem *mem);
/* After lua_close. */
void tgr_heap_deinit(struct tgr_heap *heap);

/* A lua_Alloc; `heap` is the user data. */
void *tgr_heap_resize(void *heap, void *ptr, size_t old_size, size_t new_size);

#endif
