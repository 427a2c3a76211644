/* What has a request while it is under way. */
#include "net/carry.h"

#include "net/dial.h"
#include "net/failure.h"
#include "net/handle.h"
#include "net/lean.h"
#include "net/transfer.h"

#include <errno.h>

static enum tgr_status begin_transfer(struct tgr_http_request *request) {
  struct tgr_http *http = request->http;
  struct tgr_http_handle *handle = tgr_http_handle_get(http, request->lane);
  if (handle == NULL)
    return TGR_ENOMEM;
  handle->request = request;
  handle->begun = handle->repeats = false;
  enum tgr_status status = tgr_transfer_set(http, handle);
  if (status == TGR_OK)
    status = tgr_multi_add(&http->multi, handle->easy);
  if (status != TGR_OK) {
    tgr_transfer_unset(handle);
    tgr_http_handle_put(http, request->lane, handle);
    return status;
  }
  request->handle = handle;
  return TGR_OK;
}

enum tgr_status tgr_carry_begin(struct tgr_http_request *request) {
  return tgr_lean_applies(request->http, request) ? tgr_lean_begin(request)
                                                  : begin_transfer(request);
}

bool tgr_carry_ends(struct tgr_http_handle *handle, CURLcode code) {
  struct tgr_http_request *request = handle->request;
  if (handle->dials && code == CURLE_OK && request->failure == TGR_OK) {
    const enum tgr_status status = tgr_lean_connected(handle);
    if (status == TGR_OK)
      return false;
    if (status == TGR_ENET)
      tgr_failure_tell_connect(request, errno);
    else
      tgr_failure_tell_own(request, status);
    return true;
  }
  if (handle->dials && request->failure == TGR_OK &&
      tgr_dial_again(handle, code))
    return false;
  tgr_transfer_collect(handle, code);
  return true;
}

void tgr_carry_collect(struct tgr_http_request *request) {
  if (request->handle != NULL) {
    tgr_transfer_collect(request->handle, CURLE_OK);
    return;
  }
  tgr_lean_collect(request);
  tgr_failure_tell_own(request, request->failure);
}

bool tgr_carry_sent(const struct tgr_http_request *request) {
  if (request->wire != NULL)
    return request->wire->written > 0;
  return request->handle != NULL && tgr_transfer_sent(request->handle);
}

uint64_t tgr_carry_moved(const struct tgr_http_request *request) {
  if (request->wire != NULL)
    return request->wire->written + request->wire->received;
  return request->handle != NULL ? tgr_transfer_moved(request->handle) : 0;
}

void tgr_carry_drop(struct tgr_http_request *request) {
  struct tgr_http_handle *handle = request->handle;
  if (request->wire != NULL)
    tgr_lean_drop(request);
  if (handle == NULL)
    return;
  request->handle = NULL;
  if (handle->dials) {
    tgr_dial_put(request->http, handle);
    return;
  }
  tgr_multi_remove(&request->http->multi, handle->easy);
  tgr_transfer_unset(handle);
  tgr_http_handle_put(request->http, request->lane, handle);
}
