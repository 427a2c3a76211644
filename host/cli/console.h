/* Console: --sim. Each line on standard input is a message to the bot, its
 * replies go to standard output; at the end of input the host stops once every
 * message has been fetched and handled, or no bot has come for them in 30 s. */
#ifndef TGR_CLI_CONSOLE_H
#define TGR_CLI_CONSOLE_H

#include "include/tgrunner.h"

/* Starts the simulator. False after one line on stderr. */
bool tgr_cli_console_start(uint16_t port, struct tgr_sim **sim);

/* The same for --sim-load: replies are not printed. */
bool tgr_cli_console_start_silent(uint16_t port, struct tgr_sim **sim);

/* Reads standard input on a thread of its own from now on. False when the
 * system refuses: errno says why. */
bool tgr_cli_console_read(struct tgr_sim *sim, struct tgr_host *host);

/* Instead: sends `count` messages, and stops the host once all of them have
 * been fetched and handled. */
bool tgr_cli_console_load(struct tgr_sim *sim, struct tgr_host *host,
                          uint64_t count);

/* The host has ended: ends the thread, then the simulator. */
void tgr_cli_console_stop(struct tgr_sim *sim);

#endif
