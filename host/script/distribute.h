/* Distribute: a script's updates that are run by scripts on other threads.
 *
 * host.pool{ file, text, settings, count, memory_limit, gives_up, failed }
 * -> Pool. pool:run(raw, key?, delivery?) suspends its fiber until a worker has
 * ended the update: true, or false, message, traceback, worker number; nil when
 * the pool is retired. pool:retire(deadline_ms): its workers stop. pool:stats()
 * -> list of { number, running, waiting, stuck, handled, deaths, memory_bytes,
 * wakeups }.
 * failed(text): too many workers died; true when somebody has been told, else
 * the script ends.
 *
 * What is to be done is an errand: it holds the task, whose bytes the worker
 * reads where they lie, and carries the answer back. It is the script's until
 * it is sent, then the pool's, and the script's again when `answered` is called
 * or a cancel has taken it back; a fiber that goes away meanwhile leaves it to
 * free itself then.
 *
 * What travels is a ticket: one pointer to the errand, which the worker takes
 * by an exchange when it begins with it. Until then the pool may take the
 * errand back by the same exchange, and send it with another ticket to another
 * worker; the first ticket is worth nothing then, and comes back when its
 * worker gets to it.
 *
 * The threads are not here: pool/ is to the right of script/, so the host hands
 * a script its distributor (env.distributor), and this file talks to that. */
#ifndef TGR_SCRIPT_DISTRIBUTE_H
#define TGR_SCRIPT_DISTRIBUTE_H

#include "base/list.h"
#include "base/status.h"

#include <lua.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct tgr_script;
struct tgr_share;
struct tgr_task;
struct tgr_pool;

/* How far a ticket is; each step is one exchange, so that only one side wins
 * it. */
enum tgr_ticket_stage {
  TGR_TICKET_SENT,   /* no script has seen its errand yet */
  TGR_TICKET_BEGUN,  /* the worker runs it */
  TGR_TICKET_ASKED,  /* the worker runs it and shall cancel it */
  TGR_TICKET_REVOKED /* worth nothing: it is not run */
};

struct tgr_errand;

struct tgr_ticket {
  struct tgr_link link; /* the list of the thread that has it */
  struct tgr_errand *errand;
  _Atomic unsigned stage; /* enum tgr_ticket_stage */
  unsigned cpu_budget_ms; /* of one resume in the worker; 0 for none */
  /* The task's when the ticket was handed over: its keeper may change them
   * while something in the worker still looks. */
  uint32_t attempt;
  bool redelivered;
  void *fiber; /* the worker's own, while it runs */
  bool is_met; /* the worker's own: it has come to it */
};

enum tgr_errand_end {
  TGR_ERRAND_DONE,
  TGR_ERRAND_FAILED,   /* `text`: what was raised, a NUL, its traceback */
  TGR_ERRAND_CANCELED, /* nothing to tell */
  TGR_ERRAND_LOST      /* its worker died: `text` says of what */
};

struct tgr_errand {
  struct tgr_link link;      /* the pool's: its line, or what was sent */
  struct tgr_ticket *ticket; /* the pool's */
  uint64_t order;            /* the pool's: of arrival */
  int worker;                /* the pool's: its number, from 1; 0 in line */
  struct tgr_task *task;     /* one hold */
  struct tgr_share *share;   /* one hold, of a task that is kept; else NULL */
  unsigned cpu_budget_ms;    /* of one resume in the worker; 0 for none */
  bool has_key;              /* the same key meets the same worker */
  bool bound;                /* the pool's: it waits for that worker alone */
  uint64_t key;              /* a hash */
  enum tgr_errand_end end;
  char *text; /* of the host's allocator; NULL when there was no memory */
  /* On the thread that sent it, once. The errand is the sender's again. */
  void (*answered)(struct tgr_errand *errand);
};

/* What a pool is made of; copied. */
struct tgr_pool_config {
  const char *file; /* the worker file's path, for messages and package.path */
  const char *text; /* what it holds */
  size_t text_len;
  const char *settings; /* JSON: what a tg.BotWorker inherits */
  int count;            /* workers, at least 1 */
  size_t memory_limit;  /* bytes a worker's state may hold; 0 for no limit */
  bool gives_up;        /* fails when workers die again and again */
};

/* Who opened a pool. */
struct tgr_pool_owner {
  /* Too many workers died: the pool has failed. */
  void (*failed)(struct tgr_pool_owner *owner, const char *text);
};

struct tgr_worker_stats {
  size_t running; /* what it was given and has not answered */
  size_t waiting; /* what waits for this worker alone */
  bool stuck;     /* it has not moved for long */
  uint64_t handled;
  uint64_t deaths;
  uint64_t memory_bytes; /* of its state */
  uint64_t wakeups;
};

/* What a host gives its main script. All calls are the script's thread's. */
struct tgr_distributor {
  /* Starts the workers. `owner` is there until close. TGR_ENOMEM, TGR_ELIMIT
   * with one line. */
  enum tgr_status (*open)(struct tgr_distributor *distributor,
                          struct tgr_script *script,
                          const struct tgr_pool_config *config,
                          struct tgr_pool_owner *owner, struct tgr_pool **out,
                          struct tgr_error *error);
  /* Takes the errand, and never waits: what no worker has room for stays in
   * line. TGR_ENOMEM: it is still the sender's. */
  enum tgr_status (*send)(struct tgr_pool *pool, struct tgr_errand *errand);
  /* Cancels an errand that was sent and is not answered. True: its worker has
   * begun with it; it was asked to end it, and the answer comes later. False:
   * it will not be run; the errand is the sender's again, there is no answer.
   */
  bool (*cancel)(struct tgr_pool *pool, struct tgr_errand *errand);
  /* Nothing is sent any more: each worker stops once it has answered what it
   * has, and may end what else it does for `deadline_ms`. */
  void (*retire)(struct tgr_pool *pool, uint64_t deadline_ms);
  /* Of worker `number`, from 1. */
  void (*stats)(const struct tgr_pool *pool, int number,
                struct tgr_worker_stats *out);
  /* The script lets go of the pool; its workers end, those of a retiring pool
   * by their deadline. */
  void (*close)(struct tgr_pool *pool);
};

void tgr_distribute_open(lua_State *L, struct tgr_script *script);

#endif
