/* Functions that a program hands to scripts, and its calls of theirs. */
#include "host/app/host_fixture.h"

/* ---- functions for scripts ---------------------------------------------- */

static struct tgr_value got[16];
static size_t got_count;
static char got_text[16][64];

static void keep(const struct tgr_value *values, size_t count) {
  got_count = count;
  for (size_t i = 0; i < count; i++) {
    got[i] = values[i];
    if (values[i].text != NULL)
      snprintf(got_text[i], sizeof got_text[i], "%.*s", (int)values[i].len,
               values[i].text);
  }
}

static enum tgr_status take(void *user, const struct tgr_value *args,
                            size_t count, struct tgr_value *result) {
  (void)user;
  keep(args, count);
  *result = (struct tgr_value){
      .type = TGR_JSON, .text = "{\"sum\":[1,2]}", .len = 13};
  return TGR_OK;
}

static enum tgr_status refuse(void *user, const struct tgr_value *args,
                              size_t count, struct tgr_value *result) {
  (void)args;
  (void)count;
  if (user != NULL)
    *result = (struct tgr_value){
        .type = TGR_STRING, .text = user, .len = strlen(user)};
  return TGR_EINVAL;
}

static void a_registered_function_takes_and_gives_values(void **state) {
  (void)state;
  struct tgr_host *host = new_host(NULL);
  assert_int_equal(tgr_host_register(host, "game.take", take, NULL), TGR_OK);
  assert_int_equal(
      load(host, "local r = game.take(nil, true, 7, 1.5, 'text', {a=1})\n"
                 "assert(r.sum[2] == 2)\n"
                 "assert(coroutine.wrap(function() return game.take(1) end)()"
                 ".sum[1] == 1)\n"
                 "game.take(nil, true, 7, 1.5, 'text', {a=1})"),
      TGR_OK);
  assert_int_equal(tgr_host_run(host), TGR_OK);
  assert_int_equal(got_count, 6);
  assert_int_equal(got[0].type, TGR_NIL);
  assert_true(got[1].type == TGR_BOOLEAN && got[1].boolean);
  assert_true(got[2].type == TGR_INTEGER && got[2].integer == 7);
  assert_true(got[3].type == TGR_NUMBER && got[3].number == 1.5);
  assert_int_equal(got[4].type, TGR_STRING);
  assert_string_equal(got_text[4], "text");
  assert_int_equal(got[5].type, TGR_JSON);
  assert_string_equal(got_text[5], "{\"a\":1}");
  tgr_host_free(host);
}

static char no_such[] = "no such thing";

static void a_registered_function_raises_at_the_script_s_line(void **state) {
  (void)state;
  struct tgr_host *host = new_host(NULL);
  assert_int_equal(tgr_host_register(host, "plain", refuse, NULL), TGR_OK);
  assert_int_equal(tgr_host_register(host, "told", refuse, no_such), TGR_OK);
  assert_int_equal(
      load(host, "local ok, err = pcall(plain)\n"
                 "assert(err == 'spec.lua:1: plain: invalid argument', err)\n"
                 "local ok, err = pcall(plain, print)\n"
                 "assert(err:find 'cannot hand a function', err)\n"
                 "\ntold()"),
      TGR_OK);
  assert_int_equal(tgr_host_run(host), TGR_ESCRIPT);
  assert_non_null(strstr(tgr_host_errmsg(host), "spec.lua:6: no such thing"));
  tgr_host_free(host);
}

static void functions_are_registered_before_a_script_is_loaded(void **state) {
  (void)state;
  struct tgr_host *host = new_host(NULL);
  assert_int_equal(tgr_host_register(host, "a b", take, NULL), TGR_EINVAL);
  assert_int_equal(tgr_host_register(host, "a.", take, NULL), TGR_EINVAL);
  assert_int_equal(tgr_host_register(host, "", take, NULL), TGR_EINVAL);
  assert_int_equal(load(host, ""), TGR_OK);
  assert_int_equal(tgr_host_register(host, "a", take, NULL), TGR_ESTATE);
  tgr_host_free(host);
}

static void pure(struct tgr_options *options) {
  options->sandbox = TGR_SANDBOX_PURE;
}

static void names_of_functions_do_not_clash(void **state) {
  (void)state;
  struct tgr_host *host = new_host(pure);
  assert_int_equal(tgr_host_register(host, "os.now", take, NULL), TGR_OK);
  assert_int_equal(tgr_host_register(host, "nat", take, NULL), TGR_OK);
  assert_int_equal(tgr_host_register(host, "nat", take, NULL), TGR_EINVAL);
  assert_int_equal(tgr_host_register(host, "nat.sub", take, NULL), TGR_EINVAL);
  assert_int_equal(tgr_host_register(host, "os", take, NULL), TGR_EINVAL);
  assert_int_equal(tgr_host_register(host, "nation", take, NULL), TGR_OK);
  assert_int_equal(load(host, "os.now() nat() nation()"), TGR_OK);
  assert_int_equal(tgr_host_run(host), TGR_OK);
  tgr_host_free(host);
}

/* ---- calls of the script's functions ------------------------------------ */

static enum tgr_status call_status;
static int calls_done;

static void on_done(void *user, enum tgr_status status,
                    const struct tgr_value *values, size_t count) {
  (void)user;
  calls_done++;
  call_status = status;
  keep(values, count);
}

static void step_until_done(struct tgr_host *host, int count) {
  for (int i = 0; i < 20000 && calls_done < count; i++)
    poll_and_step(host);
  assert_int_equal(calls_done, count);
}

static void a_call_runs_a_function_that_may_wait(void **state) {
  (void)state;
  calls_done = 0;
  struct tgr_host *host = new_host(stays);
  assert_int_equal(load(host, "local tg = require 'tgrunner'\n"
                              "game = {}\n"
                              "function game.hit(who, by)\n"
                              "  tg.sleep(1)\n"
                              "  return who.name .. by, 2, nil, { 1 }\n"
                              "end"),
                   TGR_OK);
  const struct tgr_value args[] = {
      {.type = TGR_JSON, .text = "{\"name\":\"a\"}", .len = 12},
      {.type = TGR_INTEGER, .integer = 5}};
  assert_int_equal(tgr_host_call(host, "game.hit", args, 2, on_done, NULL),
                   TGR_OK);
  step_until_done(host, 1);
  assert_int_equal(call_status, TGR_OK);
  assert_int_equal(got_count, 4);
  assert_string_equal(got_text[0], "a5");
  assert_int_equal(got[1].integer, 2);
  assert_int_equal(got[2].type, TGR_NIL);
  assert_string_equal(got_text[3], "[1]");
  tgr_host_free(host);
}

static void a_call_tells_errors_and_the_end(void **state) {
  (void)state;
  calls_done = 0;
  struct tgr_host *host = new_host(stays);
  assert_int_equal(tgr_host_call(host, "f", NULL, 0, on_done, NULL),
                   TGR_ESTATE);
  assert_int_equal(load(host, "function f() error('ouch') end\n"
                              "function g() return print end\n"
                              "function h() require'tgrunner'.sleep(1e9) end"),
                   TGR_OK);
  assert_int_equal(tgr_host_call(host, "f", NULL, 0, on_done, NULL), TGR_OK);
  step_until_done(host, 1);
  assert_int_equal(call_status, TGR_ESCRIPT);
  assert_string_equal(got_text[0], "spec.lua:1: ouch\nstack traceback:\n"
                                   "  spec.lua:1: in function 'f'");
  assert_int_equal(tgr_host_call(host, "none.at.all", NULL, 0, on_done, NULL),
                   TGR_OK);
  step_until_done(host, 2);
  assert_non_null(strstr(got_text[0], "no global function 'none.at.all'"));
  assert_int_equal(tgr_host_call(host, "g", NULL, 0, on_done, NULL), TGR_OK);
  step_until_done(host, 3);
  assert_int_equal(call_status, TGR_ESCRIPT);
  assert_string_equal(got_text[0], "cannot hand a function to the program");
  assert_int_equal(tgr_host_call(host, "f", NULL, 0, NULL, NULL), TGR_OK);
  assert_int_equal(tgr_host_call(host, "h", NULL, 0, on_done, NULL), TGR_OK);
  while (tgr_host_step(host, 1000))
    ;
  assert_non_null(strstr(told.log, "error in f: spec.lua:1: ouch"));
  tgr_host_free(host);
  assert_int_equal(calls_done, 4);
  assert_int_equal(call_status, TGR_ECANCELED);
}

static enum tgr_status again;

static void call_again(void *user, enum tgr_status status,
                       const struct tgr_value *values, size_t count) {
  (void)status;
  (void)values;
  (void)count;
  if (calls_done++ == 0)
    again = tgr_host_call(user, "h", NULL, 0, call_again, user);
}

static void a_call_from_within_a_cancelled_one_is_refused(void **state) {
  (void)state;
  calls_done = 0;
  again = TGR_OK;
  struct tgr_host *host = new_host(stays);
  assert_int_equal(load(host, "function h() require'tgrunner'.sleep(1e9) end"),
                   TGR_OK);
  assert_int_equal(tgr_host_call(host, "h", NULL, 0, call_again, host), TGR_OK);
  while (tgr_host_step(host, 1000))
    ;
  tgr_host_free(host);
  assert_int_equal(again, TGR_ESTATE);
  assert_int_equal(calls_done, 1);
}

static void run_again(void *user, enum tgr_status status,
                      const struct tgr_value *values, size_t count) {
  (void)status;
  (void)values;
  (void)count;
  again = tgr_host_run(user);
  calls_done++;
}

static void a_run_within_a_step_is_refused(void **state) {
  (void)state;
  calls_done = 0;
  struct tgr_host *host = new_host(stays);
  assert_int_equal(load(host, "function f() end"), TGR_OK);
  assert_int_equal(tgr_host_call(host, "f", NULL, 0, run_again, host), TGR_OK);
  tgr_host_stop(host, 60000); /* so that a run would come back */
  step_until_done(host, 1);
  assert_int_equal(again, TGR_ESTATE);
  tgr_host_free(host);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(a_registered_function_takes_and_gives_values,
                             reset),
      cmocka_unit_test_setup(a_registered_function_raises_at_the_script_s_line,
                             reset),
      cmocka_unit_test_setup(functions_are_registered_before_a_script_is_loaded,
                             reset),
      cmocka_unit_test_setup(a_call_runs_a_function_that_may_wait, reset),
      cmocka_unit_test_setup(a_call_tells_errors_and_the_end, reset),
      cmocka_unit_test_setup(names_of_functions_do_not_clash, reset),
      cmocka_unit_test_setup(a_run_within_a_step_is_refused, reset),
      cmocka_unit_test_setup(a_call_from_within_a_cancelled_one_is_refused,
                             reset),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
