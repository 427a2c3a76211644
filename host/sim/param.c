/* Reads what a call was given. */
#include "sim/param.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

json_t *tgr_sim_param_string(const json_t *params, const char *name) {
  json_t *value = json_object_get(params, name);
  if (value == NULL || json_is_null(value))
    return NULL;
  if (json_is_string(value))
    return json_incref(value);
  char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
  if (text == NULL)
    return NULL;
  json_t *string = json_string(text);
  free(text);
  return string;
}

const char *tgr_sim_param_text(const json_t *params, const char *name) {
  const char *text = json_string_value(json_object_get(params, name));
  return text == NULL ? "" : text;
}

bool tgr_sim_param_int(const json_t *params, const char *name, int64_t *out) {
  const json_t *value = json_object_get(params, name);
  if (json_is_integer(value)) {
    *out = json_integer_value(value);
    return true;
  }
  const char *text = json_string_value(value);
  if (text == NULL || (!isdigit((unsigned char)text[0]) && text[0] != '-'))
    return false;
  char *end;
  errno = 0;
  const long long number = strtoll(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0')
    return false;
  *out = number;
  return true;
}

bool tgr_sim_param_true(const json_t *params, const char *name) {
  const json_t *value = json_object_get(params, name);
  if (json_is_string(value)) {
    const char *text = json_string_value(value);
    return strcasecmp(text, "true") == 0 || strcmp(text, "1") == 0 ||
           strcasecmp(text, "yes") == 0;
  }
  return json_is_true(value) ||
         (json_is_integer(value) && json_integer_value(value) != 0);
}

json_t *tgr_sim_param_json(const json_t *params, const char *name) {
  json_t *value = json_object_get(params, name);
  if (!json_is_string(value))
    return json_is_null(value) ? NULL : json_incref(value);
  return json_loadb(json_string_value(value), json_string_length(value),
                    JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
}

bool tgr_sim_param_given(const json_t *params, const char *name) {
  const json_t *value = json_object_get(params, name);
  if (value == NULL || json_is_null(value))
    return false;
  return !json_is_string(value) || json_string_length(value) > 0;
}

void tgr_sim_text_make_utf8(char *text, size_t len) {
  size_t high = 0;
  for (size_t i = 0; i < len; i++)
    high += (unsigned char)text[i] >= 0x80;
  if (high == 0)
    return;
  json_t *checked = json_stringn(text, len);
  for (size_t i = 0; i < len && checked == NULL; i++)
    text[i] = (unsigned char)text[i] < 0x80 ? text[i] : '?';
  json_decref(checked);
}

bool tgr_sim_param_add(json_t *params, const char *name, char *value,
                       size_t len) {
  tgr_sim_text_make_utf8(value, len);
  return json_object_set_new(params, name, json_stringn(value, len)) == 0;
}

static int hex_value(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  const char lower = (char)tolower((unsigned char)c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* Unescapes in place; returns the new length. */
static size_t unescape(char *text, size_t len) {
  size_t out = 0;
  for (size_t i = 0; i < len; i++) {
    char c = text[i];
    if (c == '+') {
      c = ' ';
    } else if (c == '%' && i + 2 < len && hex_value(text[i + 1]) >= 0 &&
               hex_value(text[i + 2]) >= 0) {
      c = (char)(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    }
    text[out++] = c;
  }
  return out;
}

/* `pair[len]` may be overwritten. */
static bool add_pair(json_t *params, char *pair, size_t len) {
  char *equals = memchr(pair, '=', len);
  const size_t name_len = equals == NULL ? len : (size_t)(equals - pair);
  char *value = equals == NULL ? pair + len : equals + 1;
  const size_t value_len = unescape(value, (size_t)(pair + len - value));
  const size_t name_end = unescape(pair, name_len);
  pair[name_end] = '\0';
  if (pair[0] == '\0')
    return true;
  tgr_sim_text_make_utf8(pair, name_end);
  return tgr_sim_param_add(params, pair, value, value_len);
}

bool tgr_sim_param_add_form(json_t *params, char *body, size_t len) {
  char *const end = body + len;
  bool added = true;
  while (added && body < end) {
    char *stop = memchr(body, '&', (size_t)(end - body));
    if (stop == NULL)
      stop = end;
    added = add_pair(params, body, (size_t)(stop - body));
    body = stop + 1;
  }
  return added;
}

size_t tgr_sim_text_units(const char *text, size_t len) {
  size_t units = 0;
  for (size_t i = 0; i < len; i++) {
    const unsigned char c = (unsigned char)text[i];
    if ((c & 0xC0) != 0x80)
      units += c >= 0xF0 ? 2 : 1;
  }
  return units;
}
