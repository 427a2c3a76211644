/* Handle: the pool of curl easy handles, one list a lane. */
#ifndef TGR_NET_HANDLE_H
#define TGR_NET_HANDLE_H

#include "net/core.h"

/* An idle handle of the lane, or a new one; NULL when out of memory. */
struct tgr_http_handle *tgr_http_handle_get(struct tgr_http *http,
                                            enum tgr_http_lane lane);
/* Gives one back, which is not with the multi handle any more. */
void tgr_http_handle_put(struct tgr_http *http, enum tgr_http_lane lane,
                         struct tgr_http_handle *handle);
/* Frees the lane's idle handles. */
void tgr_http_handle_free_all(struct tgr_http *http, enum tgr_http_lane lane);

/* One that is in no list; NULL when out of memory. */
struct tgr_http_handle *tgr_http_handle_new(struct tgr_http *http);
/* It is not with the multi handle any more. */
void tgr_http_handle_free(struct tgr_http *http,
                          struct tgr_http_handle *handle);

/* Sets everything that is the same for all requests; also behind
 * curl_easy_reset. False when out of memory. */
bool tgr_http_handle_set_up(struct tgr_http *http,
                            struct tgr_http_handle *handle);

#endif
