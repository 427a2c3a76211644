/* Fuzzes json/scan and json/validate: no input reads out of bounds, and what
 * validate accepts can be cut, walked and found whole.
 *
 *   clang -std=c17 -D_GNU_SOURCE -g -O1 -fsanitize=fuzzer,address,undefined \
 *     -Ihost spec/fuzz/json_scan_fuzz.c \
 *     host/json/{scan,text,token,number,validate}.c \
 *     $(find host/base -name '*.c') \
 *     -o json_scan_fuzz && ./json_scan_fuzz -max_total_time=60 \
 *     "$(mktemp -d)" spec/fuzz/corpus/json */
#include "json/scan.h"
#include "json/text.h"
#include "json/validate.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void expect(bool true_always) {
  if (!true_always)
    abort();
}

/* Byte by byte, what the block walk does 64 bytes at a time. */
static size_t plain_container_len(const char *text, size_t len) {
  size_t depth = 0;
  bool in_string = false;
  for (size_t n = 0; n < len; n++) {
    const char byte = text[n];
    if (in_string) {
      n += byte == '\\';
      in_string = byte != '"';
    } else if (byte == '"') {
      in_string = true;
    } else if (byte == '\\') {
      /* Outside strings, where none belongs, it hides a quote as inside. */
      n += n + 1 < len && (text[n + 1] == '"' || text[n + 1] == '\\');
    } else if (byte == '{' || byte == '[') {
      depth++;
    } else if ((byte == '}' || byte == ']') && --depth == 0) {
      return n + 1;
    }
  }
  return 0;
}

static void walk(struct tgr_json_slice value) {
  struct tgr_json_iter it;
  struct tgr_json_slice key;
  struct tgr_json_slice item;
  char text[64];
  int64_t number = 0;
  if (tgr_json_open(&it, value, '{'))
    while (tgr_json_next_member(&it, &key, &item)) {
      tgr_json_unescape(key, text, sizeof text);
      tgr_json_unescape(item, text, sizeof text);
      tgr_json_key_is(key, "update_id");
      tgr_json_read_int64(item, &number);
    }
  if (tgr_json_open(&it, value, '['))
    while (tgr_json_next_element(&it, &item))
      expect(item.len > 0 && item.at >= value.at &&
             item.at + item.len <= value.at + value.len);
  static const char *const path[] = {"message", "chat", "id"};
  tgr_json_find_path(value, path, 3, &item);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
  char *text = malloc(len + (len == 0));
  if (text == NULL)
    return 0;
  memcpy(text, bytes, len);
  const char *at = text;
  const char *end = text + len;
  struct tgr_json_slice value = {0};
  struct tgr_json_fault fault = {0};
  const enum tgr_status valid = tgr_json_validate(text, len, &fault);
  const enum tgr_status cut = tgr_json_cut(&at, end, SIZE_MAX, &value);
  expect(valid == TGR_OK || (fault.at >= text && fault.at <= end));
  if (cut == TGR_OK) {
    expect(value.at >= text && value.at + value.len == at && at <= end);
    if (*value.at == '{' || *value.at == '[')
      expect(plain_container_len(value.at, (size_t)(end - value.at)) ==
             value.len);
    walk(value);
  }
  if (valid == TGR_OK) {
    expect(cut == TGR_OK);
    expect(tgr_json_skip_blanks(at, end) == end);
  }
  free(text);
  return 0;
}
