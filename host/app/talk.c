/* The program's way into its script: functions, calls, updates. */
#include "app/host.h"
#include "script/feed.h"
#include "script/invoke.h"
#include "telegram/split.h"

enum { FED_MAX = 10000 }; /* updates that wait */

enum tgr_status tgr_host_register(struct tgr_host *host, const char *name,
                                  tgr_function function, void *user) {
  enum tgr_status status = TGR_ESTATE;
  if (host->script == NULL)
    status = tgr_native_add(&host->natives, &host->mem, name, function, user);
  if (status == TGR_ESTATE)
    tgr_host_set_message(host, "functions are registered before a script is "
                               "loaded");
  else if (status == TGR_EINVAL)
    tgr_host_set_message(host, "a function needs a name of identifiers with "
                               "dots between them, which is not taken");
  return status;
}

enum tgr_status tgr_host_call(struct tgr_host *host, const char *name,
                              const struct tgr_value *args, size_t arg_count,
                              tgr_call_done done, void *user) {
  enum tgr_status status = TGR_OK;
  if (host->script == NULL || host->ended) {
    tgr_host_set_message(host, "no script runs");
    return TGR_ESTATE;
  }
  if (name == NULL || (args == NULL && arg_count > 0))
    status = TGR_EINVAL;
  else
    status = tgr_invoke_start(host->script, name, args, arg_count, done, user);
  if (status == TGR_EINVAL)
    tgr_host_set_message(host, "a call needs a function's name, and at most 16 "
                               "arguments of known types, JSON well-formed");
  else if (status != TGR_OK)
    tgr_host_set_message(host, tgr_strerror(status));
  return status;
}

/* ---- updates, from any thread ------------------------------------------- */

struct tgr_fed {
  struct tgr_fed *next;
  struct tgr_task *task;
};

/* Takes all that was posted, oldest first. */
static struct tgr_fed *take_posted(struct tgr_host *host) {
  struct tgr_fed *newest = atomic_exchange(&host->fed, NULL);
  struct tgr_fed *oldest = NULL;
  while (newest != NULL) {
    struct tgr_fed *below = newest->next;
    newest->next = oldest;
    oldest = newest;
    newest = below;
  }
  return oldest;
}

static void hand_over(struct tgr_host *host, struct tgr_task *task) {
  if (!host->ended) {
    if (host->script != NULL)
      tgr_feed_put(host->script, task);
    else
      tgr_list_append(&host->fed_early, &task->link);
    return;
  }
  atomic_fetch_sub(&host->fed_waiting, 1);
  tgr_task_release(task);
}

void tgr_host_hand_early(struct tgr_host *host) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&host->fed_early)) != NULL)
    hand_over(host, TGR_CONTAINER_OF(link, struct tgr_task, link));
}

void tgr_host_open_fed(struct tgr_mail *mail) {
  struct tgr_host *host = TGR_CONTAINER_OF(mail, struct tgr_host, fed_mail);
  atomic_store(&host->fed_posted, false);
  struct tgr_fed *fed = take_posted(host);
  while (fed != NULL) {
    struct tgr_fed *next = fed->next;
    struct tgr_task *task = fed->task;
    tgr_mem_free(&host->mem, fed);
    hand_over(host, task);
    fed = next;
  }
}

static enum tgr_status post(struct tgr_host *host, struct tgr_task *task) {
  struct tgr_fed *fed = tgr_mem_new(&host->mem, sizeof *fed);
  if (fed == NULL)
    return TGR_ENOMEM;
  *fed = (struct tgr_fed){.next = atomic_load(&host->fed), .task = task};
  while (!atomic_compare_exchange_weak(&host->fed, &fed->next, fed))
    continue;
  if (!atomic_exchange(&host->fed_posted, true))
    tgr_inbox_post(&host->loop.inbox, &host->fed_mail);
  return TGR_OK;
}

enum tgr_status tgr_host_feed_update(struct tgr_host *host, const char *json,
                                     size_t len) {
  if (json == NULL)
    return TGR_EINVAL;
  if (tgr_host_state(host) == TGR_STATE_ENDED)
    return TGR_ESTATE;
  if (atomic_fetch_add(&host->fed_waiting, 1) >= FED_MAX) {
    atomic_fetch_sub(&host->fed_waiting, 1);
    return TGR_ELIMIT;
  }
  struct tgr_task *task = NULL;
  struct tgr_error error;
  enum tgr_status status = tgr_split_one(&host->mem, json, len, &task, &error);
  if (status == TGR_OK) {
    status = post(host, task);
    if (status != TGR_OK)
      tgr_task_release(task);
  }
  if (status != TGR_OK)
    atomic_fetch_sub(&host->fed_waiting, 1);
  return status;
}
