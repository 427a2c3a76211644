/* Handler: the port of a sink whose tasks are run by Lua functions.
 *
 * Each task gets a fiber. In it `prepare(raw)` makes what the consumer sees (a
 * bot's ctx; without prepare: the decoded update, or the value a Lua supplier
 * gave), then `consume(object)` runs. When that raises, `failed(object, error,
 * traceback)` runs in the same fiber; the task has not ended until it returns.
 *
 * Owner: the thread of the loop.
 * In:    the sink, through the port.
 * Out:   fibers; tgr_sink_done. */
#ifndef TGR_SCRIPT_HANDLER_H
#define TGR_SCRIPT_HANDLER_H

#include "engine/sink.h"

#include <lua.h>

struct tgr_router;
struct tgr_script;

struct tgr_handler {
  struct tgr_port port; /* hand `&handler->port` to the sink */
  struct tgr_script *script;
  struct tgr_sink *sink; /* who is answered */
  int prepare_ref;       /* Lua functions; LUA_NOREF for none */
  int consume_ref;
  int failed_ref;
  int timeout_ref; /* timeout handler(update, task) */
  /* A closure of tgr_handler_run_bot: instead of prepare, for raw updates. */
  int run_ref;
  /* What the consumer begins with; NULL: raw updates get no further look. */
  const struct tgr_router *router;
  int router_ref;    /* keeps it */
  int functions_ref; /* the list of its functions */
  int router_from;   /* the rule that is its first */
  bool router_ends;  /* an update behind the last rule has ended */
  unsigned cpu_budget_ms;
  /* The sink holds no task any more, detached ones included; may be NULL. */
  void (*emptied)(struct tgr_handler *handler);
};

/* A handler without functions: the refs are set by whoever makes it. */
void tgr_handler_init(struct tgr_handler *handler, struct tgr_script *script,
                      struct tgr_sink *sink);
/* Releases the refs. */
void tgr_handler_deinit(struct tgr_handler *handler);

/* The function of a fiber that runs a bot's consumer with a ctx of the host's
 * making (tgr_context_push_closure). */
int tgr_handler_run_bot(lua_State *L);

/* Pushes what a consumer without prepare sees of a task. try_: TGR_ESYNTAX and
 * the like, with one line and nothing pushed, for an update that cannot be
 * decoded; the other raises then. Both may raise Lua's memory error. */
enum tgr_status tgr_handler_try_update(lua_State *L, struct tgr_script *script,
                                       const struct tgr_task *task,
                                       struct tgr_error *error);
void tgr_handler_push_update(lua_State *L, struct tgr_script *script,
                             const struct tgr_task *task);

/* Pushes what this handler's consumer sees of a task: runs prepare. May
 * raise. */
void tgr_handler_push_object(lua_State *L, struct tgr_handler *handler,
                             struct tgr_task *task);

/* Pushes what the consumer of a running task was given; false (nothing pushed)
 * when it has not started. */
bool tgr_handler_push_running(lua_State *L, const struct tgr_task *task);

/* The keyer's constraint failed for `task`: takes the error from the main
 * thread's top, for the port's refuse. */
void tgr_handler_note_refusal(struct tgr_handler *handler,
                              struct tgr_task *task);

#endif
