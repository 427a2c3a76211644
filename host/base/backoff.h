/* Backoff: how long to wait before the next try. Arithmetic only. */
#ifndef TGR_BASE_BACKOFF_H
#define TGR_BASE_BACKOFF_H

#include "base/rng.h"

enum tgr_backoff_kind {
  TGR_BACKOFF_EXPONENTIAL, /* 100 ms, then twice the last */
  TGR_BACKOFF_QUADRATIC,   /* 100 ms, then 100 ms more */
  TGR_BACKOFF_FIXED        /* always `fixed_ms` */
};

enum { TGR_BACKOFF_FIRST_MS = 100, TGR_BACKOFF_MAX_MS = 30000 };

struct tgr_backoff {
  enum tgr_backoff_kind kind;
  uint64_t fixed_ms;
  unsigned jitter_percent; /* 0 … 10: at most this share is taken off a wait */
  uint64_t next_ms;        /* the next wait before cap and jitter */
  struct tgr_rng rng;
};

/* `fixed_ms` counts for TGR_BACKOFF_FIXED only. A `seed` of 0 means no jitter,
 * any other up to 10 %. */
void tgr_backoff_init(struct tgr_backoff *backoff, enum tgr_backoff_kind kind,
                      uint64_t fixed_ms, uint64_t seed);

/* The next wait: never above TGR_BACKOFF_MAX_MS; jitter only shortens it. */
uint64_t tgr_backoff_next_ms(struct tgr_backoff *backoff);

/* After a success: the next wait is the first one again. */
void tgr_backoff_reset(struct tgr_backoff *backoff);

#endif
