/* The fetcher's requests over HTTP. */
#include "telegram/poll_call.h"

#include "telegram/updates.h"

#include <string.h>

/* The watchdog of updates.c ends a request in time; HTTP's own limit only
 * comes after it. */
enum { SPARE_MS = 5000, LOOK_MS = 1, HOPS = 2 };

static struct tgr_poll_mark mark(const struct tgr_poll_call *it) {
  return tgr_poll_mark_now(it->call.api->loop, it->call.api->http);
}

static void note_answer(struct tgr_poll_call *it) {
  const struct tgr_poll_mark now = mark(it);
  it->seam.most = tgr_poll_mark_most(&it->answered, &now);
  it->answered = now;
}

static void on_done(struct tgr_call *call) {
  struct tgr_poll_call *it = TGR_CONTAINER_OF(call, struct tgr_poll_call, call);
  const struct tgr_http_request *http = &call->http;
  const struct tgr_updates_answer answer = {.status = http->status,
                                            .text = http->error,
                                            .http_status = http->http_status,
                                            .body = http->response.bytes,
                                            .body_len = http->response.len};
  if (strcmp(it->method, "getUpdates") == 0)
    note_answer(it);
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
  it->hops = HOPS;
  struct tgr_loop *loop = it->call.api->loop;
  it->asked_us = loop->timers.now_us;
  tgr_ready_put(&loop->idle, &it->idle);
  tgr_ready_put(&loop->ready, &it->calm);
  tgr_timer_start_us(&loop->timers, &it->look, TGR_POLL_HELD_US);
}

/* Forgets that the request was to begin; false when it has begun. */
static bool take_back(struct tgr_poll_call *it) {
  tgr_ready_drop(&it->idle);
  tgr_ready_drop(&it->calm);
  const bool waited = tgr_timer_active(&it->look);
  tgr_timer_stop(&it->call.api->loop->timers, &it->look);
  return waited;
}

static void begin(struct tgr_poll_call *it) {
  take_back(it);
  tgr_call_start(&it->call, TGR_HTTP_POLL, it->method, it->body.bytes,
                 it->body.len, it->timeout_ms);
}

static void look_again(struct tgr_poll_call *it,
                       const struct tgr_poll_mark *now) {
  it->looked = *now;
  tgr_timer_start_ms(&it->call.api->loop->timers, &it->look, LOOK_MS);
}

static void on_idle(struct tgr_job *job) {
  struct tgr_poll_call *it = TGR_CONTAINER_OF(job, struct tgr_poll_call, idle);
  const struct tgr_poll_mark now = mark(it);
  if (tgr_poll_mark_awaits_server(&it->answered, &now)) {
    begin(it);
    return;
  }
  tgr_http_put_calm(it->call.api->http, &it->calm);
  look_again(it, &now);
}

/* The batch's handlers are behind the first turn in the ready list and before
 * the second. When they have left it calm they may have waited for anything:
 * then it is the idle loop's turn. */
static void on_calm(struct tgr_job *job) {
  struct tgr_poll_call *it = TGR_CONTAINER_OF(job, struct tgr_poll_call, calm);
  const struct tgr_api *api = it->call.api;
  if (it->hops == 0) {
    begin(it);
    return;
  }
  it->hops--;
  if (it->hops > 0)
    tgr_ready_put(&api->loop->ready, job);
  else if (!tgr_http_is_calm(api->http))
    tgr_http_put_calm(api->http, job);
}

static void on_look(struct tgr_timer *timer) {
  struct tgr_poll_call *it =
      TGR_CONTAINER_OF(timer, struct tgr_poll_call, look);
  const struct tgr_poll_mark now = mark(it);
  if (now.at_us - it->asked_us >= TGR_POLL_HELD_US ||
      tgr_poll_mark_awaits_server(&it->looked, &now))
    begin(it);
  else
    look_again(it, &now);
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
  tgr_job_init(&it->idle, on_idle);
  tgr_job_init(&it->calm, on_calm);
  tgr_timer_init(&it->look, on_look);
  it->answered = (struct tgr_poll_mark){0};
}

void tgr_poll_call_deinit(struct tgr_poll_call *it) {
  take_back(it);
  tgr_call_cancel(&it->call);
  tgr_call_deinit(&it->call);
  tgr_buf_deinit(&it->body);
}
