/* Work: something that takes its time, done on a thread of libuv's pool.
 *
 * Embed a struct tgr_work in what the work is about. It is the pool's from
 * start to `done`, which always comes: a loop that ends waits for it.
 *
 * Owner: the thread of the loop. */
#ifndef TGR_LOOP_WORK_H
#define TGR_LOOP_WORK_H

#include "loop/loop.h"

struct tgr_work {
  uv_work_t request;
  /* On another thread; touches nothing that the loop's thread touches
   * meanwhile. */
  void (*run)(struct tgr_work *work);
  /* On the loop's thread, from within libuv: it only notes. It may free what
   * the work is embedded in. */
  void (*done)(struct tgr_work *work);
};

/* Hands the work over; `run` and `done` are set. */
void tgr_work_start(struct tgr_loop *loop, struct tgr_work *work);

#endif
