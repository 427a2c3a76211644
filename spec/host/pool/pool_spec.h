/* What the specs of pools share: a host's part of one, with a script whose pool
 * it is, and errands. Included once a program. */
#ifndef POOL_SPEC_H
#define POOL_SPEC_H

#include "pool/pool.h"

#include "engine/task.h"
#include "support/spec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 2000, PATIENCE_MS = 30000 };

#define WORKER "local bot = require('tgrunner').BotWorker() "
#define SETTINGS                                                               \
  "{\"token\":\"123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\","                 \
  "\"me\":{\"id\":1,\"is_bot\":true,\"username\":\"b\"}}"

/* Counts live blocks of all threads and can refuse from the n-th request on. */
struct shared_mem {
  struct tgr_mem mem;
  atomic_long live;
  atomic_long requests;
  atomic_long fail_at; /* 0 for never */
};

static void *resize(void *user, void *ptr, size_t size) {
  struct shared_mem *it = user;
  if (size == 0) {
    if (ptr != NULL)
      atomic_fetch_sub(&it->live, 1);
    free(ptr);
    return NULL;
  }
  const long request = atomic_fetch_add(&it->requests, 1) + 1;
  const long fail_at = atomic_load(&it->fail_at);
  if (fail_at != 0 && request >= fail_at)
    return NULL;
  void *fresh = realloc(ptr, size);
  if (ptr == NULL && fresh != NULL)
    atomic_fetch_add(&it->live, 1);
  return fresh;
}

struct fixture {
  struct shared_mem mem;
  struct tgr_log log;
  struct tgr_loop loop;
  struct tgr_script_env env;
  struct tgr_script *script;
  struct tgr_pools pools;
  struct tgr_pool *pool;
  struct tgr_pool_owner owner;
  int answered;
  int expected;
  char end_text[4096];
  char logged[65536];
};

static struct fixture it;
static struct tgr_errand errands[MANY];

static inline void keep_log(void *user, enum tgr_log_level level,
                            const char *text, size_t len) {
  (void)user;
  (void)level;
  const size_t used = strlen(it.logged);
  if (used + len + 2 < sizeof it.logged) {
    memcpy(it.logged + used, text, len);
    memcpy(it.logged + used + len, "\n", 2);
  }
}

static inline void on_end(void *user, const struct tgr_script_end *end) {
  (void)user;
  snprintf(it.end_text, sizeof it.end_text, "%s",
           end->text != NULL ? end->text : "");
  tgr_loop_quit(&it.loop);
}

static inline int setup(void **state) {
  (void)state;
  memset(&it, 0, sizeof it);
  memset(errands, 0, sizeof errands);
  it.mem.mem = (struct tgr_mem){.resize = resize, .user = &it.mem};
  it.log = (struct tgr_log){
      .mem = &it.mem.mem, .threshold = TGR_LOG_INFO, .write = keep_log};
  assert_int_equal(tgr_loop_init(&it.loop, &it.mem.mem), TGR_OK);
  it.env = (struct tgr_script_env){.mem = &it.mem.mem,
                                   .log = &it.log,
                                   .loop = &it.loop,
                                   .distributor = &it.pools.distributor};
  tgr_pools_init(&it.pools, &it.env);
  struct tgr_error error;
  assert_int_equal(tgr_script_new(&it.env, &it.script, &error), TGR_OK);
  it.script->on_end = on_end;
  return 0;
}

static inline int teardown(void **state) {
  (void)state;
  atomic_store(&it.mem.fail_at, 0);
  if (it.pool != NULL)
    it.pools.distributor.close(it.pool);
  tgr_script_free(it.script);
  assert_true(tgr_pools_end(&it.pools, PATIENCE_MS));
  tgr_loop_deinit(&it.loop);
  assert_int_equal(atomic_load(&it.mem.live), 0);
  return 0;
}

static inline void on_failed(struct tgr_pool_owner *owner, const char *text) {
  assert_ptr_equal(owner, &it.owner);
  snprintf(it.end_text, sizeof it.end_text, "%s", text);
  tgr_loop_quit(&it.loop);
}

static inline enum tgr_status try_open(const char *text, int count) {
  const struct tgr_pool_config config = {.file = "/worker.lua",
                                         .text = text,
                                         .text_len = strlen(text),
                                         .settings = SETTINGS,
                                         .count = count,
                                         .gives_up = true};
  struct tgr_error error;
  it.owner.failed = on_failed;
  return it.pools.distributor.open(&it.pools.distributor, it.script, &config,
                                   &it.owner, &it.pool, &error);
}

static inline void open_pool(const char *text, int count) {
  assert_int_equal(try_open(text, count), TGR_OK);
}

static inline void on_answered(struct tgr_errand *errand) {
  tgr_task_release(errand->task);
  errand->task = NULL;
  if (++it.answered == it.expected)
    tgr_loop_quit(&it.loop);
}

static inline void free_text(struct tgr_errand *errand) {
  tgr_mem_free(&it.mem.mem, errand->text);
  errand->text = NULL;
}

static inline struct tgr_task *new_task(int i, const char *text) {
  char raw[256];
  const int len = snprintf(raw, sizeof raw,
                           "{\"update_id\":%d,\"message\":{\"text\":\"%s\","
                           "\"chat\":{\"id\":1,\"type\":\"private\"}}}",
                           i, text);
  struct tgr_task *task = tgr_task_new(&it.mem.mem, raw, (size_t)len);
  assert_non_null(task);
  task->update_id = i;
  return task;
}

static inline struct tgr_errand *send_text(int i, const char *text) {
  struct tgr_errand *errand = &errands[i];
  *errand = (struct tgr_errand){.answered = on_answered};
  tgr_link_init(&errand->link);
  errand->task = new_task(i, text);
  assert_int_equal(it.pools.distributor.send(it.pool, errand), TGR_OK);
  return errand;
}

static inline void run_until(int answers) {
  it.expected = answers;
  if (it.answered < answers)
    tgr_loop_run(&it.loop);
}

static inline void turn_until_begun(const struct tgr_errand *errand) {
  while (errand->worker == 0 ||
         atomic_load(&errand->ticket->stage) == TGR_TICKET_SENT) {
    tgr_loop_step(&it.loop, 1000);
    uv_sleep(1);
  }
}

static inline struct tgr_errand *send_keyed(int i, const char *text,
                                            uint64_t key) {
  struct tgr_errand *errand = &errands[i];
  *errand =
      (struct tgr_errand){.answered = on_answered, .has_key = true, .key = key};
  tgr_link_init(&errand->link);
  errand->task = new_task(i, text);
  assert_int_equal(it.pools.distributor.send(it.pool, errand), TGR_OK);
  return errand;
}

#endif
