/* One update's memory: made whole, freed by its last holder. */
#include "engine/task.h"

#include <assert.h>
#include <string.h>

struct tgr_task *tgr_task_new(const struct tgr_mem *mem, const char *raw,
                              size_t raw_len) {
  if (raw_len > SIZE_MAX - sizeof(struct tgr_task) - 1)
    return NULL;
  struct tgr_task *task = tgr_mem_new(mem, sizeof *task + raw_len + 1);
  if (task == NULL)
    return NULL;
  memset(task, 0, sizeof *task);
  task->mem = mem;
  atomic_init(&task->refs, 1);
  tgr_link_init(&task->link);
  tgr_link_init(&task->arrival);
  tgr_seat_init(&task->seat);
  task->raw_len = raw_len;
  if (raw_len > 0)
    memcpy(task->raw, raw, raw_len);
  task->raw[raw_len] = '\0';
  return task;
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
