/* Feed: updates that the embedding program hands in.
 *
 * They wait here until a runner of the script runs and its sink has room; then
 * they go the way of those that were fetched, but no offset confirms them.
 *
 * Owner: the thread of the loop. */
#ifndef TGR_SCRIPT_FEED_H
#define TGR_SCRIPT_FEED_H

#include "engine/sink.h"

#include <stdatomic.h>

struct tgr_script;

struct tgr_feed {
  struct tgr_list tasks;
  struct tgr_sink_waiter waiter;
};

void tgr_feed_init(struct tgr_feed *feed);

/* Takes a task over. */
void tgr_feed_put(struct tgr_script *script, struct tgr_task *task);

/* A runner was started: hands over what there is room for. */
void tgr_feed_pump(struct tgr_script *script);

/* Forgets what waits. */
void tgr_feed_close(struct tgr_script *script);

#endif
