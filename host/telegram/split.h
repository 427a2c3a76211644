/* Split: the body of a getUpdates answer → tasks, nothing decoded.
 *
 * Of each update only what routes it is read: update_id, its kind, and the ids
 * of its chat and user. One broken update loses only itself.
 *
 * Any thread; the memory is the caller's.
 * Not here: decoding (json/decode.c, at first use), offsets (the supplier). */
#ifndef TGR_TELEGRAM_SPLIT_H
#define TGR_TELEGRAM_SPLIT_H

#include "base/list.h"
#include "engine/task.h"
#include "telegram/answer.h"

/* An update that was lost, and why. */
struct tgr_split_loss {
  bool has_update_id;
  int64_t update_id;
  size_t position;    /* in the batch, from 1 */
  const char *reason; /* "it has no update_id" */
};

/* What a batch came to. The first two members are the caller's. */
struct tgr_split_report {
  void (*lost)(void *user, const struct tgr_split_loss *loss); /* may be NULL */
  void *user;
  size_t taken_count; /* tasks appended */
  size_t lost_count;
  bool has_last_id; /* some id was readable, be it of a lost update */
  int64_t last_id;  /* the last of them in the batch: what `offset` follows.
                       Never INT64_MAX: such an update is lost */
};

/* Appends a task for every update of `body` to `out`, in order. `report` (not
 * NULL) has its callback set or is zero. `answer` is filled on TGR_OK and when
 * the server answered `"ok":false`:
 *   TGR_EPROTO   the server refused (`answer->error_code` is then not 0), or
 *                `result` is no array
 *   TGR_ESYNTAX  the body is no JSON or is cut off
 *   TGR_ENOMEM
 * On an error nothing is appended. An update whose brackets and quotes are
 * right passes even if it is not JSON: its first decoding tells, with its id.
 * After a structural fault the next update begins at the next
 * `{"update_id":`; after a hundred such faults the rest is lost as one piece.
 */
TGR_MUST_CHECK enum tgr_status
tgr_split_updates(const struct tgr_mem *mem, const char *body, size_t len,
                  struct tgr_answer *answer, struct tgr_list *out,
                  struct tgr_split_report *report, struct tgr_error *error);

/* One update, given by the program: a task in `*task`. TGR_ESYNTAX when `json`
 * is not one object, TGR_EINVAL without an update_id, TGR_ELIMIT when it nests
 * too deep, TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status tgr_split_one(const struct tgr_mem *mem,
                                             const char *json, size_t len,
                                             struct tgr_task **task,
                                             struct tgr_error *error);

#endif
