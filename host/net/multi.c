/* A curl multi handle on a loop. */
#include "net/multi.h"

#include "loop/sigpipe.h"

#include <assert.h>

static struct tgr_multi *of_sockets(struct tgr_sockets *sockets) {
  return TGR_CONTAINER_OF(sockets, struct tgr_multi, sockets);
}

/* A message is read in full before its handle may be touched: removing the
 * handle frees the message. */
static void tell_ends(struct tgr_multi *multi) {
  for (;;) {
    int left = 0;
    const CURLMsg *message = curl_multi_info_read(multi->curl, &left);
    if (message == NULL)
      return;
    CURL *easy = message->easy_handle;
    const CURLcode code = message->data.result;
    if (message->msg == CURLMSG_DONE)
      multi->ended(multi, easy, code);
  }
}

static void drive(struct tgr_multi *multi, curl_socket_t fd, int bits) {
  int running = 0;
  curl_multi_socket_action(multi->curl, fd, bits, &running);
  tell_ends(multi);
}

static void act(struct tgr_sockets *sockets, curl_socket_t fd, int bits) {
  drive(of_sockets(sockets), fd, bits);
}

static void run_timeout(struct tgr_job *job) {
  drive(TGR_CONTAINER_OF(job, struct tgr_multi, timeout), CURL_SOCKET_TIMEOUT,
        0);
}

static void on_due(struct tgr_timer *timer) {
  struct tgr_multi *multi = TGR_CONTAINER_OF(timer, struct tgr_multi, timer);
  tgr_ready_put(&multi->loop->ready, &multi->timeout);
}

static int on_timer(CURLM *curl, long timeout_ms, void *user) {
  struct tgr_multi *multi = user;
  (void)curl;
  struct tgr_timers *timers = &multi->loop->timers;
  tgr_timer_stop(timers, &multi->timer);
  if (timeout_ms == 0) {
    tgr_ready_put(&multi->loop->ready, &multi->timeout);
    return 0;
  }
  if (timeout_ms < 0)
    return 0;
  /* curl counts from now, the loop's clock stands at the turn's beginning. */
  const uint64_t late_us = tgr_loop_clock_us() - timers->now_us;
  tgr_timer_start_us(timers, &multi->timer,
                     (uint64_t)timeout_ms * 1000 + late_us);
  return 0;
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *user,
                     void *unused) {
  struct tgr_multi *multi = user;
  (void)unused;
  if (tgr_sockets_want(&multi->sockets, fd, what) != TGR_OK)
    multi->starved(multi, easy);
  return 0;
}

enum tgr_status tgr_multi_init(struct tgr_multi *multi, struct tgr_loop *loop,
                               long max_kept_connections) {
  *multi = (struct tgr_multi){.loop = loop, .curl = curl_multi_init()};
  if (multi->curl == NULL)
    return TGR_ENOMEM;
  tgr_sockets_init(&multi->sockets, loop, act);
  tgr_timer_init(&multi->timer, on_due);
  tgr_job_init(&multi->timeout, run_timeout);
  curl_multi_setopt(multi->curl, CURLMOPT_SOCKETFUNCTION, on_socket);
  curl_multi_setopt(multi->curl, CURLMOPT_SOCKETDATA, multi);
  curl_multi_setopt(multi->curl, CURLMOPT_TIMERFUNCTION, on_timer);
  curl_multi_setopt(multi->curl, CURLMOPT_TIMERDATA, multi);
  curl_multi_setopt(multi->curl, CURLMOPT_MAXCONNECTS, max_kept_connections);
  curl_multi_setopt(multi->curl, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
  return TGR_OK;
}

void tgr_multi_deinit(struct tgr_multi *multi) {
  curl_multi_cleanup(multi->curl);
  tgr_sockets_deinit(&multi->sockets);
  tgr_timer_stop(&multi->loop->timers, &multi->timer);
  tgr_ready_drop(&multi->timeout);
}

enum tgr_status tgr_multi_add(struct tgr_multi *multi, CURL *easy) {
  return curl_multi_add_handle(multi->curl, easy) == CURLM_OK ? TGR_OK
                                                              : TGR_ENOMEM;
}

/* A connection that ends may say goodbye. Between turns the thread is the
 * caller's, and so is its SIGPIPE: curl lets it come. */
void tgr_multi_remove(struct tgr_multi *multi, CURL *easy) {
  struct tgr_sigpipe saved;
  const bool is_outside = multi->loop->depth == 0;
  if (is_outside)
    tgr_sigpipe_block(&saved);
  const CURLMcode code = curl_multi_remove_handle(multi->curl, easy);
  if (is_outside)
    tgr_sigpipe_restore(&saved);
  assert(code == CURLM_OK);
  (void)code;
}
