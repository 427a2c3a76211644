/* Uploads of files whose disk does not answer. */
#include "upload_fixture.h"

static void a_slow_disk_stalls_its_own_upload_only(void **state) {
  (void)state;
  write_file("piecepiecepiece", 15);
  slow_disk_begin(&loop.uv);
  struct tgr_http_url *url = start_server(serve_keep);
  const struct tgr_http_part part = {.name = "photo", .path = folder.path};
  struct probe upload;
  start_upload(&upload, url, &part, 1);
  struct probe call;
  for (int i = 0; i < 3; i++) {
    run_for_ms(5);
    probe_init(&call, url);
    ask(&call);
    assert_response(&call.request, "{}");
    tgr_http_request_deinit(&call.request);
  }
  run_for_ms(5);
  assert_int_equal(upload.done, 0);
  const uint64_t turns = loop.turns;
  run_for_ms(50);
  assert_in_range(loop.turns - turns, 1, 10);
  slow_disk_end();
  run_until(&upload.done, 1);
  assert_response(&upload.request, "{}");
  assert_non_null(memmem(got, got_len, "\r\n\r\npiecepiecepiece\r\n", 21));
  tgr_http_request_deinit(&upload.request);
  stop_server(url);
  forget();
}

static void
a_disk_that_never_opens_the_file_ends_the_upload_in_time(void **state) {
  (void)state;
  write_file("piece", 5);
  struct tgr_http_url *url = url_of("http://127.0.0.1:1", "/x");
  const struct tgr_http_part part = {.name = "photo", .path = folder.path};
  struct probe probe;
  slow_disk_begin(&loop.uv);
  upload_init(&probe, url, &part, 1);
  probe.request.stall_ms = 60;
  ask(&probe);
  assert_int_equal(probe.request.status, TGR_EIO);
  char wanted[200];
  snprintf(wanted, sizeof wanted,
           "cannot read %s: the disk has not answered for 60 ms", folder.path);
  assert_string_equal(probe.request.error, wanted);
  assert_false(probe.request.sent);
  slow_disk_end(); /* the opening comes back: nobody wants it any more */
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
}

static void a_disk_that_dies_in_mid_file_ends_the_upload_in_time(void **state) {
  (void)state;
  write_large_file();
  struct tgr_http_url *url = start_server(serve_keep);
  const struct tgr_http_part part = {.name = "photo", .path = folder.path};
  struct probe probe;
  upload_init(&probe, url, &part, 1);
  probe.request.stall_ms = 2000; /* opens within it */
  tgr_http_start(http, &probe.request);
  run_until_atomic(&server.connections, 1);
  slow_disk_begin(&loop.uv);
  run_until(&probe.done, 1);
  assert_int_equal(probe.request.status, TGR_EIO);
  assert_non_null(strstr(probe.request.error, "the disk has not answered"));
  assert_true(probe.request.sent);
  slow_disk_end();
  tgr_http_request_deinit(&probe.request);
  stop_server(url);
}

static void an_upload_may_be_cancelled_while_the_disk_is_at_work(void **state) {
  (void)state;
  write_large_file();
  struct tgr_http_url *url = start_server(serve_keep);
  const struct tgr_http_part part = {.name = "photo", .path = folder.path};
  struct probe upload;
  start_upload(&upload, url, &part, 1);
  run_until_atomic(&server.connections, 1);
  slow_disk_begin(&loop.uv);
  run_for_ms(5);
  tgr_http_cancel(&upload.request);
  memset(&upload, 0xee, sizeof upload);
  run_until_atomic(&server.ended, 1);
  slow_disk_end(); /* the read comes back */
  stop_server(url);
  tear_down_loop();
  set_up_loop(NULL);
}

int main(void) {
#define TEST(name)                                                             \
  cmocka_unit_test_setup_teardown(name, set_up_folder, tear_down_folder)
  const struct CMUnitTest tests[] = {
      TEST(a_slow_disk_stalls_its_own_upload_only),
      TEST(a_disk_that_never_opens_the_file_ends_the_upload_in_time),
      TEST(a_disk_that_dies_in_mid_file_ends_the_upload_in_time),
      TEST(an_upload_may_be_cancelled_while_the_disk_is_at_work),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
