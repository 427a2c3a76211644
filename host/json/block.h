/* Block: which of 64 bytes are quotes, backslashes and brackets.
 *
 * The inner loop of scan.c, as bit masks: bit n speaks of byte n. There are
 * three forms that agree bit for bit: portable, SSE2, and AVX2 (wide), which is
 * chosen when the program runs: an echo costs 3 % less with it. */
#ifndef TGR_JSON_BLOCK_H
#define TGR_JSON_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* Marks functions that may use AVX2. */
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define TGR_JSON_BLOCK_HAS_WIDE
#define TGR_JSON_BLOCK_WIDE __attribute__((target("avx2,pclmul,bmi")))
#else
#define TGR_JSON_BLOCK_WIDE
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

/* For every bit the parity of the bits up to and including it. */
static inline uint64_t tgr_json_block_parity(uint64_t bits) {
  for (unsigned shift = 1; shift < 64; shift <<= 1)
    bits ^= bits << shift;
  return bits;
}

/* Whether the wide form can be used here. */
#if defined(TGR_JSON_BLOCK_HAS_WIDE)
static inline bool tgr_json_block_is_wide(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("pclmul") &&
         __builtin_cpu_supports("bmi");
}

TGR_JSON_BLOCK_WIDE static inline uint64_t
tgr_json_block_equal_wide(__m256i low, __m256i high, char wanted) {
  const __m256i all = _mm256_set1_epi8(wanted);
  const uint64_t low_bits =
      (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, all));
  const uint64_t high_bits =
      (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, all));
  return high_bits << 32 | low_bits;
}

TGR_JSON_BLOCK_WIDE static inline struct tgr_json_block
tgr_json_block_read_wide(const char *at) {
  const __m256i low = _mm256_loadu_si256((const __m256i *)at);
  const __m256i high = _mm256_loadu_si256((const __m256i *)(at + 32));
  const __m256i bit = _mm256_set1_epi8(TGR_JSON_CURLY_BIT);
  const __m256i low_curly = _mm256_or_si256(low, bit);
  const __m256i high_curly = _mm256_or_si256(high, bit);
  return (struct tgr_json_block){
      .quote = tgr_json_block_equal_wide(low, high, '"'),
      .backslash = tgr_json_block_equal_wide(low, high, '\\'),
      .open = tgr_json_block_equal_wide(low_curly, high_curly, '{'),
      .close = tgr_json_block_equal_wide(low_curly, high_curly, '}')};
}

TGR_JSON_BLOCK_WIDE static inline uint64_t
tgr_json_block_parity_wide(uint64_t bits) {
  const __m128i product = _mm_clmulepi64_si128(
      _mm_set_epi64x(0, (long long)bits), _mm_set1_epi8((char)0xFF), 0);
  return (uint64_t)_mm_cvtsi128_si64(product);
}
#else
static inline bool tgr_json_block_is_wide(void) {
  return false;
}

static inline struct tgr_json_block tgr_json_block_read_wide(const char *at) {
  return tgr_json_block_read(at);
}

static inline uint64_t tgr_json_block_parity_wide(uint64_t bits) {
  return tgr_json_block_parity(bits);
}
#endif

#endif
