/* An intrusive hash table of chains. */
#include "base/map.h"

#include <assert.h>
#include <string.h>

static const uint64_t ODD = UINT64_C(0x9e3779b97f4a7c15);

static uint64_t mix(uint64_t z) {
  z = (z ^ (z >> 32)) * UINT64_C(0xd6e8feb86659fd93);
  z = (z ^ (z >> 32)) * UINT64_C(0xd6e8feb86659fd93);
  return z ^ (z >> 32);
}

uint64_t tgr_map_hash_int(const struct tgr_map *map, int64_t key) {
  return mix((uint64_t)key + map->seed);
}

uint64_t tgr_map_hash_bytes(const struct tgr_map *map, const char *bytes,
                            size_t len) {
  uint64_t hash = mix(map->seed ^ (len * ODD));
  for (; len >= 8; bytes += 8, len -= 8) {
    uint64_t word = 0;
    memcpy(&word, bytes, 8);
    hash = mix(hash ^ word) + ODD;
  }
  uint64_t rest = 0;
  memcpy(&rest, bytes, len);
  return mix(hash ^ rest);
}

void tgr_map_init(struct tgr_map *map, const struct tgr_mem *mem,
                  uint64_t seed) {
  *map = (struct tgr_map){
      .mem = mem, .chain_count = TGR_MAP_INLINE, .seed = mix(seed + ODD)};
  map->chains = map->few;
}

void tgr_map_deinit(struct tgr_map *map) {
  if (map->chains != map->few)
    tgr_mem_free(map->mem, map->chains);
  map->chains = map->few;
  map->chain_count = TGR_MAP_INLINE;
  map->count = 0;
  memset(map->few, 0, sizeof map->few);
}

static struct tgr_map_link **chain_of(const struct tgr_map *map,
                                      uint64_t hash) {
  return &map->chains[hash & (map->chain_count - 1)];
}

struct tgr_map_link *tgr_map_next(const struct tgr_map_link *link) {
  struct tgr_map_link *next = link->next;
  while (next != NULL && next->hash != link->hash)
    next = next->next;
  return next;
}

struct tgr_map_link *tgr_map_first(const struct tgr_map *map, uint64_t hash) {
  struct tgr_map_link *link = *chain_of(map, hash);
  while (link != NULL && link->hash != hash)
    link = link->next;
  return link;
}

/* Room for `count` chains, all empty: the inline ones or a fresh array. NULL
 * when out of memory. */
static struct tgr_map_link **new_chains(struct tgr_map *map, size_t count) {
  if (count <= TGR_MAP_INLINE) {
    memset(map->few, 0, sizeof map->few);
    return map->few;
  }
  return tgr_mem_new0(map->mem, count * sizeof *map->chains);
}

/* Spreads all entries over `count` chains; leaves the map as it is when out of
 * memory. */
static void respread(struct tgr_map *map, size_t count) {
  struct tgr_map_link **old = map->chains;
  const size_t old_count = map->chain_count;
  struct tgr_map_link **chains = new_chains(map, count);
  if (chains == NULL)
    return;
  map->chains = chains;
  map->chain_count = count;
  for (size_t i = 0; i < old_count; i++) {
    while (old[i] != NULL) {
      struct tgr_map_link *link = old[i];
      old[i] = link->next;
      struct tgr_map_link **chain = chain_of(map, link->hash);
      link->next = *chain;
      *chain = link;
    }
  }
  if (old != map->few)
    tgr_mem_free(map->mem, old);
}

void tgr_map_put(struct tgr_map *map, struct tgr_map_link *link,
                 uint64_t hash) {
  if (map->count >= map->chain_count)
    respread(map, map->chain_count * 2);
  struct tgr_map_link **chain = chain_of(map, hash);
  *link = (struct tgr_map_link){.next = *chain, .hash = hash};
  *chain = link;
  map->count++;
}

static struct tgr_map_link **find_slot(const struct tgr_map *map,
                                       const struct tgr_map_link *link) {
  struct tgr_map_link **slot = chain_of(map, link->hash);
  while (*slot != link) {
    assert(*slot != NULL && "the entry is not in this map");
    slot = &(*slot)->next;
  }
  return slot;
}

void tgr_map_remove(struct tgr_map *map, struct tgr_map_link *link) {
  *find_slot(map, link) = link->next;
  link->next = NULL;
  map->count--;
  /* A quarter full: halving leaves room to grow, so it cannot thrash. */
  if (map->chain_count > TGR_MAP_INLINE && map->count < map->chain_count / 4)
    respread(map, map->chain_count / 2);
}

void tgr_map_replace(struct tgr_map *map, struct tgr_map_link *old,
                     struct tgr_map_link *fresh) {
  *fresh = *old;
  *find_slot(map, old) = fresh;
  old->next = NULL;
}
