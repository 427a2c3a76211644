/* The inline keyboards the console user sees, and pressing them. */
#include "sim/button.h"

#include <inttypes.h>
#include <string.h>

enum { QUERY_ID_BITS = 32 };

const char *tgr_sim_button_label(const char *line, size_t len,
                                 size_t *label_len) {
  if (len < 3 || line[0] != '[' || line[len - 1] != ']')
    return NULL;
  *label_len = len - 2;
  return line + 1;
}

static const json_t *rows_of(const json_t *message) {
  return json_object_get(json_object_get(message, "reply_markup"),
                         "inline_keyboard");
}

static bool has_text(const json_t *button, const char *label, size_t len) {
  const json_t *text = json_object_get(button, "text");
  return json_string_length(text) == len &&
         memcmp(json_string_value(text), label, len) == 0;
}

/* The callback_data of the button, borrowed; NULL when there is none. */
static json_t *find_data(const json_t *message, const char *label, size_t len) {
  size_t at;
  size_t column;
  const json_t *row;
  const json_t *button;
  json_array_foreach(rows_of(message), at, row) {
    json_array_foreach(row, column, button) {
      json_t *button_data = json_object_get(button, "callback_data");
      if (button_data != NULL && has_text(button, label, len))
        return button_data;
    }
  }
  return NULL;
}

static bool is_for_console(const json_t *message) {
  const json_t *chat = json_object_get(message, "chat");
  return json_integer_value(json_object_get(chat, "id")) == TGR_SIM_CONSOLE_ID;
}

bool tgr_sim_button_is_press(int64_t query_id) {
  return query_id >> QUERY_ID_BITS == TGR_SIM_CONSOLE_ID;
}

static json_t *query_update(struct tgr_sim_world *world, json_t *message,
                            json_t *button_data) {
  return json_pack(
      "{s:{s:o,s:{s:i,s:b,s:s,s:s},s:O,s:s,s:O}}", "callback_query", "id",
      json_sprintf("%" PRId64, ((int64_t)TGR_SIM_CONSOLE_ID << QUERY_ID_BITS) +
                                   world->next_query_id++),
      "from", "id", TGR_SIM_CONSOLE_ID, "is_bot", 0, "first_name", "Console",
      "language_code", "en", "message", message, "chat_instance", "1", "data",
      button_data);
}

json_t *tgr_sim_button_press(struct tgr_sim_world *world,
                             const struct tgr_sim_bot *bot, const char *label,
                             size_t len) {
  int64_t id = bot->next_message_id - 1;
  for (int left = TGR_SIM_MESSAGES_MAX; left > 0 && id > 0; left--, id--) {
    json_t *message = bot->messages[(uint64_t)id % TGR_SIM_MESSAGES_MAX];
    json_t *button_data =
        is_for_console(message) ? find_data(message, label, len) : NULL;
    if (button_data != NULL)
      return query_update(world, message, button_data);
  }
  return NULL;
}

static enum tgr_status draw_row(const json_t *row, struct tgr_buf *out) {
  size_t column;
  const json_t *button;
  json_array_foreach(row, column, button) {
    const json_t *text = json_object_get(button, "text");
    if (tgr_buf_append_str(out, column == 0 ? "\n[" : " [") != TGR_OK ||
        tgr_buf_append(out, json_string_value(text),
                       json_string_length(text)) != TGR_OK ||
        tgr_buf_append_str(out, "]") != TGR_OK)
      return TGR_ENOMEM;
  }
  return TGR_OK;
}

enum tgr_status tgr_sim_button_draw(const json_t *message,
                                    struct tgr_buf *out) {
  size_t at;
  const json_t *row;
  json_array_foreach(rows_of(message), at, row) {
    if (draw_row(row, out) != TGR_OK)
      return TGR_ENOMEM;
  }
  return TGR_OK;
}
