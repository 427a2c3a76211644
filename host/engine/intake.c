/* What is fetched is kept before more is fetched. */
#include "engine/intake.h"

#include "engine/task.h"

#include <assert.h>

enum { NO_MEMORY_PAUSE_MS = 1000 };

/* What the source waits for. */
enum purpose { FOR_NOTHING, FOR_READY, FOR_BATCH, FOR_CONFIRM };

static struct tgr_intake *intake_of(struct tgr_supplier *supplier) {
  return TGR_CONTAINER_OF(supplier, struct tgr_intake, supplier);
}

static struct tgr_intake *consumer_of(struct tgr_source_consumer *consumer) {
  return TGR_CONTAINER_OF(consumer, struct tgr_intake, consumer);
}

static struct tgr_source *settle(struct tgr_intake *intake) {
  intake->purpose = FOR_NOTHING;
  return intake->source;
}

/* ---- asking ------------------------------------------------------------- */

static void deliver(struct tgr_intake *intake, struct tgr_list *tasks,
                    int count) {
  tgr_source_deliver(settle(intake), tasks, count);
}

static void deliver_held(struct tgr_intake *intake) {
  const int count = intake->held_count;
  intake->held_count = 0;
  deliver(intake, &intake->held, count);
}

/* The supplier behind goes on where the keeper says, from the first request. */
static void place(struct tgr_intake *intake) {
  if (intake->placed)
    return;
  intake->placed = true;
  const int64_t position = intake->keeper->position(intake->keeper);
  if (position > 0 && intake->behind->seek != NULL)
    intake->behind->seek(intake->behind, position);
}

/* Supplies what is there, the oldest first; else asks, as soon as that is
 * right. */
static void step(struct tgr_intake *intake) {
  struct tgr_list tasks;
  tgr_list_init(&tasks);
  const int count = intake->keeper->take(intake->keeper, &tasks, intake->limit);
  if (count > 0) {
    deliver(intake, &tasks, count);
    return;
  }
  if (intake->held_count > 0 && !intake->keeping) {
    deliver_held(intake);
    return;
  }
  if (intake->keeping || tgr_timer_active(&intake->again))
    return;
  place(intake);
  tgr_source_set_generator_pace(&intake->inner, intake->limit);
  const enum tgr_status status =
      tgr_source_pull(&intake->inner, &intake->consumer);
  assert(status == TGR_OK && "what is behind is not the intake's alone");
  (void)status;
}

static void supply(struct tgr_supplier *supplier, struct tgr_source *source,
                   int limit) {
  struct tgr_intake *intake = intake_of(supplier);
  intake->source = source;
  intake->purpose = FOR_BATCH;
  intake->limit = limit;
  step(intake);
}

static void init(struct tgr_supplier *supplier, struct tgr_source *source) {
  struct tgr_intake *intake = intake_of(supplier);
  intake->source = source;
  intake->purpose = FOR_READY;
  const enum tgr_status status =
      tgr_source_prepare(&intake->inner, &intake->consumer);
  assert(status == TGR_OK && "what is behind is not the intake's alone");
  (void)status;
}

/* What is to be confirmed is the keeper's to say. */
static void confirm(struct tgr_supplier *supplier, struct tgr_source *source,
                    int64_t offset, bool covered) {
  struct tgr_intake *intake = intake_of(supplier);
  (void)offset;
  (void)covered;
  intake->source = source;
  intake->purpose = FOR_CONFIRM;
  intake->keeper->flush(intake->keeper, intake);
}

static void abort_request(struct tgr_supplier *supplier) {
  struct tgr_intake *intake = intake_of(supplier);
  intake->purpose = FOR_NOTHING;
  tgr_source_close(&intake->inner);
}

/* ---- answers from behind ------------------------------------------------ */

/* Without memory to keep a batch it is let go, and asked for again; where
 * updates have no numbers it is held, and tried again. */
static void give_back(struct tgr_intake *intake, struct tgr_list *tasks) {
  const bool ask_again = intake->behind->seek != NULL;
  tgr_log_write(intake->log, TGR_LOG_ERROR,
                "not enough memory to keep a batch of updates; it is %s again",
                ask_again ? "asked for" : "tried");
  if (ask_again) {
    tgr_task_release_all(tasks);
    intake->behind->seek(intake->behind, intake->behind->asked);
  } else {
    tgr_list_append_all(&intake->unkept, tasks);
  }
  tgr_timer_start_ms(intake->timers, &intake->again, NO_MEMORY_PAUSE_MS);
}

static void fail(struct tgr_intake *intake, const struct tgr_error *error) {
  if (intake->purpose == FOR_NOTHING) {
    tgr_log_write(intake->log, TGR_LOG_ERROR, "%s", error->text);
    return;
  }
  tgr_source_fail(settle(intake), error);
}

/* Hands the tasks on; holds those that nobody waits for. */
static void pass(struct tgr_intake *intake, struct tgr_list *tasks, int count,
                 bool hold) {
  if (!hold && intake->purpose == FOR_BATCH) {
    deliver(intake, tasks, count);
    return;
  }
  tgr_list_append_all(&intake->held, tasks);
  intake->held_count += count;
}

static void keep(struct tgr_intake *intake, struct tgr_list *tasks) {
  const struct tgr_supplier *behind = intake->behind;
  const struct tgr_batch batch = {.tasks = tasks,
                                  .numbered = behind->seek != NULL,
                                  .asked = behind->asked,
                                  .next = behind->next};
  struct tgr_error error = {.text = ""};
  bool hold = false;
  const enum tgr_status status =
      intake->keeper->keep(intake->keeper, intake, &batch, &hold, &error);
  if (status == TGR_OK) {
    intake->keeping = true;
    pass(intake, tasks, tgr_list_count(tasks), hold); /* some may be out */
  } else if (status == TGR_ENOMEM) {
    give_back(intake, tasks);
  } else {
    tgr_task_release_all(tasks);
    fail(intake, &error);
  }
}

static void pause_over(struct tgr_timer *timer) {
  struct tgr_intake *intake = TGR_CONTAINER_OF(timer, struct tgr_intake, again);
  if (!tgr_list_empty(&intake->unkept)) {
    struct tgr_list tasks;
    tgr_list_init(&tasks);
    tgr_list_append_all(&tasks, &intake->unkept);
    keep(intake, &tasks);
  } else if (intake->purpose == FOR_BATCH) {
    step(intake);
  }
}

static void on_batch(struct tgr_source_consumer *consumer,
                     struct tgr_list *tasks, int count) {
  struct tgr_intake *intake = consumer_of(consumer);
  if (count == 0 && intake->behind->next == intake->behind->asked)
    pass(intake, tasks, 0, false);
  else
    keep(intake, tasks);
}

static void on_error(struct tgr_source_consumer *consumer,
                     const struct tgr_error *error) {
  fail(consumer_of(consumer), error);
}

static void on_ready(struct tgr_source_consumer *consumer) {
  tgr_source_ready(settle(consumer_of(consumer)));
}

static void on_confirmed(struct tgr_source_consumer *consumer) {
  tgr_source_confirmed(settle(consumer_of(consumer)));
}

/* ---- answers of the keeper ---------------------------------------------- */

void tgr_intake_kept(struct tgr_intake *intake) {
  intake->keeping = false;
  intake->held_count = tgr_list_count(&intake->held);
  if (intake->purpose == FOR_BATCH)
    step(intake);
}

void tgr_intake_flushed(struct tgr_intake *intake) {
  if (intake->purpose != FOR_CONFIRM)
    return;
  const int64_t position = intake->keeper->position(intake->keeper);
  if (position <= 0 || intake->behind->seek == NULL ||
      tgr_source_confirm(&intake->inner, &intake->consumer, position, false) !=
          TGR_OK)
    tgr_source_confirmed(settle(intake));
}

/* ---- birth and death ---------------------------------------------------- */

void tgr_intake_init(struct tgr_intake *intake, struct tgr_timers *timers,
                     struct tgr_ready *ready, const struct tgr_log *log,
                     struct tgr_supplier *behind, struct tgr_keeper *keeper) {
  *intake = (struct tgr_intake){.supplier = {.supply = supply,
                                             .abort = abort_request,
                                             .init = init,
                                             .confirm = confirm,
                                             .keeps = true,
                                             .behind = behind},
                                .behind = behind,
                                .keeper = keeper,
                                .log = log,
                                .timers = timers,
                                .consumer = {.on_batch = on_batch,
                                             .on_error = on_error,
                                             .on_ready = on_ready,
                                             .on_confirmed = on_confirmed}};
  tgr_source_init(&intake->inner, timers, ready, behind, NULL);
  tgr_list_init(&intake->held);
  tgr_list_init(&intake->unkept);
  tgr_timer_init(&intake->again, pause_over);
}

void tgr_intake_deinit(struct tgr_intake *intake) {
  tgr_timer_stop(intake->timers, &intake->again);
  tgr_source_deinit(&intake->inner);
  intake->keeper->forget(intake->keeper, intake);
  tgr_task_release_all(&intake->held);
  if (!tgr_list_empty(&intake->unkept))
    tgr_log_write(intake->log, TGR_LOG_ERROR,
                  "%d updates are lost: there was no memory to keep them",
                  tgr_list_count(&intake->unkept));
  tgr_task_release_all(&intake->unkept);
}
