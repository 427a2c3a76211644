/* A growing run of bytes with a maximum. */
#include "base/buf.h"

#include <string.h>

enum { TGR_BUF_FIRST = 256 };

void tgr_buf_init(struct tgr_buf *buf, const struct tgr_mem *mem, size_t max) {
  *buf = (struct tgr_buf){.mem = mem, .max = max};
}

void tgr_buf_deinit(struct tgr_buf *buf) {
  tgr_mem_free(buf->mem, buf->bytes);
  buf->bytes = NULL;
  buf->len = buf->cap = 0;
}

void tgr_buf_clear(struct tgr_buf *buf) {
  buf->len = 0;
}

static enum tgr_status grow(struct tgr_buf *buf, size_t need) {
  size_t cap = buf->cap < TGR_BUF_FIRST ? TGR_BUF_FIRST : buf->cap;
  while (cap < need)
    cap = cap > SIZE_MAX / 2 ? need : cap * 2;
  char *bytes = tgr_mem_resize(buf->mem, buf->bytes, cap);
  if (bytes == NULL)
    return TGR_ENOMEM;
  buf->bytes = bytes;
  buf->cap = cap;
  return TGR_OK;
}

enum tgr_status tgr_buf_reserve(struct tgr_buf *buf, size_t extra) {
  if (extra > buf->max || buf->len > buf->max - extra)
    return TGR_ELIMIT;
  if (buf->len + extra <= buf->cap)
    return TGR_OK;
  return grow(buf, buf->len + extra);
}

enum tgr_status tgr_buf_append(struct tgr_buf *buf, const char *bytes,
                               size_t len) {
  if (len == 0)
    return TGR_OK;
  const enum tgr_status status = tgr_buf_reserve(buf, len);
  if (status != TGR_OK)
    return status;
  memcpy(buf->bytes + buf->len, bytes, len);
  buf->len += len;
  return TGR_OK;
}

enum tgr_status tgr_buf_append_str(struct tgr_buf *buf, const char *text) {
  return tgr_buf_append(buf, text, strlen(text));
}

const char *tgr_buf_cstr(struct tgr_buf *buf) {
  if (buf->len + 1 > buf->cap && grow(buf, buf->len + 1) != TGR_OK)
    return NULL;
  buf->bytes[buf->len] = '\0';
  return buf->bytes;
}
