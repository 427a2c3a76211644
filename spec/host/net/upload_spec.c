#include "net/upload.h"

#include "upload_fixture.h"

#include <sys/stat.h>

static void fields_and_bytes_become_form_data(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_keep);
  const struct tgr_http_part parts[] = {
      {.name = "chat_id", .bytes = "42", .len = 2},
      {.name = "document",
       .filename = "a \"b\".txt",
       .content_type = "text/x-own",
       .bytes = "\0\1\2",
       .len = 3},
      {.name = "empty", .bytes = "", .len = 0},
  };
  struct probe probe;
  upload_init(&probe, url, parts, 3);
  ask(&probe);
  assert_response(&probe.request, "{}");
  assert_non_null(strstr(got_head, "Content-Type: multipart/form-data;"));
  assert_non_null(strstr(got_head, "Content-Length: "));
  assert_null(strstr(got_head, "Expect"));
  assert_non_null(memmem(got, got_len, "name=\"chat_id\"\r\n\r\n42\r\n", 22));
  assert_non_null(memmem(got, got_len, "name=\"document\"", 15));
  assert_non_null(memmem(got, got_len, "Content-Type: text/x-own\r\n", 26));
  assert_non_null(memmem(got, got_len, "\r\n\r\n\0\1\2\r\n", 9));
  assert_non_null(memmem(got, got_len, "name=\"empty\"\r\n\r\n\r\n", 18));
  tgr_http_request_deinit(&probe.request);
  stop_server(url);
  forget();
}

static void a_large_file_is_sent_byte_for_byte(void **state) {
  (void)state;
  enum { LEN = 5 * 1024 * 1024 + 17 };
  char *bytes = spec_file_make(LEN);
  write_file(bytes, LEN);
  struct tgr_http_url *url = start_server(serve_keep);
  const struct tgr_http_part part = {.name = "photo", .path = folder.path};
  struct probe probe;
  upload_init(&probe, url, &part, 1);
  ask(&probe);
  assert_response(&probe.request, "{}");
  assert_non_null(memmem(got, got_len, "filename=\"photo.png\"", 20));
  assert_non_null(memmem(got, got_len, "Content-Type: image/png", 23));
  const char *start = memmem(got, got_len, "\r\n\r\n", 4);
  assert_non_null(start);
  assert_memory_equal(start + 4, bytes, LEN);
  tgr_http_request_deinit(&probe.request);
  stop_server(url);
  forget();
  free(bytes);
}

/* Each begins with bytes of the form, then finds the file not read yet. */
static void a_hundred_small_files_are_sent(void **state) {
  (void)state;
  write_file("small", 5);
  struct tgr_http_url *url = start_server(serve_keep);
  const struct tgr_http_part part = {.name = "photo", .path = folder.path};
  for (int i = 0; i < 100; i++) {
    struct probe probe;
    upload_init(&probe, url, &part, 1);
    ask(&probe);
    assert_response(&probe.request, "{}");
    assert_non_null(memmem(got, got_len, "\r\n\r\nsmall\r\n--", 13));
    tgr_http_request_deinit(&probe.request);
  }
  stop_server(url);
  forget();
}

static void a_file_that_is_not_there_is_named(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_keep);
  const struct tgr_http_part part = {.name = "photo", .path = folder.path};
  struct probe probe;
  upload_init(&probe, url, &part, 1);
  ask(&probe);
  assert_int_equal(probe.request.status, TGR_ENOENT);
  assert_false(probe.request.sent);
  assert_non_null(strstr(probe.request.error, "photo.png: no such file"));
  assert_int_equal(tgr_http_load(http, TGR_HTTP_FILE).open, 0);
  tgr_http_request_deinit(&probe.request);
  stop_server(url);
}

static void a_directory_is_no_file(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_keep);
  const struct tgr_http_part part = {.name = "photo", .path = folder.name};
  struct probe probe;
  upload_init(&probe, url, &part, 1);
  ask(&probe);
  assert_int_equal(probe.request.status, TGR_EIO);
  assert_non_null(strstr(probe.request.error, "it is a directory"));
  tgr_http_request_deinit(&probe.request);
  stop_server(url);
}

static void a_pipe_is_no_file_and_holds_up_nothing(void **state) {
  (void)state;
  assert_int_equal(mkfifo(folder.path, 0600), 0);
  struct tgr_http_url *url = start_server(serve_keep);
  const struct tgr_http_part part = {.name = "photo", .path = folder.path};
  struct probe probe;
  upload_init(&probe, url, &part, 1);
  ask(&probe);
  assert_int_equal(probe.request.status, TGR_EIO);
  assert_non_null(strstr(probe.request.error, "it is no regular file"));
  tgr_http_request_deinit(&probe.request);
  stop_server(url);
}

/* Reads some of the body, then shortens the file. */
static void serve_shorten(struct spec_peer *peer) {
  char buf[1000];
  (void)!read(peer->fd, buf, sizeof buf);
  (void)!truncate(folder.path, 100);
  spec_peer_wait_end(peer);
}

static void a_file_that_becomes_shorter_ends_the_upload(void **state) {
  (void)state;
  write_large_file();
  struct tgr_http_url *url = start_server(serve_shorten);
  const struct tgr_http_part part = {.name = "photo", .path = folder.path};
  struct probe probe;
  upload_init(&probe, url, &part, 1);
  ask(&probe);
  assert_int_equal(probe.request.status, TGR_EIO);
  assert_non_null(strstr(probe.request.error, "it has become shorter"));
  tgr_http_request_deinit(&probe.request);
  stop_server(url);
}

static void an_answer_before_the_end_of_the_upload_is_told(void **state) {
  (void)state;
  enum { LEN = 32 << 20 };
  char *bytes = calloc(1, LEN);
  struct tgr_http_url *url = start_server(serve_refusal);
  const struct tgr_http_part part = {
      .name = "photo", .filename = "x.bin", .bytes = bytes, .len = LEN};
  struct probe probe;
  upload_init(&probe, url, &part, 1);
  ask(&probe);
  assert_response(&probe.request, "{}");
  assert_int_equal(probe.request.http_status, 413);
  tgr_http_request_deinit(&probe.request);
  stop_server(url);
  free(bytes);
}

static bool fails_at(long n, const struct tgr_http_url *url) {
  struct spec_mem mem;
  spec_mem_init(&mem);
  assert_int_equal(tgr_loop_init(&loop, &mem.mem), TGR_OK);
  assert_int_equal(tgr_http_new(&mem.mem, &loop, NULL, &http), TGR_OK);
  mem.fail_at = mem.requests + n;
  const struct tgr_http_part parts[] = {
      {.name = "a", .bytes = "b", .len = 1},
      {.name = "photo", .path = folder.path},
      {.name = "again", .path = folder.path},
  };
  struct probe probe;
  upload_init(&probe, url, parts, 3);
  ask(&probe);
  const enum tgr_status status = probe.request.status;
  assert_true(status == TGR_OK || status == TGR_ENOMEM || status == TGR_ENET);
  if (status == TGR_ENOMEM)
    assert_non_null(strstr(probe.request.error, "memory"));
  tgr_http_request_deinit(&probe.request);
  tgr_http_free(http);
  tgr_loop_deinit(&loop);
  assert_int_equal(mem.live, 0);
  return status != TGR_OK;
}

static void every_failing_allocation_is_survived(void **state) {
  (void)state;
  tear_down_loop();
  write_file("some bytes", 10);
  struct tgr_http_url *url = start_server(spec_serve_ok);
  long n = 1;
  while (fails_at(n, url))
    n++;
  assert_in_range(n, 5, 100);
  stop_server(url);
  set_up_loop(NULL);
}

int main(void) {
#define TEST(name)                                                             \
  cmocka_unit_test_setup_teardown(name, set_up_folder, tear_down_folder)
  const struct CMUnitTest tests[] = {
      TEST(fields_and_bytes_become_form_data),
      TEST(a_large_file_is_sent_byte_for_byte),
      TEST(a_hundred_small_files_are_sent),
      TEST(a_file_that_is_not_there_is_named),
      TEST(a_directory_is_no_file),
      TEST(a_pipe_is_no_file_and_holds_up_nothing),
      TEST(a_file_that_becomes_shorter_ends_the_upload),
      TEST(an_answer_before_the_end_of_the_upload_is_told),
      TEST(every_failing_allocation_is_survived),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
