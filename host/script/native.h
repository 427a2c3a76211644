/* Native: functions of the embedding program that scripts call, and values on
 * their way between both.
 *
 * Owner: the list is made before the first state and read by all threads; the
 * rest belongs to the thread of a state.
 * Not here: calls in the other direction (invoke.c). */
#ifndef TGR_SCRIPT_NATIVE_H
#define TGR_SCRIPT_NATIVE_H

#include "base/mem.h"
#include "base/status.h"
#include "include/tgrunner.h"

#include <lua.h>

enum { TGR_NATIVE_ARGS_MAX = 16, TGR_NATIVE_NAME_MAX = 200 };

struct tgr_script;

struct tgr_native {
  struct tgr_native *next;
  tgr_function function;
  void *user;
  char name[]; /* "roll", "game.roll" */
};

/* Whether `name` is a path of identifiers. */
bool tgr_native_is_name(const char *name);

/* Puts a function behind those of `*list`. TGR_EINVAL for a name that is no
 * path, or is taken; TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status
tgr_native_add(struct tgr_native **list, const struct tgr_mem *mem,
               const char *name, tgr_function function, void *user);
void tgr_native_free_all(struct tgr_native *list, const struct tgr_mem *mem);

/* Protected: sets the globals of all functions of the list. */
void tgr_native_open(lua_State *L, struct tgr_script *script,
                     const struct tgr_native *list);

/* Pushes the global that a path names; nil when there is none. May raise. */
void tgr_native_push_global(lua_State *L, const char *name);

/* Pushes a value. Raises for JSON that is none. */
void tgr_native_push(lua_State *L, const struct tgr_value *value);

/* Reads the value at `index` (not negative); a table is replaced there by its
 * JSON text, which keeps it alive. Raises for what has no such form. */
void tgr_native_read(lua_State *L, struct tgr_script *script, int index,
                     struct tgr_value *value);

#endif
