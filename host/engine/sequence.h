/* Sequence: who has to wait for whom. A pure data structure, no callbacks.
 *
 * A seat enters with a set of keys and has a place in the lane of each; it is
 * its turn once it is first in all of them. Lanes are in order of entering. A
 * lane exists while somebody is in it: memory for a key goes with its last
 * seat.
 *
 * Owner: one thread. A seat is embedded (in struct tgr_task, in the userdata of
 * a script's gate) and must stay where it is from enter to leave.
 * Cost: amortised O(1) per key, for enter and for leave from any position.
 * Not here: slots and limits (sink.c), what the keys mean (keyer.c). */
#ifndef TGR_ENGINE_SEQUENCE_H
#define TGR_ENGINE_SEQUENCE_H

#include "base/list.h"
#include "base/map.h"
#include "base/status.h"

/* A key: an integer (`bytes` NULL) or a byte string (`bytes` not NULL, may be
 * empty). The integer 1 and the string "1" are different keys. */
struct tgr_key {
  const char *bytes;
  size_t len;
  int64_t integer;
};

static inline struct tgr_key tgr_key_int(int64_t integer) {
  return (struct tgr_key){.integer = integer};
}
static inline struct tgr_key tgr_key_bytes(const char *bytes, size_t len) {
  return (struct tgr_key){.bytes = bytes, .len = len};
}

struct tgr_seat;

/* One seat's place in one lane. The first place of a lane is the one that is in
 * the map; so a lane is nothing but its places. */
struct tgr_place {
  struct tgr_map_link entry;
  struct tgr_link lane; /* circular through all places of the lane, no head */
  struct tgr_seat *seat;
  bool is_first;      /* of its lane: then `entry` is in the map */
  struct tgr_key key; /* bytes, if any, are the seat's own copy */
};

enum { TGR_SEAT_INLINE = 2 }; /* integer keys that need no allocation */

struct tgr_seat {
  struct tgr_link link; /* in a list of seats whose turn it has become */
  size_t count;         /* places taken (distinct keys); 0 when not entered */
  size_t behind;        /* lanes in which another seat is before this one */
  struct tgr_place *places; /* `few`, or allocated; NULL when not entered */
  struct tgr_place few[TGR_SEAT_INLINE];
};

struct tgr_sequence {
  const struct tgr_mem *mem;
  struct tgr_map lanes;
  size_t waiting; /* seats entered whose turn it is not yet */
};

/* `seed` spreads keys over the table; any value will do. */
void tgr_sequence_init(struct tgr_sequence *sequence, const struct tgr_mem *mem,
                       uint64_t seed);
/* Every seat must have left. */
void tgr_sequence_deinit(struct tgr_sequence *sequence);

/* A seat that has not entered. */
void tgr_seat_init(struct tgr_seat *seat);

/* Enters the lanes of `keys` (copied; duplicates count once; none is fine: its
 * turn comes at once). `*is_turn` tells whether the seat may go on right away.
 * TGR_ENOMEM with nothing changed. */
TGR_MUST_CHECK enum tgr_status tgr_sequence_enter(struct tgr_sequence *sequence,
                                                  struct tgr_seat *seat,
                                                  const struct tgr_key *keys,
                                                  size_t count, bool *is_turn);

/* Leaves all lanes, from whatever position (finished, or cancelled while
 * waiting). Seats whose turn has come by that are appended to `turn` through
 * their `link`. Harmless when the seat has not entered. Cannot fail. */
void tgr_sequence_leave(struct tgr_sequence *sequence, struct tgr_seat *seat,
                        struct tgr_list *turn);

static inline bool tgr_seat_entered(const struct tgr_seat *seat) {
  return seat->places != 0;
}
static inline bool tgr_seat_is_turn(const struct tgr_seat *seat) {
  return seat->behind == 0;
}

#endif
