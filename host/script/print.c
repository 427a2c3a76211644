/* Lua's print, io.write and file:write, each in one go. */
#include "script/print.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdbool.h>
#include <stdio.h>

const char *tgr_print_join(lua_State *L, const char *end, size_t *len) {
  const int count = lua_gettop(L);
  luaL_Buffer line;
  luaL_buffinit(L, &line);
  for (int i = 1; i <= count; i++) {
    if (i > 1)
      luaL_addchar(&line, '\t');
    luaL_tolstring(L, i, NULL);
    luaL_addvalue(&line);
  }
  luaL_addstring(&line, end);
  luaL_pushresult(&line);
  return lua_tolstring(L, -1, len);
}

static int print_line(lua_State *L) {
  size_t len = 0;
  const char *text = tgr_print_join(L, "\n", &len);
  fwrite(text, 1, len, stdout);
  fflush(stdout);
  return 0;
}

static bool write_value(lua_State *L, int index, FILE *file) {
  if (lua_isinteger(L, index))
    return fprintf(file, LUA_INTEGER_FMT, lua_tointeger(L, index)) > 0;
  if (lua_type(L, index) == LUA_TNUMBER)
    return fprintf(file, LUA_NUMBER_FMT, lua_tonumber(L, index)) > 0;
  size_t len = 0;
  const char *text = lua_tolstring(L, index, &len);
  return fwrite(text, 1, len, file) == len;
}

/* Writes the arguments from `first` on; the file's handle is on top. */
static int write_values(lua_State *L, FILE *file, int first) {
  const int last = lua_gettop(L) - 1;
  for (int i = first; i <= last; i++)
    if (!lua_isstring(L, i)) /* or a number: it stays one */
      luaL_checkstring(L, i);
  bool is_written = true;
  flockfile(file);
  for (int i = first; i <= last; i++)
    is_written = write_value(L, i, file) && is_written;
  funlockfile(file);
  return is_written ? 1 : luaL_fileresult(L, 0, NULL);
}

/* io.write(...); upvalue: io.output */
static int io_write(lua_State *L) {
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_call(L, 0, 1);
  const luaL_Stream *stream = lua_touserdata(L, -1);
  if (stream->closef == NULL)
    return luaL_error(L, "default output file is closed");
  return write_values(L, stream->f, 1);
}

/* file:write(...) */
static int file_write(lua_State *L) {
  const luaL_Stream *stream = luaL_checkudata(L, 1, LUA_FILEHANDLE);
  if (stream->closef == NULL)
    return luaL_error(L, "attempt to use a closed file");
  lua_pushvalue(L, 1);
  return write_values(L, stream->f, 2);
}

void tgr_print_open(lua_State *L) {
  lua_pushcfunction(L, print_line);
  lua_setglobal(L, "print");
  lua_getglobal(L, LUA_IOLIBNAME);
  lua_getfield(L, -1, "output");
  lua_pushcclosure(L, io_write, 1);
  lua_setfield(L, -2, "write");
  luaL_getmetatable(L, LUA_FILEHANDLE);
  lua_getfield(L, -1, "__index");
  lua_pushcfunction(L, file_write);
  lua_setfield(L, -2, "write");
  lua_pop(L, 3);
}
