/* Token: the strict reading of single JSON tokens, shared by validate.c and
 * decode.c, and how both say what is wrong.
 *
 * Any thread, all of it. */
#ifndef TGR_JSON_TOKEN_H
#define TGR_JSON_TOKEN_H

#include "base/status.h"

#include <stdbool.h>

/* The first thing that is wrong. */
struct tgr_json_fault {
  enum tgr_status status; /* TGR_ESYNTAX or TGR_ELIMIT */
  const char *at;         /* the byte that cannot be there; may be the end */
  const char *expected;   /* what should be: "a value", "',' or ']'" */
};

/* Fills `fault` and returns false. */
bool tgr_json_fault_set(struct tgr_json_fault *fault, enum tgr_status status,
                        const char *at, const char *expected);

/* The same for a number that should start at `at`, and is none for the byte at
 * `error_at`. */
bool tgr_json_fault_set_number(struct tgr_json_fault *fault, const char *at,
                               const char *error_at);

/* Turns a fault in the text that starts at `start` into a line that gives the
 * byte position, counted from 1; returns the status. */
enum tgr_status tgr_json_fault_describe(const struct tgr_json_fault *fault,
                                        const char *start, const char *end,
                                        struct tgr_error *error);

/* Checks a string from behind its opening quote; returns its closing quote, or
 * NULL. `*exact`: the content is valid UTF-8 without escapes, so its bytes are
 * its text. */
const char *tgr_json_token_string(const char *at, const char *end, bool *exact,
                                  struct tgr_json_fault *fault);

/* Checks for `true`, `false` or `null` (`word`); returns the byte behind it, or
 * NULL. */
const char *tgr_json_token_word(const char *at, const char *end,
                                const char *word, struct tgr_json_fault *fault);

#endif
