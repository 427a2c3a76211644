/* The environment of the host's own Lua files, and the face of the strings'
 * metatable. */
#include "script/shelter.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdbool.h>
#include <string.h>

/* In the registry: the environment. */
#define SHELTER "tgrunner.Shelter"

/* ---- the environment ---------------------------------------------------- */

void tgr_shelter_open(lua_State *L) {
  lua_newtable(L);
  lua_createtable(L, 0, 1);
  lua_pushglobaltable(L);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
  lua_setfield(L, LUA_REGISTRYINDEX, SHELTER);
}

void tgr_shelter_give(lua_State *L, const char *name) {
  lua_getfield(L, LUA_REGISTRYINDEX, SHELTER);
  lua_insert(L, -2);
  lua_setfield(L, -2, name);
  lua_pop(L, 1);
}

void tgr_shelter_adopt(lua_State *L) {
  if (lua_getfield(L, LUA_REGISTRYINDEX, SHELTER) == LUA_TNIL ||
      lua_setupvalue(L, -2, 1) == NULL)
    lua_pop(L, 1);
}

/* Copies the members of the table on top into the one below it, which keeps
 * those it has; pops it. */
static void copy_members(lua_State *L) {
  const int from = lua_gettop(L);
  lua_pushnil(L);
  while (lua_next(L, from) != 0) {
    lua_pushvalue(L, -2);
    const bool is_there = lua_rawget(L, from - 1) != LUA_TNIL;
    lua_pop(L, 1);
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    if (is_there)
      lua_pop(L, 2);
    else
      lua_rawset(L, from - 1);
  }
  lua_pop(L, 1);
}

/* A library's copy in the environment on top. `package` is not copied: where
 * modules come from is the script's to say. */
static void copy_library(lua_State *L, const char *name) {
  lua_newtable(L);
  lua_getglobal(L, name);
  if (lua_istable(L, -1)) {
    copy_members(L);
    lua_setfield(L, -2, name);
  } else {
    lua_pop(L, 2);
  }
}

static void fill_environment(lua_State *L) {
  static const char *const libraries[] = {
      LUA_STRLIBNAME, LUA_TABLIBNAME, LUA_MATHLIBNAME, LUA_UTF8LIBNAME,
      LUA_OSLIBNAME,  LUA_IOLIBNAME,  LUA_COLIBNAME,   LUA_DBLIBNAME};
  lua_getfield(L, LUA_REGISTRYINDEX, SHELTER);
  lua_pushglobaltable(L);
  copy_members(L);
  for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++)
    copy_library(L, libraries[i]);
  lua_pop(L, 1);
}

/* ---- strings ------------------------------------------------------------ */

/* Upvalues of the face's functions. */
enum {
  REAL = 1, /* the strings' metatable */
  OWN,      /* the methods of Lua's library */
  BEYOND    /* the metatable of those: what scripts add is its __index */
};

/* What stands for __index while the script's is a function: (string, key).
 * Upvalues: the methods of Lua's library; the script's __index. */
static int index_string(lua_State *L) {
  lua_settop(L, 2);
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
    return 1;
  lua_pushvalue(L, lua_upvalueindex(2));
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 2);
  lua_call(L, 2, 1);
  return 1;
}

/* (face, key) */
static int face_index(lua_State *L) {
  const char *key = lua_tostring(L, 2);
  const bool is_index = key != NULL && strcmp(key, "__index") == 0;
  lua_settop(L, 2);
  lua_rawget(L, lua_upvalueindex(is_index ? BEYOND : REAL));
  return 1;
}

/* (value) is what a script wants for __index. */
static void set_index(lua_State *L, int value) {
  if (lua_isfunction(L, value)) {
    lua_pushvalue(L, lua_upvalueindex(OWN));
    lua_pushvalue(L, value);
    lua_pushcclosure(L, index_string, 2);
  } else {
    lua_pushvalue(L, lua_upvalueindex(OWN));
  }
  lua_setfield(L, lua_upvalueindex(REAL), "__index");
  lua_pushvalue(L, value);
  lua_setfield(L, lua_upvalueindex(BEYOND), "__index");
}

/* (face, key, value) */
static int face_newindex(lua_State *L) {
  const char *key = lua_tostring(L, 2);
  lua_settop(L, 3);
  if (key != NULL && strcmp(key, "__index") == 0)
    set_index(L, 3);
  else if (key == NULL || strcmp(key, "__metatable") != 0)
    lua_rawset(L, lua_upvalueindex(REAL));
  return 0;
}

static void push_face_function(lua_State *L, lua_CFunction function, int real) {
  for (int i = 0; i < BEYOND; i++)
    lua_pushvalue(L, real + i);
  lua_pushcclosure(L, function, BEYOND);
}

static void hide_metatable(lua_State *L) {
  lua_pushliteral(L, "");
  const bool has_one = lua_getmetatable(L, -1) != 0;
  lua_remove(L, has_one ? -2 : -1);
  if (!has_one)
    return;
  const int real = lua_gettop(L);
  lua_newtable(L); /* own */
  lua_getglobal(L, LUA_STRLIBNAME);
  copy_members(L);
  lua_createtable(L, 0, 1); /* beyond */
  lua_getglobal(L, LUA_STRLIBNAME);
  lua_setfield(L, -2, "__index");
  lua_pushvalue(L, -1);
  lua_setmetatable(L, real + 1);
  lua_pushvalue(L, real + 1);
  lua_setfield(L, real, "__index");
  lua_newtable(L); /* the face, and its metatable */
  lua_createtable(L, 0, 2);
  push_face_function(L, face_index, real);
  lua_setfield(L, -2, "__index");
  push_face_function(L, face_newindex, real);
  lua_setfield(L, -2, "__newindex");
  lua_setmetatable(L, -2);
  lua_setfield(L, real, "__metatable");
  lua_settop(L, real - 1);
}

void tgr_shelter_close(lua_State *L) {
  fill_environment(L);
  hide_metatable(L);
}
