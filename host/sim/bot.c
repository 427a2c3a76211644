/* What belongs to one token. */
#include "sim/bot.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHATS_MAX = 200000 };

bool tgr_sim_token_well_formed(const char *token, size_t len) {
  const char *colon = memchr(token, ':', len);
  if (colon == NULL || colon == token || len >= TGR_SIM_TOKEN_MAX)
    return false;
  for (const char *c = token; c < colon; c++)
    if (!isdigit((unsigned char)*c))
      return false;
  for (const char *c = colon + 1; c < token + len; c++)
    if (!isalnum((unsigned char)*c) && *c != '_' && *c != '-')
      return false;
  return colon + 1 < token + len;
}

bool tgr_sim_bot_set_identity(struct tgr_sim_bot *bot, const json_t *fields) {
  static const char *const of_user[] = {"id", "is_bot", "first_name",
                                        "last_name", "username"};
  if (json_object_update(bot->me, (json_t *)fields) != 0)
    return false;
  json_t *from = json_object();
  for (size_t i = 0; i < sizeof of_user / sizeof *of_user; i++) {
    json_t *value = json_object_get(bot->me, of_user[i]);
    if (value != NULL && json_object_set(from, of_user[i], value) != 0) {
      json_decref(from);
      return false;
    }
  }
  json_decref(bot->from);
  bot->from = from;
  return from != NULL;
}

static bool make_identity(struct tgr_sim_bot *bot) {
  bot->me = json_pack(
      "{s:I,s:b,s:s,s:s,s:b,s:b,s:b,s:b,s:b}", "id",
      (json_int_t)strtoll(bot->token, NULL, 10), "is_bot", 1, "first_name",
      "Simulated bot", "username", "simulated_bot", "can_join_groups", 1,
      "can_read_all_group_messages", 0, "supports_inline_queries", 0,
      "can_connect_to_business", 0, "has_main_web_app", 0);
  json_t *nothing = json_object();
  const bool made = bot->me != NULL && nothing != NULL &&
                    tgr_sim_bot_set_identity(bot, nothing);
  json_decref(nothing);
  return made;
}

struct tgr_sim_bot *tgr_sim_bot_new(const struct tgr_mem *mem,
                                    const char *token, size_t token_len,
                                    atomic_size_t *unconfirmed) {
  struct tgr_sim_bot *bot = tgr_mem_new0(mem, sizeof *bot);
  if (bot == NULL)
    return NULL;
  bot->mem = mem;
  memcpy(bot->token, token, token_len);
  tgr_sim_queue_init(&bot->queue, mem, unconfirmed);
  tgr_list_init(&bot->raw_bodies);
  bot->next_message_id = 1;
  bot->messages = tgr_mem_new0(mem, TGR_SIM_MESSAGES_MAX * sizeof(json_t *));
  bot->token_json = json_string(bot->token);
  bot->chats = json_object();
  bot->kept = json_object();
  if (bot->messages == NULL || bot->token_json == NULL || bot->chats == NULL ||
      bot->kept == NULL || !make_identity(bot)) {
    tgr_sim_bot_free(bot);
    return NULL;
  }
  return bot;
}

void tgr_sim_bot_reset(struct tgr_sim_bot *bot) {
  struct tgr_link *link;
  while ((link = tgr_list_take(&bot->raw_bodies)) != NULL)
    tgr_mem_free(bot->mem,
                 TGR_CONTAINER_OF(link, struct tgr_sim_raw_body, link));
  for (size_t i = 0; bot->messages != NULL && i < TGR_SIM_MESSAGES_MAX; i++) {
    json_decref(bot->messages[i]);
    bot->messages[i] = NULL;
  }
  tgr_sim_queue_clear(&bot->queue);
  json_object_clear(bot->chats);
  json_object_clear(bot->kept);
  json_decref(bot->webhook);
  json_decref(bot->allowed);
  bot->webhook = bot->allowed = NULL;
  bot->previous_poll_us = 0;
}

void tgr_sim_bot_free(struct tgr_sim_bot *bot) {
  if (bot == NULL)
    return;
  tgr_sim_bot_reset(bot);
  tgr_mem_free(bot->mem, bot->messages);
  tgr_sim_queue_deinit(&bot->queue);
  json_decref(bot->token_json);
  json_decref(bot->me);
  json_decref(bot->from);
  json_decref(bot->chats);
  json_decref(bot->kept);
  tgr_mem_free(bot->mem, bot);
}

bool tgr_sim_bot_wants(const struct tgr_sim_bot *bot, const char *kind) {
  if (kind[0] == '\0')
    return true;
  if (bot->allowed != NULL)
    return json_object_get(bot->allowed, kind) != NULL;
  return strcmp(kind, "chat_member") != 0 &&
         strcmp(kind, "message_reaction") != 0 &&
         strcmp(kind, "message_reaction_count") != 0;
}

bool tgr_sim_bot_allow(struct tgr_sim_bot *bot, const json_t *kinds) {
  json_t *allowed = NULL;
  size_t i;
  json_t *kind;
  if (json_array_size(kinds) > 0 && (allowed = json_object()) == NULL)
    return false;
  json_array_foreach((json_t *)kinds, i, kind) {
    if (json_is_string(kind) &&
        json_object_set_new(allowed, json_string_value(kind), json_true()) !=
            0) {
      json_decref(allowed);
      return false;
    }
  }
  json_decref(bot->allowed);
  bot->allowed = allowed;
  return true;
}

/* A number for a name, so that "@name" is the same chat each time. */
static json_int_t id_of_name(const char *name) {
  uint64_t hash = 5381;
  for (; *name != '\0'; name++)
    hash = hash * 33 + (unsigned char)tolower((unsigned char)*name);
  return -1000000000000 - (json_int_t)(hash % 1000000000);
}

static json_t *make_chat(const char *key) {
  if (key[0] == '@')
    return json_pack("{s:I,s:s,s:s,s:s}", "id", id_of_name(key + 1), "title",
                     key + 1, "username", key + 1, "type", "channel");
  const json_int_t id = strtoll(key, NULL, 10);
  if (id < 0)
    return json_pack("{s:I,s:s,s:s}", "id", id, "title", "Group", "type",
                     id <= -1000000000000 ? "supergroup" : "group");
  return json_pack("{s:I,s:s,s:s}", "id", id, "first_name",
                   id == TGR_SIM_CONSOLE_ID ? "Console" : "User", "type",
                   "private");
}

static bool is_chat_key(const char *text) {
  if (text[0] == '@')
    return text[1] != '\0';
  if (*text == '-')
    text++;
  if (*text < '1' || *text > '9')
    return false;
  while (isdigit((unsigned char)*text))
    text++;
  return *text == '\0';
}

json_t *tgr_sim_bot_chat(struct tgr_sim_bot *bot, const json_t *chat_id) {
  char number[24];
  const char *key = json_string_value(chat_id);
  if (json_is_integer(chat_id)) {
    snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT,
             json_integer_value(chat_id));
    key = number;
  }
  if (key == NULL || !is_chat_key(key))
    return NULL;
  json_t *chat = json_object_get(bot->chats, key);
  if (chat != NULL)
    return chat;
  if (json_object_size(bot->chats) >= CHATS_MAX)
    json_object_clear(bot->chats);
  chat = make_chat(key);
  return json_object_set_new(bot->chats, key, chat) == 0 ? chat : NULL;
}

void tgr_sim_bot_meet(struct tgr_sim_bot *bot, json_t *chat) {
  const json_t *id = json_object_get(chat, "id");
  char key[24];
  if (!json_is_integer(id) || json_object_size(bot->chats) >= CHATS_MAX)
    return;
  snprintf(key, sizeof key, "%" JSON_INTEGER_FORMAT, json_integer_value(id));
  json_object_set(bot->chats, key, chat);
}

static json_t **slot_of(const struct tgr_sim_bot *bot, int64_t message_id) {
  return &bot->messages[(uint64_t)message_id % TGR_SIM_MESSAGES_MAX];
}

void tgr_sim_bot_keep_message(struct tgr_sim_bot *bot, json_t *message) {
  json_t **slot =
      slot_of(bot, json_integer_value(json_object_get(message, "message_id")));
  json_decref(*slot);
  *slot = json_incref(message);
}

json_t *tgr_sim_bot_message(const struct tgr_sim_bot *bot, const json_t *chat,
                            int64_t message_id) {
  json_t *message = *slot_of(bot, message_id);
  if (json_is_integer(message))
    return json_integer_value(message) == message_id ? message : NULL;
  const json_t *its_chat = json_object_get(message, "chat");
  if (json_integer_value(json_object_get(message, "message_id")) !=
          message_id ||
      !json_equal(json_object_get(its_chat, "id"), json_object_get(chat, "id")))
    return NULL;
  return message;
}

void tgr_sim_bot_forget_message(struct tgr_sim_bot *bot, const json_t *chat,
                                int64_t message_id) {
  if (!json_is_object(tgr_sim_bot_message(bot, chat, message_id)))
    return;
  json_t **slot = slot_of(bot, message_id);
  json_decref(*slot);
  *slot = json_integer(message_id);
}

enum tgr_status tgr_sim_bot_put_raw_body(struct tgr_sim_bot *bot, int status,
                                         const char *bytes, size_t len) {
  struct tgr_sim_raw_body *raw = tgr_mem_new(bot->mem, sizeof *raw + len + 1);
  if (raw == NULL)
    return TGR_ENOMEM;
  raw->status = status;
  raw->len = len;
  memcpy(raw->bytes, bytes, len);
  tgr_link_init(&raw->link);
  tgr_list_append(&bot->raw_bodies, &raw->link);
  return TGR_OK;
}
