/* Lanes of keys, in order of entering.
 *
 * A lane is a ring of places. The first of them is in the map: the ring's end
 * is then first->lane.prev, and when the first leaves, the second takes over
 * its entry. So a lane needs no memory of its own. */
#include "engine/sequence.h"

#include <assert.h>
#include <string.h>

void tgr_sequence_init(struct tgr_sequence *sequence, const struct tgr_mem *mem,
                       uint64_t seed) {
  sequence->mem = mem;
  sequence->waiting = 0;
  tgr_map_init(&sequence->lanes, mem, seed);
}

void tgr_sequence_deinit(struct tgr_sequence *sequence) {
  assert(sequence->lanes.count == 0 && sequence->waiting == 0);
  tgr_map_deinit(&sequence->lanes);
}

void tgr_seat_init(struct tgr_seat *seat) {
  tgr_link_init(&seat->link);
  seat->count = seat->behind = 0;
  seat->places = NULL;
}

static uint64_t hash_of(const struct tgr_sequence *sequence,
                        const struct tgr_key *key) {
  return key->bytes == NULL
             ? tgr_map_hash_int(&sequence->lanes, key->integer)
             : tgr_map_hash_bytes(&sequence->lanes, key->bytes, key->len);
}

static bool same_key(const struct tgr_key *a, const struct tgr_key *b) {
  if (a->bytes == NULL || b->bytes == NULL)
    return a->bytes == b->bytes && a->integer == b->integer;
  return a->len == b->len && memcmp(a->bytes, b->bytes, a->len) == 0;
}

static struct tgr_place *place_of(struct tgr_map_link *entry) {
  return TGR_CONTAINER_OF(entry, struct tgr_place, entry);
}

static struct tgr_place *place_of_lane(struct tgr_link *lane) {
  return TGR_CONTAINER_OF(lane, struct tgr_place, lane);
}

/* The first place of the key's lane, or NULL. */
static struct tgr_place *find_lane(const struct tgr_sequence *sequence,
                                   const struct tgr_key *key, uint64_t hash) {
  struct tgr_map_link *entry = tgr_map_first(&sequence->lanes, hash);
  while (entry != NULL && !same_key(&place_of(entry)->key, key))
    entry = tgr_map_next(entry);
  return entry == NULL ? NULL : place_of(entry);
}

/* Room for `count` places and `bytes` bytes of keys behind them. */
static struct tgr_place *new_places(const struct tgr_mem *mem,
                                    struct tgr_seat *seat, size_t count,
                                    size_t bytes) {
  if (count <= TGR_SEAT_INLINE && bytes == 0)
    return seat->few;
  const size_t max = SIZE_MAX / 2;
  if (count > max / sizeof(struct tgr_place) ||
      bytes > max - count * sizeof(struct tgr_place))
    return NULL;
  return tgr_mem_new(mem, count * sizeof(struct tgr_place) + bytes);
}

static void insert_before(struct tgr_link *at, struct tgr_link *link) {
  link->prev = at->prev;
  link->next = at;
  at->prev->next = link;
  at->prev = link;
}

/* Joins one lane at its end, as the next place of `seat`; does nothing for a
 * key the seat has taken already. `*text` is where the key's bytes are kept. */
static void join(struct tgr_sequence *sequence, struct tgr_seat *seat,
                 const struct tgr_key *key, char **text) {
  const uint64_t hash = hash_of(sequence, key);
  struct tgr_place *first = find_lane(sequence, key, hash);
  if (first != NULL && place_of_lane(first->lane.prev)->seat == seat)
    return;
  struct tgr_place *place = &seat->places[seat->count++];
  place->seat = seat;
  place->is_first = first == NULL;
  place->key = *key;
  if (key->bytes != NULL) {
    place->key.bytes = memcpy(*text, key->bytes, key->len);
    *text += key->len + 1;
  }
  tgr_link_init(&place->lane);
  if (first == NULL) {
    tgr_map_put(&sequence->lanes, &place->entry, hash);
    return;
  }
  insert_before(&first->lane, &place->lane);
  seat->behind++;
}

enum tgr_status tgr_sequence_enter(struct tgr_sequence *sequence,
                                   struct tgr_seat *seat,
                                   const struct tgr_key *keys, size_t count,
                                   bool *is_turn) {
  assert(!tgr_seat_entered(seat));
  size_t bytes = 0;
  for (size_t i = 0; i < count; i++)
    bytes += keys[i].bytes == NULL ? 0 : keys[i].len + 1;
  seat->count = seat->behind = 0;
  if (count > 0) {
    struct tgr_place *places = new_places(sequence->mem, seat, count, bytes);
    if (places == NULL)
      return TGR_ENOMEM;
    seat->places = places;
    char *text = (char *)(places + count);
    for (size_t i = 0; i < count; i++)
      join(sequence, seat, &keys[i], &text);
  }
  if (seat->behind > 0)
    sequence->waiting++;
  *is_turn = seat->behind == 0;
  return TGR_OK;
}

/* Leaves one lane. The seat that is first now, if `place` was, or NULL. */
static struct tgr_seat *part(struct tgr_sequence *sequence,
                             struct tgr_place *place) {
  if (!place->is_first) {
    tgr_list_remove(&place->lane);
    return NULL;
  }
  if (!tgr_link_in_list(&place->lane)) {
    tgr_map_remove(&sequence->lanes, &place->entry);
    return NULL;
  }
  struct tgr_place *next = place_of_lane(place->lane.next);
  tgr_list_remove(&place->lane);
  tgr_map_replace(&sequence->lanes, &place->entry, &next->entry);
  next->is_first = true;
  return next->seat;
}

void tgr_sequence_leave(struct tgr_sequence *sequence, struct tgr_seat *seat,
                        struct tgr_list *turn) {
  if (!tgr_seat_entered(seat))
    return;
  if (seat->behind > 0)
    sequence->waiting--;
  for (size_t i = 0; i < seat->count; i++) {
    struct tgr_seat *next = part(sequence, &seat->places[i]);
    if (next == NULL || --next->behind > 0)
      continue;
    sequence->waiting--;
    tgr_list_append(turn, &next->link);
  }
  if (seat->places != seat->few)
    tgr_mem_free(sequence->mem, seat->places);
  seat->places = NULL;
  seat->count = seat->behind = 0;
}
