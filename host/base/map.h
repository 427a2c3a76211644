/* Map: an intrusive hash table.
 *
 * What is stored embeds a struct tgr_map_link and knows its own key; the table
 * is only an array of chains. Putting an entry never fails: when the array
 * cannot grow, chains get longer. The array shrinks with its content.
 *
 * Owner: one thread. */
#ifndef TGR_BASE_MAP_H
#define TGR_BASE_MAP_H

#include "base/mem.h"

#include <stdbool.h>
#include <stdint.h>

enum { TGR_MAP_INLINE = 8 }; /* chains of a map that has allocated nothing */

struct tgr_map_link {
  struct tgr_map_link *next;
  uint64_t hash;
};

struct tgr_map {
  const struct tgr_mem *mem;
  struct tgr_map_link **chains; /* `few`, or allocated */
  size_t chain_count;           /* a power of two */
  size_t count;
  uint64_t seed; /* for the hash functions below */
  struct tgr_map_link *few[TGR_MAP_INLINE];
};

/* An empty map. Not to be moved afterwards. */
void tgr_map_init(struct tgr_map *map, const struct tgr_mem *mem,
                  uint64_t seed);
/* Frees the array; what is still in the map belongs to the caller. */
void tgr_map_deinit(struct tgr_map *map);

/* The first entry with this hash, or NULL; tgr_map_next goes on from it. The
 * caller compares keys. */
struct tgr_map_link *tgr_map_first(const struct tgr_map *map, uint64_t hash);
struct tgr_map_link *tgr_map_next(const struct tgr_map_link *link);

/* Adds `link` under `hash`. */
void tgr_map_put(struct tgr_map *map, struct tgr_map_link *link, uint64_t hash);
/* Removes `link`, which is in the map. */
void tgr_map_remove(struct tgr_map *map, struct tgr_map_link *link);
/* Puts `fresh` in the place of `old`, under the same hash. */
void tgr_map_replace(struct tgr_map *map, struct tgr_map_link *old,
                     struct tgr_map_link *fresh);

uint64_t tgr_map_hash_int(const struct tgr_map *map, int64_t key);
uint64_t tgr_map_hash_bytes(const struct tgr_map *map, const char *bytes,
                            size_t len);

#endif
