/* Tasks from arrival to their slot.
 *
 * A task is on exactly one list, told by task->place; every count moves
 * together with its list. Slots are given away only by `pump`, from the ready
 * list, so a port that answers within put() finds a flat stack. */
#include "engine/sink.h"

#include "engine/sink_inside.h"

#include <assert.h>
#include <limits.h>

enum { DEFAULT_CONCURRENCY = 500, DEFAULT_WAITING = 10000, ENOUGH = 25 };

static void pump(struct tgr_job *job);

void tgr_sink_options_init(struct tgr_sink_options *options) {
  *options = (struct tgr_sink_options){.kind = TGR_SINK_CONCURRENT,
                                       .concurrency = DEFAULT_CONCURRENCY,
                                       .cancel_on_timeout = true,
                                       .waiting = DEFAULT_WAITING};
}

static int at_least_1(int value) {
  return value < 1 ? 1 : value;
}

void tgr_sink_init(struct tgr_sink *sink, const struct tgr_mem *mem,
                   struct tgr_timers *timers, struct tgr_ready *ready,
                   struct tgr_port *port,
                   const struct tgr_sink_options *options) {
  *sink = (struct tgr_sink){
      .timers = timers, .ready = ready, .port = port, .options = *options};
  struct tgr_sink_options *own = &sink->options;
  own->waiting = at_least_1(own->waiting);
  own->concurrency = own->kind == TGR_SINK_SEQUENTIAL ? 1
                     : own->kind == TGR_SINK_BATCH
                         ? INT_MAX
                         : at_least_1(own->concurrency);
  tgr_sequence_init(&sink->sequence, mem, (uint64_t)(uintptr_t)sink);
  struct tgr_list *lists[] = {&sink->backlog, &sink->runnable, &sink->waiting,
                              &sink->running, &sink->resting,  &sink->detached,
                              &sink->waiters, &sink->granted};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
    tgr_list_init(lists[i]);
  sink->due = &sink->running.head;
  tgr_timer_init(&sink->deadline, tgr_sink_deadline);
  tgr_job_init(&sink->pump, pump);
}

static void let_go(struct tgr_sink *sink, struct tgr_list *tasks) {
  struct tgr_list turn;
  tgr_list_init(&turn);
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(tasks)) != NULL) {
    struct tgr_task *task = tgr_sink_task(link);
    tgr_sequence_leave(&sink->sequence, &task->seat, &turn);
    tgr_list_remove(&task->seat.link);
    task->place = TGR_TASK_LOOSE;
    if (task->keeper != NULL)
      task->keeper->dropped(task->keeper, task);
    tgr_task_release(task);
  }
}

static void forget_all(struct tgr_list *waiters) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_first(waiters)) != NULL)
    tgr_sink_forget(TGR_CONTAINER_OF(link, struct tgr_sink_waiter, link));
}

void tgr_sink_deinit(struct tgr_sink *sink) {
  tgr_timer_stop(sink->timers, &sink->deadline);
  tgr_ready_drop(&sink->pump);
  forget_all(&sink->waiters);
  forget_all(&sink->granted);
  /* Those that wait go first: so nobody's turn comes meanwhile. */
  let_go(sink, &sink->waiting);
  let_go(sink, &sink->backlog);
  let_go(sink, &sink->runnable);
  let_go(sink, &sink->resting);
  let_go(sink, &sink->running);
  let_go(sink, &sink->detached);
  tgr_sequence_deinit(&sink->sequence);
}

int tgr_sink_size(const struct tgr_sink *sink) {
  return sink->running_count;
}

bool tgr_sink_is_empty(const struct tgr_sink *sink) {
  return tgr_sink_size(sink) == 0 && tgr_sink_waiting(sink) == 0 &&
         sink->detached_count == 0;
}

int tgr_sink_waiting(const struct tgr_sink *sink) {
  return sink->parked_count + sink->waiting_count + sink->resting_count;
}

/* Without a look at those that rest. */
static int free_slots(const struct tgr_sink *sink) {
  const int busy = sink->running_count + sink->parked_count;
  if (sink->options.kind != TGR_SINK_CONCURRENT)
    return busy + sink->waiting_count == 0 ? INT_MAX : 0;
  const int limit = sink->options.concurrency;
  return limit < INT_MAX ? limit - busy : limit;
}

int tgr_sink_capacity(const struct tgr_sink *sink) {
  const struct tgr_sink_options *options = &sink->options;
  int free = free_slots(sink);
  const int idle = sink->waiting_count + sink->resting_count;
  const bool is_bounded =
      options->keyer != NULL && options->kind == TGR_SINK_CONCURRENT;
  if ((is_bounded || idle > 0) && free > options->waiting - idle)
    free = options->waiting - idle;
  return free < 0 ? 0 : free;
}

int tgr_sink_enough(const struct tgr_sink *sink) {
  const int quarter = at_least_1(sink->options.concurrency / 4);
  return quarter < ENOUGH ? quarter : ENOUGH;
}

void tgr_sink_wake(struct tgr_sink *sink) {
  tgr_sink_grant(sink);
  if (!sink->pumping &&
      (sink->parked_count > 0 || !tgr_list_empty(&sink->granted)))
    tgr_ready_put(sink->ready, &sink->pump);
}

void tgr_sink_make_runnable(struct tgr_sink *sink, struct tgr_task *task) {
  task->place = TGR_TASK_PARKED;
  tgr_list_append(&sink->runnable, &task->link);
  sink->parked_count++;
}

/* Asks for the keys of a task that is on no list, and lets it run or wait. */
static void admit(struct tgr_sink *sink, struct tgr_task *task) {
  struct tgr_keyer *keyer = sink->options.keyer;
  const struct tgr_key *keys = NULL;
  size_t count = 0;
  bool is_turn = true;
  if (keyer != NULL) {
    enum tgr_status status = keyer->keys(keyer, task, &keys, &count);
    if (status == TGR_OK)
      status = tgr_sequence_enter(&sink->sequence, &task->seat, keys, count,
                                  &is_turn);
    task->refused = (int8_t)status;
  }
  if (is_turn) {
    tgr_sink_make_runnable(sink, task);
    return;
  }
  task->place = TGR_TASK_WAITING;
  tgr_list_append(&sink->waiting, &task->link);
  sink->waiting_count++;
}

static bool may_admit(const struct tgr_sink *sink) {
  return sink->waiting_count < sink->options.waiting;
}

void tgr_sink_handle(struct tgr_sink *sink, struct tgr_list *tasks) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(tasks)) != NULL) {
    struct tgr_task *task = tgr_sink_task(link);
    task->outcome = TGR_OUTCOME_NONE;
    if (tgr_list_empty(&sink->backlog) && may_admit(sink)) {
      admit(sink, task);
      continue;
    }
    task->place = TGR_TASK_PARKED;
    tgr_list_append(&sink->backlog, &task->link);
    sink->parked_count++;
  }
  tgr_sink_wake(sink);
}

static void start(struct tgr_sink *sink, struct tgr_task *task) {
  assert(sink->running_count < sink->options.concurrency);
  tgr_list_append(&sink->running, &task->link);
  sink->running_count++;
  sink->parked_count--;
  task->place = TGR_TASK_RUNNING;
  task->started_us = sink->timers->now_us;
  tgr_sink_set_deadline(sink, task);
  if (task->keeper != NULL)
    task->keeper->started(task->keeper, task);
  if (task->refused == TGR_OK)
    sink->port->put(sink->port, task);
  else
    sink->port->refuse(sink->port, task);
}

void tgr_sink_again(struct tgr_sink *sink, struct tgr_task *task) {
  assert(task->place == TGR_TASK_RESTING);
  tgr_list_remove(&task->link);
  sink->resting_count--;
  task->outcome = TGR_OUTCOME_NONE;
  task->unhandled = false;
  task->place = TGR_TASK_PARKED;
  struct tgr_list first;
  tgr_list_init(&first);
  tgr_list_append(&first, &task->link);
  tgr_list_append_all(&first, &sink->runnable);
  tgr_list_append_all(&sink->runnable, &first);
  sink->parked_count++;
  tgr_sink_wake(sink);
}

bool tgr_sink_is_stuck(const struct tgr_sink *sink) {
  return sink->resting_count > 0 && sink->running_count == 0 &&
         tgr_list_empty(&sink->runnable) &&
         (tgr_list_empty(&sink->backlog) || !may_admit(sink));
}

static void admit_backlog(struct tgr_sink *sink) {
  while (may_admit(sink)) {
    struct tgr_link *link = tgr_list_take(&sink->backlog);
    if (link == NULL)
      return;
    sink->parked_count--;
    admit(sink, tgr_sink_task(link));
  }
}

static void pump(struct tgr_job *job) {
  struct tgr_sink *sink = TGR_CONTAINER_OF(job, struct tgr_sink, pump);
  sink->pumping = true;
  admit_backlog(sink);
  while (sink->running_count < sink->options.concurrency) {
    struct tgr_link *link = tgr_list_take(&sink->runnable);
    if (link == NULL)
      break;
    start(sink, tgr_sink_task(link));
    admit_backlog(sink);
  }
  sink->pumping = false;
  tgr_sink_grant(sink);
  tgr_sink_answer_granted(sink);
}

struct tgr_task *tgr_sink_first(const struct tgr_sink *sink) {
  struct tgr_link *link = tgr_list_first(&sink->running);
  return link == NULL ? NULL : tgr_sink_task(link);
}

struct tgr_task *tgr_sink_next(const struct tgr_sink *sink,
                               const struct tgr_task *task) {
  struct tgr_link *link = task->link.next;
  return link == &sink->running.head ? NULL : tgr_sink_task(link);
}
