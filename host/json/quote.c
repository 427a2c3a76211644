/* Text → a JSON string in a buffer. */
#include "json/quote.h"

#include "json/text.h"

#include <string.h>

enum { PIECE_MAX = 6 /* \u00XX */ };

static size_t write_escape(unsigned char byte, char out[PIECE_MAX]) {
  static const char hex[] = "0123456789abcdef";
  static const char codes[] = "\"\\\b\f\n\r\t";
  static const char names[] = "\"\\bfnrt";
  const char *found = byte == '\0' ? NULL : strchr(codes, byte);
  out[0] = '\\';
  if (found != NULL) {
    out[1] = names[found - codes];
    return 2;
  }
  out[1] = 'u';
  out[2] = out[3] = '0';
  out[4] = hex[byte >> 4];
  out[5] = hex[byte & 0xF];
  return PIECE_MAX;
}

/* Appends what stands at `*at`, which is no plain ASCII. */
static enum tgr_status put_special(struct tgr_buf *out, const char **at,
                                   const char *end) {
  const unsigned char byte = (unsigned char)**at;
  char piece[PIECE_MAX];
  size_t len = 0;
  if (byte >= 0x80) {
    len = tgr_json_next_char(at, end, piece);
  } else {
    len = write_escape(byte, piece);
    *at += 1;
  }
  return tgr_buf_append(out, piece, len);
}

enum tgr_status tgr_json_quote(struct tgr_buf *out, const char *text,
                               size_t len) {
  const char *at = text;
  const char *end = text + len;
  enum tgr_status status = tgr_buf_append(out, "\"", 1);
  while (status == TGR_OK && at < end) {
    const char *plain = tgr_json_plain_end(at, end);
    status = tgr_buf_append(out, at, (size_t)(plain - at));
    at = plain;
    if (status == TGR_OK && at < end)
      status = put_special(out, &at, end);
  }
  return status == TGR_OK ? tgr_buf_append(out, "\"", 1) : status;
}
