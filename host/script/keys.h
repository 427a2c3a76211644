/* Keys: what a script's constraint gives, as the engine's keys. */
#ifndef TGR_SCRIPT_KEYS_H
#define TGR_SCRIPT_KEYS_H

#include "engine/sequence.h"

#include <lua.h>

/* More keys than this for one update is an error. */
enum { TGR_KEYS_MAX = 64 };

/* Calls the constraint at index `constraint` with the value at `ctx` and pushes
 * the keys it gives (a string, an integer, a list of these, or nil); returns
 * how many. Raises when it gives something else, and names the constraint's
 * line. */
int tgr_keys_ask(lua_State *L, int constraint, int ctx);

/* The keys from stack index `first` to the top; nil is left out. Strings are
 * borrowed: they must stay on the stack. */
size_t tgr_keys_from_stack(lua_State *L, int first,
                           struct tgr_key keys[TGR_KEYS_MAX]);

#endif
