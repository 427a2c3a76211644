/* JSON numbers from and to text. */
#include "json/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  EXACT_DIGITS = 19,  /* that many decimal digits always fit uint64_t */
  KEPT_DIGITS = 780,  /* more never decide how a double rounds */
  EXPONENT_MAX = 9999 /* anything beyond is 0 or infinite anyway */
};

static const int64_t whole_max = INT64_C(1) << 53;

/* A number's text, taken apart. */
struct parts {
  const char *digits; /* the first digit */
  const char *behind; /* behind the last digit of the fraction */
  const char *point;  /* NULL when there is none */
  long exponent;
  bool negative;
};

static bool is_digit(const char *at, const char *end) {
  return at < end && *at >= '0' && *at <= '9';
}

static const char *skip_digits(const char *at, const char *end) {
  while (is_digit(at, end))
    at++;
  return at;
}

static const char *read_exponent(const char *at, const char *end,
                                 long *exponent) {
  const bool negative = at < end && *at == '-';
  if (at < end && (*at == '-' || *at == '+'))
    at++;
  long value = 0;
  for (; is_digit(at, end); at++)
    if (value < EXPONENT_MAX * 1000)
      value = value * 10 + (*at - '0');
  *exponent = negative ? -value : value;
  return at;
}

/* Takes the text apart; NULL at a missing digit. */
static const char *split(const char *at, const char *end, struct parts *parts,
                         const char **error_at) {
  *parts = (struct parts){.negative = at < end && *at == '-'};
  at += parts->negative;
  parts->digits = at;
  *error_at = at;
  if (!is_digit(at, end))
    return NULL;
  at = *at == '0' ? at + 1 : skip_digits(at, end);
  parts->behind = at;
  if (at < end && *at == '.') {
    parts->point = at;
    *error_at = at + 1;
    if (!is_digit(at + 1, end))
      return NULL;
    at = parts->behind = skip_digits(at + 1, end);
  }
  if (at == end || (*at != 'e' && *at != 'E'))
    return at;
  const char *first = at + 1;
  if (first < end && (*first == '-' || *first == '+'))
    first++;
  *error_at = first;
  if (!is_digit(first, end))
    return NULL;
  return read_exponent(at + 1, end, &parts->exponent);
}

/* Integers of up to 19 digits; longer ones never fit. */
static bool to_integer(const struct parts *parts, int64_t *out) {
  if (parts->behind - parts->digits > EXACT_DIGITS)
    return false;
  uint64_t value = 0;
  for (const char *at = parts->digits; at < parts->behind; at++)
    value = value * 10 + (uint64_t)(*at - '0');
  if (value > (uint64_t)INT64_MAX + parts->negative)
    return false;
  *out = parts->negative ? (int64_t)(~value + 1) : (int64_t)value;
  return true;
}

static bool is_fraction(const struct parts *parts, const char *at) {
  return parts->point != NULL && at > parts->point;
}

/* Writes the digits without point and leading zeros; returns their number. The
 * exponent makes up for the point. Digits beyond KEPT_DIGITS become one that
 * says "a little more". */
static size_t put_digits(const struct parts *parts, char *out, long *exponent) {
  size_t len = 0;
  bool rest = false;
  for (const char *at = parts->digits; at < parts->behind; at++) {
    if (*at == '.')
      continue;
    if (len == KEPT_DIGITS) {
      rest = rest || *at != '0';
      *exponent += !is_fraction(parts, at);
      continue;
    }
    if (len > 0 || *at != '0')
      out[len++] = *at;
    *exponent -= is_fraction(parts, at);
  }
  if (rest) {
    out[len++] = '1';
    *exponent -= 1;
  }
  return len;
}

/* Writes the number in a form that strtod reads alike in every locale: whole
 * digits and an exponent. */
static void flatten(const struct parts *parts, char *out, size_t size) {
  long exponent = parts->exponent;
  size_t len = 0;
  if (parts->negative)
    out[len++] = '-';
  const size_t count = put_digits(parts, out + len, &exponent);
  len += count;
  if (count == 0) {
    out[len++] = '0';
    exponent = 0;
  }
  if (exponent > EXPONENT_MAX)
    exponent = EXPONENT_MAX;
  if (exponent < -EXPONENT_MAX)
    exponent = -EXPONENT_MAX;
  snprintf(out + len, size - len, "e%ld", exponent);
}

/* Short numbers: both operands are exact, so one rounding is the right one. */
static bool to_real_quickly(const struct parts *parts, double *real) {
  static const double powers[] = {
      1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
      1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  if (parts->behind - parts->digits > 16)
    return false;
  long exponent = parts->exponent;
  uint64_t value = 0;
  for (const char *at = parts->digits; at < parts->behind; at++)
    if (*at != '.')
      value = value * 10 + (uint64_t)(*at - '0');
  if (parts->point != NULL)
    exponent -= parts->behind - parts->point - 1;
  if (value > (uint64_t)whole_max || exponent < -22 || exponent > 22)
    return false;
  const double whole = (double)value;
  *real = exponent < 0 ? whole / powers[-exponent] : whole * powers[exponent];
  if (parts->negative)
    *real = -*real;
  return true;
}

static double to_real(const struct parts *parts) {
  double real = 0;
  if (to_real_quickly(parts, &real))
    return real;
  char text[KEPT_DIGITS + 32];
  flatten(parts, text, sizeof text);
  return strtod(text, NULL);
}

/* Reads a plain integer of up to 18 digits, which nearly all numbers of the Bot
 * API are; NULL for anything else. */
static const char *read_plain(const char *at, const char *end,
                              struct tgr_json_number *number) {
  const bool negative = *at == '-';
  const char *first = at + negative;
  const char *last =
      end - first > EXACT_DIGITS - 1 ? first + EXACT_DIGITS - 1 : end;
  int64_t value = 0;
  for (at = first; at < last && *at >= '0' && *at <= '9'; at++)
    value = value * 10 + (*at - '0');
  if (at == first || at == last || (*first == '0' && at > first + 1) ||
      *at == '.' || (*at | 0x20) == 'e')
    return NULL;
  *number = (struct tgr_json_number){.is_integer = true,
                                     .integer = negative ? -value : value};
  return at;
}

const char *tgr_json_number_read(const char *at, const char *end,
                                 struct tgr_json_number *number,
                                 const char **error_at) {
  const char *plain = at < end ? read_plain(at, end, number) : NULL;
  if (plain != NULL)
    return plain;
  struct parts parts;
  const char *behind = split(at, end, &parts, error_at);
  if (behind == NULL)
    return NULL;
  *number = (struct tgr_json_number){0};
  number->is_integer = behind == parts.behind && parts.point == NULL &&
                       to_integer(&parts, &number->integer);
  if (!number->is_integer)
    number->real = to_real(&parts);
  return behind;
}

size_t tgr_json_integer_write(char out[TGR_JSON_NUMBER_TEXT_MAX],
                              int64_t integer) {
  char digits[EXACT_DIGITS + 1];
  size_t count = 0;
  uint64_t value = integer < 0 ? ~(uint64_t)integer + 1 : (uint64_t)integer;
  do {
    digits[count++] = (char)('0' + value % 10);
    value /= 10;
  } while (value != 0);
  size_t len = 0;
  if (integer < 0)
    out[len++] = '-';
  while (count > 0)
    out[len++] = digits[--count];
  return len;
}

/* Replaces the locale's decimal point, which may have several bytes. */
static size_t make_plain(char *text) {
  size_t len = 0;
  for (const char *at = text; *at != '\0'; at++) {
    if (strchr("+-0123456789e", *at) != NULL)
      text[len++] = *at;
    else if (len == 0 || text[len - 1] != '.')
      text[len++] = '.';
  }
  return len;
}

size_t tgr_json_real_write(char out[TGR_JSON_NUMBER_TEXT_MAX], double real) {
  if (fabs(real) <= (double)whole_max && floor(real) == real)
    return tgr_json_integer_write(out, (int64_t)real);
  for (int digits = 15; digits <= 17; digits++) {
    snprintf(out, TGR_JSON_NUMBER_TEXT_MAX, "%.*g", digits, real);
    if (strtod(out, NULL) == real)
      break;
  }
  return make_plain(out);
}
