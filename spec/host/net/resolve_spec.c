/* Names that take long to resolve. getaddrinfo is replaced within this program
 * by one that waits as long as the test wants; libcurl finds it first. */
#include "net/http.h"

#include "net_spec.h"

#include <dlfcn.h>
#include <netdb.h>
#include <pthread.h>

static atomic_int asked;
static atomic_int answered;
static atomic_bool may_answer;

TGR_API int getaddrinfo(const char *restrict node, const char *restrict service,
                        const struct addrinfo *restrict hints,
                        struct addrinfo **restrict out) {
  if (strstr(node, "slow.") == node) {
    atomic_fetch_add(&asked, 1);
    while (!atomic_load(&may_answer))
      usleep(1000);
    node = "127.0.0.1";
  }
  int (*real)(const char *, const char *, const struct addrinfo *,
              struct addrinfo **) = NULL;
  *(void **)&real = dlsym(RTLD_NEXT, "getaddrinfo");
  const int result = real(node, service, hints, out);
  atomic_fetch_add(&answered, 1);
  return result;
}

static int setup(void **state) {
  (void)state;
  atomic_store(&asked, 0);
  atomic_store(&answered, 0);
  atomic_store(&may_answer, false);
  set_up_loop(NULL);
  return 0;
}

/* curl's thread frees what is its own a moment after getaddrinfo returns. */
static void let_threads_end(void) {
  atomic_store(&may_answer, true);
  while (atomic_load(&answered) < atomic_load(&asked))
    usleep(1000);
  usleep(20000);
}

static void start_slow(struct probe *probe, struct tgr_http_url **url) {
  char root[64];
  snprintf(root, sizeof root, "http://slow.test:%u", server.port);
  *url = url_of(root, "/x");
  probe_init(probe, *url);
  tgr_http_start(http, &probe->request);
}

static void a_slow_name_delays_its_own_request_only(void **state) {
  (void)state;
  spec_server_start(&server, spec_serve_ok, NULL);
  struct tgr_http_url *slow_url = NULL;
  struct probe slow;
  start_slow(&slow, &slow_url);
  run_until_atomic(&asked, 1);
  struct tgr_http_url *url = url_of(server.url, "/x");
  struct probe call;
  probe_init(&call, url);
  ask(&call);
  assert_response(&call.request, "{\"ok\":true}");
  assert_int_equal(slow.done, 0);
  atomic_store(&may_answer, true);
  run_until(&slow.done, 1);
  assert_response(&slow.request, "{\"ok\":true}");
  tgr_http_request_deinit(&call.request);
  tgr_http_request_deinit(&slow.request);
  tgr_http_url_free(url);
  tgr_http_url_free(slow_url);
  tear_down_loop();
  spec_server_stop(&server);
}

static void cancel_and_free_do_not_wait_for_the_name(void **state) {
  (void)state;
  spec_server_start(&server, spec_serve_ok, NULL);
  struct tgr_http_url *urls[2];
  struct probe probes[2];
  start_slow(&probes[0], &urls[0]);
  start_slow(&probes[1], &urls[1]);
  run_until_atomic(&asked, 2);
  tgr_http_cancel(&probes[0].request);
  tear_down_loop();
  assert_int_equal(atomic_load(&answered), 0); /* all that without an answer */
  assert_int_equal(done_count, 0);
  let_threads_end();
  for (int i = 0; i < 2; i++) {
    tgr_http_request_deinit(&probes[i].request);
    tgr_http_url_free(urls[i]);
  }
  spec_server_stop(&server);
}

static void a_request_times_out_while_its_name_is_resolved(void **state) {
  (void)state;
  spec_server_start(&server, spec_serve_ok, NULL);
  struct tgr_http_url *url = NULL;
  struct probe probe;
  start_slow(&probe, &url);
  run_until_atomic(&asked, 1);
  tgr_http_cancel(&probe.request);
  probe.request.timeout_ms = 20;
  ask(&probe);
  assert_int_equal(probe.request.status, TGR_ETIMEOUT);
  assert_false(probe.request.sent);
  tear_down_loop();
  let_threads_end();
  tgr_http_request_deinit(&probe.request);
  stop_server(url);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup(name, setup)
  const struct CMUnitTest tests[] = {
      TEST(a_slow_name_delays_its_own_request_only),
      TEST(cancel_and_free_do_not_wait_for_the_name),
      TEST(a_request_times_out_while_its_name_is_resolved),
  };
  return RUN_BOTH_WAYS(tests);
}
