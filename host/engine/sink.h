/* Sink: runs tasks, at most `concurrency` at a time, and tells free capacity.
 *
 *   handle → backlog → (keys) → waiting → runnable → slot → port → done
 *              parked             ^ another   parked   running
 *                                   holds a key
 *
 * Running tasks never exceed the limit at any instant; what is handed in beyond
 * it is parked. A task that waits for its keys holds neither slot nor port.
 *
 * Owner: the thread of its loop. Allocates nothing but lanes (sequence.h).
 * In:    tgr_sink_handle (new tasks), tgr_sink_done (the port's answer).
 * Out:   the port, from the ready list or a timer; waiters; task->watch.
 * Not here: order of lanes (sequence.c), where tasks run (the port).
 * Source: behaviour follows grammY runner 2.0.3's three sinks. */
#ifndef TGR_ENGINE_SINK_H
#define TGR_ENGINE_SINK_H

#include "engine/keyer.h"
#include "engine/sequence.h"
#include "engine/task.h"
#include "engine/waiter.h"
#include "loop/ready.h"
#include "loop/timers.h"

enum tgr_sink_kind {
  TGR_SINK_SEQUENTIAL, /* one at a time; free when all have ended */
  TGR_SINK_BATCH,      /* all at once; free when all have ended */
  TGR_SINK_CONCURRENT  /* at most `concurrency` at once; free with any slot */
};

enum tgr_cancel {
  TGR_CANCEL_TIMEOUT, /* answer TGR_OUTCOME_TIMED_OUT; tell timeout handlers */
  TGR_CANCEL_ABANDON  /* answer TGR_OUTCOME_ABANDONED */
};

/* Where tasks run. The implementer embeds it, and answers each put and refuse
 * exactly once by tgr_sink_done, possibly before the call returns. The sink
 * keeps its own hold on the task until then. */
struct tgr_port {
  /* Runs the task's consumer, and its error handler when that raises. */
  void (*put)(struct tgr_port *port, struct tgr_task *task);
  /* In place of put: its keys could not be told (task->refused says why). Runs
   * the error handler and answers TGR_OUTCOME_FAILED. NULL is fine when the
   * sink has no keyer. */
  void (*refuse)(struct tgr_port *port, struct tgr_task *task);
  /* A request to end the task: the port answers done at once or later. Comes
   * once per reason at most; task->outcome is set to what is asked for. */
  void (*cancel)(struct tgr_port *port, struct tgr_task *task,
                 enum tgr_cancel why);
  /* The task timed out and runs on without its slot (cancel = false), or is
   * left behind by a stop. The port still answers done when it ends. May be
   * NULL. */
  void (*expired)(struct tgr_port *port, struct tgr_task *task);
};

struct tgr_sink_options {
  enum tgr_sink_kind kind; /* default TGR_SINK_CONCURRENT */
  int concurrency;         /* 1 … INT_MAX (no limit); default 500 */
  uint64_t timeout_ms;     /* from taking the slot; 0 (default): none */
  bool cancel_on_timeout;  /* default true */
  struct tgr_keyer *keyer; /* NULL (default): no sequence */
  int waiting;             /* bound of tasks waiting for keys; 10000 */
};

struct tgr_sink {
  struct tgr_timers *timers;
  struct tgr_ready *ready;
  struct tgr_port *port;
  struct tgr_sink_options options;
  struct tgr_sequence sequence;
  struct tgr_list backlog;  /* parked: arrived, keys not asked yet */
  struct tgr_list runnable; /* parked: their turn, no slot yet */
  struct tgr_list waiting;  /* behind another task's key */
  struct tgr_list running;  /* in order of taking a slot: deadlines ascend */
  struct tgr_list resting;  /* with their keys, until they are run again */
  struct tgr_list detached; /* without slot, not ended */
  struct tgr_link *due;     /* the first of `running` whose deadline is ahead */
  int parked_count;
  int waiting_count;
  int running_count;
  int resting_count;
  int detached_count;
  bool pumping;
  struct tgr_timer deadline;
  struct tgr_job pump;
  struct tgr_list waiters; /* whose capacity is not free yet */
  struct tgr_list granted; /* whose answer waits for the ready list */
};

void tgr_sink_options_init(struct tgr_sink_options *options);

/* An empty sink. Borrows all pointers for its life. Out-of-range options are
 * brought into range (sequential means a concurrency of 1, batch no limit). */
void tgr_sink_init(struct tgr_sink *sink, const struct tgr_mem *mem,
                   struct tgr_timers *timers, struct tgr_ready *ready,
                   struct tgr_port *port,
                   const struct tgr_sink_options *options);
/* Lets go of every task that is still here, without a word to port, watch or
 * waiters: none of them may answer any more. */
void tgr_sink_deinit(struct tgr_sink *sink);

/* Takes all of `tasks` (linked by task->link, one hold each). They start from
 * the ready list, in order; capacity is up to date on return. */
void tgr_sink_handle(struct tgr_sink *sink, struct tgr_list *tasks);

/* The port's answer: `task`, running or detached, has ended. Frees slot and
 * keys, lets go of the sink's hold. What follows from it starts from the ready
 * list. `outcome` is not TGR_OUTCOME_NONE. */
void tgr_sink_done(struct tgr_sink *sink, struct tgr_task *task,
                   enum tgr_outcome outcome);

/* From its keeper: a task that rests (TGR_VERDICT_RESTS) is to be run again;
 * it is the next to get a slot. */
void tgr_sink_again(struct tgr_sink *sink, struct tgr_task *task);

/* Whether nothing moves any more until a task that rests is run again. */
bool tgr_sink_is_stuck(const struct tgr_sink *sink);

/* Ends one task of this sink for a stop: outcome TGR_OUTCOME_ABANDONED, told to
 * its watch before this returns. A running one is cancelled; when its port does
 * not answer at once it is detached, so nobody waits for it any longer. */
void tgr_sink_abandon(struct tgr_sink *sink, struct tgr_task *task);

/* What the sink takes now: 0 or more, INT_MAX for no limit. Concurrent: limit -
 * running - parked, and never more than may still wait for keys or rest.
 * Sequential and batch: INT_MAX once all have ended, else 0; while some rest no
 * more than may still rest. */
int tgr_sink_capacity(const struct tgr_sink *sink);

/* Ends what timed out or was abandoned earlier and still runs on without a
 * slot, as far as `watch` watches it (NULL: all): a cancel to the port. */
void tgr_sink_abandon_detached(struct tgr_sink *sink,
                               const struct tgr_task_watch *watch);

/* The runner's rule for a saturated sink: ask again once a quarter of the slots
 * (at most 25, at least 1) are free. */
int tgr_sink_enough(const struct tgr_sink *sink);

/* Tasks that hold a slot; tasks that hold none (parked, waiting for keys, or
 * resting). */
int tgr_sink_size(const struct tgr_sink *sink);
int tgr_sink_waiting(const struct tgr_sink *sink);

/* Whether it holds no task at all, detached ones included. */
bool tgr_sink_is_empty(const struct tgr_sink *sink);

/* Running tasks in order of taking their slots: the first, and the one after
 * `task`; NULL at the end. Nothing may change the sink in between. */
struct tgr_task *tgr_sink_first(const struct tgr_sink *sink);
struct tgr_task *tgr_sink_next(const struct tgr_sink *sink,
                               const struct tgr_task *task);

#endif
