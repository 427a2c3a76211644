/* Path: the steps from the top of a value to one inside it, as Lua writes them:
 * reply_markup.keyboard[1][2].
 *
 * Any thread, all of it. */
#ifndef TGR_JSON_PATH_H
#define TGR_JSON_PATH_H

#include <stddef.h>

enum { TGR_JSON_PATH_TEXT_MAX = 256 };

/* One step; `name` is borrowed. */
struct tgr_json_step {
  const char *name; /* a member's; NULL for an element */
  size_t name_len;
  long long position; /* of an element, from 1 on */
};

/* Writes the path, cut off where there is no room, with its NUL; "value" when
 * there are no steps. */
void tgr_json_path_describe(const struct tgr_json_step *steps, unsigned count,
                            char text[TGR_JSON_PATH_TEXT_MAX]);

#endif
