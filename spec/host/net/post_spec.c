#include "net/url_inside.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <stdio.h>
#include <string.h>

static struct tgr_http_url *parse(const char *text) {
  struct tgr_http_url *url = NULL;
  assert_int_equal(tgr_http_url_new(&tgr_mem_libc, text, &url, NULL), TGR_OK);
  return url;
}

/* `path` and `host` are those of the request. */
static void assert_post(const char *text, const char *path, const char *host,
                        const char *site, bool secure) {
  struct tgr_http_url *url = parse(text);
  char expected[256];
  snprintf(expected, sizeof expected,
           "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n"
           "Content-Length: ",
           path, host);
  assert_string_equal(url->post, expected);
  assert_int_equal(url->post_len, strlen(expected));
  assert_string_equal(url->site, site);
  assert_int_equal(url->site_len, strlen(site));
  assert_int_equal(url->secure, secure);
  tgr_http_url_free(url);
}

static void a_request_begins_with_path_and_host(void **state) {
  (void)state;
  assert_post("http://127.0.0.1:8081/bot1:x/getMe", "/bot1:x/getMe",
              "127.0.0.1:8081", "http://127.0.0.1:8081", false);
  assert_post("https://api.telegram.org/bot1:x/getMe", "/bot1:x/getMe",
              "api.telegram.org", "https://api.telegram.org:443", true);
  assert_post("http://host", "/", "host", "http://host:80", false);
  assert_post("http://host/a?b=c&d", "/a?b=c&d", "host", "http://host:80",
              false);
}

static void the_schemes_own_port_is_not_named(void **state) {
  (void)state;
  assert_post("https://host:443/x", "/x", "host", "https://host:443", true);
  assert_post("https://host:80/x", "/x", "host:80", "https://host:80", true);
  assert_post("http://host:80/x", "/x", "host", "http://host:80", false);
}

static void an_address_of_ipv6_stays_in_brackets(void **state) {
  (void)state;
  assert_post("http://[::1]:8081/x", "/x", "[::1]:8081", "http://[::1]:8081",
              false);
}

static void what_only_curl_can_ask_for_has_no_beginning(void **state) {
  (void)state;
  static const char *const texts[] = {
      "http://ann:pw@host/x", "http://ann@host/x",    "http://[fe80::1%25lo]/x",
      "http://h\xc3\xb6st/x", "http://host/\xc3\xb6",
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    struct tgr_http_url *url = parse(texts[i]);
    assert_null(url->post);
    tgr_http_url_free(url);
  }
}

static void every_failing_allocation_is_survived(void **state) {
  (void)state;
  enum tgr_status status = TGR_ENOMEM;
  long n = 1;
  for (; status != TGR_OK; n++) {
    struct spec_mem mem;
    spec_mem_init(&mem);
    mem.fail_at = n;
    struct tgr_http_url *url = NULL;
    status = tgr_http_url_new(&mem.mem, "https://host/x?y", &url, NULL);
    assert_true(status == TGR_OK || status == TGR_ENOMEM);
    tgr_http_url_free(url);
    assert_int_equal(mem.live, 0);
  }
  assert_int_equal(n, 6); /* the URL, its origin, its site, its beginning */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_request_begins_with_path_and_host),
      cmocka_unit_test(the_schemes_own_port_is_not_named),
      cmocka_unit_test(an_address_of_ipv6_stays_in_brackets),
      cmocka_unit_test(what_only_curl_can_ask_for_has_no_beginning),
      cmocka_unit_test(every_failing_allocation_is_survived),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
