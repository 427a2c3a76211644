#include "net/reader.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LEN = 3 * TGR_READER_AHEAD + 100 };

static struct tgr_loop loop;
static char path[64];
static char *bytes;
static int changes;

static void on_changed(void *user) {
  assert_ptr_equal(user, path);
  changes++;
}

static int setup(void **state) {
  (void)state;
  assert_int_equal(tgr_loop_init(&loop, &tgr_mem_libc), TGR_OK);
  strcpy(path, "/tmp/reader_spec.XXXXXX");
  bytes = malloc(LEN);
  for (size_t i = 0; i < LEN; i++)
    bytes[i] = (char)(i * 2654435761u >> 13);
  const int fd = mkstemp(path);
  assert_int_equal(write(fd, bytes, LEN), LEN);
  close(fd);
  changes = 0;
  return 0;
}

static int teardown(void **state) {
  (void)state;
  tgr_loop_deinit(&loop);
  unlink(path);
  free(bytes);
  return 0;
}

static void wait_for_change(void) {
  const int before = changes;
  while (changes == before)
    uv_run(&loop.uv, UV_RUN_ONCE);
}

static struct tgr_reader *open_reader(void) {
  struct tgr_reader *reader = NULL;
  assert_int_equal(tgr_reader_new(&loop, path, on_changed, path, &reader),
                   TGR_OK);
  assert_int_equal(tgr_reader_state(reader), TGR_READER_OPENING);
  wait_for_change();
  return reader;
}

/* Reads up to `len` bytes, waiting for the disk. */
static size_t read_some(struct tgr_reader *reader, char *out, size_t len) {
  size_t total = 0;
  while (total < len) {
    size_t got = 0;
    if (!tgr_reader_read(reader, out + total, len - total, &got)) {
      assert_int_equal(tgr_reader_state(reader), TGR_READER_OPEN);
      wait_for_change();
      continue;
    }
    if (got == 0)
      break;
    total += got;
  }
  return total;
}

static void a_file_is_read_to_its_end(void **state) {
  (void)state;
  struct tgr_reader *reader = open_reader();
  assert_int_equal(tgr_reader_size(reader), LEN);
  char *out = malloc(LEN + 1);
  assert_int_equal(read_some(reader, out, LEN + 1), LEN);
  assert_memory_equal(out, bytes, LEN);
  size_t got = 1;
  assert_true(tgr_reader_read(reader, out, 1, &got));
  assert_int_equal(got, 0);
  free(out);
  tgr_reader_free(reader);
}

static void a_seek_starts_again_even_while_the_disk_is_at_work(void **state) {
  (void)state;
  struct tgr_reader *reader = open_reader();
  char *out = malloc(LEN);
  size_t got = 0;
  assert_false(tgr_reader_read(reader, out, 1, &got)); /* a read is under way */
  assert_true(tgr_reader_seek(reader, LEN - 10));
  assert_int_equal(read_some(reader, out, LEN), 10);
  assert_memory_equal(out, bytes + LEN - 10, 10);
  assert_true(tgr_reader_seek(reader, 0));
  assert_int_equal(read_some(reader, out, LEN), LEN);
  assert_memory_equal(out, bytes, LEN);
  free(out);
  tgr_reader_free(reader);
}

static void freeing_while_the_disk_is_at_work_leaves_nothing(void **state) {
  (void)state;
  struct tgr_reader *reader = NULL;
  assert_int_equal(tgr_reader_new(&loop, path, on_changed, path, &reader),
                   TGR_OK);
  tgr_reader_free(reader);
  reader = open_reader();
  char out[1];
  size_t got = 0;
  assert_false(tgr_reader_read(reader, out, 1, &got));
  tgr_reader_free(reader);
}

static void every_failing_allocation_is_survived(void **state) {
  (void)state;
  struct spec_mem mem;
  spec_mem_init(&mem);
  loop.mem = &mem.mem;
  mem.fail_at = 1;
  struct tgr_reader *reader = NULL;
  assert_int_equal(tgr_reader_new(&loop, path, on_changed, path, &reader),
                   TGR_ENOMEM);
  mem.fail_at = 3; /* the reader is the second */
  reader = open_reader();
  char out[1];
  size_t got = 0;
  assert_false(tgr_reader_read(reader, out, 1, &got));
  assert_int_equal(tgr_reader_state(reader), TGR_READER_FAILED);
  assert_int_equal(tgr_reader_error(reader)->status, TGR_ENOMEM);
  tgr_reader_free(reader);
  uv_run(&loop.uv, UV_RUN_NOWAIT);
  while (mem.live > 0)
    uv_run(&loop.uv, UV_RUN_ONCE);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(a_file_is_read_to_its_end),
      TEST(a_seek_starts_again_even_while_the_disk_is_at_work),
      TEST(freeing_while_the_disk_is_at_work_leaves_nothing),
      TEST(every_failing_allocation_is_survived),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
