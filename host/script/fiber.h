/* Fiber: one coroutine of the host's own, pooled.
 *
 * Every piece of a script runs in a fiber: the main chunk, each update's
 * handler, each spawned task. A host function that has to wait (an API call, a
 * sleep) suspends its fiber; what it waited for wakes it; no fiber is resumed
 * inside another's resume, all go through the loop's ready list. This is the
 * one place that calls lua_resume.
 *
 * A script may make coroutines of its own inside a fiber. Those that are being
 * resumed form the fiber's chain, outermost first; a host wait passes up
 * through all of them (script/nested.c), and a cancel closes them innermost
 * first, because resetting the outer ones would not run the <close> of the
 * inner ones.
 *
 * Which fiber a lua_State belongs to is kept in its extra space: NULL for the
 * main thread and for coroutines that are not in any fiber's chain now.
 *
 * Owner: the thread of the loop.
 * Not here: the coroutine library (nested.c), the CPU budget (guard.c), what a
 * fiber is for (handler.c, spawn.c). */
#ifndef TGR_SCRIPT_FIBER_H
#define TGR_SCRIPT_FIBER_H

#include "base/list.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/status.h"
#include "loop/ready.h"

#include <lua.h>

struct tgr_fibers;
struct tgr_spawn;
struct tgr_guard;

/* How a fiber's run ended. */
enum tgr_fiber_end {
  TGR_FIBER_RETURNED, /* its results are all of the stack of `co` */
  TGR_FIBER_RAISED,   /* the stack of `co` is the error and its traceback (a
                         string); its <close> variables have run */
  TGR_FIBER_CANCELED  /* cancelled: its stack is empty */
};

/* What a suspended fiber waits for; embedded in the operation. */
struct tgr_wait {
  struct tgr_fiber *fiber; /* NULL when nobody waits */
  /* Drops the operation, which may be over already: its fiber was cancelled
   * before it could look at it. */
  void (*abort)(struct tgr_wait *wait);
  /* NULL: a cancel aborts at once. Else a cancel asks first: true when the
   * operation needs time to end; it then wakes the fiber, which is closed
   * behind that. Called once. */
  bool (*linger)(struct tgr_wait *wait);
  /* It ends by the script's clock or by another fiber only (clock.h). */
  bool at_rest;
};

/* A coroutine of the script's own that the fiber is inside of. */
struct tgr_fiber_nested {
  lua_State *co;
  bool can_wait; /* false below a C function that cannot yield */
};

enum { TGR_FIBER_CHAIN_INLINE = 2 };

struct tgr_fiber {
  struct tgr_link link; /* among the live ones, or in the pool */
  struct tgr_job job;   /* queued: to be resumed or closed */
  struct tgr_fibers *fibers;
  lua_State *co;
  int co_ref; /* keeps `co` alive */
  int nargs;  /* values on `co` for the next resume */
  int number; /* of its own, from 1 on */
  bool running;
  bool cancel;      /* asked to end; takes effect at the next suspension */
  bool closing;     /* its <close> variables run now: it cannot wait */
  bool background;  /* ends with the last runner of a script that stops */
  bool interrupted; /* the guard's hook yielded: the budget is used up */
  bool spoiled;     /* its thread must not serve another run */
  unsigned cpu_budget_ms; /* of one resume; 0 for none */
  struct tgr_wait *wait;
  struct tgr_fiber_nested *chain;
  int chain_len;
  int chain_cap;
  struct tgr_fiber_nested chain_inline[TGR_FIBER_CHAIN_INLINE];
  /* Called once a run; may give the fiber new work with tgr_fiber_start,
   * otherwise the fiber goes back to the pool. */
  void (*ended)(struct tgr_fiber *fiber, enum tgr_fiber_end how);
  void *owner; /* of whoever started it; so is `item` */
  void *item;
  struct tgr_spawn *face; /* the Task a script holds of it; NULL for none */
  uint64_t serial;        /* of its start, from 1 on */
  bool overdue_told;      /* the timeout handler knows (overdue.c) */
  /* The handler whose update it works for: its own fiber, and what that
   * spawned. `part_of_it`: the update waits for it (tg.all, tg.timeout). */
  const void *origin;
  const void *watch; /* who watches that update: its runner; NULL: nobody */
  bool part_of_it;
};

/* All fibers of one Lua state. */
struct tgr_fibers {
  const struct tgr_mem *mem;
  const struct tgr_log *log;
  struct tgr_ready *ready;
  lua_State *L;
  struct tgr_guard *guard;
  unsigned cpu_budget_ms;    /* what a new fiber's resume may use; 0 for all */
  struct tgr_fiber *current; /* the one that runs now */
  struct tgr_list live;
  struct tgr_list pool;
  int live_count;
  int pool_count;
  uint64_t serial; /* runs begun so far */
  uint64_t wakes;  /* waits that have ended, but for those that time ended */
  int made;        /* fibers so far */
  int unseen_ref;  /* list of errors that were only logged; LUA_NOREF */
  /* Called when the last live fiber has ended; may be NULL. */
  void (*idle)(struct tgr_fibers *fibers);
  void *user;
};

void tgr_fibers_init(struct tgr_fibers *fibers, const struct tgr_mem *mem,
                     const struct tgr_log *log, struct tgr_ready *ready,
                     struct tgr_guard *guard, lua_State *L);

/* Closes every live fiber (their <close> variables run) and frees all. The Lua
 * state is still open; no `ended` is called. */
void tgr_fibers_deinit(struct tgr_fibers *fibers);

/* A fiber with an empty stack, live from now on; NULL when out of memory. */
struct tgr_fiber *tgr_fiber_new(struct tgr_fibers *fibers);

/* Runs the function that lies below `nargs` arguments on `fiber->co`'s top, at
 * the loop's next turn through its ready list. */
void tgr_fiber_start(struct tgr_fiber *fiber, int nargs,
                     void (*ended)(struct tgr_fiber *, enum tgr_fiber_end));

/* Gives a fiber that was not started, or has ended, back to the pool. */
void tgr_fiber_drop(struct tgr_fiber *fiber);

/* Asks the fiber to end. What it waits for is aborted at once (unless it
 * lingers, see struct tgr_wait); its <close> variables run and
 * `ended(CANCELED)` is called from the ready list. A running fiber goes on to
 * its next suspension (or ends before it). Idempotent. */
void tgr_fiber_cancel(struct tgr_fiber *fiber);

/* The same without patience: what it waits for is aborted at once, even when an
 * earlier cancel left it time. */
void tgr_fiber_abandon(struct tgr_fiber *fiber);

/* The fiber that runs `L`; NULL on the main thread. */
struct tgr_fiber *tgr_fiber_of(lua_State *L);

/* Raises a Lua error that names the place when `L` cannot wait here: outside
 * of a fiber, inside a C function that cannot yield, during a cancel. `what`
 * is the name of the host function. */
struct tgr_fiber *tgr_fiber_check_wait(lua_State *L, const char *what);

/* Suspends the running fiber until tgr_wait_wake(wait); then `k(L, LUA_YIELD,
 * ctx)` runs. To be returned from a C function that checked with
 * tgr_fiber_check_wait and has set the operation going. */
int tgr_fiber_wait(lua_State *L, struct tgr_wait *wait, lua_KContext ctx,
                   lua_KFunction k);

/* The same for an operation that is over already: lets what is on the ready
 * list run first. */
int tgr_fiber_pass(lua_State *L, struct tgr_wait *wait, lua_KContext ctx,
                   lua_KFunction k);

/* The operation is over: its fiber is queued. Does nothing when nobody
 * waits. */
void tgr_wait_wake(struct tgr_wait *wait);

/* For script/guard.c, from its hook: `L` is about to yield because its budget
 * is used up. False when it cannot yield here. */
bool tgr_fiber_interrupt(lua_State *L);

/* For script/nested.c: resumes `co`, which is in the chain, from `L`. */
int tgr_fiber_enter(struct tgr_fiber *fiber, lua_State *co, lua_State *from,
                    int nargs, int *nres);
/* `co` joins the end of the chain; TGR_ENOMEM leaves it unchanged. */
enum tgr_status tgr_fiber_chain_push(struct tgr_fiber *fiber, lua_State *co,
                                     bool can_wait);
void tgr_fiber_chain_pop(struct tgr_fiber *fiber);
/* For fiber_pool.c: lets go of the chain's memory. */
void tgr_fiber_chain_free(struct tgr_fiber *fiber);

/* For fiber.c. A new thread for a fiber whose last run ended badly. */
void tgr_fiber_renew(struct tgr_fiber *fiber);
/* For fiber.c: frees it, whatever list it is in. */
void tgr_fiber_destroy(struct tgr_fiber *fiber);
/* For fiber_pool.c: what a fiber's job does. */
void tgr_fiber_run(struct tgr_job *job);

#endif
