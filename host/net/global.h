/* Global: curl's process-wide state. */
#ifndef TGR_NET_GLOBAL_H
#define TGR_NET_GLOBAL_H

#include "base/status.h"

/* Any thread. Initialises libcurl, the first time that it is called in the
 * process. curl counts references: an application that initialises and cleans
 * up curl itself is not in the way, and ours stays until the process ends. */
TGR_MUST_CHECK enum tgr_status tgr_net_global_init(void);

#endif
