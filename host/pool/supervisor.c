/* What follows when a worker's thread ends. */
#include "pool/supervisor.h"

#include "pool/line.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* GRACE_MS is what a dying worker's finalizers have before it is replaced. */
enum {
  PAUSE_MS = 10,
  CAUSE_SHOWN = 1024,
  LAST_STEPS_MS = 60000,
  GRACE_MS = 500
};

/* "…: cause", which may have a traceback in it. */
static char *lost_text(const struct tgr_mem *mem, const char *what,
                       const char *cause) {
  char text[CAUSE_SHOWN + 64];
  const int len =
      snprintf(text, sizeof text - 1, "%s: %.*s", what, CAUSE_SHOWN, cause);
  return tgr_mem_dup(mem, text, (size_t)len + 1);
}

static void lose(struct tgr_pool *pool, struct tgr_errand *errand, int number,
                 const char *what, const char *cause) {
  errand->end = TGR_ERRAND_LOST;
  errand->text = lost_text(pool->env.host->mem, what, cause);
  tgr_pool_answer(pool, errand, number);
}

static void lose_line(struct tgr_pool *pool, struct tgr_list *line,
                      int number) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_first(line)) != NULL)
    lose(pool, tgr_errand_of(link), number,
         "no worker is left for it: too many died", pool->cause);
}

void tgr_supervisor_lose(struct tgr_job *job) {
  struct tgr_pool *pool = TGR_CONTAINER_OF(job, struct tgr_pool, lose);
  for (int i = 0; i < pool->slot_count && pool->failed; i++)
    if (pool->slots[i].worker == NULL)
      lose_line(pool, &pool->slots[i].line, i + 1);
  if (pool->failed && pool->worker_count == 0)
    lose_line(pool, &pool->line, pool->last_dead);
  tgr_pool_emptied(pool);
}

/* What was sent and is not answered, oldest first: lost if the script has begun
 * with it, else in line again. */
static void sort_flight(struct tgr_slot *slot) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_first(&slot->flight)) != NULL) {
    struct tgr_errand *errand = tgr_errand_of(link);
    if (atomic_load(&errand->ticket->stage) != TGR_TICKET_SENT) {
      lose(slot->pool, errand, slot->number,
           "the worker died while it had this update", slot->worker->cause);
      continue;
    }
    tgr_list_remove(link);
    slot->load--;
    tgr_line_put_back(slot->pool, errand);
  }
}

/* Takes over what the ended or dying worker had. Its tickets are in no list
 * then, but those that were revoked: these are spare. */
static void settle(struct tgr_slot *slot) {
  struct tgr_worker *worker = slot->worker;
  struct tgr_list list;
  struct tgr_link *link = NULL;
  tgr_list_init(&list);
  tgr_pipe_empty(&worker->answers, &list);
  while ((link = tgr_list_take(&list)) != NULL)
    tgr_pool_take(slot, TGR_CONTAINER_OF(link, struct tgr_ticket, link));
  tgr_pipe_empty(&worker->errands, &list);
  tgr_list_append_all(&list, &worker->left);
  while ((link = tgr_list_take(&list)) != NULL) {
    struct tgr_ticket *ticket = TGR_CONTAINER_OF(link, struct tgr_ticket, link);
    if (atomic_load(&ticket->stage) == TGR_TICKET_REVOKED)
      tgr_line_spare(slot->pool, ticket);
  }
  sort_flight(slot);
}

/* ---- deaths ------------------------------------------------------------- */

/* Notes a death; returns how many there were within the time that counts. */
static int count_deaths(struct tgr_pool *pool, uint64_t now_us) {
  int recent = 1;
  for (int i = 0; i < pool->death_count; i++)
    if (now_us - pool->deaths_us[i] < TGR_POOL_DEATHS_MS * 1000ULL)
      recent++;
  if (pool->death_count == TGR_POOL_DEATHS_MAX) {
    memmove(pool->deaths_us, pool->deaths_us + 1,
            sizeof pool->deaths_us - sizeof *pool->deaths_us);
    pool->death_count--;
  }
  pool->deaths_us[pool->death_count++] = now_us;
  return recent;
}

/* Its runner ends with this; a script that has none does. */
static void give_up(struct tgr_slot *slot, const char *cause) {
  struct tgr_pool *pool = slot->pool;
  char text[TGR_WORKER_CAUSE_MAX + 256];
  snprintf(text, sizeof text,
           "distribute: workers of %s died %d times within %d s; the last one, "
           "worker %d: %s",
           pool->file, TGR_POOL_DEATHS_MAX + 1, TGR_POOL_DEATHS_MS / 1000,
           slot->number, cause);
  pool->failed = true;
  snprintf(pool->cause, sizeof pool->cause, "%s", cause);
  for (int i = 0; i < pool->slot_count; i++)
    tgr_timer_stop(&pool->env.host->loop->timers, &pool->slots[i].restart);
  tgr_ready_put(&pool->env.host->loop->ready, &pool->lose);
  if (pool->owner != NULL)
    pool->owner->failed(pool->owner, text);
}

static void replace(struct tgr_slot *slot, const char *cause) {
  struct tgr_pool *pool = slot->pool;
  struct tgr_timers *timers = &pool->env.host->loop->timers;
  const int deaths = count_deaths(pool, timers->now_us); /* 6 at most */
  slot->deaths++;
  pool->last_dead = slot->number;
  if (pool->failed) {
    tgr_ready_put(&pool->env.host->loop->ready, &pool->lose);
    return;
  }
  if (pool->gives_up && deaths > TGR_POOL_DEATHS_MAX) {
    give_up(slot, cause);
    return;
  }
  tgr_log_write(pool->env.host->log, TGR_LOG_ERROR,
                "worker %d died and is replaced: %s", slot->number, cause);
  tgr_timer_start_ms(timers, &slot->restart,
                     (uint64_t)PAUSE_MS << (deaths - 1));
}

void tgr_supervisor_restart(struct tgr_timer *timer) {
  struct tgr_slot *slot = TGR_CONTAINER_OF(timer, struct tgr_slot, restart);
  if (tgr_pool_start_worker(slot) != TGR_OK)
    replace(slot, "not enough memory or threads to start it");
}

void tgr_supervisor_dying(struct tgr_worker *worker) {
  struct tgr_slot *slot = worker->user;
  const struct tgr_pool *pool = slot->pool;
  if (!pool->closing && !pool->let_go)
    tgr_timer_start_ms(&pool->env.host->loop->timers, &slot->grace, GRACE_MS);
}

/* Its thread runs a finalizer, or whatever else keeps its state from ending. */
void tgr_supervisor_give_up(struct tgr_timer *timer) {
  struct tgr_slot *slot = TGR_CONTAINER_OF(timer, struct tgr_slot, grace);
  struct tgr_pool *pool = slot->pool;
  struct tgr_worker *worker = slot->worker;
  settle(slot);
  tgr_list_append(&pool->ghosts, &worker->link);
  pool->ghost_count++;
  tgr_log_write(pool->env.host->log, TGR_LOG_WARN,
                "worker %d died, but its thread does not end: a finalizer "
                "(__gc) or <close> variable of its script still runs",
                slot->number);
  if (tgr_pool_worker_gone(slot))
    replace(slot, worker->cause);
}

static void bury(struct tgr_pool *pool, struct tgr_worker *ghost) {
  tgr_worker_free(ghost);
  pool->ghost_count--;
}

/* It is about to return, however long the machine takes for that. */
static void join(struct tgr_worker *worker) {
  while (!tgr_thread_wait(&worker->thread, LAST_STEPS_MS))
    continue;
  const bool joined = tgr_worker_join(worker, 0);
  assert(joined && "its thread is over");
  (void)joined;
}

void tgr_supervisor_ended(struct tgr_worker *worker) {
  struct tgr_slot *slot = worker->user;
  join(worker);
  if (slot->worker != worker) {
    tgr_list_remove(&worker->link);
    bury(slot->pool, worker);
    tgr_pool_emptied(slot->pool);
    return;
  }
  settle(slot);
  char cause[TGR_WORKER_CAUSE_MAX];
  memcpy(cause, worker->cause, sizeof cause);
  tgr_worker_free(worker);
  if (tgr_pool_worker_gone(slot))
    replace(slot, cause);
}

/* ---- the end ------------------------------------------------------------- */

static uint64_t left_ms(uint64_t end_us) {
  const uint64_t now_us = tgr_loop_clock_us();
  return end_us > now_us ? (end_us - now_us) / 1000 : 0;
}

/* What it has begun; what it had not was taken back. */
static void tell_abandoned(const struct tgr_slot *slot) {
  const struct tgr_link *head = &slot->flight.head;
  for (struct tgr_link *at = head->next; at != head; at = at->next)
    tgr_log_write(slot->pool->env.host->log, TGR_LOG_WARN,
                  "update %lld was abandoned: worker %d is stuck with it",
                  (long long)tgr_errand_of(at)->task->update_id, slot->number);
}

bool tgr_supervisor_end(struct tgr_slot *slot, uint64_t end_us) {
  struct tgr_worker *worker = slot->worker;
  if (!tgr_thread_wait(&worker->thread, left_ms(end_us)))
    tell_abandoned(slot); /* while its errands are there for sure */
  if (!tgr_worker_join(worker, 0))
    return false;
  settle(slot);
  tgr_worker_free(worker);
  (void)tgr_pool_worker_gone(slot); /* the pool is closing */
  return true;
}

int tgr_supervisor_end_ghosts(struct tgr_pool *pool, uint64_t end_us) {
  int stuck = 0;
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&pool->ghosts)) != NULL) {
    struct tgr_worker *ghost = TGR_CONTAINER_OF(link, struct tgr_worker, link);
    if (tgr_worker_join(ghost, left_ms(end_us)))
      bury(pool, ghost);
    else
      stuck++;
  }
  return stuck;
}

void tgr_supervisor_tell_stuck(const struct tgr_pool *pool, int stuck) {
  const bool is_one = stuck == 1;
  if (stuck == 0)
    return;
  tgr_log_write(pool->env.host->log, TGR_LOG_WARN,
                "%d worker%s of %s %s stuck and %s left behind", stuck,
                is_one ? "" : "s", pool->file, is_one ? "is" : "are",
                is_one ? "is" : "are");
}
