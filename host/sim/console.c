/* The person at the console. */
#include "sim/console.h"

#include "sim/button.h"
#include "sim/param.h"
#include "sim/poll.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/* A message of the console user, or an order for a load when count is set. */
struct said {
  struct tgr_link link;
  uint64_t count;
  uint64_t chats;
  size_t len;
  char text[];
};

enum {
  LOAD_CHAT_BASE = 5000000,
  COMMAND_MAX = 32,
  HOLD_US = 2000000,
  QUIET_US = 100000
};

enum tgr_status tgr_sim_inbox_init(struct tgr_sim_inbox *inbox,
                                   const struct tgr_mem *mem) {
  *inbox = (struct tgr_sim_inbox){.mem = mem};
  tgr_list_init(&inbox->said);
  tgr_list_init(&inbox->taken);
  return pthread_mutex_init(&inbox->lock, NULL) == 0 ? TGR_OK : TGR_ENOMEM;
}

void tgr_sim_inbox_deinit(struct tgr_sim_inbox *inbox) {
  struct tgr_link *link;
  tgr_list_append_all(&inbox->taken, &inbox->said);
  while ((link = tgr_list_take(&inbox->taken)) != NULL)
    tgr_mem_free(inbox->mem, TGR_CONTAINER_OF(link, struct said, link));
  pthread_mutex_destroy(&inbox->lock);
}

static enum tgr_status put(struct tgr_sim_inbox *inbox, uint64_t count,
                           uint64_t chats, const char *text, size_t len) {
  struct said *said = tgr_mem_new(inbox->mem, sizeof *said + len + 1);
  if (said == NULL)
    return TGR_ENOMEM;
  *said = (struct said){.count = count, .chats = chats, .len = len};
  memcpy(said->text, text, len);
  said->text[len] = '\0';
  tgr_link_init(&said->link);
  pthread_mutex_lock(&inbox->lock);
  tgr_list_append(&inbox->said, &said->link);
  pthread_mutex_unlock(&inbox->lock);
  return TGR_OK;
}

enum tgr_status tgr_sim_inbox_say(struct tgr_sim_inbox *inbox, const char *text,
                                  size_t len) {
  return len == 0 ? TGR_EINVAL : put(inbox, 0, 0, text, len);
}

enum tgr_status tgr_sim_inbox_load(struct tgr_sim_inbox *inbox, uint64_t count,
                                   uint64_t chats) {
  return count == 0 ? TGR_OK : put(inbox, count, chats, "load", 4);
}

/* Length of the command that starts at `text` (with its slash and @name);
 * 0 when none does. */
static size_t command_length(const char *text, size_t len) {
  size_t end = 1;
  while (end < len && (isalnum((unsigned char)text[end]) || text[end] == '_'))
    end++;
  if (end < 2 || end - 1 > COMMAND_MAX)
    return 0;
  size_t name = end + 1;
  while (name < len &&
         (isalnum((unsigned char)text[name]) || text[name] == '_'))
    name++;
  if (end < len && text[end] == '@' && name - end > 3)
    end = name;
  return end < len && text[end] == '/' ? 0 : end;
}

/* Commands stand at the beginning or behind what is no part of a word. */
static bool may_start(const char *text, size_t at) {
  if (at == 0)
    return true;
  const unsigned char before = (unsigned char)text[at - 1];
  return before < 0x80 && !isalnum(before) && strchr("_/<@", before) == NULL;
}

json_t *tgr_sim_console_entities(const char *text, size_t len) {
  json_t *entities = json_array();
  for (size_t at = 0; at < len; at++) {
    if (text[at] != '/' || !may_start(text, at))
      continue;
    const size_t command = command_length(text + at, len - at);
    if (command == 0)
      continue;
    json_t *entity = json_pack("{s:s,s:I,s:I}", "type", "bot_command", "offset",
                               (json_int_t)tgr_sim_text_units(text, at),
                               "length", (json_int_t)command);
    if (json_array_append_new(entities, entity) != 0)
      break;
    at += command - 1;
  }
  return entities;
}

/* Returns NULL without memory. */
static json_t *message_update(struct tgr_sim_bot *bot, const char *text,
                              size_t len) {
  json_t *holder = json_object();
  char *copy = tgr_mem_dup(bot->mem, text, len);
  const bool set = copy != NULL && tgr_sim_param_add(holder, "text", copy, len);
  tgr_mem_free(bot->mem, copy);
  json_t *update =
      !set
          ? NULL
          : json_pack("{s:{s:I,s:{s:i,s:b,s:s,s:s},s:{s:i,s:s,s:s},s:I,s:O}}",
                      "message", "message_id", (json_int_t)bot->next_message_id,
                      "from", "id", TGR_SIM_CONSOLE_ID, "is_bot", 0,
                      "first_name", "Console", "language_code", "en", "chat",
                      "id", TGR_SIM_CONSOLE_ID, "first_name", "Console", "type",
                      "private", "date", (json_int_t)time(NULL), "text",
                      json_object_get(holder, "text"));
  json_decref(holder);
  json_t *entities = tgr_sim_console_entities(text, len);
  if (json_array_size(entities) > 0)
    json_object_set(json_object_get(update, "message"), "entities", entities);
  json_decref(entities);
  return update;
}

/* The update of the button that `said` presses; NULL when it presses none. */
static json_t *press(struct tgr_sim_world *world, const struct said *said) {
  size_t len;
  const char *label = tgr_sim_button_label(said->text, said->len, &len);
  return label == NULL
             ? NULL
             : tgr_sim_button_press(world, world->console, label, len);
}

static enum tgr_status deliver(struct tgr_sim_world *world,
                               const struct said *said) {
  struct tgr_sim_bot *bot = world->console;
  if (said->count > 0) {
    const struct tgr_sim_load load = {.first_id = bot->queue.next_id,
                                      .count = said->count,
                                      .chats = said->chats,
                                      .chat_base = LOAD_CHAT_BASE,
                                      .text = said->text,
                                      .text_len = said->len};
    const enum tgr_status status = tgr_sim_queue_put_load(&bot->queue, &load);
    tgr_sim_poll_wake(world, bot);
    return status;
  }
  json_t *update = press(world, said);
  if (update == NULL)
    update = message_update(bot, said->text, said->len);
  const enum tgr_status status =
      update == NULL ? TGR_ENOMEM : tgr_sim_poll_feed(world, bot, update);
  json_decref(update);
  return status;
}

/* Until when a button may still come, of a line that waits for it. */
static uint64_t hold_end_us(const struct tgr_sim_inbox *inbox) {
  return inbox->owed > 0 || inbox->had_buttons ? inbox->held_since_us + HOLD_US
                                               : inbox->called_us + QUIET_US;
}

/* Whether `said` presses a button that may still come. */
static bool is_held(struct tgr_sim_world *world, const struct said *said) {
  struct tgr_sim_inbox *inbox = world->inbox;
  size_t len;
  if (said->count > 0 ||
      tgr_sim_button_label(said->text, said->len, &len) == NULL)
    return false;
  json_t *update = press(world, said);
  json_decref(update);
  const uint64_t now_us = tgr_sim_now_us();
  if (inbox->held_since_us == 0)
    inbox->held_since_us = now_us;
  if (update == NULL && now_us < hold_end_us(inbox))
    return true;
  if (update == NULL)
    inbox->owed = 0; /* what has not come by now is not waited for again */
  return false;
}

bool tgr_sim_console_holds(const struct tgr_sim_world *world) {
  return world->inbox != NULL && world->inbox->held_since_us > 0;
}

void tgr_sim_console_deliver(struct tgr_sim_world *world) {
  struct tgr_sim_inbox *inbox = world->inbox;
  if (world->console == NULL || inbox == NULL)
    return;
  pthread_mutex_lock(&inbox->lock);
  tgr_list_append_all(&inbox->taken, &inbox->said);
  pthread_mutex_unlock(&inbox->lock);
  struct tgr_link *link;
  while ((link = tgr_list_first(&inbox->taken)) != NULL) {
    struct said *one = TGR_CONTAINER_OF(link, struct said, link);
    if (is_held(world, one))
      return;
    inbox->held_since_us = 0;
    tgr_list_remove(&one->link);
    const size_t waiting = one->count > 0 ? (size_t)one->count : 1;
    inbox->owed += one->count == 0;
    if (deliver(world, one) != TGR_OK)
      world->lost += waiting;
    atomic_fetch_sub(&world->unconfirmed, waiting);
    tgr_mem_free(inbox->mem, one);
  }
}

void tgr_sim_console_note_answer(struct tgr_sim_world *world,
                                 bool has_buttons) {
  struct tgr_sim_inbox *inbox = world->inbox;
  if (inbox == NULL)
    return;
  inbox->owed -= inbox->owed > 0;
  inbox->had_buttons |= has_buttons;
}

void tgr_sim_console_meet(struct tgr_sim_world *world, struct tgr_sim_bot *bot,
                          const char *method) {
  const bool is_first = world->console == NULL;
  if (is_first)
    world->console = bot;
  if (world->inbox != NULL && world->console == bot &&
      strcasecmp(method, "getUpdates") != 0)
    world->inbox->called_us = tgr_sim_now_us();
  if (is_first)
    tgr_sim_console_deliver(world);
}
