/* Answers: tasks for the source, and where the offset goes. */
#include "telegram/refusal.h"
#include "telegram/split.h"
#include "telegram/updates_inside.h"

#include <assert.h>
#include <inttypes.h>

/* A fetched batch's losses, one by one. */
struct losses {
  const struct tgr_updates *updates;
  size_t position; /* of the last one */
  size_t nameless; /* in a row, up to the last one */
};

static void on_lost(void *user, const struct tgr_split_loss *loss) {
  struct losses *losses = user;
  const bool next = loss->position == losses->position + 1;
  losses->position = loss->position;
  if (loss->has_update_id)
    losses->nameless = 0;
  else
    losses->nameless = next ? losses->nameless + 1 : 1;
  const struct tgr_log *log = losses->updates->log;
  if (log == NULL || losses->updates->purpose != FOR_BATCH ||
      losses->updates->outage.told[TGR_OUTAGE_LOSS])
    return; /* not handled anyway; told when the outage began (move_offset) */
  if (loss->has_update_id)
    tgr_log_write(log, TGR_LOG_ERROR, "update %" PRId64 " is lost: %s",
                  loss->update_id, loss->reason);
  else
    tgr_log_write(log, TGR_LOG_ERROR,
                  "an update (%zu. of its batch) is lost: %s", loss->position,
                  loss->reason);
}

/* Moves the offset behind the batch. Updates without a readable id at its end
 * are passed by their number: ids ascend, so this skips none that is not
 * theirs. False when no offset passes the batch by: it would come again at
 * once, without end. (A negative offset would count from the queue's end.) */
static bool move_offset(struct tgr_updates *updates,
                        const struct tgr_split_report *report,
                        const struct losses *losses) {
  const size_t count = report->taken_count + report->lost_count;
  const bool open_end = losses->nameless > 0 && losses->position == count;
  const int64_t nameless = open_end ? (int64_t)losses->nameless : 0;
  int64_t from = updates->offset;
  if (report->has_last_id && report->last_id < 0)
    return false;
  if (report->has_last_id)
    from = report->last_id + 1;
  else if (count > 0 && (from <= 0 || nameless == 0))
    return false;
  updates->offset = from > INT64_MAX - nameless ? INT64_MAX : from + nameless;
  return true;
}

static void go_on_behind_queue(struct tgr_updates *updates,
                               struct tgr_list *tasks) {
  tgr_task_release_all(tasks);
  updates->skipped = true;
  updates->purpose = FOR_BATCH;
  tgr_updates_request(updates);
}

static void refused(struct tgr_updates *updates,
                    const struct tgr_updates_answer *answer,
                    enum tgr_status status, const struct tgr_answer *envelope) {
  struct tgr_refusal refusal;
  tgr_refusal_read(&refusal, answer, status, envelope);
  if (refusal.error.status == TGR_OK || updates->purpose == FOR_CONFIRM)
    tgr_updates_failed(updates, refusal.cause, refusal.reason,
                       refusal.retry_after_s);
  else
    tgr_updates_fatal(updates, &refusal.error);
}

static void take_me(struct tgr_updates *updates,
                    const struct tgr_updates_answer *answer) {
  struct tgr_answer envelope = {0};
  enum tgr_status status = answer->status;
  if (status == TGR_OK)
    status = tgr_answer_read(answer->body, answer->body_len, &envelope, NULL);
  if (status != TGR_OK || !envelope.ok) {
    refused(updates, answer, status, &envelope);
    return;
  }
  tgr_outage_over(&updates->outage, updates->timers->now_us);
  tgr_updates_contact(updates, true);
  struct tgr_source *source = tgr_updates_settle(updates);
  if (updates->on_me != NULL)
    updates->on_me(updates, envelope.result.at, envelope.result.len);
  tgr_source_ready(source);
}

static void take_updates(struct tgr_updates *updates,
                         const struct tgr_updates_answer *answer) {
  struct losses losses = {.updates = updates};
  struct tgr_split_report report = {.lost = on_lost, .user = &losses};
  struct tgr_answer envelope = {0};
  struct tgr_list tasks;
  tgr_list_init(&tasks);
  enum tgr_status status = answer->status;
  if (status == TGR_OK)
    status = tgr_split_updates(updates->mem, answer->body, answer->body_len,
                               &envelope, &tasks, &report, NULL);
  if (status == TGR_OK && updates->purpose != FOR_CONFIRM &&
      !move_offset(updates, &report, &losses)) {
    tgr_task_release_all(&tasks);
    tgr_updates_failed(updates, TGR_OUTAGE_LOSS,
                       "no update of the answer has an update_id to go on from",
                       0);
    return;
  }
  if (status != TGR_OK) {
    tgr_task_release_all(&tasks);
    refused(updates, answer, status, &envelope);
    return;
  }
  tgr_outage_over(&updates->outage, updates->timers->now_us);
  tgr_updates_note_told(updates);
  tgr_updates_contact(updates, true);
  if (updates->purpose == FOR_SKIP) {
    go_on_behind_queue(updates, &tasks);
  } else if (updates->purpose == FOR_CONFIRM) {
    tgr_task_release_all(&tasks);
    tgr_source_confirmed(tgr_updates_settle(updates));
  } else {
    updates->supplier.asked = updates->sent_offset;
    updates->supplier.next = updates->offset;
    tgr_source_deliver(tgr_updates_settle(updates), &tasks,
                       (int)report.taken_count);
  }
}

void tgr_updates_answer(struct tgr_updates *updates,
                        const struct tgr_updates_answer *answer) {
  assert(updates->open && "nothing was asked");
  updates->open = false;
  tgr_timer_stop(updates->timers, &updates->watchdog);
  if (updates->purpose == FOR_ME)
    take_me(updates, answer);
  else
    take_updates(updates, answer);
}
