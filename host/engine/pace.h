/* Pace: how long to pause between two requests for updates.
 *
 * Pure arithmetic over the last 16 requests (updates got, time taken). With a
 * balance of 0 nothing is tracked and nothing waits.
 * Source: grammY runner 2.0.3, speedTrafficBalance. */
#ifndef TGR_ENGINE_PACE_H
#define TGR_ENGINE_PACE_H

#include <stdint.h>

enum { TGR_PACE_SAMPLES = 16, TGR_PACE_FULL_BATCH = 100 };

struct tgr_pace {
  double factor;       /* K = 100 * balance / max(1, max_delay) */
  double max_delay_ms; /* M */
  int counts[TGR_PACE_SAMPLES];
  uint64_t durations_us[TGR_PACE_SAMPLES];
  int64_t count_sum;    /* C */
  uint64_t duration_us; /* T */
  int at;               /* the sample that is replaced next */
};

/* `balance` is clamped to 0 … 1; a negative or NaN delay counts as 0. */
void tgr_pace_init(struct tgr_pace *pace, double balance, double max_delay_ms);

/* Records one request and returns the pause before the next, in µs:
 * M * tanh(K * T / (C or 1)), or 0 after a batch of 100 or more. */
uint64_t tgr_pace_record(struct tgr_pace *pace, int count,
                         uint64_t duration_us);

#endif
