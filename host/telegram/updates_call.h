/* The seam between the fetcher (updates.c) and HTTP (call.c). */
#ifndef TGR_TELEGRAM_UPDATES_CALL_H
#define TGR_TELEGRAM_UPDATES_CALL_H

#include "base/status.h"

struct tgr_updates;

/* How a request is made; one is open at a time. The implementer embeds it. */
struct tgr_updates_call {
  /* So many updates at most are wanted at once, as things are now; 0: as many
   * as the server gives. The implementer writes it. */
  int most;
  /* Sends `method` ("getUpdates", "getMe") with `params` (a JSON object's text,
   * borrowed for the call), and answers once by tgr_updates_answer, possibly
   * before it returns. `timeout_ms`: when the watchdog will cancel it; a hint.
   * `updates` is who to answer. */
  void (*start)(struct tgr_updates_call *call, struct tgr_updates *updates,
                const char *method, const char *params, size_t params_len,
                uint64_t timeout_ms);
  /* Ends the open request; no answer comes any more. Returns whether the server
   * may have got it. */
  bool (*cancel)(struct tgr_updates_call *call);
};

/* What a request came to. All borrowed for the call of tgr_updates_answer. */
struct tgr_updates_answer {
  /* TGR_OK: the server answered. Else the transport's failure: TGR_ENET,
   * TGR_ETIMEOUT, TGR_ENOMEM, … with `text` saying what broke. */
  enum tgr_status status;
  const char *text; /* may be NULL when TGR_OK */
  int http_status;  /* 200, 429, 502, … */
  const char *body; /* any bytes: JSON, an HTML page, nothing */
  size_t body_len;
};

#endif
