/* The fetcher on a virtual clock, against a scripted server. */
#ifndef UPDATES_SERVER_H
#define UPDATES_SERVER_H

#include "telegram/updates.h"

#include "host/engine/engine_world.h"

/* The server: each request takes the next line of its script.
 *   200 BODY | 502 BODY | net TEXT | hang | now 200 BODY (within the call)
 * A line takes `takes_ms`. When the script is used up requests hang. */
struct server {
  struct tgr_updates_call call;
  struct tgr_updates *updates;
  const char *const *lines;
  unsigned long takes_ms;
  struct tgr_timer timer;
  bool open;
  bool unreached;        /* what is cancelled never arrived */
  struct trace requests; /* METHOD{params}@MS, cancel@MS */
  bool brief;            /* only @MS of each request */
};

static struct world world;
static struct server server;
static struct tgr_updates updates;
static struct tgr_updates_options options;
static struct tgr_source source;
static struct tgr_source_consumer consumer;
static struct trace got;
static struct trace said;
static struct tgr_log logger;
static bool pulls_again;

static inline void answer(struct tgr_timer *timer) {
  struct server *it = TGR_CONTAINER_OF(timer, struct server, timer);
  const char *line = *it->lines++;
  it->open = false;
  if (strncmp(line, "now ", 4) == 0)
    line += 4;
  struct tgr_updates_answer a = {.status = TGR_OK};
  if (strncmp(line, "net ", 4) == 0) {
    a.status = TGR_ENET;
    a.text = line + 4;
  } else {
    char *body = NULL;
    a.http_status = (int)strtol(line, &body, 10);
    a.body = body + (*body == ' ');
    a.body_len = strlen(a.body);
  }
  tgr_updates_answer(it->updates, &a);
}

static inline void start_call(struct tgr_updates_call *call,
                              struct tgr_updates *who, const char *method,
                              const char *params, size_t len,
                              uint64_t timeout_ms) {
  struct server *it = TGR_CONTAINER_OF(call, struct server, call);
  assert_false(it->open);
  assert_in_range(timeout_ms, 10000, 60000);
  it->open = true;
  it->updates = who;
  if (it->brief)
    trace_add(&it->requests, "@%lu", world_ms(&world));
  else
    trace_add(&it->requests, "%s%.*s@%lu", method, (int)len, params,
              world_ms(&world));
  const char *line = *it->lines;
  if (line == NULL || strcmp(line, "hang") == 0) {
    it->lines += line != NULL;
    return;
  }
  if (strncmp(line, "now ", 4) == 0)
    answer(&it->timer);
  else
    tgr_timer_start_ms(&world.timers, &it->timer, it->takes_ms);
}

static inline bool cancel_call(struct tgr_updates_call *call) {
  struct server *it = TGR_CONTAINER_OF(call, struct server, call);
  assert_true(it->open);
  it->open = false;
  tgr_timer_stop(&world.timers, &it->timer);
  trace_add(&it->requests, "cancel@%lu", world_ms(&world));
  return !it->unreached;
}

static inline void on_batch(struct tgr_source_consumer *it,
                            struct tgr_list *tasks, int count) {
  struct tgr_link *link = NULL;
  (void)count;
  while ((link = tgr_list_take(tasks)) != NULL) {
    struct tgr_task *task = TGR_CONTAINER_OF(link, struct tgr_task, link);
    trace_add(&got, "%ld", (long)task->update_id);
    tgr_task_release(task);
  }
  trace_add(&got, "@%lu", world_ms(&world));
  if (pulls_again)
    assert_int_equal(tgr_source_pull(&source, it), TGR_OK);
}

static inline void on_error(struct tgr_source_consumer *it,
                            const struct tgr_error *error) {
  (void)it;
  trace_add(&got, "error %d@%lu: %s", error->status, world_ms(&world),
            error->text);
}

static inline void on_ready(struct tgr_source_consumer *it) {
  (void)it;
  trace_add(&got, "ready@%lu", world_ms(&world));
}

static inline void on_confirmed(struct tgr_source_consumer *it) {
  (void)it;
  trace_add(&got, "confirmed@%lu", world_ms(&world));
}

static inline void write_log(void *user, enum tgr_log_level level,
                             const char *text, size_t len) {
  (void)user;
  trace_add(&said, "%s: %.*s@%lu;", tgr_log_level_name(level), (int)len, text,
            world_ms(&world));
}

static inline int fresh(void **state) {
  (void)state;
  world_init(&world);
  trace_clear(&got);
  trace_clear(&said);
  memset(&server, 0, sizeof server);
  server.call =
      (struct tgr_updates_call){.start = start_call, .cancel = cancel_call};
  server.takes_ms = 10;
  tgr_timer_init(&server.timer, answer);
  logger = (struct tgr_log){
      .mem = &tgr_mem_libc, .threshold = TGR_LOG_INFO, .write = write_log};
  consumer = (struct tgr_source_consumer){.on_batch = on_batch,
                                          .on_error = on_error,
                                          .on_ready = on_ready,
                                          .on_confirmed = on_confirmed};
  pulls_again = true;
  tgr_updates_options_init(&options);
  return 0;
}

static inline void open_updates(const char *const *lines) {
  server.lines = lines;
  assert_int_equal(tgr_updates_init(&updates, &world.mem.mem, &world.timers,
                                    &logger, &server.call, &options),
                   TGR_OK);
  tgr_source_init(&source, &world.timers, &world.ready, &updates.supplier,
                  NULL);
}

static inline void pull(void) {
  assert_int_equal(tgr_source_pull(&source, &consumer), TGR_OK);
}

static inline void close_updates(void) {
  tgr_source_deinit(&source);
  tgr_updates_deinit(&updates);
  assert_int_equal(world.mem.live, 0);
}

#define SCRIPT(...)                                                            \
  static const char *const script[] = {__VA_ARGS__, NULL};                     \
  open_updates(script)

#define EMPTY "200 {\"ok\":true,\"result\":[]}"
#define ONE(id) "200 {\"ok\":true,\"result\":[{\"update_id\":" id "}]}"
#define TWO(a, b)                                                              \
  "200 {\"ok\":true,\"result\":[{\"update_id\":" a "},{\"update_id\":" b "}]}"
#define REFUSED(code, text)                                                    \
  code " {\"ok\":false,\"error_code\":" code ",\"description\":\"" text "\"}"
#define FLOOD(seconds)                                                         \
  "429 {\"ok\":false,\"error_code\":429,\"description\":\"Too Many "           \
  "Requests\",\"parameters\":{\"retry_after\":" seconds "}}"
#define OTHER                                                                  \
  REFUSED("409", "Conflict: terminated by other getUpdates request; make "     \
                 "sure that only one bot instance is running")

static inline void check_tries(const char *expected) {
  server.brief = true;
  pull();
  world_run_to(&world, 100000);
  server.requests.text[strlen(expected)] = '\0';
  assert_string_equal(server.requests.text, expected);
  close_updates();
}

#define NET "net connection refused"
#define NET8 NET, NET, NET, NET, NET, NET, NET, NET

#endif
