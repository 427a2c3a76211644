/* How tasks end: the port's answer, a deadline, a stop. */
#include "engine/sink_inside.h"

#include <assert.h>

/* Arms the timer for the first deadline ahead. A timer that runs already is due
 * no later: it is armed again when it finds nothing due. */
static void arm_deadline(struct tgr_sink *sink) {
  if (sink->due == &sink->running.head || tgr_timer_active(&sink->deadline))
    return;
  const uint64_t due_us = tgr_sink_task(sink->due)->due_us;
  const uint64_t now_us = sink->timers->now_us;
  if (due_us != UINT64_MAX)
    tgr_timer_start_us(sink->timers, &sink->deadline,
                       due_us > now_us ? due_us - now_us : 0);
}

void tgr_sink_set_deadline(struct tgr_sink *sink, struct tgr_task *task) {
  const uint64_t ms = sink->options.timeout_ms;
  if (ms == 0)
    return;
  const uint64_t us = ms > UINT64_MAX / 1000 ? UINT64_MAX : ms * 1000;
  task->due_us =
      us > UINT64_MAX - task->started_us ? UINT64_MAX : task->started_us + us;
  if (sink->due == &sink->running.head)
    sink->due = &task->link;
  arm_deadline(sink);
}

/* Frees the task's keys: others may run. */
static void free_keys(struct tgr_sink *sink, struct tgr_task *task) {
  struct tgr_list turn;
  tgr_list_init(&turn);
  tgr_sequence_leave(&sink->sequence, &task->seat, &turn);
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&turn)) != NULL) {
    struct tgr_task *next = TGR_CONTAINER_OF(link, struct tgr_task, seat.link);
    tgr_list_remove(&next->link);
    sink->waiting_count--;
    tgr_sink_make_runnable(sink, next);
  }
}

static void unlink_running(struct tgr_sink *sink, struct tgr_task *task) {
  assert(task->place == TGR_TASK_RUNNING && sink->running_count > 0);
  if (sink->due == &task->link)
    sink->due = task->link.next;
  tgr_list_remove(&task->link);
  sink->running_count--;
}

/* The outcome stands: whoever watches the task hears of it. */
static void settle(struct tgr_task *task, enum tgr_outcome outcome) {
  task->outcome = (uint8_t)outcome;
  if (task->watch != NULL)
    task->watch->ended(task->watch, task);
}

/* The task, on no list any more, leaves the sink. */
static void dismiss(struct tgr_sink *sink, struct tgr_task *task) {
  task->place = TGR_TASK_LOOSE;
  free_keys(sink, task);
  tgr_task_release(task);
  tgr_sink_wake(sink);
}

/* Asks the keeper of a task, if it has one, whether this was its end. */
static enum tgr_verdict judge(struct tgr_sink *sink, struct tgr_task *task,
                              enum tgr_outcome outcome) {
  struct tgr_keeper *keeper = task->keeper;
  return keeper == NULL ? TGR_VERDICT_ENDED
                        : keeper->ended(keeper, sink, task, outcome);
}

/* Gives up the slot of a running task, which keeps its keys. */
static void rest(struct tgr_sink *sink, struct tgr_task *task) {
  unlink_running(sink, task);
  task->place = TGR_TASK_RESTING;
  tgr_list_append(&sink->resting, &task->link);
  sink->resting_count++;
  if (task->watch != NULL && task->watch->rests != NULL)
    task->watch->rests(task->watch, task);
  tgr_sink_wake(sink);
}

void tgr_sink_done(struct tgr_sink *sink, struct tgr_task *task,
                   enum tgr_outcome outcome) {
  assert(outcome != TGR_OUTCOME_NONE);
  if (judge(sink, task, outcome) == TGR_VERDICT_RESTS) {
    rest(sink, task);
    return;
  }
  if (task->place == TGR_TASK_DETACHED) {
    tgr_list_remove(&task->link);
    sink->detached_count--;
  } else {
    unlink_running(sink, task);
    settle(task, outcome);
  }
  dismiss(sink, task);
}

/* Frees the slot of a running task that goes on without it. */
static void detach(struct tgr_sink *sink, struct tgr_task *task,
                   enum tgr_outcome outcome) {
  unlink_running(sink, task);
  task->place = TGR_TASK_DETACHED;
  tgr_list_append(&sink->detached, &task->link);
  sink->detached_count++;
  settle(task, outcome);
  tgr_sink_wake(sink);
  if (sink->port->expired != NULL)
    sink->port->expired(sink->port, task);
}

static void expire(struct tgr_sink *sink, struct tgr_task *task) {
  if (!sink->options.cancel_on_timeout) {
    detach(sink, task, TGR_OUTCOME_TIMED_OUT);
    return;
  }
  task->outcome = TGR_OUTCOME_TIMED_OUT;
  sink->port->cancel(sink->port, task, TGR_CANCEL_TIMEOUT);
}

void tgr_sink_deadline(struct tgr_timer *timer) {
  struct tgr_sink *sink = TGR_CONTAINER_OF(timer, struct tgr_sink, deadline);
  while (sink->due != &sink->running.head) {
    struct tgr_task *task = tgr_sink_task(sink->due);
    if (task->due_us > sink->timers->now_us)
      break;
    sink->due = sink->due->next;
    expire(sink, task);
  }
  arm_deadline(sink);
}

static void abandon_running(struct tgr_sink *sink, struct tgr_task *task) {
  tgr_task_hold(task);
  task->outcome = TGR_OUTCOME_ABANDONED;
  sink->port->cancel(sink->port, task, TGR_CANCEL_ABANDON);
  if (task->place == TGR_TASK_RUNNING) {
    detach(sink, task, TGR_OUTCOME_ABANDONED);
    (void)judge(sink, task, TGR_OUTCOME_ABANDONED);
  }
  tgr_task_release(task);
}

void tgr_sink_abandon(struct tgr_sink *sink, struct tgr_task *task) {
  switch ((enum tgr_task_place)task->place) {
  case TGR_TASK_RUNNING:
    abandon_running(sink, task);
    return;
  case TGR_TASK_PARKED:
    sink->parked_count--;
    break;
  case TGR_TASK_WAITING:
    sink->waiting_count--;
    break;
  case TGR_TASK_RESTING:
    sink->resting_count--;
    break;
  case TGR_TASK_DETACHED:
  case TGR_TASK_LOOSE:
    assert(0 && "it has ended, or is in no sink");
    return;
  }
  tgr_list_remove(&task->link);
  (void)judge(sink, task, TGR_OUTCOME_ABANDONED);
  settle(task, TGR_OUTCOME_ABANDONED);
  dismiss(sink, task);
}

void tgr_sink_abandon_detached(struct tgr_sink *sink,
                               const struct tgr_task_watch *watch) {
  /* Cancels may end any of them, and only them: go through a list apart. */
  struct tgr_list asked;
  tgr_list_init(&asked);
  tgr_list_append_all(&asked, &sink->detached);
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&asked)) != NULL) {
    struct tgr_task *task = tgr_sink_task(link);
    tgr_list_append(&sink->detached, link);
    if (watch == NULL || task->watch == watch)
      sink->port->cancel(sink->port, task, TGR_CANCEL_ABANDON);
  }
}
