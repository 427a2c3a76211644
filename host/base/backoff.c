/* How long to wait before the next try. */
#include "base/backoff.h"

enum { JITTER_PERCENT = 10 };

void tgr_backoff_init(struct tgr_backoff *backoff, enum tgr_backoff_kind kind,
                      uint64_t fixed_ms, uint64_t seed) {
  *backoff =
      (struct tgr_backoff){.kind = kind,
                           .fixed_ms = fixed_ms,
                           .jitter_percent = seed == 0 ? 0 : JITTER_PERCENT};
  tgr_rng_init(&backoff->rng, seed);
  tgr_backoff_reset(backoff);
}

void tgr_backoff_reset(struct tgr_backoff *backoff) {
  backoff->next_ms = backoff->kind == TGR_BACKOFF_FIXED ? backoff->fixed_ms
                                                        : TGR_BACKOFF_FIRST_MS;
}

/* What follows `wait`; stops growing at the maximum, so it cannot overflow. */
static uint64_t grown(const struct tgr_backoff *backoff, uint64_t wait) {
  if (wait >= TGR_BACKOFF_MAX_MS)
    return wait;
  switch (backoff->kind) {
  case TGR_BACKOFF_EXPONENTIAL:
    return wait * 2;
  case TGR_BACKOFF_QUADRATIC:
    return wait + TGR_BACKOFF_FIRST_MS;
  case TGR_BACKOFF_FIXED:
    break;
  }
  return wait;
}

uint64_t tgr_backoff_next_ms(struct tgr_backoff *backoff) {
  uint64_t wait = backoff->next_ms;
  backoff->next_ms = grown(backoff, wait);
  if (wait > TGR_BACKOFF_MAX_MS)
    wait = TGR_BACKOFF_MAX_MS;
  const uint64_t most = wait * backoff->jitter_percent / 100;
  return most == 0 ? wait : wait - tgr_rng_below(&backoff->rng, most + 1);
}
