/* The pause between two requests. */
#include "engine/pace.h"

#include <math.h>

void tgr_pace_init(struct tgr_pace *pace, double balance, double max_delay_ms) {
  const double b = balance > 0 ? (balance < 1 ? balance : 1) : 0;
  const double max = max_delay_ms > 0 ? max_delay_ms : 0;
  *pace = (struct tgr_pace){.factor = 100 * b / (max > 1 ? max : 1),
                            .max_delay_ms = max};
  for (int i = 0; i < TGR_PACE_SAMPLES; i++) {
    pace->counts[i] = TGR_PACE_FULL_BATCH;
    pace->durations_us[i] = 1000;
  }
  pace->count_sum = TGR_PACE_SAMPLES * TGR_PACE_FULL_BATCH;
  pace->duration_us = TGR_PACE_SAMPLES * 1000;
}

static void replace(struct tgr_pace *pace, int count, uint64_t duration_us) {
  const int at = pace->at;
  pace->count_sum += count - pace->counts[at];
  pace->duration_us += duration_us - pace->durations_us[at];
  pace->counts[at] = count;
  pace->durations_us[at] = duration_us;
  pace->at = (at + 1) % TGR_PACE_SAMPLES;
}

uint64_t tgr_pace_record(struct tgr_pace *pace, int count,
                         uint64_t duration_us) {
  if (pace->factor == 0)
    return 0;
  replace(pace, count, duration_us);
  if (count >= TGR_PACE_FULL_BATCH)
    return 0;
  const double updates = pace->count_sum == 0 ? 1 : (double)pace->count_sum;
  const double ms = (double)pace->duration_us / 1000;
  const double pause = pace->max_delay_ms * tanh(pace->factor * ms / updates);
  return (uint64_t)llround(pause * 1000);
}
