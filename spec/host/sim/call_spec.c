#include "sim/call.h"

#include "sim/control.h"
#include "sim/poll.h"
#include "support/spec.h"
#include "support/spec_mem.h"

#include <stdlib.h>
#include <string.h>

struct fixture {
  struct spec_mem mem;
  struct tgr_sim_world world;
  struct tgr_sim_call call;
};

static int resumed;

static void count_resume(struct tgr_sim_call *call) {
  (void)call;
  resumed++;
}

static void open_call(struct fixture *it) {
  *it = (struct fixture){0};
  spec_mem_init(&it->mem);
  assert_int_equal(tgr_sim_world_init(&it->world, &it->mem.mem, "1:a", false),
                   TGR_OK);
  it->call.world = &it->world;
  it->call.bot = it->world.home;
  it->call.resume = count_resume;
  it->call.params = json_object();
  tgr_buf_init(&it->call.answer.body, &it->mem.mem, SIZE_MAX);
  resumed = 0;
}

static void close_call(struct fixture *it) {
  tgr_sim_answer_clear(&it->call.answer);
  tgr_buf_deinit(&it->call.answer.body);
  json_decref(it->call.params);
  tgr_sim_world_deinit(&it->world);
  assert_int_equal(it->mem.live, 0);
}

static void a_failure_has_telegrams_form(void **state) {
  (void)state;
  struct fixture it;
  open_call(&it);
  tgr_sim_call_fail(&it.call, 404, "Not %s", "Found");
  char *text = json_dumps(it.call.answer.json, JSON_COMPACT);
  assert_string_equal(
      text, "{\"ok\":false,\"error_code\":404,\"description\":\"Not Found\"}");
  free(text);
  close_call(&it);
}

static void a_result_that_could_not_be_built_is_a_500(void **state) {
  (void)state;
  struct fixture it;
  open_call(&it);
  tgr_sim_call_ok(&it.call, NULL);
  assert_int_equal(it.call.answer.status, 500);
  assert_non_null(strstr(tgr_buf_cstr(&it.call.answer.body), "\"ok\":false"));
  close_call(&it);
}

static void without_memory_for_its_timer_a_poll_ends_at_once(void **state) {
  (void)state;
  struct fixture it;
  open_call(&it);
  json_object_set_new(it.call.params, "timeout", json_integer(50));
  it.mem.fail_at = it.mem.requests + 1;
  tgr_sim_poll_run(&it.call);
  assert_int_equal(it.call.state, TGR_SIM_CALL_READY);
  assert_int_equal(resumed, 1);
  assert_null(it.call.bot->poll);
  assert_int_equal(it.world.polls, 0);
  close_call(&it);
}

static void
without_memory_control_answers_500_and_keeps_its_state(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"/sim/updates", "{\"message\":{}}"},
      {"/sim/updates", "{\"raw\":\"x\"}"},
      {"/sim/updates", "{\"raw_body\":\"x\"}"},
      {"/sim/load", "{\"count\":5}"},
      {"/sim/answers", "{\"status\":500}"},
      {"/sim/files", "bytes"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct fixture it;
    open_call(&it);
    struct tgr_buf body;
    tgr_buf_init(&body, &tgr_mem_libc, SIZE_MAX);
    assert_int_equal(tgr_buf_append_str(&body, cases[i][1]), TGR_OK);
    it.mem.fail_at = it.mem.requests + 1;
    tgr_sim_control_run(&it.call, "POST", cases[i][0], &body);
    assert_int_equal(it.call.answer.status, 500);
    assert_int_equal(it.world.home->queue.count, 0);
    assert_int_equal(it.world.rules.count, 0);
    it.mem.fail_at = 0;
    tgr_sim_control_run(&it.call, "POST", cases[i][0], &body);
    assert_int_equal(it.call.answer.status, 200);
    tgr_buf_deinit(&body);
    close_call(&it);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_failure_has_telegrams_form),
      cmocka_unit_test(a_result_that_could_not_be_built_is_a_500),
      cmocka_unit_test(without_memory_for_its_timer_a_poll_ends_at_once),
      cmocka_unit_test(without_memory_control_answers_500_and_keeps_its_state),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
