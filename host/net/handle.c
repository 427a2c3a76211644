/* The pool of easy handles. */
#include "net/handle.h"

#include "net/transfer.h"
#include "net/trust.h"

/* What a call's handle reads at once: answers are small, and curl's 16 KiB for
 * each of 500 handles cost 1.6 MiB more. */
static const long CALL_BUFFER = 4096;

static void set_ip(CURL *easy, enum tgr_http_ip ip) {
  static const long resolve[] = {CURL_IPRESOLVE_WHATEVER, CURL_IPRESOLVE_V4,
                                 CURL_IPRESOLVE_V6};
  curl_easy_setopt(easy, CURLOPT_IPRESOLVE, resolve[ip]);
}

/* These copy their strings and so may fail. */
static bool set_strings(const struct tgr_http *http, CURL *easy) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  if (code == CURLE_OK && http->proxy != NULL)
    code = curl_easy_setopt(easy, CURLOPT_PROXY, http->proxy);
  if (code == CURLE_OK && http->proxy != NULL && http->proxy[0] == '\0')
    code = curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
  return code == CURLE_OK && tgr_trust_set(http, easy) == CURLE_OK;
}

bool tgr_http_handle_set_up(struct tgr_http *http,
                            struct tgr_http_handle *handle) {
  CURL *easy = handle->easy;
  curl_easy_setopt(easy, CURLOPT_PRIVATE, handle);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, handle->reason);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 1L);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 0L);
  curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
  curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, http->json_headers);
  curl_easy_setopt(easy, CURLOPT_SHARE, http->share);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, tgr_sockets_open);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &http->multi.sockets);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, tgr_sockets_close);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, &http->multi.sockets);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, tgr_transfer_on_write);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, handle);
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, tgr_transfer_on_begin);
  curl_easy_setopt(easy, CURLOPT_PREREQDATA, handle);
  set_ip(easy, http->ip);
  handle->connect_timeout_ms = 0;
  return set_strings(http, easy);
}

struct tgr_http_handle *tgr_http_handle_new(struct tgr_http *http) {
  struct tgr_http_handle *handle = tgr_mem_new0(http->mem, sizeof *handle);
  if (handle == NULL)
    return NULL;
  tgr_link_init(&handle->link);
  handle->easy = curl_easy_init();
  if (handle->easy != NULL && tgr_http_handle_set_up(http, handle))
    return handle;
  tgr_http_handle_free(http, handle);
  return NULL;
}

void tgr_http_handle_free(struct tgr_http *http,
                          struct tgr_http_handle *handle) {
  curl_easy_cleanup(handle->easy);
  tgr_mem_free(http->mem, handle);
}

struct tgr_http_handle *tgr_http_handle_get(struct tgr_http *http,
                                            enum tgr_http_lane lane) {
  struct tgr_http_places *places = &http->places[lane];
  if (!tgr_list_empty(&places->idle)) { /* the warmest one */
    struct tgr_link *last = places->idle.head.prev;
    tgr_list_remove(last);
    return TGR_CONTAINER_OF(last, struct tgr_http_handle, link);
  }
  struct tgr_http_handle *handle = tgr_http_handle_new(http);
  if (handle == NULL)
    return NULL;
  if (lane == TGR_HTTP_CALL)
    curl_easy_setopt(handle->easy, CURLOPT_BUFFERSIZE, CALL_BUFFER);
  places->handles++;
  return handle;
}

void tgr_http_handle_put(struct tgr_http *http, enum tgr_http_lane lane,
                         struct tgr_http_handle *handle) {
  handle->request = NULL;
  tgr_list_append(&http->places[lane].idle, &handle->link);
}

void tgr_http_handle_free_all(struct tgr_http *http, enum tgr_http_lane lane) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&http->places[lane].idle)) != NULL)
    tgr_http_handle_free(http,
                         TGR_CONTAINER_OF(link, struct tgr_http_handle, link));
}
