/* Source: asks a supplier for batches, one request at a time, at a pace.
 *
 * Owner: the thread of its loop.
 * In:    tgr_source_pull (the consumer wants a batch), tgr_source_deliver and
 *        tgr_source_fail (the supplier's answer).
 * Out:   the supplier; the consumer, always from the ready list: a supplier may
 *        answer within supply(), a consumer may pull within on_batch().
 * Not here: retries (telegram/updates.c), free slots (sink.c), the loop that
 *        ties both together (runner.c).
 * Source: behaviour follows grammY runner 2.0.3, createSource. */
#ifndef TGR_ENGINE_SOURCE_H
#define TGR_ENGINE_SOURCE_H

#include "base/list.h"
#include "base/status.h"
#include "engine/pace.h"
#include "loop/ready.h"
#include "loop/timers.h"

struct tgr_source;
struct tgr_task;

/* Where updates come from. The implementer embeds it and answers each request
 * exactly once, possibly before the call returns. After abort() the request is
 * over: no answer to it may come. Optional members may be NULL. */
struct tgr_supplier {
  /* Fetches up to `limit` (1 … INT_MAX) tasks; answers by tgr_source_deliver or
   * tgr_source_fail on the source that asked. */
  void (*supply)(struct tgr_supplier *supplier, struct tgr_source *source,
                 int limit);
  /* Ends the open supply, init or confirm without an answer. Never called when
   * none is open. */
  void (*abort)(struct tgr_supplier *supplier);
  /* Optional. Gets ready before the first supply (getMe); answers by
   * tgr_source_ready or tgr_source_fail. */
  void (*init)(struct tgr_supplier *supplier, struct tgr_source *source);
  /* Optional. Tells the server that everything below `offset` is settled;
   * answers by tgr_source_confirmed, whether or not that worked. `covered`: a
   * later request has told the server more than this already, if it arrived. */
  void (*confirm)(struct tgr_supplier *supplier, struct tgr_source *source,
                  int64_t offset, bool covered);
  /* When the open request is waiting for its next try: the loop time of that
   * try; else 0. Kept by the supplier, read by stats. */
  uint64_t retry_at_us;
  /* Whose retry_at_us counts instead, for a supplier in front of another. */
  const struct tgr_supplier *behind;
  /* For suppliers whose updates are numbered: `asked` is where the request
   * began that was answered last, `next` where the next one will. */
  int64_t asked;
  int64_t next;
  /* Optional, and only these are numbered: the next request begins at
   * `offset`. Nothing is open. */
  void (*seek)(struct tgr_supplier *supplier, int64_t offset);
  /* Its confirm is to be called however little was fetched, and knows itself
   * what to confirm. */
  bool keeps;
};

/* Who wants the batches: the runner, or a script's generator. */
struct tgr_source_consumer {
  /* One batch, maybe empty: takes all tasks out of `tasks`. */
  void (*on_batch)(struct tgr_source_consumer *consumer, struct tgr_list *tasks,
                   int count);
  /* The supplier failed; the source is closed. `error` is borrowed. */
  void (*on_error)(struct tgr_source_consumer *consumer,
                   const struct tgr_error *error);
  /* The supplier is ready, or has confirmed; only for who asked by
   * tgr_source_prepare and tgr_source_confirm. */
  void (*on_ready)(struct tgr_source_consumer *consumer);
  void (*on_confirmed)(struct tgr_source_consumer *consumer);
};

enum tgr_source_state {
  TGR_SOURCE_IDLE,       /* nobody has asked */
  TGR_SOURCE_PREPARING,  /* supplier->init is open */
  TGR_SOURCE_PAUSING,    /* asked; the pause before the request runs */
  TGR_SOURCE_POLLING,    /* supplier->supply is open */
  TGR_SOURCE_CONFIRMING, /* supplier->confirm is open */
  TGR_SOURCE_ANSWERED    /* an answer waits for the ready list */
};

struct tgr_source_options {
  double speed_traffic_balance;  /* 0 … 1, clamped; default 0: no pauses */
  double max_delay_milliseconds; /* default 500 */
};

struct tgr_source {
  struct tgr_timers *timers;
  struct tgr_ready *ready;
  struct tgr_supplier *supplier;
  struct tgr_source_consumer *consumer; /* who asked last; NULL: nobody */
  struct tgr_pace pace;
  uint8_t state;  /* enum tgr_source_state */
  uint8_t answer; /* what waits for the ready list (source.c) */
  bool active;
  int limit;         /* for the next request */
  uint64_t pause_us; /* to be waited before the next request */
  uint64_t asked_us; /* when the open request began */
  struct tgr_timer pause;
  struct tgr_job job;
  struct tgr_list batch; /* delivered, not handed over yet, or given back */
  struct tgr_error error;
};

/* The defaults. */
void tgr_source_options_init(struct tgr_source_options *options);

/* A closed source. Borrows timers, ready and supplier for its life; `options`
 * NULL means the defaults. */
void tgr_source_init(struct tgr_source *source, struct tgr_timers *timers,
                     struct tgr_ready *ready, struct tgr_supplier *supplier,
                     const struct tgr_source_options *options);
/* Closes it and lets go of a batch that nobody took. */
void tgr_source_deinit(struct tgr_source *source);

/* Asks for the next batch, after the pause that the last one left; a batch that
 * nobody took comes first. The answer is one on_batch or one on_error, from the
 * ready list, unless the source is closed before. TGR_ESTATE when a request is
 * open already. */
TGR_MUST_CHECK enum tgr_status
tgr_source_pull(struct tgr_source *source,
                struct tgr_source_consumer *consumer);

/* How many updates the next request asks for; below 1 means 1. INT_MAX (the
 * default, and again after close) stands for as many as there are. */
void tgr_source_set_generator_pace(struct tgr_source *source, int limit);

/* True from the first pull until close or an error. */
bool tgr_source_is_active(const struct tgr_source *source);

/* Ends a running pause now; the request goes out at once. */
void tgr_source_skip_pause(struct tgr_source *source);

/* Ends the pause or aborts the open request (which then gets no answer), resets
 * the pace, and leaves the source usable again. A batch that was delivered but
 * not handed over yet is not lost: it still goes to who asked for it, from the
 * ready list. Harmless on a source that was never pulled. */
void tgr_source_close(struct tgr_source *source);

/* Closes the source for a consumer that goes away and is told nothing any more.
 * A batch that was delivered is the answer to the next pull. */
void tgr_source_leave(struct tgr_source *source);

/* Tasks of the last batch that the consumer has not looked at: they are the
 * answer to the next pull. */
void tgr_source_give_back(struct tgr_source *source, struct tgr_list *tasks);
/* The first of them, where it is; NULL for none. */
struct tgr_task *tgr_source_first_back(const struct tgr_source *source);

/* Lets the supplier get ready (on_ready), or confirm (on_confirmed); at once
 * from the ready list when the supplier has no such step. TGR_ESTATE while a
 * request is open. */
TGR_MUST_CHECK enum tgr_status
tgr_source_prepare(struct tgr_source *source,
                   struct tgr_source_consumer *consumer);
TGR_MUST_CHECK enum tgr_status
tgr_source_confirm(struct tgr_source *source,
                   struct tgr_source_consumer *consumer, int64_t offset,
                   bool covered);

/* The supplier's answers. deliver takes all `count` tasks out of `tasks`
 * (linked by task->link, in order). `error` is borrowed. */
void tgr_source_deliver(struct tgr_source *source, struct tgr_list *tasks,
                        int count);
void tgr_source_fail(struct tgr_source *source, const struct tgr_error *error);
void tgr_source_ready(struct tgr_source *source);
void tgr_source_confirmed(struct tgr_source *source);

#endif
