/* From curl's codes to a status and one line.
 *
 * curl's own words are used for TLS alone: there they say what no code says.
 * Elsewhere they may hold a URL, and a URL holds the token. */
#include "net/failure.h"

#include "base/log.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

TGR_PRINTF(3, 4)
static void tell(struct tgr_http_request *request, enum tgr_status status,
                 const char *format, ...) {
  va_list args;
  va_start(args, format);
  vsnprintf(request->error, sizeof request->error, format, args);
  va_end(args);
  const size_t len = tgr_log_redact(request->error, strlen(request->error));
  request->error[len] = '\0';
  request->status = status;
}

/* ": connection refused", or nothing when there is no errno. */
static const char *why(int code, char *text, size_t size) {
  text[0] = '\0';
  if (code == 0 || code == EAGAIN || code == EINPROGRESS)
    return text;
  char words[128] = "";
  if (uv_strerror_r(uv_translate_sys_error(code), words, sizeof words) != NULL)
    snprintf(text, size, ": %s", words);
  return text;
}

/* Of a socket that could not be had curl keeps no errno. */
static int errno_of(const struct tgr_http_handle *handle) {
  long code = 0;
  curl_easy_getinfo(handle->easy, CURLINFO_OS_ERRNO, &code);
  return code != 0 && code != EINPROGRESS
             ? (int)code
             : handle->request->http->multi.sockets.open_code;
}

/* ": connection reset by peer". Of a broken connection curl keeps no errno, but
 * its words are "Recv failure: Connection reset by peer". */
static const char *why_broken(const struct tgr_http_handle *handle, char *text,
                              size_t size) {
  static const char mark[] = "failure: ";
  const char *words = strstr(handle->reason, mark);
  text[0] = '\0';
  if (words != NULL && words[sizeof mark - 1] != '\0') {
    snprintf(text, size, ": %s", words + sizeof mark - 1);
    text[2] = (char)tolower((unsigned char)text[2]);
  }
  return text;
}

static const char *origin(const struct tgr_http_request *request) {
  return tgr_http_url_origin(request->url);
}

const char *tgr_failure_span(uint64_t ms, char *text, size_t size) {
  if (ms % 1000 == 0)
    snprintf(text, size, "%" PRIu64 " s", ms / 1000);
  else
    snprintf(text, size, "%" PRIu64 " ms", ms);
  return text;
}

static bool is_connected(const struct tgr_http_request *request) {
  curl_off_t us = 0;
  if (request->handle != NULL && !request->handle->dials)
    curl_easy_getinfo(request->handle->easy, CURLINFO_PRETRANSFER_TIME_T, &us);
  return request->wire != NULL || us > 0;
}

static void tell_timeout(struct tgr_http_request *request, uint64_t ms) {
  char text[32];
  tell(request, TGR_ETIMEOUT,
       is_connected(request) ? "no answer from %s within %s"
                             : "could not connect to %s within %s",
       origin(request), tgr_failure_span(ms, text, sizeof text));
}

/* The head is kept up to its buffer's limit. */
static void tell_too_large(struct tgr_http_request *request) {
  const bool is_head = request->lane >= TGR_HTTP_FILE &&
                       request->handle != NULL && !request->handle->has_head;
  tell(request, TGR_ELIMIT, "the %sanswer of %s is larger than %zu bytes",
       is_head ? "head of the " : "", origin(request),
       is_head ? request->head.max : request->max_response);
}

void tgr_failure_tell_own(struct tgr_http_request *request,
                          enum tgr_status status) {
  char text[32];
  switch (status) {
  case TGR_ETIMEOUT:
    tell_timeout(request, request->timeout_ms);
    break;
  case TGR_ECANCELED: /* see on_stall in http.c */
    tell(request, TGR_ETIMEOUT, "nothing moved to or from %s for %s",
         origin(request),
         tgr_failure_span(request->stall_ms, text, sizeof text));
    break;
  case TGR_ELIMIT:
    tell_too_large(request);
    break;
  case TGR_EIO:
  case TGR_ENOENT:
    request->status = status; /* reader.c has said why */
    break;
  default:
    tell(request, status, "out of memory for a request to %s", origin(request));
  }
}

void tgr_failure_tell_connect(struct tgr_http_request *request, int code) {
  char text[160];
  const bool proxy =
      request->http->proxy != NULL && request->http->proxy[0] != '\0';
  tell(request, TGR_ENET, "could not connect to %s%s",
       proxy ? "the proxy" : origin(request), why(code, text, sizeof text));
}

static void tell_broken(struct tgr_http_request *request, bool sending,
                        const char *reason) {
  if (sending)
    tell(request, TGR_ENET, "the connection to %s broke while sending%s",
         origin(request), reason);
  else if (request->http_status != 0)
    tell(request, TGR_ENET, "%s closed the connection in mid-answer%s",
         origin(request), reason);
  else
    tell(request, TGR_ENET, "%s closed the connection without an answer%s",
         origin(request), reason);
}

void tgr_failure_tell_break(struct tgr_http_request *request) {
  const struct tgr_wire *wire = request->wire;
  char text[160];
  tell_broken(request, wire->deaf,
              wire->tls != NULL ? why_broken(wire->tls, text, sizeof text)
                                : why(wire->code, text, sizeof text));
}

void tgr_failure_tell_protocol(struct tgr_http_request *request) {
  tell(request, TGR_EPROTO, "%s does not answer in HTTP: %s", origin(request),
       request->wire->frame.wrong);
}

static void tell_tls(const struct tgr_http_handle *handle, CURLcode code) {
  struct tgr_http_request *request = handle->request;
  tell(request, TGR_ENET, "no secure connection to %s: %s", origin(request),
       handle->reason[0] != '\0' ? handle->reason : curl_easy_strerror(code));
}

static bool is_break(CURLcode code) {
  return code == CURLE_GOT_NOTHING || code == CURLE_PARTIAL_FILE ||
         code == CURLE_RECV_ERROR || code == CURLE_SEND_ERROR;
}

static bool is_foreign(CURLcode code) {
  return code == CURLE_WEIRD_SERVER_REPLY ||
         code == CURLE_UNSUPPORTED_PROTOCOL ||
         code == CURLE_BAD_CONTENT_ENCODING;
}

/* curl has the same code for an answer that is no HTTP: that has no head. */
static bool is_strange_redirect(const struct tgr_http_handle *handle,
                                CURLcode code) {
  return code == CURLE_UNSUPPORTED_PROTOCOL && handle->has_head;
}

static bool is_tls(CURLcode code) {
  return code == CURLE_SSL_CONNECT_ERROR ||
         code == CURLE_PEER_FAILED_VERIFICATION ||
         code == CURLE_SSL_CERTPROBLEM || code == CURLE_SSL_CIPHER ||
         code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_ISSUER_ERROR;
}

static void tell_other(const struct tgr_http_handle *handle, CURLcode code) {
  struct tgr_http_request *request = handle->request;
  if (code == CURLE_COULDNT_RESOLVE_HOST)
    tell(request, TGR_ENET, "could not find the address of %s",
         origin(request));
  else if (code == CURLE_COULDNT_RESOLVE_PROXY)
    tell(request, TGR_ENET, "could not find the address of the proxy");
  else if (code == CURLE_OPERATION_TIMEDOUT)
    tell_timeout(request, request->connect_timeout_ms);
  else if (code == CURLE_OUT_OF_MEMORY)
    tell(request, TGR_ENOMEM, "out of memory for a request to %s",
         origin(request));
  else
    tell(request, TGR_ENET, "the request to %s failed: %s", origin(request),
         curl_easy_strerror(code));
}

void tgr_failure_tell(const struct tgr_http_handle *handle, CURLcode code) {
  struct tgr_http_request *request = handle->request;
  char text[160];
  if (request->failure != TGR_OK)
    tgr_failure_tell_own(request, request->failure);
  else if (handle->repeats) /* curl's words would be about our refusal */
    tell(request, TGR_ENET, "%s closed the connection without an answer",
         origin(request));
  else if (code == CURLE_COULDNT_CONNECT)
    tgr_failure_tell_connect(request, errno_of(handle));
  else if (is_break(code))
    tell_broken(request, code == CURLE_SEND_ERROR,
                why_broken(handle, text, sizeof text));
  else if (is_strange_redirect(handle, code))
    tell(request, TGR_EPROTO, "%s redirects to what is neither http nor https",
         origin(request));
  else if (is_foreign(code))
    tell(request, TGR_EPROTO, "%s does not answer in HTTP", origin(request));
  else if (is_tls(code))
    tell_tls(handle, code);
  else
    tell_other(handle, code);
}

void tgr_failure_tell_early(struct tgr_http_request *request) {
  if (request->error[0] == '\0')
    tell(request, request->failure, "no request to %s: %s", origin(request),
         tgr_strerror(request->failure));
  request->status = request->failure;
}

void tgr_failure_note_disk(struct tgr_http_request *request, const char *path) {
  char text[32];
  tell(request, TGR_EIO, "cannot read %s: the disk has not answered for %s",
       path, tgr_failure_span(request->stall_ms, text, sizeof text));
  request->failure = TGR_EIO;
}
