/* Text: the escapes and the UTF-8 of JSON strings.
 *
 * Whatever is no Unicode text becomes U+FFFD: each maximal invalid byte
 * sequence once, and each lone surrogate escape once. So what leaves here is
 * always valid UTF-8, and what came in is never refused for it.
 * Any thread, all of it. */
#ifndef TGR_JSON_TEXT_H
#define TGR_JSON_TEXT_H

#include "json/scan.h"

/* The longest text that one character or one escape turns into. */
enum { TGR_JSON_CHAR_MAX = 4 };

/* The first byte that is a quote, a backslash, a control character or part of a
 * character beyond ASCII; `end` if none. */
const char *tgr_json_plain_end(const char *at, const char *end);

/* The length of the UTF-8 character at `at` (1..4), or, with `*valid` false, of
 * the bytes that one U+FFFD stands for. `at` is before `end`. */
size_t tgr_json_utf8_len(const char *at, const char *end, bool *valid);

/* Reads one character or escape of a string's content at `*at`, moves `*at`
 * behind it and writes its UTF-8 to `out`; returns the length. A broken escape
 * gives U+FFFD for the backslash. `*at` is before `end`. */
size_t tgr_json_next_char(const char **at, const char *end,
                          char out[TGR_JSON_CHAR_MAX]);

/* Writes the text of `string` (with or without its quotes) and a NUL to `out`
 * of `size` bytes, cut between characters when it does not fit; returns the
 * length without the NUL. */
size_t tgr_json_unescape(struct tgr_json_slice string, char *out, size_t size);

#endif
