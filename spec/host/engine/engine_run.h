/* A whole engine for specs: well → source → runner → sink → crew. */
#ifndef ENGINE_RUN_H
#define ENGINE_RUN_H

#include "engine/runner.h"
#include "host/engine/engine_well.h"

struct engine {
  struct world world;
  struct well well;
  struct tgr_source source;
  struct crew crew;
  struct text_keyer keyer;
  struct tgr_sink sink;
  struct tgr_runner runner;
  struct tgr_source_options source_options;
  struct tgr_sink_options sink_options;
  struct tgr_runner_options runner_options;
  struct trace ended; /* of the runner: "stopped@MS", "ERROR@MS" */
};

struct stop {
  struct tgr_stop stop;
  struct engine *engine;
  struct trace report; /* "done failed timed_out abandoned [ids]@MS" */
};

static inline void engine_ended(struct tgr_runner *runner,
                                const struct tgr_error *error) {
  struct engine *engine = runner->user;
  trace_add(&engine->ended, "%s@%lu", error == NULL ? "stopped" : error->text,
            world_ms(&engine->world));
}

/* The options may be changed before engine_open. */
static inline void engine_init(struct engine *engine) {
  memset(engine, 0, sizeof *engine);
  world_init(&engine->world);
  crew_init(&engine->crew, &engine->world, &engine->sink);
  text_keyer_init(&engine->keyer);
  tgr_source_options_init(&engine->source_options);
  tgr_sink_options_init(&engine->sink_options);
  tgr_runner_options_init(&engine->runner_options);
}

static inline void engine_open(struct engine *engine, const char *batches,
                               unsigned long takes_ms) {
  struct world *world = &engine->world;
  well_open(&engine->well, world, batches, takes_ms);
  tgr_source_init(&engine->source, &world->timers, &world->ready,
                  &engine->well.supplier, &engine->source_options);
  tgr_sink_init(&engine->sink, &world->mem.mem, &world->timers, &world->ready,
                &engine->crew.port, &engine->sink_options);
  tgr_runner_init(&engine->runner, &world->mem.mem, &world->timers,
                  &world->ready, &engine->source, &engine->sink,
                  &engine->runner_options);
  engine->crew.limit = engine->sink_options.concurrency;
  engine->runner.on_ended = engine_ended;
  engine->runner.user = engine;
}

static inline void engine_balance(const struct engine *engine) {
  struct tgr_runner_stats s;
  tgr_runner_stats(&engine->runner, &s);
  assert_int_equal(s.fetched, s.done + s.failed + s.timed_out + s.abandoned +
                                  s.running + s.waiting);
}

/* Runs on, and looks at the balance after every event. */
static inline void engine_run_to(struct engine *engine, unsigned long ms) {
  struct world *world = &engine->world;
  const uint64_t end_us = WORLD_START_US + (uint64_t)ms * 1000;
  uint64_t due_us = 0;
  do {
    engine_balance(engine);
    while (tgr_ready_run_one(&world->ready))
      engine_balance(engine);
    if (!tgr_timers_next(&world->timers, &due_us) || due_us > end_us)
      due_us = end_us;
    tgr_timers_advance(&world->timers, due_us);
  } while (due_us < end_us || !tgr_ready_empty(&world->ready));
  world_run_to(world, ms);
  engine_balance(engine);
}

static inline void stopped(struct tgr_stop *it,
                           const struct tgr_stop_report *report) {
  struct stop *stop = TGR_CONTAINER_OF(it, struct stop, stop);
  char ids[256] = "";
  size_t len = 0;
  for (size_t i = 0; i < report->abandoned_id_count; i++)
    len += (size_t)snprintf(ids + len, sizeof ids - len, "%s%ld",
                            i == 0 ? "" : ",", (long)report->abandoned_ids[i]);
  trace_add(&stop->report, "%lu %lu %lu %lu [%s]@%lu",
            (unsigned long)report->done, (unsigned long)report->failed,
            (unsigned long)report->timed_out, (unsigned long)report->abandoned,
            ids, world_ms(&stop->engine->world));
}

static inline void engine_stop(struct engine *engine, struct stop *stop,
                               uint64_t deadline_ms) {
  memset(stop, 0, sizeof *stop);
  stop->engine = engine;
  stop->stop.done = stopped;
  tgr_runner_stop(&engine->runner, deadline_ms, &stop->stop);
}

static inline const char *engine_state(const struct engine *engine) {
  return tgr_runner_state_name(tgr_runner_state(&engine->runner));
}

static inline void engine_close(struct engine *engine) {
  crew_leave(&engine->crew);
  tgr_runner_deinit(&engine->runner);
  tgr_source_deinit(&engine->source);
  tgr_sink_deinit(&engine->sink);
  world_end(&engine->world);
}

#endif
