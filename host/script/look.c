/* Looks into a raw update. */
#include "script/look.h"

#include "script/glance.h"
#include "script/update.h"
#include "json/decode.h"

#include <lauxlib.h>
#include <string.h>

static bool is_null(const char *value) {
  return *value == 'n' && strncmp(value, "null", 4) == 0;
}

int tgr_look_has(lua_State *L) {
  const struct tgr_task *task = tgr_update_self(L);
  const char *name = luaL_checkstring(L, 2);
  struct tgr_glance glance;
  struct tgr_json_slice key;
  const char *value = NULL;
  bool found = false;
  tgr_glance_begin(&glance, task);
  while (!found && tgr_glance_next(&glance, &key, &value))
    found = tgr_json_key_is(key, name) && !is_null(value);
  if (glance.is_broken)
    return 0;
  lua_pushboolean(L, found);
  return 1;
}

/* Whether an answer to a message with this member goes elsewhere than to its
 * chat as such. */
static bool is_special(struct tgr_json_slice key) {
  return tgr_json_key_is(key, "is_topic_message") ||
         tgr_json_key_is(key, "business_connection_id") ||
         tgr_json_key_is(key, "direct_messages_topic");
}

/* Pushes the text that is the value at `at`; false, with nothing pushed, when
 * it is something else. */
static bool push_text(lua_State *L, const struct tgr_task *task,
                      const char *at) {
  struct tgr_json_slice text;
  struct tgr_error error;
  return *at == '"' && tgr_glance_value(task, at, &text) &&
         tgr_json_decode(L, text.at, text.len, NULL, &error) == TGR_OK;
}

int tgr_look_glance(lua_State *L) {
  const struct tgr_task *task = tgr_update_self(L);
  struct tgr_glance glance;
  struct tgr_json_slice key;
  const char *value = NULL;
  const char *text = NULL;
  bool plain = true;
  tgr_glance_begin(&glance, task);
  while (tgr_glance_next(&glance, &key, &value)) {
    plain = plain && !is_special(key);
    if (tgr_json_key_is(key, "text"))
      text = value;
  }
  if (glance.is_broken)
    return 0;
  if (text == NULL || is_null(text))
    lua_pushboolean(L, 0);
  else if (!push_text(L, task, text))
    return 0;
  lua_pushboolean(L, plain);
  return 2;
}

/* ---- commands ----------------------------------------------------------- */

enum entity { OTHER, COMMAND, UNCLEAR };

/* Whether an entity marks a command at the text's begin, of `*length`. */
static enum entity read_entity(struct tgr_json_slice entity, int64_t *length) {
  struct tgr_json_iter it;
  struct tgr_json_slice key;
  struct tgr_json_slice value;
  int64_t offset = -1;
  bool is_command = false;
  *length = -1;
  tgr_json_open(&it, entity, '{');
  while (tgr_json_next_member(&it, &key, &value)) {
    if (tgr_json_key_is(key, "type")) {
      is_command = tgr_json_token_is(value, "\"bot_command\"");
      if (!is_command && memchr(value.at, '\\', value.len) != NULL)
        return UNCLEAR;
    } else if (tgr_json_key_is(key, "offset")) {
      if (!tgr_json_read_int64(value, &offset))
        return UNCLEAR;
    } else if (tgr_json_key_is(key, "length")) {
      if (!tgr_json_read_int64(value, length))
        return UNCLEAR;
    }
  }
  if (it.status != TGR_OK || (is_command && *length < 0))
    return UNCLEAR;
  return is_command && offset == 0 ? COMMAND : OTHER;
}

/* The same of the list at `at`. */
static enum entity read_entities(const struct tgr_task *task, const char *at,
                                 int64_t *length) {
  struct tgr_json_iter it;
  struct tgr_json_slice entity;
  enum entity found = OTHER;
  const char *end = task->raw + task->raw_len;
  tgr_json_open(&it, (struct tgr_json_slice){at, (size_t)(end - at)}, '[');
  while (found == OTHER && tgr_json_next_element(&it, &entity))
    found = read_entity(entity, length);
  return it.status == TGR_OK ? found : UNCLEAR;
}

static int push_no_command(lua_State *L) {
  lua_pushboolean(L, 0);
  return 1;
}

int tgr_look_command(lua_State *L) {
  const struct tgr_task *task = tgr_update_self(L);
  struct tgr_glance glance;
  struct tgr_json_slice key;
  const char *value = NULL;
  const char *text = NULL;
  const char *entities = NULL;
  int64_t length = 0;
  tgr_glance_begin(&glance, task);
  while (tgr_glance_next(&glance, &key, &value))
    if (tgr_json_key_is(key, "text"))
      text = value;
    else if (tgr_json_key_is(key, "entities"))
      entities = value;
  if (glance.is_broken)
    return 0;
  if (text == NULL || is_null(text) || entities == NULL || is_null(entities))
    return push_no_command(L);
  if (text[0] == '"' && text[1] != '/' && text[1] != '\\')
    return push_no_command(L);
  const enum entity found = read_entities(task, entities, &length);
  if (found == OTHER)
    return push_no_command(L);
  if (found == UNCLEAR || !push_text(L, task, text))
    return 0;
  lua_pushinteger(L, length);
  return 2;
}
