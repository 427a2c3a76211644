/* Where an answer of HTTP/1.x begins and ends.
 *
 *   STATUS → HEADER* → LENGTH ───────────────────────────→ ENDED
 *     ↑ 1xx ┘        → UNTIL_CLOSE ──────────────────────→
 *                    → SIZE → CHUNK → CHUNK_END → SIZE …
 *                      SIZE (0) → TRAILER* ──────────────→
 *
 * Everything but the body is lines. A line that lies whole in what was fed is
 * looked at where it is; one that does not is gathered in `line`. */
#include "net/frame.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

enum state {
  STATUS,
  HEADER,
  LENGTH,
  UNTIL_CLOSE,
  SIZE,
  CHUNK,
  CHUNK_END,
  TRAILER,
  ENDED
};

/* A line without its end, or a part of one. */
struct text {
  const char *bytes;
  size_t len;
};

void tgr_frame_init(struct tgr_frame *frame, const struct tgr_mem *mem) {
  *frame = (struct tgr_frame){.state = STATUS};
  tgr_buf_init(&frame->line, mem, TGR_FRAME_LINE_MAX);
}

void tgr_frame_deinit(struct tgr_frame *frame) {
  tgr_buf_deinit(&frame->line);
}

void tgr_frame_begin(struct tgr_frame *frame) {
  struct tgr_buf line = frame->line;
  tgr_buf_clear(&line);
  *frame = (struct tgr_frame){.line = line, .state = STATUS};
}

static enum tgr_status refuse(struct tgr_frame *frame, const char *wrong) {
  frame->wrong = wrong;
  return TGR_EPROTO;
}

/* ---- the status line ---------------------------------------------------- */

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static const char no_http[] = "its answer does not begin with HTTP/1";

/* Whether `text` begins as a status line does, as far as it goes. */
static bool may_be_status(struct text text) {
  static const char mark[] = "HTTP/1.";
  const size_t len = text.len < sizeof mark - 1 ? text.len : sizeof mark - 1;
  return memcmp(text.bytes, mark, len) == 0;
}

/* "HTTP/1.1 200 OK"; the reason may be missing. */
static enum tgr_status take_status(struct tgr_frame *frame, struct text line) {
  const char *s = line.bytes;
  const bool ok = may_be_status(line) && line.len >= 12 &&
                  (s[7] == '0' || s[7] == '1') && s[8] == ' ' && s[9] >= '1' &&
                  s[9] <= '9' && is_digit(s[10]) && is_digit(s[11]) &&
                  (line.len == 12 || s[12] == ' ');
  if (!ok)
    return refuse(frame, no_http);
  frame->old = s[7] == '0';
  frame->status = (s[9] - '0') * 100 + (s[10] - '0') * 10 + (s[11] - '0');
  frame->state = HEADER;
  return frame->status != 101 ? TGR_OK
                              : refuse(frame, "it changes to another protocol");
}

/* ---- header lines ------------------------------------------------------- */

static struct text trim(struct text text) {
  while (text.len > 0 && (text.bytes[0] == ' ' || text.bytes[0] == '\t')) {
    text.bytes++;
    text.len--;
  }
  while (text.len > 0 &&
         (text.bytes[text.len - 1] == ' ' || text.bytes[text.len - 1] == '\t'))
    text.len--;
  return text;
}

static bool is(struct text text, const char *word, size_t len) {
  return text.len == len && strncasecmp(text.bytes, word, len) == 0;
}

/* A number in decimal digits; one that is too large stands for the largest. */
static bool to_number(struct text text, uint64_t *out) {
  uint64_t number = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (!is_digit(text.bytes[i]))
      return false;
    const uint64_t digit = (uint64_t)(text.bytes[i] - '0');
    number =
        number > (UINT64_MAX - digit) / 10 ? UINT64_MAX : number * 10 + digit;
  }
  *out = number;
  return text.len > 0;
}

static enum tgr_status take_length(struct tgr_frame *frame, struct text value) {
  uint64_t length = 0;
  if (!to_number(value, &length))
    return refuse(frame, "its Content-Length is no number");
  if (frame->has_length && frame->left != length)
    return refuse(frame, "it gives two lengths");
  frame->has_length = true;
  frame->left = length;
  return TGR_OK;
}

static enum tgr_status take_encoding(struct tgr_frame *frame,
                                     struct text value) {
  if (is(value, "identity", 8))
    return TGR_OK;
  if (!is(value, "chunked", 7) || frame->is_chunked)
    return refuse(frame, "its Transfer-Encoding is not chunked");
  frame->is_chunked = true;
  return TGR_OK;
}

/* Cuts the next word off a list with commas; false at its end. */
static bool next_word(struct text *list, struct text *word) {
  if (list->len == 0)
    return false;
  const char *comma = memchr(list->bytes, ',', list->len);
  const size_t len = comma != NULL ? (size_t)(comma - list->bytes) : list->len;
  *word = trim((struct text){list->bytes, len});
  const size_t step = comma != NULL ? len + 1 : len;
  list->bytes += step;
  list->len -= step;
  return true;
}

static void take_connection(struct tgr_frame *frame, struct text list) {
  struct text word;
  while (next_word(&list, &word)) {
    frame->says_close = frame->says_close || is(word, "close", 5);
    frame->says_keep = frame->says_keep || is(word, "keep-alive", 10);
  }
}

/* "timeout=75, max=1000" */
static void take_keep_alive(struct tgr_frame *frame, struct text list) {
  static const char mark[] = "timeout=";
  const size_t mark_len = sizeof mark - 1;
  struct text word;
  uint64_t seconds = 0;
  while (next_word(&list, &word)) {
    if (word.len <= mark_len || strncasecmp(word.bytes, mark, mark_len) != 0 ||
        !to_number((struct text){word.bytes + mark_len, word.len - mark_len},
                   &seconds))
      continue;
    frame->keep_s = seconds > UINT32_MAX ? UINT32_MAX : (uint32_t)seconds;
    frame->says_close = frame->says_close || seconds == 0;
  }
}

/* Only what says where the answer ends is looked at; the names' lengths tell
 * most others apart. */
static enum tgr_status take_header(struct tgr_frame *frame, struct text line) {
  if (line.bytes[0] == ' ' || line.bytes[0] == '\t')
    return refuse(frame, "a line of its head goes on in the next");
  const char *colon = memchr(line.bytes, ':', line.len);
  const size_t name_len = colon != NULL ? (size_t)(colon - line.bytes) : 0;
  if (name_len == 0 || line.bytes[name_len - 1] == ' ' ||
      line.bytes[name_len - 1] == '\t')
    return refuse(frame, "a line of its head has no name");
  const struct text name = {line.bytes, name_len};
  const struct text rest = {colon + 1, line.len - name_len - 1};
  if (is(name, "content-length", 14))
    return take_length(frame, trim(rest));
  if (is(name, "transfer-encoding", 17))
    return take_encoding(frame, trim(rest));
  if (is(name, "connection", 10))
    take_connection(frame, rest);
  else if (is(name, "keep-alive", 10))
    take_keep_alive(frame, rest);
  return TGR_OK;
}

/* What comes next is another head of the same answer: they have one limit. */
static void pass_interim(struct tgr_frame *frame) {
  const bool begun = frame->begun;
  const size_t head_len = frame->head_len;
  tgr_frame_begin(frame);
  frame->begun = begun;
  frame->head_len = head_len;
}

/* The empty line: how the body comes is known. */
static void end_head(struct tgr_frame *frame) {
  if (frame->status < 200) {
    pass_interim(frame);
    return;
  }
  frame->head_len = 0;
  if (frame->status == 204 || frame->status == 304) {
    frame->left = 0;
    frame->state = ENDED;
  } else if (frame->is_chunked) {
    frame->state = SIZE;
  } else if (frame->has_length) {
    frame->state = frame->left > 0 ? LENGTH : ENDED;
  } else {
    frame->state = UNTIL_CLOSE;
  }
}

/* ---- chunks ------------------------------------------------------------- */

static int hex(char c) {
  if (is_digit(c))
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* "1f", "1f;name=value" */
static enum tgr_status take_size(struct tgr_frame *frame, struct text line) {
  uint64_t size = 0;
  size_t i = 0;
  for (; i < line.len && hex(line.bytes[i]) >= 0; i++) {
    if (size > UINT64_MAX >> 4)
      return refuse(frame, "a chunk is too long");
    size = size << 4 | (uint64_t)hex(line.bytes[i]);
  }
  const struct text rest = trim((struct text){line.bytes + i, line.len - i});
  if (i == 0 || (rest.len > 0 && rest.bytes[0] != ';'))
    return refuse(frame, "a chunk's length is no number");
  frame->left = size;
  frame->head_len = 0;
  frame->state = size > 0 ? CHUNK : TRAILER;
  return TGR_OK;
}

static enum tgr_status take_chunk_end(struct tgr_frame *frame,
                                      struct text line) {
  if (line.len > 0)
    return refuse(frame, "a chunk is longer than it said");
  frame->head_len = 0;
  frame->state = SIZE;
  return TGR_OK;
}

/* ---- lines -------------------------------------------------------------- */

static enum tgr_status take_line(struct tgr_frame *frame, struct text line) {
  if (memchr(line.bytes, '\0', line.len) != NULL)
    return refuse(frame, "a line of its head holds a zero byte");
  if (memchr(line.bytes, '\r', line.len) != NULL)
    return refuse(frame, "a line of its head holds a CR");
  switch (frame->state) {
  case STATUS:
    return take_status(frame, line);
  case HEADER:
    if (line.len > 0)
      return take_header(frame, line);
    end_head(frame);
    return TGR_OK;
  case SIZE:
    return take_size(frame, line);
  case CHUNK_END:
    return take_chunk_end(frame, line);
  default:
    assert(frame->state == TRAILER);
    if (line.len == 0)
      frame->state = ENDED;
    return TGR_OK;
  }
}

/* Keeps a line's beginning until its end is there. */
static enum tgr_status gather(struct tgr_frame *frame, const char *bytes,
                              size_t len) {
  const enum tgr_status status = tgr_buf_append(&frame->line, bytes, len);
  if (status != TGR_OK)
    return status;
  const struct text begun = {frame->line.bytes, frame->line.len};
  if (frame->state == STATUS && !may_be_status(begun))
    return refuse(frame, no_http);
  return TGR_OK;
}

static enum tgr_status feed_line(struct tgr_frame *frame, const char *bytes,
                                 size_t len, size_t *used) {
  const char *end = memchr(bytes, '\n', len);
  *used = end != NULL ? (size_t)(end - bytes) + 1 : len;
  frame->head_len += *used;
  if (frame->line.len + *used > TGR_FRAME_LINE_MAX ||
      frame->head_len > TGR_FRAME_HEAD_MAX)
    return refuse(frame, "its head is too long");
  struct text line = {bytes, *used};
  if (end == NULL || frame->line.len > 0) {
    const enum tgr_status status = gather(frame, bytes, *used);
    if (status != TGR_OK || end == NULL)
      return status;
    line = (struct text){frame->line.bytes, frame->line.len};
  }
  line.len--;
  if (line.len > 0 && line.bytes[line.len - 1] == '\r')
    line.len--;
  const enum tgr_status status = take_line(frame, line);
  tgr_buf_clear(&frame->line);
  return status;
}

/* ---- all of it ---------------------------------------------------------- */

static void feed_body(struct tgr_frame *frame, const char *bytes, size_t len,
                      size_t *used, struct tgr_frame_piece *body) {
  *used = len;
  if (frame->state != UNTIL_CLOSE) {
    if (*used > frame->left)
      *used = (size_t)frame->left;
    frame->left -= *used;
    if (frame->left == 0)
      frame->state = frame->state == CHUNK ? CHUNK_END : ENDED;
  }
  *body = (struct tgr_frame_piece){bytes, *used};
}

enum tgr_status tgr_frame_feed(struct tgr_frame *frame, const char *bytes,
                               size_t len, size_t *used,
                               struct tgr_frame_piece *body) {
  assert(len > 0 && frame->state != ENDED);
  frame->begun = true;
  *used = 0;
  *body = (struct tgr_frame_piece){bytes, 0};
  while (*used < len && frame->state != ENDED) {
    const char *rest = bytes + *used;
    size_t step = 0;
    if (frame->state == LENGTH || frame->state == UNTIL_CLOSE ||
        frame->state == CHUNK) {
      feed_body(frame, rest, len - *used, &step, body);
      *used += step;
      return TGR_OK;
    }
    const enum tgr_status status = feed_line(frame, rest, len - *used, &step);
    *used += step;
    if (status != TGR_OK)
      return status;
  }
  return TGR_OK;
}

bool tgr_frame_has_ended(const struct tgr_frame *frame) {
  return frame->state == ENDED;
}

bool tgr_frame_hang_up(struct tgr_frame *frame) {
  frame->says_close = true;
  if (frame->state == UNTIL_CLOSE)
    frame->state = ENDED;
  return frame->state == ENDED;
}

uint64_t tgr_frame_expects(const struct tgr_frame *frame) {
  return frame->state == LENGTH ? frame->left : 0;
}

/* With both a length and chunks, somebody in between may see another end. */
bool tgr_frame_keeps(const struct tgr_frame *frame) {
  return frame->state == ENDED && !frame->says_close &&
         (!frame->old || frame->says_keep) &&
         !(frame->is_chunked && frame->has_length);
}
