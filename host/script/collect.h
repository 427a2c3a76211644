/* Collect: Lua's collector under the budget of a step.
 *
 * By itself the collector works within allocations, so its slices add to
 * whatever a step does anyway; the largest (its atomic phase, half a
 * millisecond with 500 coroutines) came on top of a full budget. In a program's
 * own loop it is stopped, and works as a job: first in a step, so that it is
 * within the budget, and not in two steps running while other work waits.
 *
 * Owner: the thread of the loop. */
#ifndef TGR_SCRIPT_COLLECT_H
#define TGR_SCRIPT_COLLECT_H

#include "loop/ready.h"

#include <stdbool.h>
#include <stddef.h>

struct tgr_script;

struct tgr_collect {
  struct tgr_job job;
  bool paced;     /* the collector is stopped, the job does its work */
  bool in_cycle;  /* a cycle is under way */
  bool was_first; /* it worked in the last step */
  size_t base;    /* bytes in use behind the last cycle */
  size_t seen;    /* bytes in use when it last looked */
  size_t debt;    /* bytes that were taken during the cycle, not worked off */
};

void tgr_collect_init(struct tgr_collect *collect);

/* A step begins: queues the job when there is something to do. */
void tgr_collect_begin_step(struct tgr_script *script);

/* The program lets the host run: the collector works by itself again. */
void tgr_collect_release(struct tgr_script *script);

#endif
