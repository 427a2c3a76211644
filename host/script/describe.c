/* What was raised, as text for people. */
#include "script/describe.h"

#include "script/guard.h"

#include <lauxlib.h>
#include <string.h>

int tgr_describe_pcall(struct tgr_fibers *fibers, int nargs, int nresults) {
  return tgr_describe_pcall_within(fibers, fibers->cpu_budget_ms, nargs,
                                   nresults);
}

int tgr_describe_pcall_within(struct tgr_fibers *fibers, unsigned budget_ms,
                              int nargs, int nresults) {
  lua_State *L = fibers->L;
  const lua_Hook hook = lua_gethook(L);
  tgr_guard_begin(fibers->guard, budget_ms);
  tgr_guard_running(fibers->guard, L);
  const int status = lua_pcall(L, nargs, nresults, 0);
  tgr_guard_left(fibers->guard, L, NULL);
  if (lua_gethook(L) !=
      hook) /* the script's own: new coroutines have it, too */
    lua_sethook(L, NULL, 0, 0);
  if (status != LUA_OK && tgr_guard_stopped(fibers->guard)) {
    lua_pop(L, 1);
    tgr_guard_push_error(fibers->guard, L);
  }
  return status;
}

/* Protected: (value) -> text. */
static int to_text(lua_State *L) {
  if (lua_isstring(L, 1) || luaL_getmetafield(L, 1, "__tostring") != LUA_TNIL)
    luaL_tolstring(L, 1, NULL);
  else
    lua_pushfstring(L, "a %s was raised instead of a message",
                    luaL_typename(L, 1));
  return 1;
}

/* Protected: without memory Lua's own text for that is what comes. */
static int no_text(lua_State *L) {
  lua_pushliteral(L, "an error whose text could not be made");
  return 1;
}

void tgr_describe_push(struct tgr_fibers *fibers, lua_State *co) {
  lua_State *L = fibers->L;
  lua_pushcfunction(L, to_text);
  lua_pushvalue(co, 1);
  lua_xmove(co, L, 1);
  tgr_describe_pcall(fibers, 1, 1); /* an error is as good a text */
  if (lua_type(L, -1) != LUA_TSTRING) {
    lua_pop(L, 1);
    lua_pushcfunction(L, no_text);
    lua_pcall(L, 0, 1, 0);
  }
}

const char *tgr_describe_frames(lua_State *co) {
  const char *frames = lua_gettop(co) >= 2 && lua_type(co, 2) == LUA_TSTRING
                           ? lua_tostring(co, 2)
                           : NULL;
  return frames != NULL && strchr(frames, '\n') != NULL ? frames : NULL;
}

/* Protected: (list, text, what, frames): appends the whole text. */
static int keep(lua_State *L) {
  const char *what = lua_touserdata(L, 3);
  const char *frames = lua_touserdata(L, 4);
  lua_pushfstring(L, "%s: %s%s%s", what, lua_tostring(L, 2),
                  frames != NULL ? "\n" : "", frames != NULL ? frames : "");
  lua_rawseti(L, 1, (lua_Integer)lua_rawlen(L, 1) + 1);
  return 0;
}

/* For tests of bots: the text on L's top; without memory it is in the log. */
static void keep_unseen(const struct tgr_fibers *fibers, const char *what,
                        const char *frames) {
  lua_State *L = fibers->L;
  lua_pushcfunction(L, keep);
  lua_rawgeti(L, LUA_REGISTRYINDEX, fibers->unseen_ref);
  lua_pushvalue(L, -3);
  lua_pushlightuserdata(L, (void *)what);
  lua_pushlightuserdata(L, (void *)frames);
  if (lua_pcall(L, 4, 0, 0) != LUA_OK)
    lua_pop(L, 1);
}

void tgr_describe_log(struct tgr_fibers *fibers, lua_State *co,
                      const char *what) {
  lua_State *L = fibers->L;
  tgr_describe_push(fibers, co);
  const char *frames = tgr_describe_frames(co);
  tgr_log_write(fibers->log, TGR_LOG_ERROR, "%s: %s%s%s", what,
                lua_tostring(L, -1), frames != NULL ? "\n" : "",
                frames != NULL ? frames : "");
  if (fibers->unseen_ref != LUA_NOREF && lua_checkstack(L, 5))
    keep_unseen(fibers, what, frames);
  lua_pop(L, 1);
}
