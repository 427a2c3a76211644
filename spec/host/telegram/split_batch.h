/* What the specs of split.c share: a batch, split, with all it reported. */
#ifndef SPLIT_BATCH_H
#define SPLIT_BATCH_H

#include "telegram/split.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <stdlib.h>
#include <string.h>

enum { LOST_MAX = 8 };

/* One split with all it reported. */
struct batch {
  struct spec_mem mem;
  struct tgr_list tasks;
  struct tgr_answer answer;
  struct tgr_split_report report;
  struct tgr_error error;
  struct tgr_split_loss lost[LOST_MAX];
  size_t lost_count;
};

static inline void note_lost(void *user, const struct tgr_split_loss *loss) {
  struct batch *batch = user;
  if (batch->lost_count < LOST_MAX)
    batch->lost[batch->lost_count] = *loss;
  batch->lost_count++;
}

static inline void batch_init(struct batch *batch) {
  *batch = (struct batch){0};
  spec_mem_init(&batch->mem);
  tgr_list_init(&batch->tasks);
  batch->report.lost = note_lost;
  batch->report.user = batch;
}

static inline enum tgr_status split_len(struct batch *batch, const char *body,
                                        size_t len) {
  char *copy = malloc(len + (len == 0));
  memcpy(copy, body, len);
  const enum tgr_status status =
      tgr_split_updates(&batch->mem.mem, copy, len, &batch->answer,
                        &batch->tasks, &batch->report, &batch->error);
  free(copy);
  return status;
}

static inline void split(struct batch *batch, const char *body) {
  batch_init(batch);
  if (split_len(batch, body, strlen(body)) != TGR_OK)
    fail_msg("%s", batch->error.text);
  assert_int_equal(batch->lost_count, batch->report.lost_count);
}

static inline struct tgr_task *take(struct batch *batch) {
  struct tgr_link *link = tgr_list_take(&batch->tasks);
  return link == NULL ? NULL : TGR_CONTAINER_OF(link, struct tgr_task, link);
}

/* The next task must be this one; it is released. */
static inline void assert_task(struct batch *batch, int64_t update_id,
                               const char *raw) {
  struct tgr_task *task = take(batch);
  assert_non_null(task);
  assert_true(task->update_id == update_id);
  if (raw != NULL) {
    assert_string_equal(task->raw, raw);
    assert_int_equal(task->raw_len, strlen(raw));
  }
  tgr_task_release(task);
}

static inline void assert_lost(const struct batch *batch, size_t n,
                               int64_t update_id, size_t position,
                               const char *reason) {
  assert_true(n < batch->lost_count);
  assert_true(batch->lost[n].has_update_id);
  assert_true(batch->lost[n].update_id == update_id);
  assert_int_equal(batch->lost[n].position, position);
  assert_string_equal(batch->lost[n].reason, reason);
}

static inline void batch_deinit(struct batch *batch) {
  assert_null(take(batch));
  assert_int_equal(batch->mem.live, 0);
}

#endif
