/* Refusal: what an answer that is no success means for the next try. Pure.
 * Source: Bot API server, getUpdates; observed descriptions of 409. */
#ifndef TGR_TELEGRAM_REFUSAL_H
#define TGR_TELEGRAM_REFUSAL_H

#include "telegram/answer.h"
#include "telegram/outage.h"
#include "telegram/updates_call.h"

enum { TGR_REFUSAL_REASON_MAX = 256 };

struct tgr_refusal {
  enum tgr_outage_cause cause;
  uint64_t retry_after_s;
  char reason[TGR_REFUSAL_REASON_MAX]; /* "502 Bad Gateway", for people */
  struct tgr_error error; /* TGR_OK: try again; else it is fatal at once */
};

/* `status` is what came of sending and reading: TGR_OK or TGR_EPROTO with
 * `envelope` filled when the server said no, else why there is no envelope. */
void tgr_refusal_read(struct tgr_refusal *refusal,
                      const struct tgr_updates_answer *answer,
                      enum tgr_status status,
                      const struct tgr_answer *envelope);

#endif
