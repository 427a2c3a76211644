/* A runner that is stopped, for the specs of stopping. */
#ifndef ENGINE_DRAIN_H
#define ENGINE_DRAIN_H

#include "host/engine/engine_run.h"

static struct engine engine;
static struct stop stop;

static inline int fresh(void **state) {
  (void)state;
  engine_init(&engine);
  return 0;
}

static inline void start(void) {
  tgr_runner_start(&engine.runner);
}

#endif
