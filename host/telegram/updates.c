/* Requests: when, with which offset, and when again. What their answers mean:
 * updates_take.c. */
#include "telegram/updates.h"

#include "telegram/poll.h"
#include "telegram/updates_inside.h"

#include <assert.h>

enum {
  LIMIT_MAX = 100,
  CONFLICT_POLL_S = 10,
  GRACE_MS = 10000 /* a request may outlast the poll's timeout by this */
};

static void supply(struct tgr_supplier *supplier, struct tgr_source *source,
                   int limit);
static void abort_request(struct tgr_supplier *supplier);
static void init(struct tgr_supplier *supplier, struct tgr_source *source);
static void confirm(struct tgr_supplier *supplier, struct tgr_source *source,
                    int64_t offset, bool covered);
static void seek(struct tgr_supplier *supplier, int64_t offset);
static void try_again(struct tgr_timer *timer);
static void too_long(struct tgr_timer *timer);

void tgr_updates_options_init(struct tgr_updates_options *options) {
  *options =
      (struct tgr_updates_options){.timeout_s = 30,
                                   .max_retry_ms = UINT64_C(15) * 3600 * 1000,
                                   .retry_kind = TGR_BACKOFF_EXPONENTIAL,
                                   .conflict_wait_ms = 30000};
}

static enum tgr_status copy_text(struct tgr_buf *to, const char *text) {
  tgr_buf_clear(to);
  return text == NULL ? TGR_OK : tgr_buf_append_str(to, text);
}

enum tgr_status tgr_updates_init(struct tgr_updates *updates,
                                 const struct tgr_mem *mem,
                                 struct tgr_timers *timers,
                                 const struct tgr_log *log,
                                 struct tgr_updates_call *call,
                                 const struct tgr_updates_options *options) {
  *updates = (struct tgr_updates){.supplier = {.supply = supply,
                                               .abort = abort_request,
                                               .init = init,
                                               .confirm = confirm,
                                               .seek = seek},
                                  .mem = mem,
                                  .timers = timers,
                                  .log = log,
                                  .call = call,
                                  .options = *options};
  const struct tgr_outage_options outage = {
      .max_retry_ms = options->max_retry_ms,
      .conflict_wait_ms = options->conflict_wait_ms,
      .kind = options->retry_kind,
      .fixed_ms = options->retry_fixed_ms,
      .seed = options->seed};
  tgr_outage_init(&updates->outage, &outage, options->silent ? NULL : log);
  tgr_timer_init(&updates->retry, try_again);
  tgr_timer_init(&updates->watchdog, too_long);
  tgr_buf_init(&updates->params, mem, TGR_UPDATES_PARAMS_MAX);
  tgr_buf_init(&updates->allowed, mem, TGR_UPDATES_PARAMS_MAX / 4);
  tgr_buf_init(&updates->fetch, mem, TGR_UPDATES_PARAMS_MAX / 4);
  enum tgr_status status =
      copy_text(&updates->allowed, options->allowed_updates);
  if (status == TGR_OK)
    status = copy_text(&updates->fetch, options->fetch);
  if (status != TGR_OK)
    tgr_updates_deinit(updates);
  return status;
}

void tgr_updates_deinit(struct tgr_updates *updates) {
  assert(updates->purpose == FOR_NOTHING);
  tgr_buf_deinit(&updates->params);
  tgr_buf_deinit(&updates->allowed);
  tgr_buf_deinit(&updates->fetch);
}

enum tgr_status tgr_updates_set_allowed(struct tgr_updates *updates,
                                        const char *json) {
  struct tgr_buf fresh;
  tgr_buf_init(&fresh, updates->mem, TGR_UPDATES_PARAMS_MAX / 4);
  const enum tgr_status status = copy_text(&fresh, json);
  if (status != TGR_OK) {
    tgr_buf_deinit(&fresh);
    return status;
  }
  tgr_buf_deinit(&updates->allowed);
  updates->allowed = fresh;
  return TGR_OK;
}

/* How long the server may hold back its answer. While requests fail that is
 * short: the first answer tells that it is over, and is not to wait for the
 * next update. Against another poller no time would prove nothing: a poll that
 * does not wait meets none. */
static uint64_t hold_s(const struct tgr_updates *updates) {
  const uint64_t usual = updates->options.timeout_s;
  const uint64_t most = updates->outage.tries == 0       ? usual
                        : updates->outage.conflicts == 0 ? 0
                                                         : CONFLICT_POLL_S;
  if (updates->purpose != FOR_BATCH)
    return 0;
  return most < usual ? most : usual;
}

/* The request's params into updates->params. */
static enum tgr_status write_params(struct tgr_updates *updates,
                                    int64_t offset) {
  const bool batch = updates->purpose == FOR_BATCH;
  tgr_buf_clear(&updates->params);
  if (updates->purpose == FOR_ME)
    return tgr_buf_append_str(&updates->params, "{}");
  const struct tgr_poll poll = {.timeout_s = hold_s(updates),
                                .fetch = batch ? &updates->fetch : NULL,
                                .allowed_updates =
                                    batch ? &updates->allowed : NULL,
                                .offset = offset,
                                .limit = batch ? updates->limit : 1};
  return tgr_poll_write(&updates->params, &poll);
}

struct tgr_source *tgr_updates_settle(struct tgr_updates *updates) {
  updates->purpose = FOR_NOTHING;
  updates->supplier.retry_at_us = 0;
  return updates->source;
}

void tgr_updates_fatal(struct tgr_updates *updates,
                       const struct tgr_error *error) {
  tgr_outage_forget(&updates->outage);
  tgr_source_fail(tgr_updates_settle(updates), error);
}

void tgr_updates_note_told(struct tgr_updates *updates) {
  updates->told = true;
  updates->told_offset = updates->sent_offset;
}

void tgr_updates_contact(struct tgr_updates *updates, bool ok) {
  if (updates->on_contact != NULL)
    updates->on_contact(updates, ok);
}

static void confirm_failed(struct tgr_updates *updates, const char *reason) {
  if (updates->log != NULL && !updates->options.silent)
    tgr_log_write(updates->log, TGR_LOG_WARN,
                  "the last updates could not be confirmed (%s); they may come "
                  "again",
                  reason);
  tgr_source_confirmed(tgr_updates_settle(updates));
}

void tgr_updates_failed(struct tgr_updates *updates,
                        enum tgr_outage_cause cause, const char *reason,
                        uint64_t retry_after_s) {
  updates->sent = updates->told = false;
  if (updates->purpose == FOR_CONFIRM) {
    confirm_failed(updates, reason);
    return;
  }
  uint64_t wait_us = 0;
  struct tgr_error error;
  if (tgr_outage_failed(&updates->outage, updates->timers->now_us, cause,
                        reason, retry_after_s, &wait_us, &error) != TGR_OK) {
    tgr_updates_fatal(updates, &error);
    return;
  }
  tgr_updates_contact(updates, false);
  updates->supplier.retry_at_us = updates->timers->now_us + wait_us;
  tgr_timer_start_us(updates->timers, &updates->retry, wait_us);
}

void tgr_updates_request(struct tgr_updates *updates) {
  const bool me = updates->purpose == FOR_ME;
  const int64_t offset = updates->purpose == FOR_SKIP      ? -1
                         : updates->purpose == FOR_CONFIRM ? updates->confirming
                                                           : updates->offset;
  updates->supplier.retry_at_us = 0;
  if (write_params(updates, offset) != TGR_OK) {
    tgr_updates_failed(updates, TGR_OUTAGE_LOSS, "out of memory", 0);
    return;
  }
  if (!me) {
    updates->sent = true;
    updates->sent_offset = offset;
  }
  const uint64_t timeout_ms = hold_s(updates) * 1000 + GRACE_MS;
  updates->open = true;
  tgr_timer_start_ms(updates->timers, &updates->watchdog, timeout_ms);
  updates->call->start(updates->call, updates, me ? "getMe" : "getUpdates",
                       updates->params.bytes, updates->params.len, timeout_ms);
}

static void try_again(struct tgr_timer *timer) {
  tgr_updates_request(TGR_CONTAINER_OF(timer, struct tgr_updates, retry));
}

static void too_long(struct tgr_timer *timer) {
  struct tgr_updates *updates =
      TGR_CONTAINER_OF(timer, struct tgr_updates, watchdog);
  updates->open = false;
  (void)updates->call->cancel(updates->call);
  tgr_updates_failed(updates, TGR_OUTAGE_LOSS, "no answer in time", 0);
}

static struct tgr_updates *updates_of(struct tgr_supplier *supplier) {
  return TGR_CONTAINER_OF(supplier, struct tgr_updates, supplier);
}

static void ask(struct tgr_updates *updates, struct tgr_source *source,
                enum purpose purpose) {
  assert(updates->purpose == FOR_NOTHING && "one request at a time");
  updates->source = source;
  updates->purpose = purpose;
  tgr_updates_request(updates);
}

static void init(struct tgr_supplier *supplier, struct tgr_source *source) {
  struct tgr_updates *updates = updates_of(supplier);
  if (updates->options.skip_me)
    tgr_source_ready(source);
  else
    ask(updates, source, FOR_ME);
}

static void supply(struct tgr_supplier *supplier, struct tgr_source *source,
                   int limit) {
  struct tgr_updates *updates = updates_of(supplier);
  const int wanted = updates->call->most;
  const int most = wanted > 0 && wanted < LIMIT_MAX ? wanted : LIMIT_MAX;
  updates->limit = limit < 1 ? 1 : limit > most ? most : limit;
  const bool skip = updates->options.drop_pending_updates && !updates->skipped;
  ask(updates, source, skip ? FOR_SKIP : FOR_BATCH);
}

static void confirm(struct tgr_supplier *supplier, struct tgr_source *source,
                    int64_t offset, bool covered) {
  struct tgr_updates *updates = updates_of(supplier);
  if ((updates->sent && covered) ||
      (updates->told && offset == updates->told_offset)) {
    tgr_source_confirmed(source);
    return;
  }
  updates->confirming = offset;
  ask(updates, source, FOR_CONFIRM);
}

static void seek(struct tgr_supplier *supplier, int64_t offset) {
  struct tgr_updates *updates = updates_of(supplier);
  assert(updates->purpose == FOR_NOTHING && "a request is open");
  updates->offset = offset;
}

/* What the server knows by now: that of a request before, when this one has
 * not gone out. */
static void cancel_open(struct tgr_updates *updates, bool me) {
  const bool arrived = updates->call->cancel(updates->call);
  if (me)
    return;
  updates->sent = arrived;
  if (arrived)
    tgr_updates_note_told(updates);
}

static void abort_request(struct tgr_supplier *supplier) {
  struct tgr_updates *updates = updates_of(supplier);
  tgr_timer_stop(updates->timers, &updates->retry);
  tgr_timer_stop(updates->timers, &updates->watchdog);
  const bool open = updates->open;
  const bool me = updates->purpose == FOR_ME;
  updates->open = false;
  tgr_updates_settle(updates);
  tgr_outage_forget(&updates->outage);
  if (open)
    cancel_open(updates, me);
}
