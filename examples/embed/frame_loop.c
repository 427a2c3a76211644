/* A game's loop at 60 frames a second (no graphics: the frame is slept away).
 * The bot gets 1,000 updates a second from the built-in simulator, each handler
 * takes half a second, so that 500 run at any time. Each frame gives the host
 * a step, and is told what that cost.
 *
 *   frame_loop [SECONDS [UPDATES_PER_SECOND [BUDGET_US]]] */
/* clock_nanosleep */
#define _POSIX_C_SOURCE 200809L

#include <tgrunner.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FRAMES_PER_SECOND = 60, FRAME_NS = 1000000000 / FRAMES_PER_SECOND };

static const char script[] = "local tg = require 'tgrunner'\n"
                             "local bot = tg.Bot()\n"
                             "bot:on('message:text', function(ctx)\n"
                             "  handled(#ctx.text)\n"
                             "  tg.sleep(500)\n"
                             "  ended()\n"
                             "end)\n"
                             "tg.run(bot)\n";

static struct {
  long handled;
  long running;
  long most;
} counts;

static enum tgr_status handled(void *user, const struct tgr_value *args,
                               size_t count, struct tgr_value *result) {
  (void)user, (void)args, (void)count, (void)result;
  counts.handled++;
  if (++counts.running > counts.most)
    counts.most = counts.running;
  return TGR_OK;
}

static enum tgr_status ended(void *user, const struct tgr_value *args,
                             size_t count, struct tgr_value *result) {
  (void)user, (void)args, (void)count, (void)result;
  counts.running--;
  return TGR_OK;
}

static void on_event(void *user, const struct tgr_host_event *event) {
  (void)user;
  if (event->kind == TGR_EVENT_LOG && event->level >= TGR_LEVEL_WARN)
    fprintf(stderr, "%.*s\n", (int)event->len, event->text);
}

static long long now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void sleep_until(long long at_ns) {
  const struct timespec at = {.tv_sec = at_ns / 1000000000,
                              .tv_nsec = at_ns % 1000000000};
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL);
}

static int by_size(const void *a, const void *b) {
  const long long x = *(const long long *)a;
  const long long y = *(const long long *)b;
  return (x > y) - (x < y);
}

static double us_at(const long long *sorted, long count, double part) {
  return count == 0 ? 0 : (double)sorted[(long)((count - 1) * part)] / 1000;
}

static void report(long long *costs, long count, long frames) {
  qsort(costs, (size_t)count, sizeof *costs, by_size);
  printf("frames %ld, with updates %ld, updates %ld, at once up to %ld\n",
         frames, count, counts.handled, counts.most);
  printf("host per such frame: p50 %.0f us, p99 %.0f us, max %.0f us\n",
         us_at(costs, count, 0.5), us_at(costs, count, 0.99),
         us_at(costs, count, 1));
}

/* The loop; false when there is no memory for its figures. */
static bool play(struct tgr_host *host, struct tgr_sim *sim, long seconds,
                 long per_second, uint64_t budget_us) {
  const long frames = seconds * FRAMES_PER_SECOND;
  long long *costs = malloc(sizeof *costs * (size_t)frames);
  if (costs == NULL)
    return false;
  long with_updates = 0;
  long sent = 0;
  long long frame_ns = now_ns();
  for (long i = 0; i < frames; i++) {
    const long due = (i + 1) * per_second / FRAMES_PER_SECOND;
    tgr_sim_load(sim, (uint64_t)(due - sent), 1000);
    sent = due;
    /* … the game's own work would be here … */
    const long before = counts.handled;
    const long long begin_ns = now_ns();
    tgr_host_step(host, budget_us);
    const long long cost_ns = now_ns() - begin_ns;
    if (counts.handled != before)
      costs[with_updates++] = cost_ns;
    frame_ns += FRAME_NS;
    sleep_until(frame_ns);
  }
  report(costs, with_updates, frames);
  free(costs);
  return true;
}

static long argument(int argc, char **argv, int at, long fallback) {
  return argc > at ? strtol(argv[at], NULL, 10) : fallback;
}

int main(int argc, char **argv) {
  struct tgr_sim_options sim_options;
  struct tgr_sim *sim = NULL;
  char error[256];
  tgr_sim_options_init(&sim_options);
  if (tgr_sim_start(&sim_options, &sim, error, sizeof error) != TGR_OK) {
    fprintf(stderr, "%s\n", error);
    return 1;
  }
  struct tgr_options options;
  tgr_options_init(&options);
  options.token = tgr_sim_token(sim);
  options.api_root = tgr_sim_url(sim);
  options.sim = true;
  options.on_event = on_event;
  struct tgr_host *host = NULL;
  bool ok = tgr_host_new(&options, &host) == TGR_OK &&
            tgr_host_register(host, "handled", handled, NULL) == TGR_OK &&
            tgr_host_register(host, "ended", ended, NULL) == TGR_OK &&
            tgr_host_load_string(host, "game.lua", script, strlen(script), 0,
                                 NULL) == TGR_OK;
  ok = ok && play(host, sim, argument(argc, argv, 1, 10),
                  argument(argc, argv, 2, 1000),
                  (uint64_t)argument(argc, argv, 3, 500));
  if (!ok)
    fprintf(stderr, "%s\n", host != NULL ? tgr_host_errmsg(host) : "no host");
  tgr_host_free(host);
  tgr_sim_stop(sim);
  return ok ? 0 : 1;
}
