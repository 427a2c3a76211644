/* Updates that the embedding program hands in. */
#include "script/feed.h"

#include "engine/runner.h"
#include "script/runner.h"
#include "script/state.h"
#include "telegram/split.h"

static void on_free(struct tgr_sink_waiter *waiter, int capacity) {
  struct tgr_feed *feed = TGR_CONTAINER_OF(waiter, struct tgr_feed, waiter);
  (void)capacity; /* others may have filled the sink since */
  tgr_feed_pump(TGR_CONTAINER_OF(feed, struct tgr_script, feed));
}

void tgr_feed_init(struct tgr_feed *feed) {
  tgr_list_init(&feed->tasks);
  tgr_sink_waiter_init(&feed->waiter, on_free);
}

/* The program may hand in another one. */
static struct tgr_link *take(struct tgr_script *script) {
  struct tgr_link *link = tgr_list_take(&script->feed.tasks);
  if (link != NULL && script->env.fed_waiting != NULL)
    atomic_fetch_sub(script->env.fed_waiting, 1);
  return link;
}

void tgr_feed_pump(struct tgr_script *script) {
  struct tgr_feed *feed = &script->feed;
  if (tgr_list_empty(&feed->tasks) || feed->waiter.sink != NULL)
    return;
  struct tgr_runner *runner = tgr_runners_first_running(script);
  if (runner == NULL)
    return;
  struct tgr_list tasks;
  tgr_list_init(&tasks);
  struct tgr_link *link = NULL;
  for (int room = tgr_sink_capacity(runner->sink);
       room > 0 && (link = take(script)) != NULL; room--)
    tgr_list_append(&tasks, link);
  tgr_runner_feed(runner, &tasks);
  if (!tgr_list_empty(&feed->tasks))
    (void)tgr_sink_when_free(runner->sink, &feed->waiter, 1, 0);
}

void tgr_feed_put(struct tgr_script *script, struct tgr_task *task) {
  tgr_list_append(&script->feed.tasks, &task->link);
  tgr_feed_pump(script);
}

/* Whether the server has been told that it need not send the task again. */
static bool is_confirmed(const struct tgr_runner *runner,
                         const struct tgr_task *task) {
  return runner->source->state == TGR_SOURCE_POLLING ||
         task->update_id < runner->source->supplier->asked;
}

static bool is_to_rescue(const struct tgr_script *script,
                         const struct tgr_runner *runner,
                         const struct tgr_task *task) {
  const enum tgr_task_place place = task->place;
  return task->keeper == NULL && task->raw_len > 0 &&
         (place == TGR_TASK_PARKED || place == TGR_TASK_WAITING) &&
         (script->env.no_polling || is_confirmed(runner, task));
}

/* As a task of its own: the old one belongs to the old state's sink. */
static void rescue(struct tgr_script *script, const struct tgr_task *task,
                   struct tgr_list *tasks) {
  struct tgr_task *fresh = NULL;
  if (tgr_split_one(script->env.mem, task->raw, task->raw_len, &fresh, NULL) !=
      TGR_OK) {
    tgr_log_write(script->env.log, TGR_LOG_ERROR,
                  "update %lld is lost with the script's state: not enough "
                  "memory",
                  (long long)task->update_id);
    return;
  }
  if (script->env.fed_waiting != NULL)
    atomic_fetch_add(script->env.fed_waiting, 1);
  tgr_list_append(tasks, &fresh->link);
}

void tgr_feed_rescue(struct tgr_script *script, struct tgr_list *tasks) {
  const struct tgr_runner *runner = tgr_runners_first_running(script);
  const struct tgr_list *all = runner == NULL ? NULL : &runner->unfinished;
  for (struct tgr_link *link = all == NULL ? NULL : all->head.next;
       all != NULL && link != &all->head; link = link->next) {
    const struct tgr_task *task =
        TGR_CONTAINER_OF(link, struct tgr_task, arrival);
    if (is_to_rescue(script, runner, task))
      rescue(script, task, tasks);
  }
  tgr_list_append_all(tasks, &script->feed.tasks);
}

void tgr_feed_close(struct tgr_script *script) {
  tgr_sink_forget(&script->feed.waiter);
  struct tgr_link *link = NULL;
  while ((link = take(script)) != NULL)
    tgr_task_release(TGR_CONTAINER_OF(link, struct tgr_task, link));
}
