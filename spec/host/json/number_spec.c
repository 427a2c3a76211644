#include "json/number.h"

#include "support/spec.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct tgr_json_number read_all(const char *text) {
  struct tgr_json_number number = {0};
  const char *error_at = NULL;
  const char *end = text + strlen(text);
  assert_ptr_equal(tgr_json_number_read(text, end, &number, &error_at), end);
  return number;
}

static void assert_real(const char *text, double expected) {
  const struct tgr_json_number number = read_all(text);
  assert_false(number.is_integer);
  assert_true(number.real == expected);
}

static void assert_integer(const char *text, int64_t expected) {
  const struct tgr_json_number number = read_all(text);
  assert_true(number.is_integer);
  assert_true(number.integer == expected);
}

static void integers_that_fit_are_exact(void **state) {
  (void)state;
  assert_integer("0", 0);
  assert_integer("-0", 0);
  assert_integer("9223372036854775807", INT64_MAX);
  assert_integer("-9223372036854775808", INT64_MIN);
  assert_integer("-9007199254740993", INT64_C(-9007199254740993));
}

static void larger_integers_and_fractions_are_reals(void **state) {
  (void)state;
  assert_real("9223372036854775808", 9223372036854775808.0);
  assert_real("-9223372036854775809", -9223372036854775808.0);
  assert_real("18446744073709551616", 18446744073709551616.0);
  assert_real("1.0", 1.0);
  assert_real("1e3", 1000.0);
  assert_real("-0.0", 0.0);
  assert_real("-2.5E-1", -0.25);
}

static void reals_round_like_the_c_library(void **state) {
  (void)state;
  static const char *const texts[] = {"0.1",
                                      "3.141592653589793",
                                      "2.2250738585072011e-308",
                                      "1.7976931348623157e308",
                                      "5e-324",
                                      "2.4703282292062327e-324",
                                      "9007199254740993.0",
                                      "0.000000000000000000000000000001e30",
                                      "123456789012345678901234567890",
                                      "1e23",
                                      "8.5e22",
                                      "1e-400",
                                      "0e999",
                                      "7.8459735791271921e65",
                                      "0.30000000000000004",
                                      "179769313486231580793728971405301e276"};
  for (size_t n = 0; n < sizeof texts / sizeof *texts; n++)
    assert_real(texts[n], strtod(texts[n], NULL));
}

static void random_numbers_round_like_the_c_library(void **state) {
  (void)state;
  uint64_t seed = 88172645463325252u;
  for (int round = 0; round < 20000; round++) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    char text[64];
    snprintf(text, sizeof text, "%u.%0*llue%d", (unsigned)(seed % 1000),
             (int)(seed % 19) + 1, (unsigned long long)(seed >> 20),
             (int)(seed % 640) - 330);
    assert_real(text, strtod(text, NULL));
  }
}

/* 2^-1074 takes 751 digits; half of it decides between 0 and 2^-1074. */
static void very_long_numbers_round_by_their_last_digit(void **state) {
  (void)state;
  char text[3000];
  snprintf(text, sizeof text, "%.1074f", 0x1p-1074);
  assert_real(text, 0x1p-1074);
  char half[3000];
  snprintf(half, sizeof half, "%.1073f", 0x1p-1073);
  assert_real(half, 0x1p-1073);
  strcpy(text, "0.5");
  memset(text + 3, '0', 2000);
  strcpy(text + 2003, "1");
  assert_real(text, 0.5);
  /* 1 + 2^-53 lies between two doubles; one more digit far out decides. */
  strcpy(text, "1.00000000000000011102230246251565404236316680908203125");
  assert_real(text, 1.0);
  const size_t len = strlen(text);
  memset(text + len, '0', 1500);
  strcpy(text + len + 1500, "1");
  assert_real(text, 1.0 + DBL_EPSILON);
}

static void what_is_out_of_range_is_infinite_or_zero(void **state) {
  (void)state;
  assert_true(isinf(read_all("1e400").real));
  assert_true(isinf(read_all("1e99999999999999999999").real));
  assert_real("1e-99999999999999999999", 0.0);
  assert_real("0e99999999999999999999", 0.0);
}

static void a_missing_digit_is_pointed_at(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int at;
  } cases[] = {{"", 0},    {"-", 1},  {"x", 0},    {"-x", 1},  {"1.", 2},
               {"1.e", 2}, {"1e", 2}, {"1e+", 3},  {"1ex", 2}, {".5", 0},
               {"+1", 0},  {"-.", 1}, {"0.1e-", 5}};
  for (size_t n = 0; n < sizeof cases / sizeof *cases; n++) {
    struct tgr_json_number number;
    const char *text = cases[n].text;
    const char *error_at = NULL;
    assert_null(
        tgr_json_number_read(text, text + strlen(text), &number, &error_at));
    assert_ptr_equal(error_at, text + cases[n].at);
  }
}

static void a_number_ends_before_what_does_not_belong_to_it(void **state) {
  (void)state;
  struct tgr_json_number number;
  const char *error_at = NULL;
  static const char text[] = "01";
  assert_ptr_equal(tgr_json_number_read(text, text + 2, &number, &error_at),
                   text + 1);
  static const char more[] = "12x";
  assert_ptr_equal(tgr_json_number_read(more, more + 3, &number, &error_at),
                   more + 2);
}

static void assert_written(double real, const char *expected) {
  char out[TGR_JSON_NUMBER_TEXT_MAX];
  const size_t len = tgr_json_real_write(out, real);
  assert_int_equal(len, strlen(expected));
  assert_memory_equal(out, expected, len);
}

static void whole_reals_are_written_as_integers(void **state) {
  (void)state;
  assert_written(0.0, "0");
  assert_written(-0.0, "0");
  assert_written(-1001234567890.0, "-1001234567890");
  assert_written(9007199254740992.0, "9007199254740992");
  assert_written(-9007199254740992.0, "-9007199254740992");
  assert_written(1e300, "1e+300");
}

static void other_reals_take_no_more_digits_than_they_need(void **state) {
  (void)state;
  assert_written(0.1, "0.1");
  assert_written(-2.5, "-2.5");
  assert_written(1.0 / 3, "0.3333333333333333");
  assert_written(0.1 + 0.2, "0.30000000000000004");
  assert_written(5e-324, "4.94065645841247e-324");
}

static void integers_are_written_up_to_both_limits(void **state) {
  (void)state;
  char out[TGR_JSON_NUMBER_TEXT_MAX];
  size_t len = tgr_json_integer_write(out, INT64_MIN);
  assert_int_equal(len, 20);
  assert_memory_equal(out, "-9223372036854775808", len);
  len = tgr_json_integer_write(out, INT64_MAX);
  assert_int_equal(len, 19);
  assert_memory_equal(out, "9223372036854775807", len);
  assert_int_equal(tgr_json_integer_write(out, 0), 1);
  assert_int_equal(out[0], '0');
}

static void written_reals_read_back_to_the_same(void **state) {
  (void)state;
  uint64_t seed = 2463534242u;
  for (int round = 0; round < 20000; round++) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    double real = 0;
    memcpy(&real, &seed, sizeof real);
    if (!isfinite(real))
      continue;
    char out[TGR_JSON_NUMBER_TEXT_MAX + 1];
    out[tgr_json_real_write(out, real)] = '\0';
    const struct tgr_json_number number = read_all(out);
    assert_true((number.is_integer ? (double)number.integer : number.real) ==
                real);
  }
}

/* Any locale with another decimal point; where none is installed there is
 * nothing that could go wrong. */
static void a_locale_with_a_decimal_comma_changes_nothing(void **state) {
  (void)state;
  static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8",
                                      "ru_RU.UTF-8", "ps_AF.UTF-8"};
  for (size_t n = 0; n < sizeof names / sizeof *names; n++)
    if (setlocale(LC_NUMERIC, names[n]) != NULL)
      break;
  assert_written(2.5, "2.5");
  assert_written(1.5e-300, "1.5e-300");
  assert_real("2.5", 2.5);
  assert_real("3.14159265358979323846", 3.14159265358979323846);
  setlocale(LC_NUMERIC, "C");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(integers_that_fit_are_exact),
      cmocka_unit_test(larger_integers_and_fractions_are_reals),
      cmocka_unit_test(reals_round_like_the_c_library),
      cmocka_unit_test(random_numbers_round_like_the_c_library),
      cmocka_unit_test(very_long_numbers_round_by_their_last_digit),
      cmocka_unit_test(what_is_out_of_range_is_infinite_or_zero),
      cmocka_unit_test(a_missing_digit_is_pointed_at),
      cmocka_unit_test(a_number_ends_before_what_does_not_belong_to_it),
      cmocka_unit_test(whole_reals_are_written_as_integers),
      cmocka_unit_test(other_reals_take_no_more_digits_than_they_need),
      cmocka_unit_test(integers_are_written_up_to_both_limits),
      cmocka_unit_test(written_reals_read_back_to_the_same),
      cmocka_unit_test(a_locale_with_a_decimal_comma_changes_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
