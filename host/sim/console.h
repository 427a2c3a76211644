/* Console: the person who talks to the bot through tgr_sim_say, and the door
 * through which other threads reach the simulator.
 *
 * Other threads put requests into the inbox; the simulator's thread empties
 * it. The console user is user and private chat TGR_SIM_CONSOLE_ID; with no
 * token given at start, the user's bot is the first one that calls. */
#ifndef TGR_SIM_CONSOLE_H
#define TGR_SIM_CONSOLE_H

#include "sim/world.h"

#include <pthread.h>

struct tgr_sim_inbox {
  const struct tgr_mem *mem;
  pthread_mutex_t lock;
  struct tgr_list said; /* under the lock */
  /* The simulator's thread alone: */
  struct tgr_list taken;  /* in order, not delivered yet */
  uint64_t held_since_us; /* the first waits for its button; 0: it does not */
  size_t owed;            /* lines that the bot may still answer */
  uint64_t called_us;     /* the bot's last call but for updates */
  bool had_buttons;       /* one of its messages had some */
};

TGR_MUST_CHECK enum tgr_status tgr_sim_inbox_init(struct tgr_sim_inbox *inbox,
                                                  const struct tgr_mem *mem);
void tgr_sim_inbox_deinit(struct tgr_sim_inbox *inbox);

/* Any thread. Copies a message of the console user. TGR_EINVAL for text that
 * is empty. */
TGR_MUST_CHECK enum tgr_status tgr_sim_inbox_say(struct tgr_sim_inbox *inbox,
                                                 const char *text, size_t len);
/* Any thread. Orders `count` synthetic messages over `chats` chats. */
TGR_MUST_CHECK enum tgr_status
tgr_sim_inbox_load(struct tgr_sim_inbox *inbox, uint64_t count, uint64_t chats);

/* Hands everything in the inbox to the console's bot, if there is one yet. A
 * line that presses a button nobody has seen yet holds up those behind it while
 * the button may still come: for up to two seconds when the bot owes an answer
 * or has sent buttons before, else until it has called nothing for a tenth. */
void tgr_sim_console_deliver(struct tgr_sim_world *world);

/* Whether to deliver again soon, without a new line. */
bool tgr_sim_console_holds(const struct tgr_sim_world *world);

/* An API call of `bot` came: the first bot becomes the console's, and gets
 * what was said before. */
void tgr_sim_console_meet(struct tgr_sim_world *world, struct tgr_sim_bot *bot,
                          const char *method);
/* A bot told the console something, with or without buttons. */
void tgr_sim_console_note_answer(struct tgr_sim_world *world, bool has_buttons);

/* The bot_command entities of a text, as Telegram marks them; a new array,
 * empty when there are none. */
json_t *tgr_sim_console_entities(const char *text, size_t len);

#endif
