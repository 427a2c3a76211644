/* Block: which of 64 bytes are quotes, backslashes and brackets.
 *
 * The inner loop of scan.c, as bit masks: bit n speaks of byte n. A wider
 * instruction set replaces tgr_json_block_read and nothing else. */
#ifndef TGR_JSON_BLOCK_H
#define TGR_JSON_BLOCK_H

#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { TGR_JSON_BLOCK_LEN = 64 };

struct tgr_json_block {
  uint64_t quote;
  uint64_t backslash;
  uint64_t open;  /* { and [ */
  uint64_t close; /* } and ] */
};

/* Setting this bit turns [ and ] into { and }, and no other byte into them. */
enum { TGR_JSON_CURLY_BIT = 0x20 };

/* Eight bytes as a number, the first in the lowest bits. */
static inline uint64_t tgr_json_word_read(const char *at) {
  uint64_t word = 0;
  for (unsigned n = 0; n < 8; n++)
    word |= (uint64_t)(unsigned char)at[n] << 8 * n;
  return word;
}

/* A bit for each byte of `word` that is `wanted`, the first in bit 0. */
static inline uint64_t tgr_json_word_equal(uint64_t word, char wanted) {
  const uint64_t low_bits = UINT64_C(0x7F7F7F7F7F7F7F7F);
  const uint64_t each = UINT64_C(0x0101010101010101);
  const uint64_t differs = word ^ each * (unsigned char)wanted;
  /* The top bit of every byte that is 0 now; no carry leaves a byte. */
  const uint64_t equal =
      ~(((differs & low_bits) + low_bits) | differs | low_bits);
  /* Moves the eight top bits side by side. */
  return (equal >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

/* The portable form; the other forms must agree with it bit for bit. */
static inline struct tgr_json_block tgr_json_block_portable(const char *at) {
  struct tgr_json_block block = {0};
  for (unsigned n = 0; n < TGR_JSON_BLOCK_LEN; n += 8) {
    const uint64_t bytes = tgr_json_word_read(at + n);
    const uint64_t curly =
        bytes | UINT64_C(0x0101010101010101) * TGR_JSON_CURLY_BIT;
    block.quote |= tgr_json_word_equal(bytes, '"') << n;
    block.backslash |= tgr_json_word_equal(bytes, '\\') << n;
    block.open |= tgr_json_word_equal(curly, '{') << n;
    block.close |= tgr_json_word_equal(curly, '}') << n;
  }
  return block;
}

#if defined(__SSE2__)
static inline uint64_t tgr_json_block_equal(__m128i bytes, char wanted) {
  return (uint32_t)_mm_movemask_epi8(
      _mm_cmpeq_epi8(bytes, _mm_set1_epi8(wanted)));
}

static inline struct tgr_json_block tgr_json_block_read(const char *at) {
  struct tgr_json_block block = {0};
  for (unsigned n = 0; n < TGR_JSON_BLOCK_LEN; n += 16) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(at + n));
    const __m128i curly =
        _mm_or_si128(bytes, _mm_set1_epi8(TGR_JSON_CURLY_BIT));
    block.quote |= tgr_json_block_equal(bytes, '"') << n;
    block.backslash |= tgr_json_block_equal(bytes, '\\') << n;
    block.open |= tgr_json_block_equal(curly, '{') << n;
    block.close |= tgr_json_block_equal(curly, '}') << n;
  }
  return block;
}
#else
static inline struct tgr_json_block tgr_json_block_read(const char *at) {
  return tgr_json_block_portable(at);
}
#endif

#endif
