/* Script: one Lua state with everything a bot's script sees.
 *
 * It opens Lua's libraries (the coroutine library is the host's own), makes
 * `require "tgrunner"` work from files embedded in the program, and runs the
 * main chunk as a fiber. What a script starts (runners, tasks, timers) belongs
 * to it and ends with it.
 *
 * Owner: the thread of its loop.
 * Not here: fibers (fiber.c), the functions scripts call (module.c and the
 * files it names), where the script's text comes from (app/, cli/). */
#ifndef TGR_SCRIPT_STATE_H
#define TGR_SCRIPT_STATE_H

#include "base/buf.h"
#include "base/log.h"
#include "loop/loop.h"
#include "net/http.h"
#include "script/clock.h"
#include "script/collect.h"
#include "script/feed.h"
#include "script/fiber.h"
#include "script/guard.h"
#include "script/heap.h"

#include <lua.h>

struct tgr_distributor;
struct tgr_keepers;
struct tgr_native;
struct tgr_script;
struct tgr_script_worker;
struct tgr_shared;

/* What a script is given; borrowed, and there until it is freed. */
struct tgr_script_env {
  const struct tgr_mem *mem;
  const struct tgr_log *log;
  struct tgr_loop *loop;
  struct tgr_http *http;
  const char *token;      /* what the host found; NULL for none */
  const char *api_root;   /* NULL for Telegram's own */
  const char *script_dir; /* first in package.path; NULL for none */
  bool sim;               /* api_root is the built-in simulator */
  bool all_frames;        /* tracebacks show the host's own frames too */
  int guard_signal;       /* see guard.h; 0 for none */
  unsigned cpu_ms;        /* budget of a resume, unless a runner says else;
                             0 for none */
  size_t memory_limit;    /* bytes the Lua state may hold; 0 for no limit */
  size_t memory_soft;     /* see heap.h */
  size_t memory_hard;
  size_t block_max; /* in the sandbox PURE; 0 for its default */
  enum tgr_sandbox sandbox;
  struct tgr_shared *shared;           /* tg.shared; NULL for none */
  struct tgr_distributor *distributor; /* tg.distribute; NULL for none */
  struct tgr_script_worker *worker;    /* the state is a worker's; else NULL */
  struct tgr_keepers *keepers;         /* of journals; NULL: there are none */
  const char *journal;                 /* a journal for runs that name none */
  /* Adds to the module tgrunner.host, which is on L's top, what layers to the
   * right of this one offer; NULL for nothing. */
  void (*open_more)(lua_State *L, struct tgr_script *script);
  bool no_polling; /* updates are fed, none is fetched */
  bool stays;      /* it does not end when nothing is left to do */
  const struct tgr_native *natives; /* functions of the program; NULL: none */
  /* Opens libraries of the program's in the state; may be NULL, may raise. */
  void (*open_libs)(lua_State *L, void *user);
  void *open_libs_user;
  /* A request for updates has succeeded or failed; may be NULL. */
  void (*on_contact)(void *user, bool ok);
  void *contact_user;
  atomic_uint *fed_waiting; /* counts down what was fed; may be NULL */
};

/* The end of a script, told once. */
struct tgr_script_end {
  enum tgr_status status; /* TGR_OK; TGR_ESCRIPT: an error left the main chunk;
                             any other: a runner's fatal error */
  int exit_code;    /* what os.exit or the main chunk's result asked for */
  const char *text; /* the error, with its traceback; NULL for none */
};

struct tgr_script {
  struct tgr_script_env env;
  struct tgr_heap heap;
  struct tgr_guard guard;
  struct tgr_fibers fibers;
  struct tgr_clock clock; /* what its waits are timed by */
  lua_State *L;
  int kept_ref; /* table: fiber → what its update's consumer sees (handler.c) */
  struct tgr_buf scratch; /* of the JSON functions, within one call */
  /* A script that ends with this text as its error ends with this status (a
   * token that was refused, a journal in use); "". */
  struct tgr_error end_error;
  uint64_t decoded;      /* updates whose JSON became a table */
  struct tgr_list runs;  /* runners that work or drain (runner.c) */
  int guests;            /* what else it lives on for: pools that retire */
  struct tgr_list calls; /* of the program's, not ended (invoke.c) */
  struct tgr_feed feed;
  struct tgr_collect collect;
  bool foreign;  /* its state is not ours: no hooks, no limits */
  bool stopping; /* a graceful stop was asked for (stop.c) */
  bool overdue;  /* that stop's deadline has passed; runners still end */
  struct tgr_timer stop_timer;
  struct tgr_timer quiet_timer; /* looks what the tasks that are left do */
  uint64_t quiet_wakes;         /* the fibers' when it looked last */
  unsigned quiet_looks;         /* for how many looks it is the same */
  unsigned all_looks;           /* how often it has looked */
  bool had_runner;              /* when the stop was asked for */
  bool ended;
  bool closed;   /* its fibers are gone: only finalisers run any more */
  int exit_code; /* what the main chunk returned */
  struct tgr_script_end end;
  char *end_text;
  struct tgr_job end_job;
  struct tgr_job broken_job; /* its heap has broken: it ends */
  struct tgr_wait exit_wait; /* what a fiber that called os.exit waits for */
  /* Nothing is left to do, or os.exit was called, or a runner failed for good.
   * Called once, from the ready list. */
  void (*on_end)(void *user, const struct tgr_script_end *end);
  void *user;
};

/* A state with its libraries. TGR_ENOMEM or TGR_ESTATE, with one line. */
TGR_MUST_CHECK enum tgr_status tgr_script_new(const struct tgr_script_env *env,
                                              struct tgr_script **out,
                                              struct tgr_error *error);

/* Cancels what still runs, closes the state. */
void tgr_script_free(struct tgr_script *script);

/* For states that others made (module/): what tgr_script_new and _free consist
 * of. prepare: a script without a state; NULL with the reason in `error`. open:
 * `open` is called, protected, with the script as a light userdata, and calls
 * open_own. close: ends what runs; the state is still there. */
struct tgr_script *tgr_script_prepare(const struct tgr_script_env *env,
                                      struct tgr_error *error);
TGR_MUST_CHECK enum tgr_status tgr_script_open(struct tgr_script *script,
                                               lua_State *L, lua_CFunction open,
                                               struct tgr_error *error);
void tgr_script_open_own(lua_State *L, struct tgr_script *script);
void tgr_script_close(struct tgr_script *script);

/* The error of a state that has reached its memory limit. */
enum tgr_status tgr_script_tell_limit(const struct tgr_script *script,
                                      struct tgr_error *error);

/* Compiles `text` and starts it as the main chunk, with `argv[0..argc-1]` as
 * `...` and in `arg` (arg[0] is `name`). `name` is a path, or "-" for standard
 * input, or "-e". TGR_ESYNTAX with "file:line: what" and the source line. */
TGR_MUST_CHECK enum tgr_status tgr_script_start(struct tgr_script *script,
                                                const char *name,
                                                const char *text, size_t len,
                                                int argc, char *const argv[],
                                                struct tgr_error *error);

/* Ends the script early: on_end follows from the ready list. */
void tgr_script_exit(struct tgr_script *script,
                     const struct tgr_script_end *end);

/* What a script gave as its exit code, as an int. */
int tgr_script_exit_code(lua_Integer code);

/* A runner has stopped, or the last fiber has ended: on_end follows when
 * nothing is left. */
void tgr_script_check_idle(struct tgr_script *script);

/* Any thread. "Lua 5.4.4". */
const char *tgr_script_lua_version(void);

/* In a function of the host that Lua calls: its script (upvalue 1). */
struct tgr_script *tgr_script_of(lua_State *L);

#endif
