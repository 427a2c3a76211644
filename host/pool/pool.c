/* Workers that run one worker file: birth, placement, end. What follows from a
 * death is supervisor.c's. */
#include "pool/pool.h"

#include "engine/task.h"
#include "pool/supervisor.h"

#include <assert.h>
#include <string.h>

/* ---- placement ---------------------------------------------------------- */

/* Waking a thread costs more than a cheap handler: so a worker is given up to
 * PACK_NS of work before the next one is considered. Handlers that cost more
 * than that are spread one by one, and so are all while their cost is not
 * known. */
enum { PACK_NS = 100000, PACK_MAX = TGR_PIPE_BATCH };

/* How little a slot is to be preferred, coarsest first. What a worker has not
 * even looked at weighs more than what it has begun: that may only wait. */
struct burden {
  int state; /* 0: it looks after its errands; 1: it does not; 2: no worker */
  size_t untaken; /* both in packs */
  size_t taken;
};

static size_t pack_of(const struct tgr_worker *worker) {
  const unsigned cost_ns =
      atomic_load_explicit(&worker->cost_ns, memory_order_relaxed);
  if (cost_ns == 0 || cost_ns > PACK_NS)
    return 1;
  return PACK_NS / cost_ns < PACK_MAX ? PACK_NS / cost_ns : PACK_MAX;
}

static struct burden burden_of(const struct tgr_slot *slot) {
  if (slot->worker == NULL)
    return (struct burden){.state = 2, .taken = slot->load};
  const struct tgr_pipe *errands = &slot->worker->errands;
  const size_t pack = pack_of(slot->worker);
  const size_t untaken = tgr_pipe_untaken(errands);
  const size_t taken = slot->load > untaken ? slot->load - untaken : 0;
  return (struct burden){.state = tgr_pipe_is_busy(errands) ? 1 : 0,
                         .untaken = untaken / pack,
                         .taken = taken / pack};
}

static bool is_less(const struct burden *a, const struct burden *b) {
  if (a->state != b->state)
    return a->state < b->state;
  return a->untaken != b->untaken ? a->untaken < b->untaken
                                  : a->taken < b->taken;
}

static struct tgr_slot *least_loaded(struct tgr_pool *pool) {
  struct tgr_slot *best = &pool->slots[0];
  struct burden least = burden_of(best);
  for (int i = 1; i < pool->slot_count; i++) {
    const struct burden burden = burden_of(&pool->slots[i]);
    if (!is_less(&burden, &least))
      continue;
    best = &pool->slots[i];
    least = burden;
  }
  return best;
}

/* Stays with one slot for a pack, within a turn of the loop: looking at all of
 * them costs more than a cheap handler, too. */
static struct tgr_slot *place(struct tgr_pool *pool,
                              const struct tgr_errand *errand) {
  if (errand->has_key)
    return &pool->slots[errand->key % (uint64_t)pool->slot_count];
  const uint64_t turn = pool->env.host->loop->turns;
  if (pool->pack_left > 0 && pool->pack_turn == turn &&
      pool->pack_slot->worker != NULL) {
    pool->pack_left--;
    return pool->pack_slot;
  }
  struct tgr_slot *slot = least_loaded(pool);
  pool->pack_slot = slot;
  pool->pack_turn = turn;
  pool->pack_left = slot->worker != NULL ? pack_of(slot->worker) - 1 : 0;
  return slot;
}

/* ---- errands ------------------------------------------------------------ */

static void pool_send(struct tgr_pool *pool, struct tgr_errand *errand) {
  struct tgr_slot *slot = place(pool, errand);
  errand->worker = slot->number;
  atomic_store_explicit(&errand->stage, TGR_ERRAND_SENT, memory_order_relaxed);
  tgr_list_append(&slot->flight, &errand->flight);
  slot->load++;
  if (slot->worker != NULL)
    tgr_pipe_send(&slot->worker->errands, errand);
  else
    tgr_list_append(&slot->line, &errand->link);
}

static bool pool_cancel(struct tgr_pool *pool, struct tgr_errand *errand) {
  unsigned stage = TGR_ERRAND_SENT;
  if (atomic_compare_exchange_strong(&errand->stage, &stage,
                                     TGR_ERRAND_REVOKED) ||
      stage == TGR_ERRAND_REVOKED)
    return false;
  const struct tgr_slot *slot = &pool->slots[errand->worker - 1];
  if (atomic_compare_exchange_strong(&errand->stage, &stage,
                                     TGR_ERRAND_ASKED) &&
      slot->worker != NULL)
    tgr_worker_tell_cancels(slot->worker);
  return true;
}

void tgr_pool_answer(struct tgr_slot *slot, struct tgr_errand *errand) {
  tgr_list_remove(&errand->flight);
  slot->load--;
  errand->answered(errand);
}

static void take_answer(struct tgr_pipe *answers, struct tgr_errand *errand) {
  const struct tgr_worker *worker =
      TGR_CONTAINER_OF(answers, struct tgr_worker, answers);
  tgr_pool_answer(worker->user, errand);
}

/* ---- birth -------------------------------------------------------------- */

enum tgr_status tgr_pool_start_worker(struct tgr_slot *slot) {
  struct tgr_pool *pool = slot->pool;
  const enum tgr_status status =
      tgr_worker_new(&pool->env, slot->number, take_answer,
                     tgr_supervisor_ended, slot, &slot->worker);
  if (status != TGR_OK)
    return status;
  pool->worker_count++;
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&slot->line)) != NULL)
    tgr_pipe_send(&slot->worker->errands,
                  TGR_CONTAINER_OF(link, struct tgr_errand, link));
  return TGR_OK;
}

static void free_pool(struct tgr_pool *pool) {
  const struct tgr_mem *mem = pool->env.host->mem;
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
  pool->slot_count = count;
  for (int i = 0; i < count; i++) {
    struct tgr_slot *slot = &pool->slots[i];
    slot->pool = pool;
    slot->number = i + 1;
    tgr_list_init(&slot->flight);
    tgr_list_init(&slot->line);
    tgr_timer_init(&slot->restart, tgr_supervisor_restart);
  }
}

static void note_cores(struct tgr_pools *pools, int count) {
  const int cores = (int)uv_available_parallelism();
  if (pools->noted_cores || count <= cores)
    return;
  pools->noted_cores = true;
  tgr_log_write(pools->env->log, TGR_LOG_INFO,
                "distribute: %d workers on %d core%s; more workers than cores "
                "help only handlers that block",
                count, cores, cores == 1 ? "" : "s");
}

static enum tgr_status pool_open(struct tgr_distributor *distributor,
                                 struct tgr_script *script,
                                 const struct tgr_pool_config *config,
                                 struct tgr_pool **out,
                                 struct tgr_error *error) {
  struct tgr_pools *pools =
      TGR_CONTAINER_OF(distributor, struct tgr_pools, distributor);
  const struct tgr_mem *mem = pools->env->mem;
  struct tgr_pool *pool = tgr_mem_new0(
      mem, sizeof *pool + sizeof *pool->slots * (size_t)config->count);
  if (pool == NULL)
    return tgr_error_set(error, TGR_ENOMEM, "not enough memory for workers");
  pool->pools = pools;
  pool->script = script;
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
  note_cores(pools, config->count);
  *out = pool;
  return TGR_OK;
}

/* ---- end ---------------------------------------------------------------- */

/* Nobody will run them any more. */
static void drop_line(struct tgr_slot *slot) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&slot->line)) != NULL) {
    struct tgr_errand *errand = TGR_CONTAINER_OF(link, struct tgr_errand, link);
    errand->end = TGR_ERRAND_CANCELED;
    tgr_pool_answer(slot, errand);
  }
}

void tgr_pool_worker_gone(struct tgr_slot *slot) {
  struct tgr_pool *pool = slot->pool;
  slot->worker = NULL;
  pool->worker_count--;
  if (!pool->closing)
    return;
  drop_line(slot);
  if (pool->worker_count == 0)
    free_pool(pool);
}

static void pool_close(struct tgr_pool *pool) {
  pool->script = NULL;
  pool->closing = true;
  for (int i = 0; i < pool->slot_count; i++) {
    struct tgr_slot *slot = &pool->slots[i];
    tgr_timer_stop(&pool->env.host->loop->timers, &slot->restart);
    if (slot->worker != NULL)
      tgr_worker_quit(slot->worker);
    else
      drop_line(slot);
  }
  if (pool->worker_count == 0)
    free_pool(pool);
}

void tgr_pools_init(struct tgr_pools *pools, const struct tgr_script_env *env) {
  *pools = (struct tgr_pools){.distributor = {.open = pool_open,
                                              .send = pool_send,
                                              .cancel = pool_cancel,
                                              .close = pool_close},
                              .env = env};
  tgr_list_init(&pools->pools);
}

bool tgr_pools_end(struct tgr_pools *pools, uint64_t patience_ms) {
  const uint64_t end_us = tgr_loop_clock_us() + patience_ms * 1000;
  bool all_gone = true;
  struct tgr_link *link = pools->pools.head.next;
  while (link != &pools->pools.head) {
    struct tgr_pool *pool = TGR_CONTAINER_OF(link, struct tgr_pool, link);
    link = link->next; /* the pool may be gone with its last worker */
    assert(pool->closing);
    const int count = pool->slot_count;
    int stuck = 0;
    for (int i = 0; i < count && pool->worker_count > stuck; i++) {
      if (pool->slots[i].worker == NULL)
        continue;
      const uint64_t now_us = tgr_loop_clock_us();
      const uint64_t left_ms = end_us > now_us ? (end_us - now_us) / 1000 : 0;
      const bool is_last = pool->worker_count == 1;
      if (!tgr_supervisor_end(&pool->slots[i], left_ms))
        stuck++;
      else if (is_last)
        break;
    }
    if (stuck > 0)
      tgr_log_write(pools->env->log, TGR_LOG_WARN,
                    "%d worker%s of %s %s stuck outside of Lua and %s left "
                    "behind",
                    stuck, stuck == 1 ? "" : "s", pool->file,
                    stuck == 1 ? "is" : "are", stuck == 1 ? "is" : "are");
    all_gone = all_gone && stuck == 0;
  }
  return all_gone;
}
