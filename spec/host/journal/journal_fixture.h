/* A journal in a folder of its own, for the specs of the journal. */
#ifndef JOURNAL_FIXTURE_H
#define JOURNAL_FIXTURE_H

#include "host/journal/journal_bench.h"

static struct spec_folder folder;
static struct bench bench;

static inline int setup(void **state) {
  (void)state;
  return !spec_folder_make(&folder);
}

static inline int teardown(void **state) {
  (void)state;
  spec_folder_remove(&folder);
  return 0;
}

static inline void open_bench(const struct bench_options *options) {
  struct tgr_error error = {.text = ""};
  if (bench_open(&bench, options, &error) != TGR_OK)
    fail_msg("%s", error.text);
}

static inline void open_plain(void) {
  const struct bench_options options = {.path = folder.path};
  open_bench(&options);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

#endif
