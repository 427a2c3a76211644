/* Poll call: the fetcher's requests over HTTP: the seam of updates_call.h,
 * implemented by call.c on the lane of long polls.
 *
 * While handlers are short of time, more updates would only wait here instead
 * of there. So a request begins as soon as one of these holds, and 10 ms after
 * it was asked for at the latest:
 *
 *   - the handlers of the last batch have begun, and of their calls only a few
 *     are left (tgr_http_is_calm)
 *   - the loop has nothing else to do, and only a few calls are open
 *   - the loop has nothing else to do, and it is the server that takes its time
 *     (poll_mark.h), since the last answer or since a look a millisecond ago */
#ifndef TGR_TELEGRAM_POLL_CALL_H
#define TGR_TELEGRAM_POLL_CALL_H

#include "telegram/call.h"
#include "telegram/poll_mark.h"
#include "telegram/updates_call.h"

struct tgr_poll_call {
  struct tgr_updates_call seam; /* hand `&it->seam` to the fetcher */
  struct tgr_updates *updates;  /* who asked */
  struct tgr_call call;
  struct tgr_buf body; /* the request's parameters, while it is open */
  const char *method;  /* "getUpdates", "getMe": constants */
  uint64_t timeout_ms;
  struct tgr_job idle;   /* for when the loop has nothing else to do … */
  struct tgr_job calm;   /* … or few calls are left … */
  struct tgr_timer look; /* … or a moment later. Active until it begins */
  uint8_t hops;          /* turns of `calm` until the handlers have begun */
  uint64_t asked_us;
  struct tgr_poll_mark answered; /* at the last answer to getUpdates */
  struct tgr_poll_mark looked;   /* while it is held: at the last look */
};

void tgr_poll_call_init(struct tgr_poll_call *it, struct tgr_api *api);
/* Cancels what is open. */
void tgr_poll_call_deinit(struct tgr_poll_call *it);

#endif
