/* Bot: what belongs to one token: who the bot is, its updates, its webhook,
 * the kinds of updates it wants, the chats and messages it has met.
 *
 * Owner: the simulator's thread. */
#ifndef TGR_SIM_BOT_H
#define TGR_SIM_BOT_H

#include "sim/queue.h"

#include <jansson.h>

#include <stdbool.h>

struct tgr_sim_call;

enum { TGR_SIM_TOKEN_MAX = 128, TGR_SIM_MESSAGES_MAX = 4096 };

/* The person at the console: id of the user and of the private chat. */
#define TGR_SIM_CONSOLE_ID 1000

struct tgr_sim_bot {
  const struct tgr_mem *mem;
  struct tgr_sim_bot *next;
  char token[TGR_SIM_TOKEN_MAX];
  json_t *token_json; /* the same, for records */
  json_t *me;         /* getMe's answer */
  json_t *from;       /* the same as the `from` of a message */
  json_t *chats;      /* chat id as text → Chat */
  json_t *kept;       /* what set* methods stored: method's noun → value */
  json_t **messages;  /* message id % TGR_SIM_MESSAGES_MAX → Message; the
                         the slot of a deleted one holds its id */
  int64_t next_message_id;
  struct tgr_sim_queue queue;
  json_t *webhook; /* setWebhook's parameters; NULL when none is set */
  json_t *allowed; /* names of wanted kinds as keys; NULL for the default */
  struct tgr_list raw_bodies; /* whole getUpdates answers to serve verbatim */
  struct tgr_sim_call *poll;  /* the getUpdates call that waits, or NULL */
  int64_t previous_offset;    /* of the previous getUpdates */
  uint64_t previous_poll_us;  /* when that came; 0 for never */
};

/* A verbatim getUpdates answer. */
struct tgr_sim_raw_body {
  struct tgr_link link;
  int status;
  size_t len;
  char bytes[];
};

/* Digits, a colon, and at least one of A-Za-z0-9_- : the shape of a token. */
bool tgr_sim_token_well_formed(const char *token, size_t len);

/* NULL without memory. */
struct tgr_sim_bot *tgr_sim_bot_new(const struct tgr_mem *mem,
                                    const char *token, size_t token_len,
                                    atomic_size_t *unconfirmed);
void tgr_sim_bot_free(struct tgr_sim_bot *bot);
/* Forgets updates, webhook, wanted kinds, chats and messages; who it is and
 * its numbers stay. No poll may wait. */
void tgr_sim_bot_reset(struct tgr_sim_bot *bot);

/* Merges `fields` into what getMe answers. False without memory. */
bool tgr_sim_bot_set_identity(struct tgr_sim_bot *bot, const json_t *fields);

/* Whether the bot wants updates of `kind`; an empty kind always. */
bool tgr_sim_bot_wants(const struct tgr_sim_bot *bot, const char *kind);
/* Remembers a list of kinds as getUpdates and setWebhook do: an empty list
 * stands for the default. False without memory. */
bool tgr_sim_bot_allow(struct tgr_sim_bot *bot, const json_t *kinds);

/* The chat a chat_id names (number, text of one, or "@name"), made up when
 * it is new; borrowed. NULL when it names none. */
json_t *tgr_sim_bot_chat(struct tgr_sim_bot *bot, const json_t *chat_id);
/* Remembers the chat of an update. */
void tgr_sim_bot_meet(struct tgr_sim_bot *bot, json_t *chat);

/* Keeps a sent message under its id. */
void tgr_sim_bot_keep_message(struct tgr_sim_bot *bot, json_t *message);
/* The message, borrowed; an integer for a deleted one, NULL when unknown. */
json_t *tgr_sim_bot_message(const struct tgr_sim_bot *bot, const json_t *chat,
                            int64_t message_id);
void tgr_sim_bot_forget_message(struct tgr_sim_bot *bot, const json_t *chat,
                                int64_t message_id);

TGR_MUST_CHECK enum tgr_status tgr_sim_bot_put_raw_body(struct tgr_sim_bot *bot,
                                                        int status,
                                                        const char *bytes,
                                                        size_t len);

#endif
