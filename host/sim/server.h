/* Server: HTTP on loopback, on a thread of its own, in front of the world.
 *
 * One thread owns everything: it waits in one epoll for microhttpd's sockets,
 * for the inbox's wake-up, and for the hang-up of clients whose calls wait (a
 * suspended connection is invisible to microhttpd). One of the two homes of
 * microhttpd.h.
 *
 * In:    sockets; tgr_sim_server_wake.
 * Out:   api.c and control.c, through calls. */
#ifndef TGR_SIM_SERVER_H
#define TGR_SIM_SERVER_H

#include "sim/world.h"

struct tgr_sim_server;

/* Listens on 127.0.0.1:`port` (0 for any) and starts the thread. `world`
 * belongs to that thread until the server is stopped. `error` (may be NULL)
 * gets one line on failure. */
TGR_MUST_CHECK enum tgr_status tgr_sim_server_start(struct tgr_sim_world *world,
                                                    uint16_t port,
                                                    struct tgr_sim_server **out,
                                                    struct tgr_error *error);

/* Joins the thread, closes all connections, frees. */
void tgr_sim_server_stop(struct tgr_sim_server *server);

uint16_t tgr_sim_server_port(const struct tgr_sim_server *server);

/* Any thread. Makes the server look into the world's inbox. */
void tgr_sim_server_wake(struct tgr_sim_server *server);

#endif
