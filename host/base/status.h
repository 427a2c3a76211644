/* Status and error text: how every layer says what went wrong.
 *
 * Functions return enum tgr_status; the layers that meet people also fill a
 * struct tgr_error with one line that says what, where and what to do. */
#ifndef TGR_BASE_STATUS_H
#define TGR_BASE_STATUS_H

#include "include/tgrunner.h"

#include <stdarg.h>

#define TGR_MUST_CHECK __attribute__((warn_unused_result))
#define TGR_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

enum { TGR_ERROR_TEXT_MAX = 512 };

/* One error, by value: no allocation, so it also reports out of memory. */
struct tgr_error {
  enum tgr_status status;
  char text[TGR_ERROR_TEXT_MAX];
};

/* Fills `error` (may be NULL) and returns `status`, for use in a return. Text
 * that is too long is cut at a UTF-8 boundary. */
TGR_PRINTF(3, 4)
enum tgr_status tgr_error_set(struct tgr_error *error, enum tgr_status status,
                              const char *format, ...);

#endif
