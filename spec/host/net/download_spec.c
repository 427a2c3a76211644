#include "net/download.h"

#include "net_spec.h"
#include "slow_disk.h"
#include "support/spec_folder.h"

#include <stdlib.h>

enum { LEN = 3 * 1024 * 1024 + 5 };

static struct spec_folder folder;
static char *bytes;

struct fetch {
  struct tgr_download download;
  int done;
  int progressed;
};

static int setup(void **state) {
  (void)state;
  set_up_loop(NULL);
  assert_true(spec_folder_make(&folder));
  bytes = spec_file_make(LEN);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  tear_down_loop();
  unlink(folder.path);
  assert_int_equal(rmdir(folder.name), 0); /* nothing else is left in it */
  free(bytes);
  return 0;
}

static void on_fetched(struct tgr_download *download) {
  TGR_CONTAINER_OF(download, struct fetch, download)->done++;
}

static void on_progress(struct tgr_download *download, uint64_t received) {
  assert_true(received <= LEN);
  TGR_CONTAINER_OF(download, struct fetch, download)->progressed++;
}

static void fetch_init(struct fetch *fetch) {
  fetch->done = fetch->progressed = 0;
  tgr_download_init(&fetch->download, on_fetched);
  fetch->download.progress = on_progress;
}

static void say_file(struct spec_peer *peer) {
  char head[128];
  snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n",
           LEN);
  spec_peer_say(peer, head);
}

static void serve_file(struct spec_peer *peer) {
  while (spec_peer_read(peer)) {
    say_file(peer);
    spec_peer_send(peer, bytes, LEN);
  }
}

static void assert_no_file(void) {
  assert_int_equal(access(folder.path, F_OK), -1);
}

static void run_fetch(struct fetch *fetch,
                      void (*serve)(struct spec_peer *peer), const char *to) {
  spec_server_start(&server, serve, NULL);
  struct tgr_http_url *url = url_of(server.url, "/file");
  tgr_download_start(http, &fetch->download, url, to);
  assert_int_equal(fetch->done, 0);
  run_until(&fetch->done, 1);
  stop_server(url);
}

static void a_file_arrives_byte_for_byte(void **state) {
  (void)state;
  struct fetch fetch;
  fetch_init(&fetch);
  run_fetch(&fetch, serve_file, folder.path);
  assert_int_equal(fetch.download.request.status, TGR_OK);
  assert_int_equal(fetch.download.request.received, LEN);
  assert_true(fetch.progressed > 1);
  assert_true(spec_file_holds(folder.path, bytes, LEN));
  tgr_download_deinit(&fetch.download);
}

static void serve_empty(struct spec_peer *peer) {
  while (spec_peer_read(peer))
    spec_peer_answer(peer, 200, "");
}

static void an_empty_file_is_a_file(void **state) {
  (void)state;
  struct fetch fetch;
  fetch_init(&fetch);
  run_fetch(&fetch, serve_empty, folder.path);
  assert_int_equal(fetch.download.request.status, TGR_OK);
  assert_true(spec_file_holds(folder.path, "", 0));
  tgr_download_deinit(&fetch.download);
}

static void serve_404(struct spec_peer *peer) {
  while (spec_peer_read(peer))
    spec_peer_answer(peer, 404, "no such file");
}

static void a_refusal_leaves_no_file_and_is_kept(void **state) {
  (void)state;
  struct fetch fetch;
  fetch_init(&fetch);
  run_fetch(&fetch, serve_404, folder.path);
  assert_int_equal(fetch.download.request.status, TGR_OK);
  assert_int_equal(fetch.download.request.http_status, 404);
  assert_int_equal(fetch.download.refusal.len, 12);
  assert_memory_equal(fetch.download.refusal.bytes, "no such file", 12);
  assert_no_file();
  tgr_download_deinit(&fetch.download);
}

static void serve_half(struct spec_peer *peer) {
  spec_peer_read(peer);
  say_file(peer);
  spec_peer_send(peer, bytes, LEN / 2);
}

static void half_a_file_is_no_file(void **state) {
  (void)state;
  struct fetch fetch;
  fetch_init(&fetch);
  run_fetch(&fetch, serve_half, folder.path);
  assert_int_equal(fetch.download.request.status, TGR_ENET);
  assert_no_file();
  tgr_download_deinit(&fetch.download);
}

static void
a_file_that_was_there_stays_until_the_new_one_is_complete(void **state) {
  (void)state;
  assert_true(spec_file_write(folder.path, "old", 3));
  struct fetch fetch;
  fetch_init(&fetch);
  run_fetch(&fetch, serve_half, folder.path);
  assert_true(spec_file_holds(folder.path, "old", 3));
  tgr_download_deinit(&fetch.download);
  fetch_init(&fetch);
  run_fetch(&fetch, serve_file, folder.path);
  assert_true(spec_file_holds(folder.path, bytes, LEN));
  tgr_download_deinit(&fetch.download);
}

static void a_place_that_cannot_be_written_is_named(void **state) {
  (void)state;
  struct fetch fetch;
  fetch_init(&fetch);
  char nowhere[128];
  snprintf(nowhere, sizeof nowhere, "%s/missing/file", folder.name);
  run_fetch(&fetch, serve_file, nowhere);
  assert_int_equal(fetch.download.request.status, TGR_ENOENT);
  assert_non_null(
      strstr(fetch.download.request.error, "missing/file: no such"));
  tgr_download_deinit(&fetch.download);
}

static void serve_half_and_wait(struct spec_peer *peer) {
  serve_half(peer);
  spec_peer_wait_end(peer);
}

static void a_disk_that_does_not_answer_ends_it_in_time(void **state) {
  (void)state;
  spec_server_start(&server, serve_half_and_wait, NULL);
  struct tgr_http_url *url = url_of(server.url, "/a");
  struct fetch fetch;
  fetch_init(&fetch);
  fetch.download.request.stall_ms = 1000;
  slow_disk_begin(&loop.uv);
  tgr_download_start(http, &fetch.download, url, folder.path);
  run_until(&fetch.done, 1);
  assert_int_equal(fetch.download.request.status, TGR_EIO);
  assert_non_null(strstr(fetch.download.request.error,
                         "the disk has not answered for 1 s"));
  slow_disk_end(); /* what was begun is undone */
  tgr_download_deinit(&fetch.download);
  stop_server(url);
}

static void cancel_removes_what_was_written(void **state) {
  (void)state;
  struct fetch fetch;
  fetch_init(&fetch);
  spec_server_start(&server, serve_half_and_wait, NULL);
  struct tgr_http_url *url = url_of(server.url, "/file");
  tgr_download_start(http, &fetch.download, url, folder.path);
  run_until(&fetch.progressed, 2);
  tgr_download_cancel(&fetch.download);
  tgr_download_cancel(&fetch.download);
  tgr_download_deinit(&fetch.download);
  memset(&fetch.download, 0xee, sizeof fetch.download);
  run_until_atomic(&server.ended, 1);
  assert_int_equal(fetch.done, 0);
  stop_server(url);
}

static void cancel_in_progress(struct tgr_download *download,
                               uint64_t received) {
  (void)received;
  TGR_CONTAINER_OF(download, struct fetch, download)->progressed++;
  tgr_download_cancel(download);
}

static void cancel_within_progress_holds(void **state) {
  (void)state;
  struct fetch fetch;
  fetch_init(&fetch);
  fetch.download.progress = cancel_in_progress;
  spec_server_start(&server, serve_file, NULL);
  struct tgr_http_url *url = url_of(server.url, "/file");
  tgr_download_start(http, &fetch.download, url, folder.path);
  run_until(&fetch.progressed, 1);
  run_for_ms(10);
  assert_int_equal(fetch.done, 0);
  assert_int_equal(fetch.progressed, 1);
  tgr_download_deinit(&fetch.download);
  stop_server(url);
}

static void a_file_over_the_limit_is_refused(void **state) {
  (void)state;
  struct fetch fetch;
  fetch_init(&fetch);
  fetch.download.request.max_response = LEN - 1;
  run_fetch(&fetch, serve_file, folder.path);
  assert_int_equal(fetch.download.request.status, TGR_ELIMIT);
  assert_no_file();
  tgr_download_deinit(&fetch.download);
}

static bool fails_at(long n, const struct tgr_http_url *url) {
  struct spec_mem mem;
  spec_mem_init(&mem);
  assert_int_equal(tgr_loop_init(&loop, &mem.mem), TGR_OK);
  assert_int_equal(tgr_http_new(&mem.mem, &loop, NULL, &http), TGR_OK);
  mem.fail_at = mem.requests + n;
  struct fetch fetch;
  fetch_init(&fetch);
  tgr_download_start(http, &fetch.download, url, folder.path);
  run_until(&fetch.done, 1);
  const enum tgr_status status = fetch.download.request.status;
  assert_true(status == TGR_OK || status == TGR_ENOMEM || status == TGR_ENET);
  if (status != TGR_OK)
    assert_no_file();
  tgr_download_deinit(&fetch.download);
  tgr_http_free(http);
  tgr_loop_deinit(&loop);
  assert_int_equal(mem.live, 0);
  return status != TGR_OK;
}

static void every_failing_allocation_is_survived(void **state) {
  (void)state;
  tear_down_loop();
  struct tgr_http_url *url = start_server(serve_file);
  long n = 1;
  while (fails_at(n, url))
    n++;
  assert_in_range(n, 5, 200);
  stop_server(url);
  set_up_loop(NULL);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(a_file_arrives_byte_for_byte),
      TEST(an_empty_file_is_a_file),
      TEST(a_refusal_leaves_no_file_and_is_kept),
      TEST(half_a_file_is_no_file),
      TEST(a_file_that_was_there_stays_until_the_new_one_is_complete),
      TEST(a_place_that_cannot_be_written_is_named),
      TEST(a_disk_that_does_not_answer_ends_it_in_time),
      TEST(cancel_removes_what_was_written),
      TEST(cancel_within_progress_holds),
      TEST(a_file_over_the_limit_is_refused),
      TEST(every_failing_allocation_is_survived),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
