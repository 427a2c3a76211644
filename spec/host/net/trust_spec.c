#include "lean_fixture.h"
#include "net/core.h"

#include <stdlib.h>

/* A folder of certificates, and a file beside it that is as large as one of the
 * system's. */
#define FOLDER "/tmp/trust_spec.XXXXXX"
static char folder[] = FOLDER;
static char file[sizeof folder + 8];
static struct spec_tls *stranger;

static void add(const char *path, const struct spec_tls *one) {
  char bytes[4096];
  FILE *from = fopen(spec_tls_path(one), "r");
  FILE *to = fopen(path, "a");
  assert_non_null(from);
  assert_non_null(to);
  const size_t len = fread(bytes, 1, sizeof bytes, from);
  assert_int_equal(fwrite(bytes, 1, len, to), len);
  fclose(from);
  fclose(to);
}

static void add_to_folder(const struct spec_tls *one) {
  char path[sizeof folder + 32];
  snprintf(path, sizeof path, "%s/%s", folder, spec_tls_name(one));
  add(path, one);
}

static int set_up_both(void **state) {
  (void)state;
  static const char comment[] = "# a comment\n";
  memcpy(folder, FOLDER, sizeof folder);
  assert_non_null(mkdtemp(folder));
  snprintf(file, sizeof file, "%s/all", folder);
  FILE *to = fopen(file, "w");
  assert_non_null(to);
  for (int i = 0; i < 8192; i++)
    fputs(comment, to);
  fclose(to);
  stranger = spec_tls_new();
  add(file, stranger);
  url = NULL;
  set_up_loop(&(struct tgr_http_options){
      .max_open = {2, 1, 1, 1}, .ca_file = file, .ca_path = folder});
  return 0;
}

static int clean_up(void **state) {
  teardown(state);
  char path[sizeof folder + 32];
  snprintf(path, sizeof path, "%s/%s", folder, spec_tls_name(tls));
  unlink(path);
  unlink(file);
  rmdir(folder);
  spec_tls_free(stranger);
  return 0;
}

static void assert_works(void) {
  struct probe probe;
  begin(&probe, spec_serve_ok);
  ask(&probe);
  assert_response(&probe.request, "{\"ok\":true}");
  end(&probe);
}

static void a_server_that_the_folder_knows_is_trusted(void **state) {
  (void)state;
  add_to_folder(tls);
  assert_works();
  assert_false(http->is_unknown);
}

static void a_server_that_only_the_file_knows_is_trusted(void **state) {
  (void)state;
  add(file, tls);
  assert_works();
  assert_true(http->is_unknown);
  assert_works();
}

static void a_server_that_neither_knows_is_refused(void **state) {
  (void)state;
  struct probe probe;
  begin(&probe, spec_serve_ok);
  for (int i = 0; i < 2; i++) {
    ask(&probe);
    assert_int_equal(probe.request.status, TGR_ENET);
    assert_false(probe.request.sent);
    assert_non_null(strstr(probe.request.error, "no secure connection to"));
  }
  assert_int_equal(server.requests, 0);
  end(&probe);
}

#define TRUST_TEST(test)                                                       \
  { #test, test, set_up_both, clean_up, NULL }

int main(void) {
  const struct CMUnitTest tests[] = {
      TRUST_TEST(a_server_that_the_folder_knows_is_trusted),
      TRUST_TEST(a_server_that_only_the_file_knows_is_trusted),
      TRUST_TEST(a_server_that_neither_knows_is_refused),
  };
  tls = spec_tls_new();
  const int failed = cmocka_run_group_tests(tests, NULL, NULL);
  spec_tls_free(tls);
  return failed;
}
