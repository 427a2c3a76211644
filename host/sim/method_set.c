/* Methods that change something and mostly answer true. */
#include "sim/method.h"

#include "sim/button.h"
#include "sim/message.h"
#include "sim/param.h"
#include "sim/poll.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void tgr_sim_set_true(struct tgr_sim_call *call,
                      const struct tgr_sim_method *method) {
  (void)method;
  tgr_sim_call_ok(call, json_true());
}

/* What it says is for who pressed the button. */
void tgr_sim_answer_query(struct tgr_sim_call *call,
                          const struct tgr_sim_method *method) {
  int64_t id = 0;
  if (tgr_sim_param_int(call->params, "callback_query_id", &id) &&
      tgr_sim_button_is_press(id))
    tgr_sim_message_tell_mark(call,
                              tgr_sim_param_true(call->params, "show_alert")
                                  ? "alert"
                                  : "notification",
                              "text");
  tgr_sim_set_true(call, method);
}

/* Where set* keeps and get* finds: the noun and what it is set for. */
static json_t *kept_key(const struct tgr_sim_call *call, const char *noun) {
  static const char *const parts[] = {"scope", "language_code", "chat_id",
                                      "for_channels"};
  json_t *key = json_string(noun);
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    json_t *part = tgr_sim_param_string(call->params, parts[i]);
    json_t *longer = json_sprintf("%s|%s", json_string_value(key),
                                  part == NULL ? "" : json_string_value(part));
    json_decref(part);
    json_decref(key);
    key = longer;
  }
  return key;
}

/* The parameter as what it is kept as; NULL when nothing is given, and with the
 * call answered when it is no list of commands or no menu button. */
static json_t *kept_value(struct tgr_sim_call *call, const char *field) {
  const bool is_list = strcmp(field, "commands") == 0;
  if (!is_list && strcmp(field, "menu_button") != 0)
    return tgr_sim_param_given(call->params, field)
               ? tgr_sim_param_string(call->params, field)
               : NULL;
  json_t *value = tgr_sim_param_json(call->params, field);
  if (!tgr_sim_param_given(call->params, field) ||
      (is_list ? json_is_array(value) : json_is_object(value)))
    return value;
  json_decref(value);
  tgr_sim_call_fail(call, 400, "Bad Request: expected %s",
                    is_list ? "an Array of BotCommand" : "a MenuButton object");
  return NULL;
}

/* "field>noun": remembers the parameter `field` under `noun`; nothing given
 * forgets it, which is also what delete* methods do. */
void tgr_sim_set_kept(struct tgr_sim_call *call,
                      const struct tgr_sim_method *method) {
  char field[64];
  const char *noun = strchr(method->arg, '>') + 1;
  snprintf(field, sizeof field, "%.*s", (int)(noun - 1 - method->arg),
           method->arg);
  json_t *value = kept_value(call, field);
  if (value == NULL && tgr_sim_param_given(call->params, field))
    return;
  json_t *key = kept_key(call, noun);
  if (value == NULL)
    json_object_del(call->bot->kept, json_string_value(key));
  else
    json_object_set_new(call->bot->kept, json_string_value(key), value);
  json_decref(key);
  tgr_sim_call_ok(call, json_true());
}

/* "noun>field=empty": answers what was kept, as {field: …} or, without a
 * field, as it is. */
void tgr_sim_get_kept(struct tgr_sim_call *call,
                      const struct tgr_sim_method *method) {
  char noun[64];
  const char *field = strchr(method->arg, '>') + 1;
  const char *equals = strchr(field, '=');
  snprintf(noun, sizeof noun, "%.*s", (int)(field - 1 - method->arg),
           method->arg);
  json_t *key = kept_key(call, noun);
  json_t *value = json_object_get(call->bot->kept, json_string_value(key));
  json_decref(key);
  value = value != NULL ? json_incref(value)
                        : json_loads(equals + 1, JSON_DECODE_ANY, NULL);
  if (equals == field) {
    tgr_sim_call_ok(call, value);
    return;
  }
  json_t *holder = json_object();
  json_object_setn_new(holder, field, (size_t)(equals - field), value);
  tgr_sim_call_ok(call, holder);
}

static void forget_pending(struct tgr_sim_call *call) {
  if (tgr_sim_param_true(call->params, "drop_pending_updates"))
    tgr_sim_queue_clear(&call->bot->queue);
}

void tgr_sim_set_webhook(struct tgr_sim_call *call,
                         const struct tgr_sim_method *method) {
  if (!tgr_sim_param_given(call->params, "url")) {
    tgr_sim_delete_webhook(call, method);
    return;
  }
  const char *url = tgr_sim_param_text(call->params, "url");
  if (strncmp(url, "https://", 8) != 0) {
    tgr_sim_call_fail(call, 400,
                      "Bad Request: bad webhook: An HTTPS URL must be provided "
                      "for webhook");
    return;
  }
  json_t *kinds = tgr_sim_param_json(call->params, "allowed_updates");
  if (json_is_array(kinds) && !tgr_sim_bot_allow(call->bot, kinds)) {
    json_decref(kinds);
    tgr_sim_call_json(call, 500, NULL);
    return;
  }
  json_decref(kinds);
  forget_pending(call);
  tgr_sim_poll_evict(call->bot, "setWebhook request");
  json_decref(call->bot->webhook);
  call->bot->webhook = json_incref(call->params);
  tgr_sim_call_json(call, 200,
                    json_pack("{s:b,s:b,s:s}", "ok", 1, "result", 1,
                              "description", "Webhook was set"));
}

void tgr_sim_delete_webhook(struct tgr_sim_call *call,
                            const struct tgr_sim_method *method) {
  (void)method;
  const bool was_set = call->bot->webhook != NULL;
  json_decref(call->bot->webhook);
  call->bot->webhook = NULL;
  forget_pending(call);
  tgr_sim_call_json(call, 200,
                    json_pack("{s:b,s:b,s:s}", "ok", 1, "result", 1,
                              "description",
                              was_set ? "Webhook was deleted"
                                      : "Webhook is already deleted"));
}

void tgr_sim_set_link(struct tgr_sim_call *call,
                      const struct tgr_sim_method *method) {
  const char *given = tgr_sim_param_text(call->params, "invite_link");
  json_t *link = given[0] != '\0'
                     ? json_string(given)
                     : json_sprintf("https://t.me/+simulated%" PRId64,
                                    call->world->next_query_id++);
  tgr_sim_call_ok(
      call,
      json_pack("{s:o,s:O,s:b,s:b,s:b}", "invite_link", link, "creator",
                call->bot->from, "creates_join_request",
                (int)tgr_sim_param_true(call->params, "creates_join_request"),
                "is_primary", 0, "is_revoked",
                (int)(strcmp(method->arg, "revoked") == 0)));
}

void tgr_sim_set_topic(struct tgr_sim_call *call,
                       const struct tgr_sim_method *method) {
  (void)method;
  json_t *name = tgr_sim_param_string(call->params, "name");
  tgr_sim_call_ok(call, json_pack("{s:I,s:o,s:i}", "message_thread_id",
                                  (json_int_t)call->bot->next_message_id++,
                                  "name", name, "icon_color", 7322096));
}

void tgr_sim_upload_sticker(struct tgr_sim_call *call,
                            const struct tgr_sim_method *method) {
  (void)method;
  const json_t *file = json_object_get(call->files, "sticker");
  if (file == NULL) {
    tgr_sim_call_fail(call, 400,
                      "Bad Request: there is no sticker in the request");
    return;
  }
  const char *id = tgr_sim_param_text(file, "file_id");
  tgr_sim_call_ok(call, json_pack("{s:s,s:o,s:O}", "file_id", id,
                                  "file_unique_id", json_sprintf("u-%s", id),
                                  "file_size", json_object_get(file, "size")));
}
