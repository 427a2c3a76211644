/* Histogram: durations in log-scale buckets of fixed number; percentiles with
 * an error of at most 1/16. */
#ifndef TGR_ENGINE_HISTOGRAM_H
#define TGR_ENGINE_HISTOGRAM_H

#include <stdint.h>

enum {
  TGR_HISTOGRAM_SPLIT = 16, /* buckets an octave */
  TGR_HISTOGRAM_OCTAVES = 40,
  TGR_HISTOGRAM_BUCKETS = TGR_HISTOGRAM_SPLIT * TGR_HISTOGRAM_OCTAVES
};

struct tgr_histogram {
  uint64_t count;
  uint64_t max_us;
  uint32_t buckets[TGR_HISTOGRAM_BUCKETS]; /* stay at their maximum when full */
};

void tgr_histogram_init(struct tgr_histogram *histogram);
void tgr_histogram_add(struct tgr_histogram *histogram, uint64_t value_us);
/* The value that `percent` (0 … 100) of all values do not exceed, rounded up to
 * its bucket's end, never above the largest value added; 0 when empty. */
uint64_t tgr_histogram_percentile(const struct tgr_histogram *histogram,
                                  double percent);

#endif
