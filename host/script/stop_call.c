/* A fiber that waits for a runner's stop. */
#include "script/stop_call.h"

#include "engine/runner.h"
#include "script/fiber.h"
#include "script/place.h"

#include <string.h>

/* One caller of stop; lives until the runner has answered, even when the
 * calling fiber is gone by then. */
struct tgr_stop_call {
  struct tgr_wait wait;
  struct tgr_stop stop;
  const struct tgr_mem *mem;
  bool orphaned; /* its fiber was cancelled */
  struct tgr_stop_report report;
  int64_t *ids; /* a copy of the report's */
};

static void stop_free(struct tgr_stop_call *call) {
  tgr_mem_free(call->mem, call->ids);
  tgr_mem_free(call->mem, call);
}

static void stop_done(struct tgr_stop *stop,
                      const struct tgr_stop_report *report) {
  struct tgr_stop_call *call =
      TGR_CONTAINER_OF(stop, struct tgr_stop_call, stop);
  if (call->orphaned) {
    stop_free(call);
    return;
  }
  call->report = *report;
  const size_t size = report->abandoned_id_count * sizeof *call->ids;
  if (size > 0)
    call->ids = tgr_mem_new(call->mem, size);
  if (call->ids != NULL)
    memcpy(call->ids, report->abandoned_ids, size);
  else
    call->report.abandoned_id_count = 0;
  tgr_wait_wake(&call->wait);
}

/* A fiber that still waits is cancelled later, and frees it then. */
static void stop_dropped(struct tgr_stop *stop) {
  struct tgr_stop_call *call =
      TGR_CONTAINER_OF(stop, struct tgr_stop_call, stop);
  if (call->orphaned)
    stop_free(call);
}

static void stop_abort(struct tgr_wait *wait) {
  struct tgr_stop_call *call =
      TGR_CONTAINER_OF(wait, struct tgr_stop_call, wait);
  if (tgr_link_in_list(&call->stop.link))
    call->orphaned = true;
  else
    stop_free(call);
}

static void set_count(lua_State *L, const char *name, uint64_t value) {
  lua_pushinteger(L, (lua_Integer)value);
  lua_setfield(L, -2, name);
}

/* { done, failed, timed_out, abandoned = { id, … } } */
static int stop_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  struct tgr_stop_call *call = (struct tgr_stop_call *)ctx;
  const struct tgr_stop_report *report = &call->report;
  if (report->abandoned_id_count < report->abandoned) {
    const int count = (int)report->abandoned;
    stop_free(call);
    return tgr_place_raise(L,
                           "stopped, but there was not enough memory for "
                           "the ids of %d abandoned updates",
                           count);
  }
  lua_createtable(L, 0, 4);
  set_count(L, "done", report->done);
  set_count(L, "failed", report->failed);
  set_count(L, "timed_out", report->timed_out);
  lua_createtable(L, (int)report->abandoned_id_count, 0);
  for (size_t i = 0; i < report->abandoned_id_count; i++) {
    lua_pushinteger(L, call->ids[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_setfield(L, -2, "abandoned");
  stop_free(call);
  return 1;
}

struct tgr_stop_call *tgr_stop_call_new(lua_State *L,
                                        const struct tgr_mem *mem) {
  struct tgr_stop_call *call = tgr_mem_new0(mem, sizeof *call);
  if (call == NULL) {
    tgr_place_raise(L, "not enough memory to stop the runner");
    return NULL; /* not reached */
  }
  call->mem = mem;
  call->wait.abort = stop_abort;
  call->stop.done = stop_done;
  call->stop.dropped = stop_dropped;
  tgr_link_init(&call->stop.link);
  return call;
}

struct tgr_stop *tgr_stop_call_stop(struct tgr_stop_call *call) {
  return &call->stop;
}

int tgr_stop_call_wait(lua_State *L, struct tgr_stop_call *call) {
  return tgr_fiber_wait(L, &call->wait, (lua_KContext)call, stop_k);
}
