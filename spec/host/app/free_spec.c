/* A host that is freed from within its own callbacks. What is left, or used
 * too late, a sanitizer sees; here the allocator counts. */
#include "host/app/host_fixture.h"
#include "support/spec_mem.h"

/* Where the host is freed. */
enum place { IN_LOG, IN_STATE, IN_FATAL, IN_FUNCTION, IN_DONE, IN_CLOSE };

static struct spec_mem mem;
static struct tgr_host *host;
static enum place place;
static int freed; /* how often it was asked for */

static void free_it(enum place here) {
  if (here != place)
    return;
  freed++;
  tgr_host_free(host);
  (void)tgr_host_state(host); /* it is there until the callback has returned */
}

static void free_in_event(void *user, const struct tgr_host_event *event) {
  (void)user;
  if (event->kind == TGR_EVENT_LOG)
    free_it(IN_LOG);
  if (event->kind == TGR_EVENT_STATE && event->state == TGR_STATE_STARTING)
    free_it(IN_STATE);
  if (event->kind == TGR_EVENT_FATAL)
    free_it(IN_FATAL);
}

static enum tgr_status free_in_function(void *user,
                                        const struct tgr_value *args,
                                        size_t count,
                                        struct tgr_value *result) {
  (void)user;
  (void)count;
  (void)result;
  free_it(args[0].boolean ? IN_CLOSE : IN_FUNCTION);
  return TGR_OK;
}

static void free_in_done(void *user, enum tgr_status status,
                         const struct tgr_value *values, size_t count) {
  (void)user;
  (void)status;
  (void)values;
  (void)count;
  free_it(IN_DONE);
}

static enum tgr_status open_one(enum place where) {
  static const char text[] =
      "local tg = require 'tgrunner'\n"
      "local _ <close> = setmetatable({}, { __close = function() free(true) "
      "end })\n"
      "tg.spawn(function() while true do tg.sleep(1) end end)\n"
      "function called() end\n"
      "tg.log.warn 'a line'\n"
      "tg.sleep(10)\n"
      "free(false)\n"
      "tg.sleep(10)\n"
      "error 'over'";
  struct tgr_options options;
  spec_mem_init(&mem);
  tgr_options_init(&options);
  options.on_event = free_in_event;
  options.resize = mem.mem.resize;
  options.resize_user = mem.mem.user;
  place = where;
  freed = 0;
  assert_int_equal(tgr_host_new(&options, &host), TGR_OK);
  assert_int_equal(tgr_host_register(host, "free", free_in_function, NULL),
                   TGR_OK);
  return load(host, text);
}

static void assert_gone(void) {
  assert_true(freed > 0);
  assert_int_equal(atomic_load(&mem.live), 0);
}

static void a_run_ends_and_the_host_is_gone(void **state) {
  (void)state;
  static const enum place places[] = {IN_LOG, IN_FATAL, IN_FUNCTION, IN_DONE,
                                      IN_CLOSE};
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    assert_int_equal(open_one(places[i]), TGR_OK);
    assert_int_equal(tgr_host_call(host, "called", NULL, 0, free_in_done, NULL),
                     TGR_OK);
    assert_int_equal(tgr_host_run(host), TGR_ECANCELED);
    assert_gone();
  }
}

static void a_step_ends_and_the_host_is_gone(void **state) {
  (void)state;
  static const enum place places[] = {IN_LOG, IN_FUNCTION, IN_DONE};
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    assert_int_equal(open_one(places[i]), TGR_OK);
    assert_int_equal(tgr_host_call(host, "called", NULL, 0, free_in_done, NULL),
                     TGR_OK);
    while (freed == 0)
      (void)tgr_host_step(host, 100);
    assert_gone();
  }
}

static void a_load_ends_and_the_host_is_gone(void **state) {
  (void)state;
  assert_int_equal(open_one(IN_STATE), TGR_ECANCELED);
  assert_gone();
}

static void freeing_it_while_it_is_freed_does_nothing(void **state) {
  (void)state;
  assert_int_equal(open_one(IN_CLOSE), TGR_OK);
  (void)tgr_host_step(host, 100000);
  assert_int_equal(freed, 0);
  tgr_host_free(host); /* its <close> variables run */
  assert_gone();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_run_ends_and_the_host_is_gone),
      cmocka_unit_test(a_step_ends_and_the_host_is_gone),
      cmocka_unit_test(a_load_ends_and_the_host_is_gone),
      cmocka_unit_test(freeing_it_while_it_is_freed_does_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
