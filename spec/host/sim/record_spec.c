#include "sim/record.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <stdio.h>

static uint64_t one_call(struct tgr_sim_record *record, const char *method,
                         int status) {
  struct tgr_sim_tally *tally = tgr_sim_record_tally(record, method);
  const uint64_t seq = tgr_sim_record_begin(record, tally);
  struct tgr_sim_entry *entry = tgr_sim_record_entry(record, seq);
  if (entry != NULL)
    entry->token = json_string("1:a");
  tgr_sim_record_end(record, tally, seq, status, status == 0);
  return seq;
}

static long long first_seq(json_t *calls) {
  return json_integer_value(json_object_get(json_array_get(calls, 0), "seq"));
}

static void only_the_newest_calls_are_kept(void **state) {
  (void)state;
  struct tgr_sim_record record;
  assert_int_equal(tgr_sim_record_init(&record, &tgr_mem_libc), TGR_OK);
  tgr_sim_record_set_max(&record, 1500);
  for (int i = 0; i < 5000; i++)
    one_call(&record, "getMe", 200);
  json_t *calls = tgr_sim_record_calls(&record, NULL, NULL, 0, 10000);
  assert_int_equal(json_array_size(calls), 1500);
  assert_int_equal(first_seq(calls), 3501);
  json_decref(calls);
  calls = tgr_sim_record_calls(&record, NULL, NULL, 4990, 3);
  assert_int_equal(json_array_size(calls), 3);
  assert_int_equal(first_seq(calls), 4991);
  json_decref(calls);
  tgr_sim_record_deinit(&record);
}

static void calls_are_found_by_method_and_token(void **state) {
  (void)state;
  struct tgr_sim_record record;
  assert_int_equal(tgr_sim_record_init(&record, &tgr_mem_libc), TGR_OK);
  one_call(&record, "getMe", 200);
  one_call(&record, "sendMessage", 400);
  json_t *calls = tgr_sim_record_calls(&record, "SENDMESSAGE", "1:a", 0, 10);
  assert_int_equal(first_seq(calls), 2);
  json_decref(calls);
  calls = tgr_sim_record_calls(&record, NULL, "2:b", 0, 10);
  assert_int_equal(json_array_size(calls), 0);
  json_decref(calls);
  tgr_sim_record_deinit(&record);
}

static void counters_go_on_while_recording_is_off(void **state) {
  (void)state;
  struct tgr_sim_record record;
  assert_int_equal(tgr_sim_record_init(&record, &tgr_mem_libc), TGR_OK);
  record.on = false;
  one_call(&record, "getMe", 200);
  one_call(&record, "getme", 500);
  one_call(&record, "getMe", 0);
  const struct tgr_sim_tally *tally = tgr_sim_record_tally(&record, "getMe");
  assert_int_equal(tally->calls, 3);
  assert_int_equal(tally->answered, 2);
  assert_int_equal(tally->failed, 1);
  assert_int_equal(tally->aborted, 1);
  assert_int_equal(tally->open, 0);
  assert_int_equal(tally->open_max, 1);
  json_t *calls = tgr_sim_record_calls(&record, NULL, NULL, 0, 10);
  assert_int_equal(json_array_size(calls), 0);
  json_decref(calls);
  tgr_sim_record_deinit(&record);
}

static void clearing_keeps_the_count_of_open_calls(void **state) {
  (void)state;
  struct tgr_sim_record record;
  assert_int_equal(tgr_sim_record_init(&record, &tgr_mem_libc), TGR_OK);
  struct tgr_sim_tally *tally = tgr_sim_record_tally(&record, "getUpdates");
  const uint64_t seq = tgr_sim_record_begin(&record, tally);
  tgr_sim_record_clear(&record);
  assert_int_equal(tally->open, 1);
  assert_null(tgr_sim_record_entry(&record, seq));
  tgr_sim_record_end(&record, tally, seq, 200, false);
  assert_int_equal(tally->open, 0);
  tgr_sim_record_deinit(&record);
}

static void methods_beyond_the_table_share_a_counter(void **state) {
  (void)state;
  struct tgr_sim_record record;
  char name[32];
  assert_int_equal(tgr_sim_record_init(&record, &tgr_mem_libc), TGR_OK);
  for (int i = 0; i < 2000; i++) {
    snprintf(name, sizeof name, "getThing%d", i);
    one_call(&record, name, 200);
  }
  const struct tgr_sim_tally *shared = tgr_sim_record_tally(&record, "*");
  assert_int_equal(shared->calls, 2000 - TGR_SIM_RECORD_METHODS_MAX / 2);
  tgr_sim_record_deinit(&record);
}

static void every_allocation_may_fail(void **state) {
  (void)state;
  for (long fail_at = 1; fail_at <= 2; fail_at++) {
    struct spec_mem mem;
    struct tgr_sim_record record;
    spec_mem_init(&mem);
    mem.fail_at = fail_at;
    if (tgr_sim_record_init(&record, &mem.mem) == TGR_OK) {
      const uint64_t seq = one_call(&record, "getMe", 200);
      assert_null(tgr_sim_record_entry(&record, seq));
      assert_int_equal(tgr_sim_record_tally(&record, "getMe")->calls, 1);
    }
    tgr_sim_record_deinit(&record);
    assert_int_equal(mem.live, 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(only_the_newest_calls_are_kept),
      cmocka_unit_test(calls_are_found_by_method_and_token),
      cmocka_unit_test(counters_go_on_while_recording_is_off),
      cmocka_unit_test(clearing_keeps_the_count_of_open_calls),
      cmocka_unit_test(methods_beyond_the_table_share_a_counter),
      cmocka_unit_test(every_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
