/* Wires: the connections of ours, by the server they lead to.
 *
 * The last used is used first, so that few stay warm and the others go: after
 * 118 s without a request, as curl's, or sooner when the server says so
 * (Keep-Alive). A connection that the server closes is closed at once.
 *
 * Owner: the thread of the loop.
 * Not here: how many there may be at once (width.h). */
#ifndef TGR_NET_WIRES_H
#define TGR_NET_WIRES_H

#include "net/url.h"
#include "net/wire.h"

/* One server, and its idle wires. It lives as long as it has a wire. */
struct tgr_site {
  struct tgr_link link; /* the last used first */
  struct tgr_list idle; /* the last used last */
  unsigned wires;       /* idle or not */
  size_t len;
  char name[]; /* "https://host:port" */
};

struct tgr_wires {
  struct tgr_http *http;
  struct tgr_list sites;
  struct tgr_timer timer; /* for the idle one that has to go first */
  unsigned idle;
  unsigned most_idle;
};

/* At most `most_idle` are kept. */
void tgr_wires_init(struct tgr_wires *wires, struct tgr_http *http,
                    unsigned most_idle);
/* Closes them all; none is busy. */
void tgr_wires_deinit(struct tgr_wires *wires);

/* An idle wire to the URL's server that has not been closed by it, taken out of
 * the idle ones; NULL when there is none. */
struct tgr_wire *tgr_wires_take(struct tgr_wires *wires,
                                const struct tgr_http_url *url);

/* A new wire, busy, on the connection that the handle has made. TGR_OK: the
 * handle is the wire's, or idle again. TGR_ENOMEM, or TGR_ENET with errno set:
 * it is still the request's. */
TGR_MUST_CHECK enum tgr_status
tgr_wires_add(struct tgr_wires *wires, const struct tgr_http_url *url,
              struct tgr_http_handle *handle,
              void (*act)(struct tgr_wire *wire, int events),
              struct tgr_wire **out);

/* The wire is idle from now on. */
void tgr_wires_put(struct tgr_wires *wires, struct tgr_wire *wire);

/* Closes a wire, busy or idle. */
void tgr_wires_drop(struct tgr_wires *wires, struct tgr_wire *wire);

#endif
