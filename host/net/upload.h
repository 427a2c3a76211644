/* Upload: the multipart body of a request: bytes, and files that are read while
 * they are sent. */
#ifndef TGR_NET_UPLOAD_H
#define TGR_NET_UPLOAD_H

#include "net/core.h"

/* Starts to open the files of the request's parts. TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status tgr_upload_new(struct tgr_http_request *request);

/* Frees the request's upload, if any. curl does not use it any more. */
void tgr_upload_free(struct tgr_http_request *request);

/* Whether all files are open. When one could not be, the request's failure and
 * error are set. */
bool tgr_upload_is_open(struct tgr_http_request *request);

/* Whether the request waits for a disk, which has not answered for its
 * stall_ms. The request's failure and error are set then. */
bool tgr_upload_note_stall(struct tgr_http_request *request);

/* Makes the parts the body of what `easy` sends. TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status
tgr_upload_attach(struct tgr_http_request *request, CURL *easy);

#endif
