/* Spawned: what works for the updates of one runner: their handlers, and what
 * these have started. A sink may serve several runners, and scripts that hand
 * in updates themselves; a runner that stops ends its own alone.
 *
 * Not here: the Task that a script holds (spawn.h). */
#ifndef TGR_SCRIPT_SPAWNED_H
#define TGR_SCRIPT_SPAWNED_H

#include "script/fiber.h"

/* Whether the fiber works for an update that `origin` (a handler) runs and
 * `watch` (a runner's) watches. */
bool tgr_spawned_is_of(const struct tgr_fiber *fiber, const void *origin,
                       const void *watch);

/* Cancels all of these, or only repeated calls. True when something is left
 * that was not cancelled. */
bool tgr_spawned_cancel(struct tgr_fibers *fibers, const void *origin,
                        const void *watch, bool only_background);

#endif
