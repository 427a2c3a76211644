/* Worker: a script that is fed updates by another thread, the other end of
 * distribute.h.
 *
 * Its main chunk runs once and makes one tg.BotWorker. Then each ticket gets a
 * fiber: prepare(raw) makes the bot's ctx, consume(ctx) runs its middleware,
 * and failed(ctx, error, traceback), when that raises, returns true if the
 * script has seen to the error, or false, message, traceback.
 *
 * The task belongs to another thread's sink; only its bytes and ids, which
 * never change, are read here.
 *
 * Lua side: host.worker() -> { number, settings } or nil in a main state;
 * host.worker_bot(prepare, consume, failed).
 * Owner: the thread of the script's loop. */
#ifndef TGR_SCRIPT_WORKER_H
#define TGR_SCRIPT_WORKER_H

#include "base/list.h"
#include "script/distribute.h"
#include "script/guard.h"

#include <lua.h>
#include <stdatomic.h>

struct tgr_script;
struct tgr_share;
struct tgr_task;

/* Embedded by whoever runs the script (pool/worker.c), who sets what is above
 * the line; it is in the script's env. */
struct tgr_script_worker {
  int number;           /* from 1 */
  const char *settings; /* JSON */
  /* The main chunk has ended and there is a bot: updates may come. */
  void (*ready)(struct tgr_script_worker *worker);
  /* An errand has ended, or was revoked; the ticket is the pool's again. */
  void (*finished)(struct tgr_script_worker *worker, struct tgr_ticket *ticket);
  /* ---- */
  _Atomic uint64_t begun; /* tickets it came to, revoked ones too; any thread
                             may look */
  struct tgr_nudge nudge; /* any thread */
  atomic_bool hurried;    /* any thread: whatever runs on a nudge ends */
  struct tgr_script *script;
  bool has_bot;
  int prepare_ref;
  int consume_ref;
  int failed_ref;
  struct tgr_list running; /* tickets with a fiber */
  struct tgr_list keeping; /* what once.c waits for */
};

/* Runs a ticket's errand, unless it is revoked before its fiber begins. After
 * `ready`. */
void tgr_worker_take(struct tgr_script_worker *worker,
                     struct tgr_ticket *ticket);

/* Cancels the fibers of running errands that were asked to end. */
void tgr_worker_heed_cancels(struct tgr_script_worker *worker);

/* For state.c: `script` is the worker's, and has a heap. */
void tgr_worker_init(struct tgr_script_worker *worker,
                     struct tgr_script *script);

/* For state.c: the script's fibers are gone, and its loop runs no more. */
void tgr_worker_deinit(struct tgr_script_worker *worker);

/* What other threads may have of an update that runs; NULL: it does not, or
 * nobody keeps it. */
struct tgr_share *tgr_worker_share(struct tgr_script_worker *worker,
                                   const struct tgr_task *task);

/* For state.c: the main chunk has ended. Without a bot the script ends. */
void tgr_worker_loaded(struct tgr_script_worker *worker);

/* For state.c: whether what just failed did so because of the memory limit;
 * then the script ends. */
bool tgr_worker_is_out_of_memory(struct tgr_script_worker *worker);

void tgr_worker_open(lua_State *L, struct tgr_script *script);

#endif
