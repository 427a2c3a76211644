/* A host and what it has told, for the specs of this folder. */
#ifndef HOST_FIXTURE_H
#define HOST_FIXTURE_H

#include "include/tgrunner.h"
#include "support/spec.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#define BOT                                                                    \
  "local tg = require 'tgrunner'\n"                                            \
  "local bot = tg.Bot('123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1')\n"

/* What the hosts of one test have told. */
static struct {
  char log[4096];
  enum tgr_state states[16];
  int state_count;
  int fatals;
} told;

static inline void on_event(void *user, const struct tgr_host_event *event) {
  (void)user;
  if (event->kind == TGR_EVENT_STATE && told.state_count < 16)
    told.states[told.state_count++] = event->state;
  if (event->kind == TGR_EVENT_FATAL)
    told.fatals++;
  const size_t used = strlen(told.log);
  if (event->kind == TGR_EVENT_LOG && used + event->len + 2 < sizeof told.log)
    snprintf(told.log + used, sizeof told.log - used, "%.*s\n", (int)event->len,
             event->text);
}

/* For the setup of each test. */
static inline int reset(void **state) {
  (void)state;
  memset(&told, 0, sizeof told);
  return 0;
}

static inline struct tgr_host *new_host(void (*change)(struct tgr_options *)) {
  struct tgr_options options;
  tgr_options_init(&options);
  options.on_event = on_event;
  if (change != NULL)
    change(&options);
  struct tgr_host *host = NULL;
  assert_int_equal(tgr_host_new(&options, &host), TGR_OK);
  return host;
}

static inline void no_polling(struct tgr_options *options) {
  options->no_polling = true;
}

static inline void stays(struct tgr_options *options) {
  options->stays = true;
}

static inline enum tgr_status load(struct tgr_host *host, const char *text) {
  return tgr_host_load_string(host, "spec.lua", text, strlen(text), 0, NULL);
}

/* One turn of a program's own poll loop; waits up to 100 ms for it. */
static inline void poll_and_step(struct tgr_host *host) {
  struct pollfd fd = {.fd = tgr_host_fd(host), .events = POLLIN};
  const int timeout_ms = tgr_host_timeout_ms(host);
  poll(&fd, 1, timeout_ms < 0 || timeout_ms > 100 ? 100 : timeout_ms);
  tgr_host_step(host, 1000);
}

#endif
