/* Decode: JSON text → one Lua value.
 *
 * Integers that fit 64 bits are exact Lua integers, both limits included (-0 is
 * 0); larger ones and all written with a fraction or an exponent are floats.
 * Objects and arrays are plain tables; of members with the same name the last
 * wins. Invalid UTF-8 and lone surrogates become U+FFFD (see text.h). All else
 * is as strict as validate.h.
 *
 * Owner: the thread of the Lua state. No C memory is allocated, so nothing
 * leaks when Lua raises. */
#ifndef TGR_JSON_DECODE_H
#define TGR_JSON_DECODE_H

#include "base/status.h"

#include <lua.h>

#include <stdbool.h>

/* All false is what updates and API answers use. */
struct tgr_json_decode_options {
  /* null is the value of mark.h. Otherwise null is nil: the member is absent,
   * the array has a hole at that place. */
  bool keep_null;
  /* Empty arrays and objects carry the metatables of mark.h, so that they are
   * encoded as what they were. */
  bool mark_empty;
  /* Called each 4 KiB or so; may raise. NULL: nobody asks. */
  void (*poll)(lua_State *L);
};

/* Pushes the value of `text` and returns TGR_OK. Otherwise pushes nothing, and
 * `error` (may be NULL) says what was expected at which byte:
 *   TGR_ESYNTAX  not JSON
 *   TGR_ELIMIT   nested deeper than TGR_JSON_DEPTH_MAX, a number beyond a
 *                double, or no room on the Lua stack
 * Raises Lua's memory error: call it where that is caught. `options` may be
 * NULL. */
TGR_MUST_CHECK enum tgr_status
tgr_json_decode(lua_State *L, const char *text, size_t len,
                const struct tgr_json_decode_options *options,
                struct tgr_error *error);

#endif
