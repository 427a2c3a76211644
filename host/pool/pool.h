/* Pool: workers that run one worker file, and who gets which update.
 *
 *   send → slot (by key, or the least loaded) → worker → answered
 *
 * Each of `count` slots has a worker, or waits for the next one. A worker that
 * ends by itself has died: what it had begun is answered as lost, what it had
 * not waits in the slot for its successor. After more than DEATHS_MAX deaths
 * within DEATHS_MS the pool has failed: nobody is replaced any more, what waits
 * for a worker is lost, and the pool's owner is told.
 *
 * A pool ends in one of two ways. Retired: each worker is told to stop once it
 * has answered what it has, and has until the deadline for what it does beside
 * that; the script lives on meanwhile. Closed: its workers end at once.
 *
 * Owner: the thread of the script that opened it.
 * In:    struct tgr_distributor (script/distribute.h).
 * Not here: what a worker does (worker.c), how errands travel (pipe.c). */
#ifndef TGR_POOL_POOL_H
#define TGR_POOL_POOL_H

#include "base/list.h"
#include "loop/timers.h"
#include "pool/worker.h"
#include "script/distribute.h"

enum { TGR_POOL_DEATHS_MAX = 5, TGR_POOL_DEATHS_MS = 60000 };

/* The pools of one host. */
struct tgr_pools {
  struct tgr_distributor distributor; /* for the main script's env */
  const struct tgr_script_env *env;   /* the main script's; borrowed */
  struct tgr_list pools;
  bool noted_cores;
};

struct tgr_slot {
  struct tgr_pool *pool;
  int number;
  struct tgr_worker *worker; /* NULL until it is replaced */
  struct tgr_list flight;    /* what is not answered, in order */
  size_t load;               /* how many */
  struct tgr_list line;      /* of them, those that wait for a worker */
  struct tgr_timer restart;
  uint64_t handled; /* what was answered */
  uint64_t deaths;
};

struct tgr_pool {
  struct tgr_link link; /* among the host's */
  struct tgr_pools *pools;
  struct tgr_script *script;
  struct tgr_pool_owner *owner; /* NULL when it has let go of the pool */
  struct tgr_worker_env env;
  char *file;
  char *script_dir;
  char *text;
  char *settings;
  bool gives_up; /* after too many deaths */
  bool failed;
  char cause[TGR_WORKER_CAUSE_MAX]; /* of the last death, when it has failed */
  struct tgr_job lose; /* what waits for a worker of a pool that has failed */
  bool retiring;
  bool holds; /* the script, until its workers are gone or `deadline` */
  struct tgr_timer deadline; /* of a retiring pool */
  bool closing;
  /* When the last deaths were, oldest first. */
  uint64_t deaths_us[TGR_POOL_DEATHS_MAX];
  int death_count;
  /* Of placement: who gets the rest of the present pack. */
  struct tgr_slot *pack_slot;
  size_t pack_left;
  uint64_t pack_turn;
  int cores;
  int slot_count;
  int worker_count; /* slots with a worker */
  struct tgr_slot slots[];
};

void tgr_pools_init(struct tgr_pools *pools, const struct tgr_script_env *env);

/* The main script is freed. Ends all workers; waits up to `patience_ms` for all
 * of them together. False: some are stuck and were left detached; what `env`
 * points to must then stay (their memory is theirs). */
bool tgr_pools_end(struct tgr_pools *pools, uint64_t patience_ms);

#endif
