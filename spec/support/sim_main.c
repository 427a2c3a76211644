/* sim [--port N]: runs a simulator until stdin ends or SIGTERM comes. Prints
 * its URL and its token, one line each. */
#include "include/tgrunner.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

/* As many connections as the system allows. */
static void raise_file_limit(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

static int open_signals(void) {
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGTERM);
  sigaddset(&ending, SIGINT);
  sigprocmask(SIG_BLOCK, &ending, NULL);
  return signalfd(-1, &ending, SFD_CLOEXEC);
}

static void wait_for_end(int signals) {
  char bytes[256];
  for (;;) {
    struct pollfd both[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                            {.fd = signals, .events = POLLIN}};
    if (poll(both, 2, -1) < 0 || both[1].revents != 0)
      return;
    if (both[0].revents != 0 && read(STDIN_FILENO, bytes, sizeof bytes) <= 0)
      return;
  }
}

static bool read_port(int argc, char **argv, uint16_t *port) {
  char *end;
  if (argc != 3 || strcmp(argv[1], "--port") != 0)
    return false;
  const unsigned long number = strtoul(argv[2], &end, 10);
  *port = (uint16_t)number;
  return end != argv[2] && *end == '\0' && number <= UINT16_MAX;
}

int main(int argc, char **argv) {
  struct tgr_sim_options options;
  struct tgr_sim *sim;
  char error[256];
  tgr_sim_options_init(&options);
  if (argc != 1 && !read_port(argc, argv, &options.port)) {
    fputs("usage: sim [--port N]\n", stderr);
    return 2;
  }
  raise_file_limit();
  const int signals = open_signals();
  if (tgr_sim_start(&options, &sim, error, sizeof error) != TGR_OK) {
    fprintf(stderr, "sim: %s\n", error);
    return 1;
  }
  printf("%s\n%s\n", tgr_sim_url(sim), tgr_sim_token(sim));
  fflush(stdout);
  wait_for_end(signals);
  tgr_sim_stop(sim);
  return 0;
}
