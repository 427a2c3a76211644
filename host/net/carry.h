/* Carry: what has a request while it is under way: a connection of ours
 * (lean.h), or a handle of curl's, which connects for one or does it all. */
#ifndef TGR_NET_CARRY_H
#define TGR_NET_CARRY_H

#include "net/core.h"

/* Gives the request to one of them. TGR_ENOMEM: nobody has it. */
TGR_MUST_CHECK enum tgr_status
tgr_carry_begin(struct tgr_http_request *request);

/* A handle is at its end, with `code`. True when its request is; false: it goes
 * on over the connection that was made. */
bool tgr_carry_ends(struct tgr_http_handle *handle, CURLcode code);

static inline bool tgr_carry_has(const struct tgr_http_request *request) {
  return request->handle != NULL || request->wire != NULL;
}

/* Reads the results so far; of a request that failed on our side, says why. */
void tgr_carry_collect(struct tgr_http_request *request);

/* Whether bytes of the request may have reached the server. */
bool tgr_carry_sent(const struct tgr_http_request *request);

/* Bytes that have moved either way. */
uint64_t tgr_carry_moved(const struct tgr_http_request *request);

/* Takes the request from whoever has it; what is under way is broken off. */
void tgr_carry_drop(struct tgr_http_request *request);

#endif
