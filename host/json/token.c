/* The strict reading of single JSON tokens. */
#include "json/token.h"

#include "json/text.h"

#include <string.h>

bool tgr_json_fault_set(struct tgr_json_fault *fault, enum tgr_status status,
                        const char *at, const char *expected) {
  *fault = (struct tgr_json_fault){status, at, expected};
  return false;
}

bool tgr_json_fault_set_number(struct tgr_json_fault *fault, const char *at,
                               const char *error_at) {
  return tgr_json_fault_set(fault, TGR_ESYNTAX, error_at,
                            error_at == at ? "a value" : "a digit");
}

enum tgr_status tgr_json_fault_describe(const struct tgr_json_fault *fault,
                                        const char *start, const char *end,
                                        struct tgr_error *error) {
  const size_t position = (size_t)(fault->at - start) + 1;
  if (fault->status == TGR_ELIMIT)
    return tgr_error_set(error, TGR_ELIMIT, "JSON: %s at byte %zu",
                         fault->expected, position);
  if (fault->at == end)
    return tgr_error_set(error, TGR_ESYNTAX,
                         "JSON ends at byte %zu where %s is expected",
                         position - 1, fault->expected);
  const unsigned char byte = (unsigned char)*fault->at;
  if (byte > ' ' && byte < 0x7F)
    return tgr_error_set(error, TGR_ESYNTAX,
                         "JSON: expected %s at byte %zu, not '%c'",
                         fault->expected, position, byte);
  return tgr_error_set(error, TGR_ESYNTAX,
                       "JSON: expected %s at byte %zu, not byte 0x%02x",
                       fault->expected, position, byte);
}

static bool is_hex(char digit) {
  const char lower = (char)(digit | 0x20);
  return (digit >= '0' && digit <= '9') || (lower >= 'a' && lower <= 'f');
}

/* Checks the escape at `at`; returns the byte behind it, or NULL. */
static const char *check_escape(const char *at, const char *end,
                                struct tgr_json_fault *fault) {
  at++;
  if (at == end || *at == '\0' || strchr("\"\\/bfnrtu", *at) == NULL) {
    tgr_json_fault_set(fault, TGR_ESYNTAX, at, "an escape after '\\'");
    return NULL;
  }
  if (*at++ != 'u')
    return at;
  for (int n = 0; n < 4; n++, at++)
    if (at == end || !is_hex(*at)) {
      tgr_json_fault_set(fault, TGR_ESYNTAX, at, "four hex digits after '\\u'");
      return NULL;
    }
  return at;
}

const char *tgr_json_token_string(const char *at, const char *end, bool *exact,
                                  struct tgr_json_fault *fault) {
  *exact = true;
  for (;;) {
    at = tgr_json_plain_end(at, end);
    if (at == end || (unsigned char)*at < ' ') {
      tgr_json_fault_set(fault, TGR_ESYNTAX, at,
                         at == end ? "a closing '\"'"
                                   : "an escaped control character");
      return NULL;
    }
    if (*at == '"')
      return at;
    bool valid = false;
    if (*at == '\\')
      at = check_escape(at, end, fault);
    else
      at += tgr_json_utf8_len(at, end, &valid);
    if (at == NULL)
      return NULL;
    *exact = *exact && valid;
  }
}

const char *tgr_json_token_word(const char *at, const char *end,
                                const char *word,
                                struct tgr_json_fault *fault) {
  const char *first = at;
  for (; *word != '\0'; word++, at++)
    if (at == end || *at != *word) {
      tgr_json_fault_set(fault, TGR_ESYNTAX, at == end ? at : first, "a value");
      return NULL;
    }
  return at;
}
