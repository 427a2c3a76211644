/* Runs of kept updates: how they end, and when there is another one. */
#include "journal/journal_inside.h"

#include "engine/sink.h"

#include <stdio.h>
#include <string.h>

enum { JITTER_PERCENT = 10 };

static void started(struct tgr_keeper *keeper, struct tgr_task *task) {
  struct tgr_journal *journal = tgr_journal_of(keeper);
  struct tgr_record *record = task->kept;
  record->mark = tgr_marks_set(&journal->marks, record->seq, record->epoch,
                               record->id, record->crashes);
}

static void unmark(struct tgr_record *record) {
  tgr_marks_unset(&record->journal->marks, record->mark);
  record->mark = -1;
}

/* The engine has let go of the task, which stays the record's. */
static void detach(struct tgr_record *record) {
  if (record->task == NULL)
    return;
  record->task->keeper = NULL;
  record->task->kept = NULL;
  tgr_share_end(record);
}

static void finish(struct tgr_record *record, bool dead) {
  struct tgr_journal *journal = record->journal;
  record->over = true;
  detach(record);
  tgr_journal_lock(journal);
  record->want.done = !dead;
  record->want.dead = dead;
  tgr_record_touch(record);
  tgr_journal_unlock(journal);
}

void tgr_journal_tell_dead(const struct tgr_record *record, const char *error) {
  const struct tgr_journal *journal = record->journal;
  tgr_log_write(journal->options.log, TGR_LOG_ERROR,
                "update %lld goes to the dead letters: %s; see tgrunner-lua "
                "journal dead %s",
                (long long)record->id, error, journal->path);
}

static void set_error(struct tgr_record *record, const char *text, size_t len);

void tgr_journal_give_up(struct tgr_record *record, const char *error) {
  char text[96];
  snprintf(text, sizeof text, "it was running at %u ends of the process",
           record->crashes);
  const char *why = error != NULL ? error : text;
  set_error(record, why, strlen(why));
  tgr_journal_tell_dead(record, why);
  finish(record, true);
}

/* 1, 2, 4 … 100 s behind the first, second, third … failure. */
static uint64_t rest_us(struct tgr_journal *journal, unsigned attempts) {
  uint64_t seconds = TGR_JOURNAL_REST_MAX_S;
  if (attempts <= 7 && (UINT64_C(1) << (attempts - 1)) < seconds)
    seconds = UINT64_C(1) << (attempts - 1);
  const uint64_t us = seconds * 1000000;
  if (journal->options.seed == 0)
    return us;
  return us - tgr_rng_below(&journal->rng, us * JITTER_PERCENT / 100 + 1);
}

static void run_again(struct tgr_timer *timer) {
  struct tgr_record *record = TGR_CONTAINER_OF(timer, struct tgr_record, timer);
  struct tgr_task *task = record->task;
  task->attempt++;
  task->redelivered = true;
  tgr_sink_again(record->sink, task);
}

/* A run has failed: another one later, or none. */
static enum tgr_verdict failed(struct tgr_record *record, struct tgr_sink *sink,
                               bool may_rest) {
  struct tgr_journal *journal = record->journal;
  tgr_journal_lock(journal);
  const unsigned attempts = ++record->want.attempts;
  tgr_record_touch(record);
  tgr_journal_unlock(journal);
  if (!may_rest || attempts >= TGR_JOURNAL_ATTEMPTS) {
    tgr_journal_tell_dead(record, record->error != NULL ? record->error
                                                        : "no error text");
    finish(record, true);
    return TGR_VERDICT_ENDED;
  }
  record->sink = sink;
  tgr_timer_init(&record->timer, run_again);
  tgr_timer_start_us(&journal->options.loop->timers, &record->timer,
                     rest_us(journal, attempts));
  return TGR_VERDICT_RESTS;
}

/* It will be run again by another runner, or in another process. */
static void leave(struct tgr_record *record) {
  tgr_timer_stop(&record->journal->options.loop->timers, &record->timer);
  detach(record);
  record->redelivered = true;
  tgr_replay_put(record);
}

static enum tgr_verdict ended(struct tgr_keeper *keeper, struct tgr_sink *sink,
                              struct tgr_task *task, int outcome) {
  struct tgr_journal *journal = tgr_journal_of(keeper);
  struct tgr_record *record = task->kept;
  const bool in_slot = task->place == TGR_TASK_RUNNING;
  unmark(record);
  switch ((enum tgr_outcome)outcome) {
  case TGR_OUTCOME_ABANDONED:
    leave(record);
    return TGR_VERDICT_ENDED;
  case TGR_OUTCOME_FAILED:
    if (journal->config.retries || task->unhandled)
      return failed(record, sink, in_slot && task->refused == TGR_OK);
    break;
  case TGR_OUTCOME_TIMED_OUT:
    if (journal->config.retries && in_slot) {
      set_error(record, "it timed out", strlen("it timed out"));
      return failed(record, sink, true);
    }
    break;
  case TGR_OUTCOME_DONE:
  case TGR_OUTCOME_NONE:
  case TGR_OUTCOME_COUNT:
    break;
  }
  finish(record, false);
  return TGR_VERDICT_ENDED;
}

/* The sink is gone; a mark that is set stays: the run was cut off. */
static void dropped(struct tgr_keeper *keeper, struct tgr_task *task) {
  (void)keeper;
  leave(task->kept);
}

/* Without memory the error before it stays. */
static void set_error(struct tgr_record *record, const char *text, size_t len) {
  struct tgr_journal *journal = record->journal;
  char *error = tgr_mem_dup(journal->options.mem, text, len);
  if (error == NULL)
    return;
  error[tgr_log_redact(error, strlen(error))] = '\0';
  tgr_journal_lock(journal);
  char *before = record->error;
  record->error = error;
  tgr_journal_unlock(journal);
  tgr_mem_free(journal->options.mem, before);
}

static void note_error(struct tgr_keeper *keeper, struct tgr_task *task,
                       const char *text, size_t len) {
  (void)keeper;
  set_error(task->kept, text, len);
}

void tgr_runs_init(struct tgr_journal *journal) {
  struct tgr_keeper *keeper = &journal->keeper;
  keeper->started = started;
  keeper->ended = ended;
  keeper->dropped = dropped;
  keeper->note_error = note_error;
}
