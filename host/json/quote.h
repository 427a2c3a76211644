/* Quote: text → a JSON string in a buffer. */
#ifndef TGR_JSON_QUOTE_H
#define TGR_JSON_QUOTE_H

#include "base/buf.h"

/* Any thread. Appends `text` as a JSON string with its quotes; invalid UTF-8
 * becomes U+FFFD (see text.h). TGR_ENOMEM, TGR_ELIMIT: part of it may have been
 * appended. */
TGR_MUST_CHECK enum tgr_status tgr_json_quote(struct tgr_buf *out,
                                              const char *text, size_t len);

#endif
