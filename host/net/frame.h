/* Frame: where an answer of HTTP/1.x begins and ends in a stream of bytes.
 *
 * Fed with what a connection gives, in pieces of any size; says which bytes are
 * the answer's body, when it is complete, and whether the connection may be
 * used again. Pure: it knows no socket and keeps no body, only a line that has
 * not come in full.
 *
 * 1xx answers are passed over (with the limit of one head for all), bodies come
 * by Content-Length, in chunks (with extensions and trailers) or up to the end
 * of the connection. What is not HTTP or could be understood in two ways is
 * TGR_EPROTO, with a reason in `wrong`.
 *
 * Not here: who reads and writes (lean.c), limits of the body. */
#ifndef TGR_NET_FRAME_H
#define TGR_NET_FRAME_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum { TGR_FRAME_LINE_MAX = 16 * 1024, TGR_FRAME_HEAD_MAX = 64 * 1024 };

struct tgr_frame {
  struct tgr_buf line; /* the beginning of one that has not ended */
  uint64_t left;       /* bytes to come of the body, or of its chunk */
  size_t head_len;     /* bytes of the head, or of the trailers, so far */
  const char *wrong;   /* behind TGR_EPROTO: what; a constant */
  int status;          /* of the answer; 0: not known yet */
  uint32_t keep_s;     /* how long the server keeps the connection; 0: unsaid */
  uint8_t state;       /* enum in frame.c */
  bool begun;          /* a byte has come */
  bool old;            /* HTTP/1.0 */
  bool says_close;
  bool says_keep;
  bool has_length;
  bool is_chunked;
};

/* Bytes of the body within what was fed. */
struct tgr_frame_piece {
  const char *bytes;
  size_t len;
};

/* Ready for a connection's first answer. */
void tgr_frame_init(struct tgr_frame *frame, const struct tgr_mem *mem);
void tgr_frame_deinit(struct tgr_frame *frame);

/* Ready for the next answer. */
void tgr_frame_begin(struct tgr_frame *frame);

/* Takes bytes up to the end of a stretch of body, of the answer, or of all:
 * `*used` of `len`, which is at least 1, and at least 1 of them. `*body` is the
 * stretch; its len may be 0. TGR_EPROTO, TGR_ENOMEM: the answer is lost. Not to
 * be called behind the end of an answer. */
TGR_MUST_CHECK enum tgr_status tgr_frame_feed(struct tgr_frame *frame,
                                              const char *bytes, size_t len,
                                              size_t *used,
                                              struct tgr_frame_piece *body);

/* Whether the answer is complete. */
bool tgr_frame_has_ended(const struct tgr_frame *frame);

/* The connection has ended. True when that is the answer's end as well. */
bool tgr_frame_hang_up(struct tgr_frame *frame);

/* Bytes to come of a body whose length was said; 0 for all others. */
uint64_t tgr_frame_expects(const struct tgr_frame *frame);

/* Behind the answer's end: whether the connection may carry another one. */
bool tgr_frame_keeps(const struct tgr_frame *frame);

#endif
