/* Feed: the forms in which specs hand the simulator an update. */
#include "sim/feed.h"

#include "sim/param.h"
#include "sim/poll.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static int nibble(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  c = (char)tolower((unsigned char)c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static enum tgr_status append_hex(const char *hex, struct tgr_buf *out) {
  if (strlen(hex) % 2 != 0)
    return TGR_EINVAL;
  for (; *hex != '\0'; hex += 2) {
    if (nibble(hex[0]) < 0 || nibble(hex[1]) < 0)
      return TGR_EINVAL;
    const char byte = (char)(nibble(hex[0]) * 16 + nibble(hex[1]));
    const enum tgr_status status = tgr_buf_append(out, &byte, 1);
    if (status != TGR_OK)
      return status;
  }
  return TGR_OK;
}

/* Appends the bytes of `name`, or of `name`_hex. TGR_ENOENT without either. */
static enum tgr_status read_bytes(const json_t *json, const char *name,
                                  struct tgr_buf *out) {
  char hex_name[32];
  const json_t *plain = json_object_get(json, name);
  if (json_is_string(plain))
    return tgr_buf_append(out, json_string_value(plain),
                          json_string_length(plain));
  snprintf(hex_name, sizeof hex_name, "%s_hex", name);
  const json_t *hex = json_object_get(json, hex_name);
  return json_is_string(hex) ? append_hex(json_string_value(hex), out)
                             : TGR_ENOENT;
}

static enum tgr_status refuse(char fault[TGR_SIM_FAULT_MAX],
                              const char *words) {
  snprintf(fault, TGR_SIM_FAULT_MAX, "%s", words);
  return TGR_EINVAL;
}

static enum tgr_status feed_raw(struct tgr_sim_call *call, const json_t *json,
                                const struct tgr_buf *bytes) {
  struct tgr_sim_bot *bot = call->bot;
  int64_t id = bot->queue.next_id;
  if (json_object_get(json, "update_id") != NULL &&
      !tgr_sim_param_int(json, "update_id", &id))
    return TGR_EINVAL;
  return tgr_sim_queue_put(&bot->queue, id, bytes->len == 0 ? "" : bytes->bytes,
                           bytes->len);
}

static enum tgr_status feed_raw_body(struct tgr_sim_call *call,
                                     const json_t *json,
                                     const struct tgr_buf *bytes,
                                     char fault[TGR_SIM_FAULT_MAX]) {
  const json_t *status = json_object_get(json, "status");
  if (status != NULL && !tgr_sim_rule_is_status(status))
    return refuse(fault, "status is to be a number from 200 to 999");
  return tgr_sim_bot_put_raw_body(
      call->bot, status == NULL ? 200 : (int)json_integer_value(status),
      bytes->len == 0 ? "" : bytes->bytes, bytes->len);
}

/* One of the verbatim forms; TGR_ENOENT when it is none of them. */
static enum tgr_status feed_verbatim(struct tgr_sim_call *call,
                                     const json_t *json,
                                     char fault[TGR_SIM_FAULT_MAX]) {
  struct tgr_buf bytes;
  tgr_buf_init(&bytes, call->world->mem, SIZE_MAX);
  const bool is_body = json_object_get(json, "raw") == NULL &&
                       json_object_get(json, "raw_hex") == NULL;
  enum tgr_status status =
      read_bytes(json, is_body ? "raw_body" : "raw", &bytes);
  if (status == TGR_EINVAL)
    refuse(fault, is_body ? "raw_body_hex is to be pairs of hex digits"
                          : "raw_hex is to be pairs of hex digits");
  else if (status == TGR_OK)
    status = is_body ? feed_raw_body(call, json, &bytes, fault)
                     : feed_raw(call, json, &bytes);
  tgr_buf_deinit(&bytes);
  if (status == TGR_OK)
    tgr_sim_poll_wake(call->world, call->bot);
  return status;
}

enum tgr_status tgr_sim_feed(struct tgr_sim_call *call, json_t *json,
                             char fault[TGR_SIM_FAULT_MAX]) {
  enum tgr_status status = feed_verbatim(call, json, fault);
  if (status == TGR_ENOENT)
    status = tgr_sim_poll_feed(call->world, call->bot, json);
  if (status == TGR_EINVAL && *fault == '\0' &&
      json_object_get(json, "update_id") != NULL)
    refuse(fault, "update_id is to be a number below 2^63 - 1");
  return status;
}
