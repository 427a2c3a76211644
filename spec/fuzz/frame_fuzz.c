/* Fuzzes net/frame: however a stream is cut, it is the same answer, and no
 * piece is read past its end.
 *
 *   clang -std=c17 -D_GNU_SOURCE -g -O1 -fsanitize=fuzzer,address,undefined \
 *     -Ihost spec/fuzz/frame_fuzz.c host/net/frame.c \
 *     $(find host/base -name '*.c') -o frame_fuzz && \
 *     ./frame_fuzz -max_total_time=60 "$(mktemp -d)" spec/fuzz/corpus/frame */
#include "net/frame.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

struct outcome {
  enum tgr_status status;
  bool ended;
  bool keeps;
  int http_status;
  size_t body_len;
  uint64_t body_sum;
};

static void expect(bool true_always) {
  if (!true_always)
    abort();
}

static enum tgr_status feed(struct tgr_frame *frame, const char *bytes,
                            size_t len, struct outcome *out) {
  size_t at = 0;
  while (at < len && !tgr_frame_has_ended(frame)) {
    struct tgr_frame_piece body;
    size_t used = 0;
    const enum tgr_status status =
        tgr_frame_feed(frame, bytes + at, len - at, &used, &body);
    expect(used <= len - at);
    if (status != TGR_OK) {
      expect(status == TGR_EPROTO && frame->wrong != NULL);
      return status;
    }
    expect(used > 0 && body.bytes >= bytes &&
           body.bytes + body.len <= bytes + len);
    for (size_t i = 0; i < body.len; i++)
      out->body_sum = out->body_sum * 31 + (unsigned char)body.bytes[i];
    out->body_len += body.len;
    at += used;
  }
  return TGR_OK;
}

/* Feeds the stream in pieces of `step`, each in memory of its own size. */
static struct outcome run(const uint8_t *bytes, size_t len, size_t step) {
  struct tgr_frame frame;
  struct outcome out = {.status = TGR_OK};
  tgr_frame_init(&frame, &tgr_mem_libc);
  for (size_t at = 0; at < len && out.status == TGR_OK; at += step) {
    const size_t count = len - at < step ? len - at : step;
    char *piece = malloc(count);
    expect(piece != NULL);
    memcpy(piece, bytes + at, count);
    out.status = feed(&frame, piece, count, &out);
    free(piece);
  }
  out.ended = tgr_frame_has_ended(&frame);
  out.keeps = tgr_frame_keeps(&frame);
  out.http_status = frame.status;
  tgr_frame_deinit(&frame);
  return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
  if (len == 0)
    return 0;
  const struct outcome whole = run(bytes, len, len);
  for (size_t step = 1; step < len && step <= 16; step *= 2) {
    const struct outcome cut = run(bytes, len, step);
    expect(cut.status == whole.status);
    expect(whole.status != TGR_OK ||
           (cut.ended == whole.ended && cut.keeps == whole.keeps &&
            cut.http_status == whole.http_status &&
            cut.body_len == whole.body_len && cut.body_sum == whole.body_sum));
  }
  return 0;
}
