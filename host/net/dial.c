/* Connections that libcurl makes for us. */
#include "net/dial.h"

#include "net/handle.h"
#include "net/transfer.h"
#include "net/trust.h"

#include <errno.h>
#include <fcntl.h>

/* What curl reads into while it connects: its least. */
static const long DIAL_BUFFER = 1024;

static struct tgr_http_handle *get(struct tgr_http *http) {
  if (!tgr_list_empty(&http->dials)) {
    struct tgr_link *last = http->dials.head.prev;
    tgr_list_remove(last);
    return TGR_CONTAINER_OF(last, struct tgr_http_handle, link);
  }
  struct tgr_http_handle *handle = tgr_http_handle_new(http);
  if (handle == NULL)
    return NULL;
  handle->dials = true;
  handle->by_folder =
      !http->is_unknown && tgr_trust_set_folder(http, handle->easy);
  curl_easy_setopt(handle->easy, CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt(handle->easy, CURLOPT_BUFFERSIZE, DIAL_BUFFER);
  return handle;
}

enum tgr_status tgr_dial_begin(struct tgr_http_request *request) {
  struct tgr_http *http = request->http;
  struct tgr_http_handle *handle = get(http);
  if (handle == NULL)
    return TGR_ENOMEM;
  handle->request = request;
  handle->begun = handle->repeats = false;
  tgr_transfer_set_connect(handle);
  const enum tgr_status status = tgr_multi_add(&http->multi, handle->easy);
  if (status != TGR_OK) {
    tgr_list_append(&http->dials, &handle->link);
    return status;
  }
  request->handle = handle;
  return TGR_OK;
}

bool tgr_dial_again(struct tgr_http_handle *handle, CURLcode code) {
  struct tgr_http *http = handle->request->http;
  if (code != CURLE_PEER_FAILED_VERIFICATION || !handle->by_folder ||
      tgr_trust_set(http, handle->easy) != CURLE_OK)
    return false;
  http->is_unknown = true;
  handle->by_folder = false;
  tgr_multi_remove(&http->multi, handle->easy);
  return tgr_multi_add(&http->multi, handle->easy) == TGR_OK;
}

int tgr_dial_fd(struct tgr_http *http, struct tgr_http_handle *handle,
                bool secure) {
  curl_socket_t fd = CURL_SOCKET_BAD;
  curl_easy_getinfo(handle->easy, CURLINFO_ACTIVESOCKET, &fd);
  if (!secure)
    return fcntl(fd, F_DUPFD_CLOEXEC, 0);
  tgr_sockets_let_go(&http->multi.sockets, fd);
  errno = EBADF;
  return fd;
}

void tgr_dial_put(struct tgr_http *http, struct tgr_http_handle *handle) {
  tgr_multi_remove(&http->multi, handle->easy);
  handle->request = NULL;
  tgr_list_append(&http->dials, &handle->link);
}

void tgr_dial_free_all(struct tgr_http *http) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&http->dials)) != NULL)
    tgr_http_handle_free(http,
                         TGR_CONTAINER_OF(link, struct tgr_http_handle, link));
}
