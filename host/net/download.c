/* A GET whose body goes to a file: http on one side, a writer on the other, a
 * pause in between when the writer is behind. */
#include "net/download.h"

#include "net/core.h"
#include "net/failure.h"
#include "net/writer.h"

#include <stdio.h>
#include <string.h>

enum { BACKLOG_MAX = 1024 * 1024, REFUSAL_MAX = 16 * 1024, STALL_MS = 60000 };

static const uint64_t max_bytes = UINT64_C(2) << 30;

static bool is_success(const struct tgr_http_request *request) {
  return request->http_status >= 200 && request->http_status < 300;
}

static void fail(struct tgr_download *download, enum tgr_status status,
                 const char *text) {
  struct tgr_http_request *request = &download->request;
  if (request->status != TGR_OK)
    return;
  request->status = status;
  snprintf(request->error, sizeof request->error, "%s", text);
}

static void finish(struct tgr_download *download) {
  tgr_http_cancel(&download->request);
  tgr_ready_drop(&download->job);
  tgr_timer_stop(&download->http->loop->timers, &download->disk);
  tgr_writer_free(download->writer);
  download->writer = NULL;
  download->http = NULL;
  download->done(download);
}

/* The first bytes of an error's body are kept, for people. */
static void keep_refusal(struct tgr_download *download, const char *bytes,
                         size_t len) {
  struct tgr_buf *refusal = &download->refusal;
  const size_t room = REFUSAL_MAX - refusal->len;
  if (tgr_buf_append(refusal, bytes, len < room ? len : room) != TGR_OK)
    fail(download, TGR_ENOMEM, "out of memory for a download");
}

static void on_body(struct tgr_http_request *request, const char *bytes,
                    size_t len) {
  struct tgr_download *download =
      TGR_CONTAINER_OF(request, struct tgr_download, request);
  if (!is_success(request)) {
    keep_refusal(download, bytes, len);
    return;
  }
  if (tgr_writer_put(download->writer, bytes, len) != TGR_OK) {
    fail(download, TGR_ENOMEM, "out of memory for a download");
    tgr_http_pause(request);
    tgr_ready_put(&download->http->loop->ready, &download->job);
    return;
  }
  if (tgr_writer_backlog(download->writer) > BACKLOG_MAX)
    tgr_http_pause(request);
  if (download->progress != NULL)
    download->progress(download, request->received);
}

static void on_received(struct tgr_http_request *request) {
  struct tgr_download *download =
      TGR_CONTAINER_OF(request, struct tgr_download, request);
  download->received = true;
  if (request->status == TGR_OK && is_success(request))
    tgr_writer_finish(download->writer);
  else
    tgr_ready_put(&download->http->loop->ready, &download->job);
}

/* Whatever has changed: what does it mean? */
static void look(struct tgr_job *job) {
  struct tgr_download *download =
      TGR_CONTAINER_OF(job, struct tgr_download, job);
  struct tgr_http_request *request = &download->request;
  const struct tgr_writer *writer = download->writer; /* NULL: no memory */
  if (writer != NULL && tgr_writer_state(writer) == TGR_WRITER_FAILED)
    fail(download, tgr_writer_error(writer)->status,
         tgr_writer_error(writer)->text);
  const bool refused = download->received && !is_success(request);
  if (request->status != TGR_OK || refused ||
      tgr_writer_state(writer) == TGR_WRITER_DONE)
    finish(download);
  else if (!download->received && tgr_writer_backlog(writer) <= BACKLOG_MAX)
    tgr_http_resume(request);
}

static void watch_disk(struct tgr_download *download) {
  if (download->request.stall_ms > 0)
    tgr_timer_start_ms(&download->http->loop->timers, &download->disk,
                       download->request.stall_ms);
}

static void on_disk(struct tgr_timer *timer) {
  struct tgr_download *download =
      TGR_CONTAINER_OF(timer, struct tgr_download, disk);
  bool waits = false;
  const unsigned answers = tgr_writer_answers(download->writer, &waits);
  if (!waits || answers != download->answers) {
    download->answers = answers;
    watch_disk(download);
    return;
  }
  char text[TGR_ERROR_TEXT_MAX];
  char span[32];
  snprintf(text, sizeof text,
           "cannot write %s: the disk has not answered for %s",
           tgr_writer_path(download->writer),
           tgr_failure_span(download->request.stall_ms, span, sizeof span));
  fail(download, TGR_EIO, text);
  tgr_ready_put(&download->http->loop->ready, &download->job);
}

static void on_changed(void *user) {
  struct tgr_download *download = user;
  tgr_ready_put(&download->http->loop->ready, &download->job);
}

void tgr_download_init(struct tgr_download *download,
                       void (*done)(struct tgr_download *download)) {
  *download = (struct tgr_download){.done = done};
  struct tgr_http_request *request = &download->request;
  tgr_http_request_init(request);
  request->lane = TGR_HTTP_FILE;
  request->on_body = on_body;
  request->done = on_received;
  request->max_redirects = 5;
  request->max_response = max_bytes;
  request->stall_ms = STALL_MS;
  tgr_job_init(&download->job, look);
  tgr_timer_init(&download->disk, on_disk);
}

void tgr_download_deinit(struct tgr_download *download) {
  tgr_http_request_deinit(&download->request);
  if (download->refusal.mem != NULL)
    tgr_buf_deinit(&download->refusal);
}

void tgr_download_start(struct tgr_http *http, struct tgr_download *download,
                        const struct tgr_http_url *url, const char *path) {
  download->http = http;
  download->received = false;
  download->request.url = url;
  if (download->refusal.mem == NULL)
    tgr_buf_init(&download->refusal, http->mem, REFUSAL_MAX);
  tgr_buf_clear(&download->refusal);
  download->request.status = TGR_OK;
  if (tgr_writer_new(http->loop, path, on_changed, download,
                     &download->writer) == TGR_OK) {
    download->answers = 0;
    watch_disk(download);
    tgr_http_start(http, &download->request);
    return;
  }
  fail(download, TGR_ENOMEM, "out of memory for a download");
  tgr_ready_put(&http->loop->ready, &download->job);
}

void tgr_download_cancel(struct tgr_download *download) {
  if (download->http == NULL)
    return;
  tgr_http_cancel(&download->request);
  tgr_ready_drop(&download->job);
  tgr_timer_stop(&download->http->loop->timers, &download->disk);
  tgr_writer_free(download->writer);
  download->writer = NULL;
  download->http = NULL;
}
