/* Overdue: tells a script's timeout handler of an update that timed out.
 *
 * handler(object, task) runs in a fiber of its own, without a slot; as what a
 * handler spawns, it ends at the deadline of its runner's stop. `task` is the
 * Task of the update's fiber: cancelled, or (cancel = false, or a worker that
 * does not answer) still running, with its end or error to be seen on it. */
#ifndef TGR_SCRIPT_OVERDUE_H
#define TGR_SCRIPT_OVERDUE_H

#include "script/fiber.h"

struct tgr_handler;

/* `fiber` runs an update of `handler` that timed out. Does nothing when there
 * is no timeout handler, or when it was told already. */
void tgr_overdue_tell(struct tgr_handler *handler, struct tgr_fiber *fiber);

/* The fiber of an update has ended: tells a timeout that was not told yet, and
 * shows the end on the Task a script may hold. */
void tgr_overdue_end(struct tgr_handler *handler, struct tgr_fiber *fiber,
                     enum tgr_fiber_end how);

#endif
