/* Call: one call of a Bot API method.
 *
 * A struct tgr_api is one bot at one server: it knows the token, and parses
 * each method's URL once. A struct tgr_call is one request, embedded by its
 * caller; its answer comes by `done`, from the loop's ready list.
 *
 * Owner: the thread of the loop.
 * Not here: what an answer means (answer.h), retries (updates.c, scripts). */
#ifndef TGR_TELEGRAM_CALL_H
#define TGR_TELEGRAM_CALL_H

#include "base/map.h"
#include "net/http.h"

struct tgr_api_options {
  const char *token;    /* must pass tgr_token_check */
  const char *api_root; /* "https://host[:port][/path]"; NULL: Telegram's */
  bool test;            /* Telegram's test environment */
  uint64_t timeout_ms;  /* of a call without files; 0: 500 s, as grammY */
};

struct tgr_api {
  const struct tgr_mem *mem;
  struct tgr_loop *loop;
  struct tgr_http *http;
  char *base;      /* "ROOT/bot<token>/" or "…/test/"; never to be shown */
  size_t root_len; /* of ROOT */
  int64_t bot_id;
  uint64_t timeout_ms;
  struct tgr_map urls; /* struct method_url of call.c, by method name */
};

/* TGR_EAUTH for a malformed token, TGR_EINVAL for an api_root that is no URL,
 * TGR_ENOMEM: nothing to deinit then. */
TGR_MUST_CHECK enum tgr_status
tgr_api_init(struct tgr_api *api, const struct tgr_mem *mem,
             struct tgr_loop *loop, struct tgr_http *http,
             const struct tgr_api_options *options, struct tgr_error *error);
/* No call may be open. */
void tgr_api_deinit(struct tgr_api *api);

struct tgr_call {
  struct tgr_http_request http; /* results: status, http_status, response, … */
  struct tgr_api *api;
  void (*done)(struct tgr_call *call);
  struct tgr_job fail; /* answers a call that could not even be started */
};

void tgr_call_init(struct tgr_call *call, struct tgr_api *api,
                   void (*done)(struct tgr_call *call));
/* Frees the results; the call is not open. */
void tgr_call_deinit(struct tgr_call *call);

/* Posts `body` (JSON, borrowed until done) to `method`. `lane` is
 * TGR_HTTP_CALL, or TGR_HTTP_POLL for a long poll. `timeout_ms` 0: the api's.
 */
void tgr_call_start(struct tgr_call *call, enum tgr_http_lane lane,
                    const char *method, const char *body, size_t body_len,
                    uint64_t timeout_ms);

/* Posts a multipart form; the parts are borrowed until done. It has no time
 * limit as a whole, but ends when nothing has moved for the api's timeout. */
void tgr_call_start_parts(struct tgr_call *call, const char *method,
                          const struct tgr_http_part *parts, size_t count);

/* `done` is not called; the server sees the connection closed. */
void tgr_call_cancel(struct tgr_call *call);

#endif
