/* Tells a script's timeout handler of an update that timed out. */
#include "script/overdue.h"

#include "script/describe.h"
#include "script/handler.h"
#include "script/spawn.h"
#include "script/state.h"

#include <lauxlib.h>

/* Protected: (handler, fiber) -> function, object, Task. The time may have
 * passed before the fiber had its first turn: then the object is made now. */
static int make_call(lua_State *L) {
  struct tgr_handler *handler = lua_touserdata(L, 1);
  struct tgr_fiber *fiber = lua_touserdata(L, 2);
  lua_rawgeti(L, LUA_REGISTRYINDEX, handler->timeout_ref);
  if (!tgr_handler_push_running(L, fiber->item))
    tgr_handler_push_object(L, handler, fiber->item);
  fiber->face = tgr_spawn_adopt(L, handler->script, fiber);
  return 3;
}

static void told(struct tgr_fiber *fiber, enum tgr_fiber_end how) {
  if (how == TGR_FIBER_RAISED)
    tgr_describe_log(fiber->fibers, fiber->co, "error in the timeout handler");
}

void tgr_overdue_tell(struct tgr_handler *handler, struct tgr_fiber *fiber) {
  if (handler->timeout_ref == LUA_NOREF || fiber->overdue_told)
    return;
  fiber->overdue_told = true;
  struct tgr_script *script = handler->script;
  lua_State *L = script->L;
  struct tgr_fiber *teller = tgr_fiber_new(&script->fibers);
  if (teller == NULL) {
    tgr_log_write(script->env.log, TGR_LOG_ERROR,
                  "not enough memory to call the timeout handler");
    return;
  }
  lua_pushcfunction(L, make_call);
  lua_pushlightuserdata(L, handler);
  lua_pushlightuserdata(L, fiber);
  if (lua_pcall(L, 2, 3, 0) != LUA_OK) {
    tgr_log_write(script->env.log, TGR_LOG_ERROR,
                  "cannot call the timeout handler: %s", lua_tostring(L, -1));
    lua_pop(L, 1);
    tgr_fiber_drop(teller);
    return;
  }
  lua_xmove(L, teller->co, 3);
  teller->owner = script;
  teller->origin = fiber->origin; /* it ends with its runner */
  teller->watch = fiber->watch;
  tgr_fiber_start(teller, 2, told);
}

void tgr_overdue_end(struct tgr_handler *handler, struct tgr_fiber *fiber,
                     enum tgr_fiber_end how) {
  const struct tgr_task *task = fiber->item;
  if (how == TGR_FIBER_CANCELED && task->outcome == TGR_OUTCOME_TIMED_OUT)
    tgr_overdue_tell(handler, fiber);
  if (fiber->face != NULL)
    tgr_spawn_settle(fiber->face, fiber, how);
  fiber->face = NULL;
}
