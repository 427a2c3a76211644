/* One update's memory: made whole, freed by its last holder. */
#include "engine/task.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

/* Behind the bytes and their NUL, as aligned as the task. */
static size_t marks_at(size_t raw_len) {
  const size_t end = offsetof(struct tgr_task, raw) + raw_len + 1;
  const size_t align = _Alignof(struct tgr_task_mark);
  return (end + align - 1) / align * align;
}

struct tgr_task *tgr_task_new_marked(const struct tgr_mem *mem, const char *raw,
                                     size_t raw_len,
                                     const struct tgr_task_mark *marks,
                                     unsigned mark_count) {
  const size_t marks_size = mark_count * sizeof *marks;
  if (raw_len > SIZE_MAX - sizeof(struct tgr_task) - marks_size - 16)
    return NULL;
  struct tgr_task *task = tgr_mem_new(mem, marks_at(raw_len) + marks_size);
  if (task == NULL)
    return NULL;
  memset(task, 0, sizeof *task);
  task->mem = mem;
  atomic_init(&task->refs, 1);
  tgr_link_init(&task->link);
  tgr_link_init(&task->arrival);
  tgr_seat_init(&task->seat);
  task->raw_len = raw_len;
  task->mark_count = mark_count;
  if (raw_len > 0)
    memcpy(task->raw, raw, raw_len);
  task->raw[raw_len] = '\0';
  if (mark_count > 0)
    memcpy((char *)task + marks_at(raw_len), marks, marks_size);
  return task;
}

struct tgr_task *tgr_task_new(const struct tgr_mem *mem, const char *raw,
                              size_t raw_len) {
  return tgr_task_new_marked(mem, raw, raw_len, NULL, 0);
}

const struct tgr_task_mark *tgr_task_marks(const struct tgr_task *task) {
  const void *at = (const char *)task + marks_at(task->raw_len);
  return at;
}

struct tgr_task *tgr_task_hold(struct tgr_task *task) {
  atomic_fetch_add_explicit(&task->refs, 1, memory_order_relaxed);
  return task;
}

void tgr_task_release(struct tgr_task *task) {
  if (task == NULL)
    return;
  const unsigned before =
      atomic_fetch_sub_explicit(&task->refs, 1, memory_order_acq_rel);
  assert(before > 0);
  if (before > 1)
    return;
  assert(!tgr_seat_entered(&task->seat) && "freed while it holds keys");
  if (task->value != 0 && task->drop_value != NULL)
    task->drop_value(task->value_owner, task->value);
  tgr_mem_free(task->mem, task);
}

void tgr_task_release_all(struct tgr_list *tasks) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(tasks)) != NULL)
    tgr_task_release(TGR_CONTAINER_OF(link, struct tgr_task, link));
}
