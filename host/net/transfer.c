/* One request on one easy handle. */
#include "net/transfer.h"

#include "net/custom.h"
#include "net/failure.h"
#include "net/url_inside.h"

#include <string.h>

static size_t fail_write(struct tgr_http_request *request,
                         enum tgr_status status) {
  request->failure = status;
  return 0; /* curl ends the transfer with CURLE_WRITE_ERROR */
}

static int status_of(const struct tgr_http_handle *handle) {
  long code = 0;
  curl_easy_getinfo(handle->easy, CURLINFO_RESPONSE_CODE, &code);
  return (int)code;
}

/* Keeps the bytes until the ready list hands them to on_body. */
static size_t write_stream(struct tgr_http_request *request, const char *bytes,
                           size_t len) {
  if (request->response.len >= TGR_HTTP_HIGH_WATER || request->held) {
    request->paused |= CURLPAUSE_RECV;
    return CURL_WRITEFUNC_PAUSE;
  }
  if (tgr_buf_append(&request->response, bytes, len) != TGR_OK)
    return fail_write(request, TGR_ENOMEM);
  tgr_ready_put(&request->http->loop->ready, &request->job);
  return len;
}

size_t tgr_transfer_on_write(char *bytes, size_t size, size_t count,
                             void *user) {
  const struct tgr_http_handle *handle = user;
  struct tgr_http_request *request = handle->request;
  const size_t len = size * count;
  if (len > request->max_response - request->received)
    return fail_write(request, TGR_ELIMIT);
  if (request->received == 0)
    request->http_status = status_of(handle);
  if (request->on_body != NULL) {
    const size_t taken = write_stream(request, bytes, len);
    request->received += taken == len ? len : 0;
    return taken;
  }
  if (tgr_buf_append(&request->response, bytes, len) != TGR_OK)
    return fail_write(request, TGR_ENOMEM);
  request->received += len;
  return len;
}

void tgr_transfer_set_body(CURL *easy, const struct tgr_http_request *request) {
  curl_easy_setopt(easy, CURLOPT_POSTFIELDS,
                   request->body != NULL ? request->body : "");
  curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                   (curl_off_t)request->body_len);
}

void tgr_transfer_set_connect(struct tgr_http_handle *handle) {
  curl_easy_setopt(handle->easy, CURLOPT_CURLU, handle->request->url->parsed);
  const uint64_t wanted_ms = handle->request->connect_timeout_ms;
  if (handle->connect_timeout_ms == wanted_ms)
    return;
  curl_easy_setopt(handle->easy, CURLOPT_CONNECTTIMEOUT_MS,
                   wanted_ms > INT32_MAX ? (long)INT32_MAX : (long)wanted_ms);
  handle->connect_timeout_ms = wanted_ms;
}

enum tgr_status tgr_transfer_set(struct tgr_http *http,
                                 struct tgr_http_handle *handle) {
  const struct tgr_http_request *request = handle->request;
  enum tgr_status status = TGR_OK;
  if (request->lane >= TGR_HTTP_FILE)
    status = tgr_custom_set(http, handle);
  else
    tgr_transfer_set_body(handle->easy, request);
  tgr_transfer_set_connect(handle);
  return status;
}

void tgr_transfer_unset(struct tgr_http_handle *handle) {
  if (handle->request->lane >= TGR_HTTP_FILE)
    tgr_custom_unset(handle);
}

static uint64_t get_size(const struct tgr_http_handle *handle, CURLINFO what) {
  curl_off_t value = 0;
  curl_easy_getinfo(handle->easy, what, &value);
  return value > 0 ? (uint64_t)value : 0;
}

static long get_long(const struct tgr_http_handle *handle, CURLINFO what) {
  long value = 0;
  curl_easy_getinfo(handle->easy, what, &value);
  return value;
}

bool tgr_transfer_sent(const struct tgr_http_handle *handle) {
  return get_long(handle, CURLINFO_REQUEST_SIZE) > 0;
}

int tgr_transfer_on_begin(void *user, char *peer, char *local, int peer_port,
                          int local_port) {
  (void)peer;
  (void)local;
  (void)peer_port;
  (void)local_port;
  struct tgr_http_handle *handle = user;
  const long redirects = get_long(handle, CURLINFO_REDIRECT_COUNT);
  handle->repeats = handle->begun && redirects == handle->redirects &&
                    tgr_transfer_sent(handle);
  handle->begun = true;
  handle->has_head = false; /* not that of a redirect, or of a proxy */
  handle->redirects = redirects;
  return handle->repeats ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

/* Whether what curl takes for a complete answer ends within its head, as 7.88
 * does not notice, or is less than it was known to be. */
static bool is_cut(const struct tgr_http_handle *handle) {
  const struct tgr_http_request *request = handle->request;
  if (request->lane < TGR_HTTP_FILE)
    return false;
  return !handle->has_head || (request->http_status / 100 == 2 &&
                               request->received < request->expected);
}

void tgr_transfer_collect(struct tgr_http_handle *handle, CURLcode code) {
  struct tgr_http_request *request = handle->request;
  request->http_status = status_of(handle);
  if (code == CURLE_OK && request->failure == TGR_OK && is_cut(handle))
    code = CURLE_PARTIAL_FILE;
  request->sent = tgr_transfer_sent(handle);
  request->reused =
      request->sent && get_long(handle, CURLINFO_NUM_CONNECTS) == 0;
  if (code != CURLE_OK || request->failure != TGR_OK)
    tgr_failure_tell(handle, code);
}

uint64_t tgr_transfer_moved(const struct tgr_http_handle *handle) {
  return get_size(handle, CURLINFO_SIZE_UPLOAD_T) +
         get_size(handle, CURLINFO_SIZE_DOWNLOAD_T);
}

void tgr_transfer_unpause(struct tgr_http_request *request, unsigned bits) {
  if ((request->paused & bits) == 0)
    return;
  CURL *easy = request->handle->easy;
  /* A read callback that pauses behind some bytes of the form's own is noticed
   * by curl only at the next read, and to unpause what is not paused yet does
   * nothing: so it is paused for certain first. */
  curl_easy_pause(easy, request->paused);
  request->paused &= (uint8_t)~bits;
  curl_easy_pause(easy, request->paused);
}
