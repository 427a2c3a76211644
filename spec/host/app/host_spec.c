/* What a host refuses, and that it can be used afterwards. */
#include "host/app/host_fixture.h"

static enum tgr_status give_no_type(void *user, const struct tgr_value *args,
                                    size_t count, struct tgr_value *result) {
  (void)user;
  (void)args;
  (void)count;
  result->type = (enum tgr_type)99;
  return TGR_OK;
}

static enum tgr_status take(void *user, const struct tgr_value *args,
                            size_t count, struct tgr_value *result) {
  (void)user;
  (void)args;
  (void)count;
  (void)result;
  return TGR_OK;
}

static void what_no_enum_has_is_refused(void **state) {
  (void)state;
  struct tgr_options options;
  struct tgr_host *host = NULL;
  tgr_options_init(&options);
  assert_int_equal(tgr_host_new(NULL, &host), TGR_EINVAL);
  assert_int_equal(tgr_host_new(&options, NULL), TGR_EINVAL);
  options.sandbox = (enum tgr_sandbox)77;
  assert_int_equal(tgr_host_new(&options, &host), TGR_EINVAL);
  tgr_options_init(&options);
  options.log_level = (enum tgr_level)55;
  assert_int_equal(tgr_host_new(&options, &host), TGR_EINVAL);
  host = new_host(stays);
  assert_int_equal(tgr_host_register(host, "odd", give_no_type, NULL), TGR_OK);
  assert_int_equal(load(host, "local ok, err = pcall(odd)\n"
                              "assert(not ok and err:find 'known type', err)"),
                   TGR_OK);
  const struct tgr_value odd = {.type = (enum tgr_type)99};
  assert_int_equal(tgr_host_call(host, "f", &odd, 1, NULL, NULL), TGR_EINVAL);
  assert_non_null(strstr(tgr_host_errmsg(host), "known types"));
  tgr_host_stop(host, 0);
  assert_int_equal(tgr_host_run(host), TGR_OK);
  tgr_host_free(host);
}

static void what_is_missing_is_refused(void **state) {
  (void)state;
  struct tgr_host *host = new_host(stays);
  assert_int_equal(tgr_host_register(host, "x", NULL, NULL), TGR_EINVAL);
  assert_int_equal(tgr_host_register(host, NULL, take, NULL), TGR_EINVAL);
  assert_int_equal(tgr_host_feed_update(host, NULL, 0), TGR_EINVAL);
  assert_int_equal(tgr_host_load_file(host, NULL, 0, NULL), TGR_EINVAL);
  assert_int_equal(tgr_host_load_string(host, "x", "", 0, -1, NULL),
                   TGR_EINVAL);
  assert_int_equal(tgr_host_load_string(host, "x", "", 0, 1, NULL), TGR_EINVAL);
  assert_int_equal(load(host, ""), TGR_OK);
  assert_int_equal(tgr_host_call(host, NULL, NULL, 0, NULL, NULL), TGR_EINVAL);
  assert_int_equal(tgr_host_call(host, "f", NULL, 1, NULL, NULL), TGR_EINVAL);
  tgr_host_free(host);
}

static void a_script_that_cannot_start_leaves_room_for_another(void **state) {
  (void)state;
  struct tgr_host *host = new_host(NULL);
  assert_int_equal(load(host, "syntax error"), TGR_ESYNTAX);
  assert_int_equal(tgr_host_run(host), TGR_ESTATE);
  assert_int_equal(load(host, "return 3"), TGR_OK);
  assert_int_equal(load(host, "return 4"), TGR_ESTATE);
  assert_int_equal(tgr_host_run(host), TGR_OK);
  assert_int_equal(tgr_host_exit_code(host), 3);
  tgr_host_free(host);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(what_no_enum_has_is_refused, reset),
      cmocka_unit_test_setup(what_is_missing_is_refused, reset),
      cmocka_unit_test_setup(a_script_that_cannot_start_leaves_room_for_another,
                             reset),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
