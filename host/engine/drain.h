/* Drain: how a runner ends. For runner.c only.
 *
 * What is fetched may end until the deadline, then it is abandoned; then the
 * finished prefix is confirmed; then the stops are answered. */
#ifndef TGR_ENGINE_DRAIN_H
#define TGR_ENGINE_DRAIN_H

#include "engine/runner.h"

/* Aborts the open request and begins the drain of a running runner. */
void tgr_drain_begin(struct tgr_runner *runner, uint64_t deadline_ms);

/* Brings the deadline forward; a later one than the present changes nothing. */
void tgr_drain_shorten(struct tgr_runner *runner, uint64_t deadline_ms);

/* Remembers an abandoned update; without memory only its number is known. */
void tgr_drain_note_abandoned(struct tgr_runner *runner, int64_t id);

/* The supplier has confirmed. */
void tgr_drain_confirmed(struct tgr_runner *runner);

/* The callbacks of runner->step and runner->deadline. */
void tgr_drain_step(struct tgr_job *job);
void tgr_drain_deadline(struct tgr_timer *timer);

/* The task that arrived first of those that have not ended; NULL for none. */
struct tgr_task *tgr_runner_first_unfinished(const struct tgr_runner *runner);

#endif
