/* Fuzzes telegram/split: no body reads out of bounds or leaks, and of a body
 * that is JSON every update with an id becomes a task.
 *
 *   clang -std=c17 -D_GNU_SOURCE -g -O1 -fsanitize=fuzzer,address,undefined \
 *     -Ihost spec/fuzz/split_fuzz.c \
 *     host/telegram/{split,route,answer,kinds}.c \
 *     host/json/{scan,text,token,number,validate}.c \
 *     host/engine/{task,sequence}.c $(find host/base -name '*.c') \
 *     -o split_fuzz && ./split_fuzz -max_total_time=60 \
 *     "$(mktemp -d)" spec/fuzz/corpus/split */
#include "telegram/split.h"

#include "json/validate.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void expect(bool true_always) {
  if (!true_always)
    abort();
}

static void count_lost(void *user, const struct tgr_split_loss *loss) {
  size_t *count = user;
  expect(loss->reason != NULL && loss->position > 0);
  ++*count;
}

/* The updates of a valid body that have an id. */
static size_t count_updates(struct tgr_json_slice result) {
  size_t count = 0;
  struct tgr_json_iter it;
  struct tgr_json_slice element;
  struct tgr_json_slice id;
  int64_t number = 0;
  tgr_json_open(&it, result, '[');
  while (tgr_json_next_element(&it, &element))
    count += tgr_json_find(element, "update_id", &id) &&
             tgr_json_read_int64(id, &number);
  return count;
}

static void check_batch(const char *text, size_t len) {
  struct tgr_answer answer = {0};
  struct tgr_list tasks;
  struct tgr_error error = {0};
  size_t lost = 0;
  struct tgr_split_report report = {.lost = count_lost, .user = &lost};
  struct tgr_json_fault fault;
  tgr_list_init(&tasks);
  const enum tgr_status status = tgr_split_updates(
      &tgr_mem_libc, text, len, &answer, &tasks, &report, &error);
  const bool valid = tgr_json_validate(text, len, &fault) == TGR_OK;
  expect(status == TGR_OK || tgr_list_empty(&tasks));
  expect(status == TGR_OK || error.status == status);
  expect(!valid || status != TGR_ESYNTAX ||
         *tgr_json_skip_blanks(text, text + len) != '{');
  if (status == TGR_OK) {
    expect(lost == report.lost_count);
    if (valid)
      expect(report.taken_count >= count_updates(answer.result));
  }
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&tasks)) != NULL)
    tgr_task_release(TGR_CONTAINER_OF(link, struct tgr_task, link));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
  char *text = malloc(len + (len == 0));
  if (text == NULL)
    return 0;
  memcpy(text, bytes, len);
  check_batch(text, len);
  struct tgr_task *task = NULL;
  if (tgr_split_one(&tgr_mem_libc, text, len, &task, NULL) == TGR_OK)
    tgr_task_release(task);
  free(text);
  return 0;
}
