/* Many hosts in one process: none leaves anything behind, and none touches what
 * belongs to the process. */
#include "include/tgrunner.h"

#include "support/spec.h"

#include <dirent.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Hosts in all; $SPEC_HOSTS says another number, for slow tools (valgrind). */
enum { HOSTS = 10000, SCRIPT_EVERY = 100, SIGNALS = 64 };

static long host_count(void) {
  const char *text = getenv("SPEC_HOSTS");
  return text != NULL ? strtol(text, NULL, 10) : HOSTS;
}

/* An allocator that counts its blocks. */
struct counted {
  long live;
};

static void *resize(void *user, void *ptr, size_t size) {
  struct counted *counted = user;
  if (size == 0) {
    counted->live -= ptr != NULL;
    free(ptr);
    return NULL;
  }
  void *fresh = realloc(ptr, size);
  counted->live += ptr == NULL && fresh != NULL;
  return fresh;
}

/* What belongs to the process. */
struct process {
  struct sigaction actions[SIGNALS];
  sigset_t mask;
  char cwd[4096];
  char locale[256];
  int fds;
};

static int count_fds(void) {
  int count = 0;
  DIR *dir = opendir("/proc/self/fd");
  if (dir == NULL)
    return -1;
  while (readdir(dir) != NULL)
    count++;
  closedir(dir);
  return count;
}

static void look(struct process *process) {
  memset(process, 0, sizeof *process);
  for (int i = 1; i < SIGNALS; i++)
    sigaction(i, NULL, &process->actions[i]);
  pthread_sigmask(SIG_SETMASK, NULL, &process->mask);
  assert_non_null(getcwd(process->cwd, sizeof process->cwd));
  snprintf(process->locale, sizeof process->locale, "%s",
           setlocale(LC_ALL, NULL));
  process->fds = count_fds();
}

static void assert_same(const struct process *a, const struct process *b) {
  for (int i = 1; i < SIGNALS; i++) {
    assert_ptr_equal(a->actions[i].sa_handler, b->actions[i].sa_handler);
    assert_int_equal(a->actions[i].sa_flags, b->actions[i].sa_flags);
    assert_int_equal(sigismember(&a->mask, i), sigismember(&b->mask, i));
  }
  assert_string_equal(a->cwd, b->cwd);
  assert_string_equal(a->locale, b->locale);
  assert_int_equal(a->fds, b->fds);
}

static const char script[] = "local tg = require 'tgrunner'\n"
                             "local bot = tg.Bot()\n"
                             "bot:on('message', function() end)\n"
                             "local handle = tg.run(bot)\n"
                             "bot:handle_update '{\"update_id\":1}'\n"
                             "tg.spawn(function() tg.sleep(1e9) end)\n"
                             "tg.sleep(0)\n"
                             "os.exit(7)";

static void run_script(struct tgr_host *host) {
  assert_int_equal(
      tgr_host_load_string(host, "-e", script, sizeof script - 1, 0, NULL),
      TGR_OK);
  assert_int_equal(tgr_host_run(host), TGR_OK);
  assert_int_equal(tgr_host_exit_code(host), 7);
}

static struct tgr_host *new_host(long i, struct counted *counted) {
  char token[64];
  snprintf(token, sizeof token, "%ld:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1",
           100000 + i);
  struct tgr_options options;
  tgr_options_init(&options);
  options.token = token;
  options.resize = i % 2 == 0 ? resize : NULL;
  options.resize_user = counted;
  options.no_polling = true;
  options.cpu_ms = (unsigned)(i % 3) * 100;
  options.memory_soft = (size_t)(i % 5) * (16u << 20);
  options.memory_hard = (size_t)(i % 7) * (32u << 20);
  options.sandbox = (enum tgr_sandbox)(i % 3);
  struct tgr_host *host = NULL;
  assert_int_equal(tgr_host_new(&options, &host), TGR_OK);
  return host;
}

static void hosts_come_and_go_without_a_trace(void **state) {
  (void)state;
  struct counted counted = {0};
  tgr_host_free(new_host(0, &counted)); /* what a process sets up once */
  struct process before;
  struct process after;
  look(&before);
  const long count = host_count();
  for (long i = 0; i < count; i++) {
    struct tgr_host *host = new_host(i, &counted);
    if (i % SCRIPT_EVERY == 0)
      run_script(host);
    tgr_host_free(host);
    assert_int_equal(counted.live, 0);
  }
  look(&after);
  assert_same(&before, &after);
}

static void hosts_live_side_by_side(void **state) {
  (void)state;
  enum { BESIDE = 20 };
  struct counted counted = {0};
  struct process before;
  struct process after;
  look(&before);
  struct tgr_host *hosts[BESIDE];
  for (int i = 0; i < BESIDE; i++)
    hosts[i] = new_host(i, &counted);
  for (int i = 0; i < BESIDE; i++)
    assert_int_equal(tgr_host_load_string(hosts[i], "-e", script,
                                          sizeof script - 1, 0, NULL),
                     TGR_OK);
  int left = BESIDE;
  while (left > 0) {
    left = 0;
    for (int i = 0; i < BESIDE; i++) {
      tgr_host_step(hosts[i], 100);
      left += tgr_host_state(hosts[i]) != TGR_STATE_ENDED;
    }
  }
  for (int i = 0; i < BESIDE; i++) {
    assert_int_equal(tgr_host_exit_code(hosts[i]), 7);
    tgr_host_free(hosts[i]);
  }
  look(&after);
  assert_same(&before, &after);
  assert_int_equal(counted.live, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(hosts_come_and_go_without_a_trace),
      cmocka_unit_test(hosts_live_side_by_side),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
