/* Methods that change or delete messages. */
#include "sim/method.h"

#include "sim/message.h"
#include "sim/param.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

/* The message to edit, as a copy to change; NULL with the call answered: with
 * an error, or with true for an inline message. A message the simulator does
 * not know is made up. */
static json_t *message_to_edit(struct tgr_sim_call *call) {
  if (tgr_sim_param_given(call->params, "inline_message_id")) {
    tgr_sim_call_ok(call, json_true());
    return NULL;
  }
  json_t *chat = tgr_sim_message_chat(call);
  int64_t id;
  if (chat == NULL)
    return NULL;
  if (!tgr_sim_param_int(call->params, "message_id", &id)) {
    tgr_sim_call_fail(call, 400,
                      "Bad Request: message identifier is not specified");
    return NULL;
  }
  json_t *known = tgr_sim_bot_message(call->bot, chat, id);
  if (json_is_integer(known)) {
    tgr_sim_call_fail(call, 400, "Bad Request: message to edit not found");
    return NULL;
  }
  json_t *message =
      known != NULL ? json_copy(known)
                    : json_pack("{s:I,s:O,s:O,s:I}", "message_id",
                                (json_int_t)id, "from", call->bot->from, "chat",
                                chat, "date", (json_int_t)time(NULL));
  if (message == NULL)
    tgr_sim_call_json(call, 500, NULL);
  else
    json_object_del(message, "reply_markup");
  return message;
}

/* Sets the keyboard and the date and answers; refuses when nothing is new,
 * unless `always`. Takes `message`. */
static void finish_edit(struct tgr_sim_call *call, json_t *message,
                        bool always) {
  tgr_sim_message_set_markup(message, call->params);
  const json_t *known = tgr_sim_bot_message(
      call->bot, json_object_get(message, "chat"),
      json_integer_value(json_object_get(message, "message_id")));
  if (!always && json_equal(known, message)) {
    json_decref(message);
    tgr_sim_call_fail(
        call, 400,
        "Bad Request: message is not modified: specified new message content "
        "and reply markup are exactly the same as a current content and reply "
        "markup of the message");
    return;
  }
  json_object_set_new(message, "edit_date", json_integer(time(NULL)));
  tgr_sim_message_send(call, message);
}

/* `arg` is "text" or "caption". */
void tgr_sim_edit_text(struct tgr_sim_call *call,
                       const struct tgr_sim_method *method) {
  const bool is_text = strcmp(method->arg, "text") == 0;
  const char *entities = is_text ? "entities" : "caption_entities";
  if (is_text && !tgr_sim_param_given(call->params, "text")) {
    tgr_sim_call_fail(call, 400, "Bad Request: message text is empty");
    return;
  }
  json_t *message = message_to_edit(call);
  if (message == NULL)
    return;
  json_object_del(message, method->arg);
  json_object_del(message, entities);
  if (tgr_sim_message_set_text(call, message, call->params, method->arg,
                               entities))
    finish_edit(call, message, false);
  else
    json_decref(message);
}

void tgr_sim_edit_media(struct tgr_sim_call *call,
                        const struct tgr_sim_method *method) {
  (void)method;
  static const char *const kinds[] = {"photo",    "video", "animation",
                                      "document", "audio", "caption"};
  json_t *item = tgr_sim_param_json(call->params, "media");
  const char *kind = tgr_sim_param_text(item, "type");
  const char *source = tgr_sim_param_text(item, "media");
  json_t *media = source[0] == '\0' || kind[0] == '\0'
                      ? NULL
                      : tgr_sim_message_media(call, kind, kind, source);
  json_t *message = NULL;
  if (media == NULL)
    tgr_sim_call_fail(call, 400,
                      "Bad Request: there is no media in the request");
  else
    message = message_to_edit(call);
  if (message == NULL) {
    json_decref(media);
    json_decref(item);
    return;
  }
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    json_object_del(message, kinds[i]);
  json_object_set_new(message, kind, media);
  if (tgr_sim_message_set_text(call, message, item, "caption",
                               "caption_entities"))
    finish_edit(call, message, false);
  else
    json_decref(message);
  json_decref(item);
}

/* Only the keyboard; with an `arg` also what a simulated message hardly shows,
 * which is never refused as not modified. */
void tgr_sim_edit_other(struct tgr_sim_call *call,
                        const struct tgr_sim_method *method) {
  json_t *message = message_to_edit(call);
  if (message == NULL)
    return;
  if (strcmp(method->arg, "poll") == 0) {
    json_t *poll = json_deep_copy(json_object_get(message, "poll"));
    if (poll == NULL)
      poll =
          json_pack("{s:s,s:s,s:[],s:i,s:b,s:s,s:b}", "id", "1", "question",
                    "Poll", "options", "total_voter_count", 0, "is_anonymous",
                    1, "type", "regular", "allows_multiple_answers", 0);
    json_object_set_new(poll, "is_closed", json_true());
    json_decref(message);
    tgr_sim_call_ok(call, poll);
    return;
  }
  if (strcmp(method->arg, "location") == 0) {
    json_t *latitude = tgr_sim_param_json(call->params, "latitude");
    json_t *longitude = tgr_sim_param_json(call->params, "longitude");
    json_object_set_new(
        message, "location",
        json_pack("{s:o*,s:o*}", "latitude", latitude, "longitude", longitude));
  }
  finish_edit(call, message, method->arg[0] != '\0');
}

void tgr_sim_delete_message(struct tgr_sim_call *call,
                            const struct tgr_sim_method *method) {
  (void)method;
  json_t *chat = tgr_sim_message_chat(call);
  int64_t id;
  if (chat == NULL)
    return;
  if (!tgr_sim_param_int(call->params, "message_id", &id)) {
    tgr_sim_call_fail(call, 400,
                      "Bad Request: message identifier is not specified");
    return;
  }
  if (json_is_integer(tgr_sim_bot_message(call->bot, chat, id))) {
    tgr_sim_call_fail(call, 400, "Bad Request: message to delete not found");
    return;
  }
  tgr_sim_bot_forget_message(call->bot, chat, id);
  tgr_sim_call_ok(call, json_true());
}

void tgr_sim_delete_messages(struct tgr_sim_call *call,
                             const struct tgr_sim_method *method) {
  (void)method;
  json_t *chat = tgr_sim_message_chat(call);
  if (chat == NULL)
    return;
  json_t *ids = tgr_sim_param_json(call->params, "message_ids");
  size_t i;
  json_t *id;
  json_array_foreach(ids, i, id) {
    tgr_sim_bot_forget_message(call->bot, chat, json_integer_value(id));
  }
  const bool is_list = json_is_array(ids);
  json_decref(ids);
  if (is_list)
    tgr_sim_call_ok(call, json_true());
  else
    tgr_sim_call_fail(call, 400,
                      "Bad Request: message identifiers are not specified");
}
