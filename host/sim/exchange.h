/* Exchange: one HTTP request: its body comes in, its call runs, its answer goes
 * out. A call that waits has its connection suspended, and its socket watched
 * for a hang-up, which microhttpd does not do for suspended connections.
 *
 * Owner: the simulator's thread. In and out: microhttpd's callbacks. */
#ifndef TGR_SIM_EXCHANGE_H
#define TGR_SIM_EXCHANGE_H

#include "sim/world.h"

#include <microhttpd.h>

/* What all exchanges of a server share. */
struct tgr_sim_door {
  const struct tgr_mem *mem;
  struct tgr_sim_world *world;
  int epoll_fd; /* where sockets of waiting calls are watched; the event's
                   data.ptr is for tgr_sim_exchange_lose */
  bool resumed; /* connections wait for microhttpd's next turn */
  struct tgr_buf scratch;  /* a JSON answer on its way out */
  struct tgr_list waiting; /* exchanges whose connection is suspended */
};

/* MHD_AccessHandlerCallback with the door as `user`: for a request's head, for
 * each piece of its body, at its end, and again after its connection was
 * resumed. */
enum MHD_Result tgr_sim_exchange_run(void *user,
                                     struct MHD_Connection *connection,
                                     const char *path, const char *verb,
                                     const char *version, const char *bytes,
                                     size_t *len, void **context);
/* MHD_RequestCompletedCallback. */
void tgr_sim_exchange_end(void *user, struct MHD_Connection *connection,
                          void **context, enum MHD_RequestTerminationCode code);

/* The client of a waiting exchange went away. */
void tgr_sim_exchange_lose(void *exchange);
void tgr_sim_exchange_lose_all(struct tgr_sim_door *door);

int tgr_sim_exchange_socket(struct MHD_Connection *connection);

#endif
