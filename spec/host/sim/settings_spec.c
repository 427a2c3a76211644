#include "sim_fixture.h"

static void all_settings_are_answered(void **state) {
  struct sim_fixture *it = *state;
  sim_post(it, "/sim/settings", "{\"delay_ms\":0,\"file_max\":77}");
  assert_int_equal(sim_int(sim_result(it), "file_max"), 77);
  assert_int_equal(sim_int(sim_result(it), "record_max"), 65536);
  assert_true(json_is_null(json_object_get(sim_result(it), "tokens")));
  sim_post(it, "/sim/settings", "{\"tokens\":[\"1:a\"]}");
  assert_int_equal(json_array_size(json_object_get(sim_result(it), "tokens")),
                   1);
  sim_post(it, "/sim/settings", "{\"tokens\":null}");
  assert_int_equal(sim_get(it, "/bot5:x/getMe"), 200);
}

static void settings_change_the_identity_of_a_bot(void **state) {
  struct sim_fixture *it = *state;
  sim_post(it, "/sim/settings?token=7:x",
           "{\"bot\":{\"username\":\"mine\",\"has_main_web_app\":true}}");
  sim_get(it, "/bot7:x/getMe");
  assert_string_equal(sim_text(sim_result(it), "username"), "mine");
  assert_int_equal(sim_int(sim_result(it), "id"), 7);
}

static void settings_of_the_wrong_type_are_refused(void **state) {
  struct sim_fixture *it = *state;
  static const char *const bodies[] = {
      "[]",
      "{\"unknown\":1}",
      "{\"record\":1}",
      "{\"delay_ms\":-1}",
      "{\"gather_ms\":\"5\"}",
      "{\"tokens\":[5]}",
      "{\"bot\":5}",
      "{\"next_update_id\":\"x\"}",
      "{\"record_max\":null}",
  };
  for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
    assert_int_equal(sim_post(it, "/sim/settings", bodies[i]), 400);
  sim_get(it, "/sim/settings");
  assert_int_equal(sim_int(sim_result(it), "gather_ms"), 1);
  assert_true(json_is_true(json_object_get(sim_result(it), "record")));
}

static void recording_can_be_switched_off(void **state) {
  struct sim_fixture *it = *state;
  sim_post(it, "/sim/settings", "{\"record\":false}");
  sim_call(it, "getMe", "{}");
  sim_get(it, "/sim/calls");
  assert_int_equal(json_array_size(sim_result(it)), 0);
  assert_int_equal(sim_stat(it, "last_seq"), 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sim_test(settings_change_the_identity_of_a_bot),
      sim_test(settings_of_the_wrong_type_are_refused),
      sim_test(recording_can_be_switched_off),
      sim_test(all_settings_are_answered),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
