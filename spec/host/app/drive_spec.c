/* A program's loop drives a host: states, steps, descriptor, end. */
#include "host/app/host_fixture.h"

#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

static void states_are_told_in_order(void **state) {
  (void)state;
  struct tgr_sim_options options;
  tgr_sim_options_init(&options);
  struct tgr_sim *sim = NULL;
  char error[256];
  assert_int_equal(tgr_sim_start(&options, &sim, error, sizeof error), TGR_OK);
  struct tgr_options host_options;
  tgr_options_init(&host_options);
  host_options.on_event = on_event;
  host_options.token = tgr_sim_token(sim);
  host_options.api_root = tgr_sim_url(sim);
  host_options.sim = true;
  struct tgr_host *host = NULL;
  assert_int_equal(tgr_host_new(&host_options, &host), TGR_OK);
  assert_int_equal(tgr_host_state(host), TGR_STATE_IDLE);
  assert_int_equal(tgr_host_since_poll_ms(host), -1);
  assert_int_equal(load(host, "local tg = require 'tgrunner'\n"
                              "tg.run(tg.Bot())"),
                   TGR_OK);
  while (tgr_host_state(host) != TGR_STATE_RUNNING)
    poll_and_step(host);
  assert_in_range(tgr_host_since_poll_ms(host), 0, 60000);
  tgr_host_stop(host, 1000);
  assert_int_equal(tgr_host_run(host), TGR_OK);
  const enum tgr_state expected[] = {TGR_STATE_STARTING, TGR_STATE_RUNNING,
                                     TGR_STATE_STOPPING, TGR_STATE_ENDED};
  assert_int_equal(told.state_count, 4);
  assert_memory_equal(told.states, expected, sizeof expected);
  assert_false(tgr_host_step(host, 1000));
  assert_int_equal(told.fatals, 0);
  tgr_host_free(host);
  tgr_sim_stop(sim);
}

static void a_fatal_end_is_an_event(void **state) {
  (void)state;
  struct tgr_host *host = new_host(NULL);
  assert_int_equal(load(host, "error 'ouch'"), TGR_OK);
  assert_int_equal(tgr_host_run(host), TGR_ESCRIPT);
  assert_int_equal(told.fatals, 1);
  assert_int_equal(tgr_host_state(host), TGR_STATE_ENDED);
  tgr_host_free(host);
}

static void a_step_keeps_to_its_budget_by_one_item(void **state) {
  (void)state;
  struct tgr_host *host = new_host(NULL);
  assert_int_equal(
      load(host, "local tg = require 'tgrunner'\n"
                 "for i = 1, 20 do tg.spawn(function()\n"
                 "  local t = os.clock() while os.clock() - t < 0.002 do end\n"
                 "end) end"),
      TGR_OK);
  int steps = 0;
  while (tgr_host_step(host, 100)) {
    assert_int_equal(tgr_host_timeout_ms(host), 0);
    steps++;
  }
  assert_in_range(steps, 19, 40);
  assert_int_equal(tgr_host_state(host), TGR_STATE_ENDED);
  tgr_host_free(host);
}

static bool is_silent(struct tgr_host *host) {
  struct pollfd fd = {.fd = tgr_host_fd(host), .events = POLLIN};
  return tgr_host_timeout_ms(host) == -1 && poll(&fd, 1, 0) == 0;
}

static void an_ended_host_lets_a_poll_loop_sleep(void **state) {
  (void)state;
  struct tgr_host *host = new_host(NULL);
  assert_int_equal(load(host, "local tg = require 'tgrunner'\n"
                              "for i = 1, 100 do tg.spawn(function()\n"
                              "  tg.sleep(0)\n"
                              "  print 'behind the end'\n"
                              "end) end\n"
                              "tg.spawn(tg.sleep, 1e6)\n"
                              "os.exit(3)"),
                   TGR_OK);
  while (tgr_host_state(host) != TGR_STATE_ENDED)
    tgr_host_step(host, 1000);
  assert_false(tgr_host_step(host, 1000));
  assert_true(is_silent(host));
  tgr_host_wakeup(host);
  tgr_host_stop(host, 0);
  assert_false(tgr_host_step(host, 1000));
  assert_true(is_silent(host));
  assert_int_equal(tgr_host_exit_code(host), 3);
  assert_null(strstr(told.log, "behind the end"));
  tgr_host_free(host);
}

static void a_stop_before_the_load_stops_the_script(void **state) {
  (void)state;
  struct tgr_host *host = new_host(NULL);
  tgr_host_stop(host, 0);
  tgr_host_step(host, 1000);
  assert_int_equal(load(host, "require 'tgrunner'.sleep(1e9)"), TGR_OK);
  assert_int_equal(tgr_host_run(host), TGR_OK);
  assert_int_equal(tgr_host_state(host), TGR_STATE_ENDED);
  tgr_host_free(host);
}

static size_t live_bytes;
static size_t peak_bytes;

static void *resize(void *user, void *ptr, size_t size) {
  (void)user;
  live_bytes -= ptr != NULL ? malloc_usable_size(ptr) : 0;
  if (size == 0) {
    free(ptr);
    return NULL;
  }
  void *fresh = realloc(ptr, size);
  live_bytes += fresh != NULL ? malloc_usable_size(fresh) : 0;
  peak_bytes = live_bytes > peak_bytes ? live_bytes : peak_bytes;
  return fresh;
}

static void counting(struct tgr_options *options) {
  options->resize = resize;
}

/* 100 MB of garbage, a little of it a turn. */
static void garbage_is_collected_in_steps_of_any_budget(void **state) {
  (void)state;
  static const uint64_t budgets[] = {0, 100, 100000};
  for (size_t i = 0; i < sizeof budgets / sizeof *budgets; i++) {
    live_bytes = peak_bytes = 0;
    struct tgr_host *host = new_host(counting);
    assert_int_equal(load(host, "local tg = require 'tgrunner'\n"
                                "for i = 1, 1000 do\n"
                                "  for k = 1, 1000 do local t = { k } end\n"
                                "  tg.sleep(0)\n"
                                "end"),
                     TGR_OK);
    while (tgr_host_state(host) != TGR_STATE_ENDED)
      tgr_host_step(host, budgets[i]);
    assert_int_equal(tgr_host_run(host), TGR_OK);
    assert_in_range(peak_bytes, 1, 16 << 20);
    tgr_host_free(host);
    assert_int_equal(live_bytes, 0);
  }
}

static void *wake(void *user) {
  const struct timespec span = {.tv_nsec = 20000000};
  nanosleep(&span, NULL);
  tgr_host_wakeup(user);
  return NULL;
}

static void a_wakeup_makes_the_descriptor_readable(void **state) {
  (void)state;
  struct tgr_host *host = new_host(stays);
  assert_int_equal(load(host, ""), TGR_OK);
  while (tgr_host_step(host, 1000))
    ;
  assert_int_equal(tgr_host_timeout_ms(host), -1);
  pthread_t thread;
  assert_int_equal(pthread_create(&thread, NULL, wake, host), 0);
  struct pollfd fd = {.fd = tgr_host_fd(host), .events = POLLIN};
  assert_int_equal(poll(&fd, 1, 30000), 1);
  pthread_join(thread, NULL);
  while (tgr_host_step(host, 1000))
    ;
  assert_int_equal(poll(&fd, 1, 0), 0);
  tgr_host_free(host);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(an_ended_host_lets_a_poll_loop_sleep, reset),
      cmocka_unit_test_setup(a_stop_before_the_load_stops_the_script, reset),
      cmocka_unit_test_setup(states_are_told_in_order, reset),
      cmocka_unit_test_setup(a_fatal_end_is_an_event, reset),
      cmocka_unit_test_setup(a_step_keeps_to_its_budget_by_one_item, reset),
      cmocka_unit_test_setup(garbage_is_collected_in_steps_of_any_budget,
                             reset),
      cmocka_unit_test_setup(a_wakeup_makes_the_descriptor_readable, reset),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
