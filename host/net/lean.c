/* One request over one wire. */
#include "net/lean.h"

#include "net/dial.h"
#include "net/failure.h"
#include "net/url_inside.h"

#include <string.h>

/* Reads and writes for one wire before others have their turn; a body of this
 * many bytes is read to where it stays. */
enum { READS_AT_ONCE = 16, WRITES_AT_ONCE = 16, LARGE = 4096 };

/* A body's room that is taken on the server's word alone. */
enum { TRUSTED = 256 * 1024 };

bool tgr_lean_applies(const struct tgr_http *http,
                      const struct tgr_http_request *request) {
  return http->lean && request->lane <= TGR_HTTP_POLL &&
         request->url->post != NULL && request->part_count == 0 &&
         request->on_body == NULL;
}

/* ---- who has the wire --------------------------------------------------- */

/* "123\r\n\r\n": the length's digits end the head. */
static void make_tail(struct tgr_wire *wire, size_t body_len) {
  char digits[20];
  size_t count = 0;
  do {
    digits[count++] = (char)('0' + body_len % 10);
    body_len /= 10;
  } while (body_len > 0);
  size_t len = 0;
  while (count > 0)
    wire->tail[len++] = digits[--count];
  memcpy(wire->tail + len, "\r\n\r\n", 4);
  wire->tail_len = len + 4;
}

static void attach(struct tgr_wire *wire, struct tgr_http_request *request) {
  make_tail(wire, request->body_len);
  wire->total = request->url->post_len + wire->tail_len + request->body_len;
  wire->written = 0;
  wire->received = 0;
  wire->deaf = false;
  wire->request = request;
  request->wire = wire;
  tgr_frame_begin(&wire->frame);
}

static void detach(struct tgr_wire *wire) {
  wire->request->wire = NULL;
  wire->request = NULL;
  wire->reused = true;
}

void tgr_lean_drop(struct tgr_http_request *request) {
  struct tgr_wire *wire = request->wire;
  detach(wire);
  tgr_wires_drop(&request->http->wires, wire);
}

void tgr_lean_collect(struct tgr_http_request *request) {
  const struct tgr_wire *wire = request->wire;
  const int status = wire->frame.status;
  request->http_status = status >= 200 ? status : 0;
  request->sent = wire->written > 0;
  request->reused = wire->reused && request->sent;
}

/* ---- ends --------------------------------------------------------------- */

/* The answer is there. */
static void complete(struct tgr_wire *wire, bool keeps) {
  struct tgr_http_request *request = wire->request;
  tgr_lean_collect(request);
  detach(wire);
  if (keeps)
    tgr_wires_put(&wire->http->wires, wire);
  else
    tgr_wires_drop(&wire->http->wires, wire);
  request->http->ended(request);
}

/* The request has failed. */
static void fail(struct tgr_wire *wire, enum tgr_status status) {
  struct tgr_http_request *request = wire->request;
  tgr_lean_collect(request);
  if (status == TGR_ENET)
    tgr_failure_tell_break(request);
  else if (status == TGR_EPROTO)
    tgr_failure_tell_protocol(request);
  else
    tgr_failure_tell_own(request, status);
  tgr_lean_drop(request);
  request->http->ended(request);
}

/* ---- out ---------------------------------------------------------------- */

/* Copies what of `part`, which begins at `*at` of the whole, lies behind `from`
 * to the piece; moves `*at` to its end. */
static void add_part(char *piece, size_t *len, size_t *at, size_t from,
                     const char *part, size_t part_len) {
  const size_t skip = from > *at ? from - *at : 0;
  *at += part_len;
  if (skip >= part_len)
    return;
  size_t count = part_len - skip;
  if (count > TGR_LEAN_PIECE - *len)
    count = TGR_LEAN_PIECE - *len;
  memcpy(piece + *len, part + skip, count);
  *len += count;
}

/* The next bytes to be written: the whole request, unless it is large. */
static size_t make_piece(const struct tgr_wire *wire, char *piece) {
  const struct tgr_http_request *request = wire->request;
  size_t len = 0;
  size_t at = 0;
  add_part(piece, &len, &at, wire->written, request->url->post,
           request->url->post_len);
  add_part(piece, &len, &at, wire->written, wire->tail, wire->tail_len);
  if (request->body_len > 0)
    add_part(piece, &len, &at, wire->written, request->body, request->body_len);
  return len;
}

static enum tgr_wire_result write_on(struct tgr_wire *wire) {
  char *piece = wire->http->scratch;
  for (int i = 0; wire->written < wire->total; i++) {
    if (i == WRITES_AT_ONCE)
      return TGR_WIRE_LATER; /* it is reported again at once */
    const size_t len = make_piece(wire, piece);
    size_t sent = 0;
    const enum tgr_wire_result result = tgr_wire_send(wire, piece, len, &sent);
    if (result != TGR_WIRE_DONE)
      return result;
    wire->written += sent;
  }
  return TGR_WIRE_DONE;
}

/* Its job ends it: a start must not. */
static void note_failure(struct tgr_http_request *request,
                         enum tgr_status status) {
  request->failure = status;
  tgr_ready_put(&request->http->loop->ready, &request->job);
}

/* Does what follows from a write. When the server takes no more, it may have
 * said why: its answer is looked for before the request fails. */
static void settle(struct tgr_wire *wire, enum tgr_wire_result result) {
  wire->deaf = result == TGR_WIRE_BROKEN;
  if (wire->deaf)
    tgr_wire_note(wire, UV_READABLE);
  else if (tgr_wire_poll(wire, result == TGR_WIRE_LATER) != TGR_OK)
    note_failure(wire->request, TGR_ENOMEM);
}

/* ---- in ----------------------------------------------------------------- */

static enum tgr_status keep_body(struct tgr_http_request *request,
                                 const struct tgr_frame_piece *body) {
  struct tgr_buf *response = &request->response;
  if (body->len > request->max_response - request->received)
    return TGR_ELIMIT;
  request->received += body->len;
  if (body->bytes != response->bytes + response->len)
    return tgr_buf_append(response, body->bytes, body->len);
  response->len += body->len; /* it was read to where it stays */
  return TGR_OK;
}

/* Takes what was read. `*used` is less than `len` when the answer ends before.
 * What is going to be too long is refused at once. */
static enum tgr_status take(struct tgr_wire *wire, const char *bytes,
                            size_t len, size_t *used) {
  *used = 0;
  while (*used < len && !tgr_frame_has_ended(&wire->frame)) {
    struct tgr_frame_piece body;
    size_t step = 0;
    enum tgr_status status =
        tgr_frame_feed(&wire->frame, bytes + *used, len - *used, &step, &body);
    *used += step;
    if (status == TGR_OK && body.len > 0)
      status = keep_body(wire->request, &body);
    if (status != TGR_OK)
      return status;
  }
  const struct tgr_http_request *request = wire->request;
  const size_t most = request->max_response - request->received;
  return tgr_frame_expects(&wire->frame) > most ? TGR_ELIMIT : TGR_OK;
}

/* Where the next bytes go: the rest of a large body to its place, everything
 * else by way of the scratch. There is room for a byte more than is expected:
 * so a read shows whether something lies behind the answer. */
static enum tgr_status make_room(struct tgr_wire *wire, char **room,
                                 size_t *len) {
  struct tgr_http_request *request = wire->request;
  const uint64_t expected = tgr_frame_expects(&wire->frame);
  *room = wire->http->scratch;
  *len = TGR_LEAN_PIECE;
  if (expected < LARGE)
    return TGR_OK;
  const size_t count = expected < TRUSTED ? (size_t)expected + 1 : TRUSTED;
  const enum tgr_status status = tgr_buf_reserve(&request->response, count);
  *room = request->response.bytes + request->response.len;
  *len = count;
  return status;
}

/* Once the answer is complete: whatever else was said, or not taken, makes the
 * connection useless. */
static void end_answer(struct tgr_wire *wire, bool is_all_used) {
  complete(wire, is_all_used && !wire->hung_up &&
                     wire->written == wire->total &&
                     tgr_frame_keeps(&wire->frame));
}

static void end_of_stream(struct tgr_wire *wire, enum tgr_wire_result result) {
  if (result == TGR_WIRE_DONE && tgr_frame_hang_up(&wire->frame))
    complete(wire, false);
  else
    fail(wire, TGR_ENET);
}

/* Reads once; false when there is no more for now, or the request has ended. */
static bool read_once(struct tgr_wire *wire) {
  char *room = NULL;
  size_t len = 0;
  size_t got = 0;
  size_t used = 0;
  enum tgr_status status = make_room(wire, &room, &len);
  if (status != TGR_OK) {
    fail(wire, status);
    return false;
  }
  const enum tgr_wire_result result = tgr_wire_recv(wire, room, len, &got);
  const bool is_lost = wire->deaf || wire->polled == 0; /* or it would wait */
  if (result == TGR_WIRE_LATER && !is_lost)
    return false;
  if (result != TGR_WIRE_DONE || got == 0) {
    end_of_stream(wire, result);
    return false;
  }
  wire->received += got;
  status = take(wire, room, got, &used);
  if (status != TGR_OK)
    fail(wire, status);
  else if (tgr_frame_has_ended(&wire->frame))
    end_answer(wire, used == got);
  else
    return got == len || wire->tls != NULL || wire->hung_up || wire->deaf;
  return false;
}

/* What TLS has read and not given is not reported again: the job goes on. */
static void read_on(struct tgr_wire *wire) {
  for (int i = 0; i < READS_AT_ONCE; i++)
    if (!read_once(wire))
      return;
  tgr_wire_note(wire, UV_READABLE);
}

/* ---- events ------------------------------------------------------------- */

static void act(struct tgr_wire *wire, int events) {
  const struct tgr_http_request *request = wire->request;
  if (request == NULL) {
    if (!tgr_wire_is_quiet(wire))
      tgr_wires_drop(&wire->http->wires, wire);
    return;
  }
  if (request->failure != TGR_OK)
    return; /* its job will end it */
  if ((events & UV_WRITABLE) && !wire->deaf)
    settle(wire, write_on(wire));
  if ((events & UV_READABLE) && wire->request != NULL)
    read_on(wire);
}

/* ---- begins ------------------------------------------------------------- */

enum tgr_status tgr_lean_begin(struct tgr_http_request *request) {
  struct tgr_wires *wires = &request->http->wires;
  struct tgr_wire *wire = NULL;
  while ((wire = tgr_wires_take(wires, request->url)) != NULL) {
    attach(wire, request);
    const enum tgr_wire_result result = write_on(wire);
    if (result != TGR_WIRE_BROKEN || wire->written > 0) {
      settle(wire, result);
      return TGR_OK;
    }
    tgr_lean_drop(request); /* nothing has left: another one may do */
  }
  return tgr_dial_begin(request);
}

enum tgr_status tgr_lean_connected(struct tgr_http_handle *handle) {
  struct tgr_http_request *request = handle->request;
  struct tgr_http *http = request->http;
  struct tgr_wire *wire = NULL;
  const enum tgr_status status =
      tgr_wires_add(&http->wires, request->url, handle, act, &wire);
  if (status != TGR_OK)
    return status;
  request->handle = NULL;
  handle->request = NULL;
  http->places[request->lane].handles++;
  attach(wire, request);
  settle(wire, write_on(wire));
  return TGR_OK;
}
