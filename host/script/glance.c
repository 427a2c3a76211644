/* What can be told of an update without decoding it. */
#include "script/glance.h"

#include "telegram/kinds.h"

/* Enters the value of the update's kind. */
static bool enter(const struct tgr_task *task, struct tgr_json_iter *inner) {
  struct tgr_json_iter it;
  struct tgr_json_slice key;
  struct tgr_json_slice value;
  if (task->kind == TGR_KIND_UNKNOWN)
    return false;
  const char *name = tgr_kind_name((enum tgr_kind)task->kind);
  tgr_json_open(&it, (struct tgr_json_slice){task->raw, task->raw_len}, '{');
  while (tgr_json_next_key(&it, &key)) {
    if (tgr_json_key_is(key, name))
      return tgr_json_enter(&it, inner, '{');
    if (!tgr_json_take(&it, &value))
      return false;
  }
  return false;
}

void tgr_glance_begin(struct tgr_glance *glance, const struct tgr_task *task) {
  glance->task = task;
  glance->marks = tgr_task_marks(task);
  glance->next = 0;
  glance->is_broken = glance->has_escapes = false;
  if (task->mark_count == 0)
    glance->is_broken = !enter(task, &glance->it);
}

static bool next_marked(struct tgr_glance *glance, struct tgr_json_slice *key,
                        const char **value) {
  const struct tgr_task *task = glance->task;
  if (glance->next == task->mark_count)
    return false;
  const struct tgr_task_mark mark = glance->marks[glance->next++];
  *key = (struct tgr_json_slice){task->raw + mark.key_at,
                                 mark.value_at - mark.key_at - 2};
  *value = task->raw + mark.value_at;
  return true;
}

static bool next_scanned(struct tgr_glance *glance, struct tgr_json_slice *key,
                         const char **value) {
  struct tgr_json_iter *it = &glance->it;
  struct tgr_json_slice passed;
  const bool goes_on = glance->next++ == 0 || tgr_json_take(it, &passed);
  if (!goes_on || !tgr_json_next_key(it, key) || it->at == it->end) {
    glance->is_broken = it->status != TGR_OK || !it->ended;
    return false;
  }
  glance->has_escapes = it->escaped;
  *value = it->at;
  return true;
}

bool tgr_glance_next(struct tgr_glance *glance, struct tgr_json_slice *key,
                     const char **value) {
  if (glance->task->mark_count > 0)
    return next_marked(glance, key, value);
  return !glance->is_broken && next_scanned(glance, key, value);
}

bool tgr_glance_value(const struct tgr_task *task, const char *at,
                      struct tgr_json_slice *value) {
  return tgr_json_cut(&at, task->raw + task->raw_len, TGR_JSON_DEPTH_MAX,
                      value) == TGR_OK;
}
