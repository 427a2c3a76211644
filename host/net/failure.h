/* Failure: what a transfer's end is to people: a status and one line. */
#ifndef TGR_NET_FAILURE_H
#define TGR_NET_FAILURE_H

#include "net/core.h"

/* Sets status and error of the handle's request, which ended with `code`, or
 * because of its `failure`. The line holds the server's name, never a path. */
void tgr_failure_tell(const struct tgr_http_handle *handle, CURLcode code);

/* The same where a connection of ours could not be taken over from curl, for
 * the reason `code` (errno). */
void tgr_failure_tell_connect(struct tgr_http_request *request, int code);

/* The same where the request's wire has broken. */
void tgr_failure_tell_break(struct tgr_http_request *request);

/* The same where the answer is not understood: the wire's frame has why. */
void tgr_failure_tell_protocol(struct tgr_http_request *request);

/* The same where the end is of our making: `status`. */
void tgr_failure_tell_own(struct tgr_http_request *request,
                          enum tgr_status status);

/* The same for a request that failed before anybody had it. */
void tgr_failure_tell_early(struct tgr_http_request *request);

/* "30 s", "1500 ms"; `text`, of `size` bytes. */
const char *tgr_failure_span(uint64_t ms, char *text, size_t size);

/* Notes that a request fails because the disk of the file at `path` has not
 * answered for its stall_ms. */
void tgr_failure_note_disk(struct tgr_http_request *request, const char *path);

#endif
