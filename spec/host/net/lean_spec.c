/* What goes out, and by which connection. */
#include "lean_fixture.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>

/* ---- what goes out ------------------------------------------------------ */

static void serve_head(struct spec_peer *peer) {
  while (spec_peer_read(peer))
    spec_peer_answer(peer, 200, peer->head);
}

static bool has_line(const struct tgr_http_request *request, const char *line) {
  return memmem(request->response.bytes, request->response.len, line,
                strlen(line)) != NULL;
}

static void the_request_is_a_post_of_json(void **state) {
  (void)state;
  struct probe probe;
  char host[64];
  begin(&probe, serve_head);
  snprintf(host, sizeof host, "\r\nHost: 127.0.0.1:%u\r\n", server.port);
  ask(&probe);
  const struct tgr_http_request *request = &probe.request;
  assert_true(has_line(request, "POST /bot1:secret/x HTTP/1.1\r\n"));
  assert_true(has_line(request, host));
  assert_true(has_line(request, "\r\nContent-Type: application/json\r\n"));
  assert_true(has_line(request, "\r\nContent-Length: 2\r\n"));
  assert_false(has_line(request, "\r\nExpect"));
  probe.request.body = NULL;
  probe.request.body_len = 0;
  ask(&probe);
  assert_true(has_line(request, "\r\nContent-Length: 0\r\n"));
  end(&probe);
}

static void a_url_with_a_name_and_a_query_is_asked_for_as_it_is(void **state) {
  (void)state;
  struct probe probe;
  char root[96];
  begin(&probe, serve_head);
  snprintf(root, sizeof root, "%s://ann:pw@127.0.0.1:%u",
           tls != NULL ? "https" : "http", server.port);
  struct tgr_http_url *named = url_of(root, "/x?a=b");
  probe.request.url = named;
  ask(&probe);
  assert_true(has_line(&probe.request, "POST /x?a=b HTTP/1.1\r\n"));
  assert_true(
      has_line(&probe.request, "\r\nAuthorization: Basic YW5uOnB3\r\n"));
  tgr_http_url_free(named);
  end(&probe);
}

static void bodies_of_all_sizes_go_and_come_unchanged(void **state) {
  (void)state;
  static const size_t sizes[] = {1,     4095,   4096,    16000,   16384,
                                 16385, 100000, 1 << 20, 3 << 20, 7};
  char *body = malloc(3 << 20);
  for (size_t i = 0; i < 3 << 20; i++)
    body[i] = (char)(i * 7 + i / 251);
  struct probe probe;
  begin(&probe, serve_echo);
  probe.request.body = body;
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    probe.request.body_len = sizes[i];
    ask(&probe);
    assert_int_equal(probe.request.status, TGR_OK);
    assert_int_equal(probe.request.response.len, sizes[i]);
    assert_memory_equal(probe.request.response.bytes, body, sizes[i]);
  }
  assert_int_equal(server.connections, 1);
  end(&probe);
  free(body);
}

static void many_at_once_get_each_its_own_answer(void **state) {
  (void)state;
  enum { CALLS = 100 };
  static struct probe probes[CALLS];
  static char bodies[CALLS][32];
  struct probe probe;
  begin(&probe, serve_echo);
  for (int round = 1; round <= 3; round++) {
    for (int i = 0; i < CALLS; i++) {
      if (round == 1)
        probe_init(&probes[i], url);
      snprintf(bodies[i], sizeof bodies[i], "%d of %d", i, round);
      probes[i].request.body = bodies[i];
      probes[i].request.body_len = strlen(bodies[i]);
      tgr_http_start(http, &probes[i].request);
    }
    run_until(&done_count, round * CALLS);
    for (int i = 0; i < CALLS; i++)
      assert_response(&probes[i].request, bodies[i]);
  }
  assert_in_range(server.connections, 1, CALLS);
  for (int i = 0; i < CALLS; i++)
    tgr_http_request_deinit(&probes[i].request);
  end(&probe);
}

/* ---- the caller's side -------------------------------------------------- */

static void a_paused_request_is_not_told(void **state) {
  (void)state;
  struct probe probe;
  begin(&probe, spec_serve_ok);
  tgr_http_start(http, &probe.request);
  tgr_http_pause(&probe.request);
  run_until_atomic(&server.requests, 1);
  run_for_ms(20);
  assert_int_equal(probe.done, 0);
  tgr_http_resume(&probe.request);
  run_until(&probe.done, 1);
  assert_response(&probe.request, "{\"ok\":true}");
  end(&probe);
}

static char streamed[64];

static void on_body(struct tgr_http_request *request, const char *bytes,
                    size_t len) {
  assert_int_equal(request->http_status, 200);
  strncat(streamed, bytes, len);
}

static void a_body_may_be_streamed(void **state) {
  (void)state;
  struct probe probe;
  streamed[0] = '\0';
  begin(&probe, spec_serve_ok);
  probe.request.on_body = on_body;
  ask(&probe);
  assert_string_equal(streamed, "{\"ok\":true}");
  end(&probe);
}

static void polls_and_calls_use_the_same_connections(void **state) {
  (void)state;
  struct probe probe;
  begin(&probe, spec_serve_ok);
  for (int i = 0; i < 4; i++) {
    probe.request.lane = i % 2 == 0 ? TGR_HTTP_CALL : TGR_HTTP_POLL;
    ask(&probe);
    assert_response(&probe.request, "{\"ok\":true}");
  }
  assert_int_equal(server.connections, 1);
  end(&probe);
}

/* Answers when `awaited` requests have come: each has a connection then. */
static atomic_int awaited;

static void serve_together(struct spec_peer *peer) {
  while (spec_peer_read(peer)) {
    while (atomic_load(&peer->server->requests) < atomic_load(&awaited))
      usleep(500);
    spec_peer_answer(peer, 200, "{}");
  }
}

static int open_descriptors(void) {
  int count = 0;
  for (int fd = 0; fd < 1024; fd++)
    count += fcntl(fd, F_GETFD) >= 0;
  return count;
}

/* And the server, which is in this process, another one. */
static void a_connection_holds_one_descriptor(void **state) {
  (void)state;
  enum { CALLS = 9 };
  struct probe probe;
  struct probe probes[CALLS];
  begin(&probe, serve_together);
  atomic_store(&awaited, 1);
  ask(&probe);
  const int before = open_descriptors();
  atomic_store(&awaited, 1 + CALLS);
  for (int i = 0; i < CALLS; i++) {
    probe_init(&probes[i], url);
    tgr_http_start(http, &probes[i].request);
  }
  run_until(&done_count, 1 + CALLS);
  run_until_atomic(&server.connections, CALLS);
  assert_int_equal(open_descriptors(), before + 2 * (CALLS - 1));
  for (int i = 0; i < CALLS; i++) {
    assert_response(&probes[i].request, "{}");
    tgr_http_request_deinit(&probes[i].request);
  }
  end(&probe);
}

static void a_socket_that_cannot_be_had_is_named(void **state) {
  (void)state;
  struct probe probe;
  begin(&probe, spec_serve_ok);
  const int next = open("/dev/null", O_RDONLY); /* all below are taken */
  struct rlimit before;
  assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
  struct rlimit now = before;
  now.rlim_cur = (rlim_t)next;
  close(next);
  setrlimit(RLIMIT_NOFILE, &now);
  ask(&probe);
  setrlimit(RLIMIT_NOFILE, &before);
  assert_int_equal(probe.request.status, TGR_ENET);
  assert_non_null(strstr(probe.request.error, ": too many open files"));
  assert_false(probe.request.sent);
  end(&probe);
}

static void servers_have_connections_of_their_own(void **state) {
  (void)state;
  static struct spec_server second;
  struct probe probe;
  begin(&probe, spec_serve_ok);
  spec_server_start_tls(&second, tls, serve_echo, NULL);
  struct tgr_http_url *other = url_of(second.url, "/y");
  for (int i = 0; i < 4; i++) {
    probe.request.url = i % 2 == 0 ? url : other;
    ask(&probe);
    assert_response(&probe.request, i % 2 == 0 ? "{\"ok\":true}" : "{}");
  }
  assert_int_equal(server.connections, 1);
  assert_int_equal(second.connections, 1);
  tgr_http_url_free(other);
  spec_server_stop(&second);
  end(&probe);
}

static void an_unknown_certificate_is_refused(void **state) {
  (void)state;
  if (tls == NULL)
    return;
  tear_down_loop();
  set_up_loop(NULL);
  struct probe probe;
  begin(&probe, spec_serve_ok);
  ask(&probe);
  assert_int_equal(probe.request.status, TGR_ENET);
  assert_false(probe.request.sent);
  assert_non_null(strstr(probe.request.error, "no secure connection to"));
  assert_int_equal(server.requests, 0);
  end(&probe);
}

/* Such a file is read once for all connections. */
static void certificates_may_come_from_a_large_file(void **state) {
  (void)state;
  if (tls == NULL)
    return;
  char path[] = "/tmp/lean_spec.XXXXXX";
  char bytes[4096];
  FILE *to = fdopen(mkstemp(path), "w");
  FILE *from = fopen(spec_tls_path(tls), "r");
  assert_non_null(to);
  assert_non_null(from);
  for (int i = 0; i < 8192; i++)
    fputs("# a comment\n", to);
  const size_t len = fread(bytes, 1, sizeof bytes, from);
  assert_int_equal(fwrite(bytes, 1, len, to), len);
  fclose(from);
  fclose(to);
  tear_down_loop();
  set_up_loop(
      &(struct tgr_http_options){.max_open = {2, 1, 1, 1}, .ca_file = path});
  struct probe probe;
  struct probe second;
  begin(&probe, spec_serve_ok);
  probe_init(&second, url);
  tgr_http_start(http, &second.request);
  ask(&probe);
  run_until(&second.done, 1);
  assert_response(&probe.request, "{\"ok\":true}");
  assert_response(&second.request, "{\"ok\":true}");
  assert_int_equal(server.connections, 2);
  tgr_http_request_deinit(&second.request);
  end(&probe);
  unlink(path);
}

/* ---- memory ------------------------------------------------------------- */

/* Two requests with an allocator that fails at its n-th; false when it went
 * through without a failure. */
static bool fails_at(long n) {
  struct spec_mem mem;
  spec_mem_init(&mem);
  const struct tgr_http_options options = options_now();
  const struct tgr_http_options copy = this_way(&options);
  assert_int_equal(tgr_loop_init(&loop, &mem.mem), TGR_OK);
  bool failed = true;
  mem.fail_at = mem.requests + n;
  if (tgr_http_new(&mem.mem, &loop, &copy, &http) == TGR_OK) {
    struct probe probe;
    probe_init(&probe, url);
    ask(&probe);
    enum tgr_status status = probe.request.status;
    if (status == TGR_OK) {
      ask(&probe);
      status = probe.request.status;
    }
    failed = status != TGR_OK;
    /* A socket without memory for it is a failed connection to curl. */
    assert_true(!failed || status == TGR_ENOMEM || status == TGR_ENET);
    if (status == TGR_ENOMEM)
      assert_non_null(strstr(probe.request.error, "memory"));
    tgr_http_request_deinit(&probe.request);
    tgr_http_free(http);
  }
  tgr_loop_deinit(&loop);
  assert_int_equal(mem.live, 0);
  return failed;
}

static void every_failing_allocation_is_survived(void **state) {
  (void)state;
  tear_down_loop();
  struct probe probe;
  said = CHUNKED;
  begin(&probe, serve_said_in_drops);
  long n = 1;
  while (fails_at(n))
    n++;
  assert_in_range(n, 6, 100);
  end(&probe);
  const struct tgr_http_options options = options_now();
  set_up_loop(&options);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(the_request_is_a_post_of_json),
      TEST(a_url_with_a_name_and_a_query_is_asked_for_as_it_is),
      TEST(bodies_of_all_sizes_go_and_come_unchanged),
      TEST(many_at_once_get_each_its_own_answer),
      TEST(a_paused_request_is_not_told),
      TEST(a_body_may_be_streamed),
      TEST(polls_and_calls_use_the_same_connections),
      TEST(a_connection_holds_one_descriptor),
      TEST(a_socket_that_cannot_be_had_is_named),
      TEST(servers_have_connections_of_their_own),
      TEST(an_unknown_certificate_is_refused),
      TEST(certificates_may_come_from_a_large_file),
      TEST(every_failing_allocation_is_survived),
  };
  return RUN_ALL_WAYS(tests);
}
