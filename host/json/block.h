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

/* The portable form; the other forms must agree with it bit for bit. */
static inline struct tgr_json_block tgr_json_block_portable(const char *at) {
  struct tgr_json_block block = {0};
  for (unsigned n = 0; n < TGR_JSON_BLOCK_LEN; n++) {
    const unsigned char byte = (unsigned char)at[n];
    const unsigned char curly = byte | TGR_JSON_CURLY_BIT;
    block.quote |= (uint64_t)(byte == '"') << n;
    block.backslash |= (uint64_t)(byte == '\\') << n;
    block.open |= (uint64_t)(curly == '{') << n;
    block.close |= (uint64_t)(curly == '}') << n;
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
