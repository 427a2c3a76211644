/* Log-scale buckets: values below SPLIT are exact, then SPLIT buckets an
 * octave.
 */
#include "engine/histogram.h"

#include <math.h>
#include <string.h>

void tgr_histogram_init(struct tgr_histogram *histogram) {
  memset(histogram, 0, sizeof *histogram);
}

static unsigned bucket_of(uint64_t value) {
  if (value < TGR_HISTOGRAM_SPLIT)
    return (unsigned)value;
  const unsigned top = 63U - (unsigned)__builtin_clzll(value);
  const unsigned shift = top - 4; /* the value's five leading bits stay */
  const unsigned bucket =
      shift * TGR_HISTOGRAM_SPLIT + (unsigned)(value >> shift);
  return bucket < TGR_HISTOGRAM_BUCKETS ? bucket : TGR_HISTOGRAM_BUCKETS - 1;
}

/* The largest value that falls into the bucket. */
static uint64_t end_of(unsigned bucket) {
  if (bucket < 2 * TGR_HISTOGRAM_SPLIT)
    return bucket;
  const unsigned shift = bucket / TGR_HISTOGRAM_SPLIT - 1;
  const uint64_t lead = bucket % TGR_HISTOGRAM_SPLIT + TGR_HISTOGRAM_SPLIT;
  return ((lead + 1) << shift) - 1;
}

void tgr_histogram_add(struct tgr_histogram *histogram, uint64_t value_us) {
  uint32_t *bucket = &histogram->buckets[bucket_of(value_us)];
  if (*bucket == UINT32_MAX)
    return;
  ++*bucket;
  histogram->count++;
  if (value_us > histogram->max_us)
    histogram->max_us = value_us;
}

uint64_t tgr_histogram_percentile(const struct tgr_histogram *histogram,
                                  double percent) {
  if (histogram->count == 0)
    return 0;
  const double share = ceil(percent / 100 * (double)histogram->count);
  const uint64_t wanted = share < 1 ? 1 : (uint64_t)share;
  uint64_t seen = 0;
  for (unsigned i = 0; i < TGR_HISTOGRAM_BUCKETS; i++) {
    seen += histogram->buckets[i];
    if (seen >= wanted)
      return end_of(i) < histogram->max_us ? end_of(i) : histogram->max_us;
  }
  return histogram->max_us;
}
