/* Signals: the first SIGINT or SIGTERM asks for a graceful stop, the second
 * ends the process at once. SIGPIPE is ignored: a closed pipe is an error of
 * the write. */
#ifndef TGR_CLI_SIGNALS_H
#define TGR_CLI_SIGNALS_H

#include "include/tgrunner.h"

/* From now on signals go to `host`; a thread of its own waits for them. False
 * when the system refuses. */
bool tgr_cli_signals_start(struct tgr_host *host);

/* Joins the thread; signals have their default effect again. */
void tgr_cli_signals_stop(void);

#endif
