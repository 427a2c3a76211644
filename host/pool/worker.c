/* One thread with a loop, an http and a Lua state of its own. */
#include "pool/worker.h"

#include "script/stop.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

/* How long a host that goes away waits for a log line that is being written. */
enum {
  DOOR_PATIENCE_MS = 200,
  LINE_INLINE = 1024,
  COST_SAMPLE = 64,
  BLOCKS_OFTEN = 4
};

/* ---- the log: lines of the host's, with a prefix ------------------------ */

static void forward(struct tgr_worker *worker, enum tgr_log_level level,
                    const char *text, size_t len) {
  const struct tgr_log *log = worker->env->host->log;
  if (!tgr_door_enter(&worker->door))
    return;
  log->write(log->user, level, text, len);
  tgr_door_leave(&worker->door);
}

static void write_log(void *user, enum tgr_log_level level, const char *text,
                      size_t len) {
  struct tgr_worker *worker = user;
  char small[LINE_INLINE];
  const int prefix =
      snprintf(small, sizeof small, "worker %d: ", worker->face.number);
  const size_t total = (size_t)prefix + len;
  char *line =
      total <= sizeof small ? small : tgr_mem_new(worker->log.mem, total);
  if (line == NULL) { /* better without its prefix than not at all */
    forward(worker, level, text, len);
    return;
  }
  memcpy(line, small, (size_t)prefix);
  memcpy(line + prefix, text, len);
  forward(worker, level, line, total);
  if (line != small)
    tgr_mem_free(worker->log.mem, line);
}

/* ---- the worker's thread ------------------------------------------------ */

static void note_cause(struct tgr_worker *worker, const char *text) {
  if (worker->cause[0] == '\0')
    snprintf(worker->cause, sizeof worker->cause, "%s", text);
}

static void on_script_end(void *user, const struct tgr_script_end *end) {
  struct tgr_worker *worker = user;
  note_cause(worker, end->text != NULL ? end->text : "it called os.exit");
  tgr_loop_quit(&worker->loop);
}

/* To the pool's thread, if its host is there. */
static void post(struct tgr_worker *worker, struct tgr_mail *mail) {
  if (!tgr_door_enter(&worker->door))
    return;
  tgr_inbox_post(&worker->env->host->loop->inbox, mail);
  tgr_door_leave(&worker->door);
}

/* For who asks how it is. */
static void publish(struct tgr_worker *worker) {
  atomic_store_explicit(&worker->memory_bytes, worker->script->heap.used,
                        memory_order_relaxed);
}

static void on_ready(struct tgr_script_worker *face) {
  struct tgr_worker *worker = TGR_CONTAINER_OF(face, struct tgr_worker, face);
  publish(worker);
  tgr_pipe_receive(&worker->errands);
  post(worker, &worker->up);
}

static void on_ticket(struct tgr_pipe *pipe, struct tgr_ticket *ticket) {
  struct tgr_worker *worker =
      TGR_CONTAINER_OF(pipe, struct tgr_worker, errands);
  tgr_worker_take(&worker->face, ticket);
}

/* Whether the thread has waited for something else than its loop's poll, often:
 * its handlers call what blocks. */
static bool has_blocked(struct tgr_worker *worker) {
  struct rusage usage = {.ru_nvcsw = 0};
  getrusage(RUSAGE_THREAD, &usage);
  const uint64_t slept = worker->loop.wakeups;
  const uint64_t stood = (uint64_t)usage.ru_nvcsw;
  const bool blocked = stood - worker->stood >
                       slept - worker->slept + COST_SAMPLE / BLOCKS_OFTEN;
  worker->slept = slept;
  worker->stood = stood;
  return blocked;
}

/* Looks at the thread's CPU clock now and then: what placement goes by. */
static void note_cost(struct tgr_worker *worker) {
  if (++worker->finished_count < COST_SAMPLE)
    return;
  const bool blocked = has_blocked(worker);
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  const uint64_t now_ns =
      (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
  const uint64_t cost_ns = (now_ns - worker->clock_ns) / COST_SAMPLE;
  if (worker->clock_ns != 0)
    atomic_store_explicit(
        &worker->cost_ns,
        blocked || cost_ns >= UINT_MAX ? UINT_MAX : (unsigned)cost_ns + 1,
        memory_order_relaxed);
  worker->clock_ns = now_ns;
  worker->finished_count = 0;
}

static void on_finished(struct tgr_script_worker *face,
                        struct tgr_ticket *ticket) {
  struct tgr_worker *worker = TGR_CONTAINER_OF(face, struct tgr_worker, face);
  const uint64_t ended = /* nobody else writes it */
      atomic_load_explicit(&worker->ended_count, memory_order_relaxed);
  atomic_store_explicit(&worker->ended_count, ended + 1, memory_order_relaxed);
  note_cost(worker);
  publish(worker);
  tgr_pipe_send(&worker->answers, ticket);
}

static void open_quit(struct tgr_mail *mail) {
  struct tgr_worker *worker = TGR_CONTAINER_OF(mail, struct tgr_worker, quit);
  tgr_loop_quit(&worker->loop);
}

static void open_retire(struct tgr_mail *mail) {
  struct tgr_worker *worker = TGR_CONTAINER_OF(mail, struct tgr_worker, retire);
  tgr_script_stop(worker->script, worker->retire_ms);
}

static void open_cancels(struct tgr_mail *mail) {
  struct tgr_worker *worker =
      TGR_CONTAINER_OF(mail, struct tgr_worker, cancels);
  atomic_store(&worker->cancels_posted, false);
  tgr_worker_heed_cancels(&worker->face);
}

static enum tgr_status open_script(struct tgr_worker *worker,
                                   struct tgr_error *error) {
  const struct tgr_worker_env *env = worker->env;
  const struct tgr_mem *mem = env->host->mem;
  if (tgr_http_new(mem, &worker->loop, NULL, &worker->http) != TGR_OK)
    return tgr_error_set(error, TGR_ENOMEM, "not enough memory to start");
  struct tgr_script_env script_env = *env->host;
  script_env.log = &worker->log;
  script_env.loop = &worker->loop;
  script_env.http = worker->http;
  script_env.script_dir = env->script_dir;
  if (env->memory_limit != 0)
    script_env.memory_limit = env->memory_limit;
  script_env.distributor = NULL;
  script_env.worker = &worker->face;
  const enum tgr_status status =
      tgr_script_new(&script_env, &worker->script, error);
  if (status != TGR_OK)
    return status;
  worker->script->on_end = on_script_end;
  worker->script->user = worker;
  return tgr_script_start(worker->script, env->file, env->text, env->text_len,
                          0, NULL, error);
}

static void run(struct tgr_thread *thread) {
  struct tgr_worker *worker =
      TGR_CONTAINER_OF(thread, struct tgr_worker, thread);
  struct tgr_error error = {.text = ""};
  if (open_script(worker, &error) == TGR_OK)
    tgr_loop_run(&worker->loop);
  else
    note_cause(worker, error.text);
  tgr_list_append_all(&worker->left, &worker->face.running);
  post(worker, &worker->dying);
  tgr_script_free(worker->script);
  tgr_http_free(worker->http);
  post(worker, &worker->ended);
}

/* ---- the pool's thread -------------------------------------------------- */

static void open_dying(struct tgr_mail *mail) {
  struct tgr_worker *worker = TGR_CONTAINER_OF(mail, struct tgr_worker, dying);
  worker->is_up = false;
  worker->calls->dying(worker);
}

static void open_ended(struct tgr_mail *mail) {
  struct tgr_worker *worker = TGR_CONTAINER_OF(mail, struct tgr_worker, ended);
  worker->calls->ended(worker);
}

static void open_up(struct tgr_mail *mail) {
  struct tgr_worker *worker = TGR_CONTAINER_OF(mail, struct tgr_worker, up);
  worker->is_up = true;
  worker->calls->up(worker);
}

/* On the worker's thread: its host is gone; so are the senders of the errands
 * it has begun, which left them to free themselves. */
static void orphan(struct tgr_thread *thread) {
  struct tgr_worker *worker =
      TGR_CONTAINER_OF(thread, struct tgr_worker, thread);
  struct tgr_list left;
  tgr_list_init(&left);
  tgr_list_append_all(&left, &worker->left);
  tgr_pipe_empty(&worker->errands, &left);
  tgr_pipe_empty(&worker->answers, &left);
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&left)) != NULL) {
    struct tgr_ticket *ticket = TGR_CONTAINER_OF(link, struct tgr_ticket, link);
    if (atomic_load(&ticket->stage) != TGR_TICKET_REVOKED)
      ticket->errand->answered(ticket->errand);
    tgr_mem_free(worker->env->host->mem, ticket);
  }
  tgr_thread_deinit(&worker->thread);
  tgr_worker_free(worker);
}

static void set_up(struct tgr_worker *worker, const struct tgr_worker_env *env,
                   int number, const struct tgr_worker_calls *calls,
                   void *user) {
  worker->env = env;
  worker->calls = calls;
  worker->user = user;
  tgr_door_init(&worker->door);
  worker->quit.open = open_quit;
  worker->retire.open = open_retire;
  worker->cancels.open = open_cancels;
  worker->up.open = open_up;
  worker->dying.open = open_dying;
  worker->ended.open = open_ended;
  atomic_init(&worker->cancels_posted, false);
  worker->log = *env->host->log;
  worker->log.write = write_log;
  worker->log.user = worker;
  worker->face = (struct tgr_script_worker){.number = number,
                                            .settings = env->settings,
                                            .ready = on_ready,
                                            .finished = on_finished};
  tgr_list_init(&worker->face.running);
  tgr_list_init(&worker->left);
  tgr_link_init(&worker->link);
}

static enum tgr_status open_pipes(struct tgr_worker *worker) {
  const struct tgr_mem *mem = worker->env->host->mem;
  struct tgr_loop *main_loop = worker->env->host->loop;
  enum tgr_status status =
      tgr_pipe_init(&worker->errands, mem, main_loop, &worker->door,
                    &worker->loop, NULL, on_ticket);
  if (status != TGR_OK)
    return status;
  worker->errands.on_room = worker->calls->room;
  status = tgr_pipe_init(&worker->answers, mem, &worker->loop, NULL, main_loop,
                         &worker->door, worker->calls->take);
  if (status != TGR_OK)
    tgr_pipe_deinit(&worker->errands, mem);
  return status;
}

/* As long as it may be nudged; 0 is none. */
static enum tgr_status take_signal(int number) {
  return number == 0 ? TGR_OK : tgr_guard_take_signal(number);
}

static void drop_signal(int number) {
  if (number != 0)
    tgr_guard_drop_signal(number);
}

enum tgr_status tgr_worker_new(const struct tgr_worker_env *env, int number,
                               const struct tgr_worker_calls *calls, void *user,
                               struct tgr_worker **out) {
  const struct tgr_mem *mem = env->host->mem;
  struct tgr_worker *worker = tgr_mem_new0(mem, sizeof *worker);
  if (worker == NULL)
    return TGR_ENOMEM;
  set_up(worker, env, number, calls, user);
  enum tgr_status status = tgr_loop_init(&worker->loop, mem);
  if (status != TGR_OK)
    goto fail;
  status = open_pipes(worker);
  if (status != TGR_OK)
    goto fail_loop;
  status = take_signal(env->host->guard_signal);
  if (status != TGR_OK)
    goto fail_pipes;
  status =
      tgr_thread_start(&worker->thread, run, orphan, env->host->guard_signal);
  if (status != TGR_OK)
    goto fail_signal;
  tgr_pipe_receive(&worker->answers);
  *out = worker;
  return TGR_OK;

fail_signal:
  drop_signal(env->host->guard_signal);
fail_pipes:
  tgr_pipe_deinit(&worker->answers, mem);
  tgr_pipe_deinit(&worker->errands, mem);
fail_loop:
  tgr_loop_deinit(&worker->loop);
fail:
  tgr_mem_free(mem, worker);
  return status;
}

/* Either its thread sees `asked` when it begins to run Lua code, or the signal
 * comes while it does. */
void tgr_worker_nudge(struct tgr_worker *worker) {
  const int number = worker->env->host->guard_signal;
  if (!atomic_exchange(&worker->face.nudge.asked, true) && number != 0)
    tgr_thread_signal(&worker->thread, number);
}

void tgr_worker_hurry(struct tgr_worker *worker) {
  atomic_store(&worker->face.hurried, true);
  tgr_worker_nudge(worker);
}

bool tgr_worker_is_deaf(const struct tgr_worker *worker) {
  return atomic_load(&worker->cancels_posted);
}

void tgr_worker_quit(struct tgr_worker *worker) {
  tgr_inbox_post(&worker->loop.inbox, &worker->quit);
  tgr_worker_hurry(worker);
}

void tgr_worker_retire(struct tgr_worker *worker, uint64_t deadline_ms) {
  worker->retire_ms = deadline_ms;
  tgr_inbox_post(&worker->loop.inbox, &worker->retire);
}

void tgr_worker_tell_cancels(struct tgr_worker *worker) {
  if (!atomic_exchange(&worker->cancels_posted, true))
    tgr_inbox_post(&worker->loop.inbox, &worker->cancels);
}

bool tgr_worker_join(struct tgr_worker *worker, uint64_t patience_ms) {
  tgr_pipe_leave_sender(&worker->errands);
  tgr_pipe_leave_receiver(&worker->answers);
  /* Behind tgr_thread_end it may be gone: so first the door, if it is stuck. */
  if (tgr_thread_wait(&worker->thread, patience_ms))
    return tgr_thread_end(&worker->thread);
  tgr_door_shut(&worker->door, DOOR_PATIENCE_MS);
  return tgr_thread_end(&worker->thread);
}

void tgr_worker_free(struct tgr_worker *worker) {
  const struct tgr_mem *mem = worker->env->host->mem;
  drop_signal(worker->env->host->guard_signal);
  tgr_loop_deinit(&worker->loop);
  tgr_pipe_deinit(&worker->answers, mem);
  tgr_pipe_deinit(&worker->errands, mem);
  tgr_mem_free(mem, worker);
}
