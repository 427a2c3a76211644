/* Timer: deadlines in a binary heap, read by the simulator's thread.
 *
 * Owner: the simulator's thread. Times are microseconds of CLOCK_MONOTONIC. */
#ifndef TGR_SIM_TIMER_H
#define TGR_SIM_TIMER_H

#include "base/mem.h"
#include "base/status.h"

#include <stdint.h>

/* Part of the struct that waits. Zeroed: not armed. */
struct tgr_sim_timer {
  uint64_t at_us;
  size_t place; /* 1-based place in the heap; 0 for not armed */
};

struct tgr_sim_timers {
  const struct tgr_mem *mem;
  struct tgr_sim_timer **heap;
  size_t count;
  size_t cap;
};

/* Now, in microseconds of CLOCK_MONOTONIC. Any thread. */
uint64_t tgr_sim_now_us(void);

void tgr_sim_timers_init(struct tgr_sim_timers *timers,
                         const struct tgr_mem *mem);
void tgr_sim_timers_deinit(struct tgr_sim_timers *timers);

/* Arms `timer`, or moves an armed one. TGR_ENOMEM leaves it as it was. */
TGR_MUST_CHECK enum tgr_status tgr_sim_timers_arm(struct tgr_sim_timers *timers,
                                                  struct tgr_sim_timer *timer,
                                                  uint64_t at_us);
/* Harmless for a timer that is not armed. */
void tgr_sim_timers_disarm(struct tgr_sim_timers *timers,
                           struct tgr_sim_timer *timer);
/* Takes the earliest timer that is due; NULL when none is. */
struct tgr_sim_timer *tgr_sim_timers_due(struct tgr_sim_timers *timers,
                                         uint64_t now_us);
/* Milliseconds until the earliest, rounded up; -1 when none is armed. */
int tgr_sim_timers_wait_ms(const struct tgr_sim_timers *timers,
                           uint64_t now_us);

#endif
