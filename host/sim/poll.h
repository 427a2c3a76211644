/* Poll: getUpdates and how updates reach it.
 *
 * Owner: the simulator's thread. Not here: other methods (method.c). */
#ifndef TGR_SIM_POLL_H
#define TGR_SIM_POLL_H

#include "sim/call.h"

/* Answers a getUpdates call, or lets it wait. */
void tgr_sim_poll_run(struct tgr_sim_call *call);

/* An update or raw body came: ends the bot's waiting poll, at once or after
 * the gather time. */
void tgr_sim_poll_wake(struct tgr_sim_world *world, struct tgr_sim_bot *bot);

/* Ends the bot's waiting poll with a 409. */
void tgr_sim_poll_evict(struct tgr_sim_bot *bot, const char *by);

/* Queues one update of any kind: gives it an id when it has none, drops it
 * when the bot does not want its kind. TGR_EINVAL when it is no object. */
TGR_MUST_CHECK enum tgr_status tgr_sim_poll_feed(struct tgr_sim_world *world,
                                                 struct tgr_sim_bot *bot,
                                                 json_t *update);

#endif
