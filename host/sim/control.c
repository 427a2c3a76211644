/* The HTTP endpoints under /sim/. All answer JSON; errors are
 * {"ok":false,"error_code":…,"description":…} as the API's.
 *
 * Where a bot is meant, ?token= names it; the default token's bot otherwise.
 *
 *   POST   /sim/updates   one update or an array, see feed.h
 *   POST   /sim/load      {count, chats, start_id, text}: synthetic messages
 *   POST   /sim/answers   one rule or an array, see rule.h
 *   GET    /sim/answers   how many rules there are
 *   DELETE /sim/answers   forgets all rules
 *   GET    /sim/calls     ?method= &token= &since=seq &limit=1000
 *   DELETE /sim/calls     forgets calls and counters
 *   GET    /sim/stats     counters
 *   POST   /sim/settings  see settings.c; answers all settings
 *   GET    /sim/settings  the same without a change
 *   POST   /sim/files     ?name= &type=; the body is the file; answers file_id
 *   POST   /sim/reset     everything as at the start, but numbers go on */
#include "sim/control.h"

#include "sim/feed.h"
#include "sim/param.h"
#include "sim/poll.h"
#include "sim/settings.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CALLS_DEFAULT = 1000 };

static void bad_request(struct tgr_sim_call *call, const char *what) {
  tgr_sim_call_fail(call, 400, "Bad Request: %s", what);
}

static json_t *parse(const struct tgr_buf *body) {
  return json_loadb(body->len == 0 ? "" : body->bytes, body->len,
                    JSON_ALLOW_NUL, NULL);
}

/* Applies `one` to the body, or to each element when it is an array. */
static void each(struct tgr_sim_call *call, const struct tgr_buf *body,
                 enum tgr_status (*one)(struct tgr_sim_call *, json_t *,
                                        char fault[TGR_SIM_FAULT_MAX]),
                 const char *complaint) {
  char fault[TGR_SIM_FAULT_MAX] = "";
  json_t *json = parse(body);
  json_t *list =
      json_is_array(json) ? json_incref(json) : json_pack("[O?]", json);
  enum tgr_status status = json == NULL ? TGR_EINVAL : TGR_OK;
  const size_t count = json_array_size(list);
  for (size_t i = 0; i < count && status == TGR_OK; i++)
    status = one(call, json_array_get(list, i), fault);
  json_decref(list);
  json_decref(json);
  if (status == TGR_ENOMEM)
    tgr_sim_call_json(call, 500, NULL);
  else if (status != TGR_OK)
    bad_request(call, *fault != '\0' ? fault : complaint);
  else
    tgr_sim_call_ok(call, json_pack("{s:I,s:I}", "count", (json_int_t)count,
                                    "next_update_id",
                                    (json_int_t)call->bot->queue.next_id));
}

static void post_updates(struct tgr_sim_call *call,
                         const struct tgr_buf *body) {
  each(call, body, tgr_sim_feed,
       "the body is no update and no array of updates");
}

static enum tgr_status add_rule(struct tgr_sim_call *call, json_t *json,
                                char fault[TGR_SIM_FAULT_MAX]) {
  return tgr_sim_rule_check(json, fault, TGR_SIM_FAULT_MAX)
             ? tgr_sim_rules_add(&call->world->rules, json)
             : TGR_EINVAL;
}

static void post_answers(struct tgr_sim_call *call,
                         const struct tgr_buf *body) {
  each(call, body, add_rule, "the body is no rule and no array of rules");
}

static void get_answers(struct tgr_sim_call *call, const struct tgr_buf *body) {
  (void)body;
  tgr_sim_call_ok(
      call, json_pack("{s:I}", "count", (json_int_t)call->world->rules.count));
}

static void delete_answers(struct tgr_sim_call *call,
                           const struct tgr_buf *body) {
  (void)body;
  tgr_sim_rules_clear(&call->world->rules);
  tgr_sim_call_ok(call, json_true());
}

/* The inside of a JSON text for `text`. */
static enum tgr_status put_load(struct tgr_sim_call *call,
                                struct tgr_sim_load *load, json_t *text) {
  char *quoted = json_dumps(text, JSON_ENCODE_ANY);
  if (quoted == NULL)
    return TGR_ENOMEM;
  load->text = quoted + 1;
  load->text_len = strlen(quoted) - 2;
  const enum tgr_status status =
      tgr_sim_queue_put_load(&call->bot->queue, load);
  free(quoted);
  return status;
}

/* A field of `json` that a load does not have; NULL for none. */
static const char *unknown_of_load(json_t *json) {
  static const char *const known[] = {"count", "chats", "start_id",
                                      "start_chat", "text"};
  const char *name;
  json_t *value;
  json_object_foreach(json, name, value) {
    size_t i = 0;
    while (i < sizeof known / sizeof *known && strcmp(known[i], name) != 0)
      i++;
    if (i == sizeof known / sizeof *known)
      return name;
  }
  return NULL;
}

static void post_load(struct tgr_sim_call *call, const struct tgr_buf *body) {
  json_t *json = parse(body);
  const char *unknown = unknown_of_load(json);
  int64_t count = 0;
  int64_t chats = 1;
  int64_t chat_base = 5000000;
  int64_t start_id = call->bot->queue.next_id;
  tgr_sim_param_int(json, "count", &count);
  tgr_sim_param_int(json, "chats", &chats);
  tgr_sim_param_int(json, "start_chat", &chat_base);
  tgr_sim_param_int(json, "start_id", &start_id);
  json_t *text = tgr_sim_param_string(json, "text");
  if (text == NULL)
    text = json_string("load");
  if (unknown != NULL) {
    tgr_sim_call_fail(call, 400, "Bad Request: unknown field '%s' of a load",
                      unknown);
  } else if (!json_is_object(json) || count < 1 || chats < 1) {
    bad_request(call, "count and chats must be positive");
  } else {
    struct tgr_sim_load load = {.first_id = start_id,
                                .count = (uint64_t)count,
                                .chats = (uint64_t)chats,
                                .chat_base = chat_base};
    const enum tgr_status status = put_load(call, &load, text);
    if (status == TGR_EINVAL)
      bad_request(call, "the numbers of the updates or chats would not fit");
    else if (status != TGR_OK)
      tgr_sim_call_json(call, 500, NULL);
    else
      tgr_sim_call_ok(call, json_pack("{s:I}", "next_update_id",
                                      (json_int_t)call->bot->queue.next_id));
    tgr_sim_poll_wake(call->world, call->bot);
  }
  json_decref(text);
  json_decref(json);
}

static void get_calls(struct tgr_sim_call *call, const struct tgr_buf *body) {
  (void)body;
  int64_t since = 0;
  int64_t limit = CALLS_DEFAULT;
  tgr_sim_param_int(call->params, "since", &since);
  tgr_sim_param_int(call->params, "limit", &limit);
  const char *method = tgr_sim_param_text(call->params, "method");
  const char *token = tgr_sim_param_text(call->params, "token");
  json_t *calls = tgr_sim_record_calls(
      &call->world->record, method[0] == '\0' ? NULL : method,
      token[0] == '\0' ? NULL : token, since < 0 ? 0 : (uint64_t)since,
      limit < 0 ? 0 : (size_t)limit);
  tgr_sim_call_json(call, 200,
                    json_pack("{s:b,s:o}", "ok", 1, "result", calls));
}

static void delete_calls(struct tgr_sim_call *call,
                         const struct tgr_buf *body) {
  (void)body;
  tgr_sim_record_clear(&call->world->record);
  tgr_sim_call_ok(call, json_true());
}

static void get_stats(struct tgr_sim_call *call, const struct tgr_buf *body) {
  (void)body;
  const struct tgr_sim_world *world = call->world;
  tgr_sim_call_ok(call,
                  json_pack("{s:o,s:I,s:I,s:I,s:I,s:I,s:I,s:I}", "methods",
                            tgr_sim_record_stats(&world->record), "connections",
                            (json_int_t)world->connections, "polls",
                            (json_int_t)world->polls, "unconfirmed",
                            (json_int_t)atomic_load(&world->unconfirmed),
                            "aborted", (json_int_t)world->record.aborted,
                            "last_seq", (json_int_t)world->record.next_seq - 1,
                            "queued", (json_int_t)call->bot->queue.count,
                            "now_us", (json_int_t)tgr_sim_now_us()));
}

static void get_settings(struct tgr_sim_call *call,
                         const struct tgr_buf *body) {
  (void)body;
  tgr_sim_call_ok(call, tgr_sim_settings_json(call->world, call->bot));
}

static void post_settings(struct tgr_sim_call *call,
                          const struct tgr_buf *body) {
  json_t *json = parse(body);
  const enum tgr_status status =
      tgr_sim_settings_apply(call->world, call->bot, json);
  json_decref(json);
  if (status == TGR_EINVAL)
    bad_request(call, "a setting is unknown or of the wrong type");
  else if (status != TGR_OK)
    tgr_sim_call_json(call, 500, NULL);
  else
    get_settings(call, body);
}

static void post_files(struct tgr_sim_call *call, const struct tgr_buf *body) {
  struct tgr_sim_files *files = &call->world->files;
  const struct tgr_sim_file *file =
      tgr_sim_files_new(files, tgr_sim_param_text(call->params, "name"),
                        tgr_sim_param_text(call->params, "type"));
  if (file == NULL ||
      tgr_sim_files_append(files, file->id, body->bytes, body->len) != TGR_OK)
    tgr_sim_call_json(call, 500, NULL);
  else
    tgr_sim_call_ok(call, json_pack("{s:o,s:I}", "file_id",
                                    json_sprintf("sim-file-%" PRIu64, file->id),
                                    "file_size", (json_int_t)file->size));
}

static void post_reset(struct tgr_sim_call *call, const struct tgr_buf *body) {
  (void)body;
  for (struct tgr_sim_bot *bot = call->world->bots; bot != NULL;
       bot = bot->next) {
    tgr_sim_poll_evict(bot, "a reset of the simulator");
    tgr_sim_bot_reset(bot);
  }
  tgr_sim_rules_clear(&call->world->rules);
  tgr_sim_record_clear(&call->world->record);
  tgr_sim_settings_reset(call->world);
  tgr_sim_call_ok(call, json_true());
}

static const struct {
  const char *verb;
  const char *path;
  void (*run)(struct tgr_sim_call *call, const struct tgr_buf *body);
} endpoints[] = {
    {"POST", "updates", post_updates},     {"POST", "load", post_load},
    {"POST", "answers", post_answers},     {"GET", "answers", get_answers},
    {"DELETE", "answers", delete_answers}, {"GET", "calls", get_calls},
    {"DELETE", "calls", delete_calls},     {"GET", "stats", get_stats},
    {"POST", "settings", post_settings},   {"GET", "settings", get_settings},
    {"POST", "files", post_files},         {"POST", "reset", post_reset},
};

/* False with the call answered when ?token= is malformed. */
static bool find_bot(struct tgr_sim_call *call) {
  const char *token = tgr_sim_param_text(call->params, "token");
  call->bot = call->world->home;
  if (token[0] == '\0')
    return true;
  if (!tgr_sim_token_well_formed(token, strlen(token))) {
    bad_request(call, "token is not of the form 123456:ABC");
    return false;
  }
  call->bot = tgr_sim_world_bot(call->world, token, strlen(token));
  if (call->bot == NULL)
    tgr_sim_call_json(call, 500, NULL);
  return call->bot != NULL;
}

void tgr_sim_control_run(struct tgr_sim_call *call, const char *verb,
                         const char *path, const struct tgr_buf *body) {
  bool known = false;
  call->state = TGR_SIM_CALL_READY;
  if (!find_bot(call))
    return;
  for (size_t i = 0; i < sizeof endpoints / sizeof *endpoints; i++) {
    if (strcmp(endpoints[i].path, path + strlen("/sim/")) != 0)
      continue;
    known = true;
    if (strcmp(endpoints[i].verb, verb) != 0)
      continue;
    endpoints[i].run(call, body);
    return;
  }
  if (known)
    tgr_sim_call_fail(call, 405, "Method Not Allowed");
  else
    tgr_sim_call_fail(call, 404, "Not Found: see host/sim/README.md");
}
