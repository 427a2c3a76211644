/* Lazy: an object that is decoded when it is first looked at.
 *
 * To a script it is a plain table: reading and writing a field, `#`, pairs and
 * the functions of the base library that look at tables raw (next, rawget,
 * rawlen, rawset, setmetatable) fill it in first, and so does the encoder; from
 * then on it has no trace of this. Only C modules that read tables raw see one
 * odd member, under a light userdata, until somebody has looked. Most scripts
 * never look at what sendMessage answers: decoding that is 6 % of an echo.
 *
 * Owner: the thread of the state.
 * Not here: which answers are worth it (script/reply.c). */
#ifndef TGR_JSON_LAZY_H
#define TGR_JSON_LAZY_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

/* Makes lazy objects possible in this state: wraps those functions of the base
 * library. Not for states of others. */
void tgr_json_lazy_install(lua_State *L);

/* Whether that was done. */
bool tgr_json_lazy_is_installed(lua_State *L);

/* Pushes a lazy object of the JSON text of one, which is copied. */
void tgr_json_lazy_push(lua_State *L, const char *text, size_t len);

/* Fills in the value at `index` if it is a lazy object. Raises when its text is
 * broken. */
void tgr_json_lazy_open(lua_State *L, int index);

#endif
