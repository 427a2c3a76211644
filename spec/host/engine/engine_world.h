/* A world for engine specs: a virtual clock, a port whose work is written in
 * the task's raw text, a keyer that reads keys from there, a scripted supplier.
 *
 * A task's text is NAME:TIME:END[:KEY,KEY…]
 *   TIME  milliseconds it runs, `now` (answers within put), `hang` (for ever)
 *   END   d done, f failed
 *   KEY   digits are an integer key, anything else a string
 * The world writes down what happens as NAME@MS, with a mark when it did not
 * end well: ! failed, ~ timed out, ? abandoned. */
#ifndef ENGINE_WORLD_H
#define ENGINE_WORLD_H

#include "engine/sink.h"
#include "engine/source.h"
#include "support/spec.h"
#include "support/spec_mem.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORLD_START_US = 7000000, TRACE_MAX = 8192 };

struct trace {
  char text[TRACE_MAX];
  size_t len;
};

struct world {
  struct spec_mem mem;
  struct tgr_timers timers;
  struct tgr_ready ready;
  int64_t next_id;
};

static inline void trace_add(struct trace *trace, const char *format, ...) {
  va_list args;
  va_start(args, format);
  if (trace->len > 0 && trace->len < TRACE_MAX - 1)
    trace->text[trace->len++] = ' ';
  const int len =
      vsnprintf(trace->text + trace->len, TRACE_MAX - trace->len, format, args);
  va_end(args);
  assert_in_range(len, 0, TRACE_MAX - trace->len - 1);
  trace->len += (size_t)len;
}

static inline void trace_clear(struct trace *trace) {
  trace->len = 0;
  trace->text[0] = '\0';
}

static inline void world_init(struct world *world) {
  spec_mem_init(&world->mem);
  tgr_timers_init(&world->timers, WORLD_START_US);
  tgr_ready_init(&world->ready);
  world->next_id = 1;
}

/* Milliseconds since the world began; whole ones, else the spec fails. */
static inline unsigned long world_ms(const struct world *world) {
  const uint64_t us = world->timers.now_us - WORLD_START_US;
  return (unsigned long)(us / 1000);
}

/* Runs everything up to the given time, each timer at its own time. */
static inline void world_run_to(struct world *world, unsigned long ms) {
  const uint64_t end_us = WORLD_START_US + (uint64_t)ms * 1000;
  uint64_t due_us = 0;
  tgr_ready_run_all(&world->ready);
  while (tgr_timers_next(&world->timers, &due_us) && due_us <= end_us) {
    tgr_timers_advance(&world->timers, due_us);
    tgr_ready_run_all(&world->ready);
  }
  tgr_timers_advance(&world->timers, end_us);
  tgr_ready_run_all(&world->ready);
}

static inline void world_turn(struct world *world) {
  tgr_ready_run_all(&world->ready);
}

/* Nothing is left over. */
static inline void world_end(struct world *world) {
  assert_true(tgr_ready_empty(&world->ready));
  assert_int_equal(world->mem.live, 0);
}

static inline struct tgr_task *world_task(struct world *world,
                                          const char *text) {
  struct tgr_task *task = tgr_task_new(&tgr_mem_libc, text, strlen(text));
  assert_non_null(task);
  task->update_id = world->next_id++;
  task->arrived_us = world->timers.now_us;
  return task;
}

/* Tasks from texts divided by blanks; returns how many. */
static inline int world_tasks(struct world *world, const char *texts,
                              struct tgr_list *out) {
  char text[256];
  int count = 0;
  int used = 0;
  tgr_list_init(out);
  for (; sscanf(texts, "%255s%n", text, &used) == 1; texts += used) {
    tgr_list_append(out, &world_task(world, text)->link);
    count++;
  }
  return count;
}

/* Where tasks run. */

enum cancel_answer { CANCEL_AT_ONCE, CANCEL_LATER, CANCEL_NEVER };

struct crew {
  struct tgr_port port;
  struct world *world;
  struct tgr_sink *sink;
  enum cancel_answer on_cancel;
  unsigned long cancel_ms; /* for CANCEL_LATER */
  int limit;               /* that running tasks never exceed; 0: not checked */
  int most;                /* running at once, at any instant */
  bool quiet;              /* nothing is written down */
  struct tgr_list at_work; /* struct shift */
  struct trace started;
  struct trace ended;
  struct trace told; /* cancels ("-name"), expiries ("%name"), refusals */
};

struct shift {
  struct tgr_link link;
  struct tgr_timer timer;
  struct crew *crew;
  struct tgr_task *task;
  enum tgr_outcome end;
};

static inline void crew_name(const struct tgr_task *task, char name[64]) {
  assert_int_equal(sscanf(task->raw, "%63[^:]", name), 1);
}

static inline void shift_over(struct tgr_timer *timer) {
  struct shift *shift = TGR_CONTAINER_OF(timer, struct shift, timer);
  struct crew *crew = shift->crew;
  struct tgr_task *task = shift->task;
  const enum tgr_outcome end = shift->end;
  static const char *const marks[] = {"", "", "!", "~", "?"};
  char name[64];
  crew_name(task, name);
  if (!crew->quiet)
    trace_add(&crew->ended, "%s@%lu%s", name, world_ms(crew->world),
              marks[end]);
  task->port_data = NULL;
  tgr_list_remove(&shift->link);
  free(shift);
  tgr_sink_done(crew->sink, task, end);
}

static inline void crew_put(struct tgr_port *port, struct tgr_task *task) {
  struct crew *crew = TGR_CONTAINER_OF(port, struct crew, port);
  char name[64];
  char time[16];
  char end = 0;
  assert_int_equal(sscanf(task->raw, "%63[^:]:%15[^:]:%c", name, time, &end),
                   3);
  if (!crew->quiet)
    trace_add(&crew->started, "%s@%lu", name, world_ms(crew->world));
  const int running = tgr_sink_size(crew->sink);
  if (running > crew->most)
    crew->most = running;
  if (crew->limit > 0)
    assert_in_range(running, 1, crew->limit);
  struct shift *shift = malloc(sizeof *shift);
  assert_non_null(shift);
  *shift =
      (struct shift){.crew = crew,
                     .task = task,
                     .end = end == 'd' ? TGR_OUTCOME_DONE : TGR_OUTCOME_FAILED};
  tgr_list_append(&crew->at_work, &shift->link);
  tgr_timer_init(&shift->timer, shift_over);
  task->port_data = shift;
  if (strcmp(time, "now") == 0)
    shift_over(&shift->timer);
  else if (strcmp(time, "hang") != 0)
    tgr_timer_start_ms(&crew->world->timers, &shift->timer,
                       strtoul(time, NULL, 10));
}

static inline void crew_refuse(struct tgr_port *port, struct tgr_task *task) {
  struct crew *crew = TGR_CONTAINER_OF(port, struct crew, port);
  char name[64];
  crew_name(task, name);
  trace_add(&crew->told, "refuse %s(%d)", name, task->refused);
  tgr_sink_done(crew->sink, task, TGR_OUTCOME_FAILED);
}

static inline void crew_cancel(struct tgr_port *port, struct tgr_task *task,
                               enum tgr_cancel why) {
  struct crew *crew = TGR_CONTAINER_OF(port, struct crew, port);
  struct shift *shift = task->port_data;
  char name[64];
  crew_name(task, name);
  trace_add(&crew->told, "%s %s@%lu",
            why == TGR_CANCEL_TIMEOUT ? "timeout" : "abandon", name,
            world_ms(crew->world));
  shift->end =
      why == TGR_CANCEL_TIMEOUT ? TGR_OUTCOME_TIMED_OUT : TGR_OUTCOME_ABANDONED;
  tgr_timer_stop(&crew->world->timers, &shift->timer);
  if (crew->on_cancel == CANCEL_AT_ONCE)
    shift_over(&shift->timer);
  else if (crew->on_cancel == CANCEL_LATER)
    tgr_timer_start_ms(&crew->world->timers, &shift->timer, crew->cancel_ms);
}

static inline void crew_expired(struct tgr_port *port, struct tgr_task *task) {
  struct crew *crew = TGR_CONTAINER_OF(port, struct crew, port);
  char name[64];
  crew_name(task, name);
  trace_add(&crew->told, "expired %s@%lu", name, world_ms(crew->world));
}

static inline void crew_init(struct crew *crew, struct world *world,
                             struct tgr_sink *sink) {
  memset(crew, 0, sizeof *crew);
  crew->port = (struct tgr_port){.put = crew_put,
                                 .refuse = crew_refuse,
                                 .cancel = crew_cancel,
                                 .expired = crew_expired};
  crew->world = world;
  crew->sink = sink;
  tgr_list_init(&crew->at_work);
}

/* Everybody leaves without an answer: for a sink that is closed. */
static inline void crew_leave(struct crew *crew) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&crew->at_work)) != NULL) {
    struct shift *shift = TGR_CONTAINER_OF(link, struct shift, link);
    tgr_timer_stop(&crew->world->timers, &shift->timer);
    free(shift);
  }
}

/* Ends a hanging task from outside. */
static inline void crew_end(struct tgr_task *task, enum tgr_outcome end) {
  struct shift *shift = task->port_data;
  shift->end = end;
  tgr_timer_stop(&shift->crew->world->timers, &shift->timer);
  shift_over(&shift->timer);
}

/* Keys from the text. */

struct text_keyer {
  struct tgr_keyer keyer;
  enum tgr_status fail; /* what it answers instead, for tasks named x… */
  int asked;
  struct tgr_key found[16];
};

static inline enum tgr_status text_keys(struct tgr_keyer *keyer,
                                        struct tgr_task *task,
                                        const struct tgr_key **keys,
                                        size_t *count) {
  struct text_keyer *it = TGR_CONTAINER_OF(keyer, struct text_keyer, keyer);
  it->asked++;
  if (it->fail != TGR_OK && task->raw[0] == 'x')
    return it->fail;
  const char *at = task->raw;
  for (int colons = 0; colons < 3 && at != NULL; colons++) {
    at = strchr(at, ':');
    at = at == NULL ? NULL : at + 1;
  }
  *count = 0;
  *keys = it->found;
  while (at != NULL && *at != '\0') {
    const size_t len = strcspn(at, ",");
    it->found[(*count)++] = at[0] >= '0' && at[0] <= '9'
                                ? tgr_key_int(strtol(at, NULL, 10))
                                : tgr_key_bytes(at, len);
    at += len + (at[len] == ',');
  }
  return TGR_OK;
}

static inline void text_keyer_init(struct text_keyer *keyer) {
  *keyer = (struct text_keyer){.keyer = {.keys = text_keys}};
}

#endif
