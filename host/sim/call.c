/* One request: its answer and its waiting. */
#include "sim/call.h"

#include <stdarg.h>
#include <stdio.h>

#define JSON_TYPE "application/json"

void tgr_sim_answer_clear(struct tgr_sim_answer *answer) {
  json_decref(answer->json);
  answer->json = NULL;
  tgr_buf_clear(&answer->body);
  answer->status = 0;
}

void tgr_sim_call_bytes(struct tgr_sim_call *call, int status, const char *type,
                        const char *bytes, size_t len) {
  tgr_sim_answer_clear(&call->answer);
  call->answer.status = status;
  call->answer.type = type;
  if (tgr_buf_append(&call->answer.body, bytes, len) != TGR_OK)
    call->answer.status = 500;
}

void tgr_sim_call_json(struct tgr_sim_call *call, int status, json_t *json) {
  if (json == NULL) {
    static const char text[] = "{\"ok\":false,\"error_code\":500,"
                               "\"description\":\"Internal Server Error\"}";
    tgr_sim_call_bytes(call, 500, JSON_TYPE, text, sizeof text - 1);
    return;
  }
  tgr_sim_answer_clear(&call->answer);
  call->answer.status = status;
  call->answer.type = JSON_TYPE;
  call->answer.json = json;
}

void tgr_sim_call_ok(struct tgr_sim_call *call, json_t *result) {
  if (result == NULL)
    tgr_sim_call_json(call, 500, NULL);
  else
    tgr_sim_call_json(call, 200,
                      json_pack("{s:b,s:o}", "ok", 1, "result", result));
}

void tgr_sim_call_fail(struct tgr_sim_call *call, int status,
                       const char *format, ...) {
  char text[256];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  tgr_sim_call_json(call, status,
                    json_pack("{s:b,s:i,s:s}", "ok", 0, "error_code", status,
                              "description", text));
}

void tgr_sim_call_wait(struct tgr_sim_call *call, uint64_t at_us,
                       void (*on_timer)(struct tgr_sim_call *call)) {
  call->state = TGR_SIM_CALL_WAITING;
  call->on_timer = on_timer;
  if (tgr_sim_timers_arm(&call->world->timers, &call->timer, at_us) != TGR_OK)
    on_timer(call);
}

void tgr_sim_call_ready(struct tgr_sim_call *call) {
  tgr_sim_timers_disarm(&call->world->timers, &call->timer);
  call->state = TGR_SIM_CALL_READY;
  if (call->on_ready != NULL)
    call->on_ready(call);
  if (call->resume != NULL)
    call->resume(call);
}
