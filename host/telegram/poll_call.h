/* Poll call: the fetcher's requests over HTTP: the seam of updates_call.h,
 * implemented by call.c on the lane of long polls.
 *
 * A request begins when the loop has nothing else to do and no call waits for a
 * place, or a few milliseconds later: while handlers are short of time, or the
 * server is, more updates would only wait here instead of there. */
#ifndef TGR_TELEGRAM_POLL_CALL_H
#define TGR_TELEGRAM_POLL_CALL_H

#include "telegram/call.h"
#include "telegram/updates_call.h"

struct tgr_poll_call {
  struct tgr_updates_call seam; /* hand `&it->seam` to the fetcher */
  struct tgr_updates *updates;  /* who asked */
  struct tgr_call call;
  struct tgr_buf body; /* the request's parameters, while it is open */
  const char *method;  /* "getUpdates", "getMe": constants */
  uint64_t timeout_ms;
  struct tgr_job begin;   /* for when the loop is idle and calm … */
  struct tgr_timer limit; /* … or this much later */
};

void tgr_poll_call_init(struct tgr_poll_call *it, struct tgr_api *api);
/* Cancels what is open. */
void tgr_poll_call_deinit(struct tgr_poll_call *it);

#endif
