/* A disk that does not answer: libuv's threads are kept busy, so that whatever
 * is asked of the file system waits behind them. For specs with net_spec.h. */
#ifndef SPEC_NET_SLOW_DISK_H
#define SPEC_NET_SLOW_DISK_H

#include <uv.h>

enum { SLOW_DISK_THREADS = 4 }; /* libuv's */

static struct {
  uv_work_t works[SLOW_DISK_THREADS];
  uv_sem_t end;
} slow_disk;

static inline void slow_disk_hold(uv_work_t *work) {
  (void)work;
  uv_sem_wait(&slow_disk.end);
}

static inline void slow_disk_begin(uv_loop_t *uv) {
  assert_int_equal(uv_sem_init(&slow_disk.end, 0), 0);
  for (int i = 0; i < SLOW_DISK_THREADS; i++)
    assert_int_equal(
        uv_queue_work(uv, &slow_disk.works[i], slow_disk_hold, NULL), 0);
}

static inline void slow_disk_end(void) {
  for (int i = 0; i < SLOW_DISK_THREADS; i++)
    uv_sem_post(&slow_disk.end);
}

#endif
