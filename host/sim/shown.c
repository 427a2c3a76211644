/* What the person at the console sees. */
#include "sim/shown.h"

#include <stdio.h>
#include <string.h>

/* Kinds of messages, and the fields of theirs that say something. A venue has a
 * location too, and an animation a document: they come before those. */
static const struct shape {
  const char *kind;
  const char *fields[2];
} shapes[] = {{"animation", {NULL}},
              {"audio", {"file_name"}},
              {"checklist", {"title"}},
              {"contact", {"first_name", "phone_number"}},
              {"dice", {"value"}},
              {"document", {"file_name"}},
              {"game", {"game_short_name"}},
              {"invoice", {"title"}},
              {"venue", {"title", "address"}},
              {"location", {"latitude", "longitude"}},
              {"paid_media", {"star_count"}},
              {"photo", {NULL}},
              {"poll", {"question"}},
              {"sticker", {NULL}},
              {"video", {"file_name"}},
              {"video_note", {NULL}},
              {"voice", {NULL}}};

enum { SHAPE_COUNT = sizeof shapes / sizeof *shapes, FIELD_COUNT = 2 };

/* A blank and the value; nothing for what is neither text nor number. */
static enum tgr_status append_value(const json_t *value, struct tgr_buf *out) {
  char number[32] = "";
  if (json_is_integer(value))
    snprintf(number, sizeof number, " %lld",
             (long long)json_integer_value(value));
  else if (json_is_real(value))
    snprintf(number, sizeof number, " %.6g", json_real_value(value));
  if (!json_is_string(value) || json_string_length(value) == 0)
    return tgr_buf_append_str(out, number);
  const enum tgr_status status = tgr_buf_append_str(out, " ");
  return status != TGR_OK ? status
                          : tgr_buf_append(out, json_string_value(value),
                                           json_string_length(value));
}

enum tgr_status tgr_sim_shown_mark(const char *kind, const json_t *text,
                                   struct tgr_buf *out) {
  enum tgr_status status = tgr_buf_append_str(out, "[");
  if (status == TGR_OK)
    status = tgr_buf_append_str(out, kind);
  if (status == TGR_OK)
    status = tgr_buf_append_str(out, "]");
  return status == TGR_OK ? append_value(text, out) : status;
}

/* "[kind field field]" */
static enum tgr_status append_shape(const struct shape *shape,
                                    const json_t *part, struct tgr_buf *out) {
  enum tgr_status status = tgr_buf_append_str(out, "[");
  if (status == TGR_OK)
    status = tgr_buf_append_str(out, shape->kind);
  for (int i = 0; i < FIELD_COUNT && shape->fields[i] != NULL; i++)
    if (status == TGR_OK)
      status = append_value(json_object_get(part, shape->fields[i]), out);
  return status == TGR_OK ? tgr_buf_append_str(out, "]") : status;
}

enum tgr_status tgr_sim_shown_message(const json_t *message,
                                      struct tgr_buf *out) {
  const json_t *text = json_object_get(message, "text");
  if (text == NULL)
    text = json_object_get(message, "caption");
  if (text != NULL)
    return tgr_buf_append(out, json_string_value(text),
                          json_string_length(text));
  for (int i = 0; i < SHAPE_COUNT; i++) {
    const json_t *part = json_object_get(message, shapes[i].kind);
    if (part != NULL)
      return append_shape(&shapes[i], part, out);
  }
  return tgr_buf_append_str(out, "[message]");
}
