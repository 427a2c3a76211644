/* getUpdates and how updates reach it.
 *
 * Rules of the real server kept here: an offset confirms what is below; a
 * negative one counts from the end; limit is 1..100, timeout 0..50 s; the
 * older of two waiting polls is ended with a 409; a webhook excludes polling;
 * the same offset again within 0.5 s gets one update at most, and within 3 s
 * it waits up to 3 s. */
#include "sim/poll.h"

#include "sim/param.h"

#include <stdlib.h>
#include <string.h>

enum {
  LIMIT_MAX = 100,
  TIMEOUT_MAX_S = 50,
  REPEAT_WAIT_S = 3,
  REPEAT_LIMIT_US = 500000,
  REPEAT_WAIT_US = 3000000
};

static bool has_something(const struct tgr_sim_bot *bot) {
  return bot->queue.count > 0 || !tgr_list_empty(&bot->raw_bodies);
}

/* Serves a body verbatim, if one is due. */
static bool answer_raw(struct tgr_sim_call *call) {
  struct tgr_link *link = tgr_list_take(&call->bot->raw_bodies);
  if (link == NULL)
    return false;
  struct tgr_sim_raw_body *raw =
      TGR_CONTAINER_OF(link, struct tgr_sim_raw_body, link);
  tgr_sim_call_bytes(call, raw->status, "application/json", raw->bytes,
                     raw->len);
  tgr_mem_free(call->world->mem, raw);
  return true;
}

static void answer_updates(struct tgr_sim_call *call) {
  if (answer_raw(call))
    return;
  static const char head[] = "{\"ok\":true,\"result\":[";
  tgr_sim_call_bytes(call, 200, "application/json", head, sizeof head - 1);
  struct tgr_buf *body = &call->answer.body;
  if (call->answer.status != 200 ||
      tgr_sim_queue_write(&call->bot->queue, call->limit, body) != TGR_OK ||
      tgr_buf_append(body, "]}", 2) != TGR_OK)
    tgr_sim_call_json(call, 500, NULL);
}

static void leave(struct tgr_sim_call *call) {
  if (call->bot->poll != call)
    return;
  call->bot->poll = NULL;
  call->world->polls--;
}

static void finish_waiting(struct tgr_sim_call *call) {
  leave(call);
  answer_updates(call);
  tgr_sim_call_ready(call);
}

static void start_waiting(struct tgr_sim_call *call, uint64_t until_us) {
  tgr_sim_poll_evict(call->bot, "other getUpdates request; make sure that "
                                "only one bot instance is running");
  call->bot->poll = call;
  call->world->polls++;
  call->gathering = false;
  call->on_lost = leave;
  tgr_sim_call_wait(call, until_us, finish_waiting);
}

void tgr_sim_poll_evict(struct tgr_sim_bot *bot, const char *by) {
  struct tgr_sim_call *call = bot->poll;
  if (call == NULL)
    return;
  leave(call);
  tgr_sim_call_fail(call, 409, "Conflict: terminated by %s", by);
  tgr_sim_call_ready(call);
}

void tgr_sim_poll_wake(struct tgr_sim_world *world, struct tgr_sim_bot *bot) {
  struct tgr_sim_call *call = bot->poll;
  if (call == NULL || call->gathering)
    return;
  if (world->gather_ms == 0) {
    finish_waiting(call);
    return;
  }
  call->gathering = true;
  const uint64_t until = tgr_sim_now_us() + (uint64_t)world->gather_ms * 1000;
  if (until < call->timer.at_us)
    tgr_sim_call_wait(call, until, finish_waiting);
}

static int64_t clamp(int64_t value, int64_t low, int64_t high) {
  return value < low ? low : value > high ? high : value;
}

/* Returns false with the call answered when allowed_updates is no list. */
static bool remember_allowed(struct tgr_sim_call *call) {
  if (!tgr_sim_param_given(call->params, "allowed_updates"))
    return true;
  json_t *kinds = tgr_sim_param_json(call->params, "allowed_updates");
  const bool is_list = json_is_array(kinds);
  if (!is_list)
    tgr_sim_call_fail(call, 400,
                      "Bad Request: can't parse allowed_updates JSON array");
  else if (!tgr_sim_bot_allow(call->bot, kinds))
    tgr_sim_call_json(call, 500, NULL);
  json_decref(kinds);
  return is_list;
}

static void confirm(struct tgr_sim_bot *bot, int64_t offset) {
  if (offset > 0)
    tgr_sim_queue_confirm(&bot->queue, offset);
  else if (offset < 0)
    tgr_sim_queue_keep(&bot->queue, 0 - (uint64_t)offset);
}

/* Slows down who asks for the same offset again; returns the timeout. */
static int64_t apply_repeat_rule(struct tgr_sim_call *call, int64_t offset,
                                 int64_t timeout_s, uint64_t now_us) {
  struct tgr_sim_bot *bot = call->bot;
  const bool repeated = call->world->repeat_rule &&
                        bot->previous_poll_us != 0 &&
                        bot->previous_offset == offset;
  const uint64_t since_us = now_us - bot->previous_poll_us;
  bot->previous_offset = offset;
  bot->previous_poll_us = now_us;
  if (repeated && since_us < REPEAT_LIMIT_US)
    call->limit = 1;
  /* A poll that asked for no time evicts nobody. */
  if (repeated && since_us < REPEAT_WAIT_US && timeout_s < REPEAT_WAIT_S &&
      (timeout_s > 0 || bot->poll == NULL))
    return REPEAT_WAIT_S;
  return timeout_s;
}

void tgr_sim_poll_run(struct tgr_sim_call *call) {
  struct tgr_sim_bot *bot = call->bot;
  if (bot->webhook != NULL) {
    tgr_sim_call_fail(call, 409,
                      "Conflict: can't use getUpdates method while webhook is "
                      "active; use deleteWebhook to delete the webhook first");
    return;
  }
  int64_t offset = 0;
  int64_t limit = LIMIT_MAX;
  int64_t timeout_s = 0;
  tgr_sim_param_int(call->params, "offset", &offset);
  tgr_sim_param_int(call->params, "limit", &limit);
  tgr_sim_param_int(call->params, "timeout", &timeout_s);
  if (!remember_allowed(call))
    return;
  const uint64_t now_us = tgr_sim_now_us();
  call->limit = (uint64_t)clamp(limit, 1, LIMIT_MAX);
  timeout_s = apply_repeat_rule(call, offset,
                                clamp(timeout_s, 0, TIMEOUT_MAX_S), now_us);
  confirm(bot, offset);
  if (timeout_s == 0 || has_something(bot))
    answer_updates(call);
  else
    start_waiting(call, now_us + (uint64_t)timeout_s * 1000000);
}

/* The name of the update's kind: its one field besides the id. */
static const char *kind_of(json_t *update) {
  const char *name;
  json_t *value;
  json_object_foreach(update, name, value) {
    if (strcmp(name, "update_id") != 0 && json_is_object(value))
      return name;
  }
  return "";
}

/* Learns the chat and the newest message number from an update. */
static void learn(struct tgr_sim_bot *bot, json_t *update, const char *kind) {
  json_t *subject = json_object_get(update, kind);
  json_t *message = json_object_get(subject, "message");
  if (message == NULL)
    message = subject;
  tgr_sim_bot_meet(bot, json_object_get(message, "chat"));
  const json_int_t id =
      json_integer_value(json_object_get(message, "message_id"));
  if (id >= bot->next_message_id && id < INT64_MAX)
    bot->next_message_id = id + 1;
}

/* The update's text, its id first as the real server writes it. */
static char *dump_with_id(const json_t *update, json_int_t id) {
  json_t *whole = json_pack("{s:I}", "update_id", id);
  char *text = NULL;
  if (whole != NULL && json_object_update_missing(whole, (json_t *)update) == 0)
    text = json_dumps(whole, JSON_COMPACT);
  json_decref(whole);
  return text;
}

enum tgr_status tgr_sim_poll_feed(struct tgr_sim_world *world,
                                  struct tgr_sim_bot *bot, json_t *update) {
  if (!json_is_object(update))
    return TGR_EINVAL;
  const char *kind = kind_of(update);
  if (!tgr_sim_bot_wants(bot, kind))
    return TGR_OK;
  learn(bot, update, kind);
  const json_t *given = json_object_get(update, "update_id");
  if (given != NULL && !json_is_integer(given))
    return TGR_EINVAL;
  const json_int_t id =
      given == NULL ? bot->queue.next_id : json_integer_value(given);
  char *text = dump_with_id(update, id);
  if (text == NULL)
    return TGR_ENOMEM;
  const enum tgr_status status =
      tgr_sim_queue_put(&bot->queue, id, text, strlen(text));
  free(text);
  if (status == TGR_OK)
    tgr_sim_poll_wake(world, bot);
  return status;
}
