/* Uploads of bytes that are made as they are sent. */
#include "net/pull.h"

#include "upload_fixture.h"

/* A request whose bytes are made, and who makes them. */
struct source {
  struct maker maker;
  struct tgr_http_part part;
  struct probe probe;
};

static void start_source(struct source *it, const struct tgr_http_url *url) {
  it->maker = (struct maker){.pull.want = on_want};
  it->part = (struct tgr_http_part){
      .name = "photo", .filename = "made.bin", .pull = &it->maker.pull};
  start_upload(&it->probe, url, &it->part, 1);
}

static void give(struct source *it, const char *bytes, size_t len) {
  tgr_http_pull_give(&it->maker.pull, bytes, len);
}

static void end_source(struct source *it) {
  give(it, NULL, 0);
}

static void bytes_are_asked_for_as_they_are_sent(void **state) {
  (void)state;
  enum { LEN = 200000 };
  char *piece = malloc(LEN);
  memset(piece, 'x', LEN);
  struct tgr_http_url *url = start_server(serve_keep);
  struct source source;
  start_source(&source, url);
  for (int i = 1; i <= 3; i++) {
    run_until(&source.maker.wanted, i);
    run_for_ms(5);
    /* None before the last is used up. */
    assert_int_equal(source.maker.wanted, i);
    give(&source, piece, LEN);
  }
  run_until(&source.maker.wanted, 4);
  end_source(&source);
  run_until(&source.probe.done, 1);
  assert_response(&source.probe.request, "{}");
  assert_non_null(strstr(got_head, "Transfer-Encoding: chunked"));
  assert_non_null(memmem(got, got_len, "filename=\"made.bin\"", 19));
  const char *start = (const char *)memmem(got, got_len, "\r\n\r\n", 4) + 4;
  for (int i = 0; i < 3; i++)
    assert_memory_equal(start + (size_t)i * LEN, piece, LEN);
  assert_memory_equal(start + (size_t)3 * LEN, "\r\n--", 4);
  tgr_http_request_deinit(&source.probe.request);
  stop_server(url);
  forget();
  free(piece);
}

static void no_bytes_at_all_are_an_empty_file(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_keep);
  struct source source;
  start_source(&source, url);
  run_until(&source.maker.wanted, 1);
  end_source(&source);
  run_until(&source.probe.done, 1);
  assert_non_null(memmem(got, got_len, "\r\n\r\n\r\n--", 8));
  tgr_http_request_deinit(&source.probe.request);
  stop_server(url);
  forget();
}

static void who_makes_bytes_may_be_late_for_an_answer(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_refusal);
  struct source source;
  start_source(&source, url);
  run_until(&source.maker.wanted, 1);
  give(&source, "some", 4);
  run_until(&source.probe.done, 1);
  assert_int_equal(source.probe.request.http_status, 413);
  give(&source, "more", 4); /* nobody wants it */
  run_for_ms(2);
  tgr_http_request_deinit(&source.probe.request);
  stop_server(url);
}

static void an_upload_may_be_cancelled_while_bytes_are_made(void **state) {
  (void)state;
  struct tgr_http_url *url = start_server(serve_keep);
  struct source source;
  start_source(&source, url);
  run_until(&source.maker.wanted, 1);
  tgr_http_cancel(&source.probe.request);
  give(&source, "late", 4);
  run_until_atomic(&server.ended, 1);
  assert_int_equal(source.probe.done, 0);
  tgr_http_request_deinit(&source.probe.request);
  stop_server(url);
}

/* ---- places -------------------------------------------------------------- */

static const struct tgr_http_part plain = {
    .name = "a", .bytes = "42", .len = 2};

static struct tgr_http_url *one_place(void) {
  tear_down_loop();
  set_up_loop(&(struct tgr_http_options){.max_open = {1, 1, 1, 1}});
  spec_server_start(&server, serve_some, NULL);
  return url_of(server.url, "/x");
}

static void who_waits_for_bytes_holds_no_place(void **state) {
  (void)state;
  enum { COUNT = 4 };
  struct tgr_http_url *url = one_place();
  static struct source sources[COUNT];
  for (int i = 0; i < COUNT; i++)
    start_source(&sources[i], url);
  for (int i = 0; i < COUNT; i++)
    run_until(&sources[i].maker.wanted, 1);
  assert_int_equal(tgr_http_load(http, TGR_HTTP_FILE).open, 0);
  struct probe probe;
  upload_init(&probe, url, &plain, 1);
  ask(&probe);
  for (int i = COUNT - 1; i >= 0; i--) {
    end_source(&sources[i]);
    run_until(&sources[i].probe.done, 1);
    assert_response(&sources[i].probe.request, "{}");
    tgr_http_request_deinit(&sources[i].probe.request);
  }
  assert_int_equal(tgr_http_load(http, TGR_HTTP_FILE).open, 0);
  tgr_http_request_deinit(&probe.request);
  stop_server(url);
}

static struct tgr_http_request *in_order[3];

static void on_ordered(struct tgr_http_request *request) {
  in_order[done_count] = request;
  on_done(request);
}

static void whose_bytes_are_there_waits_for_a_place(void **state) {
  (void)state;
  struct tgr_http_url *url = one_place();
  struct tgr_http_url *never = url_of(server.url, "/never");
  static struct source first;
  static struct source second;
  static struct source third;
  start_source(&first, url);
  run_until(&first.maker.wanted, 1);
  start_source(&second, url);
  run_until(&second.maker.wanted, 1);
  start_source(&third, url);
  run_until(&third.maker.wanted, 1);
  struct probe holder;
  struct probe last;
  start_upload(&holder, never, &plain, 1);
  start_upload(&last, url, &plain, 1);
  first.probe.request.done = last.request.done = on_ordered;
  second.probe.request.done = on_ordered;
  end_source(&first);
  end_source(&second);
  end_source(&third);
  run_for_ms(20);
  assert_int_equal(done_count, 0);
  assert_int_equal(tgr_http_load(http, TGR_HTTP_FILE).open, 1);
  tgr_http_cancel(&third.probe.request);
  tgr_http_cancel(&holder.request);
  run_until(&done_count, 3); /* what has not begun comes last */
  assert_ptr_equal(in_order[0], &first.probe.request);
  assert_ptr_equal(in_order[1], &second.probe.request);
  assert_ptr_equal(in_order[2], &last.request);
  assert_int_equal(done_count, 3);
  assert_int_equal(tgr_http_load(http, TGR_HTTP_FILE).open, 0);
  struct probe *probes[] = {&first.probe, &second.probe, &third.probe, &holder,
                            &last};
  for (size_t i = 0; i < sizeof probes / sizeof *probes; i++)
    tgr_http_request_deinit(&probes[i]->request);
  tgr_http_url_free(url);
  tgr_http_url_free(never);
  spec_server_stop(&server);
}

/* Gives a few pieces as soon as they are wanted. */
struct eager {
  struct source source;
  struct tgr_job job;
  int left;
  const struct source *other;
};

static void give_at_once(struct tgr_job *job) {
  struct eager *it = TGR_CONTAINER_OF(job, struct eager, job);
  assert_int_equal(it->other->maker.wanted, 0);
  tgr_http_pull_give(&it->source.maker.pull, "piece", it->left-- > 0 ? 5 : 0);
}

static void on_eager_want(struct tgr_http_pull *pull) {
  struct eager *it = TGR_CONTAINER_OF(pull, struct eager, source.maker.pull);
  tgr_ready_put(&loop.ready, &it->job);
}

static void whose_bytes_come_at_once_keeps_its_place(void **state) {
  (void)state;
  struct tgr_http_url *url = one_place();
  static struct eager eager;
  static struct source other;
  eager = (struct eager){.left = 5, .other = &other};
  tgr_job_init(&eager.job, give_at_once);
  start_source(&eager.source, url);
  eager.source.maker.pull.want = on_eager_want;
  start_source(&other, url);
  run_until(&eager.source.probe.done, 1);
  assert_response(&eager.source.probe.request, "{}");
  run_until(&other.maker.wanted, 1);
  tgr_http_cancel(&other.probe.request);
  tgr_http_request_deinit(&eager.source.probe.request);
  tgr_http_request_deinit(&other.probe.request);
  stop_server(url);
}

static void closing_ends_those_without_a_place(void **state) {
  (void)state;
  struct tgr_http_url *never = NULL;
  struct tgr_http_url *url = one_place();
  never = url_of(server.url, "/never");
  static struct source aside;
  static struct source returning;
  start_source(&aside, url);
  run_until(&aside.maker.wanted, 1);
  start_source(&returning, url);
  run_until(&returning.maker.wanted, 1);
  struct probe holder;
  start_upload(&holder, never, &plain, 1);
  end_source(&returning);
  run_for_ms(5);
  tear_down_loop();
  assert_int_equal(done_count, 0);
  set_up_loop(NULL);
  tgr_http_request_deinit(&aside.probe.request);
  tgr_http_request_deinit(&returning.probe.request);
  tgr_http_request_deinit(&holder.request);
  tgr_http_url_free(url);
  tgr_http_url_free(never);
  spec_server_stop(&server);
}

int main(void) {
#define TEST(name)                                                             \
  cmocka_unit_test_setup_teardown(name, set_up_folder, tear_down_folder)
  const struct CMUnitTest tests[] = {
      TEST(bytes_are_asked_for_as_they_are_sent),
      TEST(no_bytes_at_all_are_an_empty_file),
      TEST(who_makes_bytes_may_be_late_for_an_answer),
      TEST(an_upload_may_be_cancelled_while_bytes_are_made),
      TEST(who_waits_for_bytes_holds_no_place),
      TEST(whose_bytes_are_there_waits_for_a_place),
      TEST(whose_bytes_come_at_once_keeps_its_place),
      TEST(closing_ends_those_without_a_place),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
