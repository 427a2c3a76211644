/* Runs a script with memory running out at each place of a part of it, from
 * mark() to finish(). Included once a program. */
#ifndef SCRIPT_WALK_H
#define SCRIPT_WALK_H

#include "script/state.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <lauxlib.h>
#include <string.h>

static struct spec_mem walk_mem;
static struct tgr_loop walk_loop;
static long walk_fail_in; /* requests behind the mark; 0: none fails */
static bool walk_finished;
static enum tgr_status walk_end;

/* See struct tgr_script_env. */
static void (*walk_open_more)(lua_State *L, struct tgr_script *script);

static void walk_ignore(void *user, enum tgr_log_level level, const char *text,
                        size_t len) {
  (void)user;
  (void)level;
  (void)text;
  (void)len;
}

static void walk_on_end(void *user, const struct tgr_script_end *end) {
  (void)user;
  walk_end = end->status;
  tgr_loop_quit(&walk_loop);
}

static int walk_mark(lua_State *L) {
  (void)L;
  walk_mem.fail_at = walk_fail_in == 0 ? 0 : walk_mem.requests + walk_fail_in;
  return 0;
}

static int walk_finish(lua_State *L) {
  (void)L;
  walk_mem.fail_at = 0;
  walk_finished = true;
  return 0;
}

static inline void walk_run(const char *text, char *arg) {
  spec_mem_init(&walk_mem);
  walk_finished = false;
  assert_int_equal(tgr_loop_init(&walk_loop, &walk_mem.mem), TGR_OK);
  const struct tgr_log log = {
      .mem = &walk_mem.mem, .threshold = TGR_LOG_NONE, .write = walk_ignore};
  const struct tgr_script_env env = {.mem = &walk_mem.mem,
                                     .log = &log,
                                     .loop = &walk_loop,
                                     .open_more = walk_open_more};
  struct tgr_script *script = NULL;
  struct tgr_error error;
  assert_int_equal(tgr_script_new(&env, &script, &error), TGR_OK);
  script->on_end = walk_on_end;
  lua_register(script->L, "mark", walk_mark);
  lua_register(script->L, "finish", walk_finish);
  char *const argv[] = {arg};
  assert_int_equal(
      tgr_script_start(script, "spec.lua", text, strlen(text), 1, argv, &error),
      TGR_OK);
  tgr_loop_run(&walk_loop);
  walk_mem.fail_at = 0;
  tgr_script_free(script);
  tgr_loop_deinit(&walk_loop);
  assert_int_equal(walk_mem.live, 0);
}

/* Once with all memory, then with less and less of it. */
static inline void walk(const char *text, char *arg) {
  walk_fail_in = 0;
  walk_run(text, arg);
  assert_true(walk_finished);
  assert_int_equal(walk_end, TGR_OK);
  do {
    walk_fail_in++;
    walk_run(text, arg);
  } while (!walk_finished);
  assert_in_range(walk_fail_in, 2, 5000);
}

#endif
