/* A storage in a folder of its own, on a real loop, for the specs of storage.
 */
#ifndef STORAGE_FIXTURE_H
#define STORAGE_FIXTURE_H

#include "journal/storage.h"

#include "journal/sqlite.h"
#include "support/spec.h"
#include "support/spec_folder.h"
#include "support/spec_mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct tgr_loop loop;
static struct tgr_storage *storage;
static struct spec_folder folder;
static int awaited; /* operations that are not done */

static inline int setup(void **state) {
  (void)state;
  assert_true(spec_folder_make(&folder));
  snprintf(folder.path, sizeof folder.path, "%s/it.db", folder.name);
  assert_int_equal(tgr_loop_init(&loop, &tgr_mem_libc), TGR_OK);
  assert_int_equal(tgr_storage_new(&loop, folder.path, &storage), TGR_OK);
  awaited = 0;
  return 0;
}

static inline int teardown(void **state) {
  (void)state;
  tgr_storage_free(storage);
  storage = NULL;
  tgr_loop_deinit(&loop);
  unlink(folder.path);
  /* Nothing else is left: a database that was closed has no WAL. */
  assert_int_equal(rmdir(folder.name), 0);
  return 0;
}

static inline void on_done(struct tgr_storage_op *op) {
  (void)op;
  if (--awaited == 0)
    tgr_loop_quit(&loop);
}

static inline void put(struct tgr_storage_op *op, enum tgr_storage_verb verb,
                       const char *key, const char *value) {
  *op = (struct tgr_storage_op){
      .verb = verb, .key = key, .key_len = strlen(key), .done = on_done};
  tgr_link_init(&op->link);
  tgr_buf_init(&op->value, &tgr_mem_libc, SIZE_MAX);
  if (value != NULL)
    assert_int_equal(tgr_buf_append_str(&op->value, value), TGR_OK);
  awaited++;
  tgr_storage_put(storage, op);
}

static inline void wait_for_all(void) {
  tgr_loop_run(&loop);
  assert_int_equal(awaited, 0);
}

/* One operation, to its end. */
static inline struct tgr_storage_op do_op(enum tgr_storage_verb verb,
                                          const char *key, const char *value) {
  static struct tgr_storage_op op;
  put(&op, verb, key, value);
  wait_for_all();
  struct tgr_storage_op done = op;
  if (verb != TGR_STORAGE_READ)
    tgr_buf_deinit(&done.value);
  return done;
}

static inline void assert_stored(const char *key, const char *expected) {
  struct tgr_storage_op op = do_op(TGR_STORAGE_READ, key, NULL);
  assert_int_equal(op.status, TGR_OK);
  assert_int_equal(op.found, expected != NULL);
  if (expected != NULL) {
    assert_int_equal(op.value.len, strlen(expected));
    assert_memory_equal(op.value.bytes, expected, op.value.len);
  }
  tgr_buf_deinit(&op.value);
}

static inline void assert_done(enum tgr_storage_verb verb, const char *key,
                               const char *value) {
  assert_int_equal(do_op(verb, key, value).status, TGR_OK);
}

static inline void reopen(void) {
  tgr_storage_free(storage);
  assert_int_equal(tgr_storage_new(&loop, folder.path, &storage), TGR_OK);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

#endif
