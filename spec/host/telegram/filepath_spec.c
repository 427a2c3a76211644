#include "telegram/filepath.h"

#include "host/net/net_spec.h"

#define TOKEN "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"

static struct tgr_api api;
static struct tgr_filepath filepath;
static struct tgr_error error;

/* The server repeats the request's first line. */
static void serve_line(struct spec_peer *peer) {
  while (spec_peer_read(peer)) {
    *strchr(peer->head, '\r') = '\0';
    spec_peer_answer(peer, 200, peer->head);
  }
}

static void start_api(const struct tgr_mem *mem, bool test) {
  char root[128];
  snprintf(root, sizeof root, "%s/own", server.url);
  assert_int_equal(tgr_api_init(&api, mem, &loop, http,
                                &(struct tgr_api_options){.token = TOKEN,
                                                          .api_root = root,
                                                          .test = test},
                                &error),
                   TGR_OK);
}

static int setup(void **state) {
  (void)state;
  set_up_loop(NULL);
  spec_server_start(&server, serve_line, NULL);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  tgr_api_deinit(&api);
  tear_down_loop();
  spec_server_stop(&server);
  return 0;
}

/* Whether a GET of the file asks the server for `line`. */
static void assert_asks(const char *file_path, const char *line) {
  assert_int_equal(tgr_filepath_init(&filepath, &api, file_path, &error),
                   TGR_OK);
  assert_null(filepath.local);
  struct probe probe;
  probe_init(&probe, filepath.url);
  probe.request.lane = TGR_HTTP_FILE;
  probe.request.body = NULL;
  tgr_http_start(http, &probe.request);
  run_until(&probe.done, 1);
  assert_response(&probe.request, line);
  tgr_http_request_deinit(&probe.request);
  tgr_filepath_deinit(&filepath);
}

static void assert_local(const char *file_path, const char *path) {
  assert_int_equal(tgr_filepath_init(&filepath, &api, file_path, &error),
                   TGR_OK);
  assert_string_equal(filepath.local, path);
  assert_null(filepath.url);
  tgr_filepath_deinit(&filepath);
}

static void assert_refused(const char *file_path, const char *why) {
  assert_int_equal(tgr_filepath_init(&filepath, &api, file_path, &error),
                   TGR_EINVAL);
  assert_non_null(strstr(error.text, why));
}

static void a_file_is_below_the_bots_folder(void **state) {
  (void)state;
  start_api(&tgr_mem_libc, false);
  assert_asks("photos/file_1.jpg",
              "GET /own/file/bot" TOKEN "/photos/file_1.jpg HTTP/1.1");
}

static void the_test_environment_has_files_of_its_own(void **state) {
  (void)state;
  start_api(&tgr_mem_libc, true);
  assert_asks("photos/file_1.jpg",
              "GET /own/file/bot" TOKEN "/test/photos/file_1.jpg HTTP/1.1");
}

static void what_means_something_in_urls_is_escaped(void **state) {
  (void)state;
  start_api(&tgr_mem_libc, false);
  assert_asks("docs/a b?c#d%20\xc3\xa9.txt",
              "GET /own/file/bot" TOKEN
              "/docs/a%20b%3Fc%23d%2520%C3%A9.txt HTTP/1.1");
}

static void absolute_paths_and_file_urls_are_of_this_machine(void **state) {
  (void)state;
  start_api(&tgr_mem_libc, false);
  assert_local("/var/lib/bot/a b%20.jpg", "/var/lib/bot/a b%20.jpg");
  assert_local("file:///var/a%20b%C3%a9.jpg", "/var/a b\xc3\xa9.jpg");
  assert_local("file://localhost/var/x", "/var/x");
}

static void other_paths_are_refused(void **state) {
  (void)state;
  start_api(&tgr_mem_libc, false);
  assert_refused("", "not one that getFile gives");
  assert_refused("../other/x", "not one that getFile gives");
  assert_refused("photos/../../x", "not one that getFile gives");
  assert_refused("file://elsewhere/x", "another machine");
  assert_refused("file:///x%00y", "malformed");
  assert_refused("file:///x%4", "malformed");
}

static bool fails_at(struct spec_mem *mem, long n, const char *file_path) {
  mem->fail_at = mem->requests + n;
  const enum tgr_status status =
      tgr_filepath_init(&filepath, &api, file_path, &error);
  mem->fail_at = 0;
  assert_true(status == TGR_OK || status == TGR_ENOMEM);
  if (status == TGR_OK)
    tgr_filepath_deinit(&filepath);
  return status != TGR_OK;
}

static void every_failing_allocation_is_survived(void **state) {
  (void)state;
  struct spec_mem mem;
  spec_mem_init(&mem);
  start_api(&mem.mem, false);
  const long live = (long)mem.live;
  long n = 1;
  while (fails_at(&mem, n, "photos/1.jpg"))
    n++;
  assert_in_range(n, 3, 30);
  assert_true(fails_at(&mem, 1, "/var/x"));
  assert_int_equal(mem.live, live);
  tgr_api_deinit(&api);
  start_api(&tgr_mem_libc, false);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(a_file_is_below_the_bots_folder),
      TEST(the_test_environment_has_files_of_its_own),
      TEST(what_means_something_in_urls_is_escaped),
      TEST(absolute_paths_and_file_urls_are_of_this_machine),
      TEST(other_paths_are_refused),
      TEST(every_failing_allocation_is_survived),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
