/* What a server says behind an answer is never the answer to the next call,
 * wherever it lies: read already, within OpenSSL, or still in the socket.
 * libcurl 7.88 takes it for that, so ours alone are looked at. */
#include "net/core.h"

#include "lean_fixture.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>

enum { TLS_RECORD = 16 * 1024, TLS_EXTRA = 22 };

static const char forged[] = OK "Content-Length: 6\r\n\r\nFORGED";

/* The whole answer's length, and whether `forged` goes in a write of its own.
 */
static size_t answer_len;
static bool in_two_writes;

/* One answer of `answer_len` bytes and one that nobody asked for; "{}" to a
 * connection's first request and to all but the first connection. */
static void serve_surplus(struct spec_peer *peer) {
  char *bytes = malloc(answer_len + sizeof forged);
  const int head =
      snprintf(bytes, 64, OK "Content-Length: %06zu\r\n\r\n", answer_len - 43);
  assert_int_equal(head, 43);
  memset(bytes + head, 'x', answer_len - 43);
  memcpy(bytes + answer_len, forged, sizeof forged);
  const size_t forged_len = sizeof forged - 1;
  for (int i = 0; spec_peer_read(peer); i++) {
    if (i != 1 || peer->number > 0) {
      spec_peer_answer(peer, 200, "{}");
      continue;
    }
    spec_peer_send(peer, bytes,
                   in_two_writes ? answer_len : answer_len + forged_len);
    if (in_two_writes)
      spec_peer_send(peer, forged, forged_len);
  }
  free(bytes);
}

static size_t sealed(size_t len) {
  const size_t records = (len + TLS_RECORD - 1) / TLS_RECORD;
  return tls != NULL ? len + records * TLS_EXTRA : len;
}

/* Until so many bytes have come to the descriptor. */
static void wait_for_bytes(int fd, size_t count) {
  int there = 0;
  while (ioctl(fd, FIONREAD, &there) == 0 && (size_t)there < count)
    usleep(500);
}

/* Both the answer and what is behind it are there before the first is read. */
static void start_and_wait(struct probe *probe) {
  const size_t forged_len = sizeof forged - 1;
  tgr_http_start(http, &probe->request);
  assert_non_null(probe->request.wire);
  wait_for_bytes(probe->request.wire->fd,
                 in_two_writes ? sealed(answer_len) + sealed(forged_len)
                               : sealed(answer_len + forged_len));
}

/* Starts the next call within the end of the one before. */
static struct probe next_probe;

static void on_done_ask_next(struct tgr_http_request *request) {
  on_done(request);
  tgr_http_start(http, &next_probe.request);
}

static void check(bool is_same_turn) {
  struct probe probe;
  begin(&probe, serve_surplus);
  probe_init(&next_probe, url);
  ask(&probe);
  assert_response(&probe.request, "{}");
  if (is_same_turn)
    probe.request.done = on_done_ask_next;
  start_and_wait(&probe);
  run_until(&probe.done, 2);
  assert_int_equal(probe.request.status, TGR_OK);
  assert_int_equal(probe.request.response.len, answer_len - 43);
  assert_int_equal(probe.request.response.bytes[0], 'x');
  if (is_same_turn)
    run_until(&next_probe.done, 1);
  else
    ask(&next_probe);
  assert_response(&next_probe.request, "{}");
  run_until_atomic(&server.connections, 2); /* counted behind its begin */
  tgr_http_request_deinit(&next_probe.request);
  end(&probe);
}

static void what_lies_behind_an_answer_answers_nothing(void **state) {
  (void)state;
  static const size_t lens[] = {64,    1023,  1024,  2048, 16383,
                                16384, 16385, 20000, 40000};
  for (size_t i = 0; i < sizeof lens / sizeof *lens; i++)
    for (int ways = 0; ways < 4; ways++) {
      answer_len = lens[i];
      in_two_writes = ways & 1;
      check((ways & 2) == 0);
    }
}

/* ---- an idle connection -------------------------------------------------- */

static atomic_int is_to_speak;

static void serve_and_speak(struct spec_peer *peer) {
  for (int i = 0; spec_peer_read(peer); i++) {
    spec_peer_answer(peer, 200, "{}");
    while (i == 0 && peer->number == 0 && !atomic_load(&is_to_speak))
      usleep(500);
    if (i == 0 && peer->number == 0)
      spec_peer_say(peer, forged);
  }
}

static void start_next(struct tgr_job *job) {
  (void)job;
  tgr_http_start(http, &next_probe.request);
}

/* The poll has reported it, and its job waits behind the one that calls. */
static void what_an_idle_connection_said_answers_nothing(void **state) {
  (void)state;
  struct probe probe;
  struct tgr_job job;
  tgr_job_init(&job, start_next);
  atomic_store(&is_to_speak, false);
  begin(&probe, serve_and_speak);
  probe_init(&next_probe, url);
  ask(&probe);
  assert_response(&probe.request, "{}");
  const struct tgr_link *site = tgr_list_first(&http->wires.sites);
  const struct tgr_link *wire =
      tgr_list_first(&TGR_CONTAINER_OF(site, struct tgr_site, link)->idle);
  const int fd = TGR_CONTAINER_OF(wire, struct tgr_wire, link)->fd;
  run_for_ms(20); /* session tickets of TLS are read */
  atomic_store(&is_to_speak, true);
  wait_for_bytes(fd, sealed(sizeof forged - 1));
  tgr_ready_put(&loop.ready, &job);
  run_until(&next_probe.done, 1);
  assert_response(&next_probe.request, "{}");
  tgr_http_request_deinit(&next_probe.request);
  end(&probe);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(what_lies_behind_an_answer_answers_nothing),
      TEST(what_an_idle_connection_said_answers_nothing),
  };
  only_curl = false;
  tls = NULL;
  const int failed = _cmocka_run_group_tests(
      "plain", tests, sizeof tests / sizeof *tests, NULL, NULL);
  tls = spec_tls_new();
  const int failed_tls = _cmocka_run_group_tests(
      "tls", tests, sizeof tests / sizeof *tests, NULL, NULL);
  spec_tls_free(tls);
  return failed + failed_tls;
}
