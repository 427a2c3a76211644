/* Signals: the first SIGINT or SIGTERM asks for a graceful stop, the second
 * ends the process at once; so does the first, a while behind the stop's
 * deadline, when the script does not come back. A signal that was ignored when
 * the program was started stays so.
 *
 * SIGPIPE does nothing: a closed pipe is an error of the write. When that was
 * a write to standard output, a graceful stop is asked for. */
#ifndef TGR_CLI_SIGNALS_H
#define TGR_CLI_SIGNALS_H

#include "include/tgrunner.h"

/* From now on signals go to `host`; a thread of its own waits for them. False
 * when the system refuses: errno says why. */
bool tgr_cli_signals_start(struct tgr_host *host);

/* Joins the thread; SIGINT and SIGTERM have their default effect again. */
void tgr_cli_signals_stop(void);

#endif
