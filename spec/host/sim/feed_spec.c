#include "sim_fixture.h"

/* Posts what is to be refused; returns why it is. */
static const char *refusal(struct sim_fixture *it, const char *body) {
  assert_int_equal(sim_post(it, "/sim/updates", body), 400);
  return sim_description(it);
}

static void bytes_can_be_given_as_hex(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(sim_post(it, "/sim/updates",
                            "{\"raw_body_hex\":\"3C68\",\"status\":200}"),
                   200);
  sim_call(it, "getUpdates", "{}");
  assert_string_equal(it->http.body, "<h");
}

static void a_raw_update_keeps_its_id(void **state) {
  struct sim_fixture *it = *state;
  sim_post(it, "/sim/updates", "{\"raw\":\"{}\",\"update_id\":7}");
  assert_int_equal(sim_int(sim_result(it), "next_update_id"), 8);
}

static void hex_that_is_none_is_named(void **state) {
  struct sim_fixture *it = *state;
  assert_string_equal(refusal(it, "{\"raw_hex\":\"zz\",\"update_id\":4}"),
                      "Bad Request: raw_hex is to be pairs of hex digits");
  assert_string_equal(refusal(it, "{\"raw_body_hex\":\"7\"}"),
                      "Bad Request: raw_body_hex is to be pairs of hex digits");
  assert_int_equal(sim_stat(it, "queued"), 0);
}

static void a_status_that_ends_no_request_is_refused(void **state) {
  struct sim_fixture *it = *state;
  static const char *const bodies[] = {
      "{\"raw_body\":\"x\",\"status\":5}",
      "{\"raw_body\":\"x\",\"status\":101}",
      "{\"raw_body\":\"x\",\"status\":\"200\"}",
  };
  for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
    assert_string_equal(
        refusal(it, bodies[i]),
        "Bad Request: status is to be a number from 200 to 999");
  sim_call(it, "getUpdates", "{}");
  assert_int_equal(json_array_size(sim_result(it)), 0);
}

static void an_id_that_is_none_is_named(void **state) {
  struct sim_fixture *it = *state;
  static const char *const bodies[] = {
      "{\"update_id\":\"x\",\"message\":{}}",
      "{\"update_id\":1.5,\"raw\":\"{}\"}",
  };
  for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
    assert_string_equal(
        refusal(it, bodies[i]),
        "Bad Request: update_id is to be a number below 2^63 - 1");
}

static void an_array_is_queued_up_to_what_is_wrong(void **state) {
  struct sim_fixture *it = *state;
  assert_string_equal(
      refusal(it, "[{\"poll\":{}},5,{\"poll\":{}}]"),
      "Bad Request: the body is no update and no array of updates");
  assert_int_equal(sim_stat(it, "queued"), 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sim_test(bytes_can_be_given_as_hex),
      sim_test(a_raw_update_keeps_its_id),
      sim_test(hex_that_is_none_is_named),
      sim_test(a_status_that_ends_no_request_is_refused),
      sim_test(an_id_that_is_none_is_named),
      sim_test(an_array_is_queued_up_to_what_is_wrong),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
