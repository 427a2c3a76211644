/* Bytes that are made while they are sent. */
#include "net/pull.h"

#include "net/core.h"

#include <string.h>

void tgr_http_pull_give(struct tgr_http_pull *pull, const char *bytes,
                        size_t len) {
  struct tgr_http_request *request = pull->request;
  if (!pull->wanting)
    return;
  pull->wanting = false;
  pull->bytes = bytes;
  pull->len = len;
  pull->ended = len == 0;
  if (request == NULL || request->http == NULL)
    return;
  request->awaits_pull = false;
  tgr_ready_put(&request->http->loop->ready, &request->job);
}

bool tgr_http_pull_read(struct tgr_http_pull *pull, char *bytes, size_t len,
                        size_t *got) {
  if (pull->len == 0 && !pull->ended) {
    if (!pull->wanting) {
      pull->wanting = true;
      pull->want(pull);
    }
    return false;
  }
  *got = pull->len < len ? pull->len : len;
  if (*got > 0)
    memcpy(bytes, pull->bytes, *got);
  pull->bytes += *got;
  pull->len -= *got;
  return true;
}
