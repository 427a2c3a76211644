/* Requests out of the ordinary. */
#include "net/custom.h"

#include "net/handle.h"
#include "net/transfer.h"
#include "net/upload.h"

#include <string.h>
#include <strings.h>

static bool add_header(struct tgr_http_handle *handle, const char *line) {
  struct curl_slist *longer = curl_slist_append(handle->headers, line);
  if (longer != NULL)
    handle->headers = longer;
  return longer != NULL;
}

static bool has_header(const struct tgr_http_request *request,
                       const char *name) {
  const size_t len = strlen(name);
  for (size_t i = 0; i < request->header_count; i++)
    if (strncasecmp(request->headers[i], name, len) == 0 &&
        request->headers[i][len] == ':')
      return true;
  return false;
}

static bool set_headers(struct tgr_http_handle *handle) {
  const struct tgr_http_request *request = handle->request;
  bool ok = true;
  for (size_t i = 0; ok && i < request->header_count; i++)
    ok = add_header(handle, request->headers[i]);
  if (ok && !has_header(request, "Expect"))
    ok = add_header(handle, "Expect:");
  if (ok && request->body != NULL && !has_header(request, "Content-Type"))
    ok = add_header(handle, "Content-Type: application/json");
  curl_easy_setopt(handle->easy, CURLOPT_HTTPHEADER, handle->headers);
  return ok;
}

static CURLcode set_method(struct tgr_http_handle *handle) {
  const struct tgr_http_request *request = handle->request;
  CURL *easy = handle->easy;
  if (request->part_count == 0 && request->body != NULL)
    tgr_transfer_set_body(easy, request);
  else if (request->part_count == 0)
    curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
  if (request->method == NULL)
    return CURLE_OK;
  if (strcmp(request->method, "HEAD") == 0)
    return curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
  return curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
}

static CURLcode set_redirects(struct tgr_http_handle *handle) {
  const unsigned max = handle->request->max_redirects;
  if (max == 0)
    return CURLE_OK;
  curl_easy_setopt(handle->easy, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(handle->easy, CURLOPT_MAXREDIRS, (long)max);
  return curl_easy_setopt(handle->easy, CURLOPT_REDIR_PROTOCOLS_STR,
                          "http,https");
}

static bool is_final(const struct tgr_http_handle *handle) {
  long code = 0;
  curl_easy_getinfo(handle->easy, CURLINFO_RESPONSE_CODE, &code);
  return code >= 200;
}

/* CURLOPT_HEADERFUNCTION. After a redirect only the last answer's lines stay.
 */
static size_t on_header(char *line, size_t size, size_t count, void *user) {
  struct tgr_http_handle *handle = user;
  struct tgr_http_request *request = handle->request;
  const size_t len = size * count;
  if (len >= 5 && memcmp(line, "HTTP/", 5) == 0) {
    tgr_buf_clear(&request->head);
    handle->has_head = false;
  }
  if (line[0] == '\r' || line[0] == '\n')
    handle->has_head = is_final(handle);
  if (!request->keep_head)
    return len;
  const enum tgr_status status = tgr_buf_append(&request->head, line, len);
  if (status == TGR_OK)
    return len;
  request->failure = status;
  return 0;
}

enum tgr_status tgr_custom_set(struct tgr_http *http,
                               struct tgr_http_handle *handle) {
  const struct tgr_http_request *request = handle->request;
  CURL *easy = handle->easy;
  if (!tgr_http_handle_set_up(http, handle) || !set_headers(handle))
    return TGR_ENOMEM;
  CURLcode code = set_method(handle);
  if (code == CURLE_OK)
    code = set_redirects(handle);
  if (code == CURLE_OK)
    code = curl_easy_setopt(easy, CURLOPT_USERAGENT,
                            "tgrunner-lua/" TGR_VERSION_STRING);
  if (code != CURLE_OK)
    return TGR_ENOMEM;
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, handle);
  return request->part_count > 0 ? tgr_upload_attach(handle->request, easy)
                                 : TGR_OK;
}

void tgr_custom_unset(struct tgr_http_handle *handle) {
  curl_easy_reset(handle->easy);
  curl_slist_free_all(handle->headers);
  handle->headers = NULL;
}
