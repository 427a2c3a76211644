/* Where in a script something happened. */
#include "script/place.h"

#include "script/spawn.h"

#include <lauxlib.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

enum { FRAMES_MAX = 40 };

static bool shows_all(lua_State *L) {
  const bool all = lua_getfield(L, LUA_REGISTRYINDEX, "tgrunner.all_frames") ==
                       LUA_TBOOLEAN &&
                   lua_toboolean(L, -1);
  lua_pop(L, 1);
  return all;
}

static bool is_own(const lua_Debug *ar) {
  return strncmp(ar->source, TGR_PLACE_OWN, strlen(TGR_PLACE_OWN)) == 0;
}

/* Pushes the name under which a loaded module has the function that is on
 * `thread`'s top ("table.sort"), or returns false. The function is popped. */
static bool push_global_name(lua_State *L, lua_State *thread) {
  const void *function = lua_topointer(thread, -1);
  lua_pop(thread, 1);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  const int loaded = lua_gettop(L);
  for (lua_pushnil(L); lua_next(L, loaded) != 0; lua_pop(L, 1)) {
    if (!lua_istable(L, -1) || lua_type(L, -2) != LUA_TSTRING)
      continue;
    const int module = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, module) != 0; lua_pop(L, 1)) {
      if (lua_topointer(L, -1) != function || lua_type(L, -2) != LUA_TSTRING ||
          !lua_isfunction(L, -1))
        continue;
      const char *home = lua_tostring(L, module - 1);
      if (strcmp(home, "_G") == 0)
        lua_pushvalue(L, -2);
      else if (strncmp(home, "tgrunner", 8) == 0) /* tg.sleep is host.sleep */
        lua_pushfstring(L, "tg.%s", lua_tostring(L, -2));
      else
        lua_pushfstring(L, "%s.%s", home, lua_tostring(L, -2));
      lua_replace(L, loaded);
      lua_settop(L, loaded);
      return true;
    }
  }
  lua_settop(L, loaded - 1);
  return false;
}

/* Whether the C function of `thread`'s frame `ar` is error or assert: a
 * traceback that begins with them says nothing. */
static bool is_raiser(lua_State *L, lua_State *thread, lua_Debug *ar) {
  if (*ar->what != 'C')
    return false;
  lua_getinfo(thread, "f", ar);
  if (!push_global_name(L, thread))
    return false;
  const char *name = lua_tostring(L, -1);
  const bool raises = strcmp(name, "error") == 0 || strcmp(name, "assert") == 0;
  lua_pop(L, 1);
  return raises;
}

/* Whether our own Lua code has called what runs at `level`: then the name that
 * it goes by is ours, and says nothing to the script's author. */
static bool is_called_by_own(lua_State *thread, int level) {
  lua_Debug caller;
  return lua_getstack(thread, level + 1, &caller) &&
         lua_getinfo(thread, "S", &caller) && is_own(&caller);
}

/* The frames of a task's error that is raised once more, at `level` 0. */
static void add_origin(lua_State *L, lua_State *thread, lua_Debug *ar,
                       luaL_Buffer *out) {
  if (*ar->what != 'C' || !tgr_spawn_push_traceback(L, thread, ar))
    return;
  const char *frames = strchr(lua_tostring(L, -1), '\n');
  lua_pushstring(L, frames != NULL ? frames : "");
  lua_remove(L, -2);
  luaL_addvalue(out);
}

static void add_frame(lua_State *L, lua_State *thread, lua_Debug *ar,
                      bool is_ours, luaL_Buffer *out) {
  luaL_addstring(out, "\n  ");
  luaL_addstring(out, ar->short_src);
  if (ar->currentline > 0) {
    lua_pushfstring(L, ":%d", ar->currentline);
    luaL_addvalue(out);
  }
  luaL_addstring(out, ": in ");
  lua_getinfo(thread, "f", ar);
  if (push_global_name(L, thread))
    lua_pushfstring(L, "function '%s'", lua_tostring(L, -1)), lua_remove(L, -2);
  else if (*ar->namewhat != '\0' && !is_ours)
    lua_pushfstring(L, "%s '%s'", ar->namewhat, ar->name);
  else if (*ar->what == 'm')
    lua_pushliteral(L, "main chunk");
  else
    lua_pushfstring(L, "function <%s:%d>", ar->short_src, ar->linedefined);
  luaL_addvalue(out);
}

void tgr_place_push_traceback(lua_State *L, lua_State *thread) {
  const bool all = shows_all(L);
  luaL_checkstack(L, 12, "traceback");
  luaL_Buffer out;
  luaL_buffinit(L, &out);
  luaL_addstring(&out, "stack traceback:");
  lua_Debug ar;
  int frames = 0;
  for (int level = 0; lua_getstack(thread, level, &ar); level++) {
    lua_getinfo(thread, "Slnt", &ar);
    if (level == 0)
      add_origin(L, thread, &ar, &out);
    const bool is_ours = is_called_by_own(thread, level);
    const bool hidden = is_own(&ar) ||
                        (*ar.what == 'C' && (*ar.namewhat == 0 || is_ours)) ||
                        (frames == 0 && is_raiser(L, thread, &ar));
    if (hidden && !all)
      continue;
    if (frames++ == FRAMES_MAX) {
      luaL_addstring(&out, "\n  ...");
      break;
    }
    add_frame(L, thread, &ar, is_ours && !all, &out);
  }
  luaL_pushresult(&out);
}

/* Whether it can be suspended, so that it is not what is in the way. */
static bool can_yield(const char *name) {
  return strcmp(name, "pcall") == 0 || strcmp(name, "xpcall") == 0;
}

void tgr_place_push_where(lua_State *L) {
  lua_Debug ar;
  for (int level = 1; lua_getstack(L, level, &ar); level++) {
    lua_getinfo(L, "Sl", &ar);
    if (ar.currentline > 0 && !is_own(&ar)) {
      lua_pushfstring(L, "%s:%d: ", ar.short_src, ar.currentline);
      return;
    }
  }
  lua_pushliteral(L, "");
}

int tgr_place_raise(lua_State *L, const char *format, ...) {
  va_list args;
  va_start(args, format);
  tgr_place_push_where(L);
  lua_pushvfstring(L, format, args);
  va_end(args);
  lua_concat(L, 2);
  return lua_error(L);
}

static void push_defined(lua_State *L, int function) {
  lua_Debug ar = {.linedefined = -1};
  if (lua_isfunction(L, function)) {
    lua_pushvalue(L, function);
    lua_getinfo(L, ">S", &ar);
  }
  if (ar.linedefined > 0)
    lua_pushfstring(L, "%s:%d: ", ar.short_src, ar.linedefined);
  else
    lua_pushliteral(L, "");
}

int tgr_place_raise_of(lua_State *L, int function, const char *format, ...) {
  va_list args;
  va_start(args, format);
  push_defined(L, function);
  lua_pushvfstring(L, format, args);
  va_end(args);
  lua_concat(L, 2);
  return lua_error(L);
}

int tgr_place_raise_no_wait(lua_State *L, const char *what, const char *why) {
  return tgr_place_raise(L, "%s cannot wait here: %s", what, why);
}

int tgr_place_raise_no_yield(lua_State *L, const char *what) {
  lua_Debug ar;
  for (int level = 1; lua_getstack(L, level, &ar); level++) {
    lua_getinfo(L, "Sn", &ar);
    if (*ar.what != 'C')
      continue;
    lua_getinfo(L, "f", &ar);
    if (!push_global_name(L, L)) {
      if (ar.name == NULL)
        continue;
      lua_pushstring(L, ar.name);
    }
    if (can_yield(lua_tostring(L, -1))) {
      lua_pop(L, 1);
      continue;
    }
    return tgr_place_raise_no_wait(
        L, what,
        lua_pushfstring(L,
                        "inside a function called by '%s', which cannot be "
                        "suspended",
                        lua_tostring(L, -1)));
  }
  return tgr_place_raise_no_wait(
      L, what, "inside a C function or metamethod that cannot be suspended");
}
