/* Outage: how long requests may fail, and what is said about it.
 *
 * An outage begins with the first failed try and ends with the next success. A
 * failed try is followed by a wait: after 429 exactly what the server asks for,
 * else the backoff. The last try is made when the outage has lasted
 * max_retry_ms; when it fails too, the error is fatal. Conflicts with another
 * poller in a row have a clock of their own, conflict_wait_ms.
 *
 * One line tells of the loss, one of the recovery; tries between are logged at
 * debug level. A loss within CALM_MS of a recovery is told, but no recovery
 * from it until none has followed for as long: what comes and goes is one
 * outage for who reads. */
#ifndef TGR_TELEGRAM_OUTAGE_H
#define TGR_TELEGRAM_OUTAGE_H

#include "base/backoff.h"
#include "base/log.h"

struct tgr_outage_options {
  uint64_t max_retry_ms;
  uint64_t conflict_wait_ms;
  enum tgr_backoff_kind kind;
  uint64_t fixed_ms;
  uint64_t seed;
};

enum tgr_outage_cause {
  TGR_OUTAGE_LOSS,    /* network, 5xx, no JSON, out of memory, … */
  TGR_OUTAGE_FLOOD,   /* 429 with a usable retry_after */
  TGR_OUTAGE_CONFLICT /* 409: another program polls */
};

struct tgr_outage {
  struct tgr_outage_options options;
  const struct tgr_log *log; /* NULL: says nothing */
  struct tgr_backoff backoff;
  bool came_up;         /* some request has succeeded, ever */
  bool told[3];         /* by cause: this outage's line is written */
  unsigned tries;       /* failed tries since the last success */
  uint64_t began_us;    /* counts with tries > 0 */
  unsigned conflicts;   /* conflicts in a row */
  uint64_t conflict_us; /* when the first of them came */
  /* The outage as it is told: from `lost_us`, `told_tries` in all. */
  bool lasts; /* its recovery is not told yet */
  uint64_t lost_us;
  unsigned told_tries;
  uint64_t up_us;        /* the last try that failed was before */
  uint64_t recovered_us; /* when the last recovery was told; 0: never */
};

void tgr_outage_init(struct tgr_outage *outage,
                     const struct tgr_outage_options *options,
                     const struct tgr_log *log);

/* A try has failed: TGR_OK with the wait before the next in `*wait_us`, or the
 * fatal status with `error` filled. `reason` is what a person reads
 * ("502 Bad Gateway"); `retry_after_s` counts for a flood only. */
TGR_MUST_CHECK enum tgr_status
tgr_outage_failed(struct tgr_outage *outage, uint64_t now_us,
                  enum tgr_outage_cause cause, const char *reason,
                  uint64_t retry_after_s, uint64_t *wait_us,
                  struct tgr_error *error);

/* A request has succeeded. */
void tgr_outage_over(struct tgr_outage *outage, uint64_t now_us);

/* Nobody tries any more: forgets the outage without a word. */
void tgr_outage_forget(struct tgr_outage *outage);

#endif
