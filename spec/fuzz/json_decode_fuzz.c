/* Fuzzes json/decode and json/encode: decode accepts what validate accepts, and
 * what was decoded goes out and comes back the same.
 *
 *   clang -std=c17 -D_GNU_SOURCE -g -O1 -fsanitize=fuzzer,address,undefined \
 *     -Ihost $(pkg-config --cflags lua5.4) spec/fuzz/json_decode_fuzz.c \
 *     $(find host/json host/base -name '*.c') \
 *     $(pkg-config --libs lua5.4) -lm \
 *     -o json_decode_fuzz && ./json_decode_fuzz -max_total_time=60 \
 *     "$(mktemp -d)" spec/fuzz/corpus/json */
#include "json/decode.h"
#include "json/encode.h"
#include "json/validate.h"

#include <lauxlib.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void expect(bool true_always) {
  if (!true_always)
    abort();
}

/* Encodes the one value on the stack, decodes that, and encodes once more. */
static void round_trip(lua_State *L,
                       const struct tgr_json_decode_options *options) {
  const struct tgr_json_encode_options sorted = {.sorted = true};
  struct tgr_buf first;
  struct tgr_buf second;
  struct tgr_error error;
  tgr_buf_init(&first, &tgr_mem_libc, 1 << 24);
  tgr_buf_init(&second, &tgr_mem_libc, 1 << 24);
  expect(tgr_json_encode(L, 1, &sorted, &first, &error) == TGR_OK);
  expect(tgr_json_decode(L, first.bytes, first.len, options, &error) == TGR_OK);
  expect(tgr_json_encode(L, 2, &sorted, &second, &error) == TGR_OK);
  expect(first.len == second.len &&
         memcmp(first.bytes, second.bytes, first.len) == 0);
  tgr_buf_deinit(&first);
  tgr_buf_deinit(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
  static lua_State *L = NULL;
  if (L == NULL)
    L = luaL_newstate();
  char *text = malloc(len + (len == 0));
  if (L == NULL || text == NULL)
    return 0;
  memcpy(text, bytes, len);
  lua_settop(L, 0);
  struct tgr_json_fault fault;
  struct tgr_error error = {0};
  const struct tgr_json_decode_options options = {.keep_null = true,
                                                  .mark_empty = true};
  const enum tgr_status valid = tgr_json_validate(text, len, &fault);
  const enum tgr_status decoded =
      tgr_json_decode(L, text, len, &options, &error);
  expect(lua_gettop(L) == (decoded == TGR_OK));
  expect(decoded == valid ||
         (decoded == TGR_ELIMIT && strstr(error.text, "out of range") != NULL));
  expect(decoded == TGR_OK || error.status == decoded);
  if (decoded == TGR_OK)
    round_trip(L, &options);
  lua_settop(L, 0);
  expect(tgr_json_decode(L, text, len, NULL, NULL) == decoded);
  free(text);
  return 0;
}
