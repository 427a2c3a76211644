/* Validate: whether text is JSON, by the letter of RFC 8259.
 *
 * Text that is not UTF-8 is accepted, as everywhere in json/ (see text.h); all
 * else is strict: one value, no trailing commas, no leading zeros, no bare
 * control characters, nesting of at most TGR_JSON_DEPTH_MAX.
 * Any thread. No allocation, no recursion. */
#ifndef TGR_JSON_VALIDATE_H
#define TGR_JSON_VALIDATE_H

#include "json/token.h"

/* TGR_OK, TGR_ESYNTAX, or TGR_ELIMIT for too deep a nesting. `fault` (not NULL)
 * tells where and what, on an error. */
TGR_MUST_CHECK enum tgr_status tgr_json_validate(const char *text, size_t len,
                                                 struct tgr_json_fault *fault);

#endif
