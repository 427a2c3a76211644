/* getUpdates parameters as text. */
#include "telegram/poll.h"

#include <inttypes.h>
#include <stdio.h>

static enum tgr_status append_all(struct tgr_buf *out, const char *before,
                                  const struct tgr_buf *text) {
  if (text == NULL || text->len == 0)
    return TGR_OK;
  const enum tgr_status status = tgr_buf_append_str(out, before);
  return status == TGR_OK ? tgr_buf_append(out, text->bytes, text->len)
                          : status;
}

enum tgr_status tgr_poll_write(struct tgr_buf *out,
                               const struct tgr_poll *poll) {
  char text[96];
  (void)snprintf(text, sizeof text, "{\"timeout\":%" PRIu64, poll->timeout_s);
  enum tgr_status status = tgr_buf_append_str(out, text);
  if (status == TGR_OK)
    status = append_all(out, ",", poll->fetch);
  if (status == TGR_OK)
    status = append_all(out, ",\"allowed_updates\":", poll->allowed_updates);
  (void)snprintf(text, sizeof text, ",\"offset\":%" PRId64 ",\"limit\":%d}",
                 poll->offset, poll->limit);
  return status == TGR_OK ? tgr_buf_append_str(out, text) : status;
}
