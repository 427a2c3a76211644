/* One connection of ours. */
#include "net/wire.h"

#include "loop/sigpipe.h"
#include "net/core.h"
#include "net/dial.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

enum { READS = UV_READABLE | UV_DISCONNECT };

/* ---- polling ------------------------------------------------------------ */

static void run_act(struct tgr_job *job) {
  struct tgr_wire *wire = TGR_CONTAINER_OF(job, struct tgr_wire, job);
  const int events = wire->happened;
  wire->happened = 0;
  wire->act(wire, events);
}

void tgr_wire_note(struct tgr_wire *wire, int events) {
  wire->happened |= events;
  tgr_ready_put(&wire->http->loop->ready, &wire->job);
}

/* An error is found by reading, a hang-up as well. The flag comes with the last
 * bytes: no read is needed to see that there are no more. */
static void on_event(uv_poll_t *poll, int status, int events) {
  struct tgr_wire *wire = TGR_CONTAINER_OF(poll, struct tgr_wire, poll);
  if (status < 0) {
    wire->polled = 0; /* libuv has stopped it */
    events = UV_READABLE | UV_DISCONNECT;
  }
  if (events & UV_DISCONNECT) {
    wire->hung_up = true;
    events |= UV_READABLE;
  }
  wire->dry_turn = 0;
  tgr_wire_note(wire, events);
}

enum tgr_status tgr_wire_poll(struct tgr_wire *wire, bool writes) {
  const int events = writes ? READS | UV_WRITABLE : READS;
  if (wire->polled == events)
    return TGR_OK;
  if (uv_poll_start(&wire->poll, events, on_event) != 0)
    return TGR_ENOMEM;
  wire->polled = events;
  return TGR_OK;
}

/* ---- life --------------------------------------------------------------- */

static void on_closed(uv_handle_t *handle) {
  uv_poll_t *poll = (uv_poll_t *)handle;
  struct tgr_wire *wire = TGR_CONTAINER_OF(poll, struct tgr_wire, poll);
  tgr_mem_free(wire->mem, wire);
}

enum tgr_status tgr_wire_new(struct tgr_http *http, int fd,
                             struct tgr_http_handle *tls,
                             void (*act)(struct tgr_wire *wire, int events),
                             struct tgr_wire **out) {
  struct tgr_wire *wire = tgr_mem_new0(http->mem, sizeof *wire);
  if (wire == NULL)
    return TGR_ENOMEM;
  wire->http = http;
  wire->mem = http->mem;
  wire->fd = fd;
  wire->act = act;
  tgr_link_init(&wire->link);
  tgr_job_init(&wire->job, run_act);
  tgr_frame_init(&wire->frame, http->mem);
  if (uv_poll_init_socket(&http->loop->uv, &wire->poll, fd) != 0) {
    tgr_mem_free(http->mem, wire);
    return TGR_ENOMEM;
  }
  if (tgr_wire_poll(wire, false) != TGR_OK) {
    uv_close((uv_handle_t *)&wire->poll, on_closed);
    return TGR_ENOMEM;
  }
  wire->tls = tls;
  *out = wire;
  return TGR_OK;
}

/* Between turns the thread is the caller's, and so is its SIGPIPE: curl lets it
 * come. */
static bool guard(const struct tgr_wire *wire, struct tgr_sigpipe *saved) {
  const bool is_outside = wire->http->loop->depth == 0;
  if (is_outside)
    tgr_sigpipe_block(saved);
  return is_outside;
}

void tgr_wire_close(struct tgr_wire *wire) {
  tgr_list_remove(&wire->link);
  tgr_ready_drop(&wire->job);
  uv_close((uv_handle_t *)&wire->poll, on_closed);
  if (wire->tls != NULL)
    tgr_dial_put(wire->http, wire->tls);
  else
    close(wire->fd);
  wire->tls = NULL;
  wire->fd = -1;
  tgr_frame_deinit(&wire->frame);
}

/* ---- bytes -------------------------------------------------------------- */

static bool is_later(int code) {
  return code == EAGAIN || code == EWOULDBLOCK;
}

/* What send or recv has `done`. */
static enum tgr_wire_result note_plain(struct tgr_wire *wire, ssize_t done,
                                       size_t *moved) {
  *moved = done > 0 ? (size_t)done : 0;
  if (done >= 0)
    return TGR_WIRE_DONE;
  wire->code = errno;
  return is_later(wire->code) ? TGR_WIRE_LATER : TGR_WIRE_BROKEN;
}

/* What curl has done. */
static enum tgr_wire_result note_tls(struct tgr_wire *wire, CURLcode code,
                                     size_t *moved) {
  wire->code = 0;
  if (code == CURLE_OK)
    return TGR_WIRE_DONE;
  *moved = 0;
  return code == CURLE_AGAIN ? TGR_WIRE_LATER : TGR_WIRE_BROKEN;
}

static enum tgr_wire_result send_plain(struct tgr_wire *wire, const char *bytes,
                                       size_t len, size_t *sent) {
  ssize_t done;
  do
    done = send(wire->fd, bytes, len, MSG_NOSIGNAL);
  while (done < 0 && errno == EINTR);
  return note_plain(wire, done, sent);
}

static enum tgr_wire_result send_tls(struct tgr_wire *wire, const char *bytes,
                                     size_t len, size_t *sent) {
  struct tgr_sigpipe saved;
  const bool is_guarded = guard(wire, &saved);
  const CURLcode code = curl_easy_send(wire->tls->easy, bytes, len, sent);
  if (is_guarded)
    tgr_sigpipe_restore(&saved);
  return note_tls(wire, code, sent);
}

enum tgr_wire_result tgr_wire_send(struct tgr_wire *wire, const char *bytes,
                                   size_t len, size_t *sent) {
  return wire->tls != NULL ? send_tls(wire, bytes, len, sent)
                           : send_plain(wire, bytes, len, sent);
}

static enum tgr_wire_result recv_plain(struct tgr_wire *wire, char *bytes,
                                       size_t len, size_t *got) {
  ssize_t done;
  do
    done = recv(wire->fd, bytes, len, 0);
  while (done < 0 && errno == EINTR);
  return note_plain(wire, done, got);
}

/* Writes at times (keys are renewed), so SIGPIPE may come. */
static enum tgr_wire_result recv_tls(struct tgr_wire *wire, char *bytes,
                                     size_t len, size_t *got) {
  struct tgr_sigpipe saved;
  const bool is_guarded = guard(wire, &saved);
  const CURLcode code = curl_easy_recv(wire->tls->easy, bytes, len, got);
  if (is_guarded)
    tgr_sigpipe_restore(&saved);
  return note_tls(wire, code, got);
}

enum tgr_wire_result tgr_wire_recv(struct tgr_wire *wire, char *bytes,
                                   size_t len, size_t *got) {
  const enum tgr_wire_result result = wire->tls != NULL
                                          ? recv_tls(wire, bytes, len, got)
                                          : recv_plain(wire, bytes, len, got);
  const bool is_dry =
      result == TGR_WIRE_LATER || (wire->tls == NULL && *got > 0 && *got < len);
  wire->dry_turn = is_dry ? wire->http->loop->turns : 0;
  return result;
}

/* With TLS only a read tells: the socket may hold what is no answer (session
 * tickets), and OpenSSL an answer that the socket does not show. */
bool tgr_wire_is_quiet(struct tgr_wire *wire) {
  char byte;
  size_t got = 0;
  if (wire->hung_up)
    return false;
  if (wire->tls != NULL)
    return tgr_wire_recv(wire, &byte, 1, &got) == TGR_WIRE_LATER;
  return recv(wire->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 &&
         is_later(errno);
}

/* The clock goes on within a turn only behind work that took long. */
bool tgr_wire_is_still_quiet(struct tgr_wire *wire) {
  const struct tgr_loop *loop = wire->http->loop;
  const bool is_seen = loop->depth > 0 && wire->dry_turn == loop->turns &&
                       wire->happened == 0 &&
                       wire->idle_us == loop->timers.now_us;
  return is_seen ? !wire->hung_up : tgr_wire_is_quiet(wire);
}
