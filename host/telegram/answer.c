/* The envelope around every answer of the Bot API server. */
#include "telegram/answer.h"

#include "json/text.h"
#include "json/validate.h"

#include <limits.h>
#include <string.h>

enum {
  SHOWN_MAX = 40,
  TAIL_TRIES = 4 /* members behind `result` may hold brackets of their own */
};

/* Whole seconds, rounded up; 0 for what is no plain number above 0. */
static int64_t read_seconds(struct tgr_json_slice value) {
  if (value.len == 0 || *value.at == '-')
    return 0;
  const char *dot = memchr(value.at, '.', value.len);
  struct tgr_json_slice whole = value;
  bool has_fraction = false;
  if (dot != NULL)
    whole.len = (size_t)(dot - value.at);
  for (const char *at = dot; at != NULL && at < value.at + value.len; at++) {
    if (*at >= '1' && *at <= '9')
      has_fraction = true;
    else if (*at != '.' && *at != '0')
      return 0;
  }
  int64_t number = 0;
  if (!tgr_json_read_int64(whole, &number) ||
      number > TGR_ANSWER_RETRY_MAX_S - (has_fraction ? 1 : 0))
    return 0;
  return number + (has_fraction ? 1 : 0);
}

static void read_parameters(struct tgr_json_slice parameters,
                            struct tgr_answer *answer) {
  struct tgr_json_slice value;
  if (tgr_json_find(parameters, "retry_after", &value))
    answer->retry_after_s = read_seconds(value);
  if (tgr_json_find(parameters, "migrate_to_chat_id", &value))
    answer->has_migrate_to_chat_id =
        tgr_json_read_int64(value, &answer->migrate_to_chat_id);
}

/* Notes one member; `*has_ok` when it was a boolean `ok`. */
static void read_member(struct tgr_json_slice key, struct tgr_json_slice value,
                        struct tgr_answer *answer, bool *has_ok) {
  if (tgr_json_key_is(key, "ok")) {
    answer->ok = tgr_json_token_is(value, "true");
    *has_ok = answer->ok || tgr_json_token_is(value, "false");
  } else if (tgr_json_key_is(key, "result")) {
    answer->result = value;
  } else if (tgr_json_key_is(key, "error_code")) {
    if (!tgr_json_read_int64(value, &answer->error_code))
      answer->error_code = 0;
  } else if (tgr_json_key_is(key, "description")) {
    if (*value.at == '"')
      tgr_json_unescape(value, answer->description, sizeof answer->description);
  } else if (tgr_json_key_is(key, "parameters")) {
    read_parameters(value, answer);
  }
}

/* Why it is no envelope: the start of what came, for a message. */
static enum tgr_status refuse(const char *body, size_t len,
                              struct tgr_error *error) {
  struct tgr_json_fault fault;
  if (tgr_json_validate(body, len, &fault) == TGR_OK &&
      *tgr_json_skip_blanks(body, body + len) != '{')
    return tgr_error_set(error, TGR_EINVAL, "the answer is no JSON object");
  char shown[SHOWN_MAX];
  const size_t taken = len < sizeof shown - 1 ? len : sizeof shown - 1;
  size_t n = 0;
  for (; n < taken; n++)
    shown[n] = body[n] >= ' ' && body[n] < 0x7F ? body[n] : '.';
  shown[n] = '\0';
  return tgr_error_set(error, TGR_ESYNTAX,
                       "the answer is not JSON, or cut off, after %zu bytes: "
                       "%s%s",
                       len, shown, n < len ? "..." : "");
}

/* Notes all members that are left in `it`. */
static void read_members(struct tgr_json_iter *it, struct tgr_answer *answer,
                         bool *has_ok) {
  struct tgr_json_slice key;
  struct tgr_json_slice value;
  while (tgr_json_next_member(it, &key, &value))
    read_member(key, value, answer, has_ok);
}

static bool is_complete(const struct tgr_json_iter *it) {
  return it->status == TGR_OK && it->ended &&
         tgr_json_skip_blanks(it->at, it->end) == it->end;
}

enum tgr_status tgr_answer_read(const char *body, size_t len,
                                struct tgr_answer *answer,
                                struct tgr_error *error) {
  struct tgr_answer read = {0};
  struct tgr_json_iter it;
  bool has_ok = false;
  tgr_json_open(&it, (struct tgr_json_slice){body, len}, '{');
  it.depth_left = UINT_MAX - 1; /* the depth of `result` is not judged here */
  read_members(&it, &read, &has_ok);
  if (!is_complete(&it))
    return refuse(body, len, error);
  if (!has_ok)
    return tgr_error_set(error, TGR_EPROTO, "the answer has no boolean \"ok\"");
  *answer = read;
  return TGR_OK;
}

/* Reads the members before `result` and stops at its opening bracket; NULL when
 * there is no such place. */
static const char *read_head(const char *body, size_t len,
                             struct tgr_answer *answer, bool *has_ok) {
  struct tgr_json_iter it;
  struct tgr_json_slice key;
  struct tgr_json_slice value;
  tgr_json_open(&it, (struct tgr_json_slice){body, len}, '{');
  while (tgr_json_next_key(&it, &key)) {
    if (tgr_json_key_is(key, "result"))
      return it.at < it.end && *it.at == '[' ? it.at : NULL;
    if (!tgr_json_take(&it, &value))
      return NULL;
    read_member(key, value, answer, has_ok);
  }
  return NULL;
}

/* Whether the array at `at` merely stops: its brackets match as far as it goes,
 * and then nothing more comes. (Where it stops inside a string there is no
 * telling a missing quote from a missing rest.) */
static bool is_cut_off(const char *at, const char *end) {
  uint64_t objects = 0; /* a bit per open bracket, the innermost in bit 0 */
  unsigned depth = 0;
  struct tgr_json_slice string;
  while (at < end) {
    if (*at == '"') {
      if (tgr_json_cut(&at, end, 1, &string) != TGR_OK)
        return false;
      continue;
    }
    if (*at == '{' || *at == '[') {
      objects = objects << 1 | (*at == '{');
      if (++depth > TGR_JSON_DEPTH_MAX)
        return false;
    } else if (*at == '}' || *at == ']') {
      if ((objects & 1) != (*at == '}') || --depth == 0)
        return false;
      objects >>= 1;
    }
    at++;
  }
  return true;
}

bool tgr_answer_read_torn(const char *body, size_t len,
                          struct tgr_answer *answer) {
  struct tgr_answer head = {0};
  bool head_has_ok = false;
  const char *open = read_head(body, len, &head, &head_has_ok);
  const char *end = body + len;
  if (open == NULL || is_cut_off(open, end))
    return false;
  const char *close = end;
  for (int tries = 0; tries < TAIL_TRIES; tries++) {
    close = memrchr(open + 1, ']', (size_t)(close - open - 1));
    if (close == NULL)
      return false;
    struct tgr_answer read = head;
    bool has_ok = head_has_ok;
    struct tgr_json_iter it = {.at = close + 1,
                               .end = end,
                               .depth_left = TGR_JSON_DEPTH_MAX,
                               .close = '}',
                               .started = true};
    read_members(&it, &read, &has_ok);
    if (!is_complete(&it) || !has_ok)
      continue;
    read.result = (struct tgr_json_slice){open, (size_t)(close - open) + 1};
    *answer = read;
    return true;
  }
  return false;
}
