/* Deadlines in a binary heap. Place n of the heap is heap[n - 1]; its children
 * are places 2n and 2n + 1. */
#include "sim/timer.h"

#include <limits.h>
#include <time.h>

uint64_t tgr_sim_now_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

void tgr_sim_timers_init(struct tgr_sim_timers *timers,
                         const struct tgr_mem *mem) {
  *timers = (struct tgr_sim_timers){.mem = mem};
}

void tgr_sim_timers_deinit(struct tgr_sim_timers *timers) {
  tgr_mem_free(timers->mem, timers->heap);
  timers->heap = NULL;
  timers->count = timers->cap = 0;
}

static void put_at(struct tgr_sim_timers *timers, size_t place,
                   struct tgr_sim_timer *timer) {
  timers->heap[place - 1] = timer;
  timer->place = place;
}

static void rise(struct tgr_sim_timers *timers, struct tgr_sim_timer *timer) {
  size_t place = timer->place;
  while (place > 1 && timers->heap[place / 2 - 1]->at_us > timer->at_us) {
    put_at(timers, place, timers->heap[place / 2 - 1]);
    place /= 2;
  }
  put_at(timers, place, timer);
}

static void sink(struct tgr_sim_timers *timers, struct tgr_sim_timer *timer) {
  size_t place = timer->place;
  for (;;) {
    size_t child = place * 2;
    if (child > timers->count)
      break;
    if (child < timers->count &&
        timers->heap[child]->at_us < timers->heap[child - 1]->at_us)
      child++;
    if (timers->heap[child - 1]->at_us >= timer->at_us)
      break;
    put_at(timers, place, timers->heap[child - 1]);
    place = child;
  }
  put_at(timers, place, timer);
}

static enum tgr_status make_room(struct tgr_sim_timers *timers) {
  if (timers->count < timers->cap)
    return TGR_OK;
  const size_t cap = timers->cap == 0 ? 64 : timers->cap * 2;
  struct tgr_sim_timer **heap = tgr_mem_resize(
      timers->mem, timers->heap, cap * sizeof(struct tgr_sim_timer *));
  if (heap == NULL)
    return TGR_ENOMEM;
  timers->heap = heap;
  timers->cap = cap;
  return TGR_OK;
}

enum tgr_status tgr_sim_timers_arm(struct tgr_sim_timers *timers,
                                   struct tgr_sim_timer *timer,
                                   uint64_t at_us) {
  if (timer->place == 0) {
    const enum tgr_status status = make_room(timers);
    if (status != TGR_OK)
      return status;
    put_at(timers, ++timers->count, timer);
  }
  timer->at_us = at_us;
  rise(timers, timer);
  sink(timers, timer);
  return TGR_OK;
}

void tgr_sim_timers_disarm(struct tgr_sim_timers *timers,
                           struct tgr_sim_timer *timer) {
  if (timer->place == 0)
    return;
  struct tgr_sim_timer *last = timers->heap[--timers->count];
  if (last != timer) {
    put_at(timers, timer->place, last);
    rise(timers, last);
    sink(timers, last);
  }
  timer->place = 0;
}

struct tgr_sim_timer *tgr_sim_timers_due(struct tgr_sim_timers *timers,
                                         uint64_t now_us) {
  if (timers->count == 0 || timers->heap[0]->at_us > now_us)
    return NULL;
  struct tgr_sim_timer *timer = timers->heap[0];
  tgr_sim_timers_disarm(timers, timer);
  return timer;
}

int tgr_sim_timers_wait_ms(const struct tgr_sim_timers *timers,
                           uint64_t now_us) {
  if (timers->count == 0)
    return -1;
  const uint64_t at_us = timers->heap[0]->at_us;
  if (at_us <= now_us)
    return 0;
  const uint64_t wait_ms = (at_us - now_us + 999) / 1000;
  return wait_ms > INT_MAX ? INT_MAX : (int)wait_ms;
}
