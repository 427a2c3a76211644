/* Encode: a Lua value → JSON text in a buffer.
 *
 *   sequence, empty table        array
 *   table with string keys       object, in the order of lua_next
 *   marked empty table, null     as mark.h says
 *   integer                      exact
 *   float                        without fraction and within ±2^53 as an
 *                                integer, else the shortest that reads back
 *   string                       invalid UTF-8 becomes U+FFFD (see text.h)
 *
 * Tables are read raw: no metamethod runs; lazy objects (lazy.h) are filled in,
 * which raises when they are broken. Everything else is an error that
 * names the place: functions, threads, userdata, nan, inf, holes, keys that are
 * no strings, both kinds of keys in one table, cycles (as nesting).
 *
 * Owner: the thread of the Lua state. The one C allocation is the caller's
 * buffer: `special` may raise, and so may Lua when out of memory, so keep the
 * buffer where it survives a caught error. */
#ifndef TGR_JSON_ENCODE_H
#define TGR_JSON_ENCODE_H

#include "base/buf.h"

#include <lua.h>

#include <stdbool.h>

enum { TGR_JSON_POLL = 1024 };

/* All zero is fine. */
struct tgr_json_encode_options {
  /* An empty table at the top is an object. */
  bool top_is_object;
  /* Members in the order of their names, in quadratic time: for specs. */
  bool sorted;
  /* Whether a member of this name is an object when its table is empty. NULL:
   * none is. */
  bool (*is_object)(void *user, const char *name, size_t name_len);
  /* Called for full userdata, and for tables with a metatable that is not of
   * mark.h. It appends one JSON value to `out` and sets `*written`, or leaves
   * both alone: tables are then encoded as any other, userdata are an error.
   * `index` is absolute; the stack is left as it was. A status other than
   * TGR_OK ends the encoding; its text in `error` gets the place in front. */
  enum tgr_status (*special)(void *user, lua_State *L, int index,
                             struct tgr_buf *out, bool *written,
                             struct tgr_error *error);
  void *user;
  /* Called each TGR_JSON_POLL values or so; may raise. NULL: nobody asks. */
  void (*poll)(lua_State *L);
};

/* Appends the JSON of the value at `index` to `out`. On an error `out` is as it
 * was, the Lua stack too, and `error` (may be NULL) names the place, like
 * `reply_markup.keyboard[2][1]: cannot encode a function`:
 *   TGR_EINVAL  a value that JSON has no form for
 *   TGR_ELIMIT  nested deeper than TGR_JSON_DEPTH_MAX; longer than `out` may be
 *   TGR_ENOMEM
 *   and what `special` returns. `options` may be NULL. */
TGR_MUST_CHECK enum tgr_status
tgr_json_encode(lua_State *L, int index,
                const struct tgr_json_encode_options *options,
                struct tgr_buf *out, struct tgr_error *error);

#endif
