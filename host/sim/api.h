/* Api: one Bot API call: token, method, ordered answers, delay, record.
 *
 * Owner: the simulator's thread. Not here: HTTP (server.c), what methods
 * answer (method.c). */
#ifndef TGR_SIM_API_H
#define TGR_SIM_API_H

#include "sim/call.h"

/* The head of a call to /bot<token>/<method> arrived: starts its record. */
void tgr_sim_api_begin(struct tgr_sim_call *call, const char *path,
                       const char *content_type, uint64_t connection);

/* Its body is complete: answers it or lets it wait. `path` as above. */
void tgr_sim_api_run(struct tgr_sim_call *call, const char *path);

/* Answers a download from /file/bot<token>/<path>. */
void tgr_sim_api_download(struct tgr_sim_call *call, const char *path);

/* The call is over: answered, or lost with its connection. */
void tgr_sim_api_end(struct tgr_sim_call *call, bool aborted);

#endif
