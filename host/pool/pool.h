/* Pool: workers that run one worker file, and who gets which update.
 *
 *   send → line → (feed, a pack at a time) → worker's ring → answered
 *            ↑__________ taken back _________|
 *
 * Each of `count` slots has a worker, or waits for the next one. Errands with a
 * key wait in the line of their key's slot, others in the pool's, until a
 * worker has little to do (line.c, place.c) or it turns out that their own has
 * not moved for long (watch.c). A worker that ends by itself has
 * died: what it had begun is answered as lost, what it had not is in line
 * again. One whose state does not come to its end is replaced all the same; its
 * thread is a ghost until it ends. After more than DEATHS_MAX deaths within
 * DEATHS_MS the pool has failed: nobody is replaced any more, what waits for a
 * worker is lost, and the pool's owner is told.
 *
 * A pool ends in one of two ways. Retired: its workers are told to stop once
 * all is answered, and have until the deadline for what they do beside that;
 * the script lives on meanwhile. Closed: its workers end at once.
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
  struct tgr_list flight;    /* errands it was sent and has not answered */
  size_t load;               /* how many */
  struct tgr_list line;      /* errands that are bound to it */
  struct tgr_timer restart;
  struct tgr_timer grace; /* its worker is dying */
  uint64_t handled;       /* what was answered */
  uint64_t deaths;
  /* Of placement, about the present worker. */
  uint64_t sent;     /* tickets */
  uint64_t fed;      /* when it was given the last one: pool->feeds */
  uint64_t progress; /* what it had done when it was last looked at */
  bool stuck;        /* it was awake then, and had done nothing for a while */
  uint64_t stuck_us; /* since when, in loop time */
  bool stuck_told;   /* once a time that it is stuck */
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
  bool let_go; /* it retires, and its workers have been told to stop */
  bool holds;  /* the script, until its workers are gone or `deadline` */
  struct tgr_timer deadline; /* of a retiring pool */
  bool closing;
  /* When the last deaths were, oldest first. */
  uint64_t deaths_us[TGR_POOL_DEATHS_MAX];
  int death_count;
  struct tgr_list line; /* errands that wait for any worker */
  size_t waiting;       /* how many */
  size_t load;          /* errands in lines and in flight */
  uint64_t order;       /* errands so far */
  uint64_t feeds;       /* packs so far */
  bool keyless_first;   /* lines take turns */
  struct tgr_job feed;
  struct tgr_timer watch;
  unsigned watch_ms;
  unsigned lag_ms;         /* see watch.h */
  struct tgr_list tickets; /* spare ones */
  unsigned cost_ns;        /* of an errand, as any worker last found */
  int last_dead;           /* its number */
  int cores;
  int slot_count;
  int worker_count; /* slots with a worker */
  /* Workers that have died and were replaced before their threads ended. */
  struct tgr_list ghosts;
  int ghost_count; /* also those that were left detached */
  struct tgr_slot slots[];
};

static inline struct tgr_errand *tgr_errand_of(struct tgr_link *link) {
  return TGR_CONTAINER_OF(link, struct tgr_errand, link);
}

void tgr_pools_init(struct tgr_pools *pools, const struct tgr_script_env *env);

/* The main script is freed. Ends all workers; waits up to `patience_ms` for all
 * of them together. False: some are stuck and were left detached; what `env`
 * points to must then stay (their memory is theirs). */
bool tgr_pools_end(struct tgr_pools *pools, uint64_t patience_ms);

#endif
