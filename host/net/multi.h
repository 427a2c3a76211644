/* Multi: a curl multi handle driven by a loop.
 *
 * curl's callbacks only note: a socket's wishes become poll interests, its
 * timer becomes one of ours, a timer of 0 ms a job. curl_multi_socket_action is
 * called from jobs, and so are the ends of transfers told.
 *
 * Owner: the thread of the loop. */
#ifndef TGR_NET_MULTI_H
#define TGR_NET_MULTI_H

#include "net/sockets.h"

struct tgr_multi {
  struct tgr_loop *loop;
  CURLM *curl;
  struct tgr_sockets sockets;
  struct tgr_timer timer; /* the one curl asks for */
  struct tgr_job timeout; /* tells curl that it is due */
  /* A transfer has ended. `easy` is still added. */
  void (*ended)(struct tgr_multi *multi, CURL *easy, CURLcode code);
  /* A socket of this transfer cannot be polled. Called within curl: note it. */
  void (*starved)(struct tgr_multi *multi, CURL *easy);
};

/* `ended` and `starved` are set by the caller behind it. */
TGR_MUST_CHECK enum tgr_status tgr_multi_init(struct tgr_multi *multi,
                                              struct tgr_loop *loop,
                                              long max_kept_connections);
/* No transfer is added any more. */
void tgr_multi_deinit(struct tgr_multi *multi);

TGR_MUST_CHECK enum tgr_status tgr_multi_add(struct tgr_multi *multi,
                                             CURL *easy);
/* Ends the transfer if it is under way, and closes its connection then. */
void tgr_multi_remove(struct tgr_multi *multi, CURL *easy);

#endif
