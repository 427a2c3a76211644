/* Place: tells people where in their script something happened.
 *
 * Tracebacks without the host's own frames, and the name of the C function
 * that keeps a coroutine from waiting. */
#ifndef TGR_SCRIPT_PLACE_H
#define TGR_SCRIPT_PLACE_H

#include <lua.h>

/* The chunk names of the host's own Lua files begin with this; their frames
 * are left out of tracebacks. */
#define TGR_PLACE_OWN "=[tgrunner]"

/* Pushes on `L` a traceback of `thread`, script frames only: a line
 * "stack traceback:" and an indented line a frame. With every frame when the
 * registry's "tgrunner.all_frames" is true. */
void tgr_place_push_traceback(lua_State *L, lua_State *thread);

/* Pushes "bot.lua:12: " for the script's own line that runs now, or "". */
void tgr_place_push_where(lua_State *L);

/* As luaL_error, but with the line of the script that runs, where that gives
 * the line of whatever Lua code called, ours too. */
int tgr_place_raise(lua_State *L, const char *format, ...);

/* The same, but with the line where `function` (a stack index) is defined, for
 * what it gave; without one when it is no function of Lua's. */
int tgr_place_raise_of(lua_State *L, int function, const char *format, ...);

/* Raises "<line of the script>: <what> cannot wait here: <why>". */
int tgr_place_raise_no_wait(lua_State *L, const char *what, const char *why);

/* The same; `why` names the C function that is in the way. */
int tgr_place_raise_no_yield(lua_State *L, const char *what);

#endif
