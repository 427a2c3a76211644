/* The coroutine library that scripts get. */
#include "script/nested.h"

#include "script/fiber.h"
#include "script/guard.h"

#include <lauxlib.h>

/* Where a resume leaves its results: on the top of the resuming thread. */
enum resumed { RESUMED_OK, RESUMED_ERROR, RESUMED_WAITS };

static lua_State *check_coroutine(lua_State *L, int index) {
  lua_State *co = lua_tothread(L, index);
  luaL_argexpected(L, co != NULL, index, "coroutine");
  return co;
}

static const char *status_of(lua_State *L, lua_State *co) {
  if (L == co)
    return "running";
  if (tgr_fiber_of(co) != NULL)
    return "normal";
  if (lua_status(co) == LUA_YIELD)
    return "suspended";
  if (lua_status(co) != LUA_OK)
    return "dead";
  lua_Debug ar;
  if (lua_getstack(co, 0, &ar))
    return "normal";
  return lua_gettop(co) == 0 ? "dead" : "suspended";
}

/* The chain top has stopped running: takes it off the chain unless it waits
 * for the host, and moves what it yielded, returned or raised to `L`. */
static enum resumed settle(lua_State *L, struct tgr_fiber *fiber, lua_State *co,
                           int status, int *count) {
  if (status == LUA_YIELD && (fiber->wait != NULL || fiber->interrupted))
    return RESUMED_WAITS;
  tgr_fiber_chain_pop(fiber);
  if (status != LUA_OK && status != LUA_YIELD) {
    lua_xmove(co, L, 1);
    return RESUMED_ERROR;
  }
  if (!lua_checkstack(L, *count + 1)) {
    lua_pop(co, *count);
    lua_pushliteral(L, "too many results to resume");
    return RESUMED_ERROR;
  }
  lua_xmove(co, L, *count);
  return RESUMED_OK;
}

/* Starts a resume of `co` with the `nargs` values on L's top. */
static enum resumed begin(lua_State *L, lua_State *co, int nargs, int *count) {
  struct tgr_fiber *fiber = tgr_fiber_of(L);
  if (fiber == NULL) {
    lua_pushliteral(L, "coroutines cannot be resumed in a function that the "
                       "host calls and that must return at once");
    return RESUMED_ERROR;
  }
  const char *state = status_of(L, co);
  if (*state != 's') {
    lua_pushfstring(L, *state == 'd' ? "cannot resume dead coroutine"
                                     : "cannot resume non-suspended coroutine");
    return RESUMED_ERROR;
  }
  if (!lua_checkstack(co, nargs)) {
    lua_pushliteral(L, "too many arguments to resume");
    return RESUMED_ERROR;
  }
  const int len = fiber->chain_len;
  const bool can_wait = lua_isyieldable(L) && !fiber->closing &&
                        (len == 0 || fiber->chain[len - 1].can_wait);
  if (tgr_fiber_chain_push(fiber, co, can_wait) != TGR_OK) {
    lua_pushliteral(L, "not enough memory");
    return RESUMED_ERROR;
  }
  lua_xmove(L, co, nargs);
  const int status = tgr_fiber_enter(fiber, co, L, nargs, count);
  return settle(L, fiber, co, status, count);
}

/* Goes on after the host wait inside `co` is over. */
static enum resumed proceed(lua_State *L, lua_State *co, int *count) {
  struct tgr_fiber *fiber = tgr_fiber_of(L);
  const int status = tgr_fiber_enter(fiber, co, L, 0, count);
  return settle(L, fiber, co, status, count);
}

/* Passes a host wait of the chain's end up one level. */
static int pass_up(lua_State *L, lua_KFunction k) {
  return lua_yieldk(L, 0, 0, k);
}

/* Closes `co`, whose <close> variables may run long. */
static int reset(lua_State *L, lua_State *co) {
  const struct tgr_fiber *fiber = tgr_fiber_of(L);
  struct tgr_guard *guard = fiber == NULL ? NULL : fiber->fibers->guard;
  if (guard == NULL)
    return lua_resetthread(co);
  tgr_guard_running(guard, co);
  const int status = lua_resetthread(co);
  tgr_guard_left(guard, co, L);
  return status;
}

/* ---- resume: stack slot 1 is the coroutine ------------------------------ */

static int resume_k(lua_State *L, int status, lua_KContext ctx);

static int resume_end(lua_State *L, enum resumed how, int count) {
  if (how == RESUMED_WAITS)
    return pass_up(L, resume_k);
  if (how == RESUMED_ERROR)
    count = 1;
  lua_pushboolean(L, how == RESUMED_OK);
  lua_insert(L, -(count + 1));
  return count + 1;
}

static int resume_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  (void)ctx;
  int count = 0;
  const enum resumed how = proceed(L, lua_tothread(L, 1), &count);
  return resume_end(L, how, count);
}

static int co_resume(lua_State *L) {
  lua_State *co = check_coroutine(L, 1);
  int count = 0;
  const enum resumed how = begin(L, co, lua_gettop(L) - 1, &count);
  return resume_end(L, how, count);
}

/* ---- wrap: upvalue 1 is the coroutine ----------------------------------- */

static int wrap_k(lua_State *L, int status, lua_KContext ctx);

/* An error passes on, with the place of the call in front of a message, and
 * the coroutine's <close> variables run, as in Lua's own wrap. */
static int wrap_raise(lua_State *L, lua_State *co) {
  const int status = lua_status(co);
  if (status != LUA_OK && status != LUA_YIELD) {
    lua_pop(L, 1);
    reset(L, co);
    lua_xmove(co, L, 1);
  }
  if (lua_type(L, -1) == LUA_TSTRING) {
    luaL_where(L, 1);
    lua_insert(L, -2);
    lua_concat(L, 2);
  }
  return lua_error(L);
}

static int wrap_end(lua_State *L, enum resumed how, int count) {
  if (how == RESUMED_WAITS)
    return pass_up(L, wrap_k);
  if (how == RESUMED_ERROR)
    return wrap_raise(L, lua_tothread(L, lua_upvalueindex(1)));
  return count;
}

static int wrap_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  (void)ctx;
  int count = 0;
  const enum resumed how =
      proceed(L, lua_tothread(L, lua_upvalueindex(1)), &count);
  return wrap_end(L, how, count);
}

static int wrap_call(lua_State *L) {
  int count = 0;
  lua_State *co = lua_tothread(L, lua_upvalueindex(1));
  const enum resumed how = begin(L, co, lua_gettop(L), &count);
  return wrap_end(L, how, count);
}

static int co_create(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_State *co = lua_newthread(L);
  lua_pushvalue(L, 1);
  lua_xmove(L, co, 1);
  return 1;
}

static int co_wrap(lua_State *L) {
  co_create(L);
  lua_pushcclosure(L, wrap_call, 1);
  return 1;
}

/* ---- the rest ----------------------------------------------------------- */

static bool is_fiber_main(lua_State *L) {
  const struct tgr_fiber *fiber = tgr_fiber_of(L);
  return fiber == NULL || fiber->co == L;
}

static int co_yield (lua_State *L) {
  if (is_fiber_main(L))
    return luaL_error(L, "attempt to yield from outside a coroutine");
  return lua_yield(L, lua_gettop(L));
}

static int co_status(lua_State *L) {
  lua_pushstring(L, status_of(L, check_coroutine(L, 1)));
  return 1;
}

static int co_isyieldable(lua_State *L) {
  lua_State *co = lua_isthread(L, 1) ? lua_tothread(L, 1) : L;
  lua_pushboolean(L, !is_fiber_main(co) && lua_isyieldable(co));
  return 1;
}

static int co_running(lua_State *L) {
  lua_pushthread(L);
  lua_pushboolean(L, is_fiber_main(L));
  return 2;
}

static int co_close(lua_State *L) {
  lua_State *co = check_coroutine(L, 1);
  const char *state = status_of(L, co);
  if (*state != 's' && *state != 'd')
    return luaL_error(L, "cannot close a %s coroutine", state);
  if (reset(L, co) == LUA_OK) {
    lua_pushboolean(L, 1);
    return 1;
  }
  lua_pushboolean(L, 0);
  lua_xmove(co, L, 1);
  return 2;
}

int tgr_nested_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"create", co_create},
      {"wrap", co_wrap},
      {"resume", co_resume},
      {"yield", co_yield },
      {"status", co_status},
      {"running", co_running},
      {"isyieldable", co_isyieldable},
      {"close", co_close},
      {NULL, NULL},
  };
  luaL_newlib(L, functions);
  return 1;
}
