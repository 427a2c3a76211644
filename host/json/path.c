/* Where in a value something is, in words. */
#include "json/path.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static bool is_identifier(const struct tgr_json_step *step) {
  for (size_t n = 0; n < step->name_len; n++) {
    const char byte = step->name[n];
    const char lower = (char)(byte | 0x20);
    if (!(lower >= 'a' && lower <= 'z') && byte != '_' &&
        !(n > 0 && byte >= '0' && byte <= '9'))
      return false;
  }
  return step->name_len > 0;
}

/* Appends one step as Lua writes it; returns the new length. */
static size_t add_step(char *text, size_t len,
                       const struct tgr_json_step *step) {
  char *room = text + len;
  const size_t size = TGR_JSON_PATH_TEXT_MAX - len;
  const int shown = step->name_len < 64 ? (int)step->name_len : 64;
  int added = 0;
  if (step->name == NULL)
    added = snprintf(room, size, "[%lld]", step->position);
  else if (is_identifier(step))
    added =
        snprintf(room, size, "%s%.*s", len > 0 ? "." : "", shown, step->name);
  else
    added = snprintf(room, size, "[\"%.*s\"]", shown, step->name);
  return added < 0 || (size_t)added >= size ? TGR_JSON_PATH_TEXT_MAX - 1
                                            : len + (size_t)added;
}

void tgr_json_path_describe(const struct tgr_json_step *steps, unsigned count,
                            char text[TGR_JSON_PATH_TEXT_MAX]) {
  size_t len = 0;
  text[0] = '\0';
  for (unsigned n = 0; n < count && len < TGR_JSON_PATH_TEXT_MAX - 1; n++)
    len = add_step(text, len, &steps[n]);
  if (len == 0)
    memcpy(text, "value", sizeof "value");
}
