/* The body of a getUpdates answer → tasks. */
#include "telegram/split.h"

#include "telegram/route.h"
#include "json/validate.h"

#include <string.h>

/* Each fault may scan the rest of the body once; this bounds how often. */
enum { FAULTS_MAX = 100 };

/* One batch on its way through. */
struct splitter {
  const struct tgr_mem *mem;
  const char *at;
  const char *end; /* the closing bracket of the result */
  size_t position; /* of the element at hand, from 1 */
  size_t faults;
  bool needs_comma; /* `at` is behind an element */
  bool is_guess;    /* where the list ends is not known: see take_plain */
  bool is_wrong;    /* the guess, or the list */
  struct tgr_list tasks;
  struct tgr_split_report *report;
};

/* An offset behind such an update cannot be written. */
static bool is_endless(const struct tgr_route *route) {
  return route->has_update_id && route->update_id == INT64_MAX;
}

static void note_id(struct splitter *it, const struct tgr_route *route) {
  if (!route->has_update_id || is_endless(route))
    return;
  it->report->has_last_id = true;
  it->report->last_id = route->update_id;
}

static void lose(struct splitter *it, const struct tgr_route *route,
                 const char *reason) {
  if (it->is_guess) {
    it->is_wrong = true;
    return;
  }
  const struct tgr_split_loss loss = {.has_update_id = route->has_update_id,
                                      .update_id = route->update_id,
                                      .position = it->position,
                                      .reason = reason};
  note_id(it, route);
  it->report->lost_count++;
  if (it->report->lost != NULL)
    it->report->lost(it->report->user, &loss);
}

static bool is_blank(char byte) {
  return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

static struct tgr_task *make_task(const struct tgr_mem *mem,
                                  struct tgr_json_slice raw,
                                  const struct tgr_route *route) {
  struct tgr_task *task = tgr_task_new_marked(mem, raw.at, raw.len,
                                              route->marks, route->mark_count);
  if (task == NULL)
    return NULL;
  task->kind = (uint8_t)route->kind;
  task->update_id = route->update_id;
  task->has_chat = route->has_chat;
  task->chat_id = route->chat_id;
  task->has_user = route->has_user;
  task->user_id = route->user_id;
  return task;
}

/* The first `{"update_id":` from `at` on, blanks between its parts allowed;
 * `end` if none. Inside a string its quotes would be escaped. */
static const char *find_update(const char *at, const char *end) {
  static const char name[] = "\"update_id\"";
  const size_t name_len = sizeof name - 1;
  const char *found = at;
  while ((found = tgr_json_find_text(found, end, name, name_len)) != NULL) {
    const char *brace = found;
    while (brace > at && is_blank(brace[-1]))
      brace--;
    found += name_len;
    const char *colon = tgr_json_skip_blanks(found, end);
    if (brace > at && brace[-1] == '{' && colon < end && *colon == ':')
      return brace - 1;
  }
  return end;
}

/* Goes on at the next update from `from` on, after a fault that left the
 * structure in disorder. */
static void resynchronise(struct splitter *it, const char *from) {
  it->is_wrong = it->is_guess;
  it->at = ++it->faults < FAULTS_MAX ? find_update(from, it->end) : it->end;
  it->needs_comma = false;
}

/* Moves behind an element that is no usable update but may be well formed. */
static void pass(struct splitter *it) {
  struct tgr_json_slice value;
  it->needs_comma = true;
  if (tgr_json_cut(&it->at, it->end, SIZE_MAX, &value) != TGR_OK)
    resynchronise(it, it->at + (it->at < it->end));
}

/* Quotes missing in two updates can balance: then one "update" swallows the
 * next. It shows by an update inside it, which is looked at closely. */
static bool swallows(const char *first, const char *behind) {
  struct tgr_json_fault fault;
  return find_update(first + 1, behind) != behind &&
         tgr_json_validate(first, (size_t)(behind - first), &fault) != TGR_OK;
}

static const char *reason_of(enum tgr_status status) {
  switch (status) {
  case TGR_EINVAL:
    return "it is no object";
  case TGR_ELIMIT:
    return "it is nested deeper than 64 levels";
  default:
    return "its brackets, quotes, commas or colons do not match";
  }
}

/* Drops the element at `at`, which could not be read. */
static void drop(struct splitter *it, const struct tgr_route *route,
                 enum tgr_status status) {
  lose(it, route, reason_of(status));
  if (status == TGR_ESYNTAX)
    resynchronise(it, it->at + 1);
  else
    pass(it);
}

/* Takes the element at `at`. */
static enum tgr_status take_update(struct splitter *it) {
  const char *behind = it->at;
  struct tgr_route route;
  enum tgr_status status = tgr_route_read(&behind, it->end, &route);
  if (status == TGR_OK && swallows(it->at, behind))
    status = TGR_ESYNTAX;
  if (status != TGR_OK) {
    drop(it, &route, status);
    return TGR_OK;
  }
  const struct tgr_json_slice raw = {it->at, (size_t)(behind - it->at)};
  it->at = behind;
  it->needs_comma = true;
  if (!route.has_update_id) {
    lose(it, &route, "it has no update_id");
    return TGR_OK;
  }
  if (is_endless(&route)) {
    lose(it, &route, "no offset is behind its update_id");
    return TGR_OK;
  }
  struct tgr_task *task = make_task(it->mem, raw, &route);
  if (task == NULL)
    return TGR_ENOMEM;
  note_id(it, &route);
  tgr_list_append(&it->tasks, &task->link);
  it->report->taken_count++;
  return TGR_OK;
}

/* Moves over the comma, or over whatever stands in its place. False when that
 * was reported as a loss. */
static bool take_comma(struct splitter *it) {
  if (!it->needs_comma)
    return true;
  if (*it->at == ',') {
    it->at = tgr_json_skip_blanks(it->at + 1, it->end);
    return true;
  }
  const char *stray = it->at;
  resynchronise(it, stray);
  if (it->at == stray)
    return true; /* only the comma was missing */
  const struct tgr_route unknown = {0};
  lose(it, &unknown, "there is something else between two updates");
  return false;
}

static enum tgr_status take_all(struct splitter *it) {
  for (;;) {
    it->at = tgr_json_skip_blanks(it->at, it->end);
    if (it->at == it->end || it->is_wrong)
      return TGR_OK;
    it->position++;
    if (!take_comma(it))
      continue;
    const enum tgr_status status = take_update(it);
    if (status != TGR_OK)
      return status;
  }
}

/* The envelope; that of an answer with a torn update, too. */
static enum tgr_status read_envelope(const char *body, size_t len,
                                     struct tgr_answer *answer,
                                     struct tgr_error *error) {
  enum tgr_status status = tgr_answer_read(body, len, answer, error);
  if (status == TGR_ESYNTAX && tgr_answer_read_torn(body, len, answer))
    status = TGR_OK;
  if (status != TGR_OK)
    return status;
  if (!answer->ok)
    return tgr_error_set(error, TGR_EPROTO, "getUpdates: %s (error %lld)",
                         answer->description, (long long)answer->error_code);
  if (answer->result.len < 2 || *answer->result.at != '[')
    return tgr_error_set(error, TGR_EPROTO,
                         "the answer to getUpdates holds no list of updates");
  return TGR_OK;
}

/* An answer as servers write it: its end is guessed, so that its brackets need
 * not be matched for that alone (routing: 3 % less). The guess is right when
 * every update can be taken and the list ends there. */
static enum tgr_status take_plain(struct splitter *it, const char *body,
                                  size_t len, struct tgr_answer *answer) {
  static const char head[] = "{\"ok\":true,\"result\":[";
  const size_t head_len = sizeof head - 1;
  it->is_wrong = len < head_len + 2 || memcmp(body, head, head_len) != 0 ||
                 memcmp(body + len - 2, "]}", 2) != 0;
  if (it->is_wrong)
    return TGR_OK;
  const struct tgr_split_report before = *it->report;
  it->is_guess = true;
  it->at = body + head_len;
  it->end = body + len - 2;
  const enum tgr_status status = take_all(it);
  it->is_guess = false;
  if (it->is_wrong) {
    tgr_task_release_all(&it->tasks);
    *it->report = before;
    it->position = it->faults = 0;
    it->needs_comma = false;
    return TGR_OK;
  }
  *answer = (struct tgr_answer){
      .ok = true, .result = {body + head_len - 1, len - head_len}};
  return status;
}

/* Takes the updates of any answer. */
static enum tgr_status take_any(struct splitter *it, const char *body,
                                size_t len, struct tgr_answer *answer,
                                struct tgr_error *error) {
  const enum tgr_status status = read_envelope(body, len, answer, error);
  if (status != TGR_OK)
    return status;
  it->at = answer->result.at + 1;
  it->end = answer->result.at + answer->result.len - 1;
  it->is_wrong = false;
  return take_all(it);
}

enum tgr_status tgr_split_updates(const struct tgr_mem *mem, const char *body,
                                  size_t len, struct tgr_answer *answer,
                                  struct tgr_list *out,
                                  struct tgr_split_report *report,
                                  struct tgr_error *error) {
  struct splitter it = {.mem = mem, .report = report};
  tgr_list_init(&it.tasks);
  enum tgr_status status = take_plain(&it, body, len, answer);
  if (it.is_wrong)
    status = take_any(&it, body, len, answer, error);
  if (status == TGR_ENOMEM) {
    tgr_task_release_all(&it.tasks);
    return tgr_error_set(error, status, "out of memory for a batch of updates");
  }
  if (status != TGR_OK)
    return status;
  tgr_list_append_all(out, &it.tasks);
  return TGR_OK;
}

enum tgr_status tgr_split_one(const struct tgr_mem *mem, const char *json,
                              size_t len, struct tgr_task **task,
                              struct tgr_error *error) {
  const char *end = json + len;
  const char *first = tgr_json_skip_blanks(json, end);
  const char *behind = first;
  struct tgr_route route;
  enum tgr_status status = tgr_route_read(&behind, end, &route);
  if (status == TGR_EINVAL ||
      (status == TGR_OK && tgr_json_skip_blanks(behind, end) != end))
    status = TGR_ESYNTAX;
  if (status != TGR_OK)
    return tgr_error_set(
        error, status, "an update must be one JSON object%s",
        status == TGR_ELIMIT ? ", nested at most 64 levels deep" : "");
  if (!route.has_update_id)
    return tgr_error_set(error, TGR_EINVAL,
                         "an update needs an integer update_id");
  const struct tgr_json_slice raw = {first, (size_t)(behind - first)};
  *task = make_task(mem, raw, &route);
  if (*task == NULL)
    return tgr_error_set(error, TGR_ENOMEM, "out of memory for an update");
  return TGR_OK;
}
