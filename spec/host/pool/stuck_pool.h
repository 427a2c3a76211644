/* A pool whose workers can be stuck. Included once a program. */
#ifndef STUCK_POOL_H
#define STUCK_POOL_H

#include "pool_spec.h"

#include "support/spec_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static struct spec_folder folder;

/* Workers that are stuck in C for an update whose text is "stuck", until
 * let_go. They do not lag, however slow the machine is. */
static inline void open_stuck_pool(int count) {
  assert_true(spec_folder_make(&folder));
  assert_int_equal(mkfifo(folder.path, 0600), 0);
  char text[1024];
  snprintf(text, sizeof text,
           WORKER "bot:use(function(ctx) if ctx.update.message.text == 'stuck' "
                  "then io.open('%s'):close() end end)",
           folder.path);
  open_pool(text, count);
  it.pool->lag_ms = 600000;
}

static inline void let_go(void) {
  const int fd = open(folder.path, O_WRONLY);
  assert_true(fd >= 0);
  close(fd);
}

static inline void turn_for_ms(int ms) {
  for (int i = 0; i < ms; i++) {
    tgr_loop_step(&it.loop, 1000);
    uv_sleep(1);
  }
}

#endif
