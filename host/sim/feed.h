/* Feed: the forms in which specs hand the simulator an update.
 *
 * An Update object of any kind; {"raw":"bytes","update_id":N}, bytes that are
 * served as one element of a getUpdates answer; {"raw_body":"bytes",
 * "status":200}, bytes that are one whole answer. raw_hex and raw_body_hex take
 * bytes that no JSON text can hold.
 *
 * Owner: the simulator's thread.
 * Not here: how updates wait and reach polls (queue.c, poll.c). */
#ifndef TGR_SIM_FEED_H
#define TGR_SIM_FEED_H

#include "sim/call.h"

/* Feeds one update to the call's bot and wakes its poll. TGR_EINVAL for what
 * is no update, no hex or no status; `fault` says which, and stays empty for
 * what is no update at all. TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status tgr_sim_feed(struct tgr_sim_call *call,
                                            json_t *json,
                                            char fault[TGR_SIM_FAULT_MAX]);

#endif
