/* The escapes and the UTF-8 of JSON strings. */
#include "json/text.h"

#include "json/block.h"

#include <string.h>

static const char replacement[] = "\xEF\xBF\xBD";

enum { REPLACEMENT_LEN = 3, ESCAPE_LEN = 6 /* \uXXXX */ };

static bool is_plain(char byte) {
  const unsigned char code = (unsigned char)byte;
  return code >= 0x20 && code < 0x80 && code != '"' && code != '\\';
}

const char *tgr_json_plain_end(const char *at, const char *end) {
#if defined(__SSE2__)
  for (; end - at >= 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)at);
    /* As signed numbers, bytes from 0x80 on lie below the blank, too. */
    const __m128i low = _mm_cmplt_epi8(bytes, _mm_set1_epi8(' '));
    const uint64_t hits = (uint32_t)_mm_movemask_epi8(low) |
                          tgr_json_block_equal(bytes, '"') |
                          tgr_json_block_equal(bytes, '\\');
    if (hits != 0)
      return at + __builtin_ctzll(hits);
  }
#endif
  while (at < end && is_plain(*at))
    at++;
  return at;
}

/* How many bytes follow `lead`, and the range of the first of them (which
 * rules out overlong forms, surrogates and what lies above U+10FFFF). */
static unsigned continuation(unsigned char lead, unsigned char *low,
                             unsigned char *high) {
  *low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  *high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF)
    return 1;
  if (lead >= 0xE0 && lead <= 0xEF)
    return 2;
  if (lead >= 0xF0 && lead <= 0xF4)
    return 3;
  return 0;
}

size_t tgr_json_utf8_len(const char *at, const char *end, bool *valid) {
  const unsigned char *byte = (const unsigned char *)at;
  *valid = true;
  if (*byte < 0x80)
    return 1;
  unsigned char low = 0;
  unsigned char high = 0;
  const unsigned more = continuation(*byte, &low, &high);
  size_t len = 1;
  for (; len <= more && at + len < end; len++) {
    if (byte[len] < low || byte[len] > high)
      break;
    low = 0x80;
    high = 0xBF;
  }
  *valid = more > 0 && len == more + 1;
  return len;
}

static size_t put_replacement(char *out) {
  memcpy(out, replacement, REPLACEMENT_LEN);
  return REPLACEMENT_LEN;
}

static size_t put_code_point(char *out, uint32_t code) {
  if (code < 0x80) {
    out[0] = (char)code;
    return 1;
  }
  if (code < 0x800) {
    out[0] = (char)(0xC0 | code >> 6);
    out[1] = (char)(0x80 | (code & 0x3F));
    return 2;
  }
  if (code < 0x10000) {
    out[0] = (char)(0xE0 | code >> 12);
    out[1] = (char)(0x80 | (code >> 6 & 0x3F));
    out[2] = (char)(0x80 | (code & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | code >> 18);
  out[1] = (char)(0x80 | (code >> 12 & 0x3F));
  out[2] = (char)(0x80 | (code >> 6 & 0x3F));
  out[3] = (char)(0x80 | (code & 0x3F));
  return 4;
}

static int hex_value(char digit) {
  if (digit >= '0' && digit <= '9')
    return digit - '0';
  const char lower = (char)(digit | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* The code unit of a \uXXXX at `at`; -1 when there is none. */
static int32_t read_unit(const char *at, const char *end) {
  if (end - at < ESCAPE_LEN || at[0] != '\\' || at[1] != 'u')
    return -1;
  int32_t unit = 0;
  for (int n = 2; n < ESCAPE_LEN; n++) {
    const int value = hex_value(at[n]);
    if (value < 0)
      return -1;
    unit = unit * 16 + value;
  }
  return unit;
}

/* A \uXXXX, or a pair of them. */
static size_t next_unicode(const char **at, const char *end, char *out) {
  const int32_t unit = read_unit(*at, end);
  if (unit < 0) {
    *at += 1;
    return put_replacement(out);
  }
  *at += ESCAPE_LEN;
  if (unit < 0xD800 || unit > 0xDFFF)
    return put_code_point(out, (uint32_t)unit);
  const int32_t second = unit < 0xDC00 ? read_unit(*at, end) : -1;
  if (second < 0xDC00 || second > 0xDFFF)
    return put_replacement(out);
  *at += ESCAPE_LEN;
  return put_code_point(out, 0x10000 + (((uint32_t)unit - 0xD800) << 10) +
                                 ((uint32_t)second - 0xDC00));
}

static size_t next_escape(const char **at, const char *end, char *out) {
  static const char names[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char name = end - *at > 1 ? (*at)[1] : '\0';
  if (name == 'u')
    return next_unicode(at, end, out);
  const char *found = name == '\0' ? NULL : strchr(names, name);
  if (found == NULL) {
    *at += 1;
    return put_replacement(out);
  }
  *at += 2;
  *out = meanings[found - names];
  return 1;
}

size_t tgr_json_next_char(const char **at, const char *end,
                          char out[TGR_JSON_CHAR_MAX]) {
  if (**at == '\\')
    return next_escape(at, end, out);
  bool valid = false;
  const size_t len = tgr_json_utf8_len(*at, end, &valid);
  const char *from = *at;
  *at += len;
  if (!valid)
    return put_replacement(out);
  memcpy(out, from, len);
  return len;
}

size_t tgr_json_unescape(struct tgr_json_slice string, char *out, size_t size) {
  const char *at = string.at;
  const char *end = at + string.len;
  if (string.len >= 2 && *at == '"' && end[-1] == '"') {
    at++;
    end--;
  }
  size_t len = 0;
  while (at < end) {
    char piece[TGR_JSON_CHAR_MAX];
    const size_t piece_len = tgr_json_next_char(&at, end, piece);
    if (len + piece_len >= size)
      break;
    memcpy(out + len, piece, piece_len);
    len += piece_len;
  }
  if (size > 0)
    out[len] = '\0';
  return len;
}
