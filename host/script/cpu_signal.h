/* CPU signal: the process's handler for the signal that guards use, for as long
 * as one of them does.
 *
 * What a signal does is the process's own, so who needs ours is counted for the
 * whole process: the first installs it, the last gives back what was there. */
#ifndef TGR_SCRIPT_CPU_SIGNAL_H
#define TGR_SCRIPT_CPU_SIGNAL_H

#include "base/status.h"

/* Any thread. Installs `handler`, the same for all who ask. TGR_ESTATE for what
 * is no signal that can be handled. */
TGR_MUST_CHECK enum tgr_status tgr_cpu_signal_take(int number,
                                                   void (*handler)(int));

/* Any thread, once for each take, when nobody sends the signal for it any
 * more. A handler that the program has set meanwhile stays. */
void tgr_cpu_signal_drop(int number);

#endif
