/* Requests: their lanes, their places, their ends.
 *
 * A request goes through these phases:
 *
 *   IDLE → WAITING → OPEN → ENDED → IDLE
 *                    ↑  ↓
 *            RETURNING ← ASIDE
 *
 *   WAITING  its lane has no place; it is in our own queue. curl's is never
 *            used: curl walks the list of its pending transfers linearly.
 *   OPEN     it has a place, and a handle once its files are open.
 *   ASIDE    its place is free for others: it has a handle and waits for a
 *            pull's next piece, which may itself wait for a place.
 *   RETURNING the piece is there, and a place is not; it comes before WAITING.
 *   ENDED    place and handle are free again; the results are there and the
 *            ready list will call `done`.
 *
 * Who acts when: start and cancel act on curl directly, and are called by jobs
 * or from outside the loop; timers and curl's callbacks only note (`failure`)
 * and put the request's job; the job `deliver` does the rest. So no callback of
 * a caller ever runs within curl, and no caller is called within its own call.
 *
 * Where the rest is: core.c makes the parts, carry.c chooses between our own
 * connections (lean.c, wires.c) and curl's transfers (transfer.c, handle.c),
 * multi.c drives curl from the loop, sockets.c keeps its sockets, failure.c
 * puts errors into words. */
#include "net/http.h"

#include "loop/sigpipe.h"
#include "net/calm.h"
#include "net/carry.h"
#include "net/core.h"
#include "net/failure.h"
#include "net/transfer.h"
#include "net/upload.h"

#include <assert.h>

enum phase { IDLE, WAITING, OPEN, ASIDE, RETURNING, ENDED };

enum { CONNECT_TIMEOUT_MS = 10000, MAX_RESPONSE = 64 << 20 };

void tgr_http_options_init(struct tgr_http_options *options) {
  *options = (struct tgr_http_options){.max_open = {500, 0, 16, 500}};
}

static void deliver(struct tgr_job *job);
static void on_timeout(struct tgr_timer *timer);
static void on_stall(struct tgr_timer *timer);

void tgr_http_request_init(struct tgr_http_request *request) {
  *request = (struct tgr_http_request){.connect_timeout_ms = CONNECT_TIMEOUT_MS,
                                       .max_response = MAX_RESPONSE};
  tgr_link_init(&request->link);
  tgr_job_init(&request->job, deliver);
  tgr_timer_init(&request->timer, on_timeout);
  tgr_timer_init(&request->stall, on_stall);
}

/* ---- ends --------------------------------------------------------------- */

static struct tgr_http_places *places_of(struct tgr_http_request *request) {
  return &request->http->places[request->lane];
}

static void launch_waiting(struct tgr_http *http, enum tgr_http_lane lane);

static bool is_begun(const struct tgr_http_request *request) {
  return request->phase >= OPEN && request->phase <= RETURNING;
}

static void set_phase(struct tgr_http_request *request, enum phase phase,
                      struct tgr_list *list) {
  request->phase = phase;
  tgr_list_remove(&request->link);
  tgr_list_append(list, &request->link);
}

/* Takes handle, timers and place from the request. */
static void vacate(struct tgr_http_request *request) {
  struct tgr_http *http = request->http;
  tgr_timer_stop(&http->loop->timers, &request->timer);
  tgr_timer_stop(&http->loop->timers, &request->stall);
  tgr_carry_drop(request);
  tgr_upload_free(request);
  if (request->phase == OPEN)
    places_of(request)->open--;
}

/* The results are there; the next one may have the place. */
static void end(struct tgr_http_request *request) {
  struct tgr_http *http = request->http;
  request->took_us = tgr_loop_clock_us() - request->start_us;
  places_of(request)->took_us = request->took_us;
  vacate(request);
  tgr_width_note_end(&places_of(request)->width, places_of(request)->open);
  set_phase(request, ENDED, &places_of(request)->present);
  tgr_ready_put(&http->loop->ready, &request->job);
  launch_waiting(http, request->lane);
}

static void on_ended(struct tgr_multi *multi, CURL *easy, CURLcode code) {
  char *user = NULL;
  (void)multi;
  curl_easy_getinfo(easy, CURLINFO_PRIVATE, &user);
  struct tgr_http_handle *handle = (struct tgr_http_handle *)(void *)user;
  struct tgr_http_request *request = handle->request;
  if (tgr_carry_ends(handle, code))
    end(request);
}

/* Notes why a request has to end; its job will see to it. */
static void note_failure(struct tgr_http_request *request,
                         enum tgr_status status) {
  if (request->failure == TGR_OK)
    request->failure = status;
  tgr_ready_put(&request->http->loop->ready, &request->job);
}

static void on_starved(struct tgr_multi *multi, CURL *easy) {
  char *user = NULL;
  (void)multi;
  curl_easy_getinfo(easy, CURLINFO_PRIVATE, &user);
  struct tgr_http_handle *handle = (struct tgr_http_handle *)(void *)user;
  if (handle->request != NULL)
    note_failure(handle->request, TGR_ENOMEM);
}

static void on_timeout(struct tgr_timer *timer) {
  note_failure(TGR_CONTAINER_OF(timer, struct tgr_http_request, timer),
               TGR_ETIMEOUT);
}

/* A request that waits for the script, or for whoever takes its bytes, may do
 * so for ever; one that waits for a disk may not. Both limits of time are
 * timeouts; TGR_ECANCELED tells them apart in failure.c. */
static void on_stall(struct tgr_timer *timer) {
  struct tgr_http_request *request =
      TGR_CONTAINER_OF(timer, struct tgr_http_request, stall);
  const uint64_t moved = tgr_carry_moved(request);
  const bool waits_for_us =
      !tgr_carry_has(request) || request->held || request->paused != 0;
  if (moved == request->moved && tgr_upload_note_stall(request)) {
    note_failure(request, request->failure);
    return;
  }
  if (moved == request->moved && !waits_for_us) {
    note_failure(request, TGR_ECANCELED);
    return;
  }
  request->moved = moved;
  tgr_timer_start_ms(&request->http->loop->timers, timer, request->stall_ms);
}

/* ---- starts ------------------------------------------------------------- */

/* Goes on towards the transfer: once its files are open, it begins. */
static void approach(struct tgr_http_request *request) {
  enum tgr_status status = TGR_OK;
  if (request->part_count > 0 && request->upload == NULL)
    status = tgr_upload_new(request);
  if (status == TGR_OK && request->upload != NULL &&
      !tgr_upload_is_open(request))
    status = request->failure; /* TGR_OK: its job will run again */
  else if (status == TGR_OK)
    status = tgr_carry_begin(request);
  if (status != TGR_OK)
    note_failure(request, status);
}

/* Gives the request a place and starts it. */
static void launch(struct tgr_http *http, struct tgr_http_request *request) {
  struct tgr_timers *timers = &http->loop->timers;
  struct tgr_http_places *places = &http->places[request->lane];
  const uint64_t now_us = tgr_loop_clock_us();
  request->wait_us = now_us - request->start_us;
  request->start_us = now_us;
  set_phase(request, OPEN, &places->present);
  places->open++;
  places->started++;
  if (request->timeout_ms > 0)
    tgr_timer_start_ms(timers, &request->timer, request->timeout_ms);
  if (request->stall_ms > 0)
    tgr_timer_start_ms(timers, &request->stall, request->stall_ms);
  approach(request);
}

static void launch_waiting(struct tgr_http *http, enum tgr_http_lane lane) {
  struct tgr_http_places *places = &http->places[lane];
  while (places->open < places->width.now && http->held == 0) {
    struct tgr_link *link = tgr_list_first(&places->returning);
    const bool returns = link != NULL;
    if (!returns && (link = tgr_list_take(&places->queue)) == NULL)
      break;
    struct tgr_http_request *request =
        TGR_CONTAINER_OF(link, struct tgr_http_request, link);
    if (returns) {
      set_phase(request, OPEN, &places->present);
      places->open++;
      tgr_ready_put(&http->loop->ready, &request->job);
    } else {
      places->waiting--;
      launch(http, request);
    }
  }
  if (places->waiting > 0)
    tgr_width_note_waiting(&places->width);
  else
    tgr_width_note_none(&places->width);
  if (lane == TGR_HTTP_CALL)
    tgr_calm_note(http);
}

static void on_widened(struct tgr_width *width) {
  struct tgr_http_places *calls =
      TGR_CONTAINER_OF(width, struct tgr_http_places, width);
  launch_waiting(
      TGR_CONTAINER_OF(calls, struct tgr_http, places[TGR_HTTP_CALL]),
      TGR_HTTP_CALL);
}

/* Nobody is to wait for a place because of what makes a pull's bytes: that may
 * take long, or wait for a place itself. */
static void yield_place(struct tgr_http_request *request) {
  struct tgr_http_places *places = places_of(request);
  if (request->phase == OPEN && request->awaits_pull) {
    request->phase = ASIDE;
    places->open--;
  } else if (request->phase == ASIDE && !request->awaits_pull) {
    set_phase(request, RETURNING, &places->returning);
  }
  launch_waiting(request->http, request->lane);
}

void tgr_http_start(struct tgr_http *http, struct tgr_http_request *request) {
  assert(tgr_loop_is_mine(http->loop));
  assert(!tgr_http_is_open(request) && request->done != NULL);
  struct tgr_http_places *places = &http->places[request->lane];
  tgr_http_core_clear(http, request);
  request->http = http;
  request->phase = WAITING;
  request->start_us = tgr_loop_clock_us();
  tgr_list_append(&places->queue, &request->link);
  places->waiting++;
  launch_waiting(http, request->lane);
}

/* ---- delivery ----------------------------------------------------------- */

/* Hands the bytes that are there to on_body; false when that was the last of
 * the request. */
static bool deliver_body(struct tgr_http_request *request) {
  bool gone = false;
  request->gone = &gone;
  request->on_body(request, request->response.bytes, request->response.len);
  if (gone)
    return false;
  request->gone = NULL;
  tgr_buf_clear(&request->response);
  if (!request->held && request->handle != NULL)
    tgr_transfer_unpause(request, CURLPAUSE_RECV);
  return true;
}

/* Ends a request that failed on our side. */
static void abort_open(struct tgr_http_request *request) {
  if (tgr_carry_has(request))
    tgr_carry_collect(request);
  else
    tgr_failure_tell_early(request);
  end(request);
}

static void finish(struct tgr_http_request *request) {
  tgr_list_remove(&request->link);
  tgr_ready_drop(&request->job);
  request->http = NULL;
  request->phase = IDLE;
  request->done(request);
}

/* What was noted of a request that is open: it may begin, go on, or must end.
 */
static void act_on_notes(struct tgr_http_request *request) {
  if (request->failure == TGR_OK && !tgr_carry_has(request))
    approach(request);
  if (request->failure != TGR_OK)
    abort_open(request);
  else if (request->awaits_pull || request->phase != OPEN)
    yield_place(request);
  else if (request->handle != NULL)
    tgr_transfer_unpause(request, CURLPAUSE_SEND);
}

static void deliver(struct tgr_job *job) {
  struct tgr_http_request *request =
      TGR_CONTAINER_OF(job, struct tgr_http_request, job);
  if (is_begun(request))
    act_on_notes(request);
  if (request->held)
    return;
  if (request->on_body != NULL && request->response.len > 0 &&
      !deliver_body(request))
    return;
  if (request->phase == ENDED && !request->held)
    finish(request);
}

void tgr_http_pause(struct tgr_http_request *request) {
  request->held = true;
}

void tgr_http_resume(struct tgr_http_request *request) {
  if (!request->held)
    return;
  request->held = false;
  if (request->handle != NULL)
    tgr_transfer_unpause(request, CURLPAUSE_RECV);
  tgr_ready_put(&request->http->loop->ready, &request->job);
}

void tgr_http_cancel(struct tgr_http_request *request) {
  struct tgr_http *http = request->http;
  if (http == NULL)
    return;
  assert(tgr_loop_is_mine(http->loop));
  if (request->gone != NULL)
    *request->gone = true;
  request->gone = NULL;
  tgr_list_remove(&request->link);
  tgr_ready_drop(&request->job);
  if (request->phase == WAITING)
    places_of(request)->waiting--;
  const bool was_open = is_begun(request);
  if (was_open) {
    request->sent = tgr_carry_sent(request);
    vacate(request);
  }
  request->phase = IDLE;
  request->http = NULL;
  launch_waiting(http, request->lane);
}

void tgr_http_hold(struct tgr_http *http) {
  http->held++;
}

void tgr_http_go_on(struct tgr_http *http) {
  if (--http->held > 0)
    return;
  for (int lane = 0; lane < TGR_HTTP_LANES; lane++)
    launch_waiting(http, (enum tgr_http_lane)lane);
}

/* ---- life --------------------------------------------------------------- */

enum tgr_status tgr_http_new(const struct tgr_mem *mem, struct tgr_loop *loop,
                             const struct tgr_http_options *options,
                             struct tgr_http **out) {
  struct tgr_http_options defaults;
  tgr_http_options_init(&defaults);
  if (options == NULL)
    options = &defaults;
  struct tgr_http *http = NULL;
  const enum tgr_status status = tgr_http_core_new(mem, loop, options, &http);
  if (status != TGR_OK)
    return status;
  http->ended = end;
  http->multi.ended = on_ended;
  http->multi.starved = on_starved;
  http->places[TGR_HTTP_CALL].width.widened = on_widened;
  *out = http;
  return TGR_OK;
}

static void cancel_all(struct tgr_list *list) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_first(list)) != NULL)
    tgr_http_cancel(TGR_CONTAINER_OF(link, struct tgr_http_request, link));
}

void tgr_http_free(struct tgr_http *http) {
  if (http == NULL)
    return;
  struct tgr_sigpipe saved; /* connections may say goodbye */
  tgr_sigpipe_block(&saved);
  for (int i = 0; i < TGR_HTTP_LANES; i++) {
    cancel_all(&http->places[i].queue); /* first: or they would be launched */
    cancel_all(&http->places[i].returning);
    cancel_all(&http->places[i].present);
  }
  tgr_list_append_all(&http->loop->ready.jobs, &http->calm.jobs);
  tgr_http_core_free(http);
  tgr_sigpipe_restore(&saved);
}
