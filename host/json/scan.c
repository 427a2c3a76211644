/* Looks into raw JSON and cuts pieces out of it. */
#include "json/scan.h"

#include "json/block.h"
#include "json/text.h"

#include <string.h>

/* What the block walk carries from one block to the next. */
struct walk {
  uint64_t in_string; /* all bits when the block starts inside a string */
  uint64_t escaped;   /* bit 0: the block's first byte follows a backslash */
  size_t depth;
};

/* The bytes that a backslash before them escapes. */
static inline uint64_t find_escaped(struct walk *walk, uint64_t backslash) {
  uint64_t escaped = walk->escaped;
  if ((backslash & (backslash << 1 | escaped)) == 0) {
    walk->escaped = backslash >> 63;
    return backslash << 1 | escaped;
  }
  walk->escaped = 0;
  uint64_t left = backslash & ~escaped;
  while (left != 0) {
    const uint64_t first = left & (~left + 1);
    if (first >> 63 != 0)
      walk->escaped = 1;
    escaped |= first << 1;
    left &= ~(first | first << 1);
  }
  return escaped;
}

/* The brackets outside strings, all and the opening ones. `wide` is known when
 * this is compiled. */
static inline __attribute__((always_inline)) uint64_t
find_brackets(struct walk *walk, const char *at, uint64_t *open, bool wide) {
  const struct tgr_json_block block =
      wide ? tgr_json_block_read_wide(at) : tgr_json_block_read(at);
  const uint64_t escaped = find_escaped(walk, block.backslash);
  const uint64_t quotes = block.quote & ~escaped;
  const uint64_t inside = (wide ? tgr_json_block_parity_wide(quotes)
                                : tgr_json_block_parity(quotes)) ^
                          walk->in_string;
  walk->in_string = inside >> 63 != 0 ? UINT64_MAX : 0;
  *open = block.open & ~inside;
  return (block.open | block.close) & ~inside;
}

/* From the first byte inside a container to its closing bracket; NULL when it
 * does not come before `end`, or `*too_deep`. */
static inline __attribute__((always_inline)) const char *
find_close_by(const char *at, const char *end, size_t depth_max, bool *too_deep,
              bool wide) {
  struct walk walk = {.depth = 1};
  char padded[TGR_JSON_BLOCK_LEN];
  for (; at < end; at += TGR_JSON_BLOCK_LEN) {
    const char *source = at;
    if (end - at < TGR_JSON_BLOCK_LEN) {
      memset(padded, ' ', sizeof padded);
      source = memcpy(padded, at, (size_t)(end - at));
    }
    uint64_t open = 0;
    uint64_t brackets = find_brackets(&walk, source, &open, wide);
    for (; brackets != 0; brackets &= brackets - 1) {
      const int bit = __builtin_ctzll(brackets);
      if ((open >> bit & 1) == 0 && --walk.depth == 0)
        return at + bit;
      if ((open >> bit & 1) != 0 && ++walk.depth > depth_max) {
        *too_deep = true;
        return NULL;
      }
    }
    if (end - at <= TGR_JSON_BLOCK_LEN)
      break;
  }
  return NULL;
}

TGR_JSON_BLOCK_WIDE static const char *find_close_wide(const char *at,
                                                       const char *end,
                                                       size_t depth_max,
                                                       bool *too_deep) {
  return find_close_by(at, end, depth_max, too_deep, true);
}

static const char *find_close(const char *at, const char *end, size_t depth_max,
                              bool *too_deep) {
  if (tgr_json_block_is_wide())
    return find_close_wide(at, end, depth_max, too_deep);
  return find_close_by(at, end, depth_max, too_deep, false);
}

/* The first quote or backslash; `end` if none. */
static const char *find_quote(const char *at, const char *end) {
#if defined(__SSE2__)
  for (; end - at >= 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)at);
    const uint64_t hits =
        tgr_json_block_equal(bytes, '"') | tgr_json_block_equal(bytes, '\\');
    if (hits != 0)
      return at + __builtin_ctzll(hits);
  }
#endif
  while (at < end && *at != '"' && *at != '\\')
    at++;
  return at;
}

/* From a string's first byte behind the quote to its closing quote; NULL when
 * there is none. */
static const char *find_string_end(const char *at, const char *end) {
  for (;;) {
    at = find_quote(at, end);
    if (at == end)
      return NULL;
    if (*at == '"')
      return at;
    if (end - at < 2)
      return NULL;
    at += 2;
  }
}

static bool is_blank(char byte) {
  return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

const char *tgr_json_skip_all_blanks(const char *at, const char *end) {
  while (at < end && is_blank(*at))
    at++;
  return at;
}

/* What numbers and literals are made of. */
static bool is_token_byte(char byte) {
  const char lower = (char)(byte | 0x20);
  return (byte >= '0' && byte <= '9') || (lower >= 'a' && lower <= 'z') ||
         byte == '-' || byte == '+' || byte == '.';
}

static const char *find_token_end(const char *at, const char *end) {
  while (at < end && (unsigned char)(*at - '0') < 10) /* mostly a number */
    at++;
  while (at < end && is_token_byte(*at))
    at++;
  return at;
}

static enum tgr_status skip_container(const char **at, const char *end,
                                      size_t depth_max) {
  const char close = **at == '{' ? '}' : ']';
  bool too_deep = depth_max == 0;
  const char *last =
      too_deep ? NULL : find_close(*at + 1, end, depth_max, &too_deep);
  if (last == NULL)
    return too_deep ? TGR_ELIMIT : TGR_ESYNTAX;
  if (*last != close)
    return TGR_ESYNTAX;
  *at = last + 1;
  return TGR_OK;
}

/* Moves `*at`, which stands on the value's first byte, behind the value. */
static enum tgr_status skip_value(const char **at, const char *end,
                                  size_t depth_max) {
  if (*at == end)
    return TGR_ESYNTAX;
  if (**at == '{' || **at == '[')
    return skip_container(at, end, depth_max);
  const char *behind = NULL;
  if (**at == '"') {
    const char *quote = find_string_end(*at + 1, end);
    behind = quote == NULL ? NULL : quote + 1;
  } else {
    behind = find_token_end(*at, end);
  }
  if (behind == NULL || behind == *at)
    return TGR_ESYNTAX;
  *at = behind;
  return TGR_OK;
}

enum tgr_status tgr_json_cut(const char **at, const char *end, size_t depth_max,
                             struct tgr_json_slice *value) {
  const char *first = tgr_json_skip_blanks(*at, end);
  const char *behind = first;
  const enum tgr_status status = skip_value(&behind, end, depth_max);
  if (status != TGR_OK)
    return status;
  *value = (struct tgr_json_slice){first, (size_t)(behind - first)};
  *at = behind;
  return TGR_OK;
}

static void start(struct tgr_json_iter *it, const char *at, const char *end,
                  unsigned depth_left, char bracket) {
  *it = (struct tgr_json_iter){.at = at + 1,
                               .end = end,
                               .depth_left = depth_left,
                               .close = bracket == '{' ? '}' : ']'};
}

bool tgr_json_open(struct tgr_json_iter *it, struct tgr_json_slice container,
                   char bracket) {
  const char *end = container.at + container.len;
  const char *at = tgr_json_skip_blanks(container.at, end);
  if (at == end || *at != bracket) {
    *it = (struct tgr_json_iter){.ended = true, .status = TGR_EINVAL};
    return false;
  }
  start(it, at, end, TGR_JSON_DEPTH_MAX - 1, bracket);
  return true;
}

static bool fail(struct tgr_json_iter *it, enum tgr_status status) {
  it->status = status;
  return false;
}

/* Moves to the next item's first byte, over the comma. False at the end. */
static bool next_item(struct tgr_json_iter *it) {
  if (it->ended || it->status != TGR_OK)
    return false;
  it->at = tgr_json_skip_blanks(it->at, it->end);
  if (it->at == it->end)
    return fail(it, TGR_ESYNTAX);
  if (*it->at == it->close) {
    it->at++;
    it->ended = true;
    return false;
  }
  if (!it->started) {
    it->started = true;
    return true;
  }
  if (*it->at != ',')
    return fail(it, TGR_ESYNTAX);
  it->at = tgr_json_skip_blanks(it->at + 1, it->end);
  return true;
}

bool tgr_json_take(struct tgr_json_iter *it, struct tgr_json_slice *value) {
  const char *first = it->at;
  const enum tgr_status status = skip_value(&it->at, it->end, it->depth_left);
  if (status != TGR_OK)
    return fail(it, status);
  *value = (struct tgr_json_slice){first, (size_t)(it->at - first)};
  return true;
}

bool tgr_json_next_element(struct tgr_json_iter *it,
                           struct tgr_json_slice *element) {
  return next_item(it) && tgr_json_take(it, element);
}

bool tgr_json_next_key(struct tgr_json_iter *it, struct tgr_json_slice *key) {
  if (!next_item(it))
    return false;
  if (it->at == it->end || *it->at != '"')
    return fail(it, TGR_ESYNTAX);
  const char *first = it->at + 1;
  const char *quote = find_quote(first, it->end);
  if (quote < it->end && *quote == '\\') {
    it->escaped = true;
    quote = find_string_end(quote, it->end);
  }
  if (quote == NULL || quote == it->end)
    return fail(it, TGR_ESYNTAX);
  it->at = tgr_json_skip_blanks(quote + 1, it->end);
  if (it->at == it->end || *it->at != ':')
    return fail(it, TGR_ESYNTAX);
  it->at = tgr_json_skip_blanks(it->at + 1, it->end);
  *key = (struct tgr_json_slice){first, (size_t)(quote - first)};
  return true;
}

bool tgr_json_next_member(struct tgr_json_iter *it, struct tgr_json_slice *key,
                          struct tgr_json_slice *value) {
  return tgr_json_next_key(it, key) && tgr_json_take(it, value);
}

bool tgr_json_enter(const struct tgr_json_iter *it, struct tgr_json_iter *inner,
                    char bracket) {
  if (it->at == it->end || *it->at != bracket || it->depth_left == 0)
    return false;
  start(inner, it->at, it->end, it->depth_left - 1, bracket);
  return true;
}

bool tgr_json_leave(struct tgr_json_iter *it, struct tgr_json_iter *inner) {
  if (inner->status != TGR_OK)
    return fail(it, inner->status);
  if (!inner->ended) {
    bool too_deep = false;
    const char *last = find_close(inner->at, inner->end,
                                  (size_t)inner->depth_left + 1, &too_deep);
    if (last == NULL || *last != inner->close)
      return fail(it, too_deep ? TGR_ELIMIT : TGR_ESYNTAX);
    inner->at = last + 1;
    inner->ended = true;
  }
  it->at = inner->at;
  return true;
}

bool tgr_json_find(struct tgr_json_slice object, const char *name,
                   struct tgr_json_slice *value) {
  struct tgr_json_iter it;
  struct tgr_json_slice key;
  struct tgr_json_slice found;
  tgr_json_open(&it, object, '{');
  while (tgr_json_next_member(&it, &key, &found))
    if (tgr_json_key_is(key, name)) {
      *value = found;
      return true;
    }
  return false;
}

bool tgr_json_find_path(struct tgr_json_slice object, const char *const *names,
                        size_t count, struct tgr_json_slice *value) {
  struct tgr_json_slice found = object;
  for (size_t n = 0; n < count; n++)
    if (!tgr_json_find(found, names[n], &found))
      return false;
  *value = found;
  return true;
}

bool tgr_json_key_is_all(struct tgr_json_slice key, const char *name) {
  const size_t len = strlen(name);
  if (key.len == len)
    return memcmp(key.at, name, len) == 0;
  char plain[128];
  if (key.len < len || len >= sizeof plain ||
      memchr(key.at, '\\', key.len) == NULL)
    return false;
  return tgr_json_unescape(key, plain, sizeof plain) == len &&
         memcmp(plain, name, len) == 0;
}

bool tgr_json_token_is(struct tgr_json_slice value, const char *token) {
  return value.len == strlen(token) && memcmp(value.at, token, value.len) == 0;
}

const char *tgr_json_find_text(const char *at, const char *end,
                               const char *text, size_t len) {
#if defined(__SSE2__)
  const __m128i first = _mm_set1_epi8(text[0]);
  const __m128i second = _mm_set1_epi8(text[1]);
  const __m128i third = _mm_set1_epi8(text[2]);
  for (; end - at >= 18; at += 16) {
    const __m128i a = _mm_loadu_si128((const __m128i *)at);
    const __m128i b = _mm_loadu_si128((const __m128i *)(at + 1));
    const __m128i c = _mm_loadu_si128((const __m128i *)(at + 2));
    unsigned hits = (unsigned)_mm_movemask_epi8(_mm_and_si128(
        _mm_and_si128(_mm_cmpeq_epi8(a, first), _mm_cmpeq_epi8(b, second)),
        _mm_cmpeq_epi8(c, third)));
    for (; hits != 0; hits &= hits - 1) {
      const char *found = at + __builtin_ctz(hits);
      if ((size_t)(end - found) >= len && memcmp(found, text, len) == 0)
        return found;
    }
  }
#endif
  return memmem(at, (size_t)(end - at), text, len);
}

bool tgr_json_read_int64(struct tgr_json_slice value, int64_t *out) {
  const char *at = value.at;
  const char *end = at + value.len;
  const bool negative = at < end && *at == '-';
  at += negative;
  if (at == end || (*at == '0' && end - at > 1) || end - at > 19)
    return false;
  uint64_t number = 0; /* 19 digits always fit */
  for (; at < end; at++) {
    const unsigned digit = (unsigned)(unsigned char)*at - '0';
    if (digit > 9)
      return false;
    number = number * 10 + digit;
  }
  if (number > (uint64_t)INT64_MAX + negative)
    return false;
  *out = negative ? (int64_t)(~number + 1) : (int64_t)number;
  return true;
}
