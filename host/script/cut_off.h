/* Cut off: the line about updates that a stop has ended before their time.
 *
 * Who asks for a stop in Lua gets their ids; after a signal only this tells. */
#ifndef TGR_SCRIPT_CUT_OFF_H
#define TGR_SCRIPT_CUT_OFF_H

#include "base/log.h"
#include "engine/runner.h"

/* At the runner's end: one warning with count, ids and what becomes of them;
 * nothing when all have ended, or when somebody waits for the report. */
void tgr_cut_off_tell(const struct tgr_log *log,
                      const struct tgr_runner *runner);

#endif
