/* A scripted supplier for engine specs. Each supply takes `takes_ms` (0:
 * answers within the call) and brings the next batch of `batches`, texts of
 * engine_world divided by `|`; when they are used up it never answers. A batch
 * "!" fails. What happens is written down: supply LIMIT@MS, abort@MS, init@MS,
 * confirm OFFSET@MS (with a + when it is covered). */
#ifndef ENGINE_WELL_H
#define ENGINE_WELL_H

#include "host/engine/engine_world.h"

struct well {
  struct tgr_supplier supplier;
  struct world *world;
  struct tgr_source *source;
  const char *batches;
  unsigned long takes_ms;
  long init_ms;    /* -1: never answers */
  long confirm_ms; /* the same */
  bool init_fails;
  int open; /* requests that wait for an answer; 1 at most */
  struct tgr_timer answer;
  enum { WELL_NONE, WELL_SUPPLY, WELL_INIT, WELL_CONFIRM } request;
  struct trace calls;
};

static inline void well_fail(struct well *well, const char *text) {
  struct tgr_error error;
  (void)tgr_error_set(&error, TGR_ENET, "%s", text);
  tgr_source_fail(well->source, &error);
}

static inline void well_next_batch(struct well *well) {
  char texts[4096];
  const size_t len = strcspn(well->batches, "|");
  assert_in_range(len, 0, sizeof texts - 1);
  memcpy(texts, well->batches, len);
  texts[len] = '\0';
  well->batches += len + (well->batches[len] == '|');
  if (strcmp(texts, "!") == 0) {
    well_fail(well, "the well is dry");
    return;
  }
  struct tgr_list tasks;
  const int count = world_tasks(well->world, texts, &tasks);
  tgr_source_deliver(well->source, &tasks, count);
}

static inline void well_answer(struct tgr_timer *timer) {
  struct well *well = TGR_CONTAINER_OF(timer, struct well, answer);
  well->open--;
  switch (well->request) {
  case WELL_SUPPLY:
    well_next_batch(well);
    break;
  case WELL_INIT:
    if (well->init_fails)
      well_fail(well, "no init");
    else
      tgr_source_ready(well->source);
    break;
  case WELL_CONFIRM:
    tgr_source_confirmed(well->source);
    break;
  case WELL_NONE:
    fail();
  }
}

static inline void well_begin(struct well *well, struct tgr_source *source,
                              int request, long takes_ms) {
  assert_int_equal(well->open, 0); /* never two requests */
  well->open = 1;
  well->source = source;
  well->request = request;
  if (takes_ms == 0)
    well_answer(&well->answer);
  else if (takes_ms > 0)
    tgr_timer_start_ms(&well->world->timers, &well->answer, (uint64_t)takes_ms);
}

static inline struct well *well_of(struct tgr_supplier *supplier) {
  return TGR_CONTAINER_OF(supplier, struct well, supplier);
}

static inline void well_supply(struct tgr_supplier *supplier,
                               struct tgr_source *source, int limit) {
  struct well *well = well_of(supplier);
  trace_add(&well->calls, "supply %d@%lu", limit, world_ms(well->world));
  const bool more = *well->batches != '\0';
  well_begin(well, source, WELL_SUPPLY, more ? (long)well->takes_ms : -1);
}

static inline void well_abort(struct tgr_supplier *supplier) {
  struct well *well = well_of(supplier);
  assert_int_equal(well->open, 1); /* only what is open is aborted */
  well->open = 0;
  tgr_timer_stop(&well->world->timers, &well->answer);
  trace_add(&well->calls, "abort@%lu", world_ms(well->world));
}

static inline void well_init_supplier(struct tgr_supplier *supplier,
                                      struct tgr_source *source) {
  struct well *well = well_of(supplier);
  trace_add(&well->calls, "init@%lu", world_ms(well->world));
  well_begin(well, source, WELL_INIT, well->init_ms);
}

static inline void well_confirm(struct tgr_supplier *supplier,
                                struct tgr_source *source, int64_t offset,
                                bool covered) {
  struct well *well = well_of(supplier);
  trace_add(&well->calls, "confirm %ld%s@%lu", (long)offset, covered ? "+" : "",
            world_ms(well->world));
  well_begin(well, source, WELL_CONFIRM, well->confirm_ms);
}

static inline void well_open(struct well *well, struct world *world,
                             const char *batches, unsigned long takes_ms) {
  memset(well, 0, sizeof *well);
  well->supplier = (struct tgr_supplier){.supply = well_supply,
                                         .abort = well_abort,
                                         .init = well_init_supplier,
                                         .confirm = well_confirm};
  well->world = world;
  well->batches = batches;
  well->takes_ms = takes_ms;
  tgr_timer_init(&well->answer, well_answer);
}

#endif
