/* What the sink's files share; for them only. */
#ifndef TGR_ENGINE_SINK_INSIDE_H
#define TGR_ENGINE_SINK_INSIDE_H

#include "engine/sink.h"

static inline struct tgr_task *tgr_sink_task(struct tgr_link *link) {
  return TGR_CONTAINER_OF(link, struct tgr_task, link);
}

/* Something has become free: waiters may be granted, the pump may run. */
void tgr_sink_wake(struct tgr_sink *sink);

/* A task on no list is next in line for a slot. */
void tgr_sink_make_runnable(struct tgr_sink *sink, struct tgr_task *task);

/* A task that has just taken its slot, last of the running, gets its time. */
void tgr_sink_set_deadline(struct tgr_sink *sink, struct tgr_task *task);

/* The callback of sink->deadline. */
void tgr_sink_deadline(struct tgr_timer *timer);

#endif
