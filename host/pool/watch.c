/* Looks whether workers stand still. */
#include "pool/watch.h"

#include "engine/task.h"
#include "pool/line.h"
#include "pool/place.h"

#include <inttypes.h>
#include <stdio.h>

/* Above WATCH_MAX_MS a worker that stands still is looked at no less often. */
enum { WATCH_MS = 10, WATCH_MAX_MS = 160 };

static struct tgr_timers *timers_of(const struct tgr_pool *pool) {
  return &pool->env.host->loop->timers;
}

/* ---- workers that lag --------------------------------------------------- */

bool tgr_watch_stands(const struct tgr_slot *slot) {
  return slot->stuck && tgr_place_is_stuck(slot) &&
         timers_of(slot->pool)->now_us - slot->stuck_us >=
             (uint64_t)slot->pool->lag_ms * 1000;
}

static bool is_another_up(const struct tgr_slot *slot) {
  const struct tgr_pool *pool = slot->pool;
  for (int i = 0; i < pool->slot_count; i++) {
    const struct tgr_slot *other = &pool->slots[i];
    if (other != slot && tgr_place_is_up(other) && !tgr_place_is_stuck(other))
      return true;
  }
  return false;
}

bool tgr_watch_lags(const struct tgr_slot *slot) {
  return slot->stuck && tgr_watch_stands(slot) && is_another_up(slot);
}

/* What it has begun: "update 10", "one of 3 updates, 10 to 17". */
static void list_begun(const struct tgr_slot *slot, char *text, size_t size) {
  int64_t first = 0;
  int64_t last = 0;
  size_t count = 0;
  const struct tgr_link *head = &slot->flight.head;
  for (struct tgr_link *at = head->next; at != head; at = at->next) {
    const struct tgr_errand *errand = tgr_errand_of(at);
    if (atomic_load(&errand->ticket->stage) == TGR_TICKET_SENT)
      continue;
    last = errand->task->update_id;
    first = count++ == 0 ? last : first;
  }
  if (count == 0)
    snprintf(text, size, "no update of its own");
  else if (count == 1)
    snprintf(text, size, "update %" PRId64, first);
  else
    snprintf(text, size, "one of %zu updates, %" PRId64 " to %" PRId64, count,
             first, last);
}

static void tell_stuck(struct tgr_slot *slot, bool lags) {
  char begun[96];
  if (slot->stuck_told)
    return;
  slot->stuck_told = true;
  list_begun(slot, begun, sizeof begun);
  tgr_log_write(slot->pool->env.host->log, TGR_LOG_WARN,
                "worker %d of %s has not moved for %u s: it blocks or works on "
                "%s; what else is meant for it %s",
                slot->number, slot->pool->file, slot->pool->lag_ms / 1000,
                begun, lags ? "goes to others" : "waits");
}

/* ---- looking ------------------------------------------------------------ */

/* Newest first, what the worker has not begun. Without memory for a new ticket
 * an errand stays where it is. */
static void take_back(struct tgr_slot *slot, bool also_bound) {
  struct tgr_link *link = slot->flight.head.prev;
  while (link != &slot->flight.head) {
    struct tgr_errand *errand = tgr_errand_of(link);
    link = link->prev;
    if ((also_bound || !errand->bound) &&
        !tgr_line_take_back(slot->pool, errand))
      return;
  }
}

/* What it has ended it might not come to tell. */
static void relieve(struct tgr_slot *slot) {
  if (tgr_worker_is_deaf(slot->worker))
    tgr_worker_nudge(slot->worker);
  const bool lags = tgr_watch_lags(slot);
  if (tgr_watch_stands(slot))
    tell_stuck(slot, lags);
  if (lags)
    tgr_line_unbind(slot);
  take_back(slot, lags);
  tgr_pipe_take_now(&slot->worker->answers);
}

/* A worker that is stuck is not one of those awake any more: what waited in
 * line because there were enough of them goes to others. */
static void note_stuck(struct tgr_slot *slot, bool is_stuck) {
  if (is_stuck && !slot->stuck) {
    slot->stuck_us = timers_of(slot->pool)->now_us;
    slot->stuck_told = false;
    if (!tgr_list_empty(&slot->pool->line))
      tgr_line_feed(slot->pool);
  }
  slot->stuck = is_stuck;
}

/* Looks at one that is up; true when it is to be looked at again. */
static bool look_at(struct tgr_slot *slot, bool *stands) {
  const uint64_t progress = tgr_place_progress(slot);
  const bool is_awake = tgr_place_is_awake(slot);
  const bool moved = progress != slot->progress;
  *stands = *stands && !moved;
  slot->progress = progress;
  note_stuck(slot, is_awake && !moved);
  if (slot->stuck)
    relieve(slot);
  return (is_awake && slot->load > 0) || tgr_place_ahead(slot) > 0;
}

/* Looks at all of them; true when they are to be looked at again. */
static bool look(struct tgr_pool *pool, bool *stands) {
  bool again = false;
  *stands = true;
  for (int i = 0; i < pool->slot_count; i++)
    if (tgr_place_is_up(&pool->slots[i]))
      again = look_at(&pool->slots[i], stands) || again;
  return again;
}

static bool is_anybody_in_line(const struct tgr_pool *pool) {
  if (!tgr_list_empty(&pool->line))
    return true;
  for (int i = 0; i < pool->slot_count; i++)
    if (!tgr_list_empty(&pool->slots[i].line))
      return true;
  return false;
}

/* ---- the timer ---------------------------------------------------------- */

static void look_later(struct tgr_pool *pool, unsigned ms) {
  pool->watch_ms = ms;
  tgr_timer_start_ms(timers_of(pool), &pool->watch, ms);
}

static void on_watch(struct tgr_timer *timer) {
  struct tgr_pool *pool = TGR_CONTAINER_OF(timer, struct tgr_pool, watch);
  bool stands = true;
  const bool again = look(pool, &stands) || is_anybody_in_line(pool);
  const unsigned next_ms = stands ? pool->watch_ms * 2 : WATCH_MS;
  if (again)
    look_later(pool, next_ms < WATCH_MAX_MS ? next_ms : WATCH_MAX_MS);
}

/* Nobody has looked for a while: how long a worker stood still is not known. */
static void forget_times(struct tgr_pool *pool) {
  for (int i = 0; i < pool->slot_count; i++)
    pool->slots[i].stuck_us = timers_of(pool)->now_us;
}

void tgr_watch_start(struct tgr_pool *pool) {
  if (!tgr_timer_active(&pool->watch))
    forget_times(pool);
  else if (pool->watch_ms <= WATCH_MS)
    return;
  look_later(pool, WATCH_MS);
}

void tgr_watch_stop(struct tgr_pool *pool) {
  tgr_timer_stop(timers_of(pool), &pool->watch);
}

void tgr_watch_init(struct tgr_pool *pool) {
  pool->lag_ms = TGR_WATCH_LAG_MS;
  tgr_timer_init(&pool->watch, on_watch);
}
