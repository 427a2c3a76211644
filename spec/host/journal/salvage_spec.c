#include "journal/salvage.h"

#include "base/rng.h"
#include "support/spec_in_folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { UPDATES = 60, DEAD = 8, FILES = 1000 };

static struct tgr_sqlite_options options_at(const char *path) {
  struct tgr_sqlite_options options;
  tgr_sqlite_options_init(&options);
  options.path = path;
  options.sync = TGR_SQLITE_SYNC_OFF;
  return options;
}

/* The update that was stored under a number: its content follows from it. */
static size_t make_raw(int64_t seq, char raw[4096]) {
  struct tgr_rng rng;
  tgr_rng_init(&rng, (uint64_t)seq);
  const size_t len = 20 + tgr_rng_below(&rng, 3000);
  for (size_t i = 0; i < len; i++)
    raw[i] = (char)('a' + tgr_rng_below(&rng, 26));
  return len;
}

static void fill(struct tgr_store *store) {
  struct tgr_error error = {.text = ""};
  char raw[4096];
  assert_int_equal(tgr_store_begin(store, &error), TGR_OK);
  for (int64_t seq = 1; seq <= UPDATES + DEAD; seq++) {
    struct tgr_entry entry = {
        .seq = seq, .id = seq + 1000, .at_ms = 5, .raw = raw, .error = ""};
    entry.len = make_raw(seq, raw);
    assert_int_equal(tgr_store_append(store, &entry, &error), TGR_OK);
    if (seq > UPDATES)
      assert_int_equal(tgr_store_bury(store, seq, 7, &error), TGR_OK);
    else if (seq % 3 == 0)
      assert_int_equal(
          tgr_store_put_once(store, seq, "name", 4, "1", 1, &error), TGR_OK);
  }
  const struct tgr_position position = {.epoch = 2, .next = 5000};
  assert_int_equal(tgr_store_set_position(store, &position, &error), TGR_OK);
  assert_int_equal(tgr_store_set_owner(store, 77, &error), TGR_OK);
  assert_int_equal(tgr_store_commit(store, &error), TGR_OK);
}

struct seen {
  int count;
  int64_t last;
};

/* What is read is what was written, in order. */
static enum tgr_status look(void *user, const struct tgr_entry *entry) {
  struct seen *seen = user;
  char raw[4096];
  assert_true(entry->intact);
  assert_true(entry->seq > seen->last);
  const size_t len = make_raw(entry->seq, raw);
  assert_int_equal(entry->len, len);
  assert_memory_equal(entry->raw, raw, len);
  assert_int_equal(entry->id, entry->seq + 1000);
  seen->last = entry->seq;
  seen->count++;
  return TGR_OK;
}

static int count_all(struct tgr_store *store) {
  struct seen alive = {0};
  struct seen dead = {0};
  struct tgr_error error = {.text = ""};
  if (tgr_store_each_update(store, false, look, &alive, &error) != TGR_OK ||
      tgr_store_each_dead(store, false, look, &dead, &error) != TGR_OK)
    fail_msg("%s", error.text);
  return alive.count + dead.count;
}

static void open_fresh(struct tgr_store *store, const char *path) {
  const struct tgr_sqlite_options options = options_at(path);
  struct tgr_error error = {.text = ""};
  if (tgr_salvage_open(store, &options, NULL, &error) != TGR_OK)
    fail_msg("%s", error.text);
}

/* The file's bytes; with `wal` they are all in the WAL still. */
static void make_original(const char *path, bool wal) {
  char work[160];
  struct tgr_store store;
  snprintf(work, sizeof work, "%s/work", folder.name);
  open_fresh(&store, work);
  if (!wal) {
    fill(&store);
    tgr_store_close(&store);
  } else {
    assert_int_equal(
        tgr_sqlite_exec(&store.sqlite, "PRAGMA wal_checkpoint(TRUNCATE)", NULL),
        TGR_OK);
    fill(&store);
  }
  assert_true(spec_file_copy(work, path, ""));
  assert_true(spec_file_copy(work, path, "-wal") == wal);
  if (wal)
    tgr_store_close(&store);
}

static void damage(struct tgr_rng *rng, char *bytes, size_t *len) {
  const uint64_t kind = tgr_rng_below(rng, 4);
  if (kind == 0) {
    *len = tgr_rng_below(rng, *len);
    return;
  }
  if (kind == 1) { /* a block of something else */
    const size_t from = tgr_rng_below(rng, *len);
    const size_t size = tgr_rng_below(rng, 4096);
    for (size_t i = from; i < *len && i < from + size; i++)
      bytes[i] = (char)tgr_rng_below(rng, 256);
    return;
  }
  const uint64_t flips = kind == 2 ? 1 : 1 + tgr_rng_below(rng, 40);
  for (uint64_t i = 0; i < flips; i++)
    bytes[tgr_rng_below(rng, *len)] ^= (char)(1 << tgr_rng_below(rng, 8));
}

/* Whatever was done to the file: it opens, what it gives is what was kept, and
 * it can be written. Returns how many entries were saved. */
static int open_damaged(const char *path, uint64_t seed) {
  const struct tgr_sqlite_options options = options_at(path);
  struct tgr_store store;
  struct tgr_error error = {.text = ""};
  const enum tgr_status status =
      tgr_salvage_open(&store, &options, NULL, &error);
  if (status == TGR_EINVAL) /* the head is so damaged that it may be anything */
    return 0;
  if (status != TGR_OK)
    fail_msg("seed %lu: %s", (unsigned long)seed, error.text);
  const int count = count_all(&store);
  char raw[4096];
  struct tgr_entry entry = {.seq = 9000, .id = 10000, .raw = raw, .error = ""};
  entry.len = make_raw(9000, raw);
  assert_int_equal(tgr_store_begin(&store, &error), TGR_OK);
  assert_int_equal(tgr_store_append(&store, &entry, &error), TGR_OK);
  assert_int_equal(tgr_store_commit(&store, &error), TGR_OK);
  assert_int_equal(count_all(&store), count + 1);
  tgr_store_close(&store);
  return count;
}

static void
a_thousand_damaged_files_open_and_give_only_what_was_kept(void **state) {
  (void)state;
  char original[160];
  char *bytes[2];
  char *wal = NULL;
  size_t len[2];
  size_t wal_len = 0;
  long saved = 0;
  int refused = 0;
  snprintf(original, sizeof original, "%s/original", folder.name);
  for (int i = 0; i < 2; i++) {
    make_original(original, i == 1);
    bytes[i] = spec_file_read(original, &len[i]);
    assert_non_null(bytes[i]);
    if (i == 1) {
      char name[180];
      snprintf(name, sizeof name, "%s-wal", original);
      wal = spec_file_read(name, &wal_len);
    }
    spec_folder_empty(&folder);
  }
  for (int i = 0; i < FILES; i++) {
    struct tgr_rng rng;
    tgr_rng_init(&rng, (uint64_t)i + 1);
    const bool in_wal = i % 4 == 3;
    const size_t size = in_wal ? wal_len : len[0];
    char *copy = malloc(size);
    memcpy(copy, in_wal ? wal : bytes[0], size);
    size_t new_len = size;
    damage(&rng, copy, &new_len);
    char name[180];
    snprintf(name, sizeof name, "%s-wal", folder.path);
    assert_true(spec_file_write(folder.path, in_wal ? bytes[1] : copy,
                                in_wal ? len[1] : new_len));
    if (in_wal)
      assert_true(spec_file_write(name, copy, new_len));
    const int count = open_damaged(folder.path, (uint64_t)i + 1);
    saved += count;
    refused += count == 0;
    spec_folder_empty(&folder);
    free(copy);
  }
  /* Most files lose little. */
  assert_true(saved > (long)FILES * (UPDATES + DEAD) / 3);
  assert_true(refused < FILES / 2);
  print_message("%d files: %ld of %d entries saved, %d gave none\n", FILES,
                saved, FILES * (UPDATES + DEAD), refused);
  free(bytes[0]);
  free(bytes[1]);
  free(wal);
}

static void the_damaged_file_is_kept_beside_the_fresh_one(void **state) {
  (void)state;
  size_t len = 0;
  make_original(folder.path, false);
  char *bytes = spec_file_read(folder.path, &len);
  memset(bytes + len / 2, 'x', 1000);
  assert_true(spec_file_write(folder.path, bytes, len));
  free(bytes);
  struct tgr_store store;
  open_fresh(&store, folder.path);
  const int count = count_all(&store);
  assert_in_range(count, 1, UPDATES + DEAD - 1);
  struct tgr_position position;
  int64_t owner = 0;
  assert_int_equal(tgr_store_position(&store, &position, NULL), TGR_OK);
  assert_int_equal(tgr_store_owner(&store, &owner, NULL), TGR_OK);
  assert_int_equal(position.next, 5000);
  assert_int_equal(position.epoch, 2);
  assert_int_equal(owner, 77);
  tgr_store_close(&store);
  const int aside = spec_folder_count(&folder, "damaged-"); /* -wal, -shm */
  assert_in_range(aside, 1, 3);
  open_fresh(&store, folder.path); /* and all is well from now on */
  assert_int_equal(count_all(&store), count);
  tgr_store_close(&store);
  assert_int_equal(spec_folder_count(&folder, "damaged-"), aside);
}

static enum tgr_status count_once(void *user, const struct tgr_once *once) {
  assert_int_not_equal(once->seq, 3);
  ++*(int *)user;
  return TGR_OK;
}

static void results_go_with_the_update_that_cannot_be_saved(void **state) {
  (void)state;
  struct tgr_store store;
  int count = 0;
  make_original(folder.path, false);
  open_fresh(&store, folder.path);
  assert_int_equal(tgr_sqlite_exec(&store.sqlite,
                                   "UPDATE updates SET sum = 1 WHERE seq = 3",
                                   NULL),
                   TGR_OK);
  tgr_store_close(&store);
  open_fresh(&store, folder.path);
  assert_int_equal(count_all(&store), UPDATES + DEAD - 1);
  assert_int_equal(tgr_store_each_once(&store, count_once, &count, NULL),
                   TGR_OK);
  assert_int_equal(count, UPDATES / 3 - 1);
  tgr_store_close(&store);
}

static void a_number_is_in_use_once(void **state) {
  (void)state;
  struct tgr_store store;
  const struct tgr_entry entry = {
      .seq = 1, .raw = "new", .len = 3, .error = ""};
  make_original(folder.path, false);
  open_fresh(&store, folder.path);
  assert_int_equal(tgr_store_append(&store, &entry, NULL), TGR_EINVAL);
  assert_int_equal(count_all(&store), UPDATES + DEAD);
  tgr_store_close(&store);
}

static void a_salvage_that_was_cut_off_is_finished_or_begun_anew(void **state) {
  (void)state;
  char fresh[160];
  char half[160];
  snprintf(fresh, sizeof fresh, "%s-salvaged", folder.path);
  snprintf(half, sizeof half, "%s-salvaging", folder.path);
  make_original(folder.path, false);
  /* The damaged one is out of the way already: the fresh one is whole. */
  assert_int_equal(rename(folder.path, fresh), 0);
  struct tgr_store store;
  open_fresh(&store, folder.path);
  assert_int_equal(count_all(&store), UPDATES + DEAD);
  tgr_store_close(&store);
  /* The fresh one is half done. */
  assert_true(spec_file_write(half, "half", 4));
  open_fresh(&store, folder.path);
  assert_int_equal(count_all(&store), UPDATES + DEAD);
  tgr_store_close(&store);
  assert_int_not_equal(access(half, F_OK), 0);
}

static void files_of_something_else_are_refused_and_left_alone(void **state) {
  (void)state;
  static const char text[] = "local tg = require 'tgrunner'\n";
  const struct tgr_sqlite_options options = options_at(folder.path);
  struct tgr_store store;
  struct tgr_error error = {.text = ""};
  assert_true(spec_file_write(folder.path, text, sizeof text - 1));
  assert_int_equal(tgr_salvage_open(&store, &options, NULL, &error),
                   TGR_EINVAL);
  assert_string_equal(error.text, "it is a file of something else");
  assert_int_equal(spec_folder_count(&folder, ""), 1);
  unlink(folder.path);
  struct tgr_sqlite sqlite;
  static const char sql[] = "PRAGMA journal_mode=DELETE; CREATE TABLE users(a)";
  assert_int_equal(tgr_sqlite_open(&sqlite, &options, NULL), TGR_OK);
  assert_int_equal(tgr_sqlite_exec(&sqlite, sql, NULL), TGR_OK);
  tgr_sqlite_close(&sqlite);
  size_t len = 0;
  size_t len_after = 0;
  char *before = spec_file_read(folder.path, &len);
  assert_int_equal(tgr_salvage_open(&store, &options, NULL, &error),
                   TGR_EINVAL);
  assert_string_equal(error.text, "it is a database of something else");
  char *after = spec_file_read(folder.path, &len_after);
  assert_int_equal(len, len_after);
  assert_memory_equal(before, after, len);
  assert_int_equal(spec_folder_count(&folder, ""), 1);
  free(before);
  free(after);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      IN_A_FOLDER(a_thousand_damaged_files_open_and_give_only_what_was_kept),
      IN_A_FOLDER(the_damaged_file_is_kept_beside_the_fresh_one),
      IN_A_FOLDER(results_go_with_the_update_that_cannot_be_saved),
      IN_A_FOLDER(a_number_is_in_use_once),
      IN_A_FOLDER(a_salvage_that_was_cut_off_is_finished_or_begun_anew),
      IN_A_FOLDER(files_of_something_else_are_refused_and_left_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
