/* Calls of a script's functions. */
#include "script/invoke.h"

#include "script/describe.h"
#include "script/native.h"
#include "script/state.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

struct call {
  struct tgr_link link; /* in script->calls */
  struct tgr_script *script;
  tgr_call_done done;
  void *user;
  char name[];
};

static void tell(struct call *call, enum tgr_status status,
                 const struct tgr_value *values, size_t count) {
  const struct tgr_mem *mem = call->script->env.mem;
  const tgr_call_done done = call->done;
  void *user = call->user;
  tgr_list_remove(&call->link);
  tgr_mem_free(mem, call);
  if (done != NULL)
    done(user, status, values, count);
}

static int run_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  (void)ctx;
  return lua_gettop(L);
}

/* The fiber's function; its arguments are the call's. */
static int run(lua_State *L) {
  const struct call *call = tgr_fiber_of(L)->owner;
  tgr_native_push_global(L, call->name);
  if (lua_isnil(L, -1))
    return luaL_error(L, "the script has no global function '%s'", call->name);
  lua_insert(L, 1);
  lua_callk(L, lua_gettop(L) - 1, LUA_MULTRET, 0, run_k);
  return lua_gettop(L);
}

/* What the results are read into, on the C stack. */
struct reading {
  struct tgr_script *script;
  struct tgr_value values[TGR_NATIVE_ARGS_MAX];
  int count;
};

/* Protected: (results…, reading): values of them, kept alive by the stack. */
static int read_results(lua_State *L) {
  struct reading *reading = lua_touserdata(L, -1);
  lua_pop(L, 1);
  reading->count = lua_gettop(L);
  if (reading->count > TGR_NATIVE_ARGS_MAX)
    return luaL_error(L, "more than %d results", TGR_NATIVE_ARGS_MAX);
  for (int i = 0; i < reading->count; i++)
    tgr_native_read(L, reading->script, i + 1, &reading->values[i]);
  return lua_gettop(L);
}

/* Of the value on the top; a static one when that is no text. */
static const char *top_text(lua_State *L) {
  return lua_type(L, -1) == LUA_TSTRING
             ? lua_tostring(L, -1)
             : "an error whose text could not be made";
}

static void tell_text(struct call *call, enum tgr_status status,
                      const char *text) {
  const struct tgr_value value = {
      .type = TGR_STRING, .text = text, .len = strlen(text)};
  tell(call, status, &value, 1);
}

static void returned(struct call *call, lua_State *co) {
  lua_State *L = call->script->L;
  struct reading reading = {.script = call->script};
  const int base = lua_gettop(L);
  const int count = lua_gettop(co);
  if (!lua_checkstack(L, count + 2)) {
    tell_text(call, TGR_ENOMEM, "not enough memory for the results");
    return;
  }
  lua_pushcfunction(L, read_results);
  lua_xmove(co, L, count);
  lua_pushlightuserdata(L, &reading);
  if (lua_pcall(L, count + 1, LUA_MULTRET, 0) == LUA_OK)
    tell(call, TGR_OK, reading.values, (size_t)reading.count);
  else
    tell_text(call, TGR_ESCRIPT, top_text(L));
  lua_settop(L, base);
}

/* Protected: (text, traceback) -> both, on lines of their own. */
static int join(lua_State *L) {
  lua_pushliteral(L, "\n");
  lua_insert(L, 2);
  lua_concat(L, 3);
  return 1;
}

/* The error, and its traceback if there is memory for both. */
static void raised(struct call *call, lua_State *co) {
  struct tgr_script *script = call->script;
  lua_State *L = script->L;
  if (call->done == NULL) {
    char what[TGR_NATIVE_NAME_MAX + 32];
    snprintf(what, sizeof what, "error in %s", call->name);
    tgr_describe_log(&script->fibers, co, what);
    tell(call, TGR_ESCRIPT, NULL, 0);
    return;
  }
  const int base = lua_gettop(L);
  tgr_describe_push(&script->fibers, co);
  if (lua_type(co, 2) == LUA_TSTRING && lua_checkstack(L, 3)) {
    lua_pushcfunction(L, join);
    lua_pushvalue(L, -2);
    lua_pushvalue(co, 2);
    lua_xmove(co, L, 1);
    if (lua_pcall(L, 2, 1, 0) != LUA_OK)
      lua_pop(L, 1);
  }
  tell_text(call, TGR_ESCRIPT, top_text(L));
  lua_settop(L, base);
}

static void ended(struct tgr_fiber *fiber, enum tgr_fiber_end how) {
  struct call *call = fiber->owner;
  if (how == TGR_FIBER_RETURNED)
    returned(call, fiber->co);
  else if (how == TGR_FIBER_RAISED)
    raised(call, fiber->co);
  else
    tell(call, TGR_ECANCELED, NULL, 0);
}

/* What the protected part is given. */
struct start {
  lua_State *co;
  const struct tgr_value *args;
  int count;
};

/* Protected: puts the function and its arguments on the fiber. */
static int push_call(lua_State *L) {
  const struct start *start = lua_touserdata(L, 1);
  luaL_checkstack(L, start->count + 1, "arguments");
  for (int i = 0; i < start->count; i++)
    tgr_native_push(L, &start->args[i]);
  if (!lua_checkstack(start->co, start->count + 1))
    return luaL_error(L, "not enough memory");
  lua_pushcfunction(start->co, run);
  lua_xmove(L, start->co, start->count);
  return 0;
}

static struct call *new_call(struct tgr_script *script, const char *name,
                             tgr_call_done done, void *user) {
  const size_t size = strlen(name) + 1;
  struct call *call = tgr_mem_new(script->env.mem, sizeof *call + size);
  if (call == NULL)
    return NULL;
  *call = (struct call){.script = script, .done = done, .user = user};
  memcpy(call->name, name, size);
  tgr_list_append(&script->calls, &call->link);
  return call;
}

enum tgr_status tgr_invoke_start(struct tgr_script *script, const char *name,
                                 const struct tgr_value *args, size_t arg_count,
                                 tgr_call_done done, void *user) {
  if (arg_count > TGR_NATIVE_ARGS_MAX || !tgr_native_is_name(name))
    return TGR_EINVAL;
  if (script->ended)
    return TGR_ESTATE;
  struct call *call = new_call(script, name, done, user);
  if (call == NULL)
    return TGR_ENOMEM;
  struct tgr_fiber *fiber = tgr_fiber_new(&script->fibers);
  if (fiber == NULL)
    goto fail;
  lua_State *L = script->L;
  struct start start = {.co = fiber->co, .args = args, .count = (int)arg_count};
  lua_pushcfunction(L, push_call);
  lua_pushlightuserdata(L, &start);
  if (lua_pcall(L, 1, 0, 0) != LUA_OK) {
    const bool memory = strstr(lua_tostring(L, -1), "memory") != NULL;
    lua_pop(L, 1);
    tgr_fiber_drop(fiber);
    tgr_list_remove(&call->link);
    tgr_mem_free(script->env.mem, call);
    return memory ? TGR_ENOMEM : TGR_EINVAL;
  }
  fiber->owner = call;
  tgr_fiber_start(fiber, (int)arg_count, ended);
  return TGR_OK;

fail:
  tgr_list_remove(&call->link);
  tgr_mem_free(script->env.mem, call);
  return TGR_ENOMEM;
}

void tgr_invokes_cancel(struct tgr_script *script) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_first(&script->calls)) != NULL)
    tell(TGR_CONTAINER_OF(link, struct call, link), TGR_ECANCELED, NULL, 0);
}
