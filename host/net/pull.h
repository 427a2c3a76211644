/* Pull: the bytes of an upload's part that are made while they are sent.
 *
 * The caller embeds one in what makes the bytes and sets `want`; each time curl
 * has used up a piece, `want` asks for the next one and the transfer pauses
 * until tgr_http_pull_give. A request with a pull cannot be repeated.
 *
 * Owner: the thread of the loop. */
#ifndef TGR_NET_PULL_H
#define TGR_NET_PULL_H

#include "net/http.h"

struct tgr_http_pull {
  /* The next piece is due. Called from within curl: it only notes. */
  void (*want)(struct tgr_http_pull *pull);
  /* The rest is net's. */
  struct tgr_http_request *request; /* set by upload.c */
  const char *bytes;                /* given, and not taken */
  size_t len;
  bool wanting;
  bool ended;
};

/* The next piece, borrowed until the next want. `len` 0 is the part's end. Does
 * nothing when no piece is due. */
void tgr_http_pull_give(struct tgr_http_pull *pull, const char *bytes,
                        size_t len);

/* For upload.c. Copies up to `len` bytes; false when the next piece was asked
 * for and is not there. `*got` 0 is the end. */
bool tgr_http_pull_read(struct tgr_http_pull *pull, char *bytes, size_t len,
                        size_t *got);

#endif
