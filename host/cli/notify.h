/* Notify: tells systemd how the program is, as sd_notify(3) describes: one
 * datagram of "NAME=value" lines to $NOTIFY_SOCKET.
 *
 * READY=1 once a bot has reached its server, STATUS= with each change, and
 * STOPPING=1. For the watchdog (WATCHDOG_USEC) WATCHDOG=1 goes out for requests
 * for updates that succeeded, and for nothing else: a program whose bot gets no
 * updates any more is restarted. Without that socket nothing happens. */
#ifndef TGR_CLI_NOTIFY_H
#define TGR_CLI_NOTIFY_H

#include "include/tgrunner.h"

/* A change of the host's state, on its thread. */
void tgr_cli_notify_event(const struct tgr_host_event *event);

/* Watches the host's polls on a thread of its own, if systemd wants to know.
 * False when there is no thread for it. */
bool tgr_cli_notify_start(const struct tgr_host *host);

/* Joins the thread. */
void tgr_cli_notify_stop(void);

#endif
