/* Seedable random numbers: splitmix64. */
#include "base/rng.h"

void tgr_rng_init(struct tgr_rng *rng, uint64_t seed) {
  rng->state = seed;
}

uint64_t tgr_rng_next(struct tgr_rng *rng) {
  uint64_t z = rng->state += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
  return z ^ (z >> 31);
}

uint64_t tgr_rng_below(struct tgr_rng *rng, uint64_t bound) {
  return bound == 0 ? 0 : tgr_rng_next(rng) % bound;
}
