/* Runner: batch → sink → free capacity → pace of the source, until stopped.
 *
 * Owner: the thread of its loop.
 * In:    tgr_runner_start, tgr_runner_stop.
 * Out:   the answers to stops, and runner->on_ended; from the ready list.
 * Not here: fetching (telegram/updates.c), running handlers (the port).
 * Source: behaviour follows grammY runner 2.0.3, createRunner and run. */
#ifndef TGR_ENGINE_RUNNER_H
#define TGR_ENGINE_RUNNER_H

#include "engine/histogram.h"
#include "engine/sink.h"
#include "engine/source.h"

enum tgr_runner_state {
  TGR_RUNNER_STOPPED, /* not started yet, or stopped */
  TGR_RUNNER_INITIALISING,
  TGR_RUNNER_POLLING,
  TGR_RUNNER_PAUSING,     /* the source's pause between two requests */
  TGR_RUNNER_BACKING_OFF, /* a failed request is tried again at retry_at_us */
  TGR_RUNNER_SATURATED,   /* waits for free capacity */
  TGR_RUNNER_DRAINING,    /* stop asked, or a fatal error: tasks end; confirm */
  TGR_RUNNER_FAILED       /* ended by a fatal error */
};

/* What a stop came to. Counts are of tasks that ended since stop was asked. */
struct tgr_stop_report {
  uint64_t done;
  uint64_t failed;
  uint64_t timed_out;
  uint64_t abandoned;           /* their deadline passed, waiting or running */
  const int64_t *abandoned_ids; /* in order of arrival; borrowed for the call */
  size_t abandoned_id_count;    /* below `abandoned` only when out of memory */
};

/* One caller of stop. The implementer embeds it; it must live until one of both
 * is called. */
struct tgr_stop {
  struct tgr_link link;
  void (*done)(struct tgr_stop *stop, const struct tgr_stop_report *report);
  /* The runner is gone: there will be no answer. May be NULL. */
  void (*dropped)(struct tgr_stop *stop);
};

struct tgr_runner_options {
  uint64_t drain_ms; /* how long tasks may run on after a fatal error; 10000 */
  uint64_t patience_ms; /* a saturated sink asks at the latest after; 50 */
  uint64_t confirm_ms;  /* the last confirm is given up after; 2000 */
};

struct tgr_runner_stats {
  enum tgr_runner_state state;
  const char *error;    /* of the failed state, else NULL; lives until start */
  uint64_t retry_at_us; /* of the backing-off state, else 0 */
  uint64_t running;     /* updates with a slot */
  uint64_t waiting;     /* parked, or behind their keys */
  /* fetched = done + failed + timed_out + abandoned + running + waiting */
  uint64_t fetched;
  uint64_t done;
  uint64_t failed;
  uint64_t timed_out;
  uint64_t abandoned;
  uint64_t polls;          /* successful requests */
  uint64_t last_poll_us;   /* loop time of the last successful one; 0: none */
  uint64_t oldest_age_us;  /* of the oldest running update, since its slot */
  uint64_t latency_p50_us; /* from arrival to end */
  uint64_t latency_p90_us;
  uint64_t latency_p99_us;
  uint64_t latency_max_us;
};

/* Where the runner itself is; what people see is enum tgr_runner_state. */
enum tgr_runner_phase {
  TGR_PHASE_STOPPED,
  TGR_PHASE_INITIALISING,
  TGR_PHASE_POLLING, /* a batch is asked for; the source may pause */
  TGR_PHASE_SATURATED,
  TGR_PHASE_DRAINING,
  TGR_PHASE_CONFIRMING,
  TGR_PHASE_FAILED
};

struct tgr_runner {
  const struct tgr_mem *mem;
  struct tgr_timers *timers;
  struct tgr_ready *ready;
  struct tgr_source *source;
  struct tgr_sink *sink;
  struct tgr_runner_options options;
  /* Optional: the runner has ended (every time), its drain included; `error` is
   * NULL after a stop. Called before the stops are answered. */
  void (*on_ended)(struct tgr_runner *runner, const struct tgr_error *error);
  void *user; /* for on_ended */

  uint8_t phase; /* enum tgr_runner_phase */
  bool prepared; /* the supplier's init has succeeded once */
  bool start_again;
  bool overdue; /* the drain's deadline has passed */
  struct tgr_source_consumer consumer;
  struct tgr_task_watch watch;
  struct tgr_sink_waiter waiter;
  struct tgr_job step;        /* a drain's next step */
  struct tgr_timer deadline;  /* of the drain, then of the confirm */
  struct tgr_list stops;      /* struct tgr_stop */
  struct tgr_list unfinished; /* tasks by task->arrival, in order of arrival */
  int64_t last_id;            /* update_id of the last task fetched */
  uint64_t polled;        /* tasks that the last request told the server of */
  bool prefix_fixed;      /* tasks were abandoned: what follows is fixed */
  uint64_t prefix_serial; /* the last task of the finished prefix */
  int64_t prefix_id;      /* its update_id */
  struct tgr_error error; /* of a fatal end; TGR_OK for none */
  bool may_confirm;       /* that error is not the source's */
  uint64_t fetched;
  uint64_t outcomes[TGR_OUTCOME_COUNT];
  uint64_t at_stop[TGR_OUTCOME_COUNT]; /* outcomes when the drain began */
  uint64_t polls;
  uint64_t last_poll_us;
  int64_t *abandoned_ids;
  size_t abandoned_count;
  size_t abandoned_cap;
  struct tgr_histogram latency;
};

void tgr_runner_options_init(struct tgr_runner_options *options);

/* A stopped runner. Borrows all pointers for its life; `options` NULL means the
 * defaults. The sink may be shared; the source may not. */
void tgr_runner_init(struct tgr_runner *runner, const struct tgr_mem *mem,
                     struct tgr_timers *timers, struct tgr_ready *ready,
                     struct tgr_source *source, struct tgr_sink *sink,
                     const struct tgr_runner_options *options);
/* Closes the source; forgets its tasks (they stay in the sink, nobody watches
 * them) and open stops, which are dropped. Again is no error: the close of a
 * script comes before its finalisers. */
void tgr_runner_deinit(struct tgr_runner *runner);

/* Starts polling, at the offset where it left off. Nothing happens when it is
 * running. While it drains, it starts once the drain is over. */
void tgr_runner_start(struct tgr_runner *runner);

/* Hands in tasks from elsewhere while it is running: they count, and a stop
 * waits for them, as for those of the source, but no offset confirms them. */
void tgr_runner_feed(struct tgr_runner *runner, struct tgr_list *tasks);

/* Stops: aborts the open request at once, lets fetched tasks end for up to
 * `deadline_ms`, abandons what is left, confirms the finished prefix, then
 * answers `stop` (may be NULL: nobody wants to know). A second stop is answered
 * along with the first and can only bring the deadline forward. On a stopped
 * runner the answer comes from the ready list, all counts 0. */
void tgr_runner_stop(struct tgr_runner *runner, uint64_t deadline_ms,
                     struct tgr_stop *stop);

/* Ends an alive runner by a fatal error that is not of its source: as a stop
 * does, with `options.drain_ms`; then it has failed. */
void tgr_runner_fail(struct tgr_runner *runner, const struct tgr_error *error);

/* True from start until stop is asked or a fatal error comes. */
bool tgr_runner_is_running(const struct tgr_runner *runner);

/* Not stopped and not failed: running or draining. */
bool tgr_runner_is_alive(const struct tgr_runner *runner);

/* "initialising", "polling", "pausing", "backing off", "saturated", "draining",
 * "stopped", "failed". */
const char *tgr_runner_state_name(enum tgr_runner_state state);

enum tgr_runner_state tgr_runner_state(const struct tgr_runner *runner);

/* Fills `stats`. Costs time in the number of unfinished updates. */
void tgr_runner_stats(const struct tgr_runner *runner,
                      struct tgr_runner_stats *stats);

#endif
