/* Sockets: curl's sockets as libuv poll handles.
 *
 * A registration lives as long as its connection, not as long as a request: a
 * kept connection that goes from request to request costs no system call here.
 * When a socket that no transfer wants becomes readable, the server has closed
 * it (or sent what nobody asked for): it is no longer polled, or a
 * level-triggered poll would report it for ever.
 *
 * Owner: the thread of the loop.
 * Out:   `act`, from a job: what happened on which descriptor. */
#ifndef TGR_NET_SOCKETS_H
#define TGR_NET_SOCKETS_H

#include "base/map.h"
#include "loop/loop.h"

#include <curl/curl.h>

struct tgr_sockets {
  struct tgr_loop *loop;
  const struct tgr_mem *mem;
  struct tgr_map by_fd;
  int open_code; /* errno of the last opening; 0: it went well */
  void (*act)(struct tgr_sockets *sockets, curl_socket_t fd, int bits);
};

void tgr_sockets_init(struct tgr_sockets *sockets, struct tgr_loop *loop,
                      void (*act)(struct tgr_sockets *sockets, curl_socket_t fd,
                                  int bits));
/* Behind curl_multi_cleanup. Handles close in the loop's next turns. */
void tgr_sockets_deinit(struct tgr_sockets *sockets);

/* For CURLOPT_OPENSOCKETFUNCTION and CURLOPT_CLOSESOCKETFUNCTION, with the
 * sockets as their argument. */
curl_socket_t tgr_sockets_open(void *sockets, curlsocktype purpose,
                               struct curl_sockaddr *address);
int tgr_sockets_close(void *sockets, curl_socket_t fd);

/* No longer polls the descriptor, which stays open: somebody else does. */
void tgr_sockets_let_go(struct tgr_sockets *sockets, curl_socket_t fd);

/* What CURLMOPT_SOCKETFUNCTION says: curl wants `what` (CURL_POLL_…) of `fd`.
 * TGR_ENOMEM: it will not be told. */
TGR_MUST_CHECK enum tgr_status tgr_sockets_want(struct tgr_sockets *sockets,
                                                curl_socket_t fd, int what);

#endif
