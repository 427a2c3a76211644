/* Supervisor: what follows when a worker's thread ends.
 *
 * One that was told to end is freed. One that died (script error at load,
 * memory limit, os.exit) is replaced after a short pause that doubles with each
 * recent death and stays below a second; too many deaths and the pool fails. */
#ifndef TGR_POOL_SUPERVISOR_H
#define TGR_POOL_SUPERVISOR_H

#include "pool/pool.h"

/* For a worker's calls; `worker->user` is its slot. */
void tgr_supervisor_ended(struct tgr_worker *worker);

void tgr_supervisor_dying(struct tgr_worker *worker);

/* For a slot's timers. */
void tgr_supervisor_restart(struct tgr_timer *timer);
void tgr_supervisor_give_up(struct tgr_timer *timer);

/* Waits for a worker that was told to end, until `end_us` (loop time); false:
 * it was left detached. The pool may be gone behind this. */
bool tgr_supervisor_end(struct tgr_slot *slot, uint64_t end_us);

/* Waits for the pool's ghosts; returns how many were left detached. */
int tgr_supervisor_end_ghosts(struct tgr_pool *pool, uint64_t end_us);

/* Says how many workers were left behind, if any. */
void tgr_supervisor_tell_stuck(const struct tgr_pool *pool, int stuck);

/* For a pool's job: what waits for a worker will not get one. */
void tgr_supervisor_lose(struct tgr_job *job);

/* ---- pool.c's, for supervisor.c ---- */

/* A ticket comes back from the slot's worker. */
void tgr_pool_take(struct tgr_slot *slot, struct tgr_ticket *ticket);

/* An errand is over: its sender has it again. `number` is the worker that it is
 * about; 0 for none. */
void tgr_pool_answer(struct tgr_pool *pool, struct tgr_errand *errand,
                     int number);

/* Gives the slot a worker. */
TGR_MUST_CHECK enum tgr_status tgr_pool_start_worker(struct tgr_slot *slot);

/* The slot's worker was freed. True when it is to be replaced; else the pool
 * may be gone with it. */
bool tgr_pool_worker_gone(struct tgr_slot *slot);

/* The lines of slots without a worker were emptied. A retiring or closing pool
 * that has nothing else may be gone with that. */
void tgr_pool_emptied(struct tgr_pool *pool);

#endif
