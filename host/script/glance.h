/* Glance: what can be told of an update without decoding it.
 *
 * A walk over the members of what the update is about (its message, its
 * callback query): from mark to mark where telegram/route.c has left marks,
 * else by scanning.
 *
 * Any thread; the task must be held. No allocation. */
#ifndef TGR_SCRIPT_GLANCE_H
#define TGR_SCRIPT_GLANCE_H

#include "engine/task.h"
#include "json/scan.h"

struct tgr_glance {
  const struct tgr_task *task;
  const struct tgr_task_mark *marks;
  unsigned next;           /* mark */
  bool is_broken;          /* the walk ended early, or could not begin */
  bool has_escapes;        /* in keys */
  struct tgr_json_iter it; /* without marks */
};

/* Begins a walk. It is broken at once when the kind is not known, or its value
 * no object. */
void tgr_glance_begin(struct tgr_glance *glance, const struct tgr_task *task);

/* The next member: its key, and the first byte of its value (never behind the
 * last byte of the update). False at the end, or when the walk is broken. */
bool tgr_glance_next(struct tgr_glance *glance, struct tgr_json_slice *key,
                     const char **value);

/* The whole value that begins at `at`; false when it is broken. */
bool tgr_glance_value(const struct tgr_task *task, const char *at,
                      struct tgr_json_slice *value);

#endif
