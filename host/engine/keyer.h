/* Keyer: which keys a task has to wait for. The seam behind a sink's
 * sequentialize, and its native forms. */
#ifndef TGR_ENGINE_KEYER_H
#define TGR_ENGINE_KEYER_H

#include "engine/sequence.h"
#include "engine/task.h"

/* The implementer embeds it. */
struct tgr_keyer {
  /* Points `*keys` at the `*count` keys of `task` (0: no constraint), valid
   * until the next call. Called once per task, in order of arrival. On an error
   * the task runs without keys, and its port is told to refuse it; the keyer
   * may leave the reason in task->port_data. Must not call back into the sink.
   */
  enum tgr_status (*keys)(struct tgr_keyer *keyer, struct tgr_task *task,
                          const struct tgr_key **keys, size_t *count);
};

/* Keys computed from the raw update's ids: no script involved. Chat and user
 * ids are integer keys of one space, the same as a script's integers. */
struct tgr_id_keyer {
  struct tgr_keyer keyer;
  bool by_chat;
  bool by_user;
  struct tgr_key found[2];
};

void tgr_id_keyer_init(struct tgr_id_keyer *keyer, bool by_chat, bool by_user);

/* The id keys of one task, for other users of a sequence. Returns 0 … 2. */
size_t tgr_id_keys(const struct tgr_task *task, bool by_chat, bool by_user,
                   struct tgr_key found[2]);

#endif
