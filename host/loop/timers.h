/* Timers: what is due when, on a clock that somebody else reads.
 *
 * Intrusive: a timer lives in the struct that needs it, so starting one cannot
 * fail. The clock is `now_us` alone, set by tgr_timers_advance once a turn of
 * the loop and brought forward behind long work; specs set it by hand.
 *
 * Owner: one thread, the one that advances it.
 * Shape: a pairing heap: start is O(1), stop and fire amortised O(log n).
 * Not here: who sleeps until the next timer (loop.c, or a spec). */
#ifndef TGR_LOOP_TIMERS_H
#define TGR_LOOP_TIMERS_H

#include <stdbool.h>
#include <stdint.h>

struct tgr_timer {
  struct tgr_timer *child;
  struct tgr_timer *next; /* sibling */
  struct tgr_timer *back; /* previous sibling, or the parent of a first child;
                             itself for the root; NULL when not started */
  uint64_t due_us;
  uint64_t serial;
  void (*fire)(struct tgr_timer *timer);
};

struct tgr_timers {
  uint64_t now_us; /* the loop's time; read it, never write it */
  uint64_t serial; /* starts so far; orders timers due at the same time */
  struct tgr_timer *root;
};

/* An empty set whose clock stands at `now_us`. Nothing to deinit. */
void tgr_timers_init(struct tgr_timers *timers, uint64_t now_us);

/* A stopped timer that calls `fire` when due. A fired timer is stopped: it may
 * be started again or freed within `fire`. */
void tgr_timer_init(struct tgr_timer *timer,
                    void (*fire)(struct tgr_timer *timer));

/* Starts (or restarts) the timer `delay` from now. A delay past the end of time
 * stands for its end. A delay of 0 fires at the next advance, never within the
 * present one. */
void tgr_timer_start_us(struct tgr_timers *timers, struct tgr_timer *timer,
                        uint64_t delay_us);
void tgr_timer_start_ms(struct tgr_timers *timers, struct tgr_timer *timer,
                        uint64_t delay_ms);

/* Stops the timer; harmless when it is not started. */
void tgr_timer_stop(struct tgr_timers *timers, struct tgr_timer *timer);

static inline bool tgr_timer_active(const struct tgr_timer *timer) {
  return timer->back != 0;
}

/* True with the earliest due time in `*due_us` (may be in the past); false when
 * nothing is started. */
bool tgr_timers_next(const struct tgr_timers *timers, uint64_t *due_us);

/* Brings the clock forward to `now_us`, if that is later, between two advances.
 * Nothing fires. */
static inline void tgr_timers_catch_up(struct tgr_timers *timers,
                                       uint64_t now_us) {
  if (now_us > timers->now_us)
    timers->now_us = now_us;
}

/* Sets the clock to `now_us` (never backwards: an earlier time counts as the
 * present one) and fires what was started before this call and is due, in order
 * of due time, then of start. Timers may be started and stopped meanwhile.
 * Returns how many fired. Not reentrant. */
unsigned tgr_timers_advance(struct tgr_timers *timers, uint64_t now_us);

#endif
