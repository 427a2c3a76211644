/* Keys from the ids of the raw update. */
#include "engine/keyer.h"

size_t tgr_id_keys(const struct tgr_task *task, bool by_chat, bool by_user,
                   struct tgr_key found[2]) {
  size_t count = 0;
  if (by_chat && task->has_chat)
    found[count++] = tgr_key_int(task->chat_id);
  if (by_user && task->has_user)
    found[count++] = tgr_key_int(task->user_id);
  return count;
}

static enum tgr_status keys(struct tgr_keyer *keyer, struct tgr_task *task,
                            const struct tgr_key **found, size_t *count) {
  struct tgr_id_keyer *it = TGR_CONTAINER_OF(keyer, struct tgr_id_keyer, keyer);
  *count = tgr_id_keys(task, it->by_chat, it->by_user, it->found);
  *found = it->found;
  return TGR_OK;
}

void tgr_id_keyer_init(struct tgr_id_keyer *keyer, bool by_chat, bool by_user) {
  *keyer = (struct tgr_id_keyer){
      .keyer = {.keys = keys}, .by_chat = by_chat, .by_user = by_user};
}
