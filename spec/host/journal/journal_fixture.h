/* A journal in a folder of its own, for the specs of the journal. */
#ifndef JOURNAL_FIXTURE_H
#define JOURNAL_FIXTURE_H

#include "host/journal/journal_bench.h"
#include "support/spec_in_folder.h"

static struct bench bench;

static inline void open_bench(const struct bench_options *options) {
  struct tgr_error error = {.text = ""};
  if (bench_open(&bench, options, &error) != TGR_OK)
    fail_msg("%s", error.text);
}

static inline void open_plain(void) {
  const struct bench_options options = {.path = folder.path};
  open_bench(&options);
}

#endif
