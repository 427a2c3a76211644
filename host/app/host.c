/* The composition root behind tgrunner.h: makes the parts of a host and ties
 * them together. It has no behaviour of its own. */
#include "app/host.h"
#include "journal/storage_script.h"

#include <string.h>

enum {
  SHARED_MAX_BYTES = 64 << 20,
  WORKERS_PATIENCE_MS = 500 /* for workers to end behind the main script */
};

static void write_log(void *user, enum tgr_log_level level, const char *text,
                      size_t len) {
  const struct tgr_host *host = user;
  const struct tgr_host_event event = {.kind = TGR_EVENT_LOG,
                                       .level = (enum tgr_level)level,
                                       .text = text,
                                       .len = len};
  host->on_event(host->event_user, &event);
}

/* A failing copy leaves the message empty; the status still tells. */
void tgr_host_set_message(struct tgr_host *host, const char *text) {
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

/* What needs no undoing. */
static void set_up(struct tgr_host *host, const struct tgr_options *options) {
  host->on_event = options->on_event;
  host->event_user = options->event_user;
  const bool logs = options->on_event != NULL;
  host->log = (struct tgr_log){
      .mem = &host->mem,
      .threshold = logs ? (enum tgr_log_level)options->log_level : TGR_LOG_NONE,
      .write = write_log,
      .user = host};
  tgr_buf_init(&host->message, &host->mem, TGR_HOST_SCRIPT_MAX);
  host->stop_mail.open = tgr_host_open_stop;
  host->wakeup_mail.open = tgr_host_open_wakeup;
  host->fed_mail.open = tgr_host_open_fed;
  tgr_list_init(&host->fed_early);
  atomic_init(&host->state, TGR_STATE_IDLE);
}

static void set_up_env(struct tgr_host *host,
                       const struct tgr_options *options) {
  host->env = (struct tgr_script_env){.mem = &host->mem,
                                      .log = &host->log,
                                      .loop = &host->loop,
                                      .http = host->http,
                                      .token = host->token,
                                      .api_root = host->api_root,
                                      .sim = options->sim,
                                      .all_frames = options->all_frames,
                                      .guard_signal = options->cpu_signal,
                                      .cpu_ms = options->cpu_ms,
                                      .memory_soft = options->memory_soft,
                                      .memory_hard = options->memory_hard,
                                      .block_max = options->block_max,
                                      .sandbox = options->sandbox,
                                      .shared = host->shared,
                                      .keepers = &host->journals.keepers,
                                      .journal = host->journal,
                                      .distributor = &host->pools.distributor,
                                      .open_more = tgr_storage_script_open,
                                      .no_polling = options->no_polling,
                                      .stays = options->stays,
                                      .open_libs = options->open_libs,
                                      .open_libs_user = options->open_libs_user,
                                      .on_contact = tgr_host_note_contact,
                                      .contact_user = host,
                                      .fed_waiting = &host->fed_waiting};
  tgr_pools_init(&host->pools, &host->env);
  tgr_journals_init(&host->journals);
}

static bool are_valid(const struct tgr_options *options) {
  return options != NULL && options->struct_size == sizeof *options &&
         (unsigned)options->sandbox <= TGR_SANDBOX_PURE &&
         (unsigned)options->log_level <= TGR_LEVEL_NONE;
}

enum tgr_status tgr_host_new(const struct tgr_options *options,
                             struct tgr_host **out) {
  if (out == NULL || !are_valid(options))
    return TGR_EINVAL;
  const struct tgr_mem mem =
      options->resize == NULL
          ? tgr_mem_libc
          : (struct tgr_mem){options->resize, options->resize_user};
  struct tgr_host *host = tgr_mem_new0(&mem, sizeof *host);
  if (host == NULL)
    return TGR_ENOMEM;
  host->mem = mem;
  set_up(host, options);
  enum tgr_status status = tgr_loop_init(&host->loop, &host->mem);
  if (status != TGR_OK)
    goto fail;
  status = TGR_ENOMEM;
  if (!copy(&host->mem, options->token, &host->token) ||
      !copy(&host->mem, options->api_root, &host->api_root) ||
      !copy(&host->mem, options->journal, &host->journal))
    goto fail_loop;
  status = tgr_shared_new(&host->mem, SHARED_MAX_BYTES, &host->shared);
  if (status != TGR_OK)
    goto fail_loop;
  status = tgr_http_new(&host->mem, &host->loop, NULL, &host->http);
  if (status != TGR_OK)
    goto fail_shared;
  set_up_env(host, options);
  *out = host;
  return TGR_OK;

fail_shared:
  tgr_shared_free(host->shared);
fail_loop:
  tgr_loop_deinit(&host->loop);
fail:
  tgr_mem_free(&host->mem, host->token);
  tgr_mem_free(&host->mem, host->api_root);
  tgr_mem_free(&host->mem, host->journal);
  tgr_mem_free(&mem, host);
  return status;
}

/* What is called back meanwhile finds itself inside, for good. */
static void free_now(struct tgr_host *host) {
  tgr_host_enter(host);
  tgr_script_free(host->script);
  host->script = NULL;
  host->ended = true;
  tgr_host_open_fed(&host->fed_mail); /* lets go of what was fed */
  tgr_host_hand_early(host);
  const bool alone = tgr_pools_end(&host->pools, WORKERS_PATIENCE_MS);
  tgr_http_free(host->http);
  tgr_loop_deinit(&host->loop);
  tgr_journals_deinit(&host->journals);
  if (!alone) /* what a stuck worker may still look at stays */
    return;
  tgr_host_forget_source(host);
  tgr_native_free_all(host->natives, &host->mem);
  tgr_shared_free(host->shared);
  tgr_mem_free(&host->mem, host->token);
  tgr_mem_free(&host->mem, host->api_root);
  tgr_mem_free(&host->mem, host->journal);
  tgr_mem_free(&host->mem, host->script_dir);
  tgr_buf_deinit(&host->message);
  const struct tgr_mem mem = host->mem;
  tgr_mem_free(&mem, host);
}

void tgr_host_free(struct tgr_host *host) {
  if (host == NULL)
    return;
  if (host->inside == 0) {
    free_now(host);
    return;
  }
  host->free_wanted = true;
  tgr_loop_quit(&host->loop);
}

void tgr_host_enter(struct tgr_host *host) {
  host->inside++;
}

bool tgr_host_leave(struct tgr_host *host) {
  if (--host->inside > 0 || !host->free_wanted)
    return false;
  free_now(host);
  return true;
}

const char *tgr_host_errmsg(const struct tgr_host *host) {
  struct tgr_buf *message = (struct tgr_buf *)&host->message;
  const char *text = tgr_buf_cstr(message);
  return text != NULL ? text : "";
}
