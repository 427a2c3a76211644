/* Control: the HTTP endpoints under /sim/, for specs and people who try a bot.
 *
 * Owner: the simulator's thread. Reference: README.md of this folder and the
 * comment at the top of control.c. */
#ifndef TGR_SIM_CONTROL_H
#define TGR_SIM_CONTROL_H

#include "sim/call.h"

/* Answers "<verb> <path>" with `path` beginning with "/sim/". `query` holds
 * the parameters of the URL, `body` the raw body. */
void tgr_sim_control_run(struct tgr_sim_call *call, const char *verb,
                         const char *path, const struct tgr_buf *body);

#endif
