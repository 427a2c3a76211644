/* Workers that run one worker file: birth, placement, end. What follows from a
 * death is supervisor.c's. */
#include "pool/pool.h"

#include "pool/line.h"
#include "pool/stats.h"
#include "pool/supervisor.h"
#include "pool/watch.h"

#include <assert.h>
#include <string.h>

/* ---- retirement --------------------------------------------------------- */

static void let_go(struct tgr_slot *slot) {
  const struct tgr_timers *timers = &slot->pool->env.host->loop->timers;
  const struct tgr_timer *deadline = &slot->pool->deadline;
  if (slot->worker == NULL)
    return;
  const bool in_time = tgr_timer_active(deadline) && //
                       deadline->due_us > timers->now_us;
  tgr_worker_retire(slot->worker,
                    in_time ? (deadline->due_us - timers->now_us) / 1000 : 0);
  if (!in_time)
    tgr_worker_hurry(slot->worker);
}

/* A retiring pool that has nothing left to answer tells its workers to stop,
 * once. Without workers it may be gone soon. */
static void let_all_go(struct tgr_pool *pool) {
  if (!pool->retiring || pool->closing || pool->load > 0 || pool->let_go)
    return;
  pool->let_go = true;
  for (int i = 0; i < pool->slot_count; i++) {
    tgr_timer_stop(&pool->env.host->loop->timers, &pool->slots[i].restart);
    let_go(&pool->slots[i]);
  }
  if (pool->worker_count == 0)
    tgr_ready_put(&pool->env.host->loop->ready, &pool->lose);
}

/* The script need not wait for the pool any longer. */
static void release_script(struct tgr_pool *pool) {
  if (!pool->holds)
    return;
  pool->holds = false;
  pool->script->guests--;
  tgr_script_check_idle(pool->script);
}

/* Workers know their deadline, but one that never waits does not notice. */
static void on_deadline(struct tgr_timer *timer) {
  struct tgr_pool *pool = TGR_CONTAINER_OF(timer, struct tgr_pool, deadline);
  for (int i = 0; i < pool->slot_count && pool->let_go; i++)
    if (pool->slots[i].worker != NULL)
      tgr_worker_hurry(pool->slots[i].worker);
  release_script(pool);
}

static void pool_retire(struct tgr_pool *pool, uint64_t deadline_ms) {
  if (pool->retiring || pool->closing)
    return;
  struct tgr_timers *timers = &pool->env.host->loop->timers;
  pool->retiring = true;
  tgr_timer_start_ms(timers, &pool->deadline, deadline_ms);
  if (deadline_ms > 0 && pool->worker_count > 0) {
    pool->holds = true;
    pool->script->guests++;
  }
  let_all_go(pool);
}

/* ---- errands ------------------------------------------------------------ */

static enum tgr_status pool_send(struct tgr_pool *pool,
                                 struct tgr_errand *errand) {
  const enum tgr_status status = tgr_line_put(pool, errand);
  if (status == TGR_OK && pool->failed)
    tgr_ready_put(&pool->env.host->loop->ready, &pool->lose);
  return status;
}

static bool pool_cancel(struct tgr_pool *pool, struct tgr_errand *errand) {
  if (tgr_line_revoke(pool, errand)) {
    let_all_go(pool);
    return false;
  }
  unsigned stage = TGR_TICKET_BEGUN;
  const struct tgr_slot *slot = &pool->slots[errand->worker - 1];
  if (atomic_compare_exchange_strong(&errand->ticket->stage, &stage,
                                     TGR_TICKET_ASKED) &&
      slot->worker != NULL)
    tgr_worker_tell_cancels(slot->worker);
  return true;
}

void tgr_pool_answer(struct tgr_pool *pool, struct tgr_errand *errand,
                     int number) {
  tgr_line_remove(pool, errand);
  if (number > 0)
    pool->slots[number - 1].handled++;
  errand->worker = number;
  errand->answered(errand);
  let_all_go(pool);
}

void tgr_pool_take(struct tgr_slot *slot, struct tgr_ticket *ticket) {
  struct tgr_pool *pool = slot->pool;
  if (atomic_load(&ticket->stage) == TGR_TICKET_REVOKED)
    tgr_line_spare(pool, ticket);
  else
    tgr_pool_answer(pool, ticket->errand, slot->number);
}

/* ---- what workers say --------------------------------------------------- */

static void on_answer(struct tgr_pipe *answers, struct tgr_ticket *ticket) {
  const struct tgr_worker *worker =
      TGR_CONTAINER_OF(answers, struct tgr_worker, answers);
  tgr_pool_take(worker->user, ticket);
}

static void on_room(struct tgr_pipe *errands) {
  const struct tgr_worker *worker =
      TGR_CONTAINER_OF(errands, struct tgr_worker, errands);
  const struct tgr_slot *slot = worker->user;
  tgr_line_feed(slot->pool);
}

static void on_up(struct tgr_worker *worker) {
  const struct tgr_slot *slot = worker->user;
  tgr_line_feed(slot->pool);
}

/* ---- birth -------------------------------------------------------------- */

enum tgr_status tgr_pool_start_worker(struct tgr_slot *slot) {
  static const struct tgr_worker_calls calls = {.up = on_up,
                                                .room = on_room,
                                                .take = on_answer,
                                                .dying = tgr_supervisor_dying,
                                                .ended = tgr_supervisor_ended};
  struct tgr_pool *pool = slot->pool;
  const enum tgr_status status =
      tgr_worker_new(&pool->env, slot->number, &calls, slot, &slot->worker);
  if (status != TGR_OK)
    return status;
  pool->worker_count++;
  slot->sent = slot->progress = 0;
  slot->stuck = slot->stuck_told = false;
  return TGR_OK;
}

static void free_pool(struct tgr_pool *pool) {
  const struct tgr_mem *mem = pool->env.host->mem;
  struct tgr_loop *loop = pool->env.host->loop;
  tgr_timer_stop(&loop->timers, &pool->deadline);
  tgr_ready_drop(&pool->lose);
  tgr_watch_stop(pool);
  tgr_line_deinit(pool);
  tgr_list_remove(&pool->link);
  tgr_mem_free(mem, pool->file);
  tgr_mem_free(mem, pool->script_dir);
  tgr_mem_free(mem, pool->text);
  tgr_mem_free(mem, pool->settings);
  tgr_mem_free(mem, pool);
}

static bool copy(const struct tgr_mem *mem, const char *bytes, size_t len,
                 char **out) {
  *out = tgr_mem_dup(mem, bytes, len);
  return *out != NULL;
}

static bool copy_config(struct tgr_pool *pool,
                        const struct tgr_pool_config *config) {
  const struct tgr_mem *mem = pool->env.host->mem;
  const char *slash = strrchr(config->file, '/');
  const char *dir = slash == NULL           ? "."
                    : slash == config->file ? "/"
                                            : config->file;
  const size_t dir_len =
      dir == config->file ? (size_t)(slash - config->file) : 1;
  if (!copy(mem, config->file, strlen(config->file), &pool->file) ||
      !copy(mem, dir, dir_len, &pool->script_dir) ||
      !copy(mem, config->text, config->text_len, &pool->text) ||
      !copy(mem, config->settings, strlen(config->settings), &pool->settings))
    return false;
  pool->env.file = pool->file;
  pool->env.script_dir = pool->script_dir;
  pool->env.text = pool->text;
  pool->env.text_len = config->text_len;
  pool->env.settings = pool->settings;
  pool->env.memory_limit = config->memory_limit;
  return true;
}

static void init_slots(struct tgr_pool *pool, int count) {
  pool->cores = (int)uv_available_parallelism();
  pool->slot_count = count;
  for (int i = 0; i < count; i++) {
    struct tgr_slot *slot = &pool->slots[i];
    slot->pool = pool;
    slot->number = i + 1;
    tgr_timer_init(&slot->restart, tgr_supervisor_restart);
    tgr_timer_init(&slot->grace, tgr_supervisor_give_up);
  }
  tgr_list_init(&pool->ghosts);
  tgr_line_init(pool);
  tgr_watch_init(pool);
}

static void note_cores(struct tgr_pools *pools, int count, int cores) {
  if (pools->noted_cores || count <= cores)
    return;
  pools->noted_cores = true;
  tgr_log_write(pools->env->log, TGR_LOG_INFO,
                "distribute: %d workers on %d core%s; more workers than cores "
                "help only handlers that block",
                count, cores, cores == 1 ? "" : "s");
}

static enum tgr_status
pool_open(struct tgr_distributor *distributor, struct tgr_script *script,
          const struct tgr_pool_config *config, struct tgr_pool_owner *owner,
          struct tgr_pool **out, struct tgr_error *error) {
  struct tgr_pools *pools =
      TGR_CONTAINER_OF(distributor, struct tgr_pools, distributor);
  const struct tgr_mem *mem = pools->env->mem;
  struct tgr_pool *pool = tgr_mem_new0(
      mem, sizeof *pool + sizeof *pool->slots * (size_t)config->count);
  if (pool == NULL)
    return tgr_error_set(error, TGR_ENOMEM, "not enough memory for workers");
  pool->pools = pools;
  pool->script = script;
  pool->owner = owner;
  tgr_job_init(&pool->lose, tgr_supervisor_lose);
  tgr_timer_init(&pool->deadline, on_deadline);
  pool->env.host = pools->env;
  pool->gives_up = config->gives_up;
  tgr_list_append(&pools->pools, &pool->link);
  init_slots(pool, config->count);
  enum tgr_status status = copy_config(pool, config) ? TGR_OK : TGR_ENOMEM;
  for (int i = 0; i < config->count && status == TGR_OK; i++)
    status = tgr_pool_start_worker(&pool->slots[i]);
  if (status != TGR_OK) {
    distributor->close(pool);
    return tgr_error_set(error, status,
                         "cannot start %d workers: not enough memory or "
                         "threads",
                         config->count);
  }
  note_cores(pools, config->count, pool->cores);
  *out = pool;
  return TGR_OK;
}

/* ---- end ---------------------------------------------------------------- */

/* Nobody will run them any more. */
static void drop_line(struct tgr_pool *pool, struct tgr_list *line) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_first(line)) != NULL) {
    struct tgr_errand *errand = tgr_errand_of(link);
    errand->end = TGR_ERRAND_CANCELED;
    tgr_pool_answer(pool, errand, 0);
  }
}

static void drop_lines(struct tgr_pool *pool) {
  drop_line(pool, &pool->line);
  for (int i = 0; i < pool->slot_count; i++)
    drop_line(pool, &pool->slots[i].line);
}

/* Takes back what its worker has not begun: a stuck one would keep it. */
static void drop_flight(struct tgr_slot *slot) {
  struct tgr_link *link = slot->flight.head.next;
  while (link != &slot->flight.head) {
    struct tgr_errand *errand = tgr_errand_of(link);
    link = link->next;
    if (!tgr_line_revoke(slot->pool, errand))
      continue;
    errand->end = TGR_ERRAND_CANCELED;
    errand->answered(errand);
  }
}

static bool is_idle(const struct tgr_pool *pool) {
  return pool->load == 0 && pool->worker_count == 0;
}

/* A ghost still uses what the pool owns. */
static bool is_unused(const struct tgr_pool *pool) {
  return is_idle(pool) && pool->ghost_count == 0;
}

/* May free a pool that nobody owns any more. */
static void end_if_idle(struct tgr_pool *pool) {
  if (is_idle(pool) && !pool->closing)
    release_script(pool);
  if (is_unused(pool) && pool->owner == NULL)
    free_pool(pool);
}

bool tgr_pool_worker_gone(struct tgr_slot *slot) {
  struct tgr_pool *pool = slot->pool;
  slot->worker = NULL;
  tgr_timer_stop(&pool->env.host->loop->timers, &slot->grace);
  pool->worker_count--;
  if (pool->closing)
    drop_lines(pool);
  else if (!pool->let_go)
    return true;
  end_if_idle(pool);
  return false;
}

void tgr_pool_emptied(struct tgr_pool *pool) {
  if (pool->retiring || pool->closing)
    end_if_idle(pool);
}

/* Its workers end at once. */
static void close_now(struct tgr_pool *pool) {
  struct tgr_timers *timers = &pool->env.host->loop->timers;
  pool->closing = true;
  tgr_timer_stop(timers, &pool->deadline);
  for (int i = 0; i < pool->slot_count; i++) {
    struct tgr_slot *slot = &pool->slots[i];
    tgr_timer_stop(timers, &slot->restart);
    tgr_timer_stop(timers, &slot->grace);
    drop_flight(slot);
    if (slot->worker != NULL)
      tgr_worker_quit(slot->worker);
  }
  drop_lines(pool);
}

/* A pool that retires does so without its owner, unless the script ends. */
static void pool_close(struct tgr_pool *pool) {
  pool->owner = NULL;
  if (!pool->retiring || pool->script->ended)
    close_now(pool);
  if (is_unused(pool))
    free_pool(pool);
}

void tgr_pools_init(struct tgr_pools *pools, const struct tgr_script_env *env) {
  *pools = (struct tgr_pools){.distributor = {.open = pool_open,
                                              .send = pool_send,
                                              .cancel = pool_cancel,
                                              .retire = pool_retire,
                                              .stats = tgr_pool_stats,
                                              .close = pool_close},
                              .env = env};
  tgr_list_init(&pools->pools);
}

/* Returns how many workers are left behind; if none, the pool is gone. */
static int end_pool(struct tgr_pool *pool, uint64_t end_us) {
  const int count = pool->slot_count;
  if (!pool->closing)
    close_now(pool);
  int stuck = tgr_supervisor_end_ghosts(pool, end_us);
  if (is_unused(pool)) {
    free_pool(pool);
    return 0;
  }
  for (int i = 0; i < count; i++) {
    if (pool->slots[i].worker == NULL)
      continue;
    const bool is_last = pool->worker_count == 1 && stuck == 0;
    if (!tgr_supervisor_end(&pool->slots[i], end_us))
      stuck++;
    else if (is_last)
      return 0;
  }
  tgr_supervisor_tell_stuck(pool, stuck);
  return stuck;
}

bool tgr_pools_end(struct tgr_pools *pools, uint64_t patience_ms) {
  const uint64_t end_us = tgr_loop_clock_us() + patience_ms * 1000;
  int stuck = 0;
  struct tgr_link *link = pools->pools.head.next;
  while (link != &pools->pools.head) {
    struct tgr_pool *pool = TGR_CONTAINER_OF(link, struct tgr_pool, link);
    link = link->next; /* the pool may be gone with its last worker */
    assert(pool->owner == NULL && "the script is gone");
    stuck += end_pool(pool, end_us);
  }
  return stuck == 0;
}
