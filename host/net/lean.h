/* Lean: small requests over connections of ours.
 *
 * libcurl's transfer layer costs 65,000 instructions a request, most of them
 * for what a call of the Bot API never asks for. A request of the lanes CALL
 * and POLL goes out here instead, as one write of its head and body on a kept
 * connection, and its answer comes in by one read on average. libcurl still
 * makes the connections (dial.h).
 *
 * What is not so plain stays with libcurl's transfers, which do the same more
 * slowly: where a proxy is in use, URLs with a user name, streamed bodies, the
 * lanes FILE and FETCH. Callers see no difference.
 *
 * A request is sent again, on another connection, only when no byte of it could
 * be written.
 *
 * Owner: the thread of the loop. */
#ifndef TGR_NET_LEAN_H
#define TGR_NET_LEAN_H

#include "net/core.h"

/* What is written at once, a record of TLS, and read at most of a plain wire
 * (but for large bodies): with TLS curl gives DIAL_BUFFER bytes (dial.c). */
enum { TGR_LEAN_PIECE = 16 * 1024 };

/* Whether the request can go this way. */
bool tgr_lean_applies(const struct tgr_http *http,
                      const struct tgr_http_request *request);

/* Sends the request on an idle connection, or begins to connect for it.
 * TGR_ENOMEM. What comes of it is told by http->ended, from a job. */
TGR_MUST_CHECK enum tgr_status tgr_lean_begin(struct tgr_http_request *request);

/* The handle has connected: its request is sent. TGR_ENOMEM, or TGR_ENET with
 * errno set: the request still has the handle. */
TGR_MUST_CHECK enum tgr_status
tgr_lean_connected(struct tgr_http_handle *handle);

/* Reads the results so far of a request that has a wire. */
void tgr_lean_collect(struct tgr_http_request *request);

/* Takes the wire from the request and closes it. */
void tgr_lean_drop(struct tgr_http_request *request);

#endif
