/* A script on a loop of its own, for the specs of its limits and its time. */
#ifndef SCRIPT_WORLD_H
#define SCRIPT_WORLD_H

#include "script/state.h"

#include "support/spec.h"

#include <stdio.h>
#include <string.h>

struct world {
  int guard_signal;        /* see struct tgr_script_env */
  unsigned main_budget_ms; /* of the main chunk's CPU; 0: all it wants */
  struct tgr_loop loop;
  struct tgr_http *http;
  /* What the script ended with. */
  enum tgr_status status;
  int exit_code;
  char text[1024];
};

static inline void world_ended(void *user, const struct tgr_script_end *end) {
  struct world *world = user;
  world->status = end->status;
  world->exit_code = end->exit_code;
  snprintf(world->text, sizeof world->text, "%s",
           end->text != NULL ? end->text : "");
  tgr_loop_quit(&world->loop);
}

/* Runs a script to its end, with 50 ms of CPU for each resume. */
static inline void world_run(struct world *world, const char *text) {
  const struct tgr_log log = {.mem = &tgr_mem_libc, .threshold = TGR_LOG_NONE};
  assert_int_equal(tgr_loop_init(&world->loop, &tgr_mem_libc), TGR_OK);
  assert_int_equal(
      tgr_http_new(&tgr_mem_libc, &world->loop, NULL, &world->http), TGR_OK);
  const struct tgr_script_env env = {.mem = &tgr_mem_libc,
                                     .log = &log,
                                     .loop = &world->loop,
                                     .http = world->http,
                                     .guard_signal = world->guard_signal};
  struct tgr_script *script = NULL;
  struct tgr_error error;
  assert_int_equal(tgr_script_new(&env, &script, &error), TGR_OK);
  script->on_end = world_ended;
  script->user = world;
  script->fibers.cpu_budget_ms = 50;
  assert_int_equal(
      tgr_script_start(script, "-e", text, strlen(text), 0, NULL, &error),
      TGR_OK);
  struct tgr_link *main_chunk = tgr_list_first(&script->fibers.live);
  TGR_CONTAINER_OF(main_chunk, struct tgr_fiber, link)->cpu_budget_ms =
      world->main_budget_ms;
  tgr_loop_run(&world->loop);
  tgr_script_free(script);
  tgr_http_free(world->http);
  tgr_loop_deinit(&world->loop);
}

#endif
