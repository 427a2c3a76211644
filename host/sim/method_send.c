/* Methods that send messages. */
#include "sim/method.h"

#include "sim/message.h"
#include "sim/param.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { GROUP_MAX = 10 };

void tgr_sim_send_text(struct tgr_sim_call *call,
                       const struct tgr_sim_method *method) {
  (void)method;
  if (!tgr_sim_param_given(call->params, "text")) {
    tgr_sim_call_fail(call, 400, "Bad Request: message text is empty");
    return;
  }
  json_t *chat = tgr_sim_message_chat(call);
  if (chat == NULL)
    return;
  json_t *message = tgr_sim_message_new(call, chat);
  if (message != NULL && !tgr_sim_message_set_text(call, message, call->params,
                                                   "text", "entities")) {
    json_decref(message);
    return;
  }
  tgr_sim_message_send(call, message);
}

/* Sets the media and, for animations, the document that repeats it. */
static void set_media(json_t *message, const char *kind, json_t *media) {
  json_object_set_new(message, kind, media);
  if (strcmp(kind, "animation") == 0)
    json_object_set(message, "document", media);
}

void tgr_sim_send_media(struct tgr_sim_call *call,
                        const struct tgr_sim_method *method) {
  const char *kind = method->arg;
  json_t *media = tgr_sim_message_media(call, kind, kind,
                                        tgr_sim_param_text(call->params, kind));
  if (media == NULL) {
    tgr_sim_call_fail(call, 400, "Bad Request: there is no %s in the request",
                      kind);
    return;
  }
  json_t *chat = tgr_sim_message_chat(call);
  json_t *message = chat == NULL ? NULL : tgr_sim_message_new(call, chat);
  if (message == NULL) {
    json_decref(media);
    if (chat != NULL)
      tgr_sim_call_json(call, 500, NULL);
    return;
  }
  set_media(message, kind, media);
  if (tgr_sim_message_set_text(call, message, call->params, "caption",
                               "caption_entities"))
    tgr_sim_message_send(call, message);
  else
    json_decref(message);
}

/* One message of an album; NULL with the call answered. */
static json_t *group_item(struct tgr_sim_call *call, json_t *chat,
                          const json_t *item, const char *group_id) {
  const char *kind = tgr_sim_param_text(item, "type");
  const char *source = tgr_sim_param_text(item, "media");
  json_t *media = source[0] == '\0' || kind[0] == '\0'
                      ? NULL
                      : tgr_sim_message_media(call, kind, kind, source);
  if (media == NULL) {
    tgr_sim_call_fail(call, 400,
                      "Bad Request: there is no media in the request");
    return NULL;
  }
  json_t *message = tgr_sim_message_new(call, chat);
  json_object_set_new(message, "media_group_id", json_string(group_id));
  json_object_set_new(message, kind, media);
  if (tgr_sim_message_set_text(call, message, item, "caption",
                               "caption_entities"))
    return message;
  json_decref(message);
  return NULL;
}

static json_t *group_messages(struct tgr_sim_call *call, json_t *chat,
                              const json_t *items) {
  json_t *group_id =
      json_sprintf("%" PRId64, 13000000000000 + call->world->next_query_id++);
  json_t *messages = json_array();
  size_t i;
  json_t *item;
  json_array_foreach((json_t *)items, i, item) {
    json_t *message = group_item(call, chat, item, json_string_value(group_id));
    if (message == NULL) {
      json_decref(messages);
      messages = NULL;
      break;
    }
    tgr_sim_bot_keep_message(call->bot, message);
    tgr_sim_message_tell(call, message);
    json_array_append_new(messages, message);
  }
  json_decref(group_id);
  return messages;
}

void tgr_sim_send_group(struct tgr_sim_call *call,
                        const struct tgr_sim_method *method) {
  (void)method;
  json_t *items = tgr_sim_param_json(call->params, "media");
  json_t *chat = NULL;
  if (!json_is_array(items) || json_array_size(items) == 0)
    tgr_sim_call_fail(call, 400, "Bad Request: can't parse media JSON array");
  else if (json_array_size(items) > GROUP_MAX)
    tgr_sim_call_fail(call, 400,
                      "Bad Request: too many messages to send as an album");
  else
    chat = tgr_sim_message_chat(call);
  if (chat != NULL) {
    json_t *messages = group_messages(call, chat, items);
    if (messages != NULL)
      tgr_sim_call_ok(call, messages);
  }
  json_decref(items);
}

/* "kind:field field…": a message whose `kind` object is made of the call's
 * own parameters. Numbers and JSON that came as text become what they say. */
void tgr_sim_send_part(struct tgr_sim_call *call,
                       const struct tgr_sim_method *method) {
  json_t *chat = tgr_sim_message_chat(call);
  if (chat == NULL)
    return;
  json_t *message = tgr_sim_message_new(call, chat);
  json_t *part = json_object();
  const char *colon = strchr(method->arg, ':');
  const char *field = colon + 1;
  while (*field != '\0') {
    const size_t len = strcspn(field, " ");
    json_t *value = json_object_getn(call->params, field, len);
    json_t *holder = json_pack("{s:O?}", "v", value);
    json_t *parsed = tgr_sim_param_json(holder, "v");
    if (parsed != NULL)
      value = parsed;
    if (value != NULL && !json_is_null(value))
      json_object_setn(part, field, len, value);
    json_decref(parsed);
    json_decref(holder);
    field += len + (field[len] == ' ');
  }
  if (strncmp(method->arg, "dice:", 5) == 0) {
    if (json_object_get(part, "emoji") == NULL)
      json_object_set_new(part, "emoji", json_string("\xF0\x9F\x8E\xB2"));
    json_object_set_new(part, "value",
                        json_integer(1 + call->bot->next_message_id % 6));
  }
  json_object_setn_new(message, method->arg, (size_t)(colon - method->arg),
                       part);
  tgr_sim_message_send(call, message);
}

static json_t *poll_options(const json_t *options) {
  json_t *list = json_array();
  size_t i;
  json_t *option;
  json_array_foreach((json_t *)options, i, option) {
    json_t *text =
        json_is_string(option) ? option : json_object_get(option, "text");
    json_array_append_new(
        list, json_pack("{s:O,s:i}", "text", text, "voter_count", 0));
  }
  return list;
}

void tgr_sim_send_poll(struct tgr_sim_call *call,
                       const struct tgr_sim_method *method) {
  (void)method;
  if (!tgr_sim_param_given(call->params, "question")) {
    tgr_sim_call_fail(call, 400,
                      "Bad Request: poll question must be non-empty");
    return;
  }
  json_t *chat = tgr_sim_message_chat(call);
  if (chat == NULL)
    return;
  json_t *options = tgr_sim_param_json(call->params, "options");
  if (!json_is_array(options)) {
    json_decref(options);
    tgr_sim_call_fail(call, 400, "Bad Request: can't parse options JSON array");
    return;
  }
  const bool quiz =
      strcmp(tgr_sim_param_text(call->params, "type"), "quiz") == 0;
  json_t *message = tgr_sim_message_new(call, chat);
  json_object_set_new(
      message, "poll",
      json_pack(
          "{s:o,s:o,s:o,s:i,s:b,s:b,s:s,s:b}", "id",
          json_sprintf("%" PRId64, call->world->next_query_id++), "question",
          tgr_sim_param_string(call->params, "question"), "options",
          poll_options(options), "total_voter_count", 0, "is_closed", 0,
          "is_anonymous",
          (int)(!tgr_sim_param_given(call->params, "is_anonymous") ||
                tgr_sim_param_true(call->params, "is_anonymous")),
          "type", quiz ? "quiz" : "regular", "allows_multiple_answers",
          (int)tgr_sim_param_true(call->params, "allows_multiple_answers")));
  json_decref(options);
  tgr_sim_message_send(call, message);
}

/* The message to copy, borrowed: an integer for a deleted one, NULL for one
 * nothing is known of. */
static const json_t *source_of(struct tgr_sim_call *call, int64_t id) {
  const json_t *from_chat = tgr_sim_bot_chat(
      call->bot, json_object_get(call->params, "from_chat_id"));
  return tgr_sim_bot_message(call->bot, from_chat, id);
}

/* What a message says, without what belongs to its place in its chat. */
static json_t *content_of(const json_t *source) {
  static const char *const own[] = {"message_thread_id", "reply_to_message",
                                    "has_protected_content", "edit_date",
                                    "reply_markup"};
  json_t *content = json_copy((json_t *)source);
  for (size_t i = 0; i < sizeof own / sizeof *own; i++)
    json_object_del(content, own[i]);
  return content;
}

/* A copy of the bot's own message, or of one nothing is known of. */
static json_t *copied(struct tgr_sim_call *call, json_t *chat, int64_t id) {
  const json_t *source = source_of(call, id);
  json_t *message = tgr_sim_message_new(call, chat);
  if (json_is_object(source))
    json_object_update_missing_new(message, content_of(source));
  else
    json_object_set_new(message, "text", json_string("forwarded message"));
  json_object_set_new(message, "forward_origin",
                      json_pack("{s:s,s:s,s:I}", "type", "hidden_user",
                                "sender_user_name", "User", "date",
                                (json_int_t)time(NULL)));
  return message;
}

/* `arg`: "message" answers the Message, "id" its MessageId. */
void tgr_sim_send_copy(struct tgr_sim_call *call,
                       const struct tgr_sim_method *method) {
  json_t *chat = tgr_sim_message_chat(call);
  int64_t id;
  if (chat == NULL)
    return;
  if (!tgr_sim_param_int(call->params, "message_id", &id)) {
    tgr_sim_call_fail(call, 400,
                      "Bad Request: message identifier is not specified");
    return;
  }
  const bool forwards = strcmp(method->arg, "message") == 0;
  if (json_is_integer(source_of(call, id))) {
    tgr_sim_call_fail(call, 400, "Bad Request: message to %s not found",
                      forwards ? "forward" : "copy");
    return;
  }
  json_t *message = copied(call, chat, id);
  if (forwards) {
    tgr_sim_message_send(call, message);
    return;
  }
  json_object_del(message, "forward_origin");
  if (tgr_sim_param_given(call->params, "caption"))
    json_object_set_new(message, "caption",
                        tgr_sim_param_string(call->params, "caption"));
  json_t *answer =
      json_pack("{s:O}", "message_id", json_object_get(message, "message_id"));
  tgr_sim_message_send(call, message);
  tgr_sim_call_ok(call, answer);
}

/* A text that is still being written. */
void tgr_sim_send_draft(struct tgr_sim_call *call,
                        const struct tgr_sim_method *method) {
  const json_t *chat = tgr_sim_message_chat(call);
  if (chat == NULL)
    return;
  if (json_integer_value(json_object_get(chat, "id")) == TGR_SIM_CONSOLE_ID)
    tgr_sim_message_tell_mark(call, "draft", "text");
  tgr_sim_set_true(call, method);
}

void tgr_sim_send_copies(struct tgr_sim_call *call,
                         const struct tgr_sim_method *method) {
  (void)method;
  json_t *chat = tgr_sim_message_chat(call);
  if (chat == NULL)
    return;
  json_t *ids = tgr_sim_param_json(call->params, "message_ids");
  if (!json_is_array(ids) || json_array_size(ids) == 0) {
    json_decref(ids);
    tgr_sim_call_fail(call, 400,
                      "Bad Request: message identifiers are not specified");
    return;
  }
  json_t *answer = json_array();
  size_t i;
  json_t *id;
  json_array_foreach(ids, i, id) {
    if (json_is_integer(source_of(call, json_integer_value(id))))
      continue; /* what is not there is skipped */
    json_t *message = copied(call, chat, json_integer_value(id));
    tgr_sim_bot_keep_message(call->bot, message);
    tgr_sim_message_tell(call, message);
    json_array_append_new(answer,
                          json_pack("{s:O}", "message_id",
                                    json_object_get(message, "message_id")));
    json_decref(message);
  }
  json_decref(ids);
  tgr_sim_call_ok(call, answer);
}
