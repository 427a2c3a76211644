/* Modules: how a script's require finds things.
 *
 * The host's own Lua files are embedded in the program and found first; then
 * package.path, which begins with the script's folder. `require` runs loaders
 * from Lua code, so that a module's main chunk may wait (an API call at its
 * top level). cjson is always there.
 *
 * The files are the library's parts, and are loaded when one of them is first
 * needed: a state with all of them holds twice as much as one that answers
 * messages. Scripts have no say in where they come from, or what is loaded:
 * package.loaded and package.searchers may be emptied. */
#ifndef TGR_SCRIPT_MODULES_H
#define TGR_SCRIPT_MODULES_H

#include <lua.h>
#include <stddef.h>

/* One embedded Lua file; the table is made by the build from lua/. */
struct tgr_module_file {
  const char *module; /* "tgrunner.bot" */
  const char *chunk;  /* "=[tgrunner]/bot.lua" */
  const char *text;
  size_t len;
  const char *code; /* the same, compiled with the Lua that was there when the
                       program was built; NULL: not compiled */
  size_t code_len;
};
extern const struct tgr_module_file tgr_module_files[]; /* ends with NULL */

/* Protected: puts the embedded files into package.preload, for states that keep
 * their own `require`. */
void tgr_modules_preload(lua_State *L);

/* Protected: loads all that would be loaded later. */
void tgr_modules_load_parts(lua_State *L);

/* Protected: sets package.path and the searchers up and replaces `require`.
 * `script_dir` may be NULL. */
void tgr_modules_open(lua_State *L, const char *script_dir);

#endif
