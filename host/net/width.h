/* Width: how many requests of a lane are under way at once, between a few and
 * its limit.
 *
 * curl costs more per request the more transfers it holds (12.5 us at 64, 18.7
 * at 500), and more at once gain nothing while the thread has no time to spare.
 * So the width doubles only when requests have waited for a place for a while
 * and the loop has slept for most of that time: then it is the server that
 * takes its time. It shrinks by an eighth when requests wait and the loop has
 * hardly slept, and by one with each request that ends while less than half of
 * it is used, so that it is soon small again once answers are fast, and stays
 * as long as they are slow. (Shrinking with every end took 12 % of the places
 * that a server with 50 ms a call needs.)
 *
 * A thread that is busy with other things does not sleep either. So it doubles,
 * too, and does not shrink, when in 200 ms of waiting there were fewer ends
 * than places: then each call takes longer than that, and it is not the calls
 * that keep the thread busy.
 *
 * Owner: the thread of the loop.
 * Not here: the queue itself (http.c). */
#ifndef TGR_NET_WIDTH_H
#define TGR_NET_WIDTH_H

#include "loop/loop.h"

struct tgr_width {
  unsigned now; /* read it */
  unsigned least;
  unsigned most;
  struct tgr_loop *loop;
  struct tgr_timer timer; /* active while requests wait */
  uint64_t began_us;
  uint64_t slept_us; /* the loop's, when the timer was started */
  uint64_t round_us; /* when the present 200 ms of waiting began */
  unsigned ended;    /* requests since then */
  bool is_slow;      /* the last round had fewer ends than places */
  /* It has become wider. From a timer. */
  void (*widened)(struct tgr_width *width);
};

/* From `least` to `most`; equal ones for a fixed width. */
void tgr_width_init(struct tgr_width *width, struct tgr_loop *loop,
                    unsigned least, unsigned most,
                    void (*widened)(struct tgr_width *width));
void tgr_width_deinit(struct tgr_width *width);

/* Requests wait for a place. */
void tgr_width_note_waiting(struct tgr_width *width);
/* None does any more. */
void tgr_width_note_none(struct tgr_width *width);
/* A request has ended; so many are still open. */
void tgr_width_note_end(struct tgr_width *width, unsigned open);

#endif
