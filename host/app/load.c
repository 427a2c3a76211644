/* A host's script: where its text comes from, and its end. */
#include "app/host.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static void tell_fatal(const struct tgr_host *host) {
  const char *text = tgr_host_errmsg(host);
  const struct tgr_host_event event = {.kind = TGR_EVENT_FATAL,
                                       .status = host->end_status,
                                       .text = text,
                                       .len = strlen(text)};
  if (host->on_event != NULL)
    host->on_event(host->event_user, &event);
}

void tgr_host_end(struct tgr_host *host, const struct tgr_script_end *end) {
  host->ended = true;
  host->exit_code = end->exit_code;
  host->end_status = end->status;
  tgr_host_set_message(host, end->text != NULL ? end->text : "");
  if (end->status != TGR_OK)
    tell_fatal(host);
  tgr_host_set_state(host, TGR_STATE_ENDED);
  tgr_loop_quit(&host->loop);
}

static void on_script_end(void *user, const struct tgr_script_end *end) {
  struct tgr_host *host = user;
  const bool broken = end->status == TGR_ENOMEM && host->script->heap.broken;
  if (!broken || !tgr_host_rebuild(host))
    tgr_host_end(host, end);
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

enum tgr_status tgr_host_start_script(struct tgr_host *host, const char *name,
                                      const char *text, size_t len, int argc,
                                      char *const argv[],
                                      struct tgr_error *error) {
  enum tgr_status status = tgr_script_new(&host->env, &host->script, error);
  if (status != TGR_OK)
    return status;
  host->script->on_end = on_script_end;
  host->script->user = host;
  status = tgr_script_start(host->script, name, text, len, argc, argv, error);
  if (status != TGR_OK) {
    tgr_script_free(host->script);
    host->script = NULL;
  }
  return status;
}

static bool are_args(int argc, char *const argv[]) {
  return argc == 0 || (argc > 0 && argv != NULL);
}

static enum tgr_status load_string(struct tgr_host *host, const char *name,
                                   const char *text, size_t len, int argc,
                                   char *const argv[]) {
  struct tgr_error error = {.text = ""};
  if (name == NULL || text == NULL || !are_args(argc, argv)) {
    tgr_host_set_message(host, "a script needs a name, a text and arguments");
    return TGR_EINVAL;
  }
  if (host->script != NULL) {
    tgr_host_set_message(host, "a script is loaded already");
    return TGR_ESTATE;
  }
  if (!set_script_dir(host, name))
    return TGR_ENOMEM;
  host->env.natives = host->natives;
  enum tgr_status status =
      tgr_host_keep_source(host, name, text, len, argc, argv);
  if (status == TGR_OK)
    status = tgr_host_start_script(host, name, text, len, argc, argv, &error);
  if (status == TGR_OK) {
    tgr_host_set_state(host, TGR_STATE_STARTING);
    tgr_host_hand_early(host);
    if (host->stop_waits)
      tgr_host_stop(host, atomic_load(&host->stop_deadline_ms));
    return TGR_OK;
  }
  tgr_host_set_message(host, error.text);
  tgr_host_forget_source(host);
  tgr_mem_free(&host->mem, host->script_dir);
  host->script_dir = NULL;
  return status;
}

enum tgr_status tgr_host_load_string(struct tgr_host *host, const char *name,
                                     const char *text, size_t len, int argc,
                                     char *const argv[]) {
  tgr_host_enter(host);
  const enum tgr_status status = load_string(host, name, text, len, argc, argv);
  return tgr_host_leave(host) ? TGR_ECANCELED : status;
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
  if (path == NULL || !are_args(argc, argv)) {
    tgr_host_set_message(host, "a script needs a path and arguments");
    return TGR_EINVAL;
  }
  struct tgr_buf text;
  struct tgr_error error = {.text = ""};
  const struct tgr_mem mem = host->mem; /* the host may be gone behind */
  tgr_buf_init(&text, &mem, TGR_HOST_SCRIPT_MAX);
  enum tgr_status status = read_file(path, &text, &error);
  if (status == TGR_OK)
    status = tgr_host_load_string(host, path, text.len > 0 ? text.bytes : "",
                                  text.len, argc, argv);
  else
    tgr_host_set_message(host, error.text);
  tgr_buf_deinit(&text);
  return status;
}
