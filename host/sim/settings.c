/* What POST /sim/settings can change. */
#include "sim/settings.h"

#include <string.h>

enum { DELAY_MAX_MS = 3600000 };

static bool set_flag(bool *to, const json_t *value) {
  if (!json_is_boolean(value))
    return false;
  *to = json_is_true(value);
  return true;
}

static bool set_ms(int64_t *to, const json_t *value) {
  const json_int_t ms = json_integer_value(value);
  if (!json_is_integer(value) || ms < 0 || ms > DELAY_MAX_MS)
    return false;
  *to = ms;
  return true;
}

static bool set_size(size_t *to, const json_t *value) {
  if (!json_is_integer(value) || json_integer_value(value) < 0)
    return false;
  *to = (size_t)json_integer_value(value);
  return true;
}

static bool set_tokens(struct tgr_sim_world *world, const json_t *value) {
  json_t *known = NULL;
  size_t i;
  json_t *token;
  if (!json_is_null(value) && !json_is_array(value))
    return false;
  if (json_is_array(value))
    known = json_object();
  json_array_foreach((json_t *)value, i, token) {
    if (!json_is_string(token) ||
        json_object_set_new(known, json_string_value(token), json_true()) !=
            0) {
      json_decref(known);
      return false;
    }
  }
  json_decref(world->known_tokens);
  world->known_tokens = known;
  return true;
}

static bool apply_one(struct tgr_sim_world *world, struct tgr_sim_bot *bot,
                      const char *name, const json_t *value) {
  struct tgr_sim_record *record = &world->record;
  if (strcmp(name, "record") == 0)
    return set_flag(&record->on, value);
  if (strcmp(name, "record_max") == 0) {
    size_t max;
    if (!set_size(&max, value))
      return false;
    tgr_sim_record_set_max(record, max);
    return true;
  }
  if (strcmp(name, "gather_ms") == 0)
    return set_ms(&world->gather_ms, value);
  if (strcmp(name, "delay_ms") == 0)
    return set_ms(&world->delay_ms, value);
  if (strcmp(name, "repeat_rule") == 0)
    return set_flag(&world->repeat_rule, value);
  if (strcmp(name, "file_max") == 0)
    return set_size(&world->files.cap, value);
  if (strcmp(name, "tokens") == 0)
    return set_tokens(world, value);
  if (strcmp(name, "next_update_id") == 0 && json_is_integer(value)) {
    bot->queue.next_id = json_integer_value(value);
    return true;
  }
  return strcmp(name, "bot") == 0 && json_is_object(value) &&
         tgr_sim_bot_set_identity(bot, value);
}

enum tgr_status tgr_sim_settings_apply(struct tgr_sim_world *world,
                                       struct tgr_sim_bot *bot,
                                       const json_t *json) {
  const char *name;
  json_t *value;
  if (!json_is_object(json))
    return TGR_EINVAL;
  json_object_foreach((json_t *)json, name, value) {
    if (!apply_one(world, bot, name, value))
      return TGR_EINVAL;
  }
  return TGR_OK;
}

static json_t *tokens_json(const struct tgr_sim_world *world) {
  if (world->known_tokens == NULL)
    return json_null();
  json_t *list = json_array();
  const char *token;
  json_t *value;
  json_object_foreach(world->known_tokens, token, value) {
    json_array_append_new(list, json_string(token));
  }
  return list;
}

json_t *tgr_sim_settings_json(const struct tgr_sim_world *world,
                              const struct tgr_sim_bot *bot) {
  return json_pack(
      "{s:b,s:I,s:I,s:I,s:b,s:I,s:o,s:I,s:O}", "record", (int)world->record.on,
      "record_max", (json_int_t)world->record.max, "gather_ms",
      (json_int_t)world->gather_ms, "delay_ms", (json_int_t)world->delay_ms,
      "repeat_rule", (int)world->repeat_rule, "file_max",
      (json_int_t)world->files.cap, "tokens", tokens_json(world),
      "next_update_id", (json_int_t)bot->queue.next_id, "bot", bot->me);
}

void tgr_sim_settings_reset(struct tgr_sim_world *world) {
  world->record.on = true;
  world->gather_ms = 1;
  world->delay_ms = 0;
  world->repeat_rule = true;
}
