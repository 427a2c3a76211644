/* What the engine itself costs: no JSON, no HTTP, no script.
 *
 *   engine_bench [updates]     (default 5,000,000)
 *
 * Prints updates a second and CPU ns an update through source → runner → sink →
 * port, bare and in sequence over 1,000 keys; the memory left after 1,000,000
 * keys have come and gone; the CPU share of 100,000 timers armed and stopped a
 * second. */
#include "engine/runner.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 100, KEYS = 1000 };

static double seconds(clockid_t clock) {
  struct timespec at;
  clock_gettime(clock, &at);
  return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static long rss_kib(void) {
  long pages = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  if (file == NULL || fscanf(file, "%*d %ld", &pages) != 1)
    pages = 0;
  if (file != NULL)
    fclose(file);
  return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

/* An allocator that counts what is live. */
struct tally {
  struct tgr_mem mem;
  long blocks;
};

static void *tally_resize(void *user, void *ptr, size_t size) {
  struct tally *tally = user;
  if (size == 0) {
    tally->blocks--;
    free(ptr);
    return NULL;
  }
  tally->blocks += ptr == NULL;
  return realloc(ptr, size);
}

struct bench {
  struct tally tally;
  struct tgr_timers timers;
  struct tgr_ready ready;
  struct tgr_supplier supplier;
  struct tgr_source source;
  struct tgr_port port;
  struct tgr_sink sink;
  struct tgr_id_keyer keyer;
  struct tgr_runner runner;
  long left;
  long keys;
  int64_t next_id;
};

static void supply(struct tgr_supplier *supplier, struct tgr_source *source,
                   int limit) {
  static const char raw[] =
      "{\"update_id\":1,\"message\":{\"text\":\"hello\"}}";
  struct bench *bench = TGR_CONTAINER_OF(supplier, struct bench, supplier);
  struct tgr_list tasks;
  tgr_list_init(&tasks);
  int count = limit < BATCH ? limit : BATCH;
  if (count > bench->left)
    count = (int)bench->left;
  if (count == 0)
    return; /* never answered: the runner is stopped by then */
  for (int i = 0; i < count; i++) {
    struct tgr_task *task =
        tgr_task_new(&bench->tally.mem, raw, sizeof raw - 1);
    if (task == NULL)
      abort();
    task->update_id = bench->next_id++;
    task->has_chat = true;
    task->chat_id = -1000000000000 - task->update_id % bench->keys;
    tgr_list_append(&tasks, &task->link);
  }
  bench->left -= count;
  tgr_source_deliver(source, &tasks, count);
}

static void abort_supply(struct tgr_supplier *supplier) {
  (void)supplier;
}

static void put(struct tgr_port *port, struct tgr_task *task) {
  tgr_sink_done(&TGR_CONTAINER_OF(port, struct bench, port)->sink, task,
                TGR_OUTCOME_DONE);
}

static void cancel(struct tgr_port *port, struct tgr_task *task,
                   enum tgr_cancel why) {
  (void)port;
  (void)task;
  (void)why;
}

static void open_bench(struct bench *bench, long updates, long keys,
                       bool in_sequence, uint64_t timeout_ms) {
  memset(bench, 0, sizeof *bench);
  bench->tally.mem =
      (struct tgr_mem){.resize = tally_resize, .user = &bench->tally};
  bench->left = updates;
  bench->keys = keys;
  bench->supplier =
      (struct tgr_supplier){.supply = supply, .abort = abort_supply};
  bench->port = (struct tgr_port){.put = put, .refuse = put, .cancel = cancel};
  tgr_timers_init(&bench->timers, 1);
  tgr_ready_init(&bench->ready);
  tgr_id_keyer_init(&bench->keyer, true, false);
  struct tgr_sink_options options;
  tgr_sink_options_init(&options);
  options.timeout_ms = timeout_ms;
  if (in_sequence)
    options.keyer = &bench->keyer.keyer;
  tgr_source_init(&bench->source, &bench->timers, &bench->ready,
                  &bench->supplier, NULL);
  tgr_sink_init(&bench->sink, &bench->tally.mem, &bench->timers, &bench->ready,
                &bench->port, &options);
  tgr_runner_init(&bench->runner, &bench->tally.mem, &bench->timers,
                  &bench->ready, &bench->source, &bench->sink, NULL);
}

static void close_bench(struct bench *bench) {
  tgr_runner_deinit(&bench->runner);
  tgr_source_deinit(&bench->source);
  tgr_sink_deinit(&bench->sink);
}

static void run(struct bench *bench) {
  tgr_runner_start(&bench->runner);
  while (tgr_ready_run_one(&bench->ready))
    continue;
}

static void measure(const char *name, long updates, bool in_sequence,
                    uint64_t timeout_ms) {
  static struct bench bench;
  double best = 0;
  double ns = 0;
  for (int round = 0; round < 5; round++) {
    open_bench(&bench, updates, KEYS, in_sequence, timeout_ms);
    const double wall = seconds(CLOCK_MONOTONIC);
    const double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    run(&bench);
    const double spent = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    const double rate = (double)updates / (seconds(CLOCK_MONOTONIC) - wall);
    if (rate > best) {
      best = rate;
      ns = spent / (double)updates * 1e9;
    }
    close_bench(&bench);
  }
  printf("%-34s %6.2f M updates/s  %6.1f ns CPU an update\n", name, best / 1e6,
         ns);
}

/* Keys that wait: all at once, two tasks each, then all leave. */
static void measure_keys(long keys) {
  static struct tally tally;
  tally.mem = (struct tgr_mem){.resize = tally_resize, .user = &tally};
  struct tgr_sequence sequence;
  tgr_sequence_init(&sequence, &tally.mem, 1);
  struct tgr_seat *seats = malloc((size_t)keys * sizeof *seats);
  if (seats == NULL)
    abort();
  memset(seats, 1, (size_t)keys * sizeof *seats); /* all in memory now */
  const long before = rss_kib();
  const double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
  for (long i = 0; i < keys; i++) {
    const struct tgr_key key = tgr_key_int(-1000000000000 - i * 977);
    bool is_turn = false;
    tgr_seat_init(&seats[i]);
    if (tgr_sequence_enter(&sequence, &seats[i], &key, 1, &is_turn) != TGR_OK)
      abort();
  }
  const long during = rss_kib();
  struct tgr_list turn;
  tgr_list_init(&turn);
  for (long i = 0; i < keys; i++)
    tgr_sequence_leave(&sequence, &seats[i], &turn);
  const double spent = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  printf("%ld keys at once: %.1f ns CPU to enter and leave; blocks left %ld; "
         "RSS before %ld, during %ld, after %ld KiB\n",
         keys, spent / (double)keys * 1e9, tally.blocks, before, during,
         rss_kib());
  tgr_sequence_deinit(&sequence);
  free(seats);
}

static void measure_passing_keys(long keys) {
  static struct bench bench;
  open_bench(&bench, keys, LONG_MAX, true, 0);
  const long before = rss_kib();
  run(&bench);
  printf("%ld keys come and go: blocks left %ld; RSS before %ld, after %ld "
         "KiB\n",
         keys, bench.tally.blocks, before, rss_kib());
  close_bench(&bench);
}

static void never(struct tgr_timer *timer) {
  (void)timer;
}

/* A second's worth: each is stopped once 500 younger ones are armed, as with
 * 500 handlers at a time. */
static void measure_timers(void) {
  enum { A_SECOND = 100000, AT_ONCE = 500, ROUNDS = 20 };
  static struct tgr_timer timers[AT_ONCE];
  struct tgr_timers set;
  tgr_timers_init(&set, 1);
  for (int i = 0; i < AT_ONCE; i++)
    tgr_timer_init(&timers[i], never);
  const double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
  for (long i = 0; i < (long)A_SECOND * ROUNDS; i++) {
    struct tgr_timer *timer = &timers[i % AT_ONCE];
    tgr_timer_stop(&set, timer);
    tgr_timer_start_ms(&set, timer, 30000 + (uint64_t)(i * 7919 % 1000));
    if (i % 100 == 0)
      tgr_timers_advance(&set, set.now_us + 1000);
  }
  const double spent = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  printf(
      "timers: %.1f ns CPU to arm and stop one; 100,000 a second are %.2f %% "
      "of a core\n",
      spent / A_SECOND / ROUNDS * 1e9, spent / ROUNDS * 100);
}

int main(int argc, char **argv) {
  const long updates = argc > 1 ? strtol(argv[1], NULL, 10) : 5000000;
  measure("bare", updates, false, 0);
  measure("with a timeout", updates, false, 30000);
  measure("in sequence over 1,000 keys", updates, true, 0);
  measure_keys(1000000);
  measure_passing_keys(1000000);
  measure_timers();
  return 0;
}
