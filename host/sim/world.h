/* World: everything the simulator simulates, without HTTP: the bots, the files
 * they uploaded, the ordered answers, the record of calls, the settings.
 *
 * Owner: the simulator's thread, but for `unconfirmed`. */
#ifndef TGR_SIM_WORLD_H
#define TGR_SIM_WORLD_H

#include "sim/bot.h"
#include "sim/file.h"
#include "sim/record.h"
#include "sim/rule.h"
#include "sim/timer.h"

struct tgr_sim_inbox;

struct tgr_sim_world {
  const struct tgr_mem *mem;
  struct tgr_sim_timers timers;
  struct tgr_sim_files files;
  struct tgr_sim_rules rules;
  struct tgr_sim_record record;
  struct tgr_sim_bot *bots;    /* newest first, found through bot_index */
  json_t *bot_index;           /* token → pointer as an integer */
  struct tgr_sim_bot *home;    /* the bot of the default token */
  json_t *known_tokens;        /* tokens as keys; NULL: every well-formed one */
  int64_t gather_ms;           /* from an update to the end of a long poll */
  int64_t delay_ms;            /* before every answer */
  bool repeat_rule;            /* repeated offsets slow down, see poll.c */
  size_t connections;          /* open now */
  size_t polls;                /* getUpdates calls that wait now */
  int64_t next_query_id;       /* for ids made up in answers */
  struct tgr_sim_bot *console; /* whom the console user talks to, or NULL */
  struct tgr_sim_inbox *inbox; /* what other threads asked for, or NULL */
  /* Text of what a bot sends to the console user; may be NULL. */
  void (*on_reply)(void *user, const char *text, size_t len);
  void *on_reply_user;
  bool draws_buttons; /* the text ends with its inline keyboard */
  uint64_t lost;      /* messages dropped without memory */
  /* Updates no offset has confirmed, the inbox included. Any thread. */
  atomic_size_t unconfirmed;
};

/* `token` is the default token; a private world knows every well-formed token
 * when `only` is false. */
TGR_MUST_CHECK enum tgr_status tgr_sim_world_init(struct tgr_sim_world *world,
                                                  const struct tgr_mem *mem,
                                                  const char *token, bool only);
void tgr_sim_world_deinit(struct tgr_sim_world *world);

/* Whether API calls with this well-formed token are served. */
bool tgr_sim_world_knows(const struct tgr_sim_world *world, const char *token);

/* The bot of a well-formed token, made when new; NULL without memory. */
struct tgr_sim_bot *tgr_sim_world_bot(struct tgr_sim_world *world,
                                      const char *token, size_t len);

#endif
