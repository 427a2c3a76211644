/* Calm: jobs that wait until there is next to nothing left to do for calls.
 *
 * In: tgr_http_is_calm, tgr_http_put_calm (http.h). */
#ifndef TGR_NET_CALM_H
#define TGR_NET_CALM_H

#include "net/core.h"

/* Something of the lane of calls has changed: when it is calm, the jobs that
 * wait for that come to the front of the ready list. What they begin is under
 * way while the few calls that are left end. */
void tgr_calm_note(struct tgr_http *http);

#endif
