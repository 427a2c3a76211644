/* Guard: the CPU budget of one resume.
 *
 * Lua code that never yields would hold its thread for ever. A count hook
 * stops such code but costs a hot loop 45 % when it is always on. So no hook
 * is set until the budget is used up:
 *
 *   SIGNAL  a timer on the thread's own CPU clock sends the thread a signal
 *           each 10 ms of CPU. The handler compares the number of the running
 *           resume with the one it saw before; after enough ticks of one
 *           resume it arms a count hook on the lua_State that runs now
 *           (lua_sethook may be called from a signal handler on the same
 *           thread). An idle loop uses no CPU and gets no signals.
 *   HOOK    without signals (a library must not install handlers unasked) a
 *           standing hook looks at the clock each 1,000 instructions.
 *
 * In both modes the state's allocator has the clock looked at when a script
 * works in large blocks, where a few instructions may take long.
 *
 * The armed hook yields where Lua can yield, and the fiber is closed by the
 * host: that also ends a loop inside pcall or __close. Where it cannot yield (a
 * sort comparator, an xpcall handler) it raises, and keeps firing. What it
 * raises is a memory error, by having an allocation refused: any other error
 * would call the handler of an xpcall first, from within the hook and so with
 * hooks off, where nothing could stop it. tgr_guard_stopped tells the truth.
 *
 * Another thread may nudge the script that runs: then the same hook asks `heed`
 * whether the fiber that runs shall end, and ends it as a cancel does. In
 * SIGNAL mode that thread sends the signal; in HOOK mode only a standing hook
 * notices.
 *
 * Out of its reach: one call of a C function that does not poll (a pathological
 * pattern; the JSON functions do), and code that Lua runs with hooks off: a
 * finaliser (__gc), the script's own debug.sethook hook, and the <close>
 * variables of a coroutine that an error raised within a hook has ended, where
 * nothing turns hooks on again.
 *
 * Owner: the thread of the loop. */
#ifndef TGR_SCRIPT_GUARD_H
#define TGR_SCRIPT_GUARD_H

#include "base/status.h"
#include "script/heap.h"

#include <lua.h>
#include <stdatomic.h>

enum tgr_guard_mode { TGR_GUARD_HOOK, TGR_GUARD_SIGNAL };

/* Asks the code that runs on a guard's thread to look up. */
struct tgr_nudge {
  atomic_bool asked; /* any thread sets it, then sends the signal */
  /* On the guard's thread, from within the hook: whether the fiber that runs is
   * cancelled. Takes `asked` back, unless all that follow shall be. */
  bool (*heed)(struct tgr_nudge *nudge);
};

struct tgr_guard {
  enum tgr_guard_mode mode;
  int signal_number;
  void *timer;                 /* timer_t of SIGNAL mode */
  lua_State *volatile running; /* what the signal would arm */
  volatile unsigned run;       /* number of the running resume */
  volatile unsigned seen_run;  /* as of the last tick */
  volatile unsigned ticks;     /* of `seen_run` */
  volatile unsigned allowed;   /* ticks; 0 for no limit */
  unsigned budget_ms;
  struct tgr_heap *heap;         /* the state's allocator */
  struct tgr_nudge *nudge;       /* NULL: nobody nudges */
  bool doomed;                   /* the running resume's fiber was cancelled */
  bool stopped;                  /* the running resume has used its budget up */
  unsigned long long started_ns; /* HOOK mode: thread CPU time */
  char place[128];               /* where the hook stopped the script */
};

/* The number of the signal the CLI uses in SIGNAL mode; an embedder gives its
 * own. 0 selects HOOK mode. Installs the handler (SIGNAL mode, until the last
 * guard's deinit) and a timer for the calling thread. TGR_ESTATE when the
 * system refuses. */
TGR_MUST_CHECK enum tgr_status tgr_guard_init(struct tgr_guard *guard,
                                              struct tgr_heap *heap,
                                              int signal_number);
void tgr_guard_deinit(struct tgr_guard *guard);

/* A resume begins, with a budget in ms of CPU; 0 for none. */
void tgr_guard_begin(struct tgr_guard *guard, unsigned budget_ms);

/* `L` is the state that runs now; NULL for none. */
void tgr_guard_running(struct tgr_guard *guard, lua_State *L);

/* `co` is no longer running: takes a hook of ours off it, and puts it on
 * `next` (may be NULL) when the budget is used up. */
void tgr_guard_left(struct tgr_guard *guard, lua_State *co, lua_State *next);

/* For a C function that takes its time: raises what the armed hook would when
 * the running resume has used up its budget. */
void tgr_guard_poll(lua_State *L);

/* Whether the present or last resume was stopped, whatever error it shows. */
bool tgr_guard_stopped(const struct tgr_guard *guard);

/* Whether a nudge has ended the present or last resume. */
bool tgr_guard_doomed(const struct tgr_guard *guard);

/* Any thread. Keeps the handler of the guards' signal in place for whoever
 * sends it, from take to drop; see cpu_signal.h. */
TGR_MUST_CHECK enum tgr_status tgr_guard_take_signal(int signal_number);
void tgr_guard_drop_signal(int signal_number);

/* Pushes the error of a resume that was stopped on `L`. */
void tgr_guard_push_error(const struct tgr_guard *guard, lua_State *L);

#endif
