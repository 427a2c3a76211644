/* The script's face of workers, with memory running out at every place. The
 * pool is one without threads: errands are answered in the loop's next turn. */
#include "script/distribute.h"

#include "host/script/script_walk.h"

#include <stdlib.h>

enum { CAUSE_LEN = 3000 };

struct tgr_pool {
  struct tgr_pool_owner *owner;
  struct tgr_list errands;
  struct tgr_job answer;
  struct tgr_job fail;
  enum tgr_errand_end end; /* of the next errand */
  uint64_t key;            /* of the last one */
  bool is_told;            /* the script's `failed` has been called */
};

static struct tgr_pool pool;
static char no_argument[] = "";

static void run_answer(struct tgr_job *job) {
  struct tgr_link *link = NULL;
  (void)job;
  while ((link = tgr_list_take(&pool.errands)) != NULL) {
    struct tgr_errand *errand = TGR_CONTAINER_OF(link, struct tgr_errand, link);
    errand->end = pool.end;
    errand->worker = 1;
    if (pool.end != TGR_ERRAND_DONE)
      errand->text = tgr_mem_dup(&walk_mem.mem, "boom\0frames", 12);
    errand->answered(errand);
  }
}

static void run_fail(struct tgr_job *job) {
  char text[CAUSE_LEN + 1];
  (void)job;
  memset(text, 'x', CAUSE_LEN);
  text[CAUSE_LEN] = '\0';
  pool.owner->failed(pool.owner, text);
}

static enum tgr_status
fake_open(struct tgr_distributor *distributor, struct tgr_script *script,
          const struct tgr_pool_config *config, struct tgr_pool_owner *owner,
          struct tgr_pool **out, struct tgr_error *error) {
  (void)distributor;
  (void)script;
  (void)error;
  assert_int_equal(config->count, 2);
  pool = (struct tgr_pool){.owner = owner};
  tgr_list_init(&pool.errands);
  tgr_job_init(&pool.answer, run_answer);
  tgr_job_init(&pool.fail, run_fail);
  *out = &pool;
  return TGR_OK;
}

static enum tgr_status fake_send(struct tgr_pool *it,
                                 struct tgr_errand *errand) {
  it->key = errand->has_key ? errand->key : 0;
  tgr_list_append(&it->errands, &errand->link);
  tgr_ready_put(&walk_loop.ready, &it->answer);
  return TGR_OK;
}

static bool fake_cancel(struct tgr_pool *it, struct tgr_errand *errand) {
  (void)it;
  tgr_list_remove(&errand->link);
  return false;
}

static void fake_retire(struct tgr_pool *it, uint64_t deadline_ms) {
  (void)it;
  (void)deadline_ms;
}

static void fake_stats(const struct tgr_pool *it, int number,
                       struct tgr_worker_stats *out) {
  (void)it;
  *out = (struct tgr_worker_stats){.handled = (uint64_t)number};
}

static void fake_close(struct tgr_pool *it) {
  tgr_ready_drop(&it->answer);
  tgr_ready_drop(&it->fail);
}

/* next_end("done" | "failed" | "lost") */
static int next_end(lua_State *L) {
  static const char *const names[] = {"done", "failed", "canceled", "lost",
                                      NULL};
  pool.end = (enum tgr_errand_end)luaL_checkoption(L, 1, NULL, names);
  return 0;
}

static int fail_pool(lua_State *L) {
  (void)L;
  tgr_ready_put(&walk_loop.ready, &pool.fail);
  return 0;
}

static int note_told(lua_State *L) {
  pool.is_told = true;
  lua_pushboolean(L, lua_rawlen(L, 1) == CAUSE_LEN);
  return 1;
}

static int last_key(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)pool.key);
  return 1;
}

static void open_more(lua_State *L, struct tgr_script *script) {
  static struct tgr_distributor fake = {.open = fake_open,
                                        .send = fake_send,
                                        .cancel = fake_cancel,
                                        .retire = fake_retire,
                                        .stats = fake_stats,
                                        .close = fake_close};
  script->env.distributor = &fake;
  lua_register(L, "next_end", next_end);
  lua_register(L, "fail_pool", fail_pool);
  lua_register(L, "note_told", note_told);
  lua_register(L, "last_key", last_key);
}

#define HEAD                                                                   \
  "local host = require 'tgrunner.host'\n"                                     \
  "local pool = host.pool {\n"                                                 \
  "  file = 'worker.lua', settings = '{}', text = '', count = 2,\n"            \
  "  gives_up = true, failed = note_told }\n"                                  \
  "local raw = host.raw { update_id = 1, message = { text = 'x' } }\n"         \
  "collectgarbage()\n"

static void an_update_that_is_handed_over(void **state) {
  (void)state;
  walk(HEAD "mark()\n"
            "assert(pool:run(raw, 'key') == true)\n"
            "finish()\n"
            "local key = last_key()\n"
            "pool:run(raw, 'key') assert(last_key() == key)\n"
            "pool:run(raw, 7) assert(last_key() ~= key)\n"
            "pool:run(raw) assert(last_key() == 0)\n",
       no_argument);
}

static void a_failure_that_comes_back(void **state) {
  (void)state;
  walk(HEAD "for _, how in ipairs { 'failed', 'lost' } do\n"
            "  next_end(how)\n"
            "  mark()\n"
            "  local ok, text, frames, number = pool:run(raw)\n"
            "  assert(ok == false and text == 'boom' and frames == 'frames')\n"
            "  assert(number == 1)\n"
            "end\n"
            "finish()\n",
       no_argument);
}

static void a_pool_that_gives_up(void **state) {
  (void)state;
  walk(HEAD "mark()\n"
            "fail_pool()\n"
            "pool:run(raw)\n"
            "finish()\n",
       no_argument);
  assert_true(pool.is_told);
}

static void stats_and_a_retirement(void **state) {
  (void)state;
  walk(HEAD "local kept = {}\n"
            "mark()\n"
            "for i = 1, 60 do kept[i] = pool:stats() end\n"
            "pool:retire(10)\n"
            "finish()\n"
            "assert(kept[1][2].handled == 2 and not kept[1][2].stuck)\n"
            "assert(kept[1][2].waiting == 0)\n"
            "assert(pool:is_retired() and pool:run(raw) == nil)\n",
       no_argument);
}

static int open_walk(void **state) {
  (void)state;
  walk_open_more = open_more;
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_update_that_is_handed_over),
      cmocka_unit_test(a_failure_that_comes_back),
      cmocka_unit_test(a_pool_that_gives_up),
      cmocka_unit_test(stats_and_a_retirement),
  };
  return cmocka_run_group_tests(tests, open_walk, NULL);
}
