/* Moments in the life of a loop. */
#include "telegram/poll_mark.h"

struct tgr_poll_mark tgr_poll_mark_now(const struct tgr_loop *loop,
                                       const struct tgr_http *http) {
  const struct tgr_http_load calls = tgr_http_load(http, TGR_HTTP_CALL);
  return (struct tgr_poll_mark){.at_us = loop->timers.now_us,
                                .slept_us = loop->slept_us,
                                .started = calls.started,
                                .ended = calls.started - calls.open,
                                .waiting = calls.waiting,
                                .took_us = calls.took_us};
}

static bool has_rested(const struct tgr_poll_mark *from,
                       const struct tgr_poll_mark *to) {
  return to->slept_us - from->slept_us >= (to->at_us - from->at_us) / 2;
}

bool tgr_poll_mark_awaits_server(const struct tgr_poll_mark *from,
                                 const struct tgr_poll_mark *to) {
  if (has_rested(from, to))
    return true;
  return to->waiting == 0 &&
         (to->ended == from->ended || to->took_us >= TGR_POLL_HELD_US);
}

/* The last update of a batch waits for all others: with 50 in place of 100 the
 * p50 of an echo is half, its p99 0.7 of what it was (20,000 echoes, medians of
 * nine runs by turns). */
int tgr_poll_mark_most(const struct tgr_poll_mark *from,
                       const struct tgr_poll_mark *to) {
  const bool is_busy =
      from->at_us != 0 && !has_rested(from, to) && to->started != from->started;
  return is_busy ? TGR_POLL_BUSY_MOST : 0;
}
