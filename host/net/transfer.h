/* Transfer: one request on one easy handle: what curl is told before, what is
 * read from it behind. */
#ifndef TGR_NET_TRANSFER_H
#define TGR_NET_TRANSFER_H

#include "net/core.h"

/* More than this is not taken from the network before on_body has had it. */
enum { TGR_HTTP_HIGH_WATER = 256 * 1024 };

/* Sets the handle up for its request. TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status tgr_transfer_set(struct tgr_http *http,
                                                struct tgr_http_handle *handle);

/* Sets what the handle's request says of connecting. */
void tgr_transfer_set_connect(struct tgr_http_handle *handle);

/* Forgets what of the request the handle still points to. */
void tgr_transfer_unset(struct tgr_http_handle *handle);

/* Whether bytes of the request may have reached the server. */
bool tgr_transfer_sent(const struct tgr_http_handle *handle);

/* Reads the results that curl knows. On a handle whose transfer has ended. */
void tgr_transfer_collect(struct tgr_http_handle *handle, CURLcode code);

/* The request's body as that of a POST. */
void tgr_transfer_set_body(CURL *easy, const struct tgr_http_request *request);

/* Bytes that have moved either way. */
uint64_t tgr_transfer_moved(const struct tgr_http_handle *handle);

/* Tells curl to go on with what `bits` (CURLPAUSE_…) had paused. */
void tgr_transfer_unpause(struct tgr_http_request *request, unsigned bits);

/* CURLOPT_PREREQFUNCTION; `user` is the handle. Lets a request out once: curl
 * would send it again, also a POST, when a kept connection turns out closed
 * before any byte of the answer. */
int tgr_transfer_on_begin(void *user, char *peer, char *local, int peer_port,
                          int local_port);

/* CURLOPT_WRITEFUNCTION; `user` is the handle. */
size_t tgr_transfer_on_write(char *bytes, size_t size, size_t count,
                             void *user);

#endif
