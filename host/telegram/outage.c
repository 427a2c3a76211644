/* Waits between tries, and the lines about them. */
#include "telegram/outage.h"

#include <stdio.h>
#include <string.h>

enum { CALM_MS = 60000 };

void tgr_outage_init(struct tgr_outage *outage,
                     const struct tgr_outage_options *options,
                     const struct tgr_log *log) {
  *outage = (struct tgr_outage){.options = *options, .log = log};
  tgr_backoff_init(&outage->backoff, options->kind, options->fixed_ms,
                   options->seed);
}

/* The next failure is a first one. */
static void reset_tries(struct tgr_outage *outage) {
  outage->tries = outage->conflicts = 0;
  tgr_backoff_reset(&outage->backoff);
}

void tgr_outage_forget(struct tgr_outage *outage) {
  reset_tries(outage);
  memset(outage->told, 0, sizeof outage->told);
  outage->lasts = false;
  outage->recovered_us = 0;
}

/* "0.1 s", "42 s", "15 h": short, for people. */
static const char *in_words(uint64_t us, char text[32]) {
  const double s = (double)us / 1e6;
  if (s < 9.95)
    (void)snprintf(text, 32, "%.1f s", s);
  else if (s < 600)
    (void)snprintf(text, 32, "%.0f s", s);
  else if (s < 36000)
    (void)snprintf(text, 32, "%.0f min", s / 60);
  else
    (void)snprintf(text, 32, "%.0f h", s / 3600);
  return text;
}

static uint64_t ms_to_us(uint64_t ms) {
  return ms > UINT64_MAX / 1000 ? UINT64_MAX : ms * 1000;
}

/* When trying ends: `span_ms` after `from_us`. */
static uint64_t end_of(uint64_t from_us, uint64_t span_ms) {
  const uint64_t us = ms_to_us(span_ms);
  return us > UINT64_MAX - from_us ? UINT64_MAX : from_us + us;
}

static void tell(struct tgr_outage *outage, enum tgr_outage_cause cause,
                 const char *reason, uint64_t wait_us) {
  if (outage->log == NULL)
    return;
  char words[32];
  char more[32];
  if (outage->told[cause]) {
    tgr_log_write(outage->log, TGR_LOG_DEBUG,
                  "try %u failed (%s); the next in %s", outage->tries, reason,
                  in_words(wait_us, words));
    return;
  }
  outage->told[cause] = true;
  switch (cause) {
  case TGR_OUTAGE_LOSS:
    tgr_log_write(outage->log, TGR_LOG_WARN,
                  "cannot fetch updates (%s); retrying", reason);
    break;
  case TGR_OUTAGE_FLOOD:
    tgr_log_write(outage->log, TGR_LOG_INFO,
                  "flood limit (%s): polling again in %s", reason,
                  in_words(wait_us, words));
    break;
  case TGR_OUTAGE_CONFLICT:
    tgr_log_write(outage->log, TGR_LOG_WARN,
                  "another program polls this bot (%s); trying for up to %s",
                  reason,
                  in_words(ms_to_us(outage->options.conflict_wait_ms), more));
    break;
  }
}

static enum tgr_status give_up(const struct tgr_outage *outage, uint64_t now_us,
                               bool conflict, const char *reason,
                               struct tgr_error *error) {
  char words[32];
  if (conflict)
    return tgr_error_set(
        error, TGR_ECONFLICT,
        "another program polls this bot and has not stopped within %s (%s); "
        "stop it, or use another token",
        in_words(now_us - outage->conflict_us, words), reason);
  in_words(now_us - outage->began_us, words);
  if (outage->came_up)
    return tgr_error_set(error, TGR_ENET,
                         "the Bot API has given no updates for %s, in %u tries "
                         "(%s)",
                         words, outage->tries, reason);
  return tgr_error_set(error, TGR_ENET,
                       "the Bot API never came up, in %s and %u tries (%s); "
                       "check the network and api_root",
                       words, outage->tries, reason);
}

enum tgr_status tgr_outage_failed(struct tgr_outage *outage, uint64_t now_us,
                                  enum tgr_outage_cause cause,
                                  const char *reason, uint64_t retry_after_s,
                                  uint64_t *wait_us, struct tgr_error *error) {
  if (outage->tries++ == 0)
    outage->began_us = now_us;
  if (!outage->lasts) {
    outage->lasts = true;
    outage->lost_us = now_us;
    outage->told_tries = 0;
  }
  outage->told_tries++;
  const bool conflict = cause == TGR_OUTAGE_CONFLICT;
  if (!conflict)
    outage->conflicts = 0;
  else if (outage->conflicts++ == 0)
    outage->conflict_us = now_us;
  const uint64_t end = end_of(outage->began_us, outage->options.max_retry_ms);
  const uint64_t conflict_end =
      conflict ? end_of(outage->conflict_us, outage->options.conflict_wait_ms)
               : UINT64_MAX;
  if (now_us >= end || now_us >= conflict_end)
    return give_up(outage, now_us, now_us >= conflict_end, reason, error);
  uint64_t wait = cause == TGR_OUTAGE_FLOOD
                      ? ms_to_us(retry_after_s * 1000)
                      : ms_to_us(tgr_backoff_next_ms(&outage->backoff));
  const uint64_t last = end < conflict_end ? end : conflict_end;
  if (wait > last - now_us)
    wait = last - now_us;
  tell(outage, cause, reason, wait);
  *wait_us = wait;
  return TGR_OK;
}

static void tell_recovery(struct tgr_outage *outage, uint64_t now_us) {
  char words[32];
  in_words(outage->up_us - outage->lost_us, words);
  if (outage->log != NULL && outage->told[TGR_OUTAGE_LOSS])
    tgr_log_write(outage->log, TGR_LOG_INFO, "connected again after %s, %u %s",
                  words, outage->told_tries,
                  outage->told_tries == 1 ? "try" : "tries");
  else if (outage->log != NULL && outage->told[TGR_OUTAGE_CONFLICT])
    tgr_log_write(outage->log, TGR_LOG_INFO,
                  "this bot polls again after %s: the other program stopped",
                  words);
  const bool was_told =
      outage->told[TGR_OUTAGE_LOSS] || outage->told[TGR_OUTAGE_CONFLICT];
  tgr_outage_forget(outage);
  outage->recovered_us = was_told ? now_us : 0;
}

/* Whether a recovery was told so shortly before the loss that the next one has
 * to last. */
static bool comes_and_goes(const struct tgr_outage *outage) {
  return outage->recovered_us != 0 &&
         outage->lost_us - outage->recovered_us < CALM_MS * UINT64_C(1000);
}

void tgr_outage_over(struct tgr_outage *outage, uint64_t now_us) {
  outage->came_up = true;
  if (!outage->lasts)
    return;
  if (outage->tries > 0)
    outage->up_us = now_us;
  reset_tries(outage);
  if (!comes_and_goes(outage) ||
      now_us - outage->up_us >= CALM_MS * UINT64_C(1000))
    tell_recovery(outage, now_us);
}
