/* Failure: what a transfer's end is to people: a status and one line. */
#ifndef TGR_NET_FAILURE_H
#define TGR_NET_FAILURE_H

#include "net/core.h"

/* Sets status and error of the handle's request, which ended with `code`, or
 * because of its `failure`. The line holds the server's name, never a path. */
void tgr_failure_tell(const struct tgr_http_handle *handle, CURLcode code);

/* The same for a request that failed before curl had it. */
void tgr_failure_tell_early(struct tgr_http_request *request);

#endif
