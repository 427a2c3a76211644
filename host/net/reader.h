/* Reader: reads a file ahead, on libuv's thread pool.
 *
 * The reader of its bytes never waits for a disk: it takes what is there, or is
 * told by `changed` when there is more. Memory is two buffers, whatever the
 * file's size.
 *
 * Owner: the thread of the loop. */
#ifndef TGR_NET_READER_H
#define TGR_NET_READER_H

#include "base/status.h"
#include "loop/loop.h"

enum { TGR_READER_AHEAD = 128 * 1024 }; /* bytes a buffer */

/* What tgr_reader_read came to, beside a count. */
enum tgr_reader_state {
  TGR_READER_OPENING, /* size and bytes come later */
  TGR_READER_OPEN,
  TGR_READER_FAILED /* tgr_reader_error says why */
};

struct tgr_reader;

/* Starts to open `path`. `changed` is called, from within libuv (so it only
 * notes), when the state changes or bytes that were missing are there.
 * TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status tgr_reader_new(struct tgr_loop *loop,
                                              const char *path,
                                              void (*changed)(void *user),
                                              void *user,
                                              struct tgr_reader **out);

/* Nothing is called any more. What libuv is at work on is freed when it comes
 * back. NULL is fine. */
void tgr_reader_free(struct tgr_reader *reader);

enum tgr_reader_state tgr_reader_state(const struct tgr_reader *reader);
/* TGR_ENOENT, TGR_EIO, TGR_ENOMEM and one line; of a reader that failed. */
const struct tgr_error *tgr_reader_error(const struct tgr_reader *reader);

/* Whether something waits for the disk: the file is being opened, or bytes were
 * asked for that are not there yet. */
bool tgr_reader_is_waiting(const struct tgr_reader *reader);

/* Bytes of an open file. */
int64_t tgr_reader_size(const struct tgr_reader *reader);

/* Copies up to `len` bytes. False when they are not there yet (`changed` will
 * tell) or the reader failed. `*got` 0 is the file's end. */
bool tgr_reader_read(struct tgr_reader *reader, char *bytes, size_t len,
                     size_t *got);

/* Starts again at `offset`. False when the file is not open. */
bool tgr_reader_seek(struct tgr_reader *reader, int64_t offset);

#endif
