/* A small table of values that every thread of a host sees. */
#include "loop/shared.h"

#include "base/list.h"
#include "loop/loop.h"

#include <string.h>

/* An entry, its key and its string in one block. */
struct entry {
  struct tgr_map_link link;
  uint64_t expires_us; /* 0 for never */
  struct tgr_shared_value value;
  size_t key_len;
  size_t size;  /* of the block */
  char bytes[]; /* the key, then the string and a NUL */
};

static struct entry *entry_of(struct tgr_map_link *link) {
  return TGR_CONTAINER_OF(link, struct entry, link);
}

enum tgr_status tgr_shared_new(const struct tgr_mem *mem, size_t bytes_max,
                               struct tgr_shared **out) {
  struct tgr_shared *shared = tgr_mem_new0(mem, sizeof *shared);
  if (shared == NULL)
    return TGR_ENOMEM;
  shared->mem = mem;
  shared->bytes_max = bytes_max;
  atomic_init(&shared->bytes, 0);
  for (int i = 0; i < TGR_SHARED_PARTS; i++) {
    if (uv_mutex_init(&shared->parts[i].mutex) != 0) {
      while (i-- > 0)
        uv_mutex_destroy(&shared->parts[i].mutex);
      tgr_mem_free(mem, shared);
      return TGR_ENOMEM;
    }
    tgr_map_init(&shared->parts[i].map, mem, (uint64_t)(uintptr_t)shared);
    shared->parts[i].due_us = UINT64_MAX;
  }
  *out = shared;
  return TGR_OK;
}

static void free_entry(struct tgr_shared *shared, struct entry *entry) {
  atomic_fetch_sub_explicit(&shared->bytes, entry->size, memory_order_relaxed);
  tgr_mem_free(shared->mem, entry);
}

static void drop(struct tgr_shared *shared, struct tgr_shared_part *part,
                 struct entry *entry) {
  tgr_map_remove(&part->map, &entry->link);
  free_entry(shared, entry);
}

static void note_expiry(struct tgr_shared_part *part,
                        const struct entry *entry) {
  if (entry->expires_us != 0 && entry->expires_us < part->due_us)
    part->due_us = entry->expires_us;
}

/* Drops what has expired by `now_us`; UINT64_MAX: everything. */
static void sweep(struct tgr_shared *shared, struct tgr_shared_part *part,
                  uint64_t now_us) {
  part->due_us = UINT64_MAX;
  for (size_t i = 0; i < part->map.chain_count; i++) {
    struct tgr_map_link **place = &part->map.chains[i];
    while (*place != NULL) {
      struct entry *entry = entry_of(*place);
      if (now_us != UINT64_MAX &&
          (entry->expires_us == 0 || entry->expires_us > now_us)) {
        note_expiry(part, entry);
        place = &entry->link.next;
        continue;
      }
      *place = entry->link.next;
      part->map.count--;
      free_entry(shared, entry);
    }
  }
}

void tgr_shared_free(struct tgr_shared *shared) {
  if (shared == NULL)
    return;
  for (int i = 0; i < TGR_SHARED_PARTS; i++) {
    struct tgr_shared_part *part = &shared->parts[i];
    sweep(shared, part, UINT64_MAX);
    tgr_map_deinit(&part->map);
    uv_mutex_destroy(&part->mutex);
  }
  tgr_mem_free(shared->mem, shared);
}

/* ---- one key, under the lock of its part -------------------------------- */

struct place {
  struct tgr_shared_part *part;
  uint64_t hash;
  uint64_t now_us;
  struct entry *entry; /* NULL for none; has not expired by `now_us` */
};

static struct place lock(struct tgr_shared *shared, const char *key,
                         size_t key_len) {
  const uint64_t hash = tgr_map_hash_bytes(&shared->parts[0].map, key, key_len);
  struct place place = {.part = &shared->parts[(hash >> 56) % TGR_SHARED_PARTS],
                        .hash = hash,
                        .now_us = tgr_loop_clock_us()};
  uv_mutex_lock(&place.part->mutex);
  struct tgr_map_link *link = tgr_map_first(&place.part->map, hash);
  for (; link != NULL; link = tgr_map_next(link)) {
    struct entry *entry = entry_of(link);
    if (entry->key_len == key_len && memcmp(entry->bytes, key, key_len) == 0) {
      place.entry = entry;
      break;
    }
  }
  if (place.entry != NULL && place.entry->expires_us != 0 &&
      place.entry->expires_us <= place.now_us) {
    drop(shared, place.part, place.entry);
    place.entry = NULL;
  }
  return place;
}

static struct entry *make(struct tgr_shared *shared, const char *key,
                          size_t key_len, const struct tgr_shared_value *value,
                          uint64_t expires_ms) {
  const size_t len = value->type == TGR_SHARED_STRING ? value->len : 0;
  const size_t size = sizeof(struct entry) + key_len + len + 1;
  struct entry *entry = tgr_mem_new(shared->mem, size);
  if (entry == NULL)
    return NULL;
  *entry = (struct entry){.value = *value, .key_len = key_len, .size = size};
  if (expires_ms != 0)
    entry->expires_us = expires_ms > UINT64_MAX / 2000
                            ? 0
                            : tgr_loop_clock_us() + expires_ms * 1000;
  memcpy(entry->bytes, key, key_len);
  entry->value.bytes = entry->bytes + key_len;
  if (len > 0)
    memcpy(entry->value.bytes, value->bytes, len);
  entry->value.bytes[len] = '\0';
  return entry;
}

/* Puts `entry` in the place of what is there, if there is room. */
static enum tgr_status put(struct tgr_shared *shared, struct place *place,
                           struct entry *entry) {
  const size_t freed = place->entry != NULL ? place->entry->size : 0;
  const size_t before = atomic_fetch_add_explicit(&shared->bytes, entry->size,
                                                  memory_order_relaxed);
  if (before - freed + entry->size > shared->bytes_max) {
    atomic_fetch_sub_explicit(&shared->bytes, entry->size,
                              memory_order_relaxed);
    return TGR_ELIMIT;
  }
  if (place->entry != NULL)
    drop(shared, place->part, place->entry);
  tgr_map_put(&place->part->map, &entry->link, place->hash);
  note_expiry(place->part, entry);
  return TGR_OK;
}

/* Makes room, a part at a time; false when nothing can have expired. */
static bool sweep_due(struct tgr_shared *shared) {
  const uint64_t now_us = tgr_loop_clock_us();
  bool swept = false;
  for (int i = 0; i < TGR_SHARED_PARTS; i++) {
    struct tgr_shared_part *part = &shared->parts[i];
    uv_mutex_lock(&part->mutex);
    if (part->due_us <= now_us) {
      sweep(shared, part, now_us);
      swept = true;
    }
    uv_mutex_unlock(&part->mutex);
  }
  return swept;
}

/* ---- what threads call -------------------------------------------------- */

enum tgr_status tgr_shared_get(struct tgr_shared *shared, const char *key,
                               size_t key_len, struct tgr_shared_value *out) {
  enum tgr_status status = TGR_OK;
  const struct place place = lock(shared, key, key_len);
  if (place.entry == NULL) {
    *out = (struct tgr_shared_value){.type = TGR_SHARED_NONE};
  } else {
    struct tgr_shared_value value = place.entry->value;
    if (value.type == TGR_SHARED_STRING) {
      value.bytes = tgr_mem_dup(shared->mem, value.bytes, value.len);
      status = value.bytes != NULL ? TGR_OK : TGR_ENOMEM;
    }
    if (status == TGR_OK)
      *out = value;
  }
  uv_mutex_unlock(&place.part->mutex);
  return status;
}

enum tgr_status tgr_shared_set(struct tgr_shared *shared, const char *key,
                               size_t key_len,
                               const struct tgr_shared_value *value,
                               uint64_t expires_ms) {
  if (key_len > TGR_SHARED_KEY_MAX ||
      (value->type == TGR_SHARED_STRING && value->len > TGR_SHARED_VALUE_MAX))
    return TGR_EINVAL;
  struct entry *entry = NULL;
  if (value->type != TGR_SHARED_NONE) {
    entry = make(shared, key, key_len, value, expires_ms);
    if (entry == NULL)
      return TGR_ENOMEM;
  }
  enum tgr_status status = TGR_OK;
  do {
    struct place place = lock(shared, key, key_len);
    if (entry != NULL)
      status = put(shared, &place, entry);
    else if (place.entry != NULL)
      drop(shared, place.part, place.entry);
    uv_mutex_unlock(&place.part->mutex);
  } while (status == TGR_ELIMIT && sweep_due(shared));
  if (status != TGR_OK)
    tgr_mem_free(shared->mem, entry);
  return status;
}

static enum tgr_status add(struct entry *entry, int64_t by, int64_t *sum) {
  if (entry->value.type != TGR_SHARED_INTEGER)
    return TGR_ESTATE;
  int64_t total = 0;
  if (__builtin_add_overflow(entry->value.integer, by, &total))
    return TGR_EINVAL;
  *sum = entry->value.integer = total;
  return TGR_OK;
}

static enum tgr_status begin(struct tgr_shared *shared, const char *key,
                             size_t key_len, struct place *place, int64_t by,
                             uint64_t expires_ms) {
  const struct tgr_shared_value value = {.type = TGR_SHARED_INTEGER,
                                         .integer = by};
  struct entry *entry = make(shared, key, key_len, &value, expires_ms);
  if (entry == NULL)
    return TGR_ENOMEM;
  const enum tgr_status status = put(shared, place, entry);
  if (status != TGR_OK)
    tgr_mem_free(shared->mem, entry);
  return status;
}

enum tgr_status tgr_shared_incr(struct tgr_shared *shared, const char *key,
                                size_t key_len, int64_t by, uint64_t expires_ms,
                                int64_t *sum) {
  if (key_len > TGR_SHARED_KEY_MAX)
    return TGR_EINVAL;
  enum tgr_status status = TGR_OK;
  do {
    struct place place = lock(shared, key, key_len);
    if (place.entry != NULL)
      status = add(place.entry, by, sum);
    else if ((status = begin(shared, key, key_len, &place, by, expires_ms)) ==
             TGR_OK)
      *sum = by;
    uv_mutex_unlock(&place.part->mutex);
  } while (status == TGR_ELIMIT && sweep_due(shared));
  return status;
}
