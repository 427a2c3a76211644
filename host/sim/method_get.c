/* Methods that ask for something. */
#include "sim/method.h"

#include "sim/message.h"
#include "sim/param.h"
#include "sim/poll.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void tgr_sim_get_updates(struct tgr_sim_call *call,
                         const struct tgr_sim_method *method) {
  (void)method;
  tgr_sim_poll_run(call);
}

void tgr_sim_get_me(struct tgr_sim_call *call,
                    const struct tgr_sim_method *method) {
  (void)method;
  tgr_sim_call_ok(call, json_incref(call->bot->me));
}

/* The answer is always the same: the table's `arg` as JSON. */
void tgr_sim_get_fixed(struct tgr_sim_call *call,
                       const struct tgr_sim_method *method) {
  tgr_sim_call_ok(call, json_loads(method->arg, JSON_DECODE_ANY, NULL));
}

void tgr_sim_get_chat(struct tgr_sim_call *call,
                      const struct tgr_sim_method *method) {
  (void)method;
  json_t *chat = tgr_sim_message_chat(call);
  if (chat == NULL)
    return;
  json_t *full = json_copy(chat);
  json_object_set_new(full, "accent_color_id", json_integer(0));
  json_object_set_new(full, "max_reaction_count", json_integer(11));
  tgr_sim_call_ok(call, full);
}

static json_t *member_of(struct tgr_sim_call *call, int64_t user_id) {
  const json_int_t me =
      json_integer_value(json_object_get(call->bot->me, "id"));
  if (user_id == me)
    return json_pack("{s:s,s:O,s:b,s:b,s:b,s:b}", "status", "administrator",
                     "user", call->bot->from, "can_be_edited", 0,
                     "is_anonymous", 0, "can_delete_messages", 1,
                     "can_restrict_members", 1);
  return json_pack("{s:s,s:{s:I,s:b,s:s}}", "status", "member", "user", "id",
                   (json_int_t)user_id, "is_bot", 0, "first_name", "User");
}

void tgr_sim_get_member(struct tgr_sim_call *call,
                        const struct tgr_sim_method *method) {
  (void)method;
  int64_t user_id;
  if (tgr_sim_message_chat(call) == NULL)
    return;
  if (!tgr_sim_param_int(call->params, "user_id", &user_id))
    tgr_sim_call_fail(call, 400, "Bad Request: invalid user_id specified");
  else
    tgr_sim_call_ok(call, member_of(call, user_id));
}

void tgr_sim_get_admins(struct tgr_sim_call *call,
                        const struct tgr_sim_method *method) {
  (void)method;
  json_t *chat = tgr_sim_message_chat(call);
  if (chat == NULL)
    return;
  const json_int_t me =
      json_integer_value(json_object_get(call->bot->me, "id"));
  tgr_sim_call_ok(call, json_pack("[o]", member_of(call, me)));
}

/* Folder and ending a path shows, by what was uploaded. */
static const char *ending_of(const struct tgr_sim_file *file) {
  const char *dot = file == NULL ? NULL : strrchr(file->name, '.');
  if (dot == NULL || strlen(dot) > 8)
    return "";
  for (const char *c = dot + 1; *c != '\0'; c++)
    if (!((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
          (*c >= '0' && *c <= '9')))
      return "";
  return dot;
}

void tgr_sim_get_file(struct tgr_sim_call *call,
                      const struct tgr_sim_method *method) {
  (void)method;
  const char *id = tgr_sim_param_text(call->params, "file_id");
  if (id[0] == '\0') {
    tgr_sim_call_fail(call, 400, "Bad Request: file_id not specified");
    return;
  }
  if (strpbrk(id, "/\\ ?%#") != NULL) {
    tgr_sim_call_fail(call, 400, "Bad Request: invalid file_id");
    return;
  }
  const uint64_t number = tgr_sim_file_number(id);
  const struct tgr_sim_file *file =
      tgr_sim_files_get(&call->world->files, number);
  if (file != NULL && file->size > file->kept.len) {
    tgr_sim_call_fail(call, 400, "Bad Request: file is too big");
    return;
  }
  json_t *path = file != NULL ? json_sprintf("files/file_%" PRIu64 "%s", number,
                                             ending_of(file))
                              : json_sprintf("unknown/%s", id);
  json_t *answer = json_pack("{s:s,s:o,s:o}", "file_id", id, "file_unique_id",
                             json_sprintf("u-%s", id), "file_path", path);
  if (file != NULL)
    json_object_set_new(answer, "file_size",
                        json_integer((json_int_t)file->size));
  tgr_sim_call_ok(call, answer);
}

void tgr_sim_get_webhook(struct tgr_sim_call *call,
                         const struct tgr_sim_method *method) {
  (void)method;
  const struct tgr_sim_bot *bot = call->bot;
  json_t *answer = json_pack(
      "{s:s,s:b,s:I}", "url",
      bot->webhook == NULL ? "" : tgr_sim_param_text(bot->webhook, "url"),
      "has_custom_certificate", 0, "pending_update_count",
      (json_int_t)bot->queue.count);
  json_t *kinds = json_array();
  const char *kind;
  json_t *value;
  json_object_foreach(bot->allowed, kind, value) {
    json_array_append_new(kinds, json_string(kind));
  }
  if (json_array_size(kinds) > 0)
    json_object_set(answer, "allowed_updates", kinds);
  json_decref(kinds);
  tgr_sim_call_ok(call, answer);
}
