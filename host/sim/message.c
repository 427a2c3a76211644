/* Builds the Message objects that calls answer. */
#include "sim/message.h"

#include "sim/button.h"
#include "sim/console.h"
#include "sim/param.h"
#include "sim/shown.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { TEXT_UNITS_MAX = 4096, CAPTION_UNITS_MAX = 1024 };

json_t *tgr_sim_message_chat(struct tgr_sim_call *call) {
  if (!tgr_sim_param_given(call->params, "chat_id")) {
    tgr_sim_call_fail(call, 400, "Bad Request: chat_id is empty");
    return NULL;
  }
  json_t *chat =
      tgr_sim_bot_chat(call->bot, json_object_get(call->params, "chat_id"));
  if (chat == NULL)
    tgr_sim_call_fail(call, 400, "Bad Request: chat not found");
  return chat;
}

/* Sets message[to] to the parameter as an integer, if there is one. */
static void copy_int(json_t *message, const char *to, const json_t *params,
                     const char *from) {
  int64_t value;
  if (tgr_sim_param_int(params, from, &value))
    json_object_set_new(message, to, json_integer(value));
}

static void set_reply(struct tgr_sim_call *call, json_t *message,
                      json_t *chat) {
  json_t *reply = tgr_sim_param_json(call->params, "reply_parameters");
  int64_t id = 0;
  if (!tgr_sim_param_int(reply, "message_id", &id))
    tgr_sim_param_int(call->params, "reply_to_message_id", &id);
  json_decref(reply);
  if (id == 0)
    return;
  const json_t *known = tgr_sim_bot_message(call->bot, chat, id);
  json_t *target = json_is_object(known)
                       ? json_copy((json_t *)known)
                       : json_pack("{s:I,s:O,s:i}", "message_id",
                                   (json_int_t)id, "chat", chat, "date", 0);
  json_object_del(target, "reply_to_message");
  json_object_set_new(message, "reply_to_message", target);
}

void tgr_sim_message_set_markup(json_t *message, const json_t *params) {
  json_t *markup = tgr_sim_param_json(params, "reply_markup");
  if (json_object_get(markup, "inline_keyboard") != NULL)
    json_object_set(message, "reply_markup", markup);
  json_decref(markup);
}

json_t *tgr_sim_message_new(struct tgr_sim_call *call, json_t *chat) {
  struct tgr_sim_bot *bot = call->bot;
  json_t *message = json_pack(
      "{s:I,s:O,s:O,s:I}", "message_id", (json_int_t)bot->next_message_id,
      "from", bot->from, "chat", chat, "date", (json_int_t)time(NULL));
  if (message == NULL)
    return NULL;
  bot->next_message_id++;
  copy_int(message, "message_thread_id", call->params, "message_thread_id");
  set_reply(call, message, chat);
  tgr_sim_message_set_markup(message, call->params);
  if (tgr_sim_param_true(call->params, "protect_content"))
    json_object_set_new(message, "has_protected_content", json_true());
  return message;
}

static bool set_entities(struct tgr_sim_call *call, json_t *message,
                         const json_t *params, const char *name) {
  if (!tgr_sim_param_given(params, name))
    return true;
  json_t *entities = tgr_sim_param_json(params, name);
  const bool is_list = json_is_array(entities);
  if (is_list && json_array_size(entities) > 0)
    json_object_set(message, name, entities);
  json_decref(entities);
  if (!is_list)
    tgr_sim_call_fail(call, 400, "Bad Request: can't parse %s JSON array",
                      name);
  return is_list;
}

static bool is_blank(const char *text) {
  return text[strspn(text, " \t\r\n")] == '\0';
}

bool tgr_sim_message_set_text(struct tgr_sim_call *call, json_t *message,
                              const json_t *params, const char *name,
                              const char *entities_name) {
  json_t *text = tgr_sim_param_string(params, name);
  if (text == NULL)
    return true;
  const size_t units =
      tgr_sim_text_units(json_string_value(text), json_string_length(text));
  const bool is_caption = strcmp(name, "caption") == 0;
  json_object_set_new(message, name, text);
  if (units > (is_caption ? CAPTION_UNITS_MAX : TEXT_UNITS_MAX)) {
    tgr_sim_call_fail(call, 400, "Bad Request: message %sis too long",
                      is_caption ? "caption " : "");
    return false;
  }
  if (!is_caption && is_blank(json_string_value(text))) {
    tgr_sim_call_fail(call, 400, "Bad Request: text must be non-empty");
    return false;
  }
  return set_entities(call, message, params, entities_name);
}

/* What kinds have besides their file. */
static json_t *measures_of(const char *kind) {
  if (strcmp(kind, "photo") == 0)
    return json_pack("{s:i,s:i}", "width", 90, "height", 60);
  if (strcmp(kind, "video") == 0 || strcmp(kind, "animation") == 0)
    return json_pack("{s:i,s:i,s:i}", "width", 640, "height", 360, "duration",
                     1);
  if (strcmp(kind, "audio") == 0 || strcmp(kind, "voice") == 0)
    return json_pack("{s:i}", "duration", 1);
  if (strcmp(kind, "video_note") == 0)
    return json_pack("{s:i,s:i}", "length", 240, "duration", 1);
  if (strcmp(kind, "sticker") == 0)
    return json_pack("{s:s,s:i,s:i,s:b,s:b}", "type", "regular", "width", 512,
                     "height", 512, "is_animated", 0, "is_video", 0);
  return json_object();
}

static bool has_name(const char *kind) {
  return strcmp(kind, "document") == 0 || strcmp(kind, "audio") == 0 ||
         strcmp(kind, "video") == 0 || strcmp(kind, "animation") == 0;
}

static json_t *media_from(const char *kind, json_t *upload, const char *id) {
  json_t *media = measures_of(kind);
  json_object_set_new(media, "file_id", json_string(id));
  json_object_set_new(media, "file_unique_id", json_sprintf("u-%s", id));
  if (upload == NULL)
    return media;
  json_object_set(media, "file_size", json_object_get(upload, "size"));
  if (!has_name(kind))
    return media;
  json_object_set(media, "file_name", json_object_get(upload, "name"));
  json_object_set(media, "mime_type", json_object_get(upload, "content_type"));
  return media;
}

/* Photos come in two sizes, the larger one last. */
static json_t *photo_sizes(json_t *large, const char *id) {
  json_t *small = json_copy(large);
  json_object_set_new(small, "file_id", json_sprintf("%s-s", id));
  json_object_set_new(small, "file_unique_id", json_sprintf("u-%s-s", id));
  json_object_set_new(large, "width", json_integer(1280));
  json_object_set_new(large, "height", json_integer(853));
  return json_pack("[o,o]", small, large);
}

json_t *tgr_sim_message_media(struct tgr_sim_call *call, const char *kind,
                              const char *field, const char *source) {
  static const char attach[] = "attach://";
  char id[128];
  json_t *upload = NULL;
  if (strncmp(source, attach, sizeof attach - 1) == 0) {
    upload = json_object_get(call->files, source + sizeof attach - 1);
    if (upload == NULL)
      return NULL;
  } else if (source[0] == '\0') {
    upload = json_object_get(call->files, field);
    if (upload == NULL)
      return NULL;
  }
  if (upload != NULL)
    snprintf(id, sizeof id, "%s", tgr_sim_param_text(upload, "file_id"));
  else if (strncmp(source, "http://", 7) == 0 ||
           strncmp(source, "https://", 8) == 0)
    snprintf(id, sizeof id, "sim-url-%" PRId64, call->world->next_query_id++);
  else
    snprintf(id, sizeof id, "%.100s", source);
  json_t *media = media_from(kind, upload, id);
  return strcmp(kind, "photo") == 0 ? photo_sizes(media, id) : media;
}

static bool is_for_console(const json_t *chat) {
  return json_integer_value(json_object_get(chat, "id")) == TGR_SIM_CONSOLE_ID;
}

/* Hands on what was shown, unless there was no memory for it. */
static void tell(struct tgr_sim_world *world, enum tgr_status status,
                 struct tgr_buf *shown) {
  if (status != TGR_OK)
    world->lost++;
  else if (world->on_reply != NULL)
    world->on_reply(world->on_reply_user, shown->bytes, shown->len);
  tgr_buf_deinit(shown);
}

void tgr_sim_message_tell(const struct tgr_sim_call *call,
                          const json_t *message) {
  struct tgr_sim_world *world = call->world;
  if (!is_for_console(json_object_get(message, "chat")))
    return;
  tgr_sim_console_note_answer(world,
                              json_object_get(message, "reply_markup") != NULL);
  struct tgr_buf shown;
  tgr_buf_init(&shown, world->mem, SIZE_MAX);
  enum tgr_status status = tgr_sim_shown_message(message, &shown);
  if (status == TGR_OK && world->draws_buttons)
    status = tgr_sim_button_draw(message, &shown);
  tell(world, status, &shown);
}

void tgr_sim_message_tell_mark(const struct tgr_sim_call *call,
                               const char *kind, const char *text_field) {
  struct tgr_sim_world *world = call->world;
  json_t *text = tgr_sim_param_string(call->params, text_field);
  struct tgr_buf shown;
  tgr_sim_console_note_answer(world, false);
  tgr_buf_init(&shown, world->mem, SIZE_MAX);
  if (json_string_length(text) > 0)
    tell(world, tgr_sim_shown_mark(kind, text, &shown), &shown);
  json_decref(text);
}

void tgr_sim_message_send(struct tgr_sim_call *call, json_t *message) {
  if (message != NULL) {
    tgr_sim_bot_keep_message(call->bot, message);
    tgr_sim_message_tell(call, message);
  }
  tgr_sim_call_ok(call, message);
}
