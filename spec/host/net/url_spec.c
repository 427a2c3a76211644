#include "net/url.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <string.h>

static enum tgr_status check(const char *text, const char *origin,
                             struct tgr_error *error) {
  struct tgr_http_url *url = NULL;
  const enum tgr_status status =
      tgr_http_url_new(&tgr_mem_libc, text, &url, error);
  if (status == TGR_OK)
    assert_string_equal(tgr_http_url_origin(url), origin);
  else
    assert_null(url);
  tgr_http_url_free(url);
  return status;
}

static void the_origin_is_host_and_port(void **state) {
  (void)state;
  assert_int_equal(
      check("http://127.0.0.1:8081/bot1:x/y", "127.0.0.1:8081", NULL), TGR_OK);
  assert_int_equal(
      check("https://api.telegram.org/bot1:x", "api.telegram.org", NULL),
      TGR_OK);
  assert_int_equal(check("http://[::1]:80/", "[::1]:80", NULL), TGR_OK);
}

static void other_schemes_are_refused(void **state) {
  (void)state;
  struct tgr_error error;
  assert_int_equal(check("ftp://host/x", "", &error), TGR_EINVAL);
  assert_string_equal(error.text,
                      "expected a URL that starts with http:// or https://");
  assert_int_equal(check("gopherx://host/x", "", NULL), TGR_EINVAL);
  assert_int_equal(check("api.telegram.org", "", NULL), TGR_EINVAL);
  assert_int_equal(check("", "", NULL), TGR_EINVAL);
}

static void an_error_shows_nothing_of_the_url(void **state) {
  (void)state;
  struct tgr_error error;
  assert_int_equal(check("http://ho st/bot1:secret", "", &error), TGR_EINVAL);
  assert_null(strstr(error.text, "secret"));
  assert_int_equal(check("http://host:99999/bot1:secret", "", &error),
                   TGR_EINVAL);
  assert_null(strstr(error.text, "secret"));
}

static void every_failing_allocation_is_survived(void **state) {
  (void)state;
  for (long n = 1; n <= 2; n++) {
    struct spec_mem mem;
    spec_mem_init(&mem);
    mem.fail_at = n;
    struct tgr_http_url *url = NULL;
    assert_int_equal(tgr_http_url_new(&mem.mem, "http://host/", &url, NULL),
                     TGR_ENOMEM);
    assert_null(url);
    assert_int_equal(mem.live, 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_origin_is_host_and_port),
      cmocka_unit_test(other_schemes_are_refused),
      cmocka_unit_test(an_error_shows_nothing_of_the_url),
      cmocka_unit_test(every_failing_allocation_is_survived),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
