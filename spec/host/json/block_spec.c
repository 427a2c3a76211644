#include "json/block.h"

#include "support/spec.h"

static uint32_t next_random(uint32_t *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return *seed >> 8;
}

static void each_byte_sets_the_bit_of_its_own_place(void **state) {
  (void)state;
  char bytes[TGR_JSON_BLOCK_LEN] = {0};
  bytes[0] = '"';
  bytes[17] = '\\';
  bytes[31] = '[';
  bytes[32] = '{';
  bytes[62] = ']';
  bytes[63] = '}';
  const struct tgr_json_block block = tgr_json_block_read(bytes);
  assert_int_equal(block.quote, UINT64_C(1));
  assert_int_equal(block.backslash, UINT64_C(1) << 17);
  assert_int_equal(block.open, UINT64_C(3) << 31);
  assert_int_equal(block.close, UINT64_C(3) << 62);
}

/* One byte at a time, for comparison. */
static struct tgr_json_block read_slowly(const char *at) {
  struct tgr_json_block block = {0};
  for (unsigned n = 0; n < TGR_JSON_BLOCK_LEN; n++) {
    const uint64_t bit = UINT64_C(1) << n;
    block.quote |= at[n] == '"' ? bit : 0;
    block.backslash |= at[n] == '\\' ? bit : 0;
    block.open |= at[n] == '{' || at[n] == '[' ? bit : 0;
    block.close |= at[n] == '}' || at[n] == ']' ? bit : 0;
  }
  return block;
}

static void all_forms_agree_on_every_byte_at_every_place(void **state) {
  (void)state;
  uint32_t seed = 1;
  for (int round = 0; round < 4096; round++) {
    char bytes[TGR_JSON_BLOCK_LEN];
    for (int n = 0; n < TGR_JSON_BLOCK_LEN; n++)
      bytes[n] = round % 2 == 0 ? "\"\\{}[];x"[next_random(&seed) % 8]
                                : (char)next_random(&seed);
    const struct tgr_json_block fast = tgr_json_block_read(bytes);
    const struct tgr_json_block plain = tgr_json_block_portable(bytes);
    const struct tgr_json_block slow = read_slowly(bytes);
    assert_memory_equal(&fast, &slow, sizeof fast);
    assert_memory_equal(&plain, &slow, sizeof plain);
    if (!tgr_json_block_is_wide())
      continue;
    const struct tgr_json_block wide = tgr_json_block_read_wide(bytes);
    assert_memory_equal(&wide, &slow, sizeof wide);
  }
}

static void the_parity_of_each_bit_counts_the_bits_up_to_it(void **state) {
  (void)state;
  uint32_t seed = 7;
  for (int round = 0; round < 4096; round++) {
    const uint64_t bits = (uint64_t)next_random(&seed) << 40 ^
                          (uint64_t)next_random(&seed) << 20 ^
                          next_random(&seed);
    uint64_t expected = 0;
    for (unsigned n = 0; n < 64; n++)
      expected |= (uint64_t)(__builtin_popcountll(bits << (63 - n)) & 1) << n;
    assert_true(tgr_json_block_parity(bits) == expected);
    if (tgr_json_block_is_wide())
      assert_true(tgr_json_block_parity_wide(bits) == expected);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_byte_sets_the_bit_of_its_own_place),
      cmocka_unit_test(all_forms_agree_on_every_byte_at_every_place),
      cmocka_unit_test(the_parity_of_each_bit_counts_the_bits_up_to_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
