/* Shared: a small table of values that every thread of a host sees.
 *
 * Keys are strings; values are strings, integers, numbers and booleans, with an
 * expiry if wanted. It is bounded: when it is full, and stays so without what
 * has expired, a set is refused.
 *
 * Any thread; a mutex for each of a few parts of the table. */
#ifndef TGR_LOOP_SHARED_H
#define TGR_LOOP_SHARED_H

#include "base/map.h"
#include "base/status.h"

#include <stdatomic.h>
#include <uv.h>

enum {
  TGR_SHARED_PARTS = 8,
  TGR_SHARED_KEY_MAX = 1024,     /* bytes of a key */
  TGR_SHARED_VALUE_MAX = 1 << 20 /* bytes of a string */
};

enum tgr_shared_type {
  TGR_SHARED_NONE, /* no such key; to set: forget it */
  TGR_SHARED_STRING,
  TGR_SHARED_INTEGER,
  TGR_SHARED_NUMBER,
  TGR_SHARED_BOOLEAN
};

struct tgr_shared_value {
  enum tgr_shared_type type;
  bool boolean;
  int64_t integer;
  double number;
  char *bytes; /* of STRING */
  size_t len;
};

struct tgr_shared_part {
  uv_mutex_t mutex;
  struct tgr_map map;
  uint64_t due_us; /* nothing of it expires before; UINT64_MAX: nothing does */
};

struct tgr_shared {
  const struct tgr_mem *mem;
  size_t bytes_max;
  _Atomic size_t bytes; /* of all entries */
  struct tgr_shared_part parts[TGR_SHARED_PARTS];
};

/* An empty table of at most `bytes_max` bytes in all. TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status tgr_shared_new(const struct tgr_mem *mem,
                                              size_t bytes_max,
                                              struct tgr_shared **out);
/* NULL is fine. */
void tgr_shared_free(struct tgr_shared *shared);

/* Any thread. The value of `key`, NONE when there is none. A string's bytes are
 * a copy, which the caller frees with the table's allocator. TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status tgr_shared_get(struct tgr_shared *shared,
                                              const char *key, size_t key_len,
                                              struct tgr_shared_value *out);

/* Any thread. Sets (or, with NONE, forgets) `key`; bytes are copied. It expires
 * in `expires_ms`; 0: never. TGR_EINVAL for a key or string that is too long,
 * TGR_ELIMIT when the table is full, TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status
tgr_shared_set(struct tgr_shared *shared, const char *key, size_t key_len,
               const struct tgr_shared_value *value, uint64_t expires_ms);

/* Any thread. Adds `by` to the integer of `key` (0 when there is none) and
 * gives the sum, as one step. `expires_ms` counts for a key that is made by
 * this. TGR_ESTATE when it holds something else, TGR_EINVAL also when the sum
 * does not fit. */
TGR_MUST_CHECK enum tgr_status tgr_shared_incr(struct tgr_shared *shared,
                                               const char *key, size_t key_len,
                                               int64_t by, uint64_t expires_ms,
                                               int64_t *sum);

#endif
