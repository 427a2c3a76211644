/* Poll: the parameters of one getUpdates as JSON text. */
#ifndef TGR_TELEGRAM_POLL_H
#define TGR_TELEGRAM_POLL_H

#include "base/buf.h"

struct tgr_poll {
  uint64_t timeout_s;
  const struct tgr_buf *fetch; /* members as text; NULL or empty: none */
  const struct tgr_buf *allowed_updates; /* a list as text; as above */
  int64_t offset;
  int limit;
};

/* Appends the object: timeout, fetch, allowed_updates, offset, limit. On
 * TGR_ENOMEM or TGR_ELIMIT `out` may hold a part of it. */
TGR_MUST_CHECK enum tgr_status tgr_poll_write(struct tgr_buf *out,
                                              const struct tgr_poll *poll);

#endif
