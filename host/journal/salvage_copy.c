/* Copies what reads of a damaged journal. */
#include "journal/salvage_copy.h"

#include "journal/store_inside.h"

struct copy {
  struct tgr_store *from;
  struct tgr_store *to;
  enum tgr_status (*append)(struct tgr_store *store,
                            const struct tgr_entry *entry,
                            struct tgr_error *error);
  enum tgr_status failed; /* of the fresh file */
  struct tgr_error *error;
  int64_t above; /* only entries in between are new */
  int64_t below;
  bool back;
  int64_t count;
};

static enum tgr_status copy_entry(void *user, const struct tgr_entry *entry) {
  struct copy *copy = user;
  if (!entry->intact || entry->seq <= copy->above || entry->seq >= copy->below)
    return TGR_OK;
  copy->failed = copy->append(copy->to, entry, copy->error);
  if (copy->failed != TGR_OK)
    return copy->failed;
  copy->count++;
  if (copy->back)
    copy->below = entry->seq;
  else
    copy->above = entry->seq;
  return TGR_OK;
}

static enum tgr_status copy_once(void *user, const struct tgr_once *once) {
  struct copy *copy = user;
  copy->failed =
      tgr_store_put_once(copy->to, once->seq, once->name, once->name_len,
                         once->value, once->value_len, copy->error);
  return copy->failed;
}

static enum tgr_status copy_key(void *user, const char *key, size_t len,
                                int64_t at_ms) {
  struct copy *copy = user;
  bool known = false;
  copy->failed = tgr_store_see(copy->to, key, len, at_ms, &known, copy->error);
  return copy->failed;
}

/* From the front as far as it reads, then from the end. What the damaged file
 * fails with is no news. */
static void copy_entries(struct copy *copy, bool dead) {
  copy->append = dead ? tgr_store_append_dead : tgr_store_append;
  copy->above = 0;
  copy->below = INT64_MAX;
  for (int back = 0; back <= 1; back++) {
    copy->back = back != 0;
    const enum tgr_status status =
        dead ? tgr_store_each_dead(copy->from, copy->back, copy_entry, copy,
                                   NULL)
             : tgr_store_each_update(copy->from, copy->back, copy_entry, copy,
                                     NULL);
    if (status == TGR_OK || copy->failed != TGR_OK)
      return;
  }
}

static void copy_meta(struct copy *copy) {
  struct tgr_position position;
  int64_t owner = 0;
  if (tgr_store_position(copy->from, &position, NULL) == TGR_OK)
    copy->failed = tgr_store_set_position(copy->to, &position, copy->error);
  if (copy->failed == TGR_OK &&
      tgr_store_owner(copy->from, &owner, NULL) == TGR_OK)
    copy->failed = tgr_store_set_owner(copy->to, owner, copy->error);
}

/* What the damaged file fails with is no news here either. */
static void copy_rest(struct copy *copy) {
  enum tgr_status status =
      tgr_store_each_once(copy->from, copy_once, copy, NULL);
  if (copy->failed == TGR_OK)
    status = tgr_store_each_key(copy->from, copy_key, copy, NULL);
  (void)status;
}

static enum tgr_status copy_all(struct copy *copy) {
  enum tgr_status status = tgr_store_begin(copy->to, copy->error);
  if (status != TGR_OK)
    return status;
  copy_meta(copy);
  if (copy->failed == TGR_OK)
    copy_entries(copy, false);
  if (copy->failed == TGR_OK)
    copy_entries(copy, true);
  if (copy->failed == TGR_OK)
    copy_rest(copy);
  if (copy->failed == TGR_OK)
    copy->failed = tgr_store_drop_orphans(copy->to, copy->error);
  if (copy->failed != TGR_OK)
    return copy->failed;
  return tgr_store_commit(copy->to, copy->error);
}

enum tgr_status tgr_salvage_copy(struct tgr_store *from, struct tgr_store *to,
                                 int64_t *count, struct tgr_error *error) {
  struct copy copy = {.from = from, .to = to, .error = error};
  const enum tgr_status status = copy_all(&copy);
  *count = copy.count;
  return status;
}
