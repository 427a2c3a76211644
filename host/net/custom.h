/* Custom: what only requests of the lanes FILE and FETCH may ask for: parts,
 * methods, headers, redirects. */
#ifndef TGR_NET_CUSTOM_H
#define TGR_NET_CUSTOM_H

#include "net/core.h"

/* Sets a handle of these lanes up for its request, from nothing. TGR_ENOMEM.
 */
TGR_MUST_CHECK enum tgr_status tgr_custom_set(struct tgr_http *http,
                                              struct tgr_http_handle *handle);

/* Has the handle forget it all. */
void tgr_custom_unset(struct tgr_http_handle *handle);

#endif
