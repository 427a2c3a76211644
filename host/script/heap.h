/* Heap: the allocator of one Lua state.
 *
 * Two limits of the program's: the soft one refuses what a script asks for once
 * a collection has not helped (Lua raises its memory error then), and lets the
 * rest of that resume go on, so that the error can be handled. Who reaches the
 * hard one has broken the state: it is stopped and given up.
 *
 * Small blocks come from free lists by size class, cut from chunks that live
 * as long as the state; large ones from the host's allocator. Everything is
 * counted, so that a state can be given a limit.
 *
 * Owner: the thread of the state. */
#ifndef TGR_SCRIPT_HEAP_H
#define TGR_SCRIPT_HEAP_H

#include "base/mem.h"

#include <stdbool.h>
#include <stdint.h>

/* At how many percent of what a collection has left the next one begins. Lua's
 * own 200 makes 2 % fewer instructions of an echo, and a heap a third larger.
 */
enum { TGR_HEAP_PAUSE = 150 };

enum {
  TGR_HEAP_GRAIN = 16,  /* bytes between two classes */
  TGR_HEAP_SMALL = 512, /* the largest class */
  TGR_HEAP_CLASSES = TGR_HEAP_SMALL / TGR_HEAP_GRAIN
};

struct tgr_heap_chunk;

/* How the soft limit stands in the present resume. */
enum tgr_heap_soft {
  TGR_HEAP_IDLE,    /* the host works: it does not count */
  TGR_HEAP_WATCHED, /* a script runs */
  TGR_HEAP_REFUSED, /* once: Lua collects and tries again */
  TGR_HEAP_OVER     /* twice: the script got its error */
};

struct tgr_heap {
  const struct tgr_mem *mem;
  size_t used;     /* bytes the state holds */
  size_t limit;    /* 0 for none; an allocation that would exceed it fails */
  size_t refused;  /* what the limit refused last, until Lua asks again; or 0 */
  bool exceeded;   /* it was refused again, or not asked for: an error */
  unsigned refuse; /* that many coming requests fail: see guard.c */
  size_t soft;     /* 0 for none; so are the others */
  size_t hard;
  size_t block_max; /* the largest block */
  enum tgr_heap_soft state;
  bool over; /* a script got its error, and nothing was collected since */
  uint64_t full_us; /* clock when a collection last did not help; 0: never */
  bool broken;      /* it has reached the hard limit */
  size_t churn;     /* bytes of large blocks since `pressed` was called */
  /* A script works in large blocks: each may be one instruction that takes its
   * time, so somebody should look at the clock. NULL: nobody. */
  void (*pressed)(struct tgr_heap *heap);
  void *pressed_user;
  /* Called behind a resume that leaves `notice_at` bytes in use, or more; 0:
   * never. */
  size_t notice_at;
  void (*noticed)(struct tgr_heap *heap);
  /* The state has broken; called once, within an allocation. NULL: nobody. */
  void (*broke)(struct tgr_heap *heap);
  /* The state reached its limit and a collection left it full: what it does
   * next would fail, too. Called behind that collection. NULL: nobody. */
  void (*exhausted)(struct tgr_heap *heap);
  void *free[TGR_HEAP_CLASSES];
  char *fresh; /* the part of the newest chunk that was never given out */
  size_t fresh_len;
  struct tgr_heap_chunk *chunks;
};

void tgr_heap_init(struct tgr_heap *heap, const struct tgr_mem *mem);
/* After lua_close. */
void tgr_heap_deinit(struct tgr_heap *heap);

/* A resume begins: the soft limit counts, unless a collection did not help just
 * now. A refusal costs collections of all; a state that stays full goes on to
 * its hard limit instead. */
void tgr_heap_watch(struct tgr_heap *heap);

/* Whether a script got an error because of a limit (not of the hard one) since
 * the last collection: then another one is due. */
bool tgr_heap_wants_collection(const struct tgr_heap *heap);

/* Whether it got one because of `limit`. */
bool tgr_heap_exceeded(const struct tgr_heap *heap);

/* Behind a collection: at how many percent of what it left Lua shall begin the
 * next one, its pause. A state that holds much of its limit has to begin in
 * time, for Lua's auxiliary library raises when it is refused a block, without
 * a collection. */
int tgr_heap_pause(const struct tgr_heap *heap);

/* Behind a collection of all. */
void tgr_heap_collected(struct tgr_heap *heap);

/* The state ends, full or not: no soft limit any longer, and an eighth more
 * room to the others. To close a coroutine takes memory before it gives some
 * back; a state that is refused it collects all that it holds, once for each.
 */
void tgr_heap_close(struct tgr_heap *heap);

/* A lua_Alloc; `heap` is the user data. */
void *tgr_heap_resize(void *heap, void *ptr, size_t old_size, size_t new_size);

#endif
