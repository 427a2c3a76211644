/* The composition root behind tgrunner.h: makes the parts of a host and ties
 * them together. It has no behaviour of its own. */
#include "base/buf.h"
#include "base/log.h"
#include "journal/storage_script.h"
#include "loop/inbox.h"
#include "loop/loop.h"
#include "loop/shared.h"
#include "net/http.h"
#include "pool/pool.h"
#include "script/state.h"
#include "script/stop.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

enum {
  SCRIPT_MAX_BYTES = 64 << 20,
  SHARED_MAX_BYTES = 64 << 20,
  WORKERS_PATIENCE_MS = 500 /* for workers to end behind the main script */
};

struct tgr_host {
  struct tgr_mem mem;
  struct tgr_log log;
  void (*log_to)(void *user, enum tgr_level level, const char *text,
                 size_t len);
  void *log_user;
  struct tgr_loop loop;
  struct tgr_http *http;
  struct tgr_script *script; /* NULL until one is loaded */
  struct tgr_script_env env;
  struct tgr_pools pools;
  struct tgr_shared *shared; /* tg.shared */
  char *token;
  char *api_root;
  char *script_dir;
  /* tgr_host_stop, from any thread: the deadline and a mail to tell of it. */
  _Atomic uint64_t stop_deadline_ms;
  struct tgr_mail stop_mail;
  atomic_bool stop_posted;
  bool ended;
  int exit_code;
  enum tgr_status end_status;
  struct tgr_buf message; /* of tgr_host_errmsg */
};

static void write_log(void *user, enum tgr_log_level level, const char *text,
                      size_t len) {
  const struct tgr_host *host = user;
  host->log_to(host->log_user, (enum tgr_level)level, text, len);
}

/* A failing copy leaves the message empty; the status still tells. */
static void set_message(struct tgr_host *host, const char *text) {
  tgr_buf_clear(&host->message);
  if (tgr_buf_append_str(&host->message, text) != TGR_OK)
    tgr_buf_clear(&host->message);
  else
    host->message.len = tgr_log_redact(host->message.bytes, host->message.len);
}

void tgr_options_init(struct tgr_options *options) {
  *options = (struct tgr_options){.struct_size = sizeof *options,
                                  .log_level = TGR_LEVEL_INFO};
}

static bool copy(const struct tgr_mem *mem, const char *text, char **out) {
  if (text == NULL)
    return true;
  *out = tgr_mem_dup(mem, text, strlen(text));
  return *out != NULL;
}

static void open_stop_mail(struct tgr_mail *mail) {
  struct tgr_host *host = TGR_CONTAINER_OF(mail, struct tgr_host, stop_mail);
  atomic_store(&host->stop_posted, false);
  if (host->script != NULL && !host->ended)
    tgr_script_stop(host->script, atomic_load(&host->stop_deadline_ms));
  else
    tgr_loop_quit(&host->loop);
}

enum tgr_status tgr_host_new(const struct tgr_options *options,
                             struct tgr_host **out) {
  if (options->struct_size != sizeof *options)
    return TGR_EINVAL;
  const struct tgr_mem mem =
      options->resize == NULL
          ? tgr_mem_libc
          : (struct tgr_mem){options->resize, options->resize_user};
  struct tgr_host *host = tgr_mem_new0(&mem, sizeof *host);
  if (host == NULL)
    return TGR_ENOMEM;
  host->mem = mem;
  host->log_to = options->log;
  host->log_user = options->log_user;
  host->log = (struct tgr_log){
      .mem = &host->mem,
      .threshold = options->log != NULL ? (enum tgr_log_level)options->log_level
                                        : TGR_LOG_NONE,
      .write = write_log,
      .user = host};
  tgr_buf_init(&host->message, &host->mem, SCRIPT_MAX_BYTES);
  host->stop_mail.open = open_stop_mail;
  enum tgr_status status = tgr_loop_init(&host->loop, &host->mem);
  if (status != TGR_OK)
    goto fail;
  status = TGR_ENOMEM;
  if (!copy(&host->mem, options->token, &host->token) ||
      !copy(&host->mem, options->api_root, &host->api_root))
    goto fail_loop;
  status = tgr_shared_new(&host->mem, SHARED_MAX_BYTES, &host->shared);
  if (status != TGR_OK)
    goto fail_loop;
  status = tgr_http_new(&host->mem, &host->loop, NULL, &host->http);
  if (status != TGR_OK)
    goto fail_shared;
  host->env = (struct tgr_script_env){.mem = &host->mem,
                                      .log = &host->log,
                                      .loop = &host->loop,
                                      .http = host->http,
                                      .token = host->token,
                                      .api_root = host->api_root,
                                      .sim = options->sim,
                                      .all_frames = options->all_frames,
                                      .guard_signal = options->cpu_signal,
                                      .shared = host->shared,
                                      .distributor = &host->pools.distributor,
                                      .open_more = tgr_storage_script_open};
  tgr_pools_init(&host->pools, &host->env);
  *out = host;
  return TGR_OK;

fail_shared:
  tgr_shared_free(host->shared);
fail_loop:
  tgr_loop_deinit(&host->loop);
fail:
  tgr_mem_free(&host->mem, host->token);
  tgr_mem_free(&host->mem, host->api_root);
  tgr_mem_free(&mem, host);
  return status;
}

void tgr_host_free(struct tgr_host *host) {
  if (host == NULL)
    return;
  tgr_script_free(host->script);
  const bool alone = tgr_pools_end(&host->pools, WORKERS_PATIENCE_MS);
  tgr_http_free(host->http);
  tgr_loop_deinit(&host->loop);
  if (!alone) /* what a stuck worker may still look at stays */
    return;
  tgr_shared_free(host->shared);
  tgr_mem_free(&host->mem, host->token);
  tgr_mem_free(&host->mem, host->api_root);
  tgr_mem_free(&host->mem, host->script_dir);
  tgr_buf_deinit(&host->message);
  const struct tgr_mem mem = host->mem;
  tgr_mem_free(&mem, host);
}

/* ---- loading ------------------------------------------------------------ */

static void on_script_end(void *user, const struct tgr_script_end *end) {
  struct tgr_host *host = user;
  host->ended = true;
  host->exit_code = end->exit_code;
  host->end_status = end->status;
  set_message(host, end->text != NULL ? end->text : "");
  tgr_loop_quit(&host->loop);
}

/* The folder of a script file; "." for text without one. */
static bool set_script_dir(struct tgr_host *host, const char *name) {
  const char *slash = strrchr(name, '/');
  const size_t len = slash == NULL ? 0 : (size_t)(slash - name);
  host->script_dir =
      slash == NULL
          ? tgr_mem_dup(&host->mem, ".", 1)
          : tgr_mem_dup(&host->mem, len > 0 ? name : "/", len > 0 ? len : 1);
  host->env.script_dir = host->script_dir;
  return host->script_dir != NULL;
}

enum tgr_status tgr_host_load_string(struct tgr_host *host, const char *name,
                                     const char *text, size_t len, int argc,
                                     char *const argv[]) {
  struct tgr_error error = {.text = ""};
  if (host->script != NULL) {
    set_message(host, "a script is loaded already");
    return TGR_ESTATE;
  }
  if (!set_script_dir(host, name))
    return TGR_ENOMEM;
  enum tgr_status status = tgr_script_new(&host->env, &host->script, &error);
  if (status == TGR_OK) {
    host->script->on_end = on_script_end;
    host->script->user = host;
    status =
        tgr_script_start(host->script, name, text, len, argc, argv, &error);
  }
  if (status != TGR_OK)
    set_message(host, error.text);
  return status;
}

static enum tgr_status read_file(const char *path, struct tgr_buf *out,
                                 struct tgr_error *error) {
  FILE *file = fopen(path, "rb");
  if (file == NULL)
    return tgr_error_set(error, errno == ENOENT ? TGR_ENOENT : TGR_EIO,
                         "cannot open script %s: %s", path, strerror(errno));
  enum tgr_status status = TGR_OK;
  size_t got = 0;
  do {
    status = tgr_buf_reserve(out, BUFSIZ);
    if (status != TGR_OK)
      break;
    got = fread(out->bytes + out->len, 1, BUFSIZ, file);
    out->len += got;
  } while (got > 0);
  if (status == TGR_ELIMIT)
    tgr_error_set(error, status, "script %s is larger than 64 MiB", path);
  else if (status != TGR_OK)
    tgr_error_set(error, status, "not enough memory for script %s", path);
  else if (ferror(file))
    status = tgr_error_set(error, TGR_EIO, "cannot read script %s: %s", path,
                           strerror(errno));
  fclose(file);
  return status;
}

enum tgr_status tgr_host_load_file(struct tgr_host *host, const char *path,
                                   int argc, char *const argv[]) {
  struct tgr_buf text;
  struct tgr_error error = {.text = ""};
  tgr_buf_init(&text, &host->mem, SCRIPT_MAX_BYTES);
  enum tgr_status status = read_file(path, &text, &error);
  if (status == TGR_OK)
    status = tgr_host_load_string(host, path, text.len > 0 ? text.bytes : "",
                                  text.len, argc, argv);
  else
    set_message(host, error.text);
  tgr_buf_deinit(&text);
  return status;
}

/* ---- running ------------------------------------------------------------ */

enum tgr_status tgr_host_run(struct tgr_host *host) {
  if (host->script == NULL) {
    set_message(host, "no script is loaded");
    return TGR_ESTATE;
  }
  if (!host->ended)
    tgr_loop_run(&host->loop);
  return host->end_status;
}

void tgr_host_stop(struct tgr_host *host, uint64_t deadline_ms) {
  atomic_store(&host->stop_deadline_ms, deadline_ms);
  if (!atomic_exchange(&host->stop_posted, true))
    tgr_inbox_post(&host->loop.inbox, &host->stop_mail);
}

int tgr_host_exit_code(const struct tgr_host *host) {
  return host->exit_code;
}

const char *tgr_host_errmsg(const struct tgr_host *host) {
  struct tgr_buf *message = (struct tgr_buf *)&host->message;
  const char *text = tgr_buf_cstr(message);
  return text != NULL ? text : "";
}
