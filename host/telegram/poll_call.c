/* The fetcher's requests over HTTP. */
#include "telegram/poll_call.h"

#include "telegram/updates.h"

/* The watchdog of updates.c ends a request in time; HTTP's own limit only
 * comes after it. */
enum { SPARE_MS = 5000, BUSY_MS = 10 };

static void on_done(struct tgr_call *call) {
  struct tgr_poll_call *it = TGR_CONTAINER_OF(call, struct tgr_poll_call, call);
  const struct tgr_http_request *http = &call->http;
  const struct tgr_updates_answer answer = {.status = http->status,
                                            .text = http->error,
                                            .http_status = http->http_status,
                                            .body = http->response.bytes,
                                            .body_len = http->response.len};
  tgr_updates_answer(it->updates, &answer);
}

static void start(struct tgr_updates_call *seam, struct tgr_updates *updates,
                  const char *method, const char *params, size_t params_len,
                  uint64_t timeout_ms) {
  struct tgr_poll_call *it = TGR_CONTAINER_OF(seam, struct tgr_poll_call, seam);
  it->updates = updates;
  tgr_buf_clear(&it->body);
  if (tgr_buf_append(&it->body, params, params_len) != TGR_OK) {
    const struct tgr_updates_answer answer = {
        .status = TGR_ENOMEM, .text = "not enough memory for a request"};
    tgr_updates_answer(updates, &answer);
    return;
  }
  it->method = method;
  it->timeout_ms = timeout_ms == 0 ? 0 : timeout_ms + SPARE_MS;
  struct tgr_loop *loop = it->call.api->loop;
  tgr_ready_put(&loop->idle, &it->begin);
  tgr_timer_start_ms(&loop->timers, &it->limit, BUSY_MS);
}

/* Forgets that the request was to begin; false when it has begun. */
static bool take_back(struct tgr_poll_call *it) {
  tgr_ready_drop(&it->begin);
  const bool waited = tgr_timer_active(&it->limit);
  tgr_timer_stop(&it->call.api->loop->timers, &it->limit);
  return waited;
}

static void begin(struct tgr_poll_call *it) {
  take_back(it);
  tgr_call_start(&it->call, TGR_HTTP_POLL, it->method, it->body.bytes,
                 it->body.len, it->timeout_ms);
}

/* There is nothing else to do. While calls wait for a place, the server has
 * enough to do for us: more updates would only wait as well, and take memory.
 * Without this an echo's p99 is 3 times as long, its CPU time 14 % and the
 * memory's peak 1.6 MiB more (20,000 echoes by turns, medians of four). */
static void on_idle(struct tgr_job *job) {
  struct tgr_poll_call *it = TGR_CONTAINER_OF(job, struct tgr_poll_call, begin);
  struct tgr_http *http = it->call.api->http;
  if (tgr_http_load(http, TGR_HTTP_CALL).waiting > 0)
    tgr_http_put_calm(http, job);
  else
    begin(it);
}

static void on_limit(struct tgr_timer *timer) {
  begin(TGR_CONTAINER_OF(timer, struct tgr_poll_call, limit));
}

static bool cancel(struct tgr_updates_call *seam) {
  struct tgr_poll_call *it = TGR_CONTAINER_OF(seam, struct tgr_poll_call, seam);
  if (take_back(it))
    return false;
  tgr_call_cancel(&it->call);
  return it->call.http.sent;
}

void tgr_poll_call_init(struct tgr_poll_call *it, struct tgr_api *api) {
  it->seam = (struct tgr_updates_call){.start = start, .cancel = cancel};
  it->updates = NULL;
  tgr_call_init(&it->call, api, on_done);
  tgr_buf_init(&it->body, api->mem, TGR_UPDATES_PARAMS_MAX);
  tgr_job_init(&it->begin, on_idle);
  tgr_timer_init(&it->limit, on_limit);
}

void tgr_poll_call_deinit(struct tgr_poll_call *it) {
  take_back(it);
  tgr_call_cancel(&it->call);
  tgr_call_deinit(&it->call);
  tgr_buf_deinit(&it->body);
}
