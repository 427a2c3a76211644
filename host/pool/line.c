/* Errands that wait until a worker has little to do. */
#include "pool/line.h"

#include "engine/task.h"
#include "pool/place.h"
#include "pool/watch.h"

/* ---- tickets ------------------------------------------------------------ */

static struct tgr_ticket *new_ticket(struct tgr_pool *pool) {
  struct tgr_link *link = tgr_list_take(&pool->tickets);
  if (link != NULL)
    return TGR_CONTAINER_OF(link, struct tgr_ticket, link);
  struct tgr_ticket *ticket = tgr_mem_new(pool->env.host->mem, sizeof *ticket);
  if (ticket != NULL)
    tgr_link_init(&ticket->link);
  return ticket;
}

void tgr_line_spare(struct tgr_pool *pool, struct tgr_ticket *ticket) {
  struct tgr_link *head = &pool->tickets.head;
  ticket->link = (struct tgr_link){.prev = head, .next = head->next};
  head->next->prev = &ticket->link; /* in front: its bytes are in the cache */
  head->next = &ticket->link;
}

/* ---- in and out --------------------------------------------------------- */

/* The slot of its key. */
static struct tgr_slot *home_of(struct tgr_pool *pool,
                                const struct tgr_errand *errand) {
  return &pool->slots[errand->key % (uint64_t)pool->slot_count];
}

static struct tgr_list *line_of(struct tgr_pool *pool,
                                const struct tgr_errand *errand) {
  return errand->bound ? &home_of(pool, errand)->line : &pool->line;
}

enum tgr_status tgr_line_put(struct tgr_pool *pool, struct tgr_errand *errand) {
  errand->ticket = new_ticket(pool);
  if (errand->ticket == NULL)
    return TGR_ENOMEM;
  errand->order = ++pool->order;
  errand->worker = 0;
  errand->bound = errand->has_key && !tgr_watch_lags(home_of(pool, errand));
  pool->load++;
  pool->waiting += !errand->bound;
  tgr_list_append(line_of(pool, errand), &errand->link);
  tgr_line_feed(pool);
  return TGR_OK;
}

/* Lines are in order of arrival; what comes back is among the oldest. */
void tgr_line_put_back(struct tgr_pool *pool, struct tgr_errand *errand) {
  struct tgr_list *line = line_of(pool, errand);
  struct tgr_link *next = line->head.next;
  while (next != &line->head && tgr_errand_of(next)->order < errand->order)
    next = next->next;
  errand->worker = 0;
  pool->waiting += !errand->bound;
  errand->link = (struct tgr_link){.prev = next->prev, .next = next};
  next->prev->next = &errand->link;
  next->prev = &errand->link;
  tgr_line_feed(pool);
}

/* Out of its slot's flight; the ticket is not its own any more. */
static void leave_flight(struct tgr_pool *pool, struct tgr_errand *errand) {
  tgr_list_remove(&errand->link);
  pool->slots[errand->worker - 1].load--;
}

void tgr_line_remove(struct tgr_pool *pool, struct tgr_errand *errand) {
  if (errand->worker != 0) {
    leave_flight(pool, errand);
  } else {
    pool->waiting -= !errand->bound;
    tgr_list_remove(&errand->link);
  }
  if (errand->ticket != NULL)
    tgr_line_spare(pool, errand->ticket);
  errand->ticket = NULL;
  if (--pool->load == 0)
    tgr_watch_stop(pool);
}

/* From here on the ticket is its worker's: it comes back without an errand. */
static bool revoke_ticket(struct tgr_errand *errand) {
  unsigned stage = TGR_TICKET_SENT;
  struct tgr_ticket *ticket = errand->ticket;
  return atomic_compare_exchange_strong(&ticket->stage, &stage,
                                        TGR_TICKET_REVOKED);
}

bool tgr_line_revoke(struct tgr_pool *pool, struct tgr_errand *errand) {
  if (errand->worker != 0) {
    if (!revoke_ticket(errand))
      return false;
    errand->ticket = NULL;
  }
  tgr_line_remove(pool, errand);
  return true;
}

bool tgr_line_take_back(struct tgr_pool *pool, struct tgr_errand *errand) {
  if (atomic_load(&errand->ticket->stage) != TGR_TICKET_SENT)
    return true;
  struct tgr_ticket *fresh = new_ticket(pool);
  if (fresh == NULL)
    return false;
  if (!revoke_ticket(errand)) {
    tgr_line_spare(pool, fresh);
    return true;
  }
  leave_flight(pool, errand);
  errand->ticket = fresh;
  errand->bound = false;
  tgr_line_put_back(pool, errand);
  return true;
}

void tgr_line_unbind(struct tgr_slot *slot) {
  struct tgr_link *link = slot->line.head.prev;
  while (link != &slot->line.head) { /* newest first: each is put in front */
    struct tgr_errand *errand = tgr_errand_of(link);
    link = link->prev;
    tgr_list_remove(&errand->link);
    errand->bound = false;
    tgr_line_put_back(slot->pool, errand);
  }
}

/* ---- feeding ------------------------------------------------------------ */

/* Moves up to `pack` from the front of `line` to the slot's worker; returns how
 * many. */
static size_t give(struct tgr_slot *slot, struct tgr_list *line, size_t pack) {
  struct tgr_pool *pool = slot->pool;
  struct tgr_ticket *tickets[TGR_PIPE_CAPACITY];
  size_t count = 0;
  struct tgr_link *link = NULL;
  while (count < pack && (link = tgr_list_take(line)) != NULL) {
    struct tgr_errand *errand = tgr_errand_of(link);
    struct tgr_ticket *ticket = errand->ticket;
    ticket->errand = errand;
    ticket->cpu_budget_ms = errand->cpu_budget_ms;
    ticket->attempt = errand->task->attempt;
    ticket->redelivered = errand->task->redelivered;
    atomic_store_explicit(&ticket->stage, TGR_TICKET_SENT,
                          memory_order_relaxed);
    errand->worker = slot->number;
    tgr_list_append(&slot->flight, link);
    tickets[count++] = ticket;
  }
  slot->load += count;
  slot->sent += count;
  slot->fed = ++pool->feeds;
  tgr_pipe_push(&slot->worker->errands, tickets, count);
  return count;
}

static void feed_keyless(struct tgr_pool *pool) {
  while (!tgr_list_empty(&pool->line)) {
    struct tgr_slot *slot = tgr_place(pool);
    if (slot == NULL)
      return;
    const size_t sharers = 2 * (size_t)pool->cores;
    pool->waiting -=
        give(slot, &pool->line, tgr_place_pack(slot, pool->waiting, sharers));
  }
}

static void feed_keyed(struct tgr_pool *pool) {
  for (int i = 0; i < pool->slot_count; i++) {
    struct tgr_slot *slot = &pool->slots[i];
    if (!tgr_list_empty(&slot->line) && tgr_place_has_room(slot))
      give(slot, &slot->line, tgr_place_pack(slot, TGR_PIPE_CAPACITY, 1));
  }
}

/* Whether something waits that the slot, which has room, would be given: it has
 * taken its pack since it was looked at. */
static bool is_wanted(const struct tgr_slot *slot) {
  return !tgr_list_empty(&slot->line) ||
         (!tgr_list_empty(&slot->pool->line) && tgr_place_is_awake(slot) &&
          !tgr_place_is_stuck(slot));
}

/* Whoever has not taken its pack says when it has, if somebody waits. True:
 * somebody has room already. */
static bool ask_for_room(struct tgr_pool *pool) {
  bool has_room = false;
  for (int i = 0; i < pool->slot_count; i++) {
    struct tgr_slot *slot = &pool->slots[i];
    if (!tgr_place_is_up(slot) ||
        (tgr_list_empty(&pool->line) && tgr_list_empty(&slot->line)))
      continue;
    if (tgr_place_has_room(slot))
      has_room = is_wanted(slot) || has_room;
    else
      has_room = !tgr_pipe_ask_room(&slot->worker->errands) || has_room;
  }
  return has_room;
}

static void run_feed(struct tgr_job *job) {
  struct tgr_pool *pool = TGR_CONTAINER_OF(job, struct tgr_pool, feed);
  if (pool->closing || pool->load == 0)
    return;
  pool->keyless_first = !pool->keyless_first;
  if (pool->keyless_first)
    feed_keyless(pool);
  feed_keyed(pool);
  feed_keyless(pool);
  if (ask_for_room(pool))
    tgr_line_feed(pool);
  tgr_watch_start(pool);
}

void tgr_line_feed(struct tgr_pool *pool) {
  tgr_ready_put(&pool->env.host->loop->ready, &pool->feed);
}

/* ---- birth and death ---------------------------------------------------- */

void tgr_line_init(struct tgr_pool *pool) {
  tgr_list_init(&pool->line);
  tgr_list_init(&pool->tickets);
  tgr_job_init(&pool->feed, run_feed);
  for (int i = 0; i < pool->slot_count; i++) {
    tgr_list_init(&pool->slots[i].flight);
    tgr_list_init(&pool->slots[i].line);
  }
}

void tgr_line_deinit(struct tgr_pool *pool) {
  tgr_ready_drop(&pool->feed);
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&pool->tickets)) != NULL)
    tgr_mem_free(pool->env.host->mem,
                 TGR_CONTAINER_OF(link, struct tgr_ticket, link));
}
