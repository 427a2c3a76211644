/* Updates: the supplier behind the runner: getUpdates, its offset and retries.
 *
 * Owner: the thread of its loop.
 * In:    the source's supply, init, confirm and abort; tgr_updates_answer.
 * Out:   struct tgr_updates_call (one request at a time); tasks to the source.
 * Not here: HTTP (telegram/call.c), cutting an answer (telegram/split.c), how
 *        often to ask (engine/source.c).
 *
 * After a failure polls are short, so that the first success shows at once.
 * When and how often to try again is outage.h's; which refusals are fatal at
 * once is ours: 401, 404, and a webhook that is set. */
#ifndef TGR_TELEGRAM_UPDATES_H
#define TGR_TELEGRAM_UPDATES_H

#include "base/backoff.h"
#include "base/buf.h"
#include "base/log.h"
#include "engine/source.h"
#include "telegram/outage.h"
#include "telegram/updates_call.h"

enum { TGR_UPDATES_PARAMS_MAX = 1 << 20 }; /* bytes of a request */

struct tgr_updates_options {
  uint64_t timeout_s;          /* of the long poll, while none fails; default 30
                                */
  const char *allowed_updates; /* JSON text of a list, "[]" included; NULL: not
                                  sent */
  const char *fetch;     /* more members for getUpdates as JSON text, "" or
                            "\"a\":1,\"b\":2"; NULL for none */
  uint64_t max_retry_ms; /* default 15 h */
  enum tgr_backoff_kind retry_kind;
  uint64_t retry_fixed_ms;   /* for TGR_BACKOFF_FIXED */
  uint64_t conflict_wait_ms; /* default 30000 */
  uint64_t seed;             /* of the jitter; 0: none */
  bool silent;               /* outages are not logged */
  bool drop_pending_updates; /* the first request skips the queue */
  bool skip_me;              /* init makes no getMe: `me` is known already */
};

struct tgr_updates {
  struct tgr_supplier supplier; /* hand `&updates->supplier` to the source */
  const struct tgr_mem *mem;
  struct tgr_timers *timers;
  const struct tgr_log *log; /* NULL: nothing is logged */
  struct tgr_updates_call *call;
  struct tgr_updates_options options;
  /* Optional: the `result` of getMe as JSON text, borrowed. */
  void (*on_me)(struct tgr_updates *updates, const char *json, size_t len);
  /* Optional: a request has succeeded, or failed and is tried again. */
  void (*on_contact)(struct tgr_updates *updates, bool ok);
  void *user; /* for both */

  struct tgr_source *source; /* who asked; NULL: nobody */
  uint8_t purpose; /* of the request, or of its next try (updates_inside.h) */
  bool open;       /* a request is with `call` */
  bool skipped;    /* pending updates were skipped already */
  bool sent;       /* the last getUpdates may have arrived */
  bool told;       /* told_offset is known to have been sent */
  int limit;
  int64_t offset;      /* of the next getUpdates */
  int64_t sent_offset; /* of the last one */
  int64_t told_offset; /* of the last one that has ended and may have arrived */
  int64_t confirming;
  struct tgr_outage outage;
  struct tgr_timer retry;
  struct tgr_timer watchdog;
  struct tgr_buf params;
  struct tgr_buf allowed; /* own copies of the option texts */
  struct tgr_buf fetch;
};

void tgr_updates_options_init(struct tgr_updates_options *options);

/* A fetcher at offset 0. Copies the option texts; borrows the rest for its
 * life. TGR_ENOMEM with nothing to deinit. */
TGR_MUST_CHECK enum tgr_status
tgr_updates_init(struct tgr_updates *updates, const struct tgr_mem *mem,
                 struct tgr_timers *timers, const struct tgr_log *log,
                 struct tgr_updates_call *call,
                 const struct tgr_updates_options *options);
/* Nothing may be open. */
void tgr_updates_deinit(struct tgr_updates *updates);

/* Replaces the allowed_updates text (NULL: not sent) from the next request on.
 * TGR_ENOMEM with the old one kept. */
TGR_MUST_CHECK enum tgr_status
tgr_updates_set_allowed(struct tgr_updates *updates, const char *json);

/* The answer to the open request. */
void tgr_updates_answer(struct tgr_updates *updates,
                        const struct tgr_updates_answer *answer);

#endif
