/* Work on a thread of libuv's pool. */
#include "loop/work.h"

#include <assert.h>

static void on_run(uv_work_t *request) {
  struct tgr_work *work = TGR_CONTAINER_OF(request, struct tgr_work, request);
  work->run(work);
}

static void on_done(uv_work_t *request, int status) {
  struct tgr_work *work = TGR_CONTAINER_OF(request, struct tgr_work, request);
  assert(status == 0 && "nobody cancels it");
  (void)status;
  work->done(work);
}

void tgr_work_start(struct tgr_loop *loop, struct tgr_work *work) {
  const int code = uv_queue_work(&loop->uv, &work->request, on_run, on_done);
  assert(code == 0 && "fails without a callback only");
  (void)code;
}
