/* Buf: a growing run of bytes with a maximum.
 *
 * The maximum is given at init, so that no input can grow a buffer without
 * bound. A failed append leaves the content as it was. */
#ifndef TGR_BASE_BUF_H
#define TGR_BASE_BUF_H

#include "base/mem.h"
#include "base/status.h"

struct tgr_buf {
  const struct tgr_mem *mem;
  char *bytes; /* NULL until the first append; not NUL-terminated */
  size_t len;
  size_t cap;
  size_t max;
};

/* An empty buffer that never holds more than `max` bytes. Allocates nothing. */
void tgr_buf_init(struct tgr_buf *buf, const struct tgr_mem *mem, size_t max);
void tgr_buf_deinit(struct tgr_buf *buf);

/* Forgets the content, keeps the memory. */
void tgr_buf_clear(struct tgr_buf *buf);

/* Makes room for `extra` more bytes at bytes + len. TGR_ELIMIT past `max`. */
TGR_MUST_CHECK enum tgr_status tgr_buf_reserve(struct tgr_buf *buf,
                                               size_t extra);
TGR_MUST_CHECK enum tgr_status tgr_buf_append(struct tgr_buf *buf,
                                              const char *bytes, size_t len);
TGR_MUST_CHECK enum tgr_status tgr_buf_append_str(struct tgr_buf *buf,
                                                  const char *text);
/* Ensures a NUL behind the content (not counted in len) and returns it;
 * NULL when out of memory. */
const char *tgr_buf_cstr(struct tgr_buf *buf);

#endif
