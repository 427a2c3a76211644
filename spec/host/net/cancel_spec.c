/* Cancelling a request in each of its phases (http.c names them). */
#include "upload_fixture.h"

static int set_up_place(void **state) {
  (void)state;
  make_folder();
  write_file("", 0);
  assert_int_equal(truncate(folder.path, 1 << 20), 0);
  set_up_loop(&(struct tgr_http_options){.max_open = {1, 1, 1, 1}});
  return 0;
}

/* Cancels, and sees that the lane is free and works. */
static void cancel(struct probe *probe, const struct tgr_http_url *url) {
  const int done = probe->done;
  tgr_http_cancel(&probe->request);
  assert_false(tgr_http_is_open(&probe->request));
  static const struct tgr_http_part plain = {
      .name = "a", .bytes = "42", .len = 2};
  struct probe next;
  upload_init(&next, url, &plain, 1);
  ask(&next);
  assert_response(&next.request, "{}");
  tgr_http_request_deinit(&next.request);
  assert_int_equal(probe->done, done);
  assert_int_equal(tgr_http_load(http, TGR_HTTP_FILE).open, 0);
  tgr_http_request_deinit(&probe->request);
}

static void while_its_file_is_being_opened(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_some);
  const struct tgr_http_part part = {.name = "photo", .path = folder.path};
  struct probe probe;
  start_upload(&probe, url, &part, 1);
  assert_int_equal(tgr_http_load(http, TGR_HTTP_FILE).open, 1);
  cancel(&probe, url);
  assert_false(probe.request.sent);
  assert_int_equal(server.requests, 1);
  stop_server(url);
}

static void beside_others_and_none_that_waits_is_begun(void **state) {
  (void)state;
  spec_server_start(&server, serve_some, NULL);
  struct tgr_http_url *never = url_of(server.url, "/never");
  struct tgr_http_url *url = url_of(server.url, "/x");
  struct probe probes[3]; /* one place: the others wait */
  probe_init(&probes[0], never);
  probe_init(&probes[1], url);
  probe_init(&probes[2], url);
  for (int i = 0; i < 3; i++)
    tgr_http_start(http, &probes[i].request);
  tgr_http_hold(http);
  tgr_http_cancel(&probes[0].request);
  assert_int_equal(tgr_http_load(http, TGR_HTTP_CALL).open, 0);
  tgr_http_cancel(&probes[1].request);
  assert_int_equal(probes[1].done, 0);
  assert_int_equal(tgr_http_load(http, TGR_HTTP_CALL).open, 0);
  tgr_http_go_on(http); /* the third one was not cancelled */
  run_until(&probes[2].done, 1);
  assert_response(&probes[2].request, "{}");
  assert_int_equal(probes[1].done, 0);
  for (int i = 0; i < 3; i++)
    tgr_http_request_deinit(&probes[i].request);
  tgr_http_url_free(never);
  stop_server(url);
}

static void while_opening_its_file_takes_long(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_some);
  slow_disk_begin(&loop.uv);
  const struct tgr_http_part part = {.name = "photo", .path = folder.path};
  struct probe probe;
  start_upload(&probe, url, &part, 1);
  run_for_ms(5);
  cancel(&probe, url);
  assert_false(probe.request.sent);
  slow_disk_end(); /* the open comes back */
  tear_down_loop();
  set_up_loop(NULL);
  stop_server(url);
}

static void while_it_waits_for_a_place(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_some);
  const struct tgr_http_part part = {.name = "photo", .path = folder.path};
  struct probe first;
  struct probe second;
  start_upload(&first, url, &part, 1);
  start_upload(&second, url, &part, 1);
  tgr_http_cancel(&second.request);
  assert_int_equal(tgr_http_load(http, TGR_HTTP_FILE).waiting, 0);
  assert_false(second.request.sent);
  cancel(&first, url);
  tgr_http_request_deinit(&second.request);
  stop_server(url);
}

static void while_the_server_has_it(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_some);
  struct tgr_http_url *never = url_of(server.url, "/never");
  const struct tgr_http_part part = {.name = "photo", .path = folder.path};
  struct probe probe;
  start_upload(&probe, never, &part, 1);
  run_until_atomic(&server.requests, 1);
  cancel(&probe, url);
  assert_true(probe.request.sent);
  tgr_http_url_free(url);
  tgr_http_url_free(never);
  spec_server_stop(&server);
}

static void when_it_has_ended_and_was_not_told(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_some);
  const struct tgr_http_part part = {.name = "photo", .path = folder.path};
  struct probe probe;
  start_upload(&probe, url, &part, 1);
  tgr_http_pause(&probe.request);
  while (tgr_http_load(http, TGR_HTTP_FILE).open > 0)
    run_for_ms(1);
  cancel(&probe, url);
  assert_true(probe.request.sent);
  stop_server(url);
}

static void while_it_is_aside_or_returns(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_some);
  struct tgr_http_url *never = url_of(server.url, "/never");
  struct maker maker = {.pull.want = on_want};
  const struct tgr_http_part part = {
      .name = "photo", .filename = "f", .pull = &maker.pull};
  const struct tgr_http_part file = {.name = "photo", .path = folder.path};
  for (int returns = 0; returns < 2; returns++) {
    struct probe probe;
    struct probe holder;
    maker = (struct maker){.pull.want = on_want};
    start_upload(&probe, url, &part, 1);
    upload_init(&holder, never, &file, 1);
    run_until(&maker.wanted, 1);
    run_for_ms(5); /* aside */
    assert_int_equal(tgr_http_load(http, TGR_HTTP_FILE).open, 0);
    tgr_http_start(http, &holder.request);
    if (returns)
      tgr_http_pull_give(&maker.pull, "late", 4);
    run_for_ms(5);
    tgr_http_cancel(&probe.request);
    cancel(&holder, url);
    tgr_http_request_deinit(&probe.request);
  }
  tgr_http_url_free(url);
  tgr_http_url_free(never);
  spec_server_stop(&server);
}

/* A beginning that fails for want of memory notes so; before the note is acted
 * on, the request is cancelled. */
static bool begins_without(long n, const struct tgr_http_url *url) {
  struct spec_mem mem;
  spec_mem_init(&mem);
  assert_int_equal(tgr_loop_init(&loop, &mem.mem), TGR_OK);
  const struct tgr_http_options options = this_way(NULL);
  assert_int_equal(tgr_http_new(&mem.mem, &loop, &options, &http), TGR_OK);
  mem.fail_at = mem.requests + n;
  const struct tgr_http_part parts[] = {
      {.name = "a", .bytes = "b", .len = 1},
      {.name = "photo", .path = folder.path},
  };
  struct probe call;
  struct probe upload;
  probe_init(&call, url);
  upload_init(&upload, url, parts, 2);
  tgr_http_start(http, &call.request);
  tgr_http_start(http, &upload.request);
  tgr_http_cancel(&call.request);
  tgr_http_cancel(&upload.request);
  const bool failed = mem.requests >= mem.fail_at;
  run_for_ms(1);
  assert_int_equal(call.done + upload.done, 0);
  tgr_http_request_deinit(&call.request);
  tgr_http_request_deinit(&upload.request);
  tgr_http_free(http);
  tgr_loop_deinit(&loop);
  assert_int_equal(mem.live, 0);
  return failed;
}

static void when_memory_ran_out_as_it_began(void **state) {
  (void)state;
  tear_down_loop();
  struct tgr_http_url *url = start_server(serve_some);
  long n = 1;
  while (begins_without(n, url))
    n++;
  assert_in_range(n, 4, 200);
  stop_server(url);
  set_up_loop(NULL);
}

int main(void) {
#define TEST(name)                                                             \
  {                                                                            \
    "a request is cancelled " #name, name, set_up_place, tear_down_folder,     \
        NULL                                                                   \
  }
  const struct CMUnitTest tests[] = {
      TEST(while_its_file_is_being_opened),
      TEST(while_opening_its_file_takes_long),
      TEST(while_it_waits_for_a_place),
      TEST(beside_others_and_none_that_waits_is_begun),
      TEST(while_the_server_has_it),
      TEST(when_it_has_ended_and_was_not_told),
      TEST(while_it_is_aside_or_returns),
      TEST(when_memory_ran_out_as_it_began),
  };
  return RUN_BOTH_WAYS(tests);
}
