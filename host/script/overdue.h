/* Overdue: tells a script's timeout handler of an update that timed out.
 *
 * handler(object, task) runs in a fiber of its own, without a slot. `task` is
 * the Task of the update's fiber: cancelled, or (cancel = false) still running,
 * with its end or error to be seen on it. */
#ifndef TGR_SCRIPT_OVERDUE_H
#define TGR_SCRIPT_OVERDUE_H

#include <stdbool.h>

struct tgr_fiber;
struct tgr_handler;

/* `fiber` runs, or has just ended (`over`), an update of `handler` that timed
 * out. Does nothing when there is no timeout handler. */
void tgr_overdue_tell(struct tgr_handler *handler, struct tgr_fiber *fiber,
                      bool over);

#endif
