/* When calls are nearly done. */
#include "net/calm.h"

bool tgr_http_is_calm(const struct tgr_http *http) {
  const struct tgr_http_places *calls = &http->places[TGR_HTTP_CALL];
  return calls->waiting == 0 && calls->open <= TGR_HTTP_FEW;
}

void tgr_http_put_calm(struct tgr_http *http, struct tgr_job *job) {
  tgr_ready_put(tgr_http_is_calm(http) ? &http->loop->ready : &http->calm, job);
}

void tgr_calm_note(struct tgr_http *http) {
  struct tgr_list *ready = &http->loop->ready.jobs;
  if (tgr_ready_empty(&http->calm) || !tgr_http_is_calm(http))
    return;
  tgr_list_append_all(&http->calm.jobs, ready);
  tgr_list_append_all(ready, &http->calm.jobs);
}
