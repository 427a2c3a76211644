#include "telegram/call.h"

#include "host/net/net_spec.h"

#include <stdlib.h>

#define TOKEN "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"

static struct tgr_api api;
static struct tgr_call call;

static void on_called(struct tgr_call *it) {
  assert_ptr_equal(it, &call);
  done_count++;
}

/* The server repeats the request's first line and body. */
static void serve_echo(struct spec_peer *peer) {
  while (spec_peer_read(peer)) {
    *strchr(peer->head, '\r') = '\0';
    char *answer = malloc(peer->body_len + sizeof peer->head);
    sprintf(answer, "%s|%s", peer->head, peer->body);
    spec_peer_answer(peer, 200, answer);
    free(answer);
  }
}

static void start_api(const char *suffix, bool test, uint64_t timeout_ms) {
  char root[128];
  snprintf(root, sizeof root, "%s%s", server.url, suffix);
  struct tgr_error error;
  assert_int_equal(
      tgr_api_init(&api, &tgr_mem_libc, &loop, http,
                   &(struct tgr_api_options){.token = TOKEN,
                                             .api_root = root,
                                             .test = test,
                                             .timeout_ms = timeout_ms},
                   &error),
      TGR_OK);
  tgr_call_init(&call, &api, on_called);
}

static int setup(void **state) {
  (void)state;
  set_up_loop(NULL);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  tgr_call_deinit(&call);
  tgr_api_deinit(&api);
  tear_down_loop();
  spec_server_stop(&server);
  return 0;
}

static void a_call_posts_json_to_the_methods_url(void **state) {
  (void)state;
  spec_server_start(&server, serve_echo, NULL);
  start_api("", false, 0);
  assert_int_equal(api.bot_id, 123456);
  tgr_call_start(&call, TGR_HTTP_CALL, "sendMessage", "{\"a\":1}", 7, 0);
  assert_int_equal(done_count, 0);
  run_until(&done_count, 1);
  assert_response(&call.http,
                  "POST /bot" TOKEN "/sendMessage HTTP/1.1|{\"a\":1}");
}

static void the_test_environment_has_paths_of_its_own(void **state) {
  (void)state;
  spec_server_start(&server, serve_echo, NULL);
  start_api("/proxied//", true, 0);
  tgr_call_start(&call, TGR_HTTP_CALL, "getMe", "{}", 2, 0);
  run_until(&done_count, 1);
  assert_response(&call.http,
                  "POST /proxied/bot" TOKEN "/test/getMe HTTP/1.1|{}");
}

static void a_method_is_parsed_once(void **state) {
  (void)state;
  spec_server_start(&server, serve_echo, NULL);
  start_api("", false, 0);
  const char *const methods[] = {"getMe", "getChat", "getMe"};
  for (int i = 0; i < 3; i++) {
    tgr_call_start(&call, TGR_HTTP_CALL, methods[i], "{}", 2, 0);
    run_until(&done_count, i + 1);
    assert_int_equal(call.http.status, TGR_OK);
  }
  assert_int_equal(api.urls.count, 2);
}

static void a_name_that_is_no_method_fails_from_the_ready_list(void **state) {
  (void)state;
  spec_server_start(&server, serve_echo, NULL);
  start_api("", false, 0);
  const char *const names[] = {"", "../getMe", "get Me", "a?b", "a%2Fb"};
  for (int i = 0; i < 5; i++) {
    tgr_call_start(&call, TGR_HTTP_CALL, names[i], "{}", 2, 0);
    assert_int_equal(done_count, i);
    run_until(&done_count, i + 1);
    assert_int_equal(call.http.status, TGR_EINVAL);
  }
  tgr_call_start(&call, TGR_HTTP_CALL, "", "{}", 2, 0);
  tgr_call_cancel(&call);
  run_for_ms(2);
  assert_int_equal(done_count, 5);
  assert_int_equal(server.requests, 0);
}

static void serve_nothing(struct spec_peer *peer) {
  spec_peer_read(peer);
  if (strstr(peer->head, "/getUpdates") != NULL)
    spec_peer_wait_end(peer);
}

static void no_error_shows_the_token(void **state) {
  (void)state;
  spec_server_start(&server, serve_nothing, NULL);
  start_api("", false, 0);
  tgr_call_start(&call, TGR_HTTP_CALL, "getMe", "{}", 2, 0);
  run_until(&done_count, 1);
  assert_int_equal(call.http.status, TGR_ENET);
  assert_null(strstr(call.http.error, "AAHdq"));
}

static void no_timeout_shows_the_token(void **state) {
  (void)state;
  spec_server_start(&server, serve_nothing, NULL);
  start_api("", false, 20);
  tgr_call_start(&call, TGR_HTTP_POLL, "getUpdates", "{}", 2, 0);
  run_until(&done_count, 1);
  assert_int_equal(call.http.status, TGR_ETIMEOUT);
  assert_null(strstr(call.http.error, "AAHdq"));
}

static void a_cancelled_call_is_closed_and_not_told(void **state) {
  (void)state;
  spec_server_start(&server, serve_nothing, NULL);
  start_api("", false, 0);
  tgr_call_start(&call, TGR_HTTP_POLL, "getUpdates", "{}", 2, 0);
  run_until_atomic(&server.requests, 1);
  tgr_call_cancel(&call);
  run_until_atomic(&server.ended, 1);
  assert_int_equal(done_count, 0);
}

static void parts_and_json_may_follow_each_other(void **state) {
  (void)state;
  spec_server_start(&server, serve_echo, NULL);
  start_api("", false, 0);
  const struct tgr_http_part part = {.name = "f", .bytes = "x", .len = 1};
  tgr_call_start_parts(&call, "sendPhoto", &part, 1);
  run_until(&done_count, 1);
  assert_int_equal(call.http.status, TGR_OK);
  assert_non_null(memmem(call.http.response.bytes, call.http.response.len,
                         "name=\"f\"\r\n\r\nx\r\n", 15));
  tgr_call_start(&call, TGR_HTTP_CALL, "getMe", "{}", 2, 0);
  run_until(&done_count, 2);
  assert_response(&call.http, "POST /bot" TOKEN "/getMe HTTP/1.1|{}");
}

static void a_bad_token_or_root_is_refused_without_showing_it(void **state) {
  (void)state;
  struct tgr_error error;
  struct tgr_api_options options = {.token = "123456:short"};
  assert_int_equal(
      tgr_api_init(&api, &tgr_mem_libc, &loop, http, &options, &error),
      TGR_EAUTH);
  options = (struct tgr_api_options){.token = TOKEN, .api_root = "nonsense"};
  assert_int_equal(
      tgr_api_init(&api, &tgr_mem_libc, &loop, http, &options, &error),
      TGR_EINVAL);
  assert_null(strstr(error.text, "AAHdq"));
  assert_non_null(strstr(error.text, "api_root"));
  tear_down_loop();
}

/* ---- memory ------------------------------------------------------------- */

static bool fails_at(long n) {
  struct spec_mem mem;
  spec_mem_init(&mem);
  mem.fail_at = n;
  const int done = done_count;
  const struct tgr_api_options options = {.token = TOKEN,
                                          .api_root = server.url};
  struct tgr_error error;
  enum tgr_status status =
      tgr_api_init(&api, &mem.mem, &loop, http, &options, &error);
  if (status == TGR_OK) {
    tgr_call_init(&call, &api, on_called);
    tgr_call_start(&call, TGR_HTTP_CALL, "getMe", "{}", 2, 0);
    run_until(&done_count, done + 1);
    status = call.http.status;
    tgr_call_deinit(&call);
    tgr_api_deinit(&api);
  }
  assert_true(status == TGR_OK || status == TGR_ENOMEM);
  assert_int_equal(mem.live, 0);
  return status != TGR_OK;
}

static void every_failing_allocation_is_survived(void **state) {
  (void)state;
  spec_server_start(&server, serve_echo, NULL);
  long n = 1;
  while (fails_at(n))
    n++;
  assert_in_range(n, 5, 100);
  start_api("", false, 0);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(a_call_posts_json_to_the_methods_url),
      TEST(the_test_environment_has_paths_of_its_own),
      TEST(a_method_is_parsed_once),
      TEST(a_name_that_is_no_method_fails_from_the_ready_list),
      TEST(no_error_shows_the_token),
      TEST(no_timeout_shows_the_token),
      TEST(a_cancelled_call_is_closed_and_not_told),
      TEST(parts_and_json_may_follow_each_other),
      TEST(every_failing_allocation_is_survived),
      cmocka_unit_test_setup(a_bad_token_or_root_is_refused_without_showing_it,
                             setup),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
