/* Ready: work that is to be done soon, but not on this C stack.
 *
 * Whoever finishes something inside a callback puts a job instead of going on
 * there; the outermost call (a turn of the loop, a spec) runs the jobs one
 * after another. So completion never recurses, however deep the chain of
 * events.
 *
 * Owner: one thread. Jobs are intrusive: putting one cannot fail. */
#ifndef TGR_LOOP_READY_H
#define TGR_LOOP_READY_H

#include "base/list.h"

struct tgr_job {
  struct tgr_link link;
  void (*run)(struct tgr_job *job);
};

struct tgr_ready {
  struct tgr_list jobs;
};

void tgr_ready_init(struct tgr_ready *ready);

/* A job that is not queued. */
void tgr_job_init(struct tgr_job *job, void (*run)(struct tgr_job *job));

/* Queues the job behind all others; nothing happens when it is queued already.
 * A job may be put again (or freed) while it runs. */
void tgr_ready_put(struct tgr_ready *ready, struct tgr_job *job);

/* The same, in front of all others: for ends that nothing should delay. */
void tgr_ready_put_first(struct tgr_ready *ready, struct tgr_job *job);

/* Takes the job out of the queue; harmless when it is not queued. */
void tgr_ready_drop(struct tgr_job *job);

static inline bool tgr_ready_empty(const struct tgr_ready *ready) {
  return tgr_list_empty(&ready->jobs);
}

/* Runs the first job; false when there was none. */
bool tgr_ready_run_one(struct tgr_ready *ready);

/* Runs jobs until none is queued, those put meanwhile included. Returns how
 * many ran. */
unsigned long tgr_ready_run_all(struct tgr_ready *ready);

#endif
