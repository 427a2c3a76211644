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

/* The script's state is about to be given up: appends what waits, oldest first,
 * for another state's feed, with what the first runner has taken and not begun.
 * Left out is what somebody else has: a journal, the state itself (values of
 * the script's own source), or the server, which sends again what no offset has
 * confirmed. */
void tgr_feed_rescue(struct tgr_script *script, struct tgr_list *tasks);

/* Forgets what waits. */
void tgr_feed_close(struct tgr_script *script);

#endif
