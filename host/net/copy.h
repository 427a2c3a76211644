/* Copy: a file from one place of the disk to another, without waiting for it.
 *
 * The copy appears under its name when it is complete, and not at all when
 * anything fails. Memory stays flat.
 *
 * Owner: the thread of the loop. */
#ifndef TGR_NET_COPY_H
#define TGR_NET_COPY_H

#include "base/status.h"
#include "loop/loop.h"

struct tgr_reader;
struct tgr_writer;

struct tgr_copy {
  void (*done)(struct tgr_copy *copy);
  /* The results; tokens in the paths of an error are made unreadable. */
  struct tgr_error error; /* its status: TGR_OK, TGR_ENOENT, TGR_EIO … */
  /* The rest is net's. */
  struct tgr_loop *loop; /* set while it is started and not done */
  struct tgr_reader *reader;
  struct tgr_writer *writer;
  struct tgr_job job;
  bool read; /* all of it */
};

void tgr_copy_init(struct tgr_copy *copy, void (*done)(struct tgr_copy *copy));

/* Starts; the paths are borrowed for the call. Whatever goes wrong comes by
 * `done`. */
void tgr_copy_start(struct tgr_loop *loop, struct tgr_copy *copy,
                    const char *from, const char *to);

/* `done` is not called; the temporary file goes. Harmless when not open. */
void tgr_copy_cancel(struct tgr_copy *copy);

#endif
