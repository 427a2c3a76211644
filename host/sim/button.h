/* Button: the inline keyboards the console user sees, and pressing them.
 *
 * Owner: the simulator's thread. */
#ifndef TGR_SIM_BUTTON_H
#define TGR_SIM_BUTTON_H

#include "sim/world.h"

/* The label when a line presses a button, "[Label]": its bytes, borrowed, and
 * their number in `*label_len`. NULL for every other line. */
const char *tgr_sim_button_label(const char *line, size_t len,
                                 size_t *label_len);

/* The callback_query update of pressing the button with this text in the
 * newest message to the console user that has one; a new reference. NULL when
 * no message has such a button, or without memory. Buttons that answer nobody
 * (links and the like) do not count. */
json_t *tgr_sim_button_press(struct tgr_sim_world *world,
                             const struct tgr_sim_bot *bot, const char *label,
                             size_t len);

/* Whether a callback query's id is one of such a press: their upper 32 bits are
 * the user's id, as in Telegram's own. */
bool tgr_sim_button_is_press(int64_t query_id);

/* Appends a line "[Label] [Label]" for each row of a message's keyboard. */
TGR_MUST_CHECK enum tgr_status tgr_sim_button_draw(const json_t *message,
                                                   struct tgr_buf *out);

#endif
