/* One Bot API call. */
#include "sim/api.h"

#include "sim/console.h"
#include "sim/method.h"
#include "sim/param.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BOT_PREFIX "/bot"
#define FILE_PREFIX "/file/bot"

/* The parts of a path, pointing into it. */
struct route {
  const char *token;
  size_t token_len;
  const char *rest; /* behind the token's slash, and behind "test/" */
};

static bool split(const char *path, const char *prefix, struct route *route) {
  if (strncmp(path, prefix, strlen(prefix)) != 0)
    return false;
  route->token = path + strlen(prefix);
  const char *slash = strchr(route->token, '/');
  if (slash == NULL)
    return false;
  route->token_len = (size_t)(slash - route->token);
  route->rest = slash + 1;
  if (strncmp(route->rest, "test/", 5) == 0)
    route->rest += 5;
  return true;
}

/* Only what a header or path may put into a record without harm. */
static void copy_plain(char *to, size_t size, const char *from) {
  size_t len = 0;
  for (; from[len] != '\0' && from[len] != ';' && len + 1 < size; len++)
    to[len] = (char)(isgraph((unsigned char)from[len]) ? from[len] : '?');
  to[len] = '\0';
}

void tgr_sim_api_begin(struct tgr_sim_call *call, const char *path,
                       const char *content_type, uint64_t connection) {
  struct route route;
  char name[TGR_SIM_RECORD_METHOD_MAX] = "?";
  struct tgr_sim_method spare;
  struct tgr_sim_record *record = &call->world->record;
  if (split(path, BOT_PREFIX, &route))
    copy_plain(name, sizeof name, route.rest);
  const struct tgr_sim_method *method = tgr_sim_method_find(name, &spare);
  call->tally =
      tgr_sim_record_tally(record, method == NULL ? name : method->name);
  call->seq = tgr_sim_record_begin(record, call->tally);
  struct tgr_sim_entry *entry = tgr_sim_record_entry(record, call->seq);
  if (entry == NULL)
    return;
  entry->connection = connection;
  entry->params = json_incref(call->params);
  entry->files = json_incref(call->files);
  if (content_type != NULL)
    copy_plain(entry->content_type, sizeof entry->content_type, content_type);
}

/* Finds the bot of the call; NULL with the call answered. */
static struct tgr_sim_bot *find_bot(struct tgr_sim_call *call,
                                    const struct route *route) {
  char token[TGR_SIM_TOKEN_MAX];
  if (!tgr_sim_token_well_formed(route->token, route->token_len)) {
    tgr_sim_call_fail(call, 404, "Not Found");
    return NULL;
  }
  snprintf(token, sizeof token, "%.*s", (int)route->token_len, route->token);
  if (!tgr_sim_world_knows(call->world, token)) {
    tgr_sim_call_fail(call, 401, "Unauthorized");
    return NULL;
  }
  struct tgr_sim_bot *bot =
      tgr_sim_world_bot(call->world, token, route->token_len);
  if (bot == NULL)
    tgr_sim_call_json(call, 500, NULL);
  return bot;
}

/* What an ordered status says when it came without a body. */
static json_t *usual_body(int status) {
  if (status < 400)
    return json_pack("{s:b,s:b}", "ok", 1, "result", 1);
  if (status == 429)
    return json_pack("{s:b,s:i,s:s,s:{s:i}}", "ok", 0, "error_code", status,
                     "description", "Too Many Requests: retry after 1",
                     "parameters", "retry_after", 1);
  return json_pack("{s:b,s:i,s:s}", "ok", 0, "error_code", status,
                   "description",
                   status >= 500   ? "Internal Server Error"
                   : status == 401 ? "Unauthorized"
                   : status == 403 ? "Forbidden: bot was blocked by the user"
                   : status == 409 ? "Conflict: terminated by other getUpdates "
                                     "request; make sure that only one bot "
                                     "instance is running"
                                   : "Bad Request: ordered by a rule");
}

static int status_of(const json_t *body) {
  const json_t *code = json_object_get(body, "error_code");
  return json_is_integer(code) ? (int)json_integer_value(code) : 200;
}

/* Puts the ordered answer in place of the method's. */
static void replace_answer(struct tgr_sim_call *call,
                           const struct tgr_sim_effect *effect) {
  struct tgr_sim_answer *answer = &call->answer;
  if (json_is_string(effect->body))
    tgr_sim_call_bytes(call, effect->status == 0 ? 200 : effect->status,
                       "application/json", json_string_value(effect->body),
                       json_string_length(effect->body));
  else if (effect->body != NULL)
    tgr_sim_call_json(
        call, effect->status == 0 ? status_of(effect->body) : effect->status,
        json_incref(effect->body));
  else if (effect->status != 0)
    tgr_sim_call_json(call, effect->status, usual_body(effect->status));
  answer->close = effect->close || effect->reset;
  answer->reset = effect->reset;
  json_decref(answer->headers);
  answer->headers =
      effect->headers == NULL ? NULL : json_incref(effect->headers);
}

static bool replaces(const struct tgr_sim_effect *effect) {
  return effect->status != 0 || effect->body != NULL || effect->close ||
         effect->reset;
}

static void run_method(struct tgr_sim_call *call, const char *name) {
  struct tgr_sim_method spare;
  const struct tgr_sim_method *method = tgr_sim_method_find(name, &spare);
  if (method == NULL)
    tgr_sim_call_fail(call, 404, "Not Found: method not found");
  else
    tgr_sim_method_run(call, method);
}

/* A poll waited first: now its rule replaces what it got. */
static void apply_rule(struct tgr_sim_call *call) {
  struct tgr_sim_effect effect;
  if (call->rule == NULL)
    return;
  tgr_sim_rule_read(call->rule, &effect);
  replace_answer(call, &effect);
}

static void send_late(struct tgr_sim_call *call) {
  tgr_sim_call_ready(call);
}

static void poll_late(struct tgr_sim_call *call) {
  call->state = TGR_SIM_CALL_READY;
  run_method(call, "getUpdates");
  if (call->state == TGR_SIM_CALL_READY)
    tgr_sim_call_ready(call);
}

/* Runs the method or the ordered answer, after or before the delay: a poll is
 * late itself, of all other methods only the answer is. */
static void perform(struct tgr_sim_call *call, const char *name) {
  struct tgr_sim_effect effect = {0};
  tgr_sim_rules_match(&call->world->rules, call->bot->token, name, call->params,
                      &effect);
  const int64_t delay_ms =
      effect.has_delay ? effect.delay_ms : call->world->delay_ms;
  const uint64_t at_us = tgr_sim_now_us() + (uint64_t)delay_ms * 1000;
  const bool replaced = replaces(&effect);
  if (!replaced && strcasecmp(name, "getUpdates") == 0 && delay_ms > 0) {
    call->rule = json_incref(effect.rule); /* its headers */
    call->on_ready = apply_rule;
    tgr_sim_call_wait(call, at_us, poll_late);
    return;
  }
  if (!replaced || effect.perform)
    run_method(call, name);
  if (call->state == TGR_SIM_CALL_WAITING) {
    call->rule = json_incref(effect.rule);
    call->on_ready = apply_rule;
    return;
  }
  if (replaced || effect.headers != NULL)
    replace_answer(call, &effect);
  if (delay_ms > 0)
    tgr_sim_call_wait(call, at_us, send_late);
}

void tgr_sim_api_run(struct tgr_sim_call *call, const char *path) {
  struct route route;
  call->state = TGR_SIM_CALL_READY;
  if (!split(path, BOT_PREFIX, &route)) {
    tgr_sim_call_fail(call, 404, "Not Found");
    return;
  }
  call->bot = find_bot(call, &route);
  if (call->bot == NULL)
    return;
  tgr_sim_console_meet(call->world, call->bot, route.rest);
  struct tgr_sim_entry *entry =
      tgr_sim_record_entry(&call->world->record, call->seq);
  if (entry != NULL)
    entry->token = json_incref(call->bot->token_json);
  if (call->too_large)
    tgr_sim_call_fail(call, 413, "Request Entity Too Large");
  else if (call->bad_body)
    tgr_sim_call_fail(call, 400, "Bad Request: can't parse request body");
  else
    perform(call, route.rest);
}

static void answer_file(struct tgr_sim_call *call, const char *path) {
  const char *number = strncmp(path, "files/file_", 11) == 0 ? path + 11 : "";
  const struct tgr_sim_file *file =
      tgr_sim_files_get(&call->world->files, strtoull(number, NULL, 10));
  if (file != NULL) {
    tgr_sim_call_bytes(call, 200,
                       file->type[0] == '\0' ? "application/octet-stream"
                                             : file->type,
                       file->kept.bytes, file->kept.len);
    return;
  }
  if (strncmp(path, "unknown/", 8) != 0) {
    tgr_sim_call_fail(call, 404, "Not Found");
    return;
  }
  char text[256];
  const int len =
      snprintf(text, sizeof text, "simulated file %.200s\n", path + 8);
  tgr_sim_call_bytes(call, 200, "application/octet-stream", text, (size_t)len);
}

void tgr_sim_api_download(struct tgr_sim_call *call, const char *path) {
  struct route route;
  call->state = TGR_SIM_CALL_READY;
  if (!split(path, FILE_PREFIX, &route))
    tgr_sim_call_fail(call, 404, "Not Found");
  else if (find_bot(call, &route) != NULL)
    answer_file(call, route.rest);
}

void tgr_sim_api_end(struct tgr_sim_call *call, bool aborted) {
  if (call->tally == NULL)
    return;
  tgr_sim_record_end(&call->world->record, call->tally, call->seq,
                     call->answer.close ? 0 : call->answer.status, aborted);
  call->tally = NULL;
}
