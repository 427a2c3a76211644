#include "sim_fixture.h"

#include <sys/resource.h>

static void a_full_message_fits_into_a_query(void **state) {
  struct sim_fixture *it = *state;
  static char path[26000];
  size_t len = (size_t)snprintf(
      path, sizeof path,
      "/bot%s/sendMessage?chat_id=5&text=", tgr_sim_token(it->sim));
  for (int i = 0; i < 4096; i++, len += 6)
    strcpy(path + len, "%D0%B6");
  assert_int_equal(sim_get(it, path), 200);
  assert_int_equal(strlen(sim_text(sim_result(it), "text")), 8192);
}

static void a_thousand_connections_are_served(void **state) {
  struct sim_fixture *it = *state;
  enum { COUNT = 1100 };
  static struct spec_http clients[COUNT];
  struct rlimit limit;
  assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
  limit.rlim_cur = limit.rlim_max;
  assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
  for (int i = 0; i < COUNT; i++)
    sim_open(it, &clients[i]);
  for (int round = 0; round < 3; round++) {
    for (int i = 0; i < COUNT; i++)
      assert_true(spec_http_request(&clients[i], "GET", sim_path(it, "getMe"),
                                    NULL, NULL, 0));
    for (int i = 0; i < COUNT; i++) {
      assert_true(spec_http_read(&clients[i]));
      assert_int_equal(clients[i].status, 200);
    }
  }
  assert_int_equal(sim_stat(it, "connections"), COUNT + 1);
  for (int i = 0; i < COUNT; i++)
    spec_http_close(&clients[i]);
  sim_await_stat(it, "connections", 1);
}

static void a_stop_closes_waiting_polls(void **state) {
  struct sim_fixture *it = *state;
  struct tgr_sim_options options;
  struct tgr_sim *sim;
  struct spec_http poll;
  char path[300];
  tgr_sim_options_init(&options);
  assert_int_equal(tgr_sim_start(&options, &sim, NULL, 0), TGR_OK);
  assert_true(spec_http_open(&poll, spec_http_port(tgr_sim_url(sim))));
  snprintf(path, sizeof path, "/bot%s/getUpdates?timeout=50",
           tgr_sim_token(sim));
  assert_true(spec_http_request(&poll, "GET", path, NULL, NULL, 0));
  assert_false(spec_http_readable(&poll, 20));
  tgr_sim_stop(sim);
  assert_false(spec_http_read(&poll));
  spec_http_close(&poll);
  assert_int_equal(sim_call(it, "getMe", "{}"), 200);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sim_test(a_full_message_fits_into_a_query),
      sim_test(a_thousand_connections_are_served),
      sim_test(a_stop_closes_waiting_polls),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
