/* Rng: small seedable random numbers, for jitter and specs; no secrets. */
#ifndef TGR_BASE_RNG_H
#define TGR_BASE_RNG_H

#include <stdint.h>

struct tgr_rng {
  uint64_t state;
};

/* The same seed gives the same numbers, on every machine. */
void tgr_rng_init(struct tgr_rng *rng, uint64_t seed);
uint64_t tgr_rng_next(struct tgr_rng *rng);
/* 0 … bound - 1; 0 for bound 0. */
uint64_t tgr_rng_below(struct tgr_rng *rng, uint64_t bound);

#endif
