/* Number: JSON numbers from and to text, whatever the program's locale.
 *
 * Any thread, all of it. */
#ifndef TGR_JSON_NUMBER_H
#define TGR_JSON_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TGR_JSON_NUMBER_TEXT_MAX = 40 };

/* One JSON number, read. */
struct tgr_json_number {
  bool is_integer; /* written as an integer and fits int64_t */
  int64_t integer;
  double real; /* when not is_integer; infinite when beyond a double */
};

/* Reads the number that starts at `at`, by the grammar of RFC 8259. Returns the
 * byte behind it, or, when there is no number, NULL with `*error_at` at the
 * byte that should have been a digit. */
const char *tgr_json_number_read(const char *at, const char *end,
                                 struct tgr_json_number *number,
                                 const char **error_at);

/* Writes integers exactly. Returns the length; no NUL. */
size_t tgr_json_integer_write(char out[TGR_JSON_NUMBER_TEXT_MAX],
                              int64_t integer);
/* Writes a finite number: one without fraction within ±2^53 as an integer,
 * others with as few digits as read back to the same. No NUL. */
size_t tgr_json_real_write(char out[TGR_JSON_NUMBER_TEXT_MAX], double real);

#endif
