/* Url: a URL that is parsed once and used for many requests.
 *
 * Immutable: any thread may use one. */
#ifndef TGR_NET_URL_H
#define TGR_NET_URL_H

#include "base/mem.h"
#include "base/status.h"

struct tgr_http_url;

/* Parses `text`. TGR_EINVAL when it is no http or https URL (the error shows
 * none of it), TGR_ENOMEM. `error` may be NULL. */
TGR_MUST_CHECK enum tgr_status tgr_http_url_new(const struct tgr_mem *mem,
                                                const char *text,
                                                struct tgr_http_url **out,
                                                struct tgr_error *error);

/* No request may use it any more. NULL is fine. */
void tgr_http_url_free(struct tgr_http_url *url);

/* "host" or "host:port", for messages. */
const char *tgr_http_url_origin(const struct tgr_http_url *url);

#endif
