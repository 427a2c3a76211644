/* Writer: writes a file on libuv's thread pool: under a temporary name beside
 * it, then renamed, so that `path` is either what it was or complete.
 *
 * Owner: the thread of the loop. */
#ifndef TGR_NET_WRITER_H
#define TGR_NET_WRITER_H

#include "base/status.h"
#include "loop/loop.h"

enum tgr_writer_state {
  TGR_WRITER_WORKING,
  TGR_WRITER_DONE,  /* the file is in its place */
  TGR_WRITER_FAILED /* tgr_writer_error says why; no file is left */
};

struct tgr_writer;

/* Starts to create the temporary file. `changed` is called when bytes were
 * written or the state has changed, from within libuv or a call of these
 * functions: it only notes. TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status tgr_writer_new(struct tgr_loop *loop,
                                              const char *path,
                                              void (*changed)(void *user),
                                              void *user,
                                              struct tgr_writer **out);

/* Nothing is called any more; a file that is not done is removed in the
 * background. NULL is fine. */
void tgr_writer_free(struct tgr_writer *writer);

/* Copies bytes that are to be written next. TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status tgr_writer_put(struct tgr_writer *writer,
                                              const char *bytes, size_t len);

/* Bytes that were put and are not written. */
size_t tgr_writer_backlog(const struct tgr_writer *writer);

/* As it was given; good until the writer is freed. */
const char *tgr_writer_path(const struct tgr_writer *writer);

/* How often the disk has answered; `*waits`: whether one is awaited. */
unsigned tgr_writer_answers(const struct tgr_writer *writer, bool *waits);

/* No more bytes come: when all are written, the file takes its place. */
void tgr_writer_finish(struct tgr_writer *writer);

enum tgr_writer_state tgr_writer_state(const struct tgr_writer *writer);
/* TGR_ENOENT, TGR_EIO, TGR_ENOMEM and one line; of a writer that failed. */
const struct tgr_error *tgr_writer_error(const struct tgr_writer *writer);

#endif
