/* Answers cut at every position are the same answers; what is hostile is
 * refused. */
#include "net/frame.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What came of a stream of bytes. */
struct outcome {
  enum tgr_status status;
  int http_status;
  bool ended;
  bool keeps;
  uint32_t keep_s;
  size_t used;
  char body[4096];
  size_t body_len;
};

/* Feeds `len` bytes up to the answer's end. */
static enum tgr_status feed(struct tgr_frame *frame, const char *bytes,
                            size_t len, struct outcome *out) {
  size_t at = 0;
  while (at < len && !tgr_frame_has_ended(frame)) {
    struct tgr_frame_piece body;
    size_t used = 0;
    const enum tgr_status status =
        tgr_frame_feed(frame, bytes + at, len - at, &used, &body);
    if (status != TGR_OK)
      return status;
    assert_in_range(used, 1, len - at);
    assert_true(body.bytes >= bytes && body.bytes + body.len <= bytes + len);
    memcpy(out->body + out->body_len, body.bytes, body.len);
    out->body_len += body.len;
    at += used;
  }
  out->used += at;
  return TGR_OK;
}

/* Feeds the stream in three pieces, which end at `cut` and `next`. Each is
 * copied, so that a read past its end is found. */
static void run(const char *stream, size_t len, size_t cut, size_t next,
                struct outcome *out) {
  const size_t cuts[] = {0, cut, next, len};
  struct tgr_frame frame;
  *out = (struct outcome){.status = TGR_OK};
  tgr_frame_init(&frame, &tgr_mem_libc);
  for (int i = 0; i < 3 && out->status == TGR_OK; i++) {
    const size_t count = cuts[i + 1] - cuts[i];
    if (count == 0)
      continue;
    char *piece = malloc(count);
    memcpy(piece, stream + cuts[i], count);
    out->status = feed(&frame, piece, count, out);
    free(piece);
  }
  out->ended = tgr_frame_has_ended(&frame);
  out->keeps = tgr_frame_keeps(&frame);
  out->http_status = frame.status;
  out->keep_s = frame.keep_s;
  if (out->status == TGR_EPROTO)
    assert_non_null(frame.wrong);
  tgr_frame_deinit(&frame);
}

static void assert_same(const struct outcome *a, const struct outcome *b) {
  assert_int_equal(a->status, b->status);
  if (a->status != TGR_OK)
    return;
  assert_int_equal(a->http_status, b->http_status);
  assert_int_equal(a->ended, b->ended);
  assert_int_equal(a->keeps, b->keeps);
  assert_int_equal(a->used, b->used);
  assert_int_equal(a->body_len, b->body_len);
  assert_memory_equal(a->body, b->body, a->body_len);
}

/* The outcome of the stream, whichever way it is cut. */
static struct outcome outcome_of(const char *stream) {
  static struct outcome whole;
  static struct outcome cut;
  const size_t len = strlen(stream);
  run(stream, len, len, len, &whole);
  for (size_t i = 0; i <= len; i++)
    for (size_t j = i; j <= len; j++) {
      run(stream, len, i, j, &cut);
      assert_same(&whole, &cut);
    }
  return whole;
}

static void assert_answer(const char *stream, int status, const char *body,
                          bool keeps) {
  const struct outcome out = outcome_of(stream);
  assert_int_equal(out.status, TGR_OK);
  assert_true(out.ended);
  assert_int_equal(out.http_status, status);
  assert_int_equal(out.body_len, strlen(body));
  assert_memory_equal(out.body, body, out.body_len);
  assert_int_equal(out.keeps, keeps);
}

static void an_answer_ends_where_its_length_says(void **state) {
  (void)state;
  assert_answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200,
                "hello", true);
  assert_answer("HTTP/1.1 200\r\ncontent-LENGTH:0\r\n\r\n", 200, "", true);
  assert_answer("HTTP/1.1 429 Too Many\nContent-Length: 2 \n\n{}", 429, "{}",
                true);
  assert_answer("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1"
                "\r\n\r\nx",
                200, "x", true);
}

static void chunks_are_put_together_without_what_is_around_them(void **state) {
  (void)state;
  assert_answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                "5\r\nhello\r\n6;a=\"b\"\r\n world\r\n00\r\n\r\n",
                200, "hello world", true);
  assert_answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"
                "A \r\n0123456789\r\n0\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n",
                200, "0123456789", true);
}

static void answers_without_a_body_end_with_their_head(void **state) {
  (void)state;
  assert_answer("HTTP/1.1 204 None\r\n\r\n", 204, "", true);
  assert_answer("HTTP/1.1 304 Same\r\nContent-Length: 7\r\n\r\n", 304, "",
                true);
}

static void interim_answers_are_passed_over(void **state) {
  (void)state;
  assert_answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nA: b\r\n"
                "Content-Length: 9\r\n\r\nHTTP/1.1 200 OK\r\n"
                "Content-Length: 1\r\n\r\nx",
                200, "x", true);
}

static void the_connection_is_kept_as_the_server_says(void **state) {
  (void)state;
  assert_answer("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0"
                "\r\n\r\n",
                200, "", false);
  assert_answer("HTTP/1.1 200 OK\r\nConnection: x, Close\r\n"
                "Content-Length: 0\r\n\r\n",
                200, "", false);
  assert_answer("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", 200, "", false);
  assert_answer("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n"
                "Content-Length: 0\r\n\r\n",
                200, "", true);
  assert_answer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n"
                "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
                200, "x", false);
  const struct outcome out = outcome_of(
      "HTTP/1.1 200 OK\r\nKeep-Alive: max=9, timeout=5\r\nContent-Length: 0"
      "\r\n\r\n");
  assert_true(out.keeps);
  assert_int_equal(out.keep_s, 5);
  assert_answer("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=0\r\n"
                "Content-Length: 0\r\n\r\n",
                200, "", false);
}

static void without_a_length_the_connections_end_is_the_bodys(void **state) {
  (void)state;
  const char stream[] = "HTTP/1.1 200 OK\r\n\r\nall there is";
  struct outcome out = outcome_of(stream);
  assert_int_equal(out.status, TGR_OK);
  assert_false(out.ended);
  assert_int_equal(out.body_len, strlen("all there is"));
  struct tgr_frame frame;
  tgr_frame_init(&frame, &tgr_mem_libc);
  out = (struct outcome){0};
  assert_false(tgr_frame_hang_up(&frame));
  tgr_frame_begin(&frame);
  assert_int_equal(feed(&frame, stream, strlen(stream), &out), TGR_OK);
  assert_true(tgr_frame_hang_up(&frame));
  assert_false(tgr_frame_keeps(&frame));
  tgr_frame_deinit(&frame);
}

static void an_end_within_an_answer_is_not_its_end(void **state) {
  (void)state;
  static const char *const streams[] = {
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n",
      "HTTP/1.1 200 OK\r\nContent-Le",
      "HTTP/1.1 100 Continue\r\n\r\n",
  };
  for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
    struct tgr_frame frame;
    struct outcome out = {0};
    tgr_frame_init(&frame, &tgr_mem_libc);
    assert_int_equal(feed(&frame, streams[i], strlen(streams[i]), &out),
                     TGR_OK);
    assert_false(tgr_frame_hang_up(&frame));
    tgr_frame_deinit(&frame);
  }
}

static void what_comes_behind_an_answer_is_left(void **state) {
  (void)state;
  static const char first[] = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx";
  const struct outcome out =
      outcome_of("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 200");
  assert_int_equal(out.used, strlen(first));
}

static void a_frame_takes_one_answer_after_another(void **state) {
  (void)state;
  static const char stream[] =
      "HTTP/1.1 200 OK\r\nConnection: close\r\nKeep-Alive: timeout=3\r\n"
      "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"
      "HTTP/1.1 500 No\r\nContent-Length: 1\r\n\r\nb";
  struct tgr_frame frame;
  struct outcome out = {0};
  tgr_frame_init(&frame, &tgr_mem_libc);
  assert_int_equal(feed(&frame, stream, strlen(stream), &out), TGR_OK);
  const size_t first = out.used;
  tgr_frame_begin(&frame);
  assert_int_equal(frame.status, 0);
  assert_int_equal(feed(&frame, stream + first, strlen(stream) - first, &out),
                   TGR_OK);
  assert_int_equal(frame.status, 500);
  assert_true(tgr_frame_keeps(&frame));
  assert_int_equal(frame.keep_s, 0);
  assert_memory_equal(out.body, "ab", 2);
  tgr_frame_deinit(&frame);
}

static void what_is_no_answer_is_refused(void **state) {
  (void)state;
#define OK "HTTP/1.1 200 OK\r\n"
#define CHUNKED OK "Transfer-Encoding: chunked\r\n\r\n"
  static const char *const streams[] = {
      "SSH-2.0-OpenSSH_9.2\r\n",
      "S",
      "HTTP/2 200\r\n",
      "HTTP/1.2 200 OK\r\n",
      "HTTP/1.1 2000 OK\r\n",
      "HTTP/1.1 020 OK\r\n",
      "HTTP/1.1 20\r\n",
      "HTTP/1.1200 OK\r\n",
      "\r\nHTTP/1.1 200 OK\r\n",
      "HTTP/1.1 101 Switching\r\n",
      OK "no colon\r\n",
      OK ": no name\r\n",
      OK "Content-Length : 1\r\n",
      OK "Content-Length: one\r\n",
      OK "Content-Length: -1\r\n",
      OK "Content-Length: 1, 1\r\n",
      OK "Content-Length:\r\n",
      OK "Content-Length: 1\r\nContent-Length: 2\r\n",
      OK "Content-Length: 1\r\n 2\r\n",
      OK " Content-Length: 1\r\n",
      OK "A: b\rContent-Length: 1\r\n",
      OK "Content-Length: 1\r\r\n",
      OK "Transfer-Encoding: gzip, chunked\r\n",
      OK "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
      CHUNKED "zz\r\n",
      CHUNKED "\r\n",
      CHUNKED "5 5\r\n",
      CHUNKED "-5\r\n",
      CHUNKED "11111111111111111\r\n",
      CHUNKED "1\r\nxx\r\n",
  };
  for (size_t i = 0; i < sizeof streams / sizeof *streams; i++)
    assert_int_equal(outcome_of(streams[i]).status, TGR_EPROTO);
  struct outcome out;
  static const char zero[] = OK "A: \0b\r\n";
  run(zero, sizeof zero - 1, 20, 21, &out);
  assert_int_equal(out.status, TGR_EPROTO);
}

static void a_huge_length_is_the_largest_number(void **state) {
  (void)state;
  struct tgr_frame frame;
  struct outcome out = {0};
  static const char stream[] =
      OK "Content-Length: 99999999999999999999999\r\n\r\n";
  tgr_frame_init(&frame, &tgr_mem_libc);
  assert_int_equal(feed(&frame, stream, strlen(stream), &out), TGR_OK);
  assert_true(tgr_frame_expects(&frame) == UINT64_MAX);
  tgr_frame_deinit(&frame);
}

/* Feeds `text` again and again, in pieces of `step`. */
static enum tgr_status repeat(const char *head, const char *text, size_t step) {
  struct tgr_frame frame;
  static struct outcome out;
  out = (struct outcome){0};
  tgr_frame_init(&frame, &tgr_mem_libc);
  enum tgr_status status = feed(&frame, head, strlen(head), &out);
  const size_t len = strlen(text);
  for (size_t fed = 0; status == TGR_OK && fed < 4 * TGR_FRAME_HEAD_MAX;
       fed += step)
    status = feed(&frame, text + fed % len,
                  len - fed % len < step ? len - fed % len : step, &out);
  tgr_frame_deinit(&frame);
  return status;
}

static void a_head_without_end_is_refused(void **state) {
  (void)state;
  static const size_t steps[] = {1, 2, 4, 8};
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    assert_int_equal(repeat(OK, "A: bcd\r\n", steps[i]), TGR_EPROTO);
    assert_int_equal(repeat(OK, "aaaaaaaa", steps[i]), TGR_EPROTO);
    assert_int_equal(repeat(CHUNKED "1;", "aaaaaaaa", steps[i]), TGR_EPROTO);
    assert_int_equal(repeat(CHUNKED "0\r\n", "A: bcd\r\n", steps[i]),
                     TGR_EPROTO);
  }
}

#define GO_ON "HTTP/1.1 100 Go on..\r\n\r\n"

static void interim_answers_without_end_are_refused(void **state) {
  (void)state;
  for (size_t step = 1; step <= 8; step *= 2)
    assert_int_equal(repeat(GO_ON, GO_ON, step), TGR_EPROTO);
}

static void a_long_chunked_body_is_no_long_head(void **state) {
  (void)state;
  struct tgr_frame frame;
  static struct outcome out;
  out = (struct outcome){0};
  tgr_frame_init(&frame, &tgr_mem_libc);
  assert_int_equal(feed(&frame, CHUNKED, strlen(CHUNKED), &out), TGR_OK);
  for (size_t fed = 0; fed < 2 * TGR_FRAME_HEAD_MAX; fed += 6) {
    out.body_len = 0;
    assert_int_equal(feed(&frame, "1\r\nx\r\n", 6, &out), TGR_OK);
  }
  tgr_frame_deinit(&frame);
}

/* Bytes of all kinds: whatever it makes of them, it stays within them. */
static void noise_is_survived(void **state) {
  (void)state;
  static const char *const words[] = {"HTTP/1.1 200 OK\r\n",
                                      "Content-Length: 3\r\n",
                                      "\r\n",
                                      "3\r\n",
                                      "abc",
                                      "Transfer-Encoding: chunked\r\n",
                                      ":",
                                      "0\r\n",
                                      "\xff",
                                      "Connection: ,"};
  uint32_t seed = 1;
  for (int round = 0; round < 20000; round++) {
    char stream[512] = "HTTP/1.1 200 OK\r\n";
    size_t len = strlen(stream);
    for (int i = 0; i < 8; i++) {
      seed = seed * 1664525 + 1013904223;
      len += (size_t)snprintf(
          stream + len, sizeof stream - len, "%s",
          words[(seed >> 16) % (sizeof words / sizeof *words)]);
    }
    static struct outcome whole;
    static struct outcome cut;
    run(stream, len, len, len, &whole);
    run(stream, len, (seed >> 8) % len, len, &cut);
    assert_same(&whole, &cut);
  }
}

static void a_line_in_two_pieces_needs_memory_and_says_so(void **state) {
  (void)state;
  struct spec_mem mem;
  spec_mem_init(&mem);
  mem.fail_at = 1;
  struct tgr_frame frame;
  struct outcome out = {0};
  tgr_frame_init(&frame, &mem.mem);
  assert_int_equal(feed(&frame, "HTTP/1.1 20", 11, &out), TGR_ENOMEM);
  tgr_frame_deinit(&frame);
  assert_int_equal(mem.live, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_answer_ends_where_its_length_says),
      cmocka_unit_test(chunks_are_put_together_without_what_is_around_them),
      cmocka_unit_test(answers_without_a_body_end_with_their_head),
      cmocka_unit_test(interim_answers_are_passed_over),
      cmocka_unit_test(the_connection_is_kept_as_the_server_says),
      cmocka_unit_test(without_a_length_the_connections_end_is_the_bodys),
      cmocka_unit_test(an_end_within_an_answer_is_not_its_end),
      cmocka_unit_test(what_comes_behind_an_answer_is_left),
      cmocka_unit_test(a_frame_takes_one_answer_after_another),
      cmocka_unit_test(what_is_no_answer_is_refused),
      cmocka_unit_test(a_huge_length_is_the_largest_number),
      cmocka_unit_test(a_head_without_end_is_refused),
      cmocka_unit_test(interim_answers_without_end_are_refused),
      cmocka_unit_test(a_long_chunked_body_is_no_long_head),
      cmocka_unit_test(noise_is_survived),
      cmocka_unit_test(a_line_in_two_pieces_needs_memory_and_says_so),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
