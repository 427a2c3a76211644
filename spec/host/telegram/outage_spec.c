#include "telegram/outage.h"

#include "support/spec.h"

#include <stdio.h>
#include <string.h>

static struct tgr_outage outage;
static struct tgr_outage_options options;
static struct tgr_error error;
static char said[1024];

static void write_log(void *user, enum tgr_log_level level, const char *text,
                      size_t len) {
  (void)user;
  (void)level;
  snprintf(said + strlen(said), sizeof said - strlen(said), "%.*s;", (int)len,
           text);
}

static const struct tgr_log logger = {
    .mem = &tgr_mem_libc, .threshold = TGR_LOG_INFO, .write = write_log};

static int fresh(void **state) {
  (void)state;
  options = (struct tgr_outage_options){.max_retry_ms = 10000,
                                        .conflict_wait_ms = 1000};
  said[0] = '\0';
  tgr_outage_init(&outage, &options, &logger);
  return 0;
}

/* The wait in ms after a failure at `ms`; -1 when it is fatal. */
static long failed(uint64_t ms, enum tgr_outage_cause cause, uint64_t after_s) {
  uint64_t wait_us = 0;
  if (tgr_outage_failed(&outage, ms * 1000, cause, "why", after_s, &wait_us,
                        &error) != TGR_OK)
    return -1;
  return (long)(wait_us / 1000);
}

static void a_loss_waits_by_the_backoff(void **state) {
  (void)state;
  assert_int_equal(failed(0, TGR_OUTAGE_LOSS, 0), 100);
  assert_int_equal(failed(150, TGR_OUTAGE_LOSS, 0), 200);
  tgr_outage_over(&outage, 400000);
  assert_int_equal(failed(500, TGR_OUTAGE_LOSS, 0), 100);
}

static void a_flood_does_not_move_the_backoff(void **state) {
  (void)state;
  assert_int_equal(failed(0, TGR_OUTAGE_FLOOD, 5), 5000);
  assert_int_equal(failed(5000, TGR_OUTAGE_LOSS, 0), 100);
}

static void the_last_try_is_made_at_the_very_end(void **state) {
  (void)state;
  assert_int_equal(failed(2000, TGR_OUTAGE_LOSS, 0), 100);
  assert_int_equal(failed(11950, TGR_OUTAGE_LOSS, 0), 50);
  assert_int_equal(failed(12000, TGR_OUTAGE_LOSS, 0), -1);
  assert_int_equal(error.status, TGR_ENET);
}

static void a_conflict_has_a_clock_of_its_own(void **state) {
  (void)state;
  assert_int_equal(failed(0, TGR_OUTAGE_LOSS, 0), 100);
  assert_int_equal(failed(5000, TGR_OUTAGE_CONFLICT, 0), 200);
  assert_int_equal(failed(5900, TGR_OUTAGE_CONFLICT, 0), 100);
  assert_int_equal(failed(6000, TGR_OUTAGE_CONFLICT, 0), -1);
  assert_int_equal(error.status, TGR_ECONFLICT);
}

static void a_loss_between_conflicts_starts_their_clock_anew(void **state) {
  (void)state;
  assert_int_equal(failed(0, TGR_OUTAGE_CONFLICT, 0), 100);
  assert_int_equal(failed(900, TGR_OUTAGE_LOSS, 0), 200);
  assert_int_equal(failed(1500, TGR_OUTAGE_CONFLICT, 0), 400);
}

static void a_huge_time_never_overflows(void **state) {
  (void)state;
  options.max_retry_ms = UINT64_MAX;
  tgr_outage_init(&outage, &options, &logger);
  assert_int_equal(failed(1, TGR_OUTAGE_FLOOD, 604800), 604800000);
  assert_int_equal(failed(2, TGR_OUTAGE_LOSS, 0), 100);
}

static void each_cause_has_its_line_once_an_outage(void **state) {
  (void)state;
  (void)failed(0, TGR_OUTAGE_LOSS, 0);
  (void)failed(1, TGR_OUTAGE_LOSS, 0);
  (void)failed(2, TGR_OUTAGE_FLOOD, 3);
  (void)failed(3, TGR_OUTAGE_FLOOD, 3);
  assert_string_equal(said, "cannot fetch updates (why); retrying;"
                            "flood limit (why): polling again in 3.0 s;");
  tgr_outage_over(&outage, 9000000);
  assert_non_null(strstr(said, "connected again after 9.0 s, 4 tries;"));
  said[0] = '\0';
  (void)failed(9001, TGR_OUTAGE_LOSS, 0);
  assert_string_equal(said, "cannot fetch updates (why); retrying;");
}

static void
what_comes_and_goes_is_told_once_more_and_when_it_is_over(void **state) {
  (void)state;
  for (uint64_t ms = 1; ms < 100000; ms += 1000) { /* one of two succeeds */
    assert_int_equal(failed(ms, TGR_OUTAGE_LOSS, 0), 100);
    tgr_outage_over(&outage, (ms + 500) * 1000);
  }
  assert_string_equal(said, "cannot fetch updates (why); retrying;"
                            "connected again after 0.5 s, 1 try;"
                            "cannot fetch updates (why); retrying;");
  said[0] = '\0';
  tgr_outage_over(&outage, 130000000);
  assert_string_equal(said, "");
  tgr_outage_over(&outage, 160000000);
  assert_string_equal(said, "connected again after 98 s, 99 tries;");
  /* After a while of calm all is as at first. */
  said[0] = '\0';
  (void)failed(300000, TGR_OUTAGE_LOSS, 0);
  tgr_outage_over(&outage, 301000000);
  assert_string_equal(said, "cannot fetch updates (why); retrying;"
                            "connected again after 1.0 s, 1 try;");
}

static void lengths_are_told_for_people(void **state) {
  (void)state;
  const struct {
    uint64_t ms;
    const char *words;
  } cases[] = {{100, "0.1 s"},    {9940, "9.9 s"},    {42000, "42 s"},
               {599000, "599 s"}, {660000, "11 min"}, {54000000, "15 h"}};
  options.max_retry_ms = UINT64_MAX;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    tgr_outage_init(&outage, &options, &logger);
    said[0] = '\0';
    (void)failed(0, TGR_OUTAGE_LOSS, 0);
    tgr_outage_over(&outage, cases[i].ms * 1000);
    char line[64];
    snprintf(line, sizeof line, "connected again after %s, 1 try;",
             cases[i].words);
    assert_non_null(strstr(said, line));
  }
}

static void a_forgotten_outage_is_not_told(void **state) {
  (void)state;
  (void)failed(0, TGR_OUTAGE_LOSS, 0);
  tgr_outage_forget(&outage);
  said[0] = '\0';
  tgr_outage_over(&outage, 5000);
  assert_string_equal(said, "");
  assert_int_equal(failed(9, TGR_OUTAGE_LOSS, 0), 100);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(a_loss_waits_by_the_backoff, fresh),
      cmocka_unit_test_setup(a_flood_does_not_move_the_backoff, fresh),
      cmocka_unit_test_setup(the_last_try_is_made_at_the_very_end, fresh),
      cmocka_unit_test_setup(a_conflict_has_a_clock_of_its_own, fresh),
      cmocka_unit_test_setup(a_loss_between_conflicts_starts_their_clock_anew,
                             fresh),
      cmocka_unit_test_setup(a_huge_time_never_overflows, fresh),
      cmocka_unit_test_setup(each_cause_has_its_line_once_an_outage, fresh),
      cmocka_unit_test_setup(
          what_comes_and_goes_is_told_once_more_and_when_it_is_over, fresh),
      cmocka_unit_test_setup(lengths_are_told_for_people, fresh),
      cmocka_unit_test_setup(a_forgotten_outage_is_not_told, fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
