/* Whether text is JSON. */
#include "json/validate.h"

#include "json/number.h"
#include "json/scan.h"

/* The open containers are bits of one word: 1 for an object, the innermost in
 * bit 0. So the word's width bounds the nesting. */
struct checker {
  const char *at;
  const char *end;
  uint64_t objects;
  unsigned depth;
  struct tgr_json_fault *fault;
};

_Static_assert(TGR_JSON_DEPTH_MAX <= 64, "one bit a level");

static bool refuse(struct checker *it, const char *expected) {
  return tgr_json_fault_set(it->fault, TGR_ESYNTAX, it->at, expected);
}

static void skip_blanks(struct checker *it) {
  it->at = tgr_json_skip_blanks(it->at, it->end);
}

static bool take(struct checker *it, char byte) {
  skip_blanks(it);
  if (it->at == it->end || *it->at != byte)
    return false;
  it->at++;
  return true;
}

static bool check_string(struct checker *it) {
  bool exact = false;
  const char *quote =
      tgr_json_token_string(it->at + 1, it->end, &exact, it->fault);
  if (quote == NULL)
    return false;
  it->at = quote + 1;
  return true;
}

static bool check_word(struct checker *it, const char *word) {
  const char *behind = tgr_json_token_word(it->at, it->end, word, it->fault);
  if (behind == NULL)
    return false;
  it->at = behind;
  return true;
}

static bool check_number(struct checker *it) {
  struct tgr_json_number number;
  const char *error_at = it->at;
  const char *behind =
      tgr_json_number_read(it->at, it->end, &number, &error_at);
  if (behind == NULL)
    return tgr_json_fault_set_number(it->fault, it->at, error_at);
  it->at = behind;
  return true;
}

static bool check_scalar(struct checker *it) {
  switch (*it->at) {
  case '"':
    return check_string(it);
  case 't':
    return check_word(it, "true");
  case 'f':
    return check_word(it, "false");
  case 'n':
    return check_word(it, "null");
  default:
    return check_number(it);
  }
}

/* A member's key and colon. */
static bool check_key(struct checker *it, const char *expected) {
  skip_blanks(it);
  if (it->at == it->end || *it->at != '"')
    return refuse(it, expected);
  if (!check_string(it))
    return false;
  return take(it, ':') || refuse(it, "':'");
}

/* Opens the container at `at`. `*empty` when it closes at once. */
static bool open_container(struct checker *it, bool *empty) {
  const bool object = *it->at == '{';
  if (it->depth == TGR_JSON_DEPTH_MAX)
    return tgr_json_fault_set(it->fault, TGR_ELIMIT, it->at,
                              "nested deeper than 64 levels");
  it->at++;
  *empty = take(it, object ? '}' : ']');
  if (*empty)
    return true;
  it->depth++;
  it->objects = it->objects << 1 | object;
  return !object || check_key(it, "a string or '}'");
}

/* After a value: closes what closes here. `*more` when another value comes. */
static bool close_containers(struct checker *it, bool *more) {
  *more = false;
  while (it->depth > 0) {
    const bool object = (it->objects & 1) != 0;
    if (take(it, ',')) {
      *more = true;
      return !object || check_key(it, "a string");
    }
    if (!take(it, object ? '}' : ']'))
      return refuse(it, object ? "',' or '}'" : "',' or ']'");
    it->depth--;
    it->objects >>= 1;
  }
  return true;
}

static bool check(struct checker *it) {
  bool more = true;
  while (more) {
    skip_blanks(it);
    if (it->at == it->end)
      return refuse(it, "a value");
    if (*it->at == '{' || *it->at == '[') {
      bool empty = false;
      if (!open_container(it, &empty))
        return false;
      if (!empty)
        continue;
    } else if (!check_scalar(it)) {
      return false;
    }
    if (!close_containers(it, &more))
      return false;
  }
  skip_blanks(it);
  return it->at == it->end || refuse(it, "the end");
}

enum tgr_status tgr_json_validate(const char *text, size_t len,
                                  struct tgr_json_fault *fault) {
  struct checker it = {.at = text, .end = text + len, .fault = fault};
  return check(&it) ? TGR_OK : fault->status;
}
