/* A script whose state has broken (too much memory) is loaded anew into a fresh
 * state, from the text that was kept. */
#include "app/host.h"

#include <string.h>

enum { QUICK_US = 1000000, QUICK_MAX = 3 };

struct tgr_source_text {
  char *name;
  char *text;
  size_t len;
  int argc;
  char **argv;
  uint64_t started_us; /* when the present state was made */
  int quick_ends;      /* states in a row that did not live long */
};

static void free_args(const struct tgr_mem *mem, char **argv, int argc) {
  for (int i = 0; argv != NULL && i < argc; i++)
    tgr_mem_free(mem, argv[i]);
  tgr_mem_free(mem, argv);
}

void tgr_host_forget_source(struct tgr_host *host) {
  struct tgr_source_text *source = host->source;
  host->source = NULL;
  if (source == NULL)
    return;
  free_args(&host->mem, source->argv, source->argc);
  tgr_mem_free(&host->mem, source->name);
  tgr_mem_free(&host->mem, source->text);
  tgr_mem_free(&host->mem, source);
}

static bool copy_args(const struct tgr_mem *mem, struct tgr_source_text *source,
                      int argc, char *const argv[]) {
  if (argc == 0)
    return true;
  source->argv = tgr_mem_new0(mem, sizeof *source->argv * (size_t)argc);
  source->argc = source->argv != NULL ? argc : 0;
  for (int i = 0; i < source->argc; i++) {
    source->argv[i] = tgr_mem_dup(mem, argv[i], strlen(argv[i]));
    if (source->argv[i] == NULL)
      return false;
  }
  return source->argv != NULL;
}

enum tgr_status tgr_host_keep_source(struct tgr_host *host, const char *name,
                                     const char *text, size_t len, int argc,
                                     char *const argv[]) {
  if (host->env.memory_hard == 0)
    return TGR_OK;
  const struct tgr_mem *mem = &host->mem;
  struct tgr_source_text *source = tgr_mem_new0(mem, sizeof *source);
  if (source == NULL)
    return TGR_ENOMEM;
  host->source = source;
  source->len = len;
  source->started_us = tgr_loop_clock_us();
  source->name = tgr_mem_dup(mem, name, strlen(name));
  source->text = tgr_mem_dup(mem, text, len);
  if (source->name != NULL && source->text != NULL &&
      copy_args(mem, source, argc, argv))
    return TGR_OK;
  tgr_host_forget_source(host);
  return TGR_ENOMEM;
}

/* Whether the state that has just broken may have a successor. */
static bool may_go_on(struct tgr_source_text *source) {
  const uint64_t now_us = tgr_loop_clock_us();
  const bool quick = now_us - source->started_us < QUICK_US;
  source->started_us = now_us;
  source->quick_ends = quick ? source->quick_ends + 1 : 0;
  return source->quick_ends < QUICK_MAX;
}

static void let_go(struct tgr_host *host, struct tgr_list *fed) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(fed)) != NULL) {
    atomic_fetch_sub(&host->fed_waiting, 1);
    tgr_task_release(TGR_CONTAINER_OF(link, struct tgr_task, link));
  }
}

/* Updates that wait go over to the new state. */
static void start_anew(struct tgr_host *host,
                       const struct tgr_source_text *source) {
  struct tgr_list fed;
  tgr_list_init(&fed);
  tgr_feed_rescue(host->script, &fed);
  tgr_script_free(host->script);
  host->script = NULL;
  struct tgr_error error = {.text = ""};
  const enum tgr_status status =
      tgr_host_start_script(host, source->name, source->text, source->len,
                            source->argc, source->argv, &error);
  if (status == TGR_OK) {
    tgr_list_append_all(&host->script->feed.tasks, &fed);
    tgr_host_set_state(host, TGR_STATE_STARTING);
    return;
  }
  let_go(host, &fed);
  tgr_host_end(host, &(struct tgr_script_end){
                         .status = status, .exit_code = 1, .text = error.text});
}

bool tgr_host_rebuild(struct tgr_host *host) {
  struct tgr_source_text *source = host->source;
  if (source == NULL || host->script->stopping || !may_go_on(source))
    return false;
  tgr_log_write(&host->log, TGR_LOG_WARN,
                "the script holds more than its %zu KiB: it is loaded anew",
                host->env.memory_hard / 1024);
  start_anew(host, source);
  return true;
}
