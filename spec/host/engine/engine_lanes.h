/* Lanes on a virtual clock, for the specs of sequences. */
#ifndef ENGINE_LANES_H
#define ENGINE_LANES_H

#include "engine/sequence.h"
#include "host/engine/engine_world.h"

static struct world world;
static struct tgr_sequence sequence;

static inline int fresh(void **state) {
  (void)state;
  world_init(&world);
  tgr_sequence_init(&sequence, &world.mem.mem, 5);
  return 0;
}

static inline void close_sequence(void) {
  assert_int_equal(sequence.lanes.count, 0);
  assert_int_equal(sequence.waiting, 0);
  tgr_sequence_deinit(&sequence);
  world_end(&world);
}

#endif
