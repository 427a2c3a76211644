/* Poll mark: what the loop and the lane of calls had done by some moment; two
 * of them tell who waited for whom in between. */
#ifndef TGR_TELEGRAM_POLL_MARK_H
#define TGR_TELEGRAM_POLL_MARK_H

#include "net/http.h"

/* No request for updates is held back for longer than this. */
enum { TGR_POLL_HELD_US = 10000 };

/* Updates a request while the loop is busy with calls. */
enum { TGR_POLL_BUSY_MOST = 50 };

struct tgr_poll_mark {
  uint64_t at_us;    /* loop time; 0: there was no such moment */
  uint64_t slept_us; /* by the loop */
  uint64_t started;  /* calls */
  uint64_t ended;
  uint64_t took_us; /* the last call that ended */
  unsigned waiting; /* calls without a place */
};

struct tgr_poll_mark tgr_poll_mark_now(const struct tgr_loop *loop,
                                       const struct tgr_http *http);

/* Whether it is the server that takes its time: the loop has slept for most of
 * the time in between; or no call waits for a place, and none has ended, or the
 * last one that did had taken as long as a request for updates may be held. */
bool tgr_poll_mark_awaits_server(const struct tgr_poll_mark *from,
                                 const struct tgr_poll_mark *to);

/* How many updates are wanted at once behind an answer at `to` when the last
 * one came at `from`: TGR_POLL_BUSY_MOST when there were calls and the loop has
 * slept little, else 0: as many as there may be. */
int tgr_poll_mark_most(const struct tgr_poll_mark *from,
                       const struct tgr_poll_mark *to);

#endif
