/* Route: what routes an update, read from its raw JSON: id, kind, chat, user.
 *
 * Chat and user are those of grammY's ctx.chatId and ctx.from; besides, a poll
 * answer has its user, or its voter_chat as the chat, so that keys work for it.
 * Any thread. No allocation. */
#ifndef TGR_TELEGRAM_ROUTE_H
#define TGR_TELEGRAM_ROUTE_H

#include "engine/task.h"
#include "telegram/kinds.h"
#include "json/scan.h"

enum { TGR_ROUTE_MARKS_MAX = 32 };

struct tgr_route {
  bool has_update_id;
  bool has_chat;
  bool has_user;
  enum tgr_kind kind;
  int64_t update_id;
  int64_t chat_id;
  int64_t user_id;
  /* The members of what the update is about, counted from its first byte; none
   * when there are too many, or not all can be marked. */
  unsigned mark_count;
  struct tgr_task_mark marks[TGR_ROUTE_MARKS_MAX];
};

/* Reads the object at `*at` (no blanks before it) and moves `*at` behind it.
 * On an error `*at` stays, and `route` has what was read before:
 *   TGR_EINVAL   no object
 *   TGR_ESYNTAX  its brackets, quotes, commas or colons are wrong
 *   TGR_ELIMIT   nested deeper than TGR_JSON_DEPTH_MAX */
TGR_MUST_CHECK enum tgr_status tgr_route_read(const char **at, const char *end,
                                              struct tgr_route *route);

#endif
