/* Task: one update on its way, the one thing that moves through the engine.
 *
 * Owner: one stage at a time; handing a task on moves the right to act on it.
 * Its bytes never change after tgr_task_new and are freed when the last holder
 * lets go (fiber, worker, a script's ctx): a ctx may outlive its handler.
 * Not here: what the bytes mean (telegram/split.c), what runs (script/). */
#ifndef TGR_ENGINE_TASK_H
#define TGR_ENGINE_TASK_H

#include "base/list.h"
#include "base/mem.h"
#include "engine/keeper.h"
#include "engine/sequence.h"

#include <stdatomic.h>
#include <stdint.h>

/* How a task ended. */
enum tgr_outcome {
  TGR_OUTCOME_NONE, /* it has not ended */
  TGR_OUTCOME_DONE,
  TGR_OUTCOME_FAILED,    /* its consumer raised; the error handler has run */
  TGR_OUTCOME_TIMED_OUT, /* its deadline passed */
  TGR_OUTCOME_ABANDONED, /* a stop's deadline passed while it waited or ran */
  TGR_OUTCOME_COUNT
};

/* Where a task is; kept by the sink, for snapshots and asserts. */
enum tgr_task_place {
  TGR_TASK_LOOSE,   /* on its way to a sink, or ended */
  TGR_TASK_PARKED,  /* in a sink, beyond its limit */
  TGR_TASK_WAITING, /* in a sink, behind an earlier task with the same key */
  TGR_TASK_RUNNING, /* it has a slot */
  TGR_TASK_RESTING, /* in a sink, without a slot, until it is run again */
  TGR_TASK_DETACHED /* timed out without cancel: runs on without a slot */
};

struct tgr_task;

/* Who wants to know how tasks end (the runner that fetched them). */
struct tgr_task_watch {
  /* Once per task, as soon as its outcome stands (task->outcome): before its
   * slot is given to another. A detached task has ended for the watch. Must not
   * call back into the sink. */
  void (*ended)(struct tgr_task_watch *watch, struct tgr_task *task);
  /* It will be run again, and has given up its slot meanwhile. */
  void (*rests)(struct tgr_task_watch *watch, struct tgr_task *task);
};

struct tgr_task {
  struct tgr_link link;    /* the list of the stage that has it */
  struct tgr_link arrival; /* the runner's list of unfinished tasks, in order */
  const struct tgr_mem *mem;
  atomic_uint refs;
  uint8_t kind;    /* enum tgr_kind of telegram/kinds.h; 0 is unknown */
  uint8_t place;   /* enum tgr_task_place */
  uint8_t outcome; /* enum tgr_outcome: set early when a cancel is under way */
  int8_t refused;  /* enum tgr_status: why its keys could not be told */
  bool has_chat;
  bool has_user;
  bool redelivered; /* it may have been handled before (keeper) */
  bool unhandled;   /* its run failed and nobody has seen to that: no handler
                       ran, its worker died, the error handler failed too */
  uint32_t attempt; /* of this run, from 1; 0 when nobody keeps count */
  int64_t update_id;
  int64_t chat_id; /* meaningful only with has_chat; the same for user_id */
  int64_t user_id;
  uint64_t arrived_us; /* loop time; latency counts from here */
  uint64_t started_us; /* when it took its slot */
  uint64_t due_us;     /* when it times out; 0 for never */
  int64_t before_id;   /* the update_id that arrived before it (runner) */
  uint64_t serial;     /* 1 for the first task the runner fetched, 2, … */
  struct tgr_task_watch *watch; /* NULL: nobody */
  struct tgr_seat seat;         /* its place in the sink's sequence */
  void *port_data;           /* the port's own, while the port has the task */
  struct tgr_keeper *keeper; /* who keeps it until it has ended; NULL: nobody */
  void *kept;                /* the keeper's own */
  /* A supplier written in Lua may hand over any value: then raw_len is 0 and
   * `value` is the port's reference to it (0 for none), released through
   * `drop_value` with the last hold, on the thread of the task's loop. */
  int value;
  void (*drop_value)(void *owner, int value);
  void *value_owner;
  size_t raw_len;
  unsigned mark_count; /* 0: its members are not marked */
  char raw[]; /* the update's own JSON bytes, with a NUL behind them, and its
                 marks */
};

/* Where a member of what the update is about stands in `raw`: who looks for one
 * need not scan for it. No key has escapes, no blanks stand around a colon. */
struct tgr_task_mark {
  uint32_t key_at;   /* behind its quote */
  uint32_t value_at; /* two bytes, a quote and a colon, behind the key */
};

/* A task that holds a copy of `raw` (may be empty), with one hold. NULL when
 * out of memory. */
struct tgr_task *tgr_task_new(const struct tgr_mem *mem, const char *raw,
                              size_t raw_len);

/* The same with the marks of all members, if they are known. */
struct tgr_task *tgr_task_new_marked(const struct tgr_mem *mem, const char *raw,
                                     size_t raw_len,
                                     const struct tgr_task_mark *marks,
                                     unsigned mark_count);
/* `mark_count` of them, in order. */
const struct tgr_task_mark *tgr_task_marks(const struct tgr_task *task);

/* Any thread. One more hold on the task. */
struct tgr_task *tgr_task_hold(struct tgr_task *task);

/* Any thread. Lets go; the last one frees. NULL is fine. */
void tgr_task_release(struct tgr_task *task);

/* Empties a list of tasks by task->link, and lets go of each. */
void tgr_task_release_all(struct tgr_list *tasks);

#endif
