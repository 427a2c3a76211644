#include "net/pull.h"
#include "net/upload.h"

#include "net_spec.h"
#include "slow_disk.h"

#include <stdlib.h>
#include <sys/stat.h>

static char folder[64];
static char path[96];

static int setup(void **state) {
  (void)state;
  set_up_loop(NULL);
  strcpy(folder, "/tmp/upload_spec.XXXXXX");
  assert_non_null(mkdtemp(folder));
  snprintf(path, sizeof path, "%s/photo.png", folder);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  tear_down_loop();
  unlink(path);
  rmdir(folder);
  return 0;
}

/* What the server got; a test at a time. */
static char *got;
static size_t got_len;
static char got_head[4096];

static void serve_keep(struct spec_peer *peer) {
  while (spec_peer_read(peer)) {
    free(got);
    got = malloc(peer->body_len + 1);
    memcpy(got, peer->body, peer->body_len + 1);
    got_len = peer->body_len;
    strcpy(got_head, peer->head);
    spec_peer_answer(peer, 200, "{}");
  }
}

static void forget(void) {
  free(got);
  got = NULL;
}

static void start_parts(struct probe *probe, const struct tgr_http_part *parts,
                        size_t count) {
  probe->request.lane = TGR_HTTP_FILE;
  probe->request.body = NULL;
  probe->request.parts = parts;
  probe->request.part_count = count;
  tgr_http_start(http, &probe->request);
}

static void start_upload(struct probe *probe, const struct tgr_http_url *url,
                         const struct tgr_http_part *parts, size_t count) {
  probe_init(probe, url);
  start_parts(probe, parts, count);
}

static void start_stalling(struct probe *probe, const struct tgr_http_url *url,
                           const struct tgr_http_part *part, uint64_t ms) {
  probe_init(probe, url);
  probe->request.stall_ms = ms;
  start_parts(probe, part, 1);
}

static void write_file(const char *bytes, size_t len) {
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, len, file), len);
  fclose(file);
}

static void fields_and_bytes_become_form_data(void **state) {
  (void)state;
  spec_server_start(&server, serve_keep, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
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
  start_upload(&probe, url, parts, 3);
  run_until(&probe.done, 1);
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
  tgr_http_url_free(url);
  spec_server_stop(&server);
  forget();
}

static void a_large_file_is_sent_byte_for_byte(void **state) {
  (void)state;
  enum { LEN = 5 * 1024 * 1024 + 17 };
  char *bytes = malloc(LEN);
  for (size_t i = 0; i < LEN; i++)
    bytes[i] = (char)(i * 2654435761u >> 13);
  write_file(bytes, LEN);
  spec_server_start(&server, serve_keep, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  const struct tgr_http_part part = {.name = "photo", .path = path};
  struct probe probe;
  start_upload(&probe, url, &part, 1);
  run_until(&probe.done, 1);
  assert_response(&probe.request, "{}");
  assert_non_null(memmem(got, got_len, "filename=\"photo.png\"", 20));
  assert_non_null(memmem(got, got_len, "Content-Type: image/png", 23));
  const char *start = memmem(got, got_len, "\r\n\r\n", 4);
  assert_non_null(start);
  assert_memory_equal(start + 4, bytes, LEN);
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
  forget();
  free(bytes);
}

/* Each begins with bytes of the form, then finds the file not read yet. */
static void a_hundred_small_files_are_sent(void **state) {
  (void)state;
  write_file("small", 5);
  spec_server_start(&server, serve_keep, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  const struct tgr_http_part part = {.name = "photo", .path = path};
  for (int i = 0; i < 100; i++) {
    struct probe probe;
    start_upload(&probe, url, &part, 1);
    run_until(&probe.done, 1);
    assert_response(&probe.request, "{}");
    assert_non_null(memmem(got, got_len, "\r\n\r\nsmall\r\n--", 13));
    tgr_http_request_deinit(&probe.request);
  }
  tgr_http_url_free(url);
  spec_server_stop(&server);
  forget();
}

static void a_file_that_is_not_there_is_named(void **state) {
  (void)state;
  spec_server_start(&server, serve_keep, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  const struct tgr_http_part part = {.name = "photo", .path = path};
  struct probe probe;
  start_upload(&probe, url, &part, 1);
  assert_int_equal(probe.done, 0);
  run_until(&probe.done, 1);
  assert_int_equal(probe.request.status, TGR_ENOENT);
  assert_false(probe.request.sent);
  assert_non_null(strstr(probe.request.error, "photo.png: no such file"));
  assert_int_equal(tgr_http_load(http, TGR_HTTP_FILE).open, 0);
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
}

static void a_directory_is_no_file(void **state) {
  (void)state;
  spec_server_start(&server, serve_keep, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  const struct tgr_http_part part = {.name = "photo", .path = folder};
  struct probe probe;
  start_upload(&probe, url, &part, 1);
  run_until(&probe.done, 1);
  assert_int_equal(probe.request.status, TGR_EIO);
  assert_non_null(strstr(probe.request.error, "it is a directory"));
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
}

static void a_pipe_is_no_file_and_holds_up_nothing(void **state) {
  (void)state;
  assert_int_equal(mkfifo(path, 0600), 0);
  spec_server_start(&server, serve_keep, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  const struct tgr_http_part part = {.name = "photo", .path = path};
  struct probe probe;
  start_upload(&probe, url, &part, 1);
  run_until(&probe.done, 1);
  assert_int_equal(probe.request.status, TGR_EIO);
  assert_non_null(strstr(probe.request.error, "it is no regular file"));
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
}

static void a_slow_disk_stalls_its_own_upload_only(void **state) {
  (void)state;
  write_file("piecepiecepiece", 15);
  slow_disk_begin(&loop.uv);
  spec_server_start(&server, serve_keep, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  const struct tgr_http_part part = {.name = "photo", .path = path};
  struct probe upload;
  start_upload(&upload, url, &part, 1);
  struct probe call;
  for (int i = 0; i < 3; i++) {
    run_for_ms(5);
    probe_init(&call, url);
    tgr_http_start(http, &call.request);
    run_until(&call.done, 1);
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
  tgr_http_url_free(url);
  spec_server_stop(&server);
  forget();
}

static void
a_disk_that_never_opens_the_file_ends_the_upload_in_time(void **state) {
  (void)state;
  write_file("piece", 5);
  struct tgr_http_url *url = url_of("http://127.0.0.1:1", "/x");
  const struct tgr_http_part part = {.name = "photo", .path = path};
  struct probe probe;
  slow_disk_begin(&loop.uv);
  start_stalling(&probe, url, &part, 60);
  run_until(&probe.done, 1);
  assert_int_equal(probe.request.status, TGR_EIO);
  char wanted[160];
  snprintf(wanted, sizeof wanted,
           "cannot read %s: the disk has not answered for 60 ms", path);
  assert_string_equal(probe.request.error, wanted);
  assert_false(probe.request.sent);
  slow_disk_end(); /* the opening comes back: nobody wants it any more */
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
}

static void a_disk_that_dies_in_mid_file_ends_the_upload_in_time(void **state) {
  (void)state;
  enum { LEN = 32 << 20 };
  char *bytes = calloc(1, LEN);
  write_file(bytes, LEN);
  free(bytes);
  spec_server_start(&server, serve_keep, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  const struct tgr_http_part part = {.name = "photo", .path = path};
  struct probe probe;
  start_stalling(&probe, url, &part, 2000); /* opens within it */
  run_until_atomic(&server.connections, 1);
  slow_disk_begin(&loop.uv);
  run_until(&probe.done, 1);
  assert_int_equal(probe.request.status, TGR_EIO);
  assert_non_null(strstr(probe.request.error, "the disk has not answered"));
  assert_true(probe.request.sent);
  slow_disk_end();
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
}

static void an_upload_may_be_cancelled_while_the_disk_is_at_work(void **state) {
  (void)state;
  enum { LEN = 32 << 20 };
  char *bytes = calloc(1, LEN);
  write_file(bytes, LEN);
  free(bytes);
  spec_server_start(&server, serve_keep, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  const struct tgr_http_part part = {.name = "photo", .path = path};
  struct probe upload;
  start_upload(&upload, url, &part, 1);
  run_until_atomic(&server.connections, 1);
  slow_disk_begin(&loop.uv);
  run_for_ms(5);
  tgr_http_cancel(&upload.request);
  memset(&upload, 0xee, sizeof upload);
  run_until_atomic(&server.ended, 1);
  slow_disk_end(); /* the read comes back */
  tgr_http_url_free(url);
  spec_server_stop(&server);
  tear_down_loop();
  set_up_loop(NULL);
}

/* Reads some of the body, then shortens the file. */
static void serve_shorten(struct spec_peer *peer) {
  char buf[1000];
  (void)!read(peer->fd, buf, sizeof buf);
  (void)!truncate(path, 100);
  spec_peer_wait_end(peer);
}

static void a_file_that_becomes_shorter_ends_the_upload(void **state) {
  (void)state;
  enum { LEN = 32 << 20 };
  char *bytes = calloc(1, LEN);
  write_file(bytes, LEN);
  free(bytes);
  spec_server_start(&server, serve_shorten, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  const struct tgr_http_part part = {.name = "photo", .path = path};
  struct probe probe;
  start_upload(&probe, url, &part, 1);
  run_until(&probe.done, 1);
  assert_int_equal(probe.request.status, TGR_EIO);
  assert_non_null(strstr(probe.request.error, "it has become shorter"));
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
}

static void serve_refusal(struct spec_peer *peer) {
  char buf[1000];
  (void)!read(peer->fd, buf, sizeof buf);
  spec_peer_say(peer, "HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n"
                      "Connection: close\r\n\r\n{}");
  spec_peer_wait_end(peer);
}

static void an_answer_before_the_end_of_the_upload_is_told(void **state) {
  (void)state;
  enum { LEN = 32 << 20 };
  char *bytes = calloc(1, LEN);
  spec_server_start(&server, serve_refusal, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  const struct tgr_http_part part = {
      .name = "photo", .filename = "x.bin", .bytes = bytes, .len = LEN};
  struct probe probe;
  start_upload(&probe, url, &part, 1);
  run_until(&probe.done, 1);
  assert_response(&probe.request, "{}");
  assert_int_equal(probe.request.http_status, 413);
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
  free(bytes);
}

struct maker {
  struct tgr_http_pull pull;
  int wanted;
};

static void on_want(struct tgr_http_pull *pull) {
  TGR_CONTAINER_OF(pull, struct maker, pull)->wanted++;
}

static void start_pull(struct probe *probe, const struct tgr_http_url *url,
                       struct tgr_http_part *part, struct maker *maker) {
  *maker = (struct maker){.pull.want = on_want};
  *part = (struct tgr_http_part){
      .name = "photo", .filename = "made.bin", .pull = &maker->pull};
  start_upload(probe, url, part, 1);
}

static void bytes_are_asked_for_as_they_are_sent(void **state) {
  (void)state;
  enum { LEN = 200000 };
  char *piece = malloc(LEN);
  memset(piece, 'x', LEN);
  spec_server_start(&server, serve_keep, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  struct maker maker;
  struct tgr_http_part part;
  struct probe probe;
  start_pull(&probe, url, &part, &maker);
  for (int i = 1; i <= 3; i++) {
    run_until(&maker.wanted, i);
    run_for_ms(5);
    assert_int_equal(maker.wanted, i); /* none before the last is used up */
    tgr_http_pull_give(&maker.pull, piece, LEN);
  }
  run_until(&maker.wanted, 4);
  tgr_http_pull_give(&maker.pull, NULL, 0);
  run_until(&probe.done, 1);
  assert_response(&probe.request, "{}");
  assert_non_null(strstr(got_head, "Transfer-Encoding: chunked"));
  assert_non_null(memmem(got, got_len, "filename=\"made.bin\"", 19));
  const char *start = (const char *)memmem(got, got_len, "\r\n\r\n", 4) + 4;
  for (int i = 0; i < 3; i++)
    assert_memory_equal(start + (size_t)i * LEN, piece, LEN);
  assert_memory_equal(start + (size_t)3 * LEN, "\r\n--", 4);
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
  forget();
  free(piece);
}

static void no_bytes_at_all_are_an_empty_file(void **state) {
  (void)state;
  spec_server_start(&server, serve_keep, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  struct maker maker;
  struct tgr_http_part part;
  struct probe probe;
  start_pull(&probe, url, &part, &maker);
  run_until(&maker.wanted, 1);
  tgr_http_pull_give(&maker.pull, NULL, 0);
  run_until(&probe.done, 1);
  assert_non_null(memmem(got, got_len, "\r\n\r\n\r\n--", 8));
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
  forget();
}

static void who_makes_bytes_may_be_late_for_an_answer(void **state) {
  (void)state;
  spec_server_start(&server, serve_refusal, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  struct maker maker;
  struct tgr_http_part part;
  struct probe probe;
  start_pull(&probe, url, &part, &maker);
  run_until(&maker.wanted, 1);
  tgr_http_pull_give(&maker.pull, "some", 4);
  run_until(&probe.done, 1);
  assert_int_equal(probe.request.http_status, 413);
  tgr_http_pull_give(&maker.pull, "more", 4); /* nobody wants it */
  run_for_ms(2);
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
}

static void an_upload_may_be_cancelled_while_bytes_are_made(void **state) {
  (void)state;
  spec_server_start(&server, serve_keep, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  struct maker maker;
  struct tgr_http_part part;
  struct probe probe;
  start_pull(&probe, url, &part, &maker);
  run_until(&maker.wanted, 1);
  tgr_http_cancel(&probe.request);
  tgr_http_pull_give(&maker.pull, "late", 4);
  run_until_atomic(&server.ended, 1);
  assert_int_equal(probe.done, 0);
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
}

/* ---- places ------------------------------------------------------------- */

/* Answers all but "/never", which it keeps open. */
static void serve_some(struct spec_peer *peer) {
  while (spec_peer_read(peer))
    if (strstr(peer->head, "/never") == NULL)
      spec_peer_answer(peer, 200, "{}");
}

/* A pull and its request, in a lane with one place. */
struct source {
  struct maker maker;
  struct tgr_http_part part;
  struct probe probe;
};

static struct tgr_http_url *one_place(void) {
  tear_down_loop();
  set_up_loop(&(struct tgr_http_options){.max_open = {1, 1, 1, 1}});
  spec_server_start(&server, serve_some, NULL);
  return url_of(server.url, "/x");
}

static void start_source(struct source *it, const struct tgr_http_url *url) {
  start_pull(&it->probe, url, &it->part, &it->maker);
}

static void end_source(struct source *it) {
  tgr_http_pull_give(&it->maker.pull, NULL, 0);
}

static void who_waits_for_bytes_holds_no_place(void **state) {
  (void)state;
  enum { COUNT = 4 };
  static const struct tgr_http_part plain = {
      .name = "a", .bytes = "42", .len = 2};
  struct tgr_http_url *url = one_place();
  static struct source sources[COUNT];
  for (int i = 0; i < COUNT; i++)
    start_source(&sources[i], url);
  for (int i = 0; i < COUNT; i++)
    run_until(&sources[i].maker.wanted, 1);
  assert_int_equal(tgr_http_load(http, TGR_HTTP_FILE).open, 0);
  struct probe probe;
  start_upload(&probe, url, &plain, 1);
  run_until(&probe.done, 1);
  for (int i = COUNT - 1; i >= 0; i--) {
    end_source(&sources[i]);
    run_until(&sources[i].probe.done, 1);
    assert_response(&sources[i].probe.request, "{}");
    tgr_http_request_deinit(&sources[i].probe.request);
  }
  assert_int_equal(tgr_http_load(http, TGR_HTTP_FILE).open, 0);
  tgr_http_request_deinit(&probe.request);
  tgr_http_url_free(url);
  spec_server_stop(&server);
}

static struct tgr_http_request *in_order[3];

static void on_ordered(struct tgr_http_request *request) {
  in_order[done_count] = request;
  on_done(request);
}

static void whose_bytes_are_there_waits_for_a_place(void **state) {
  (void)state;
  static const struct tgr_http_part plain = {
      .name = "a", .bytes = "42", .len = 2};
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
  tgr_http_url_free(url);
  spec_server_stop(&server);
}

static void closing_ends_those_without_a_place(void **state) {
  (void)state;
  static const struct tgr_http_part plain = {
      .name = "a", .bytes = "42", .len = 2};
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

static bool fails_at(long n, const struct tgr_http_url *url) {
  struct spec_mem mem;
  spec_mem_init(&mem);
  assert_int_equal(tgr_loop_init(&loop, &mem.mem), TGR_OK);
  assert_int_equal(tgr_http_new(&mem.mem, &loop, NULL, &http), TGR_OK);
  mem.fail_at = mem.requests + n;
  const struct tgr_http_part parts[] = {
      {.name = "a", .bytes = "b", .len = 1},
      {.name = "photo", .path = path},
      {.name = "again", .path = path},
  };
  struct probe probe;
  start_upload(&probe, url, parts, 3);
  run_until(&probe.done, 1);
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
  spec_server_start(&server, spec_serve_ok, NULL);
  struct tgr_http_url *url = url_of(server.url, "/x");
  long n = 1;
  while (fails_at(n, url))
    n++;
  assert_in_range(n, 5, 100);
  tgr_http_url_free(url);
  spec_server_stop(&server);
  set_up_loop(NULL);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(fields_and_bytes_become_form_data),
      TEST(a_large_file_is_sent_byte_for_byte),
      TEST(a_hundred_small_files_are_sent),
      TEST(a_file_that_is_not_there_is_named),
      TEST(a_directory_is_no_file),
      TEST(a_pipe_is_no_file_and_holds_up_nothing),
      TEST(a_slow_disk_stalls_its_own_upload_only),
      TEST(a_disk_that_never_opens_the_file_ends_the_upload_in_time),
      TEST(a_disk_that_dies_in_mid_file_ends_the_upload_in_time),
      TEST(an_upload_may_be_cancelled_while_the_disk_is_at_work),
      TEST(a_file_that_becomes_shorter_ends_the_upload),
      TEST(an_answer_before_the_end_of_the_upload_is_told),
      TEST(bytes_are_asked_for_as_they_are_sent),
      TEST(no_bytes_at_all_are_an_empty_file),
      TEST(who_makes_bytes_may_be_late_for_an_answer),
      TEST(an_upload_may_be_cancelled_while_bytes_are_made),
      TEST(who_waits_for_bytes_holds_no_place),
      TEST(whose_bytes_are_there_waits_for_a_place),
      TEST(whose_bytes_come_at_once_keeps_its_place),
      TEST(closing_ends_those_without_a_place),
      TEST(every_failing_allocation_is_survived),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
