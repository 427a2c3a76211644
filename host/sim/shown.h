/* Shown: what the person at the console sees of what a bot sends.
 *
 * Owner: the simulator's thread. Not here: buttons (button.c), what messages
 * are made of (message.c). */
#ifndef TGR_SIM_SHOWN_H
#define TGR_SIM_SHOWN_H

#include "base/buf.h"

#include <jansson.h>

/* Appends a message's text or caption; of one without either what it is, in
 * brackets: "[photo]", "[dice 4]", "[poll Lunch?]". */
TGR_MUST_CHECK enum tgr_status tgr_sim_shown_message(const json_t *message,
                                                     struct tgr_buf *out);

/* Appends "[kind] text". */
TGR_MUST_CHECK enum tgr_status
tgr_sim_shown_mark(const char *kind, const json_t *text, struct tgr_buf *out);

#endif
