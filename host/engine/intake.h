/* Intake: a supplier that has what another supplies kept before it lets that
 * one be asked again.
 *
 *   behind (getUpdates …) → intake → source → runner
 *                             └→ keeper (host/journal)
 *
 * What was kept by an earlier run is supplied first. A batch goes on to the
 * source while it is being written (unless the keeper wants it held); the next
 * request goes out when it is safe.
 *
 * Owner: the thread of its loop. Allocates nothing.
 * Not here: how updates are kept (host/journal), retries (the sink and the
 *        keeper). */
#ifndef TGR_ENGINE_INTAKE_H
#define TGR_ENGINE_INTAKE_H

#include "base/log.h"
#include "engine/keeper.h"
#include "engine/source.h"

struct tgr_intake {
  struct tgr_supplier supplier; /* for the source of the runner */
  struct tgr_supplier *behind;
  struct tgr_keeper *keeper;
  const struct tgr_log *log;
  struct tgr_source inner; /* asks `behind` */
  struct tgr_source_consumer consumer;
  struct tgr_timers *timers;
  struct tgr_source *source; /* who waits for an answer; NULL: nobody */
  uint8_t purpose;           /* what for (intake.c) */
  int limit;
  bool keeping;         /* a batch is not safe yet */
  bool placed;          /* `behind` was told where to go on */
  struct tgr_list held; /* tasks that nobody has asked for yet, or that wait for
                           the keeper */
  int held_count;
  struct tgr_list unkept; /* a batch without numbers that there was no memory to
                             keep: it cannot be asked for again */
  struct tgr_timer again; /* after such a batch */
};

/* Borrows all pointers for its life. `behind` is nobody else's meanwhile. */
void tgr_intake_init(struct tgr_intake *intake, struct tgr_timers *timers,
                     struct tgr_ready *ready, const struct tgr_log *log,
                     struct tgr_supplier *behind, struct tgr_keeper *keeper);
/* Nothing may be asked of it any more. Tasks that nobody took are let go:
 * they are the keeper's. */
void tgr_intake_deinit(struct tgr_intake *intake);

/* The keeper's answers. `kept`: what it was given last is safe. */
void tgr_intake_kept(struct tgr_intake *intake);
void tgr_intake_flushed(struct tgr_intake *intake);

#endif
