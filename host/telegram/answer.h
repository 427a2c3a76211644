/* Answer: the envelope around every answer of the Bot API server.
 *
 *   {"ok":true,"result":…}
 *   {"ok":false,"error_code":429,"description":"…","parameters":{…}}
 *
 * Any thread; no allocation, and nothing inside `result` is decoded.
 * Source: Bot API, "Making requests", ResponseParameters. */
#ifndef TGR_TELEGRAM_ANSWER_H
#define TGR_TELEGRAM_ANSWER_H

#include "base/status.h"
#include "json/scan.h"

enum {
  TGR_ANSWER_DESCRIPTION_MAX = 512,
  /* A longer retry_after, 7 days, is no sane answer. */
  TGR_ANSWER_RETRY_MAX_S = 7 * 24 * 60 * 60
};

struct tgr_answer {
  bool ok;
  bool has_migrate_to_chat_id;
  int64_t error_code;    /* 0 when absent */
  int64_t retry_after_s; /* rounded up, 1 .. TGR_ANSWER_RETRY_MAX_S; 0 when
                            absent or unusable */
  int64_t migrate_to_chat_id;
  struct tgr_json_slice result; /* within the body; len 0 when absent */
  char description[TGR_ANSWER_DESCRIPTION_MAX]; /* "" when absent; cut */
};

/* Reads the envelope, its members in any order. `answer` is filled on TGR_OK
 * only, whatever `ok` is:
 *   TGR_ESYNTAX  not JSON, or it ends too early (an HTML page of a
 *                proxy, a cut-off body)
 *   TGR_EINVAL   JSON, but no object
 *   TGR_EPROTO   an object without a boolean `ok`
 * `error` may be NULL. */
TGR_MUST_CHECK enum tgr_status tgr_answer_read(const char *body, size_t len,
                                               struct tgr_answer *answer,
                                               struct tgr_error *error);

/* The same for an answer that tgr_answer_read calls TGR_ESYNTAX, when the fault
 * lies within a `result` that is an array: what is before that array and behind
 * its last `]` is an envelope that closes properly. False, with `answer`
 * untouched, when it is not. */
bool tgr_answer_read_torn(const char *body, size_t len,
                          struct tgr_answer *answer);

#endif
