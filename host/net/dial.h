/* Dial: connections that libcurl makes for us: the name, the choice among
 * addresses, TLS, certificates, the time limit of connecting are its work
 * (CURLOPT_CONNECT_ONLY); what then goes over the connection is ours (lean.c).
 *
 * A plain connection is taken from curl altogether. One with TLS stays with its
 * handle, which encrypts. The handle is used at once and then counts as one at
 * work on its connection: so curl neither closes the connection as an idle one
 * nor gives it to another transfer. */
#ifndef TGR_NET_DIAL_H
#define TGR_NET_DIAL_H

#include "net/core.h"

/* Begins to connect for the request, which gets a handle. The end comes by
 * multi.ended, with the handle. TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status tgr_dial_begin(struct tgr_http_request *request);

/* Connects once more, by more certificates, when that is what failed. */
bool tgr_dial_again(struct tgr_http_handle *handle, CURLcode code);

/* The descriptor of the handle's connection, ours to poll. A plain one (not
 * `secure`) is a copy by which the connection lives on, ours to close as well;
 * -1 with errno set when there can be none. With TLS it is curl's own, which
 * curl closes. */
int tgr_dial_fd(struct tgr_http *http, struct tgr_http_handle *handle,
                bool secure);

/* Ends what the handle does, closes what it holds of a connection, and keeps it
 * for another one. */
void tgr_dial_put(struct tgr_http *http, struct tgr_http_handle *handle);

/* Frees the idle handles. */
void tgr_dial_free_all(struct tgr_http *http);

#endif
