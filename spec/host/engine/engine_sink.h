/* A sink in a world of its own: what the specs of sinks begin and end with. */
#ifndef ENGINE_SINK_H
#define ENGINE_SINK_H

#include "host/engine/engine_world.h"

static struct world world;
static struct tgr_sink sink;
static struct crew crew;
static struct text_keyer keyer;
static struct tgr_sink_options options;

/* The options may be changed before open_sink. */
static inline int fresh(void **state) {
  (void)state;
  world_init(&world);
  crew_init(&crew, &world, &sink);
  text_keyer_init(&keyer);
  tgr_sink_options_init(&options);
  return 0;
}

static inline void open_sink(void) {
  tgr_sink_init(&sink, &world.mem.mem, &world.timers, &world.ready, &crew.port,
                &options);
  crew.limit = options.concurrency;
}

/* Hands in tasks, as world_tasks names them. */
static inline void handle(const char *texts) {
  struct tgr_list tasks;
  world_tasks(&world, texts, &tasks);
  tgr_sink_handle(&sink, &tasks);
}

/* Nothing may be left, nor any memory. */
static inline void close_sink(void) {
  assert_int_equal(tgr_sink_size(&sink), 0);
  assert_int_equal(tgr_sink_waiting(&sink), 0);
  assert_int_equal(sink.detached_count, 0);
  tgr_sink_deinit(&sink);
  world_end(&world);
}

#endif
