/* Scan: looks into raw JSON and cuts pieces out of it, decoding nothing.
 *
 * Owner: nobody; there is no state beyond what the caller passes in. No
 *        allocation and no recursion. Slices point into the caller's text.
 * Any thread, all of it.
 *
 * Scanning trusts tokens and checks structure only: strings end, brackets
 * close, commas and colons stand where they should on the levels that are
 * walked. What is skipped as a whole is only checked for closing. A wrong
 * token (`tru`, `01`) passes; validate.h and decode.h find it.
 * Not here: the grammar (validate.c), text (text.c), numbers (number.c). */
#ifndef TGR_JSON_SCAN_H
#define TGR_JSON_SCAN_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The deepest nesting of arrays and objects that anything in json/ takes. */
enum { TGR_JSON_DEPTH_MAX = 64 };

/* A piece of JSON text. As a value it holds the whole token, a string with its
 * quotes; as a key it is what stands between the quotes. */
struct tgr_json_slice {
  const char *at;
  size_t len;
};

/* A walk over the elements of an array or the members of an object. */
struct tgr_json_iter {
  const char *at; /* the next byte to look at */
  const char *end;
  unsigned depth_left;    /* levels that may open inside this container */
  char close;             /* the bracket that ends it */
  bool escaped;           /* a key had an escape in it */
  bool started;           /* an item was taken: a comma comes before the next */
  bool ended;             /* `at` is behind the closing bracket */
  enum tgr_status status; /* TGR_OK until something was wrong */
};

/* Cuts the value at `*at`, blanks before it skipped, and moves `*at` behind it.
 * `depth_max` bounds its nesting. TGR_ESYNTAX when there is no value or it does
 * not end before `end`; TGR_ELIMIT when it nests deeper. `*at` stays on error.
 */
TGR_MUST_CHECK enum tgr_status tgr_json_cut(const char **at, const char *end,
                                            size_t depth_max,
                                            struct tgr_json_slice *value);

/* Starts a walk over `container`, an object (`bracket` is '{') or an array
 * ('['). False, with `it->status` TGR_EINVAL, when it is something else. */
bool tgr_json_open(struct tgr_json_iter *it, struct tgr_json_slice container,
                   char bracket);

/* The next element. False at the end, and on an error (see `it->status`). */
bool tgr_json_next_element(struct tgr_json_iter *it,
                           struct tgr_json_slice *element);

/* The next member. False at the end, and on an error (see `it->status`). */
bool tgr_json_next_member(struct tgr_json_iter *it, struct tgr_json_slice *key,
                          struct tgr_json_slice *value);

/* The same in two steps, so that a value can be walked without being scanned
 * twice: next_key, then take or enter. */
bool tgr_json_next_key(struct tgr_json_iter *it, struct tgr_json_slice *key);
bool tgr_json_take(struct tgr_json_iter *it, struct tgr_json_slice *value);

/* Starts a walk inside the value that comes next in `it`. False, with nothing
 * changed, when that is not a container of the kind `bracket`: take it then. */
bool tgr_json_enter(const struct tgr_json_iter *it, struct tgr_json_iter *inner,
                    char bracket);
/* Goes on behind the container that `inner` walks, wherever that stands. An
 * error of `inner` becomes one of `it`; false then. */
bool tgr_json_leave(struct tgr_json_iter *it, struct tgr_json_iter *inner);

/* The first member of `object` named `name`. False when it has none, is broken
 * before it, or is not an object. */
bool tgr_json_find(struct tgr_json_slice object, const char *name,
                   struct tgr_json_slice *value);
/* Follows `count` names from object to object: {"message", "chat", "id"}. */
bool tgr_json_find_path(struct tgr_json_slice object, const char *const *names,
                        size_t count, struct tgr_json_slice *value);

/* Whether a key is `name`, its escapes undone. */
bool tgr_json_key_is_all(struct tgr_json_slice key, const char *name);

/* The same; most keys differ in their first byte (routing: 4 % less). */
static inline bool tgr_json_key_is(struct tgr_json_slice key,
                                   const char *name) {
  return (key.len == 0 || key.at[0] == name[0] || key.at[0] == '\\') &&
         tgr_json_key_is_all(key, name);
}
/* Whether a value is the very bytes of `token`: `true`, `null`. */
bool tgr_json_token_is(struct tgr_json_slice value, const char *token);

/* The first place of `text`, which has three bytes or more; NULL if none. For
 * texts whose first three bytes are rare: routing costs 3 % less than with
 * memmem. */
const char *tgr_json_find_text(const char *at, const char *end,
                               const char *text, size_t len);

/* Reads an integer exactly. False, with `out` untouched, when `value` is not a
 * JSON integer (a fraction or an exponent is none) or does not fit. */
bool tgr_json_read_int64(struct tgr_json_slice value, int64_t *out);

/* The first byte at or after `at` that is no JSON blank; `end` if none. */
const char *tgr_json_skip_all_blanks(const char *at, const char *end);

/* The same; mostly there is none to skip. */
static inline const char *tgr_json_skip_blanks(const char *at,
                                               const char *end) {
  return at<end && * at> ' ' ? at : tgr_json_skip_all_blanks(at, end);
}

#endif
